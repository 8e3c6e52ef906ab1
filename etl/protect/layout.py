"""Layout: every cell of every margin of a fact as one number.

A *term* is a way in which a row reaches a cell of a margin: one for each combination of the slots
of its attributes, so that a set counts once per code. Cell ``cells`` is a bin for what counts
nowhere; its weight is 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
import numpy.typing as npt

from dashboard.model import codes
from etl.protect.chance import Chance, Keys, mixed
from etl.protect.coding import Coding, Rows
from etl.protect.margins import GRAINS, Margin, Weights

Floats = npt.NDArray[np.float64]
Cells = npt.NDArray[np.intp]

#: What a forbidden pair costs in the search: more than any error can.
FORBIDDEN_COST = 1e7
_FORBIDDEN = ("class", "scope")
_NO_WEIGHT = Weights(0, 0, 0)


class Layout:
    """Cells of the margins of one fact.

    Attributes:
        coding: How records are written.
        cells: Number of cells, without the bin.
        positions: Positions of a row that each term reads, shape (terms, 3), -1 for none.
        strides: What one step of such a position moves in cells, same shape.
        offsets: First cell of each term's margin, shape (terms,).
        weights: Grain, of those the fact has, to the weight of each cell, shape (cells + 1,).
        penalty: Cost of a forbidden cell, shape (cells + 1,).
    """

    def __init__(self, coding: Coding, margins: Sequence[Margin]) -> None:
        self.coding = coding
        self._margins = _with_forbidden(coding, margins)
        positions: list[list[int]] = []
        strides: list[list[int]] = []
        offsets: list[int] = []
        grains = GRAINS[GRAINS.index(coding.fact.grain) :]
        weights: dict[str, list[Floats]] = {grain: [] for grain in grains}
        start = 0
        for margin in self._margins:
            columns = [coding.columns[name] for name in margin.attributes]
            steps = _strides([column.cells for column in columns])
            padding = [0] * (3 - len(columns))
            for slots in product(*(column.positions for column in columns)):
                positions.append([*slots, *(-1 for _ in padding)])
                strides.append([*steps, *padding])
                offsets.append(start)
            size = int(np.prod([column.cells for column in columns]))
            for grain in grains:
                weights[grain].append(np.full(size, float(getattr(margin.weights, grain))))
            start += size
        self.cells = start
        self.positions = np.array(positions, dtype=np.intp)
        self.strides = np.array(strides, dtype=np.intp)
        self.offsets = np.array(offsets, dtype=np.intp)
        self.weights = {grain: np.append(np.concatenate(w), 0.0) for grain, w in weights.items()}
        self.penalty = self._penalty()

    def cells_of(self, rows: Rows) -> Cells:
        """Cells that rows reach, shape (rows, terms); the bin where a slot is empty."""
        read = self.positions >= 0
        values = rows[:, np.where(read, self.positions, 0)]
        reached = self.offsets + (values * self.strides).sum(axis=2)
        empty = ((values < 0) & read).any(axis=2)
        return np.where(empty, self.cells, reached)

    def counts(self, rows: Rows, weights: Floats) -> Floats:
        """Weighted number of rows in each cell, shape (cells + 1,); 0 in the bin."""
        reached = self.cells_of(rows)
        counted = np.zeros(self.cells + 1)
        np.add.at(counted, reached.ravel(), np.repeat(weights, reached.shape[1]))
        counted[self.cells] = 0.0
        return counted

    def terms_of(self, positions: Cells) -> Cells:
        """Numbers of the terms that read any of some positions of a row."""
        return np.flatnonzero(np.isin(self.positions, positions).any(axis=1))

    def keys(self, chance: Chance) -> Keys:
        """A secret key for each cell that follows from its codes, shape (cells + 1,)."""
        parts: list[Keys] = []
        for margin in self._margins:
            cell = np.zeros(1, dtype=np.uint64)
            for name in margin.attributes:
                values = (*self.coding.columns[name].values, "")
                own = chance.keys("cell", self.coding.fact.id, name, values=values)
                cell = mixed(cell[:, None] ^ own[None, :]).ravel()
            parts.append(cell)
        return np.append(np.concatenate(parts), np.uint64(0))

    def cells_of_margin(self, *attributes: str) -> slice:
        """The cells of one margin; KeyError where it is not held."""
        start = 0
        for margin in self._margins:
            size = int(np.prod([self.coding.columns[n].cells for n in margin.attributes]))
            if margin.attributes == attributes:
                return slice(start, start + size)
            start += size
        raise KeyError(attributes)

    def _penalty(self) -> Floats:
        penalty = np.zeros(self.cells + 1)
        if _FORBIDDEN in [margin.attributes for margin in self._margins]:
            class_, scope = (self.coding.columns[name] for name in _FORBIDDEN)
            start = self.cells_of_margin(*_FORBIDDEN).start
            for code in codes.SMUGGLING_CLASSES:
                cell = class_.index[code] * scope.cells + scope.index["internal"]
                penalty[start + cell] = FORBIDDEN_COST
        return penalty


def _with_forbidden(coding: Coding, margins: Sequence[Margin]) -> tuple[Margin, ...]:
    """The margins, and class by scope where a fact has both: smuggling is never internal."""
    held = tuple(margins)
    if all(name in coding.columns for name in _FORBIDDEN) and all(
        margin.attributes != _FORBIDDEN for margin in held
    ):
        return (*held, Margin(_FORBIDDEN, _NO_WEIGHT))
    return held


def _strides(sizes: Sequence[int]) -> list[int]:
    """Row-major strides of a table."""
    return [int(np.prod(sizes[number + 1 :])) for number in range(len(sizes))]
