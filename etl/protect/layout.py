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
_MOST_ATTRIBUTES = 3
#: Rows whose cells are counted at a time: few enough that their cells stay near the processor.
_AT_A_TIME = 256


@dataclass(frozen=True)
class Frame:
    """How the terms of a layout read one bundle, whatever values it may take.

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
        places: Positions outside that terms with one of them read, in order, each once.
        reach: For each of these, number of its first such term, and how many there are.
        alike: For each of its positions, those whose codes count in the same cells: of a set all
            its slots; numbers within ``positions``, shape (positions, slots).
        readings: Every set of positions that a term reads inside: numbers within ``positions``, and
            their count where there is no more, shape (readings, 3).
        reading_of: 1 where a term has a reading, else 0, shape (terms, readings).
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
        widest: How many numbers a position of a row can have at most.
        positions: Positions of a row that each term reads, the row's width where it reads none,
            shape (terms, 3).
        strides: What one step of such a position moves in cells, same shape.
        offsets: First cell of each term's margin, shape (terms,).
        weights: Grain, of those the fact has, to the weight of each cell in parts of ``1 / SCALE``:
            whole numbers, so that sums over cells have no rounding, shape (cells,).
        total_weight: Sum of these over the grains, shape (cells,).
        penalty: Cost of a forbidden cell, shape (cells,).
        few: Cost of each cell where too few holders have it, shape (cells,).

    Raises:
        ValueError: If a weight is not a whole number of parts.
    """

    def __init__(self, coding: Coding, margins: Sequence[Margin]) -> None:
        self.coding = coding
        all_margins = _with_forbidden(coding, margins)
        self._margins = sorted(all_margins, key=lambda margin: len(margin.attributes))
        self._starts = np.cumsum([0, *(self._size(margin) for margin in self._margins)])
        self.cells = int(self._starts[-1])
        self.widest = max(_cell_count(column) for column in coding.columns.values())
        self.positions, self.strides, self.offsets = self._terms()
        self.weights, self._dead = self._weights_and_dead()
        self.total_weight = np.sum([*self.weights.values()], axis=0)
        self.penalty = self._penalty()
        few = [margin.weights.few for margin in self._margins]
        self.few = np.repeat(few, np.diff(self._starts)) * self.total_weight
        self._frames: dict[tuple[int, ...], Frame] = {}

    def numbered(self, rows: Rows) -> Numbered:
        """Rows with a number in empty slots too, and 0 at their end, shape (rows, width + 1).

        Raises:
            ValueError: If the areas above places are missing.
        """
        numbers = np.zeros((len(rows), self.coding.width + 1), dtype=np.intp)
        numbers[:, :-1] = rows
        for column in self.coding.columns.values():
            if len(column.positions) > 1:
                slots = numbers[:, column.positions]
                numbers[:, column.positions] = np.where(slots < 0, column.cells, slots)
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
            repeated = np.tile(weights[start : start + _AT_A_TIME], len(reached))
            counts += np.bincount(reached.ravel(), repeated, minlength=self.cells)
        counts[self._dead] = 0
        return counts

    def counts_of_cells(self, reached: Cells, weights: Floats) -> Floats:
        """Weighted number of rows in each cell, shape (cells,); nothing in dead ones.

        Args:
            reached: Cells that the rows reach, shape (rows, terms).
            weights: Weight of each row, shape (rows,).
        """
        repeated = np.repeat(weights, reached.shape[1])
        # The stubs of numpy have the numbers whole, weights or not.
        counts = np.bincount(reached.ravel(), repeated, minlength=self.cells).astype(np.float64)
        counts[self._dead] = 0
        return counts

    def frame(self, positions: Cells) -> Frame:
        """How terms read the bundle of some positions; worked out once for each bundle."""
        key = tuple(positions.tolist())
        if key not in self._frames:
            self._frames[key] = self._frame(positions)
        return self._frames[key]

    def keys(self, chance: Chance) -> Keys:
        """A key for each cell that follows from its codes and the secret, shape (cells,)."""
        of_values: dict[str, Keys] = {}
        for name, column in self.coding.columns.items():
            keys = chance.keys("cell", self.coding.fact.id, name, values=(*column.values, ""))
            of_empty_slots = np.zeros(_cell_count(column) - column.cells, dtype=np.uint64)
            of_values[name] = np.concatenate([keys, of_empty_slots])
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
            KeyError: If the layout has no such margin.
        """
        for margin, start in zip(self._margins, self._starts, strict=False):
            if margin.attributes == attributes:
                shape = [_cell_count(self.coding.columns[name]) for name in attributes]
                return start + np.arange(self._size(margin)).reshape(shape)
        raise KeyError(attributes)

    def _frame(self, positions: Cells) -> Frame:
        """Work out the frame of a bundle; ``width`` stands for no position."""
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
        one, two = (int(np.searchsorted(outside_count, count)) for count in (1, 2))
        places, starts, lengths = np.unique(
            outside[one:two, 0], return_index=True, return_counts=True
        )
        number_of = np.full(width + 1, len(positions), dtype=np.intp)
        number_of[positions] = np.arange(len(positions))
        readings, reading = np.unique(
            number_of[np.where(inside, self.positions[terms], width)], axis=0, return_inverse=True
        )
        return Frame(
            positions=positions,
            terms=terms,
            inside=np.where(inside, self.strides[terms], 0),
            outside=outside,
            strides=np.take_along_axis(np.where(other, self.strides[terms], 0), slots, axis=1),
            first=(one, two),
            places=places,
            reach=(starts + one, lengths),
            alike=number_of[self._alike(positions)],
            readings=readings,
            reading_of=np.eye(len(readings))[reading.ravel()],
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
        for slot in range(1, _MOST_ATTRIBUTES):
            # Terms with so many attributes come after those with fewer.
            first = int(np.argmax(self.strides[:, slot] > 0))
            if self.strides[first, slot]:
                more = by_position.take(self.positions[first:, slot], axis=0)
                more *= self.strides[first:, slot, None]
                reached[first:] += more
        return reached

    def _size(self, margin: Margin) -> int:
        """Number of cells of a margin."""
        return int(np.prod([_cell_count(self.coding.columns[name]) for name in margin.attributes]))

    def _terms(self) -> tuple[Cells, Cells, Cells]:
        """What each term reads, terms with few attributes first.

        Returns:
            Positions of a row, what one step of each moves in cells, both shape (terms, 3), and the
            first cell of each term's margin, shape (terms,).
        """
        positions: list[list[int]] = []
        strides: list[list[int]] = []
        offsets: list[int] = []
        for margin, start in zip(self._margins, self._starts, strict=False):
            columns = [self.coding.columns[name] for name in margin.attributes]
            sizes = [_cell_count(column) for column in columns]
            steps = [int(np.prod(sizes[number + 1 :])) for number in range(len(sizes))]
            lacking = _MOST_ATTRIBUTES - len(columns)
            for slots in product(*(column.positions for column in columns)):
                positions.append([*slots, *[self.coding.width] * lacking])
                strides.append([*steps, *[0] * lacking])
                offsets.append(int(start))
        return (
            np.array(positions, dtype=np.intp),
            np.array(strides, dtype=np.intp),
            np.array(offsets, dtype=np.intp),
        )

    def _weights_and_dead(self) -> tuple[dict[str, Floats], Cells]:
        """Grain to the weight of each cell, shape (cells,), and the numbers of the dead cells."""
        grains = GRAINS[GRAINS.index(self.coding.fact.grain) :]
        weights = {grain: np.zeros(self.cells) for grain in grains}
        dead: list[Cells] = []
        for margin, start in zip(self._margins, self._starts, strict=False):
            alive = np.ones(1, dtype=bool)
            fitted = np.ones(1, dtype=bool)
            for name in margin.attributes:
                column = self.coding.columns[name]
                values = np.arange(_cell_count(column))
                is_value = values < column.cells
                alive = (alive[:, None] & is_value[None, :]).ravel()
                if not margin.unknown_areas and _is_area(self.coding, column):
                    is_value &= values != len(column.values)
                fitted = (fitted[:, None] & is_value[None, :]).ravel()
            dead.append(start + np.flatnonzero(~alive))
            for grain, weight in weights.items():
                parts = getattr(margin.weights, grain) * SCALE
                if abs(parts - round(parts)) > 1e-9:
                    raise ValueError(f"weights come in parts of 1/{SCALE}: {margin}")
                weight[start : start + len(fitted)] = fitted * float(round(parts))
        return weights, np.concatenate(dead)

    def _penalty(self) -> Floats:
        """Cost of each cell beside its errors: high for smuggling inside the country, else 0."""
        penalty = np.zeros(self.cells)
        if any(margin.attributes == _FORBIDDEN for margin in self._margins):
            class_, scope = (self.coding.columns[name] for name in _FORBIDDEN)
            table = self.cells_of_margin(*_FORBIDDEN)
            pair = table[class_.index[codes.SMUGGLING.code], scope.index[codes.INSIDE]]
            penalty[pair] = FORBIDDEN_COST
        return penalty


def _with_forbidden(coding: Coding, margins: Sequence[Margin]) -> tuple[Margin, ...]:
    """The margins, and class by scope where a fact has both, so that a pair can be forbidden.

    Smuggling is never internal. The group of the class decides, which is recorded where a class may
    not be.
    """
    is_listed = any(margin.attributes == _FORBIDDEN for margin in margins)
    if is_listed or not set(_FORBIDDEN) <= coding.columns.keys():
        return tuple(margins)
    return (*margins, Margin(_FORBIDDEN, _NO_WEIGHT))


def _is_area(coding: Coding, column: Column) -> bool:
    """Whether an attribute is a place or an area above one."""
    return column.source is not None or coding.fact[column.name].kind is Kind.PLACE


def _cell_count(column: Column) -> int:
    """Cells of an attribute alone: its values, "not recorded", and of a set the empty slot."""
    return column.cells + (len(column.positions) > 1)
