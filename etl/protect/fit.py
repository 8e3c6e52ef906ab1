"""Fit: change the bundles of units until the totals people look at come out right.

A unit of size s that enters a cell with error E and weight W changes the weighted square of the
errors by ``2 E s + W s^2``. The search takes one bundle of one unit out, scores every donor value
for it at once and puts the best in; it never makes the sum worse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from etl.protect.coding import Rows
from etl.protect.layout import Cells, Floats, Layout

Sizes = npt.NDArray[np.int64]

SWEEPS = 12
#: A move must gain more than what rounding could feign.
_GAIN = 1e-9


@dataclass(frozen=True)
class Bundle:
    """Attributes that move together, with the values they may take.

    Attributes:
        positions: Positions of a row that belong to it.
        terms: Terms of the layout that read any of them.
        donors: Values to choose from, shape (donors, positions).
        reached: What each donor adds to the cell of each term, shape (donors, terms).
        outside: Positions of other bundles that each term reads, the row's width for none.
        strides: Strides of those positions, 0 for none.
    """

    positions: Cells
    terms: Cells
    donors: Rows
    reached: Cells
    outside: Cells
    strides: Cells


def bundle_of(layout: Layout, positions: Cells, donors: Rows) -> Bundle:
    """Prepare a bundle whose donors are whole rows, of which only its own positions are read."""
    terms = layout.terms_of(positions)
    inside = np.isin(layout.positions[terms], positions)
    strides = layout.strides[terms]
    values = donors[:, np.where(inside, layout.positions[terms], 0)]
    reached = layout.offsets[terms] + (values * np.where(inside, strides, 0)).sum(axis=2)
    empty = ((values < 0) & inside).any(axis=2)
    other = ~inside & (layout.positions[terms] >= 0)
    return Bundle(
        positions,
        terms,
        donors[:, positions],
        np.where(empty, layout.cells, reached),
        np.where(other, layout.positions[terms], layout.coding.width),
        np.where(other, strides, 0),
    )


class Search:
    """The units of one block while they are being fitted.

    Args:
        layout: Cells and weights of the fact.
        units: Rows to start from, shape (units, width); changed in place.
        sizes: Events each unit stands for, at most two different numbers.
        pull: Weighted error of each cell without these units, shape (cells + 1,).
    """

    def __init__(self, layout: Layout, units: Rows, sizes: Sizes, pull: Floats) -> None:
        self.units = units
        self._bin = layout.cells
        self._total_weight = sum(layout.weights.values(), start=np.zeros(layout.cells + 1))
        self._reached = layout.cells_of(units)
        self._padded = np.zeros((len(units), layout.coding.width + 1), dtype=np.intp)
        self._padded[:, :-1] = units
        self._sizes = sizes
        distinct = np.unique(sizes)
        self._which = np.searchsorted(distinct, sizes)
        error = pull + self._total_weight * layout.counts(units, sizes.astype(np.float64))
        #: Cost of a unit of each size in each cell: (2 E + s W), to be multiplied by s.
        self._costs = 2 * (error + layout.penalty) + distinct[:, None] * self._total_weight

    def run(self, bundles: Sequence[Bundle], generator: np.random.Generator) -> int:
        """Sweep until nothing changes, at most ``SWEEPS`` times; return the number of changes."""
        changes = 0
        for _ in range(SWEEPS):
            order = generator.permutation(len(self.units) * len(bundles))
            changed = sum(
                self._improve(int(move) // len(bundles), bundles[int(move) % len(bundles)])
                for move in order
            )
            changes += changed
            if not changed:
                break
        return changes

    def _improve(self, unit: int, bundle: Bundle) -> bool:
        """Give one unit the best donor of a bundle; whether it changed."""
        present = self._reached[unit, bundle.terms]
        self._move(present, -int(self._sizes[unit]))
        values = self._padded[unit][bundle.outside]
        elsewhere = (values * bundle.strides).sum(axis=1)
        elsewhere[(values < 0).any(axis=1)] = self._bin
        reached = np.minimum(bundle.reached + elsewhere, self._bin)
        costs = self._costs[self._which[unit]]
        scores: Floats = costs[reached].sum(axis=1)
        best = int(scores.argmin())
        better = bool(scores[best] < costs[present].sum() - _GAIN)
        if better:
            present = reached[best]
            self.units[unit, bundle.positions] = bundle.donors[best]
            self._padded[unit, bundle.positions] = bundle.donors[best]
            self._reached[unit, bundle.terms] = present
        self._move(present, int(self._sizes[unit]))
        return better

    def _move(self, cells: Cells, size: int) -> None:
        """Add events to cells; no cell but the bin stands twice among a unit's terms."""
        self._costs[:, cells] += 2 * size * self._total_weight[cells]
