"""Own past: over which months the places of a map are compared, and what is told of them there.

All are compared with as many windows before as there are, eight at most and a year at least. Here
are only arrays; whose they are is known to those who count (``exhibits.counts.usual_areas``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from dashboard.analysis.more_than_usual import (
    Judgement,
    Observed,
    Setting,
    dispersion_of,
    judge,
)
from dashboard.analysis.power import RISES, Past, noticed
from dashboard.analysis.predictive_tail import Floats

#: Windows of the history at most, and months of it at least.
WINDOWS = 8
LEAST = 12
#: Rates are not called clustered for less than this: chance and protection alone tell so much.
CLUSTERED = 0.25


@dataclass(frozen=True)
class ByMonth:
    """Events of places by month.

    Attributes:
        codes: The places.
        sizes: Their events, shape (places, months).
        totals: All events, wherever they happened, shape (months,).
        together: How many events come together, as people of one incident do.
        least: How far off what is usual a place must be to be called, even after twice what
            protection does to its count.
    """

    codes: Sequence[str]
    sizes: Floats
    totals: Floats
    together: float = 1.0
    least: float = 0.0


@dataclass(frozen=True)
class Window:
    """A window of some months in a table, and its history.

    Attributes:
        start: Number of its first month.
        length: Its length in months.
        history: Months of the history before it; 0 where there are too few.
    """

    start: int
    length: int
    history: int

    @property
    def stop(self) -> int:
        """Number of the month after its last."""
        return self.start + self.length

    @classmethod
    def of(cls, start: int, length: int) -> Window:
        """The window that begins at a month of a table.

        >>> Window.of(36, 3).history, Window.of(36, 12).history, Window.of(11, 3).history
        (24, 36, 0)
        """
        history = min(start // length, WINDOWS) * length
        return cls(start, length, history if history >= LEAST else 0)


@dataclass(frozen=True)
class Spreads:
    """Standard deviations of what protection does to a count of the window and of its history."""

    now: float
    before: float


@dataclass(frozen=True)
class Told:
    """What is told of the places of a map.

    Attributes:
        window: The window.
        setting: What all places have in common.
        judgements: One for each place that is judged, by its number among the codes: those that
            had anything until the end of the window.
        past: What is known of the past of each of them, in their order.
        least: How far off what is usual a place must be to be called.
    """

    window: Window
    setting: Setting
    judgements: dict[int, Judgement]
    past: Past
    least: float


def told(table: ByMonth, window: Window, spreads: Spreads) -> Told:
    """Judge all places of a table together; none where the window has no history.

    Args:
        table: Events of places by month.
        window: The window; the table holds its months and those of its history.
        spreads: What protection does to a count.
    """
    first = window.start - window.history
    now = table.sizes[:, window.start : window.stop].sum(axis=1)
    before = table.sizes[:, first : window.start].sum(axis=1)
    setting = Setting(
        total_now=int(table.totals[window.start : window.stop].sum()),
        total_before=int(table.totals[first : window.start].sum()),
        spread_now=spreads.now,
        spread_before=spreads.before,
        dispersion=_clustered(table, window, spreads.now),
        together=table.together,
    )
    # What comes later decides nothing, nor which places are looked at together.
    seen = table.sizes[:, : window.stop].any(axis=1) & (window.history > 0)
    numbers = np.flatnonzero(seen).tolist()
    places = [Observed(table.codes[n], int(now[n]), int(before[n])) for n in numbers]
    least = table.least + 2 * spreads.now if table.least else 0.0
    judgements = [_if_clear(one, least) for one in judge(places, setting)]
    past = Past(before[seen], np.full(len(numbers), float(setting.total_before)))
    return Told(window, setting, dict(zip(numbers, judgements, strict=True)), past, least)


def _if_clear(one: Judgement, least: float) -> Judgement:
    """A judgement that calls nothing where a place is off by less than that."""
    return one if abs(one.now - one.expected) >= least else replace(one, verdict="none")


def _clustered(table: ByMonth, window: Window, spread: float) -> float:
    """Dispersion of the rates of places, where it is more than a little."""
    first = window.start - window.history
    if not window.history:
        return 0.0
    periods = window.history // window.length

    def by_window(values: Floats) -> Floats:
        parts = values[..., first : window.start].reshape(
            *values.shape[:-1], periods, window.length
        )
        return parts.sum(axis=-1)

    counts, totals = by_window(table.sizes), by_window(table.totals)
    found = dispersion_of(counts / table.together, totals / table.together, spread / table.together)
    return found if found > CLUSTERED else 0.0


def noticed_in(told: Told) -> dict[int, float | None]:
    """The smallest rise of each place judged that would have been called more than usual.

    Where a place rose, what would have been noticed is still that of what was expected.
    """
    called = np.array([one.verdict != "none" for one in told.judgements.values()], dtype=bool)
    beside = (called.sum() - called).astype(np.float64)
    rises = noticed(told.past, told.setting, beside)
    return {
        number: next((r for r in RISES if r >= rise and (r - 1) * one.expected >= told.least), None)
        if rise
        else None
        for (number, one), rise in zip(told.judgements.items(), rises, strict=True)
    }
