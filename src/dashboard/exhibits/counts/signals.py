"""Signals: every time that an area was called more, fewer or new, and what followed.

The judge of change once a month, over the window that the month ends, with nothing that came later;
so that a past flag can be looked up. One event is one signal: of areas that hold each other it is
told of the smallest. Words stand with the exhibits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

from dashboard.analysis.judge import Comparison
from dashboard.exhibits.counts.comparisons import compare_rows, window_of
from dashboard.exhibits.counts.home import way_up
from dashboard.filters import Filters
from dashboard.model.country import REGION, SECOND, SITE, THIRD
from dashboard.model.facts import Fact
from dashboard.model.periods import Month, Span
from dashboard.release.open_release import Release

Verdict = Literal["more", "fewer"]
#: Levels that are looked at every month, the smallest first.
LEVELS = (SITE, REGION, THIRD, SECOND)
#: Months of the shortest period: each level is judged over the shortest window it has.
_SHORT = 1
_NEVER = Comparison("unclear")


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
        comparison: What was said of it in the first one.
        followed: What was said of it in the window after the first one; None while it is not over.
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
        """The first window in which it was called so."""
        return Span.last(self.months, until=self.first)

    @property
    def chance(self) -> float:
        """How likely so many or more, or so few or fewer, would be had nothing changed."""
        return NormalDist().cdf(-abs(self.comparison.score))


def signals(release: Release, fact: Fact) -> tuple[Signal, ...]:
    """Every flag that the months of a release would have raised, the latest first."""
    return release.remember(("signals", fact.id), lambda: _signals(release, fact))


def _signals(release: Release, fact: Fact) -> tuple[Signal, ...]:
    found: list[Signal] = []
    for level in LEVELS:
        finer = tuple(found)
        found.extend(
            s
            for s in _of_level(release, fact, level)
            if not _is_explained_by_finer(release, s, finer)
        )
    start = release.span.start
    return tuple(sorted(found, key=lambda one: (-one.first.minus(start), one.chance, one.area)))


def _is_explained_by_finer(release: Release, signal: Signal, finer: tuple[Signal, ...]) -> bool:
    """Whether a smaller area inside was called the same while the signal began, and to its end.

    One that goes on in months after the smaller area's is of something else.
    """
    last = Span.last(signal.months, until=signal.last)
    return any(
        signal.area in way_up(release, other.area)
        and other.verdict == signal.verdict
        and other.window.start <= signal.first
        and other.last >= last.start
        for other in finer
    )


def _of_level(release: Release, fact: Fact, level: str) -> Iterator[Signal]:
    """Signals of one level; none where it is not judged."""
    span = release.span
    shortest = window_of(release, Span.last(_SHORT, until=span.end), level)
    if shortest is None:
        return
    months, judged = shortest.months, dict[Month, Mapping[str, Comparison]]()
    for end in span:
        window = Span.last(months, until=end)
        comparisons = compare_rows(release, fact, Filters(), window, level=level)
        if comparisons is None:
            return
        judged[end] = comparisons.of
    for area in dict.fromkeys(code for of in judged.values() for code in of):
        for verdict, ends in _runs({end: _verdict(of.get(area)) for end, of in judged.items()}):
            first, after = ends[0], judged.get(ends[0].plus(months))
            yield Signal(
                area,
                level,
                verdict,
                first,
                ends[-1],
                months,
                judged[first][area],
                None if after is None else after.get(area, _NEVER),
            )


def _runs(verdicts: Mapping[Month, Verdict | None]) -> Iterator[tuple[Verdict, list[Month]]]:
    """Months in a row that were called the same."""
    run: list[Month] = []
    for month, verdict in verdicts.items():
        if run and verdicts[run[0]] != verdict:
            run = []
        if verdict:
            run.append(month)
            if verdicts.get(month.plus(1)) != verdict:
                yield verdict, run


def _verdict(one: Comparison | None) -> Verdict | None:
    if one is None or not one.direction:
        return None
    return "more" if one.direction > 0 else "fewer"
