"""Carry: what the units published so far show too much or too little, cell by cell.

The error of a cell is what the units show less what the published records say, summed over the
month, the quarter, the year and all time of a block. Each sum gets a dither under the secret, so
that the units never answer the truth exactly; it follows from the codes of the cell and never from
where the cell stands; a sum that never pulls anything needs none. The weighted sum over the grains
pulls the next block's units the right way. It is secret like the records.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from dashboard.model.periods import Month
from etl.protect.chance import Chance, evenly
from etl.protect.layout import Floats, Layout

#: Steps of the dither to an event: a power of 2, so that sums of errors are never rounded.
_STEPS = 1024


class Carry:
    """Errors of every cell in every period of one fact.

    Args:
        layout: Cells and weights.
        periods: Every period that occurs, first days.
        base: Width of the dither, 0 for none.
        chance: Source of the dither.
    """

    def __init__(
        self, layout: Layout, periods: Sequence[date], *, base: int, chance: Chance
    ) -> None:
        self._layout = layout
        self._grain_periods = {period: _grain_periods(layout, period) for period in periods}
        self._base = base
        self._chance = chance
        self._keys = layout.keys(chance)
        #: Grain and name of a period to its errors, and those of them that hold their dither.
        self._errors: dict[tuple[str, str], Floats] = {}
        self._dithered: set[tuple[str, str]] = set()
        #: Some grains to the sum of their weights.
        self._weights: dict[frozenset[str], Floats] = {}

    def add_units(self, period: date, counts: Floats) -> None:
        """Add the counts of units that now stand for a period, shape (cells,)."""
        for grain_period in self._grain_periods[period]:
            errors = self._errors_of(grain_period)
            errors += counts

    def add_records(self, period: date, counts: Floats) -> None:
        """Subtract the counts of published records that belong to a period, shape (cells,)."""
        for grain_period in self._grain_periods[period]:
            errors = self._errors_of(grain_period)
            errors -= counts

    def pull(self, period: date) -> Floats:
        """Weighted error of each cell at the grains that hold a period, shape (cells,)."""
        pulled = np.zeros(self._layout.cells)
        for grain, name in self._grain_periods[period]:
            errors = self._errors_of((grain, name))
            if (grain, name) not in self._dithered:
                self._dithered.add((grain, name))
                errors += self._dither(grain, name)
            pulled += self._layout.weights[grain] * errors
        return pulled

    def weight_of_both(self, period: date, other: date) -> Floats:
        """Weight of each cell at the grains that hold both of two periods, shape (cells,)."""
        common = frozenset(self._grain_periods[period]).intersection(self._grain_periods[other])
        grains = frozenset(grain for grain, _ in common)
        if grains not in self._weights:
            weights = [self._layout.weights[grain] for grain in grains]
            self._weights[grains] = np.sum(weights, axis=0)
        return self._weights[grains]

    def _errors_of(self, grain_period: tuple[str, str]) -> Floats:
        """Errors of a grain in one of its periods, to be changed in place; 0 at first."""
        if grain_period not in self._errors:
            self._errors[grain_period] = np.zeros(self._layout.cells)
        return self._errors[grain_period]

    def _dither(self, grain: str, name: str) -> Floats:
        """Noise of each cell, strictly within half the dither's width of 0."""
        if not self._base:
            return np.zeros(self._layout.cells)
        key = self._chance.key("dither", self._layout.coding.fact.id, grain, name)
        noise = evenly(self._keys ^ key, self._base)
        return (np.floor(noise * _STEPS) + 0.5) / _STEPS


def _grain_periods(layout: Layout, period: date) -> list[tuple[str, str]]:
    """The fact's grains, each with the name of its period that holds the given one."""
    return [(grain, _name(grain, period)) for grain in layout.weights]


def _name(grain: str, period: date) -> str:
    """Name of the month, quarter or year that holds a period; empty for all time."""
    if grain == "month":
        return f"{period:%Y-%m}"
    if grain == "quarter":
        return Month.of(period).quarter
    return str(period.year) if grain == "year" else ""
