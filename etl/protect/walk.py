"""Walk: through the due blocks of one fact, in order.

A closed block takes the records of a month (or quarter), a late block every record that waits at
the end of a quarter. Each sees what the earlier ones left over. A block with fewer events than
the base has no units; its records wait for the next late block. Everything is kept in arrays from
the first block to the last; which blocks are due and where they are stored belongs elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

import numpy as np

from dashboard.model.periods import Month
from etl.protect.block import (
    Block,
    BlockKind,
    Months,
    closing_turn,
    day_of,
    months_of_units,
    unit_sizes,
)
from etl.protect.carry import Carry
from etl.protect.chance import Chance
from etl.protect.coding import Rows
from etl.protect.donors import Donors, costs_of_few, draw_rows, shared
from etl.protect.fit import Sizes
from etl.protect.ground import Fitted, Ground, Part
from etl.protect.history import Flags, History, Numbers
from etl.protect.layout import Floats, Layout
from etl.protect.margins import Margin
from etl.protect.partners import hides_partners
from etl.protect.randomise import randomised

#: Months back from a block, itself included, whose values may be chosen for its units.
WINDOW = 12
#: Units that are fitted for a block at least: one of few units is made again and again from other
#: draws and the best is kept, since few units leave no way out of a bad start.
UNITS_TRIED = 16


@dataclass(frozen=True)
class Task:
    """The blocks of one fact that are to be made.

    It holds arrays and nothing of a database, so that any process can do it.

    Attributes:
        history: The fact's records and units.
        due: First day and kind of each block, in order; each is made once in the life of a store.
        margins: Totals that the units are fitted to.
        base: Smallest size of a unit.
        dither: Width of the noise on every total that units are fitted to, 0 for none.
        holders: How many different holders a value needs, or no unit takes it.
        randomise: Share of the records that totals count with the values of another.
        chance: Source of every draw.
        always_exact: Whether totals are exact whoever reported the records, and late ones too.
    """

    history: History
    due: Sequence[tuple[date, BlockKind]]
    margins: Sequence[Margin]
    base: int
    dither: int
    holders: int
    randomise: float
    chance: Chance
    always_exact: bool

    def make(self) -> tuple[Block, ...]:
        """Make the blocks.

        Raises:
            RuntimeError: If a forbidden pair could not be avoided.
        """
        walk = _Walk(self)
        return tuple(walk.close(period, kind) for period, kind in self.due)


class _Walk:
    """The state between two blocks: which records are published, and the errors so far."""

    def __init__(self, task: Task) -> None:
        """Count the records and units that were published before."""
        history = self._history = task.history
        self._task = task
        self._counted_rows = randomised(history, task.randomise, task.chance)
        self._coding = history.coding
        self._layout = Layout(history.coding, task.margins)
        self._forbidden_cells = np.flatnonzero(self._layout.penalty)
        self._bundles = [history.coding.bundle_positions(names) for names in history.fact.bundles]
        periods = np.unique(np.concatenate([history.periods, history.unit_periods]))
        days = [day_of(month) for month in periods]
        self._carry = Carry(self._layout, days, base=task.dither, chance=task.chance)
        #: Period to the events of its published records that no unit stands for yet.
        self._lacking = dict.fromkeys(days, 0)
        self._published = history.published.copy()
        self._count_records(np.flatnonzero(self._published))
        for period, units in _by_period(history.unit_periods):
            rows = self._coding.with_areas(history.unit_rows[units], period)
            sizes = history.unit_sizes[units]
            self._carry.add_units(period, self._layout.counts(rows, sizes.astype(np.float64)))
            self._lacking[period] -= int(sizes.sum())

    def close(self, period: date, kind: BlockKind) -> Block:
        """Make one block, and count its records and units; one of too few events has no units."""
        last, _ = closing_turn(period, kind, self._history.fact.grain)
        records = records_of(self._history, self._published, period, kind)
        weights = self._history.n[records]
        if weights.sum() < self._task.base:
            return _empty(period, kind, self._coding.width)
        exact = self._task.always_exact or (kind == "closed" and self._may_be_exact(records))
        generator = self._task.chance.generator("block", self._history.fact.id, f"{period}", kind)
        sizes = self._sizes(int(weights.sum()), generator, exact=exact)
        self._published[records] = True
        self._count_records(records)
        months = self._months_of(records, sizes)
        rows = self._fitted(records, sizes, months, last, generator)
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

    def _sizes(self, n: int, generator: np.random.Generator, *, exact: bool) -> Sizes:
        """Sizes of the units that n events make.

        Exact ones sum to n. Others are all the base: what these leave over (less than a base in
        all) goes into the next such block.
        """
        if exact:
            return unit_sizes(n, self._task.base, generator)
        owed = min(max(sum(self._lacking.values()), 0), self._task.base - 1)
        return np.full((n + owed) // self._task.base, self._task.base, dtype=np.int64)

    def _may_be_exact(self, records: Numbers) -> bool:
        """Whether no partner learns from the total of a closed block what another reported."""
        reports = self._history.reports
        of_block = reports[np.isin(reports[:, 0], records)]
        by_partner = np.bincount(of_block[:, 1], weights=self._history.n[of_block[:, 0]])
        total = int(self._history.n[records].sum())
        return hides_partners(by_partner[by_partner > 0], total, self._task.base)

    def _months_of(self, records: Numbers, sizes: Sizes) -> Months:
        """The month each unit stands for: of the records' months the one that lacks most events."""
        months = np.unique(self._history.periods[records])
        lacking = np.array([self._lacking[day_of(month)] for month in months], dtype=np.int64)
        return months_of_units(sizes, months, lacking)

    def _fitted(
        self,
        records: Numbers,
        sizes: Sizes,
        months: Months,
        last: Month,
        generator: np.random.Generator,
    ) -> Rows:
        """Rows of the units of a block, drawn from its records and fitted; counts them too.

        Of few units the best of several attempts is taken.
        """
        weights = self._history.n[records]
        parts = self._parts(records, months, last)
        ground = Ground(self._layout, self._carry, parts, sizes)

        def attempt() -> Fitted:
            rows = np.empty((len(sizes), self._coding.width), dtype=np.int32)
            for part in parts:
                units = len(part.units)
                drawn = draw_rows(part.records, weights, units, self._bundles, generator)
                rows[part.units] = drawn
            return ground.fit(rows, generator)

        attempts = max(1, UNITS_TRIED // len(sizes))
        best = min((attempt() for _ in range(attempts)), key=lambda fitted: fitted.cost)
        for part, counts in zip(parts, best.counts, strict=True):
            self._carry.add_units(part.period, counts)
            self._lacking[part.period] -= int(sizes[part.units].sum())
            if counts[self._forbidden_cells].any():
                raise RuntimeError("a block cannot be told without smuggling inside the country")
        return best.rows

    def _parts(self, records: Numbers, months: Months, last: Month) -> list[Part]:
        """The months that units of a block stand for, with the values that these may take."""
        history = self._history
        recent = np.union1d(np.flatnonzero(self._recent(last)), records)
        pool, holders = history.rows[recent], history.holders[recent]
        of_block = np.searchsorted(recent, records)
        #: Epoch of the areas to the donors, the block's records as they are in it, and the costs.
        by_epoch: dict[int, tuple[Donors, Rows, Floats]] = {}
        parts: list[Part] = []
        for period, units in _by_period(months):
            epoch = history.parents.epoch(period)
            if epoch not in by_epoch:
                least = self._task.holders
                rows = shared(self._coding, history.parents, pool, holders, period, least)
                donors = Donors(self._layout, rows, self._bundles, len(months))
                costs = costs_of_few(self._layout, rows, holders, least)
                by_epoch[epoch] = donors, rows[of_block], costs
            parts.append(Part(period, units, *by_epoch[epoch]))
        return parts

    def _recent(self, last: Month) -> Flags:
        """Which published records are of the last ``WINDOW`` months up to a month."""
        end = np.datetime64(last.first_day, "M")
        periods = self._history.periods
        return self._published & (periods > end - WINDOW) & (periods <= end)

    def _count_records(self, records: Numbers) -> None:
        """Count records as published, each in its own period, as totals count them."""
        for period, indices in _by_period(self._history.periods[records]):
            chosen = records[indices]
            n = self._history.n[chosen]
            rows = self._coding.with_areas(self._counted_rows[chosen], period)
            self._carry.add_records(period, self._layout.counts(rows, n.astype(np.float64)))
            self._lacking[period] += int(n.sum())


def records_of(history: History, published: Flags, period: date, kind: BlockKind) -> Numbers:
    """Numbers of the records that a block takes: those due in it that are not published yet."""
    due = np.datetime64(period, "M")
    if kind == "closed":
        is_due = (history.periods == due) & np.isnat(history.late_from)
    else:
        last, _ = closing_turn(period, kind, history.fact.grain)
        is_due = history.periods <= np.datetime64(last.first_day, "M")
        is_due &= np.isnat(history.late_from) | (history.late_from <= due)
    return np.flatnonzero(is_due & ~published)


def _empty(period: date, kind: BlockKind, width: int) -> Block:
    """A block whose records were too few for a unit: they wait for a late block."""
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
    """Each period that occurs among some months, with the indices where it stands."""
    return [(day_of(month), np.flatnonzero(months == month)) for month in np.unique(months)]
