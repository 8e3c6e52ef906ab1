"""Steps from identification to a first service, as events of a period, and by quarter of request.

Counting only, of first referrals: a person's first referral counts that person. The steps are of
facts that are never matched, so they are not the same people.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dashboard.exhibits.counts.referral_counts import endings_of_requests
from dashboard.exhibits.question import Question
from dashboard.model.facts import ENDINGS, PEOPLE, REQUESTS
from dashboard.model.periods import Month
from dashboard.queries import summed

FIRST = "first"
#: What a person's step of identification counts under where it is not known.
UNKNOWN = "unknown"


class Cohort(NamedTuple):
    """First referrals that were requested in one quarter: what came of them until the last month.

    Attributes:
        served: Those who had the service.
        ended: Those whose referral ended without it.
        still_open: Those that have not ended.
    """

    served: int
    ended: int
    still_open: int


def count_identified(question: Question) -> Mapping[str, int]:
    """People identified in a period by the step of identification."""
    return question.sums(PEOPLE, "identification_step", under=lambda code: code or UNKNOWN)


def count_first_ends(question: Question) -> tuple[int, int]:
    """First referrals that ended in a period with a service, and without one."""
    sizes = question.sums(
        ENDINGS, "step", "status", under=lambda step, status: (step, status == "done")
    )
    return sizes[FIRST, True], sizes[FIRST, False]


def count_first_requests(question: Question) -> int:
    """First referrals that were requested in a period."""
    return dict(question.counts(REQUESTS, "step")).get(FIRST, 0)


def count_cohorts(question: Question) -> dict[Month, Cohort]:
    """First referrals by quarter of request, for each quarter of a period that has data.

    Args:
        question: What the reader looks at, in whole quarters.
    """
    span = question.period.clipped(question.release.span.snapped("quarter"))
    if span is None:
        return {}
    asked = question.sums(
        REQUESTS, "month", "step",
        under=lambda month, step: (Month.of(month).quarter_start, step),
    )  # fmt: skip
    ended = summed(
        endings_of_requests(question, "step", "status"),
        lambda quarter, step, status: (quarter, step, status == "done"),
    )
    cohorts: dict[Month, Cohort] = {}
    for start in (month for month in span if month == month.quarter_start):
        served, left = ended[start, FIRST, True], ended[start, FIRST, False]
        cohorts[start] = Cohort(served, left, max(asked[start, FIRST] - served - left, 0))
    return cohorts
