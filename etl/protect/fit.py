"""Fit: change the bundles of units until the totals people look at come out right.

A unit of size s that enters a cell with error E and weight W changes the weighted square of the
errors by ``s (2 E + s W)``. The search looks at one bundle of a few units at a time: it scores
every donor value for each of them against the errors of that moment, then changes them one by one,
each only if it still gains when its turn comes. So the sum of squares never grows. Errors, weights
and sizes are whole multiples of a power of 2, so sums do not depend on their order, and every
machine finds the same units.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from etl.protect.coding import Rows
from etl.protect.layout import Cells, Floats, Frame, Layout, Numbered

Sizes = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
#: A sweep over batches of units, given the order of its moves; gives how many units changed. Move
#: ``batch * bundles + bundle`` looks at one bundle of the units of one batch.
_Sweep = Callable[[Sequence[Cells], Sequence[int]], int]

SWEEPS = 12
#: One in so many of the units are looked at together, and never more than the second: the more,
#: the staler the errors that the last of them was scored against.
_APART = 12
_MOST_TOGETHER = 64
#: Fewer than so many are looked at one by one, which is quicker then.
_LEAST_TOGETHER = 4
#: Donors of a bundle by its terms from which it is quicker to look up what many donors have in
#: common once, than each donor of a few units.
_MANY = 8_000


@dataclass(frozen=True)
class Values:
    """What donors of a bundle add to cells, each distinct value once, since many donors share it.

    Attributes:
        added: What a value adds to the cell of each of its terms, value by value, shape (cells,).
        terms: The term of each of these, same shape.
        starts: Where each value begins among them, shape (values,).
        of_donors: Number of each donor's value under each reading, shape (readings, donors).
    """

    added: Cells
    terms: Cells
    starts: Cells
    of_donors: Cells


@dataclass(frozen=True)
class Bundle:
    """Attributes that move together, with the values they may take.

    Attributes:
        frame: How terms read its positions.
        donors: Values to choose from, shape (donors, positions).
        numbers: The same with a number in empty slots too, by ``Layout.numbered``, same shape.
        inside: What each donor adds to the cell of each term, shape (terms, donors).
    """

    frame: Frame
    donors: Rows
    numbers: Numbered
    inside: Cells

    @property
    def positions(self) -> Cells:
        """Positions of a row that belong to it."""
        return self.frame.positions

    @cached_property
    def values(self) -> Values:
        """What donors add to cells, each distinct value once."""
        return _values(self.inside, self.frame.reading_of)

    @cached_property
    def has_many(self) -> bool:
        """Whether donors are so many that they are scored quicker by their distinct values."""
        return self.inside.size >= _MANY


def bundle_of(layout: Layout, positions: Cells, donors: Rows) -> Bundle:
    """The bundle of some positions; of the donors, whole rows, only these are read."""
    frame = layout.frame(positions)
    numbers = layout.numbered(donors)
    return Bundle(
        frame=frame,
        donors=donors[:, positions],
        numbers=numbers[:, positions],
        inside=_inside(layout, frame, numbers),
    )


def _values(inside: Cells, reading_of: Floats) -> Values:
    """The distinct values of donors under each reading.

    Args:
        inside: What each donor adds to the cell of each term, shape (terms, donors).
        reading_of: Which reading each term has, 1 or 0, shape (terms, readings).
    """
    # With nothing first, for a bundle that no term reads.
    added, terms = [inside[:0, 0]], [inside[:0, 0]]
    lengths: list[int] = []
    of_donors = np.empty((reading_of.shape[1], inside.shape[1]), dtype=np.intp)
    for reading in range(reading_of.shape[1]):
        own_terms = np.flatnonzero(reading_of[:, reading])
        # Terms of a reading tell the same donors apart, so the first speaks for all.
        _, first, value = np.unique(inside[own_terms[0]], return_index=True, return_inverse=True)
        of_donors[reading] = len(lengths) + value.ravel()
        added.append(inside[own_terms][:, first].T.ravel())
        terms.append(np.tile(own_terms, len(first)))
        lengths += [len(own_terms)] * len(first)
    starts: Cells = np.cumsum([0, *lengths], dtype=np.intp)[:-1]
    return Values(np.concatenate(added), np.concatenate(terms), starts, of_donors)


def _inside(layout: Layout, frame: Frame, numbers: Numbered) -> Cells:
    """First cell of a frame's terms, and what rows add to it by its positions, (terms, rows)."""
    parts = np.repeat(layout.offsets[frame.terms][:, None], len(numbers), axis=1)
    positions = layout.positions[frame.terms]
    by_position = np.ascontiguousarray(numbers.T)
    for slot in range(positions.shape[1]):
        # Terms with few attributes inside come in any order, so those that read none are left out.
        readers = np.flatnonzero(frame.inside[:, slot])
        parts[readers] += by_position[positions[readers, slot]] * frame.inside[readers, slot, None]
    return parts


@dataclass(frozen=True)
class _Present:
    """A bundle of every unit as it is when a sweep begins.

    Attributes:
        bundle: The bundle.
        inside: What it adds to the cell of each term, shape (units, terms).
        same: Whether unit and donor count in the same cells under each reading, shape (units,
            readings, donors).
    """

    bundle: Bundle
    inside: Cells
    same: Flags


@dataclass(frozen=True)
class _OneByOne:
    """A bundle of every unit, kept up to date while units are looked at one by one.

    Attributes:
        bundle: The bundle.
        terms: Its terms.
        inside: For each unit, what it adds to the cell of each term, shape (terms,).
        settled_at: For each unit, how many changes the whole search had made when no donor gained;
            -1 where that never was.
        ones: As many ones as terms: a product with them is the quickest sum.
    """

    bundle: Bundle
    terms: Cells
    inside: list[Cells]
    settled_at: list[int]
    ones: Floats


class Search:
    """The units of one block while they are being fitted.

    Args:
        layout: Cells and weights of the fact.
        units: Rows to start from, shape (units, width); changed in place.
        sizes: Events each unit stands for, at most two different numbers.
        pull: Weighted error of each cell without these units, shape (cells,).
    """

    def __init__(self, layout: Layout, units: Rows, sizes: Sizes, pull: Floats) -> None:
        self.units = units
        self._layout = layout
        self._weight = layout.total_weight
        self._numbers = layout.numbered(units)
        self._entry = np.empty(self._numbers.shape[1] * layout.widest, dtype=np.intp)
        self._reached = layout.cells_of_numbered(self._numbers)
        self._sizes = sizes.astype(np.float64)
        distinct, self._size_number = np.unique(self._sizes, return_inverse=True)
        error = pull + layout.total_weight * self.counts()
        #: What an event of a unit of each distinct size costs in each cell: 2 E + s W.
        self._costs = 2 * (error + layout.penalty) + distinct[:, None] * self._weight
        self._changes = 0

    def counts(self) -> Floats:
        """Events of the units in each cell as they are now, shape (cells,)."""
        return self._layout.counts_of_cells(self._reached, self._sizes)

    def run(
        self, bundles: Sequence[Bundle], generator: np.random.Generator, sweeps: int = SWEEPS
    ) -> int:
        """Sweep until nothing changes, at most ``sweeps`` times; return the number of changes."""
        before = self._changes
        sweep = self._sweep_singly(bundles) if self._together() == 1 else self._sweep(bundles)
        for _ in range(sweeps):
            batches = self._batches(generator)
            order: list[int] = generator.permutation(len(batches) * len(bundles)).tolist()
            if not sweep(batches, order):
                break
        return self._changes - before

    def _sweep(self, bundles: Sequence[Bundle]) -> _Sweep:
        """A sweep that looks at several units at a time."""

        def sweep(batches: Sequence[Cells], order: Sequence[int]) -> int:
            # A bundle of a unit is looked at once in a sweep, so until then it is what it is now.
            present = [self._present(bundle) for bundle in bundles]
            return sum(
                self._improve(batches[batch], present[bundle])
                for batch, bundle in (divmod(move, len(bundles)) for move in order)
            )

        return sweep

    def _sweep_singly(self, bundles: Sequence[Bundle]) -> _Sweep:
        """A sweep that looks at units one by one: its batches hold one unit each."""
        present = [self._one_by_one(bundle) for bundle in bundles]

        def sweep(batches: Sequence[Cells], order: Sequence[int]) -> int:
            units = np.concatenate(batches).tolist()
            return sum(
                self._improve_one(units[unit], present[bundle])
                for unit, bundle in (divmod(move, len(bundles)) for move in order)
            )

        return sweep

    def _batches(self, generator: np.random.Generator) -> list[Cells]:
        """Numbers of the units in random groups, each of units of one size."""
        together = self._together()
        shuffled = generator.permutation(len(self.units))
        sizes = self._size_number[shuffled]
        by_size = (shuffled[sizes == number] for number in range(len(self._costs)))
        return [
            units[start : start + together]
            for units in by_size
            for start in range(0, len(units), together)
        ]

    def _together(self) -> int:
        """How many units are looked at together."""
        together = min(len(self.units) // _APART, _MOST_TOGETHER)
        return together if together >= _LEAST_TOGETHER else 1

    def _present(self, bundle: Bundle) -> _Present:
        """A bundle of every unit as it is now."""
        return _Present(bundle, self._inside(bundle), _same(bundle, self._numbers))

    def _one_by_one(self, bundle: Bundle) -> _OneByOne:
        """A bundle of every unit as it is now, to be kept up to date."""
        terms = bundle.frame.terms
        units = len(self.units)
        return _OneByOne(bundle, terms, [*self._inside(bundle)], [-1] * units, np.ones(len(terms)))

    def _inside(self, bundle: Bundle) -> Cells:
        """What a bundle of every unit adds to the cell of each term, shape (units, terms)."""
        return self._reached[:, bundle.frame.terms] - _elsewhere(bundle.frame, self._numbers)

    def _improve_one(self, unit: int, now: _OneByOne) -> int:
        """Give a unit the best donor of a bundle if it costs less; return 1 if so, else 0."""
        if now.settled_at[unit] == self._changes:
            return 0
        bundle = now.bundle
        costs = self._costs[self._size_number[unit]]
        present = self._reached[unit].take(now.terms)
        elsewhere = present - now.inside[unit]
        before = costs.take(present)
        without = before - self._weight.take(present) * (2 * self._sizes[unit])
        costs[present] = without
        if bundle.has_many:
            scores = _scores_by_value(costs, bundle.values, elsewhere[None])[0]
        else:
            scores = now.ones @ costs.take(bundle.inside + elsewhere[:, None], mode="clip")
        best = int(scores.argmin())
        gains = bool(scores[best] < now.ones @ without)
        costs[present] = before
        if gains:
            inside = now.inside[unit] = bundle.inside[:, best]
            self._replace(unit, bundle, best, present, inside + elsewhere)
        # No other donor of the bundle gains until something else changes.
        now.settled_at[unit] = self._changes
        return int(gains)

    def _improve(self, units: Cells, now: _Present) -> int:
        """Give units of one size the best donor of a bundle if it costs less; return how many."""
        bundle = now.bundle
        costs = self._costs[self._size_number[units[0]]]
        present = self._reached[units[:, None], bundle.frame.terms]
        elsewhere = present - now.inside[units]
        own_costs = self._weight.take(present) * (2 * self._sizes[units[0]])
        if bundle.has_many:
            scores = _scores_by_value(costs, bundle.values, elsewhere)
        else:
            numbers = self._numbers[units]
            scores = _scores(costs, bundle, numbers, elsewhere, self._entry, self._layout.widest)
        scores -= _shared(now.same[units], bundle, own_costs)
        best = scores.argmin(axis=1)
        without = costs.take(present).sum(axis=1) - own_costs.sum(axis=1)
        change = scores[np.arange(len(units)), best] - without
        gains = np.flatnonzero(change < 0)
        present = present[gains]
        reached = bundle.inside.T[best[gains]] + elsewhere[gains]
        # What a change costs moves with the cells it touches, as units before it change; the rest
        # stays.
        moved = np.concatenate([present, reached], axis=1)
        signs = np.repeat([-1.0, 1.0], present.shape[1])
        rest: list[float] = (change[gains] - costs.take(moved) @ signs).tolist()
        changed = 0
        for number, gain in enumerate(gains.tolist()):
            if signs @ costs.take(moved[number]) + rest[number] < 0:
                before, after = present[number], reached[number]
                self._replace(int(units[gain]), bundle, int(best[gain]), before, after)
                changed += 1
        return changed

    def _replace(
        self, unit: int, bundle: Bundle, donor: int, present: Cells, reached: Cells
    ) -> None:
        """Give a unit a donor, which moves its events from some cells to others.

        None but dead cells stand twice among those of a unit.
        """
        self._changes += 1
        self.units[unit, bundle.positions] = bundle.donors[donor]
        self._numbers[unit, bundle.positions] = bundle.numbers[donor]
        self._reached[unit, bundle.frame.terms] = reached
        size = 2 * self._sizes[unit]
        before, after = self._weight.take(present) * size, self._weight.take(reached) * size
        for costs in self._costs:
            costs[present] -= before
            costs[reached] += after


def _elsewhere(frame: Frame, numbers: Numbered) -> Cells:
    """What units add to each term's cell by positions outside a bundle, shape (units, terms)."""
    _, two = frame.first
    parts = numbers[:, frame.outside[:, 0]] * frame.strides[:, 0]
    parts[:, two:] += numbers[:, frame.outside[two:, 1]] * frame.strides[two:, 1]
    return parts


def _scores(
    costs: Floats,
    bundle: Bundle,
    numbers: Numbered,
    elsewhere: Cells,
    entry: Cells,
    widest: int,
) -> Floats:
    """Cost of each donor in each of some units, the present values of these still counted.

    What many units have in common outside the bundle is looked up once.

    Args:
        costs: What an event of a unit costs in each cell, shape (cells,).
        bundle: The bundle.
        numbers: The units, numbered, shape (units, width + 1).
        elsewhere: What they add to the cell of each term outside the bundle, shape (units, terms).
        entry: Scratch array with a place for each number of each position.
        widest: Most numbers that a position can have.

    Returns:
        Shape (units, donors).
    """
    frame = bundle.frame
    one, two = frame.first
    scores = np.repeat(costs.take(bundle.inside[:one]).sum(axis=0)[None, :], len(numbers), axis=0)
    if one < two:
        values = numbers[:, frame.places] + np.arange(len(frame.places)) * widest
        first, entries = _distinct(values, entry)
        table = _cost_table(costs, bundle, elsewhere, first)
        # The first axis is that of positions, since sums over it are the quickest.
        scores += table.take(entries.T, axis=0).sum(axis=0)
    if two < len(frame.terms):
        reached = bundle.inside[None, two:] + elsewhere[:, two:, None]
        scores += costs.take(reached).sum(axis=1)
    return scores


def _distinct(values: Cells, entry: Cells) -> tuple[Cells, Cells]:
    """One place of each distinct value, and which of the distinct values each one is.

    Args:
        values: Whole numbers below the length of ``entry``, of any shape.
        entry: Scratch array that is overwritten.

    Returns:
        Indices into the flat values, shape (entries,), and for each value the number of its entry,
        the shape of the values.
    """
    flat = values.ravel()
    indices = np.arange(len(flat))
    entry[flat] = indices
    chosen = np.flatnonzero(entry.take(flat) == indices)
    entry[flat.take(chosen)] = np.arange(len(chosen))
    return chosen, entry.take(values)


def _cost_table(costs: Floats, bundle: Bundle, elsewhere: Cells, chosen: Cells) -> Floats:
    """Cost of each donor in terms that read one of some values outside the bundle.

    Args:
        costs: What an event of a unit costs in each cell, shape (cells,).
        bundle: The bundle.
        elsewhere: What the units add to the cell of each term outside it, shape (units, terms).
        chosen: Where the values stand: unit times length of ``frame.places``, plus the place.

    Returns:
        Shape (chosen, donors).
    """
    frame = bundle.frame
    unit, place = np.divmod(chosen, len(frame.places))
    starts, lengths = frame.reach[0].take(place), frame.reach[1].take(place)
    ends = lengths.cumsum()
    begins = ends - lengths
    terms = np.arange(int(ends[-1])) + np.repeat(starts - begins, lengths)
    cells = bundle.inside.take(terms, axis=0)
    cells += elsewhere[np.repeat(unit, lengths), terms][:, None]
    return np.add.reduceat(costs.take(cells), begins, axis=0)


def _scores_by_value(costs: Floats, values: Values, elsewhere: Cells) -> Floats:
    """Cost of each donor in each of some units, by looking up each distinct value once a unit.

    Args:
        costs: What an event of a unit costs in each cell, shape (cells,).
        values: What donors add to cells.
        elsewhere: What the units add to the cell of each term outside the bundle, shape (units,
            terms).

    Returns:
        Shape (units, donors).
    """
    reached = elsewhere.take(values.terms, axis=1)
    reached += values.added
    of_each = np.add.reduceat(costs.take(reached), values.starts, axis=1)
    return of_each.take(values.of_donors, axis=1).sum(axis=1)


def _same(bundle: Bundle, numbers: Numbered) -> Flags:
    """Whether units and donors count in the same cells of a reading, (units, readings, donors)."""
    frame = bundle.frame
    values = numbers[:, frame.positions]
    donors = bundle.numbers.T[frame.alike]
    equal = np.ones((len(values), values.shape[1] + 1, donors.shape[2]), dtype=bool)
    equal[:, :-1] = (values[:, :, None, None] == donors).any(axis=2)
    same: Flags = np.logical_and.reduce(equal[:, frame.readings], axis=2)
    return same


def _shared(same: Flags, bundle: Bundle, own_costs: Floats) -> Floats:
    """Cost that units themselves cause in cells that they share with donors, (units, donors).

    Args:
        same: Whether they share the cells of each reading, shape (units, readings, donors).
        bundle: The bundle.
        own_costs: What they add to the cost of the cell of each term, shape (units, terms).
    """
    return ((own_costs @ bundle.frame.reading_of)[:, None, :] @ same.astype(np.float64))[:, 0]
