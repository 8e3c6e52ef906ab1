"""Close: walk through the due periods of one fact, block by block.

Blocks are made month by month in order, each seeing what the earlier ones left over. A period
with fewer events than the base is closed without units; its records wait. What is due is decided
by whoever publishes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from dashboard.model.facts import Fact
from dashboard.model.periods import Month
from etl.protect.block import protect_block
from etl.protect.carry import Carry
from etl.protect.chance import Chance
from etl.protect.coding import Coding, Parents, Rows, Value
from etl.protect.fit import Sizes
from etl.protect.layout import Layout
from etl.protect.margins import MARGINS

#: Months back from a block, itself included, whose values may be chosen for its units.
DONOR_MONTHS = 12


@dataclass(frozen=True)
class History:
    """Everything known about one fact: its records, and the units published so far.

    Attributes:
        fact: The fact.
        keys: Keys of the records, sorted, so that the order of loading changes nothing.
        periods: First day of each record's own period, as it is now.
        n: Events each record stands for, shape (records,).
        values: Dimension to the records' values.
        published: Whether each record already went into a block, shape (records,).
        unit_periods: First day of each stored unit's period.
        unit_sizes: Events each stored unit stands for, shape (units,).
        unit_values: Dimension to the stored units' values.
    """

    fact: Fact
    keys: Sequence[str]
    periods: Sequence[date]
    n: Sizes
    values: Mapping[str, Sequence[Value]]
    published: npt.NDArray[np.bool_]
    unit_periods: Sequence[date]
    unit_sizes: Sizes
    unit_values: Mapping[str, Sequence[Value]]


@dataclass(frozen=True)
class Block:
    """One closed period.

    Attributes:
        period: First day.
        keys: Keys of the records in it; empty where they were too few.
        waiting: Events that wait because they were too few.
        values: Dimension to the units' values.
        sizes: Events each unit stands for, shape (units,).
        order: Random numbers that decide the units' order in a file, shape (units,).
    """

    period: date
    keys: tuple[str, ...]
    waiting: int
    values: Mapping[str, Sequence[Value]]
    sizes: Sizes
    order: npt.NDArray[np.uint64]

    @property
    def n(self) -> int:
        """Events that its units stand for."""
        return int(self.sizes.sum())


def close_periods(
    history: History, due: Iterable[date], *, base: int, chance: Chance, parents: Parents
) -> tuple[Block, ...]:
    """Make the blocks of periods that are due, in order.

    Args:
        history: The fact's records and units.
        due: First days of the periods to close; each is closed once in the life of a store.
        base: Smallest size of a unit.
        chance: Source of every draw.
        parents: Areas above places.
    """
    periods = sorted({*history.periods, *history.unit_periods})
    coding = Coding(history.fact, _occurring(history), parents, periods)
    layout = Layout(coding, MARGINS[history.fact.id])
    carry = Carry(layout, periods, base=base, chance=chance)
    walk = _Walk(history, coding, layout, carry)
    walk.remember()
    return tuple(walk.close(period, base, chance) for period in sorted(due))


class _Walk:
    """The state of a walk: which records are published, and the errors so far."""

    def __init__(self, history: History, coding: Coding, layout: Layout, carry: Carry) -> None:
        self._history = history
        self._coding = coding
        self._layout = layout
        self._carry = carry
        self._months = np.array(history.periods, dtype="datetime64[M]")
        self._published = history.published.copy()
        self._rows = _encoded(coding, history.values, history.periods)

    def remember(self) -> None:
        """Count what was published before."""
        history, layout = self._history, self._layout
        for period, chosen in _by_period(self._months, self._published):
            counts = layout.counts(self._rows[chosen], history.n[chosen].astype(np.float64))
            self._carry.true(period, counts)
        stored = _encoded(self._coding, history.unit_values, history.unit_periods)
        months = np.array(history.unit_periods, dtype="datetime64[M]")
        for period, chosen in _by_period(months, np.ones(len(months), dtype=bool)):
            sizes = history.unit_sizes[chosen].astype(np.float64)
            self._carry.shown(period, layout.counts(stored[chosen], sizes))

    def close(self, period: date, base: int, chance: Chance) -> Block:
        """Close one period and count it."""
        month = np.datetime64(period, "M")
        chosen = np.flatnonzero((self._months == month) & ~self._published)
        weights = self._history.n[chosen]
        if weights.sum() < base:
            return _nothing(period, int(weights.sum()))
        records = self._rows[chosen]
        self._published[chosen] = True
        self._carry.true(period, self._layout.counts(records, weights.astype(np.float64)))
        generator = chance.generator("block", self._history.fact.id, period.isoformat())
        units = protect_block(
            records,
            weights,
            base=base,
            layout=self._layout,
            pool=self._pool(period),
            pull=self._carry.pull(period),
            generator=generator,
        )
        sizes = units.sizes.astype(np.float64)
        self._carry.shown(period, self._layout.counts(units.rows, sizes))
        return Block(
            period,
            tuple(self._history.keys[number] for number in chosen.tolist()),
            0,
            self._coding.decode(units.rows),
            units.sizes,
            generator.integers(0, 2**63, len(units.sizes), dtype=np.uint64),
        )

    def _pool(self, period: date) -> Rows:
        """Published records of the last year, their areas as they stand in a period."""
        first = Month.of(period).plus(1 - DONOR_MONTHS).first_day
        recent = (self._months >= np.datetime64(first, "M")) & (
            self._months <= np.datetime64(period, "M")
        )
        return self._coding.with_areas(self._rows[recent & self._published], period)


def _nothing(period: date, waiting: int) -> Block:
    return Block(period, (), waiting, {}, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint64))


def _occurring(history: History) -> dict[str, set[str]]:
    """Values of the dimensions without a closed code list."""
    found: dict[str, set[str]] = {}
    for field in history.fact.dimensions:
        if field.codes is None:
            seen = found.setdefault(field.name, set())
            for values in (history.values, history.unit_values):
                for value in values.get(field.name, ()):
                    seen.update([value] if isinstance(value, str) else value or ())
    return found


def _encoded(
    coding: Coding, values: Mapping[str, Sequence[Value]], periods: Sequence[date]
) -> Rows:
    """Rows of records, each with the areas of its own period."""
    months = np.array(periods, dtype="datetime64[M]")
    rows = coding.encode(values, len(periods))
    for period, chosen in _by_period(months, np.ones(len(months), dtype=bool)):
        rows[chosen] = coding.with_areas(rows[chosen], period)
    return rows


def _by_period(
    months: npt.NDArray[np.datetime64], wanted: npt.NDArray[np.bool_]
) -> list[tuple[date, npt.NDArray[np.intp]]]:
    """Periods that occur among the wanted records, each with the numbers of its records."""
    return [
        (month.astype("datetime64[D]").item(), np.flatnonzero((months == month) & wanted))
        for month in np.unique(months[wanted])
    ]
