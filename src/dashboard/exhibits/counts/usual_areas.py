"""Areas against their own past: which can be judged in an open release, and what is told of them.

``usual_areas`` judges all areas of one window, ``usual_quarters`` one area in many; each quarter is
judged with nothing that came later, as in ``signals``, but under the filters of a reader.

The law stands in ``analysis.more_than_usual``, which months count in ``analysis.own_past``, how
areas are counted in ``area_months``, words with the exhibits.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, sqrt
from typing import Literal, get_args

from dashboard import queries
from dashboard.analysis.more_than_usual import Judgement, Setting, Verdict
from dashboard.analysis.own_past import ByMonth, Window, noticed_in
from dashboard.exhibits.counts.area_months import Level, events_by_month, told_of
from dashboard.exhibits.counts.windows import windows
from dashboard.filters import Filters
from dashboard.model.facts import Fact
from dashboard.model.periods import Span
from dashboard.model.protection import is_protected
from dashboard.release.open_release import Release

#: Why nothing can be said: the window has a length for which the level is not offered; the
#: release's readers may not ask for the level, or it does not know it; a part of the window lies
#: outside the release; less than a year lies before it; there are too few events for districts; the
#: fact is counted by quarter; there are no events in the window or none before it.
Reason = Literal["length", "level", "outside", "short", "few", "grain", "none"]

QUARTER, YEAR = 3, 12
#: Quarters of an area that are looked at, at most: three years.
QUARTERS = 12
#: Nine numbers in ten lie within so many standard deviations.
_NINE_IN_TEN = 1.645
#: Events a month from which districts outside the home are judged.
DISTRICTS_FROM = 100


@dataclass(frozen=True)
class Unsaid:
    """That nothing can be said, and why."""

    reason: Reason


@dataclass(frozen=True)
class UsualArea:
    """An area of a map.

    Attributes:
        code: Its code.
        now: Events of the window, as they are shown.
        judgement: What may be said of it, None where it cannot be judged.
        noticed: The smallest rise that would have been called more than usual, as a factor; None
            where not even a fivefold one would, or it cannot be judged.
    """

    code: str
    now: int
    judgement: Judgement | None
    noticed: float | None

    @property
    def testable(self) -> bool:
        """Whether it can be judged."""
        return self.judgement is not None


@dataclass(frozen=True)
class UsualAreas:
    """The areas of a level against their own past.

    Attributes:
        level: Level of the areas.
        window: The months that are judged.
        history: The months before them with which they are compared, at most.
        areas: Every area that had events until the end of the window; the most events first.
        setting: What they have in common: totals, and what protection does to their counts.
    """

    level: Level
    window: Span
    history: Span
    areas: tuple[UsualArea, ...]
    setting: Setting

    @property
    def testable(self) -> tuple[UsualArea, ...]:
        """Areas that can be judged."""
        return tuple(area for area in self.areas if area.testable)

    def called(self, verdict: Literal["more", "fewer"]) -> tuple[UsualArea, ...]:
        """Areas of a verdict, the least likely by chance first."""
        found = (
            (area.judgement.chance, area)
            for area in self.areas
            if area.judgement and area.judgement.verdict == verdict
        )
        return tuple(area for _, area in sorted(found, key=lambda entry: entry[0]))


def offered(level: str, months: int, *, protected: bool = True) -> bool:
    """Whether areas of a level are judged over windows of so many months.

    Never camps by month. Districts are those outside the home, and only where there are
    ``DISTRICTS_FROM`` events a month.

    Args:
        level: Level of the areas.
        months: Length of the window.
        protected: Whether the numbers are; else countries and sea areas are offered too.

    >>> offered("upazila", 3), offered("camp", 1), offered("country", 3)
    (True, False, False)
    """
    if months not in (QUARTER, YEAR):
        return False
    if level in ("country", "sea_area"):
        return not protected
    return level in ("upazila", "camp_region", "camp", "district")


def usual_areas(
    release: Release, fact: Fact, filters: Filters, level: Level, window: Span
) -> UsualAreas | Unsaid:
    """Judge the areas of a level in a window against their own past.

    A chosen area does not count: what is usual is a share of all events of the other filters.
    Checkpoints are left out unless they are asked for.

    Args:
        release: The open release.
        fact: What is counted, by month.
        filters: What the reader chose.
        level: Level of the areas.
        window: The months; a quarter or a year.
    """
    if reason := refused(release, fact, level, window):
        return Unsaid(reason)
    found = Window.of(window.start.minus(release.span.start), window.months)
    if not found.history:
        return Unsaid("short")
    asked = queries.shown_roles(filters.with_codes("area", ()))
    table = events_by_month(release, fact, asked, level, Span(release.span.start, window.end))
    before = table.totals[found.start - found.history : found.start].sum()
    now = table.totals[found.start :].sum()
    if not before or not now:
        return Unsaid("none")
    if is_too_few(release, fact, level, table, found):
        return Unsaid("few")
    (judged,) = told_of(release, fact, asked, level, table, found)
    rises = noticed_in(judged)
    areas = [
        UsualArea(one.code, one.now, one, rises[number])
        for number, one in judged.judgements.items()
    ]
    areas.sort(key=lambda area: (-area.now, area.code))
    history = Span.last(found.history, until=window.start.plus(-1))
    return UsualAreas(level, window, history, tuple(areas), judged.setting)


def is_too_few(release: Release, fact: Fact, level: Level, table: ByMonth, window: Window) -> bool:
    """Whether there are too few events to judge districts in a window; other levels always may."""
    if level != "district" or not is_protected(release.base(fact.id)):
        return False
    events = table.totals[window.start - window.history : window.stop].sum()
    return events / (window.history + window.length) < DISTRICTS_FROM


def refused(release: Release, fact: Fact, level: Level, window: Span) -> Reason | None:
    """Why nothing can be said of a window whatever it holds; None where something may be."""
    protected = is_protected(release.base(fact.id))
    if fact.grain != "month" or "place" not in fact:
        return "grain"
    if level not in get_args(Level) or not release.edition.offers_level(level):
        return "level"
    if not offered(level, window.months, protected=protected):
        return "length"
    if not window.within(release.span):
        return "outside"
    return None


@dataclass(frozen=True)
class Usual:
    """What would have been usual in a quarter.

    Attributes:
        low: Least number that would have been, nine times in ten between both.
        high: Most of them.
        verdict: Whether the quarter had more or fewer, or "none".
    """

    low: int
    high: int
    verdict: Verdict


def usual_quarters(
    release: Release, fact: Fact, filters: Filters, level: Level, code: str
) -> dict[Span, Usual | None]:
    """What would have been usual in each of the last quarters of an area, None where nobody knows.

    Args:
        release: The open release.
        fact: What is counted, by month.
        filters: What the reader chose; a chosen area does not count.
        level: Level of the area.
        code: The area.
    """
    spans = windows("quarter", release.span)[-QUARTERS:]
    if not spans or refused(release, fact, level, spans[-1]):
        return dict.fromkeys(spans)
    asked = queries.shown_roles(filters.with_codes("area", ()))
    table = events_by_month(release, fact, asked, level, release.span)
    if code not in table.codes:
        return dict.fromkeys(spans)
    at = table.codes.index(code)
    found: dict[Span, Usual | None] = dict.fromkeys(spans)
    by_window = {
        Window.of(span.start.minus(release.span.start), QUARTER): span for span in reversed(spans)
    }
    for judged in told_of(release, fact, asked, level, table, *by_window):
        own = judged.judgements.get(at)
        if own and not is_too_few(release, fact, level, table, judged.window):
            found[by_window[judged.window]] = _usual(judged.setting, own)
    return found


def _usual(setting: Setting, own: Judgement) -> Usual:
    """Nine in ten of the numbers that chance and protection make of what was to be expected."""
    ratio = setting.total_now / max(setting.total_before, 1)
    by_rate = (setting.dispersion * own.expected) ** 2
    chance = own.expected * (1 + ratio) * setting.together + by_rate
    spread = sqrt(chance + setting.spread_now**2 + (ratio * setting.spread_before) ** 2)
    low, high = (own.expected + side * _NINE_IN_TEN * spread for side in (-1, 1))
    return Usual(max(floor(low), 0), ceil(high), own.verdict)
