"""Carry: what the units published so far show too much or too little, cell by cell.

The error of a cell is what the units show less what the published records say, summed over the
month, the quarter, the year and all time of a block. Each sum gets a dither under the secret, so
that the units never answer the truth exactly. The weighted sum over the grains pulls the next
block's units the right way. It is secret like the records.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from etl.protect.chance import Chance, evenly
from etl.protect.layout import Floats, Layout


class Carry:
    """Errors of every cell in every period of one fact.

    Args:
        layout: Cells and weights.
        periods: Every period that occurs, first days.
        base: Width of the dither.
        chance: Source of the dither.
    """

    def __init__(
        self, layout: Layout, periods: Sequence[date], *, base: int, chance: Chance
    ) -> None:
        self._layout = layout
        self._number = {period: number for number, period in enumerate(periods)}
        self._errors = np.zeros((len(periods), layout.cells + 1))
        self._base = base
        self._chance = chance
        self._keys = layout.keys(chance)
        self._dithers: dict[tuple[str, str], Floats] = {}

    def shown(self, period: date, counts: Floats) -> None:
        """Units with these counts now stand for a period."""
        self._errors[self._number[period]] += counts

    def true(self, period: date, counts: Floats) -> None:
        """Published records with these counts belong to a period."""
        self._errors[self._number[period]] -= counts

    def pull(self, period: date) -> Floats:
        """Weighted error of each cell at the grains that hold a period, shape (cells + 1,)."""
        pulled = np.zeros(self._layout.cells + 1)
        for grain, weights in self._layout.weights.items():
            name = _period_name(grain, period)
            same = [n for p, n in self._number.items() if _period_name(grain, p) == name]
            error = self._errors[same].sum(axis=0) + self._dither(grain, name)
            pulled += weights * error
        return pulled

    def _dither(self, grain: str, name: str) -> Floats:
        if (grain, name) not in self._dithers:
            key = self._chance.key("dither", self._layout.coding.fact.id, grain, name)
            self._dithers[grain, name] = evenly(self._keys ^ key, self._base)
        return self._dithers[grain, name]


def _period_name(grain: str, period: date) -> str:
    """The month, quarter, year or all time that holds a period."""
    if grain == "month":
        return f"{period:%Y-%m}"
    if grain == "quarter":
        return f"{period.year}-Q{(period.month + 2) // 3}"
    return str(period.year) if grain == "year" else ""
