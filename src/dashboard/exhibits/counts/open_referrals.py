"""Open referrals: all that were requested until a month less all that ended until then.

Counting only, of requests and endings that are never matched one by one. How long requests of a
period took stands in ``referral_times``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

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
#: Months of such a part; who asked for more than two of them ago may have forgotten the request.
HALF_YEAR, YEAR = 6, 12
#: Of which quarter's requests something ended.
_LAG = ("lag_quarters",)


@dataclass(frozen=True)
class Open:
    """Open referrals of one service, or of all.

    Attributes:
        ages: How many are open by age of request, in the order of ``AGES``.
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
        """How many of them were asked for in the last four quarters (``year_start``)."""
        return self.total - self.older

    @property
    def older(self) -> int:
        """How many of them were asked for before that."""
        return self.ages[-1]


@dataclass(frozen=True)
class AllOpen:
    """Everything open at the end of a view's period, with how far the numbers are off.

    Attributes:
        end: The last month counted.
        everyone: All services together.
        services: Those that anything was requested of, by code.
        total, ages: Errors of all that is open together, and of a part of it by age.
        of_service, of_recent: The same of one service: all, and what was asked for in the last four
            quarters.
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


def year_start(end: Month) -> Month:
    """First month of the last four quarters, the last of which may not be over."""
    return end.quarter_start.plus(-9)


def is_whole_year(end: Month) -> bool:
    """Whether the last four quarters are a year."""
    return year_start(end).plus(YEAR - 1) == end


def until(question: Question) -> Question | None:
    """A view over all months of the release until the end of its period, None where it has none."""
    known = question.release.span
    within = question.period.clipped(known)
    return replace(question, period=Span(known.start, within.end)) if within else None


def count_all_open(question: Question) -> AllOpen | None:
    """Open referrals at the end of a view's period; None where the release has no month of it."""
    whole = until(question)
    if whole is None:
        return None

    def error(by: tuple[By, ...], lag: tuple[By, ...], months: int | None) -> ExpectedError:
        breakdown = breakdowns.breakdown_of(whole, REQUESTS, by, (), months=months)
        ended = breakdowns.breakdown_of(whole, ENDINGS, (*by, *lag), (), months=months)
        return breakdown.error.less(ended.error)

    everyone, services = count_open(question)
    return AllOpen(
        whole.period.end,
        everyone,
        services,
        _breakdown(question, everyone),
        error((), _LAG, HALF_YEAR),
        error(("service",), (), None),
        error(("service",), _LAG, YEAR),
    )


def count_open_in_all(question: Question) -> tuple[Open, Breakdown]:
    """All open referrals together, and their number with its error."""
    everyone, _ = count_open(question)
    return everyone, _breakdown(question, everyone)


def _breakdown(question: Question, everyone: Open) -> Breakdown:
    """Open is what was asked for less what ended, and so is its error."""
    whole, sizes = until(question) or question, (everyone.total,)
    asked, ended = (breakdowns.breakdown_of(whole, fact, (), sizes) for fact in (REQUESTS, ENDINGS))
    return breakdowns.difference(asked, ended, sizes)


def count_open(question: Question) -> tuple[Open, dict[str, Open]]:
    """Open referrals at the end of a view's period: all together, and by service.

    What of a quarter ended counts against what that quarter requested; none is below 0, and they
    sum to what is open.
    """
    whole = until(question)
    if whole is None:
        return Open((0, 0, 0)), {}
    left = whole.sums(
        REQUESTS, "month", "service",
        under=lambda month, code: (code or OTHER, Month.of(month).quarter_start),
    )  # fmt: skip
    left.subtract(
        whole.sums(
            ENDINGS, "month", "lag_quarters", "service",
            under=lambda month, lag, code: (code or OTHER, quarter_requested(month, lag)),
        )
    )  # fmt: skip
    requested, ended = (
        question.sums(fact, "service", under=lambda code: code or OTHER)
        for fact in (REQUESTS, ENDINGS)
    )
    this, totals = whole.period.end.quarter_start, summed(left.items(), lambda pair: pair[0])

    def of(*codes: str) -> Open:
        quarters = [sum(left[code, this.plus(-3 * back)] for code in codes) for back in range(4)]
        total, came, went = (sum(own[code] for code in codes) for own in (totals, requested, ended))
        return Open(_ages(total, sum(quarters[:2]), sum(quarters[2:])), came, went)

    return of(*totals), {code: of(code) for code in totals}


def _ages(total: int, half_year: int, year: int) -> tuple[int, int, int]:
    """All that is open by age of request, none below 0."""
    total = max(total, 0)
    half_year = min(max(half_year, 0), total)
    year = min(max(year, 0), total - half_year)
    return half_year, year, total - half_year - year
