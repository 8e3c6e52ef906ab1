"""Rules about referrals."""

from __future__ import annotations

from etl.rules.rule import Rule

REFERRALS: tuple[Rule, ...] = (
    Rule(
        "done_without_days",
        "A referral that is done says after how many days.",
        """SELECT file_no, row_no FROM staged.referral
           WHERE status = 'done' AND days_to_service IS NULL""",
        ("referral.days_to_service",),
        ("referral.days_to_service",),
        severity="review",
    ),
    Rule(
        "ended_without_month",
        "A referral that ended says in which month; without it no ending is counted.",
        """SELECT file_no, row_no FROM staged.referral
            WHERE status IN ('rejected', 'done', 'revoked') AND ended_month IS NULL""",
        ("referral.ended_month",),
        severity="review",
    ),
    Rule(
        "ended_but_open",
        "A referral with a month of ending has ended.",
        """SELECT file_no, row_no FROM staged.referral
            WHERE status NOT IN ('rejected', 'done', 'revoked') AND ended_month IS NOT NULL""",
        ("referral.status", "referral.ended_month"),
    ),
    Rule(
        "ended_before_request",
        "A referral does not end before it is requested.",
        """SELECT file_no, row_no FROM staged.referral WHERE ended_month < requested_month""",
        ("referral.ended_month",),
    ),
    Rule(
        "done_with_reason",
        "A referral that is done has no reason for no service.",
        """SELECT file_no, row_no FROM staged.referral
           WHERE status = 'done' AND no_service_reason IS NOT NULL""",
        ("referral.no_service_reason",),
        severity="review",
    ),
)
