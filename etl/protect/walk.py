"""Walk: through the due blocks of one fact, in order.

A closed block takes the records of a month (or quarter), a late block every record that waits at
the end of a quarter. Each sees what the earlier ones left over. A block with fewer events than
the base has no units; its records wait for the next late block. Everything is kept in arrays from
the first block to the last; which blocks are due and where they are stored belongs elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

import numpy as np
import numpy.typing as npt

from dashboard.model.fold import Fold
from dashboard.model.periods import Month
from dashboard.model.protection import BASES_A_YEAR
from etl.protect.block import (
    Block,
    BlockKind,
    Donors,
    Months,
    drawn,
    months_of_units,
    unit_sizes,
)
from etl.protect.carry import Carry
from etl.protect.chance import Chance, evenly
from etl.protect.coding import Rows
from etl.protect.fit import Sizes
from etl.protect.folds import PLACES, Folds, dimensions_that_fold
from etl.protect.ground import Fitted, Ground, Part
from etl.protect.history import Flags, History, Numbers
from etl.protect.layout import Layout
from etl.protect.margins import Margin
from etl.protect.partners import tells_no_partner

#: Months back from a block, itself included, whose values may be chosen for its units and whose
#: events are counted when codes are folded.
WINDOW = 12
#: Units that are fitted for a block at least: one of few units is made again and again from other
#: draws and the best is kept, since few units leave no way out of a bad start.
UNITS_TRIED = 16


@dataclass(frozen=True)
class Closed:
    """What a walk made.

    Attributes:
        blocks: The blocks, in the order in which they were made.
        folds: What was decided anew about rare codes.
    """

    blocks: tuple[Block, ...]
    folds: tuple[Fold, ...]


def close_blocks(
    history: History,
    due: Iterable[tuple[date, BlockKind]],
    *,
    margins: Sequence[Margin],
    base: int,
    dither: int,
    chance: Chance,
    always_exact: bool = False,
) -> Closed:
    """Make blocks in the order given.

    Args:
        history: The fact's records and units.
        due: First day and kind of each block; each is made once in the life of a store.
        margins: Totals that the units are fitted to.
        base: Smallest size of a unit.
        dither: Width of the noise on every total that units are fitted to, 0 for none.
        chance: Source of every draw.
        always_exact: Whether totals are exact whoever reported the records, and late ones too.

    Raises:
        RuntimeError: If a forbidden pair could not be avoided.
    """
    layout = Layout(history.coding, margins)
    walk = _Walk(history, layout, base, dither, chance, always_exact=always_exact)
    walk.remember()
    blocks = tuple(walk.close(period, kind) for period, kind in due)
    return Closed(blocks, tuple(walk.folds.made))


class _Walk:
    """The state of a walk: which records are published, what is folded, and the errors so far."""

    def __init__(
        self,
        history: History,
        layout: Layout,
        base: int,
        dither: int,
        chance: Chance,
        *,
        always_exact: bool,
    ) -> None:
        self._history = history
        self._base = base
        self._chance = chance
        self._always_exact = always_exact
        self._coding = history.coding
        self._layout = layout
        self._forbidden = np.flatnonzero(layout.penalty)
        self._bundles = [history.coding.bundle_positions(names) for names in history.fact.bundles]
        every = np.unique(np.concatenate([history.periods, history.unit_periods]))
        days = [_day(month) for month in every]
        self._carry = Carry(layout, days, base=dither, chance=chance)
        self._short = dict.fromkeys(days, 0)
        self._published = history.published.copy()
        self._closed = set(history.closed)
        self._held_since = dict(history.held_since)
        self.folds = Folds(history.coding, history.parents, history.folds)

    def remember(self) -> None:
        """Count what was published before."""
        history = self._history
        self._count(np.flatnonzero(self._published))
        for period, units in _by_period(history.unit_periods):
            rows = self._coding.with_areas(history.unit_rows[units], period)
            sizes = history.unit_sizes[units]
            self._carry.shown(period, self._layout.counts(rows, sizes.astype(np.float64)))
            self._short[period] -= int(sizes.sum())

    def close(self, period: date, kind: BlockKind) -> Block:
        """Make one block and count it."""
        last = self._last_month(period, kind)
        records = self._takes(period, last, kind)
        if kind == "closed":
            self._fold(last, period, records)
            self._closed.add(period)
        weights = self._history.n[records]
        if weights.sum() < self._base:
            return _empty(period, kind, self._coding.width)
        exact = self._always_exact or (kind == "closed" and self._may_be_exact(records))
        generator = self._chance.generator("block", self._history.fact.id, f"{period}", kind)
        sizes = self._sizes(int(weights.sum()), generator, exact=exact)
        self._published[records] = True
        self._count(records)
        months = self._months(records, sizes)
        rows = self._units(records, sizes, months, last, generator)
        return Block(
            period,
            kind,
            exact,
            cast("list[str]", self._history.keys[records].tolist()),
            months,
            rows,
            sizes,
            generator.integers(0, 2**63, len(sizes), dtype=np.uint64),
        )

    def _takes(self, period: date, last: date, kind: BlockKind) -> Numbers:
        """The records of a block."""
        history = self._history
        due = np.datetime64(period, "M")
        if kind == "closed":
            own = (history.periods == due) & np.isnat(history.late_from)
        else:
            own = history.periods <= np.datetime64(last, "M")
            own &= np.isnat(history.late_from) | (history.late_from <= due)
        return np.flatnonzero(own & ~self._published)

    def _sizes(self, n: int, generator: np.random.Generator, *, exact: bool) -> Sizes:
        """Sizes of the units: that sum to their events, or that are the base and no more.

        What inexact blocks leave over (less than a base in all) goes into the next of them.
        """
        if exact:
            return unit_sizes(n, self._base, generator)
        owed = min(max(sum(self._short.values()), 0), self._base - 1)
        return np.full((n + owed) // self._base, self._base, dtype=np.int64)

    def _may_be_exact(self, records: Numbers) -> bool:
        """Whether the total of a closed block tells no partner what another reported."""
        reports = self._history.reports
        own = reports[np.isin(reports[:, 0], records)]
        told = np.bincount(own[:, 1], weights=self._history.n[own[:, 0]])
        total = int(self._history.n[records].sum())
        return tells_no_partner(told[told > 0], total, self._base)

    def _months(self, records: Numbers, sizes: Sizes) -> Months:
        """The month each unit stands for: where a month of its records shows too little."""
        months = np.unique(self._history.periods[records])
        short = np.array([self._short[_day(month)] for month in months], dtype=np.int64)
        return months_of_units(sizes, months, short)

    def _units(
        self,
        records: Numbers,
        sizes: Sizes,
        months: Months,
        last: date,
        generator: np.random.Generator,
    ) -> Rows:
        """Rows of the units of a block, drawn from its records and fitted."""
        own, weights = self._history.rows[records], self._history.n[records]
        parts = self._parts(records, months, last)
        ground = Ground(self._layout, self._carry, parts, sizes)

        def tried() -> Fitted:
            rows = drawn(own, weights, len(sizes), self._bundles, generator)
            for part in parts:
                rows[part.units] = self._shown(rows[part.units], part.period)
            return ground.fit(rows, generator)

        number = max(1, UNITS_TRIED // len(sizes))
        best = min((tried() for _ in range(number)), key=lambda one: one.cost)
        for part, counts in zip(parts, best.counts, strict=True):
            self._carry.shown(part.period, counts)
            self._short[part.period] -= int(sizes[part.units].sum())
            if counts[self._forbidden].any():
                raise RuntimeError("a block cannot be told without smuggling inside the country")
        return best.rows

    def _parts(self, records: Numbers, months: Months, last: date) -> list[Part]:
        """The months that units of a block stand for, with the values that these may take."""
        recent = np.union1d(np.flatnonzero(self._recent(last)), records)
        pool, weights = self._history.rows[recent], self._history.n[recent]
        parts: list[Part] = []
        for period, units in _by_period(months):
            shown = self._shown(pool, period)
            donors = Donors(self._layout, shown, weights, self._bundles, len(months))
            parts.append(Part(period, units, donors))
        return parts

    def _recent(self, last: date) -> Flags:
        """Published records of the last year."""
        end = np.datetime64(last, "M")
        periods = self._history.periods
        return self._published & (periods > end - WINDOW) & (periods <= end)

    def _shown(self, rows: Rows, period: date) -> Rows:
        """Rows as they stand in a period: folded as decided for it, with the areas of then."""
        return self._coding.with_areas(self.folds.apply(rows, period), period)

    def _count(self, records: Numbers) -> None:
        """Count records as published, each in its own period."""
        for period, own in _by_period(self._history.periods[records]):
            chosen = records[own]
            n = self._history.n[chosen]
            self.folds.complete(self._history.rows[chosen], period)
            rows = self._shown(self._history.rows[chosen], period)
            self._carry.true(period, self._layout.counts(rows, n.astype(np.float64)))
            self._short[period] += int(n.sum())

    def _fold(self, last: date, period: date, records: Numbers) -> None:
        """Decide which values are rare, at the first closed block of a year or quarter.

        Places are decided every quarter, so that one where people begin to be identified stands
        for itself soon; codes every year, or every quarter while the store is young.
        """
        history = self._history
        first = min({*self._closed, period})
        counted = self._recent(last)
        counted[records] = True
        for field in dimensions_that_fold(history.fact):
            since = self._held_since.get(field.name, first)
            if since is None:
                since = self._held_since[field.name] = period
            months = max(1, Month.of(last).minus(Month.of(since)) + 1)
            start = period.replace(month=1, day=1)
            if months < WINDOW or field.kind in PLACES:
                start = Month.of(period).quarter_start.first_day
            again = any(start <= block < period for block in self._closed)
            if not (again and self.folds.decided(field.name, period)):
                share = min(months, WINDOW) / WINDOW
                threshold = self._base * max(1, BASES_A_YEAR * share)
                values = self._coding.columns[field.name].values
                name = ("fold", history.fact.id, field.name, f"{period}")
                noise = evenly(self._chance.keys(*name, values=values), self._base)
                counts = self._events_of(field.name, counted)
                self.folds.decide(field, period, counts, noise, threshold)

    def _events_of(self, dimension: str, counted: Flags) -> npt.NDArray[np.float64]:
        """Events of some records by value of a dimension, shape (values,)."""
        column = self._coding.columns[dimension]
        counts = np.zeros(len(column.values))
        for position in column.positions:
            codes = self._history.rows[counted, position]
            recorded = (codes >= 0) & (codes < len(counts))
            np.add.at(counts, codes[recorded], self._history.n[counted][recorded])
        return counts

    def _last_month(self, period: date, kind: BlockKind) -> date:
        """First day of the last month of a block's period."""
        quarter = kind == "late" or self._history.fact.grain == "quarter"
        return Month.of(period).plus(2).first_day if quarter else period


def _empty(period: date, kind: BlockKind, width: int) -> Block:
    return Block(
        period,
        kind,
        exact=False,
        keys=(),
        months=np.zeros(0, dtype="datetime64[M]"),
        rows=np.zeros((0, width), dtype=np.int32),
        sizes=np.zeros(0, dtype=np.int64),
        order=np.zeros(0, dtype=np.uint64),
    )


def _by_period(months: Months) -> list[tuple[date, Numbers]]:
    """Periods that occur among some months, each with where it stands."""
    return [(_day(month), np.flatnonzero(months == month)) for month in np.unique(months)]


def _day(month: np.datetime64) -> date:
    """The first day of a month."""
    day: date = month.astype("datetime64[D]").item()
    return day
