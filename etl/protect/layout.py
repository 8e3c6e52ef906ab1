"""Layout: every cell of every margin of a fact as one number.

A *term* is a way in which a row reaches a cell of a margin: one for each combination of the slots
of its attributes, so that a set counts once per code. An empty slot reaches *dead* cells, which
weigh nothing and count nothing. A row is read with one more position at its end that is always 0,
for attributes that a term does not have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from dashboard.model import codes
from dashboard.model.fields import Kind
from etl.protect.chance import Chance, Keys, mixed
from etl.protect.coding import Coding, Column, Rows
from etl.protect.margins import GRAINS, SCALE, Margin, Weights

Floats = npt.NDArray[np.float64]
Cells = npt.NDArray[np.intp]
#: Rows with numbers of values in each position, ready to be turned into cells.
Numbered = npt.NDArray[np.intp]

#: What a forbidden pair costs in the search: more than any error can.
FORBIDDEN_COST = 1e7
_FORBIDDEN = ("class_group", "scope")
_NO_WEIGHT = Weights(0, 0, 0)
#: Most attributes of a margin.
_MOST = 3
#: Rows whose cells are counted at a time: few enough that their cells stay near the processor.
_AT_A_TIME = 256


@dataclass(frozen=True)
class Frame:
    """How the terms of a layout read a bundle, whatever values it may take.

    The terms stand in the order of what they read outside the bundle: those that read nothing,
    those that read one position, in the order of these, and those that read two.

    Attributes:
        positions: Positions of a row that belong to the bundle.
        terms: Terms of the layout that read any of them.
        inside: Strides of its positions in each term, 0 for others, shape (terms, 3).
        outside: Positions of other bundles that each term reads, shape (terms, 2).
        strides: Strides of those positions, 0 for none, same shape.
        first: Number of the first term that reads one position outside, and of the first that
            reads two.
        places: Positions that terms with one position outside read, in their order.
        reach: Number of the first such term of each of these positions, and of how many.
        alike: For each of its positions, those whose codes count in the same cells: of a set all
            its slots; numbers within ``positions``, shape (positions, slots).
        readings: What its terms read inside, each once: numbers within ``positions``, and their
            count where there is no more, shape (readings, 3).
        reading_of: Which of these each term goes with, shape (terms, readings), 0 or 1.
    """

    positions: Cells
    terms: Cells
    inside: Cells
    outside: Cells
    strides: Cells
    first: tuple[int, int]
    places: Cells
    reach: tuple[Cells, Cells]
    alike: Cells
    readings: Cells
    reading_of: Floats


class Layout:
    """Cells of the margins of one fact.

    Attributes:
        coding: How records are written.
        cells: Number of cells.
        widest: Most numbers that a position of a row can have.
        positions: Positions of a row that each term reads, the row's width where it reads none,
            shape (terms, 3).
        strides: What one step of such a position moves in cells, same shape.
        offsets: First cell of each term's margin, shape (terms,).
        weights: Grain, of those the fact has, to the weight of each cell in parts of ``1 / SCALE``:
            whole numbers, so that sums over cells have no rounding, shape (cells,).
        total_weight: Sum of these over the grains, shape (cells,).
        penalty: Cost of a forbidden cell, shape (cells,).

    Raises:
        ValueError: If a weight is not a whole number of parts.
    """

    def __init__(self, coding: Coding, margins: Sequence[Margin]) -> None:
        self.coding = coding
        complete = _with_forbidden(coding, margins)
        self._margins = sorted(complete, key=lambda margin: len(margin.attributes))
        self._starts = np.cumsum([0, *(self._size(margin) for margin in self._margins)])
        self.cells = int(self._starts[-1])
        self.widest = max(_spread(column) for column in coding.columns.values())
        self.positions, self.strides, self.offsets = self._terms()
        self.weights = self._weights()
        self.total_weight = np.sum([*self.weights.values()], axis=0)
        self.penalty = self._penalty()
        self._frames: dict[tuple[int, ...], Frame] = {}

    def numbered(self, rows: Rows) -> Numbered:
        """Rows whose empty slots have a number too, and 0 at their end, shape (rows, width + 1).

        Raises:
            ValueError: If the rows have no areas.
        """
        numbers = np.zeros((len(rows), self.coding.width + 1), dtype=np.intp)
        numbers[:, :-1] = rows
        for column in self.coding.columns.values():
            if len(column.positions) > 1:
                own = numbers[:, column.positions]
                numbers[:, column.positions] = np.where(own < 0, column.cells, own)
        if len(rows) and numbers.min() < 0:
            raise ValueError("rows are counted with the areas above their places")
        return numbers

    def cells_of(self, rows: Rows) -> Cells:
        """Cells that rows reach, shape (rows, terms)."""
        return self.cells_of_numbered(self.numbered(rows))

    def cells_of_numbered(self, numbers: Numbered) -> Cells:
        """Cells that numbered rows reach, shape (rows, terms)."""
        return np.ascontiguousarray(self._reached(numbers).T)

    def counts(self, rows: Rows, weights: Floats) -> Floats:
        """Weighted number of rows in each cell, shape (cells,); nothing in dead ones."""
        counts = np.zeros(self.cells)
        for start in range(0, len(rows), _AT_A_TIME):
            reached = self._reached(self.numbered(rows[start : start + _AT_A_TIME]))
            each = np.tile(weights[start : start + _AT_A_TIME], len(reached))
            counts += np.bincount(reached.ravel(), each, minlength=self.cells)
        counts[self._dead] = 0
        return counts

    def counts_of_cells(self, reached: Cells, weights: Floats) -> Floats:
        """The same of rows whose cells are known, shape (rows, terms)."""
        each = np.repeat(weights, reached.shape[1])
        # The stubs of numpy have the numbers whole, weights or not.
        counts = np.bincount(reached.ravel(), each, minlength=self.cells).astype(np.float64)
        counts[self._dead] = 0
        return counts

    def frame(self, positions: Cells) -> Frame:
        """How terms read the bundle with some positions; worked out once for each."""
        key = tuple(positions.tolist())
        if key not in self._frames:
            self._frames[key] = self._frame(positions)
        return self._frames[key]

    def keys(self, chance: Chance) -> Keys:
        """A secret key for each cell that follows from its codes, shape (cells,)."""
        of_values: dict[str, Keys] = {}
        for name, column in self.coding.columns.items():
            own = chance.keys("cell", self.coding.fact.id, name, values=(*column.values, ""))
            spare = np.zeros(_spread(column) - column.cells, dtype=np.uint64)
            of_values[name] = np.concatenate([own, spare])
        parts: list[Keys] = []
        for margin in self._margins:
            cell = np.zeros(1, dtype=np.uint64)
            for name in margin.attributes:
                cell = mixed(cell[:, None] ^ of_values[name][None, :]).ravel()
            parts.append(cell)
        return np.concatenate(parts)

    def cells_of_margin(self, *attributes: str) -> Cells:
        """The cells of one margin as a table with an axis for each attribute.

        Raises:
            KeyError: If it is not held.
        """
        for margin, start in zip(self._margins, self._starts, strict=False):
            if margin.attributes == attributes:
                shape = [_spread(self.coding.columns[name]) for name in attributes]
                return start + np.arange(self._size(margin)).reshape(shape)
        raise KeyError(attributes)

    def _frame(self, positions: Cells) -> Frame:
        width = self.coding.width
        terms = np.flatnonzero(np.isin(self.positions, positions).any(axis=1))
        inside = np.isin(self.positions[terms], positions)
        other = ~inside & (self.strides[terms] > 0)
        read_outside = np.where(other, self.positions[terms], width)
        read_outside.sort(axis=1)
        order = np.lexsort((read_outside[:, 0], other.sum(axis=1)))
        terms, inside, other = terms[order], inside[order], other[order]
        slots = np.argsort(~other, axis=1, kind="stable")[:, :2]
        outside = np.take_along_axis(np.where(other, self.positions[terms], width), slots, axis=1)
        outside_count = other.sum(axis=1)
        first = int(np.searchsorted(outside_count, 1)), int(np.searchsorted(outside_count, 2))
        places, starts, lengths = np.unique(
            outside[first[0] : first[1], 0], return_index=True, return_counts=True
        )
        own = np.full(width + 1, len(positions), dtype=np.intp)
        own[positions] = np.arange(len(positions))
        readings, group = np.unique(
            own[np.where(inside, self.positions[terms], width)], axis=0, return_inverse=True
        )
        return Frame(
            positions=positions,
            terms=terms,
            inside=np.where(inside, self.strides[terms], 0),
            outside=outside,
            strides=np.take_along_axis(np.where(other, self.strides[terms], 0), slots, axis=1),
            first=first,
            places=places,
            reach=(starts + first[0], lengths),
            alike=own[self._alike(positions)],
            readings=readings,
            reading_of=np.eye(len(readings))[group.ravel()],
        )

    def _alike(self, positions: Cells) -> Cells:
        """All slots of the attribute of each position, shape (positions, most slots).

        Those of an attribute with fewer slots come again until the row is full.
        """
        slots = {
            position: column.positions
            for column in self.coding.columns.values()
            for position in column.positions
        }
        most = max(len(slots[position]) for position in positions.tolist())
        return np.array([(slots[p] * most)[:most] for p in positions.tolist()], dtype=np.intp)

    def _reached(self, numbers: Numbered) -> Cells:
        """Cells that numbered rows reach, term by term, shape (terms, rows)."""
        by_position = np.ascontiguousarray(numbers.T)
        reached = by_position.take(self.positions[:, 0], axis=0)
        reached *= self.strides[:, :1]
        reached += self.offsets[:, None]
        for slot in range(1, _MOST):
            first = int(np.argmax(self.strides[:, slot] > 0))
            if self.strides[first, slot]:
                more = by_position.take(self.positions[first:, slot], axis=0)
                more *= self.strides[first:, slot, None]
                reached[first:] += more
        return reached

    def _size(self, margin: Margin) -> int:
        """Number of cells of a margin."""
        return int(np.prod([_spread(self.coding.columns[name]) for name in margin.attributes]))

    def _terms(self) -> tuple[Cells, Cells, Cells]:
        """Positions, strides and offsets of every term, those with few attributes first."""
        positions: list[list[int]] = []
        strides: list[list[int]] = []
        offsets: list[int] = []
        for margin, start in zip(self._margins, self._starts, strict=False):
            columns = [self.coding.columns[name] for name in margin.attributes]
            sizes = [_spread(column) for column in columns]
            steps = [int(np.prod(sizes[number + 1 :])) for number in range(len(sizes))]
            lacking = _MOST - len(columns)
            for slots in product(*(column.positions for column in columns)):
                positions.append([*slots, *[self.coding.width] * lacking])
                strides.append([*steps, *[0] * lacking])
                offsets.append(int(start))
        return (
            np.array(positions, dtype=np.intp),
            np.array(strides, dtype=np.intp),
            np.array(offsets, dtype=np.intp),
        )

    def _weights(self) -> dict[str, Floats]:
        grains = GRAINS[GRAINS.index(self.coding.fact.grain) :]
        weights = {grain: np.zeros(self.cells) for grain in grains}
        dead: list[Cells] = []
        for margin, start in zip(self._margins, self._starts, strict=False):
            alive = np.ones(1, dtype=bool)
            fitted = np.ones(1, dtype=bool)
            for name in margin.attributes:
                column = self.coding.columns[name]
                values = np.arange(_spread(column))
                own = values < column.cells
                alive = (alive[:, None] & own[None, :]).ravel()
                if not margin.unknown_areas and _is_area(self.coding, column):
                    own &= values != len(column.values)
                fitted = (fitted[:, None] & own[None, :]).ravel()
            dead.append(start + np.flatnonzero(~alive))
            for grain, weight in weights.items():
                parts = getattr(margin.weights, grain) * SCALE
                if abs(parts - round(parts)) > 1e-9:
                    raise ValueError(f"weights come in parts of 1/{SCALE}: {margin}")
                weight[start : start + len(fitted)] = fitted * float(round(parts))
        self._dead = np.concatenate(dead)
        return weights

    def _penalty(self) -> Floats:
        penalty = np.zeros(self.cells)
        if any(margin.attributes == _FORBIDDEN for margin in self._margins):
            class_, scope = (self.coding.columns[name] for name in _FORBIDDEN)
            table = self.cells_of_margin(*_FORBIDDEN)
            pair = table[class_.index[codes.SMUGGLING.code], scope.index[codes.INSIDE]]
            penalty[pair] = FORBIDDEN_COST
        return penalty


def _with_forbidden(coding: Coding, margins: Sequence[Margin]) -> tuple[Margin, ...]:
    """The margins, and class by scope where a fact has both: smuggling is never internal.

    The roll-up decides, which is recorded where a class may not be.
    """
    is_listed = any(margin.attributes == _FORBIDDEN for margin in margins)
    if is_listed or not set(_FORBIDDEN) <= coding.columns.keys():
        return tuple(margins)
    return (*margins, Margin(_FORBIDDEN, _NO_WEIGHT))


def _is_area(coding: Coding, column: Column) -> bool:
    """Whether an attribute is a place or an area above one."""
    return column.source is not None or coding.fact[column.name].kind is Kind.PLACE


def _spread(column: Column) -> int:
    """Cells of an attribute alone: its values, "not recorded", and for a set its empty slots."""
    return column.cells + (len(column.positions) > 1)
