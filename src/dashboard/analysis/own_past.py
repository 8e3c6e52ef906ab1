"""Own past: over which months each place of a map is compared, and what is told of it there.

A place is compared with as many windows before as there are, eight at most and a year at least, and
only over months in which it stood for itself: one that began to be shown was not new. Here are only
arrays; whose they are is known to those who count (``exhibits.counts.usual_areas``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dashboard.analysis.more_than_usual import (
    Judgement,
    Observed,
    Setting,
    dispersion_of,
    judge,
)
from dashboard.analysis.power import Sight, noticed_by_place
from dashboard.analysis.predictive_tail import Floats

Months = npt.NDArray[np.int64]
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
        stands: Whether a place is counted whole in a month, so that nothing of it stands under
            another place, shape (places, months).
        together: How many events come together, as people of one incident do.
    """

    codes: Sequence[str]
    sizes: Floats
    totals: Floats
    stands: npt.NDArray[np.bool_]
    together: float = 1.0


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
        return cls(start, length, int(_whole(np.array([start]), length)[0]))


def _whole(months: Months, length: int) -> Months:
    """Months of the history where so many come before: whole windows, 0 for less than a year."""
    kept = np.minimum(months // length, WINDOWS) * length
    return np.where(kept >= LEAST, kept, 0)


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
        months: Months of its own history of each place, 0 where it cannot be judged.
        judgements: One for each place that is judged, by its number among the codes.
    """

    window: Window
    setting: Setting
    months: Months
    judgements: dict[int, Judgement]


def told(table: ByMonth, window: Window, spreads: Spreads) -> Told:
    """Judge every place of a table that can be judged, all of them together.

    Args:
        table: Events of places by month.
        window: The window; the table holds its months and those of its history.
        spreads: What protection does to a count.
    """
    months = own_months(table.stands, window)
    first = window.start - window.history
    now = table.sizes[:, window.start : window.stop].sum(axis=1)
    setting = Setting(
        total_now=int(table.totals[window.start : window.stop].sum()),
        total_before=int(table.totals[first : window.start].sum()),
        spread_now=spreads.now,
        spread_before=spreads.before,
        dispersion=_clustered(table, window, months, spreads.now),
        together=table.together,
    )
    numbers = np.flatnonzero(months).tolist()
    observed: list[Observed] = []
    for place in numbers:
        begin = window.start - int(months[place])
        before = int(table.sizes[place, begin : window.start].sum())
        whole = int(table.totals[begin : window.start].sum())
        observed.append(Observed(table.codes[place], int(now[place]), before, whole))
    judgements = judge(observed, setting)
    return Told(window, setting, months, dict(zip(numbers, judgements, strict=True)))


def own_months(stands: npt.NDArray[np.bool_], window: Window) -> Months:
    """Months of its own history of each place: 0 where it did not stand all through.

    Args:
        stands: As in ``ByMonth``.
        window: The window.
    """
    within = stands[:, window.start : window.stop].all(axis=1)
    before = stands[:, window.start - window.history : window.start][:, ::-1]
    # Months back to the first in which it did not stand.
    run: Months = np.logical_and.accumulate(before, axis=1).sum(axis=1, dtype=np.int64)
    return np.where(within, _whole(run, window.length), 0)


def _clustered(table: ByMonth, window: Window, months: Months, spread: float) -> float:
    """Dispersion of the rates of places with a whole history, where it is more than a little."""
    first, whole = window.start - window.history, months == window.history
    if not window.history or not whole.any():
        return 0.0
    periods = window.history // window.length

    def by_window(values: Floats) -> Floats:
        parts = values[..., first : window.start].reshape(*values.shape[:-1], periods, -1)
        return parts.sum(axis=-1)

    counts, totals = by_window(table.sizes[whole]), by_window(table.totals)
    found = dispersion_of(counts / table.together, totals / table.together, spread / table.together)
    return found if found > CLUSTERED else 0.0


def noticed_in(told: Told) -> dict[int, float | None]:
    """The smallest rise of each place judged that would have been called more than usual.

    Where a place rose, what would have been noticed is still that of what was expected.
    """
    setting, numbers = told.setting, list(told.judgements)
    expected = np.array([told.judgements[place].expected for place in numbers], dtype=np.float64)
    ratio = setting.total_now / max(setting.total_before, 1)
    spread = np.full(len(numbers), np.hypot(setting.spread_now, ratio * setting.spread_before))
    sight = Sight(
        history=1 / ratio if ratio else 1.0,
        places=len(numbers),
        dispersion=setting.dispersion,
        together=setting.together,
    )
    share = expected / max(setting.total_now, 1)
    return dict(zip(numbers, noticed_by_place(expected, spread, share, sight), strict=True))
