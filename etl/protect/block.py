"""Block: what it is, and the parts from which its units are made.

Sizes, the months they stand for, the values they start from and those they may take.
In which order blocks are made, and what they are fitted against, stands in ``walk``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import numpy.typing as npt

from dashboard.model.periods import Grain, Month
from dashboard.model.protection import SET_HOLDERS
from etl.protect.coding import Column, Rows
from etl.protect.fit import SWEEPS, Bundle, Search, Sizes, bundle_of
from etl.protect.layout import Cells, Layout

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

BlockKind = Literal["closed", "late"]
Months = npt.NDArray[np.datetime64]


@dataclass(frozen=True)
class Block:
    """A block that was made.

    Attributes:
        period: First day; of a late block, that of its quarter.
        kind: closed or late.
        exact: Whether its sizes sum to the number of its events for certain.
        keys: Keys of the records in it; empty where they were too few.
        months: First day of the period each unit stands for, shape (units,).
        rows: The units, shape (units, width).
        sizes: Events each unit stands for, shape (units,).
        order: Random numbers that decide the units' order in a file, shape (units,).
    """

    period: date
    kind: BlockKind
    exact: bool
    keys: Sequence[str]
    months: Months
    rows: Rows
    sizes: Sizes
    order: npt.NDArray[np.uint64]

    @property
    def n(self) -> int:
        """Events that its units stand for."""
        return int(self.sizes.sum())


def turn(period: date, kind: BlockKind, grain: Grain) -> tuple[Month, bool]:
    """Where a block stands in the order of closing: late ones right after their quarter.

    >>> turn(date(2026, 7, 1), "late", "month") > turn(date(2026, 9, 1), "closed", "month")
    True
    """
    quarter = kind == "late" or grain == "quarter"
    return Month.of(period).plus(2 if quarter else 0), kind == "late"


def late_quarters(first: date, last: Month) -> list[Month]:
    """First months of the quarters from a day on that are over with a month: each has a late block.

    >>> [str(quarter) for quarter in late_quarters(date(2026, 2, 1), Month(2026, 8))]
    ['2026-01', '2026-04']
    """
    start = Month.of(first).quarter_start
    return [start.plus(step) for step in range(0, last.minus(start) - 1, 3)]


def unit_sizes(n: int, base: int, generator: np.random.Generator) -> Sizes:
    """Sizes n//k and n//k + 1 of the k = n//base units that n events make, shuffled.

    Raises:
        ValueError: If there are fewer events than the base.
    """
    units = n // base
    if units == 0:
        raise ValueError("a block needs at least as many events as its base")
    sizes = np.full(units, n // units, dtype=np.int64)
    sizes[: n % units] += 1
    return generator.permutation(sizes)


def months_of_units(sizes: Sizes, months: Months, short: Sizes) -> Months:
    """The month each unit stands for: the largest units first, each where most is missing.

    Args:
        sizes: Events each unit stands for, shape (units,).
        months: Months to choose from, in order, shape (months,).
        short: Events that each month shows too few, same shape.
    """
    left = short.copy()
    chosen = np.empty(len(sizes), dtype=np.intp)
    for unit in np.argsort(-sizes, kind="stable").tolist():
        chosen[unit] = left.argmax()
        left[chosen[unit]] -= sizes[unit]
    return months[chosen]


def drawn(
    records: Rows,
    weights: Sizes,
    units: int,
    bundles: Sequence[Cells],
    generator: np.random.Generator,
) -> Rows:
    """Rows of units whose bundles are drawn independently from the records.

    Args:
        records: Rows of the block, shape (records, width).
        weights: Events each record stands for, shape (records,).
        units: Number of units.
        bundles: Positions of each bundle.
        generator: Source of the draws.
    """
    rows = np.empty((units, records.shape[1]), dtype=np.int32)
    # As Generator.choice draws by shares, which it would sum anew for each bundle.
    reached = (weights / weights.sum()).cumsum()
    reached /= reached[-1]
    for positions in bundles:
        chosen = reached.searchsorted(generator.random(units), side="right")
        rows[:, positions] = records[chosen][:, positions]
    return rows


class Donors:
    """The values that each bundle of a block's units may take in one month.

    Args:
        layout: Cells of the fact's margins.
        pool: Rows whose bundles may be taken, as they stand in the month, shape (rows, width).
        weights: Events each of them stands for, shape (rows,).
        bundles: Positions of each bundle.
        units: Units of the whole block.
    """

    def __init__(
        self,
        layout: Layout,
        pool: Rows,
        weights: Sizes,
        bundles: Sequence[Cells],
        units: int,
    ) -> None:
        self._layout = layout
        self._bundles = bundles
        self._large = units >= LARGE
        self._sets = [_sets_in(layout, positions) for positions in bundles]
        self._values = [
            distinct_values(_shared(pool, weights, sets), positions)
            for sets, positions in zip(self._sets, bundles, strict=True)
        ]
        #: Bundles that offer all their values, which are the same each time they are asked for.
        self._whole: dict[int, Bundle] = {}

    def fit(self, search: Search, generator: np.random.Generator, *, sweeps: int = SWEEPS) -> int:
        """Sweep over the units of a month until nothing changes; return the number of changes."""
        if not self._large:
            return search.run(self._sample(DONORS, generator), generator, sweeps=sweeps)
        changes = 0
        for _ in range(sweeps):
            changed = search.run(self._sample(FEW_DONORS, generator), generator, sweeps=1)
            changes += changed
            if changed * STILL < len(search.units) * len(self._bundles):
                break
        return changes

    def admitted(self, rows: Rows, generator: np.random.Generator) -> Rows:
        """Rows of units, where each bundle that may not be taken is changed for one that may."""
        admitted = rows.copy()
        for values, sets, positions in zip(self._values, self._sets, self._bundles, strict=True):
            if not sets:
                continue
            keys = _keys(np.concatenate([values[:, positions], rows[:, positions]]))
            other = ~np.isin(keys[len(values) :], keys[: len(values)])
            chosen: Sizes = generator.integers(0, len(values), int(other.sum()))
            admitted[np.ix_(other, positions)] = values[chosen][:, positions]
        return admitted

    def _sample(self, most: int, generator: np.random.Generator) -> list[Bundle]:
        return [self._bundle(number, most, generator) for number in range(len(self._bundles))]

    def _bundle(self, number: int, most: int, generator: np.random.Generator) -> Bundle:
        """A bundle with so many of its values at most."""
        values, positions = self._values[number], self._bundles[number]
        if len(values) > most:
            chosen = np.sort(generator.choice(len(values), most, replace=False))
            return bundle_of(self._layout, positions, values[chosen])
        if number not in self._whole:
            self._whole[number] = bundle_of(self._layout, positions, values)
        return self._whole[number]


def _sets_in(layout: Layout, positions: Cells) -> list[Column]:
    """The sets of codes in a bundle."""
    own = set(positions.tolist())
    return [
        column
        for column in layout.coding.columns.values()
        if len(column.positions) > 1 and own.issuperset(column.positions)
    ]


def _shared(pool: Rows, weights: Sizes, sets: Sequence[Column]) -> Rows:
    """The rows whose sets several people hold, or all of them without a set where there are none.

    No fact in which a person can have several events has sets.
    """
    if not sets:
        return pool
    shared = np.ones(len(pool), dtype=bool)
    for column in sets:
        shared &= _is_shared(pool[:, column.positions], weights, len(column.values))
    if shared.any():
        return pool[shared]
    bare = pool.copy()
    for column in sets:
        bare[:, column.positions] = -1
        bare[:, column.positions[0]] = len(column.values)
    return bare


def _is_shared(sets: Rows, weights: Sizes, none: int) -> npt.NDArray[np.bool_]:
    """Whether a set is empty or held by enough people, shape (rows,)."""
    _, value = np.unique(_keys(sets), return_inverse=True)
    held = np.bincount(value, weights=weights)
    return (sets[:, 0] == none) | (held[value] >= SET_HOLDERS)


def distinct_values(pool: Rows, positions: Cells) -> Rows:
    """Rows that show each distinct value of a bundle once, in the order of their codes."""
    _, first = np.unique(_keys(pool[:, positions]), return_index=True)
    return pool[first]


def _keys(rows: Rows) -> npt.NDArray[np.int64]:
    """A number for each row, the same for equal ones and in the order of their codes, (rows,)."""
    keys = np.zeros(len(rows), dtype=np.int64)
    reach = 1
    for column in rows.T:
        codes = column.astype(np.int64) + 1
        width = int(codes.max()) + 1
        if reach * width > _MOST_KEYS:
            distinct, keys = np.unique(keys, return_inverse=True)
            reach = len(distinct)
        keys = keys * width + codes
        reach *= width
    return keys
