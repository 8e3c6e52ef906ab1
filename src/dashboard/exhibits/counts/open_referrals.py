"""Open referrals: all that were requested until a month less all that ended until then.

Counting only, of requests and endings that are never matched one by one. How long requests of a
period took stands in ``referral_times``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.exhibits.counts.referral_counts import OTHER, quarter_requested
from dashboard.exhibits.question import Question
from dashboard.model.counted_by import By
from dashboard.model.facts import ENDINGS, REQUESTS
from dashboard.model.periods import Month, Span
from dashboard.queries import summed

#: Cohorts by quarter of request: before the last quarter, in it, and in the one that is counted to.
COHORTS = ("earlier", "last", "this")


@dataclass(frozen=True)
class Open:
    """Open referrals of one service, or of all.

    Attributes:
        cohorts: How many wait by quarter of request, in the order of ``COHORTS``.
        requested, ended: How many were requested and how many ended in the period.
    """

    cohorts: tuple[int, int, int]
    requested: int
    ended: int

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(self.cohorts)

    @property
    def earlier(self) -> int:
        """How many of them since before the last quarter."""
        return self.cohorts[0]


def until(question: Question) -> Question | None:
    """A view over all months of the release until the end of its period, None where it has none."""
    known = question.release.span
    within = question.period.clipped(known)
    return replace(question, period=Span(known.start, within.end)) if within else None


def count_open(question: Question, by: By | None = None) -> dict[str, Open]:
    """Open referrals at the end of a view's period, by service, or all under "other".

    What of a quarter ended counts against what that quarter requested; none is below 0, and they
    sum to what is open.

    Args:
        question: What the reader looks at.
        by: The service, or groups of services; all together where it is left out.
    """
    whole = until(question)
    if whole is None:
        return {}
    columns = (by,) if by else ()
    left = whole.sums(
        REQUESTS, "month", *columns,
        under=lambda month, *code: (_service(*code), Month.of(month).quarter_start),
    )  # fmt: skip
    left.subtract(
        whole.sums(
            ENDINGS, "month", "lag_quarters", *columns,
            under=lambda month, lag, *code: (_service(*code), quarter_requested(month, lag)),
        )
    )  # fmt: skip
    requested, ended = (
        question.sums(fact, *columns, under=_service) for fact in (REQUESTS, ENDINGS)
    )
    this = whole.period.end.quarter_start
    return {
        code: Open(_cohorts(waits, left[code, this], left[code, this.plus(-3)]),
                   requested[code], ended[code])
        for code, waits in summed(left.items(), lambda pair: pair[0]).items()
    }  # fmt: skip


def _cohorts(waiting: int, now: int, last: int) -> tuple[int, int, int]:
    """Those of all who wait by quarter of request, none below 0."""
    waiting = max(waiting, 0)
    now = min(max(now, 0), waiting)
    last = min(max(last, 0), waiting - now)
    return waiting - now - last, last, now


def _service(code: str | None = None) -> str:
    return code or OTHER
