"""Donors: the values that the units of a block may take, bundle by bundle.

A unit may take a value of a bundle only where events of enough holders have it within the window
of a block: a holder is the incident of an event, or the person where no incident is known, so that
neither a boat nor a family of one report can be seen as itself. A value of fewer holders stands, as
a donor and nowhere else, for the next coarser one that enough hold: its places go up level by
level, its sets lose one code after the other, then one dimension after the other is not recorded,
the last of the bundle first. Totals that units are fitted to count the records as they are, so what
no donor has yet is made up once another incident has it too. The rule is that of
docs/protection.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from dashboard.model.facts import LEVELS_ABOVE
from dashboard.model.fields import Kind
from etl.protect.coding import SET_SLOTS, Coding, Parents, Rows, distinct_slots
from etl.protect.fit import SWEEPS, Bundle, Search, Sizes, bundle_of
from etl.protect.layout import Cells, Floats, Layout

Numbers = npt.NDArray[np.intp]

#: Donor values scored for one bundle of one unit, and how many in a block of many units.
DONORS = 256
FEW_DONORS = 32
#: Units from which a block is large. Each sweep over a large block has donors of its own, so that
#: few at a time are many in the end.
LARGE = 200
#: A large block is left once fewer than one in so many values change in a sweep.
STILL = 40
#: Values of a bundle are told apart by one number while it stays below this.
_MOST_KEYS = 2**62
#: So few are numbered quicker by a table of all of them than by putting them in order.
_FEW_KEYS = 2**17


def shared(
    coding: Coding, parents: Parents, pool: Rows, holders: Numbers, month: date, least: int
) -> Rows:
    """Rows in which each bundle has a value of enough holders: its own or a coarser one.

    Args:
        coding: How the rows are written.
        parents: Areas above places.
        pool: Rows of a window, shape (rows, width).
        holders: Number of the holder of each, shape (rows,).
        month: Month in which their areas are looked up.
        least: How many different holders a value needs at least.

    Returns:
        Rows with the areas of the month, shape (rows, width).
    """
    rows = pool.copy()
    for names in coding.fact.bundles:
        positions = [position for name in names for position in coding.columns[name].positions]
        value_of = _numbers(_keys(rows[:, positions]))
        by_holder = _rows_by_holder(value_of, holders, least)
        values = rows[by_holder[:, None], positions]
        for coarser in _coarser(coding, parents, names, month):
            counts = _holder_counts(_numbers(_keys(values)), holders[by_holder])
            too_few = counts < least
            if not too_few.any():
                break
            values[too_few] = coarser(values[too_few])
        rows[:, positions] = values[value_of]
    return coding.with_areas(rows, month)


def costs_of_few(layout: Layout, rows: Rows, holders: Numbers, least: int) -> Floats:
    """What an event costs in each cell that too few holders have, shape (cells,).

    Values of two bundles, each held by enough, can meet in a pair that nobody has. A pair of one
    holder costs as much, so that the two are not told apart.

    Args:
        layout: Cells of the fact's margins, and what few cost in them.
        rows: Rows that ``shared`` made of a window, shape (rows, width).
        holders: Number of the holder of each, shape (rows,).
        least: How many different holders a cell needs at least.
    """
    costs = layout.few.copy()
    numbers = layout.numbered(rows)
    for term in np.flatnonzero(costs[layout.offsets]):
        cells = layout.offsets[term] + numbers[:, layout.positions[term]] @ layout.strides[term]
        costs[cells[_holder_counts(cells, holders) >= least]] = 0
    return costs


def _coarser(
    coding: Coding, parents: Parents, names: Sequence[str], month: date
) -> Iterator[Callable[[Rows], Rows]]:
    """Steps that make values of a bundle coarser, to be taken in order while holders are too few.

    Each takes rows of the bundle's positions and changes them; after the last nothing is recorded.
    """
    slots = _slots(coding, names)
    places = [name for name in slots if coding.fact[name].kind in (Kind.PLACE, Kind.PLACES)]
    sets = [name for name in slots if coding.fact[name].kind.many]

    def up_to(level: str) -> Callable[[Rows], Rows]:
        """Each place stands for its area of a level."""

        def step(values: Rows) -> Rows:
            for name in places:
                areas = _areas(coding, parents, name, level, month)
                values[:, slots[name]] = areas[values[:, slots[name]]]
                if name in sets:
                    values[:, slots[name]] = distinct_slots(values[:, slots[name]])
            return values

        return step

    def without(name: str, keep: int = 0) -> Callable[[Rows], Rows]:
        """A dimension keeps so many codes of its set; none is "not recorded"."""
        first = slots[name].start

        def step(values: Rows) -> Rows:
            values[:, first + keep : slots[name].stop] = -1
            if not keep:
                values[:, first] = len(coding.columns[name].values)
            return values

        return step

    if places:
        yield from map(up_to, LEVELS_ABOVE)
    yield from (without(name, keep) for keep in reversed(range(SET_SLOTS)) for name in sets)
    yield from (without(name) for name in reversed(names) if name not in sets)


def _slots(coding: Coding, names: Sequence[str]) -> dict[str, slice]:
    """Slice of the bundle's own positions that each of its dimensions takes."""
    slots: dict[str, slice] = {}
    start = 0
    for name in names:
        end = start + len(coding.columns[name].positions)
        slots[name] = slice(start, end)
        start = end
    return slots


def _areas(coding: Coding, parents: Parents, name: str, level: str, month: date) -> Rows:
    """Number of the area above each place, as an index of place numbers; those of none stay.

    An area is of the level or the next known above it. The last entries serve "not recorded" and
    an empty slot, which is -1.
    """
    column = coding.columns[name]
    numbers = [column.index[parents.area(place, level, month)] for place in column.values]
    return np.array([*numbers, len(column.values), -1], dtype=np.int32)


def _holder_counts(value_of: Numbers, holders: Numbers) -> Numbers:
    """How many different holders have the value of each row, given by its number; (rows,)."""
    width = int(holders.max()) + 1
    pairs = np.unique(value_of * width + holders)
    return np.bincount(pairs // width)[value_of]


def _rows_by_holder(value_of: Numbers, holders: Numbers, most: int) -> Numbers:
    """Numbers of rows of each value by different holders, at most so many a value.

    Args:
        value_of: Number of the value of each row, shape (rows,).
        holders: Number of the holder of each, same shape.
        most: How many rows of a value; more need not be counted.

    Returns:
        First one row of each value, in the order of the values, then others.
    """
    remaining = np.arange(len(value_of))
    values = int(value_of.max()) + 1
    chosen: list[Numbers] = []
    for _ in range(most):
        first = np.full(values, -1, dtype=np.intp)
        # The last that is written stays, which is the first of the rows.
        first[value_of[remaining[::-1]]] = remaining[::-1]
        chosen.append(first[first >= 0])
        holder = np.where(first < 0, -1, holders[first])
        remaining = remaining[holders[remaining] != holder[value_of[remaining]]]
    return np.concatenate(chosen)


def _numbers(keys: npt.NDArray[np.int64]) -> Numbers:
    """Rank of each key among the distinct ones, from 0, shape (rows,)."""
    limit = int(keys.max()) + 1
    if limit > _FEW_KEYS:
        return np.unique(keys, return_inverse=True)[1].ravel()
    occurs = np.zeros(limit, dtype=bool)
    occurs[keys] = True
    return (np.cumsum(occurs) - 1)[keys]


def draw_rows(
    records: Rows,
    weights: Sizes,
    units: int,
    bundles: Sequence[Cells],
    generator: np.random.Generator,
) -> Rows:
    """Rows of units whose bundles are drawn independently from the records.

    Args:
        records: Rows of the block as ``shared`` made them, shape (records, width).
        weights: Events each record stands for, shape (records,).
        units: Number of units.
        bundles: Positions of each bundle.
        generator: Source of the draws.
    """
    rows = np.empty((units, records.shape[1]), dtype=np.int32)
    # As Generator.choice draws by shares, which it would sum anew for each bundle.
    cumulative = (weights / weights.sum()).cumsum()
    cumulative /= cumulative[-1]
    for positions in bundles:
        chosen = cumulative.searchsorted(generator.random(units), side="right")
        rows[:, positions] = records[chosen][:, positions]
    return rows


class Donors:
    """The values that each bundle of a block's units may take in months of the same areas.

    Args:
        layout: Cells of the fact's margins.
        pool: Rows whose bundles may be taken: those of ``shared``, shape (rows, width).
        bundles: Positions of each bundle.
        units: Units of the whole block.
    """

    def __init__(
        self,
        layout: Layout,
        pool: Rows,
        bundles: Sequence[Cells],
        units: int,
    ) -> None:
        self._layout = layout
        self._bundles = bundles
        self._large = units >= LARGE
        self._values = [distinct_values(pool, positions) for positions in bundles]
        #: Bundles that offer all their values, which are the same each time they are asked for.
        self._whole: dict[int, Bundle] = {}

    def fit(self, search: Search, generator: np.random.Generator, *, sweeps: int = SWEEPS) -> int:
        """Sweep over the units of a month while much changes; return the number of changes.

        In a small block it sweeps until nothing changes, and never more often than ``sweeps``.
        """
        if not self._large:
            return search.run(self._sample(DONORS, generator), generator, sweeps=sweeps)
        changes = 0
        for _ in range(sweeps):
            changed = search.run(self._sample(FEW_DONORS, generator), generator, sweeps=1)
            changes += changed
            if changed * STILL < len(search.units) * len(self._bundles):
                break
        return changes

    def _sample(self, most: int, generator: np.random.Generator) -> list[Bundle]:
        """Every bundle with so many of its values at most."""
        return [self._bundle(number, most, generator) for number in range(len(self._bundles))]

    def _bundle(self, number: int, most: int, generator: np.random.Generator) -> Bundle:
        """A bundle by its number, with so many of its values at most: drawn if it has more."""
        values, positions = self._values[number], self._bundles[number]
        if len(values) > most:
            chosen = np.sort(generator.choice(len(values), most, replace=False))
            return bundle_of(self._layout, positions, values[chosen])
        if number not in self._whole:
            self._whole[number] = bundle_of(self._layout, positions, values)
        return self._whole[number]


def distinct_values(pool: Rows, positions: Cells) -> Rows:
    """The first whole row with each distinct value of a bundle, in the order of codes."""
    _, first = np.unique(_keys(pool[:, positions]), return_index=True)
    return pool[first]


def _keys(rows: Rows) -> npt.NDArray[np.int64]:
    """A number for each row, equal for equal rows, in the order of their codes, shape (rows,)."""
    keys = np.zeros(len(rows), dtype=np.int64)
    limit = 1
    for column in rows.T:
        codes = column.astype(np.int64) + 1
        width = int(codes.max()) + 1
        if limit * width > _MOST_KEYS:
            distinct, keys = np.unique(keys, return_inverse=True)
            limit = len(distinct)
        keys = keys * width + codes
        limit *= width
    return keys
