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
from dashboard.analysis.power import Past, noticed
from dashboard.analysis.predictive_tail import Floats

Months = npt.NDArray[np.int64]
#: Windows of the history at most, and months of it at least.
WINDOWS = 8
LEAST = 12
#: Rates are not called clustered for less than this: chance and protection alone tell so much.
CLUSTERED = 0.25
#: Of what a place needs to be shown, what it has when it is first found to have enough.
_BEGINS_WITH = 1.2


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
        shown_from: Events in a year with which a place begins to stand for itself.
    """

    codes: Sequence[str]
    sizes: Floats
    totals: Floats
    stands: npt.NDArray[np.bool_]
    together: float = 1.0
    shown_from: float = 0.0


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
        past: What is known of the past of each of them, in their order.
    """

    window: Window
    setting: Setting
    months: Months
    judgements: dict[int, Judgement]
    past: Past


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
    numbers = np.flatnonzero(months)
    past = _past(table, window, months, numbers)
    judgements = judge(
        [
            Observed(table.codes[place], int(count), int(before), int(whole))
            for place, count, before, whole in zip(
                numbers.tolist(), now[numbers], past.before, past.history, strict=True
            )
        ],
        setting,
    )
    return Told(window, setting, months, dict(zip(numbers.tolist(), judgements, strict=True)), past)


def _past(table: ByMonth, window: Window, months: Months, numbers: Months) -> Past:
    """What is known of the past of some places.

    One that stood under another for a year, and then for itself, had little more in that year
    than it needs for that. Its own history alone would tell too much: of the places that are so
    near to standing under another, those that had more than usual go on to stand for themselves.
    """
    starts = window.start - months[numbers]
    before = _since(table.sizes[numbers], starts, window.start)
    history = _since(
        np.broadcast_to(table.totals, (len(numbers), len(table.totals))), starts, window.start
    )
    began = window.start - _run(table.stands[numbers, : window.start])
    unfolded = began >= LEAST
    longer = np.where(unfolded, 1 + LEAST / months[numbers], 1.0)
    known = before + np.where(unfolded, _BEGINS_WITH * table.shown_from, 0.0)
    return Past(before, history, known, history * longer)


def _since(values: Floats, starts: Months, stop: int) -> Floats:
    """Sums of rows from a month of each on, shape (rows,)."""
    own = np.arange(stop) >= starts[:, None]
    return np.where(own, values[:, :stop], 0.0).sum(axis=1)


def own_months(stands: npt.NDArray[np.bool_], window: Window) -> Months:
    """Months of its own history of each place: 0 where it did not stand all through.

    Args:
        stands: As in ``ByMonth``.
        window: The window.
    """
    within = stands[:, window.start : window.stop].all(axis=1)
    run = _run(stands[:, window.start - window.history : window.start])
    return np.where(within, _whole(run, window.length), 0)


def _run(before: npt.NDArray[np.bool_]) -> Months:
    """Months back to the first in which a place did not stand, shape (places,)."""
    return np.logical_and.accumulate(before[:, ::-1], axis=1).sum(axis=1, dtype=np.int64)


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
    called = np.array([one.verdict != "none" for one in told.judgements.values()], dtype=bool)
    beside = (called.sum() - called).astype(np.float64)
    return dict(zip(told.judgements, noticed(told.past, told.setting, beside), strict=True))
