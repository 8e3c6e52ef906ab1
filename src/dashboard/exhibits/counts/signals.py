"""Signals: every time that an area was called more, fewer or new, and what followed.

Each month the judge of change is asked about the window that ends with it, with nothing that came
later. A signal's numbers are those of the last window in which it was, wherever it is told. Of
areas inside each other that are called the same, the smallest has the signal.
Words stand with the exhibits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import NormalDist
from typing import Literal

from dashboard.analysis.judge import Comparison
from dashboard.exhibits.counts.comparisons import compare_rows, window_of
from dashboard.exhibits.counts.home import way_up
from dashboard.filters import Filters
from dashboard.model.country import REGION, SECOND, SITE, THIRD
from dashboard.model.facts import Fact
from dashboard.model.periods import Month, Span
from dashboard.release.cached import latest
from dashboard.release.open_release import Release

Verdict = Literal["more", "fewer"]
#: Levels that are judged every month, the smallest first.
LEVELS = (SITE, REGION, THIRD, SECOND)
#: Months of the shortest period: each level is judged over the shortest window it has.
_SHORT = 1
_NO_EVENTS = Comparison("unclear")


@dataclass(frozen=True)
class Signal:
    """An area that was called the same in consecutive months.

    Attributes:
        area: Its code.
        level: Its level.
        verdict: "more" or "fewer".
        first: Last month of the first window in which it was.
        last: Last month of the last one.
        months: Months of the windows.
        comparison: Its comparison in the last window.
        followed: That in the window after the last one; None while this is not over.
    """

    area: str
    level: str
    verdict: Verdict
    first: Month
    last: Month
    months: int
    comparison: Comparison
    followed: Comparison | None

    @property
    def window(self) -> Span:
        """The last window in which it was called so."""
        return Span.last(self.months, until=self.last)

    @property
    def chance(self) -> float:
        """How likely so many or more, or so few or fewer, would be had nothing changed."""
        return NormalDist().cdf(-abs(self.comparison.score))


@latest(10)
def signals(release: Release, fact: Fact) -> tuple[Signal, ...]:
    """Every flag that the months of a release would have raised, the latest first."""
    start, flags = release.span.start, list[Signal]()
    for level in LEVELS:
        flags += [
            flag
            for flag in _signals_of_level(release, fact, level)
            if not _is_explained_by_finer(release, flag, flags)
        ]
    return tuple(sorted(flags, key=lambda flag: (-flag.first.minus(start), flag.chance, flag.area)))


def _is_explained_by_finer(release: Release, signal: Signal, finer: Sequence[Signal]) -> bool:
    """Whether a smaller area inside was called the same when the signal began, and to its end.

    A signal that goes on when the smaller area's is over is one of its own.
    """
    return any(
        signal.area in way_up(release, other.area)
        and other.verdict == signal.verdict
        and Span.last(other.months, until=other.first).start <= signal.first
        and other.last >= signal.window.start
        for other in finer
    )


def _signals_of_level(release: Release, fact: Fact, level: str) -> Iterator[Signal]:
    """Signals of one level; none where the level is not judged."""
    span = release.span
    shortest = window_of(release, Span.last(_SHORT, until=span.end), level)
    if shortest is None:
        return
    months, by_month = shortest.months, dict[Month, Mapping[str, Comparison]]()
    for end in span:
        window = Span.last(months, until=end)
        comparisons = compare_rows(release, fact, Filters(), window, level=level)
        if comparisons is None:
            return
        by_month[end] = comparisons.rows
    for area in dict.fromkeys(code for rows in by_month.values() for code in rows):
        judged = {end: rows.get(area, _NO_EVENTS) for end, rows in by_month.items()}
        for direction, run in groupby(judged, key=lambda end: judged[end].direction):
            months_of_run = list(run)
            first, last = months_of_run[0], months_of_run[-1]
            if direction:
                yield Signal(
                    area,
                    level,
                    "more" if direction > 0 else "fewer",
                    first,
                    last,
                    months,
                    comparison=judged[last],
                    followed=judged.get(last.plus(months)),
                )
