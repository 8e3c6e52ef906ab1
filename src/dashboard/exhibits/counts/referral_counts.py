"""Requests by agency and service, and endings of a period's requests by how they ended.

Counting only. How they are drawn and worded stands in ``referrals``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from dashboard import queries
from dashboard.exhibits.question import Question
from dashboard.model.codes import SERVICE_GROUPS
from dashboard.model.counted_by import By, Gathered
from dashboard.model.facts import ENDINGS, REQUESTS
from dashboard.model.periods import Month, Span

OTHER = "other"
#: Agencies without a recorded type; those of ``OTHER`` have one.
NOT_RECORDED = "not_recorded"
DECLINED = "declined_by_person"
#: The step of a person's first referral, so that it counts persons.
FIRST = "first"
#: How referrals end; every ending without a service and without one of ``_REASONS`` is a rejection.
ENDS = ("done", "declined", "unavailable", "lost", "rejected")
_REASONS = {DECLINED: "declined", "service_unavailable": "unavailable", "lost_contact": "lost"}
#: Quarters from a request to its ending; "later" is taken as the second quarter after.
_LAGS = {"0": 0, "1": 1, "2_plus": 2}

Pair = tuple[str, str]
#: Services by kind, where single ones are too few.
IN_GROUPS = Gathered(
    "service",
    {code: group for group, services in SERVICE_GROUPS.items() for code in services},
    rest=OTHER,
)


def whole_quarters(question: Question) -> Question:
    """A view in whole quarters, since endings only have the quarter of their request."""
    return replace(question, period=question.period.snapped("quarter"))


def count_requests(question: Question, service: By = "service") -> Counter[Pair]:
    """Requests by (agency, service); services may be groups of them."""
    return question.sums(
        REQUESTS, "from_agency_type", service,
        key=lambda agency, code: (agency or NOT_RECORDED, code or OTHER),
    )  # fmt: skip


def count_first_requests(question: Question) -> int:
    """People whose first referral was requested in a view's period."""
    return dict(question.counts(REQUESTS, "step")).get(FIRST, 0)


def endings_of_requests(question: Question, *by: By) -> Iterator[queries.Row]:
    """Endings of the period's requests, whenever they ended.

    Yields:
        The quarter of the request, one value per column of ``by``, and the size.
    """
    period = question.period
    later = Span(period.start, max(period.end, question.release.span.end))
    columns = ("month", "lag_quarters", *by)
    for month, lag, *values in replace(question, period=later).counts(ENDINGS, *columns):
        requested = quarter_requested(month, lag)
        if period.start <= requested <= period.end:
            yield requested, *values


def count_ends(question: Question, service: By = "service") -> Counter[Pair]:
    """Endings in a view's period by (service, one of ``ENDS``)."""
    return question.sums(
        ENDINGS, service, "status", "no_service_reason",
        key=lambda code, status, reason: (
            code or OTHER, "done" if status == "done" else _REASONS.get(reason, "rejected"),
        ),
    )  # fmt: skip


def quarter_requested(month: date, lag: str | None) -> Month:
    """First month of the latest quarter that may have requested what ended in a month.

    >>> str(quarter_requested(date(2026, 8, 1), "1")), str(quarter_requested(date(2026, 8, 1), "0"))
    ('2026-04', '2026-07')
    """
    return Month.of(month).quarter_start.plus(-3 * _LAGS.get(lag or "0", 0))
