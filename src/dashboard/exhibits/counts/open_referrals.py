"""Open referrals: all that were requested until a month less all that ended until then.

Counting only; requests and endings are never matched one by one. How long requests of a period took
stands in ``referral_times``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from operator import itemgetter

from dashboard.analysis.expected_error import ExpectedError
from dashboard.exhibits.counts.referral_counts import OTHER, quarter_requested
from dashboard.exhibits.parts import breakdowns
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.question import Question
from dashboard.model.counted_by import By
from dashboard.model.facts import ENDINGS, REQUESTS
from dashboard.model.periods import Month, Span
from dashboard.queries import summed

#: Parts by age of request: the last two quarters, the two before them, and all earlier ones.
AGES = ("half_year", "year", "older")
#: Months of the younger two parts, and of both together.
HALF_YEAR, YEAR = 6, 12
#: How many quarters lie between an ending and its request.
_LAG = ("lag_quarters",)


@dataclass(frozen=True)
class Open:
    """Open referrals of one service, or of all.

    Attributes:
        ages: How many are open by age of their request, in the order of ``AGES``.
        requested, ended: How many were requested and how many ended in the period.
    """

    ages: tuple[int, int, int]
    requested: int = 0
    ended: int = 0

    @property
    def total(self) -> int:
        """How many are open."""
        return sum(self.ages)

    @property
    def recent(self) -> int:
        """How many are open that were asked for in the last four quarters (``year_start``)."""
        return self.total - self.older

    @property
    def older(self) -> int:
        """How many are open that were asked for before the last four quarters."""
        return self.ages[-1]


@dataclass(frozen=True)
class AllOpen:
    """Everything open at the end of a view's period, with the errors of the numbers.

    Attributes:
        end: The last month counted.
        everyone: All services together.
        services: Services with any request, by code.
        total, ages: The error of all that is open together, and of a part of it by age.
        of_service, of_recent: The error of one service: of all that is open, and of what was asked
            for in the last four quarters.
    """

    end: Month
    everyone: Open
    services: Mapping[str, Open]
    total: Breakdown
    ages: ExpectedError
    of_service: ExpectedError
    of_recent: ExpectedError

    @property
    def halves(self) -> tuple[Span, Span]:
        """The months of the two younger parts, the latest first."""
        this = self.end.quarter_start
        return Span(this.plus(-3), self.end), Span(year_start(self.end), this.plus(-4))

    def last_of(self, age: str) -> Month:
        """The last month of the requests of an age, one of ``AGES``."""
        _, year = self.halves
        return {"year": year.end, "older": year.start.plus(-1)}.get(age, self.end)


def year_start(end: Month) -> Month:
    """First month of the last four quarters, the last of which may not be over."""
    return end.quarter_start.plus(-9)


def is_whole_year(end: Month) -> bool:
    """Whether the last four quarters are a year."""
    return year_start(end).plus(YEAR - 1) == end


def until(question: Question) -> Question | None:
    """A view over all months until the end of its period; None where the release has none of it."""
    span = question.release.span
    within = question.period.clipped(span)
    return replace(question, period=Span(span.start, within.end)) if within else None


def count_all_open(question: Question) -> AllOpen | None:
    """Open referrals at the end of a view's period; None where the release has no month of it."""
    whole = until(question)
    if whole is None:
        return None

    def error(by: tuple[By, ...], lag: tuple[By, ...], months: int | None) -> ExpectedError:
        """The error of requests less endings by some columns, endings also by their lag."""
        requested = breakdowns.breakdown_of(whole, REQUESTS, by, (), months=months)
        ended = breakdowns.breakdown_of(whole, ENDINGS, (*by, *lag), (), months=months)
        return requested.error.less(ended.error)

    everyone, services = count_open(question)
    return AllOpen(
        end=whole.period.end,
        everyone=everyone,
        services=services,
        total=_breakdown(question, everyone),
        ages=error((), _LAG, HALF_YEAR),
        of_service=error(("service",), (), None),
        of_recent=error(("service",), _LAG, YEAR),
    )


def count_open_in_all(question: Question) -> tuple[Open, Breakdown]:
    """All open referrals together, and their number with its error."""
    everyone, _ = count_open(question)
    return everyone, _breakdown(question, everyone)


def _breakdown(question: Question, everyone: Open) -> Breakdown:
    """The number of all open referrals, with the error of requests less endings."""
    whole, sizes = until(question) or question, (everyone.total,)
    requested = breakdowns.breakdown_of(whole, REQUESTS, (), sizes)
    ended = breakdowns.breakdown_of(whole, ENDINGS, (), sizes)
    return breakdowns.difference(requested, ended, sizes)


def count_open(question: Question) -> tuple[Open, dict[str, Open]]:
    """Open referrals at the end of a view's period: all together, and by service.

    Endings count against the quarter of their request. No part by age is below 0, and the parts
    sum to what is open.
    """
    whole = until(question)
    if whole is None:
        return Open((0, 0, 0)), {}
    open_by_quarter = whole.sums(
        REQUESTS, "month", "service",
        key=lambda month, code: (code or OTHER, Month.of(month).quarter_start),
    )  # fmt: skip
    open_by_quarter.subtract(
        whole.sums(
            ENDINGS, "month", "lag_quarters", "service",
            key=lambda month, lag, code: (code or OTHER, quarter_requested(month, lag)),
        )
    )  # fmt: skip
    requested, ended = (
        question.sums(fact, "service", key=lambda code: code or OTHER)
        for fact in (REQUESTS, ENDINGS)
    )
    totals = summed(open_by_quarter.items(), itemgetter(0))
    last = whole.period.end.quarter_start
    quarters = [last.plus(-3 * back) for back in range(4)]

    def count(*codes: str) -> Open:
        half_year, year = (
            sum(open_by_quarter[code, quarter] for code in codes for quarter in two_quarters)
            for two_quarters in (quarters[:2], quarters[2:])
        )
        total = sum(totals[code] for code in codes)
        in_period = (sum(sizes[code] for code in codes) for sizes in (requested, ended))
        return Open(_ages(total, half_year, year), *in_period)

    return count(*totals), {code: count(code) for code in totals}


def _ages(total: int, half_year: int, year: int) -> tuple[int, int, int]:
    """All that is open by age of request, in the order of ``AGES``, none below 0."""
    total = max(total, 0)
    half_year = min(max(half_year, 0), total)
    year = min(max(year, 0), total - half_year)
    return half_year, year, total - half_year - year
