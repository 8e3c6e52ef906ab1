"""Steps from identification to a first service, as events of a period, and by quarter of request.

Counting only, of first referrals: a person's first referral counts that person. The steps are of
facts that are never matched, so they are not the same people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard import queries
from dashboard.exhibits.counts.referral_counts import quarter_requested
from dashboard.exhibits.question import Question
from dashboard.model.facts import ENDINGS, PEOPLE, REQUESTS
from dashboard.model.periods import Month, Span

FIRST = "first"
#: What a person's step of identification counts under where it is not known.
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Cohort:
    """First referrals that were requested in one quarter: what came of them until the last month.

    Attributes:
        served: Those who had the service.
        ended: Those whose referral ended without it.
        waiting: Those who wait.
    """

    served: int
    ended: int
    waiting: int


def count_identified(question: Question) -> Mapping[str, int]:
    """People identified in a period by the step of identification."""
    rows = queries.counts(
        question.release, PEOPLE, question.filters, question.period, ("identification_step",)
    )
    sizes: Counter[str] = Counter()
    for code, size in rows:
        sizes[code or UNKNOWN] += size
    return sizes


def count_first_ends(question: Question) -> tuple[int, int]:
    """First referrals that ended in a period with a service, and without one."""
    served = ended = 0
    for step, status, size in queries.counts(
        question.release, ENDINGS, question.filters, question.period, ("step", "status")
    ):
        if step == FIRST:
            served += size if status == "done" else 0
            ended += 0 if status == "done" else size
    return served, ended


def count_first_requests(question: Question) -> int:
    """First referrals that were requested in a period."""
    rows = queries.counts(question.release, REQUESTS, question.filters, question.period, ("step",))
    return sum(size for step, size in rows if step == FIRST)


def count_cohorts(question: Question) -> dict[Month, Cohort]:
    """First referrals by quarter of request, for each quarter of a period that has data.

    Args:
        question: What the reader looks at, in whole quarters.
    """
    known = question.period.clipped(question.release.span.snapped("quarter"))
    if known is None:
        return {}
    asked = _asked(question)
    served, ended = _ends(question)
    starts = [month for month in known if month == month.quarter_start]
    return {
        start: Cohort(
            served[start], ended[start], max(asked[start] - served[start] - ended[start], 0)
        )
        for start in starts
    }


def _asked(question: Question) -> Counter[Month]:
    asked: Counter[Month] = Counter()
    for month, step, size in queries.counts(
        question.release, REQUESTS, question.filters, question.period, ("month", "step")
    ):
        asked[Month.of(month).quarter_start] += size if step == FIRST else 0
    return asked


def _ends(question: Question) -> tuple[Counter[Month], Counter[Month]]:
    """Endings with and without a service by quarter of request."""
    both: tuple[Counter[Month], Counter[Month]] = (Counter(), Counter())
    until = max(question.period.end, question.release.span.end)
    for month, lag, step, status, size in queries.counts(
        question.release,
        ENDINGS,
        question.filters,
        Span(question.period.start, until),
        ("month", "lag_quarters", "step", "status"),
    ):
        if step == FIRST:
            both[0 if status == "done" else 1][quarter_requested(month, lag)] += size
    return both
