"""Signals: every flag that the months of a release would have raised, and what followed each.

The test of ``usual_areas`` once a month, over the window that the month ends, with nothing that
came later; so that a past flag can be looked up and judged. Words stand with the exhibits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from dashboard import queries
from dashboard.analysis.more_than_usual import Judgement, Verdict
from dashboard.analysis.own_past import Window
from dashboard.exhibits.counts.area_months import Level, events_by_month, told_of
from dashboard.exhibits.counts.usual_areas import QUARTER, YEAR, refused
from dashboard.filters import Filters
from dashboard.model.facts import Fact
from dashboard.model.periods import Month, Span
from dashboard.release.open_release import Release

#: Levels that are looked at every month.
LEVELS: tuple[Level, ...] = ("upazila", "camp_region", "camp")


@dataclass(frozen=True)
class Followed:
    """What came in the window right after the one in which an area was first flagged.

    Attributes:
        now: Its events there.
        expected: Events that its past share would have made.
        verdict: What it was called there.
        again: Whether that is the same again.
    """

    now: int
    expected: float
    verdict: Verdict
    again: bool


@dataclass(frozen=True)
class Signal:
    """An area that was called more or fewer than usual in consecutive months.

    Attributes:
        area: Its code.
        level: Its level.
        verdict: "more" or "fewer".
        first: Last month of the first window in which it was.
        last: Last month of the last one.
        months: Months of the windows.
        now: Events of the first window.
        expected: Events that its past share would have made there.
        p: How likely so many or more, or so few or fewer, would have been there.
        followed: What came in the window after the first one; None while it is not over, or where
            the area could not be judged there.
    """

    area: str
    level: Level
    verdict: Literal["more", "fewer"]
    first: Month
    last: Month
    months: int
    now: int
    expected: float
    p: float
    followed: Followed | None

    @property
    def window(self) -> Span:
        """The first window in which it was called so."""
        return Span.last(self.months, until=self.first)


def signals(release: Release, fact: Fact, level: Level) -> tuple[Signal, ...]:
    """Every flag that the release's months would have raised, the latest first.

    The test of each month on the quarter that it ends, of camps on the twelve months, with nothing
    that came later. Made once a release; none where the level cannot be judged.
    """
    return release.remember(("signals", fact.id, level), lambda: _signals(release, fact, level))


def _signals(release: Release, fact: Fact, level: Level) -> tuple[Signal, ...]:
    length = YEAR if level == "camp" else QUARTER
    span = release.span
    last = Span.last(length, until=span.end)
    if level == "district" or refused(release, fact, level, last):
        return ()
    judged = _judged(release, fact, level, length)
    found = [
        _signal(level, length, span.start, judged, area, run)
        for area in dict.fromkeys(code for own in judged.values() for code in own)
        for run in _runs(judged, area)
    ]
    return tuple(sorted(found, key=lambda one: (-one.first.minus(span.start), one.p, one.area)))


def _judged(
    release: Release, fact: Fact, level: Level, length: int
) -> dict[int, dict[str, Judgement]]:
    """Number of each month that ends a window to what is told of each area there."""
    span, filters = release.span, queries.shown_roles(Filters())
    table = events_by_month(release, fact, filters, level, span)
    windows = (Window.of(start, length) for start in reversed(range(span.months - length + 1)))
    return {
        found.window.stop - 1: {one.code: one for one in found.judgements.values()}
        for found in told_of(release, fact, filters, level, table, *windows)
    }


def _runs(judged: Mapping[int, Mapping[str, Judgement]], area: str) -> list[list[int]]:
    """Consecutive months in which an area was called the same."""
    verdicts = (
        (judged[month][area].verdict if area in judged[month] else "none", month)
        for month in sorted(judged)
    )
    runs = groupby(verdicts, key=lambda entry: entry[0])
    return [[month for _, month in run] for verdict, run in runs if verdict != "none"]


def _signal(
    level: Level,
    length: int,
    first: Month,
    judged: Mapping[int, Mapping[str, Judgement]],
    area: str,
    run: list[int],
) -> Signal:
    flagged = judged[run[0]][area]
    after = judged.get(run[0] + length, {}).get(area)
    is_more = flagged.verdict == "more"
    again = after is not None and after.verdict == flagged.verdict
    return Signal(
        area,
        level,
        "more" if is_more else "fewer",
        first.plus(run[0]),
        first.plus(run[-1]),
        length,
        flagged.now,
        flagged.expected,
        flagged.p_more if is_more else flagged.p_fewer,
        Followed(after.now, after.expected, after.verdict, again) if after else None,
    )
