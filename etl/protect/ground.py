"""Ground: what the units of a block are fitted to, month by month.

It is what earlier blocks left over, without the units of the block, and does not move while these
are fitted: what its units in one month add to the errors of another, which shares a quarter or a
year with it, is added when the other month's turn comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from etl.protect.carry import Carry
from etl.protect.coding import Rows
from etl.protect.donors import Donors
from etl.protect.fit import SWEEPS, Search, Sizes
from etl.protect.layout import Floats, Layout

#: Passes over the months of a late block, and sweeps over the units of a month in each.
LATE_PASSES = 4
LATE_SWEEPS = 3


@dataclass(frozen=True)
class Part:
    """The units of a block that stand for one month.

    Attributes:
        period: First day of the month.
        units: Their numbers in the block, shape (units,).
        donors: Values that their bundles may take.
        records: The records of the block as ``donors`` shows them, shape (records, width).
        costs: What an event costs in each cell beside its error, shape (cells,).
    """

    period: date
    units: npt.NDArray[np.intp]
    donors: Donors
    records: Rows
    costs: Floats


@dataclass(frozen=True)
class Fitted:
    """Units of a block that were fitted.

    Attributes:
        rows: The units, shape (units, width).
        counts: Their events in each cell, part by part, each of shape (cells,).
        cost: What they add to the weighted squares of the errors.
    """

    rows: Rows
    counts: Sequence[Floats]
    cost: float


class Ground:
    """What the units of a block are fitted to.

    Args:
        layout: Cells and weights.
        carry: What earlier blocks left over; it stays as it is.
        parts: The months of the block.
        sizes: Events each unit of the block stands for, shape (units,).
    """

    def __init__(self, layout: Layout, carry: Carry, parts: Sequence[Part], sizes: Sizes) -> None:
        self._layout = layout
        self._carry = carry
        self._parts = parts
        self._sizes = sizes
        self._pulls = [carry.pull(part.period) + part.costs for part in parts]

    def fit(self, rows: Rows, generator: np.random.Generator) -> Fitted:
        """Fit drawn units month by month, in place.

        Args:
            rows: The units to begin with, of values that they may take, shape (units, width).
            generator: Source of the draws.
        """
        counts = [self._counted(part, rows) for part in self._parts]
        passes, sweeps = (1, SWEEPS) if len(self._parts) == 1 else (LATE_PASSES, LATE_SWEEPS)
        for _ in range(passes):
            changes = 0
            for number, part in enumerate(self._parts):
                fitted = rows[part.units]
                pull = self._pull(number, counts)
                search = Search(self._layout, fitted, self._sizes[part.units], pull)
                changes += part.donors.fit(search, generator, sweeps=sweeps)
                counts[number] = search.counts()
                rows[part.units] = fitted
            if not changes:
                break
        return Fitted(rows, counts, self._cost(counts))

    def _counted(self, part: Part, rows: Rows) -> Floats:
        """Events of a part in each cell; empty for the only part, whose no other needs."""
        if len(self._parts) == 1:
            return np.zeros(0)
        return self._layout.counts(rows[part.units], self._sizes[part.units].astype(np.float64))

    def _pull(self, number: int, counts: Sequence[Floats]) -> Floats:
        """Weighted error of each cell for a part, with what the other parts add at present."""
        period = self._parts[number].period
        pull = self._pulls[number].copy()
        for other, other_counts in enumerate(counts):
            if other != number:
                pull += self._carry.weight_of_both(period, self._parts[other].period) * other_counts
        return pull

    def _cost(self, counts: Sequence[Floats]) -> float:
        """What the parts add to the weighted squares of the errors, one after the other."""
        cost = 0.0
        for number, events in enumerate(counts):
            slope = 2 * (self._pull(number, counts[: number + 1]) + self._layout.penalty)
            cost += float((events * (slope + self._layout.total_weight * events)).sum())
        return cost
