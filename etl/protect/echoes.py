"""Echoes: units taken as if they were the truth, and protected again.

What that does to a figure is what protection did to it the first time. Everything here follows from
released units and from draws that anybody can repeat, so an echo gives away nothing that its
release does not: no event, no ledger and no secret is known here.

The records of an echo are drawn from the units, attribute bundle by attribute bundle; a unit is not
expanded into equal records, since such clumps are fitted too well. They are protected in the steps
that made the units: for the working group, and from what comes out for the public.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from dashboard.model.edition import Audience
from dashboard.model.facts import Fact
from dashboard.model.periods import Month
from dashboard.model.protection import EXACT_PARTNERS, FEW_BASES, PUBLIC_FACTOR
from etl.protect.block import BlockKind, Months, closing_turn, day_of, late_quarters
from etl.protect.chance import Chance
from etl.protect.coding import Coding, Parents, Rows
from etl.protect.fit import Sizes
from etl.protect.history import Flags, History, Numbers
from etl.protect.stored_echoes import (
    Names,
    StoredEcho,
    Units,
    follows_from,
    pack_block,
    taken_over,
    terms_of,
)
from etl.protect.task import task_of
from etl.protect.walk import records_of

#: Periods of the fact around a record's own from whose units its class is drawn, itself included.
NEAR = 1
#: Months around a record's own from whose units everything else is drawn.
WIDE = 6
#: One of so many records is late, by one to this many months.
LATE_ONE_IN = 10
LATE_MONTHS = 3


@dataclass(frozen=True)
class Originals:
    """The units of one fact as a release holds them: the originals of its echoes.

    Attributes:
        fact: The fact.
        coding: How its units are written.
        parents: Areas above places.
        base: Smallest size of its units.
        audience: Who they are for.
        last: Last month of the release.
        periods: Period each unit stands for, shape (units,).
        sizes: Events each unit stands for, shape (units,).
        rows: The units without areas, in an order that follows from them, shape (units, width).
        inexact: Whether the total of a unit's period may be other than that of its records, shape
            (units,).
    """

    fact: Fact
    coding: Coding
    parents: Parents
    base: int
    audience: Audience
    last: Month
    periods: Months
    sizes: Sizes
    rows: Rows
    inexact: Flags


@dataclass(frozen=True)
class Echo:
    """What one echo shows and what it is made of.

    Attributes:
        periods: Period of each row, shape (rows,).
        rows: Units, then records; without areas, shape (rows, width).
        sizes: Events that a unit stands for, or -1 for a record, shape (rows,).
        stored: Its blocks, from which that of the next edition goes on.
        spoilt: Whether blocks were stored but none could be taken over: they are damaged, or were
            made by another version.
    """

    periods: Months
    rows: Rows
    sizes: Sizes
    stored: StoredEcho
    spoilt: bool


@dataclass(frozen=True)
class Repeat:
    """One echo of a fact that is to be made.

    Attributes:
        originals: The units.
        replicate: Which of the fact's echoes it is, from 1.
        stored: Blocks of that of an earlier edition. Those that would come out the same are taken
            over, so the echo is the same with them and without.
    """

    originals: Originals
    replicate: int
    stored: StoredEcho | None = None

    def make(self) -> Echo:
        """Make the echo.

        Raises:
            RuntimeError: If a forbidden pair could not be avoided.
        """
        chance = public_chance(self.originals.fact, self.replicate)
        return _echo(self.originals, chance, self.stored)


def public_chance(fact: Fact, replicate: int) -> Chance:
    """Draws that follow from the names of a fact and a replicate: nothing about them is secret."""
    return Chance(hashlib.sha256(f"echo {fact.id} {replicate}".encode()).digest())


def _echo(originals: Originals, chance: Chance, stored: StoredEcho | None) -> Echo:
    """Draw an echo's records and protect them step by step, after the stored blocks that hold."""
    records, due, names = _history(originals, chance), _due(originals), Names(originals.coding)
    steps = _steps(originals)
    terms = terms_of(originals.coding, originals.parents.digest, chance.digest(), steps)
    follows = follows_from(terms, records, due, names)
    stored_units, spoilt = _stored_units(stored, terms, follows, len(steps), names)
    units, published = records, np.ones(len(records.keys), dtype=bool)
    made_by_step: list[list[Units]] = []
    for number, (audience, base) in enumerate(steps):
        before = [block[number] for block in stored_units]
        published_now, blocks = _protect(units, due, before, audience, base, chance)
        if units is records:
            published = published_now
        units = _as_history(units, due, blocks)
        made_by_step.append(blocks)
    blocks = list(zip(*made_by_step, strict=True))
    return Echo(
        np.concatenate([units.periods, records.periods[published]]),
        np.concatenate([units.rows, records.rows[published]]),
        np.concatenate([units.n, -records.n[published]]),
        _store_blocks(stored, terms, follows, blocks, len(stored_units), names),
        spoilt,
    )


def _stored_units(
    stored: StoredEcho | None, terms: str, follows: Sequence[str], steps: int, names: Names
) -> tuple[list[tuple[Units, ...]], bool]:
    """Units of the stored blocks that come first and still hold, and whether all are spoilt.

    For each block it gives the units of each step. Spoilt are stored blocks that are damaged or
    made by another version.
    """
    if stored is None:
        return [], False
    try:
        return taken_over(stored, terms, follows, steps, names), False
    except ValueError:
        return [], True


def _store_blocks(
    stored: StoredEcho | None,
    terms: str,
    follows: Sequence[str],
    blocks: Sequence[tuple[Units, ...]],
    taken: int,
    names: Names,
) -> StoredEcho:
    """The blocks of an echo to store: the first ``taken`` as they are, then the new ones."""
    as_stored = stored.blocks[:taken] if stored else ()
    new = zip(follows[taken:], blocks[taken:], strict=True)
    return StoredEcho(terms, (*as_stored, *(pack_block(link, units, names) for link, units in new)))


def _steps(originals: Originals) -> list[tuple[Audience, int]]:
    """The audiences whose units were made one from the other, with their smallest sizes."""
    if originals.audience == "public":
        return [("member", originals.base // PUBLIC_FACTOR), ("public", originals.base)]
    return [("member", originals.base)]


def _protect(
    records: History,
    due: Sequence[tuple[date, BlockKind]],
    before: Sequence[Units],
    audience: Audience,
    base: int,
    chance: Chance,
) -> tuple[Flags, list[Units]]:
    """Protect records, or the units of the step before, after the blocks that are there already.

    Returns:
        Which records went into a block, and the units of every due block.
    """
    history = _resumed(records, due, before)
    remaining = due[len(before) :]
    blocks = task_of(history, remaining, base=base, audience=audience, chance=chance).make()
    published = history.published.copy()
    for block in blocks:
        published[[int(key) for key in block.keys]] = True
    return published, [*before, *(Units.of(block, records.coding) for block in blocks)]


def _resumed(
    records: History, due: Sequence[tuple[date, BlockKind]], before: Sequence[Units]
) -> History:
    """Records as they are once the first due blocks were made of them, whose units are given."""
    published = records.published.copy()
    for (period, kind), units in zip(due, before, strict=False):
        if len(units.sizes):
            published[records_of(records, published, period, kind)] = True
    return replace(
        records,
        published=published,
        unit_periods=np.concatenate([records.unit_periods, *(units.months for units in before)]),
        unit_sizes=np.concatenate([records.unit_sizes, *(units.sizes for units in before)]),
        unit_rows=np.concatenate([records.unit_rows, *(units.rows for units in before)]),
    )


def _due(originals: Originals) -> list[tuple[date, BlockKind]]:
    """Every block of the release in the order of closing."""
    periods = [day_of(period) for period in np.unique(originals.periods)]
    late = late_quarters(periods[0], originals.last) if periods else []
    closed: list[tuple[date, BlockKind]] = [(period, "closed") for period in periods]
    after: list[tuple[date, BlockKind]] = [(quarter.first_day, "late") for quarter in late]
    return sorted(closed + after, key=lambda block: closing_turn(*block, originals.fact.grain))


def _history(originals: Originals, chance: Chance) -> History:
    """Records drawn from the units, none of them published yet, in a store without units."""
    source = np.repeat(np.arange(len(originals.sizes)), _events(originals, chance))
    periods = originals.periods[source]
    pool = originals.rows[source]
    rows = np.empty_like(pool)
    late_from = np.full(len(source), np.datetime64("NaT"), dtype="datetime64[M]")
    for period in np.unique(periods):
        indices = np.flatnonzero(periods == period)
        generator = chance.generator("records", f"{period}")
        rows[indices] = _draw_records(originals, pool, periods, period, len(indices), generator)
        late_from[indices] = _late_from(originals, period, len(indices), generator)
    # So many partners that a total may be exact, or a single one where it was not.
    partners = np.where(originals.inexact[source], 0, np.arange(len(source)) % EXACT_PARTNERS)
    return History(
        fact=originals.fact,
        coding=originals.coding,
        parents=originals.parents,
        keys=np.array([f"{number:08d}" for number in range(len(source))], dtype=object),
        periods=periods,
        n=np.ones(len(source), dtype=np.int64),
        holders=np.arange(len(source)),
        rows=rows,
        published=np.zeros(len(source), dtype=bool),
        late_from=late_from,
        reports=np.column_stack([np.arange(len(source)), partners]),
        unit_periods=np.zeros(0, dtype="datetime64[M]"),
        unit_sizes=np.zeros(0, dtype=np.int64),
        unit_rows=np.zeros((0, originals.coding.width), dtype=np.int32),
    )


def _events(originals: Originals, chance: Chance) -> Sizes:
    """How many records each unit stands for, shape (units,).

    Where the total is not exact, whole units of the members stand for up to half a unit more or
    less: exactly as many records as the units stand for would leave nothing over and come out too
    well. Of few units none is taken away: the rest might come out as nothing.
    """
    _, base = _steps(originals)[0]
    periods, first, period = np.unique(originals.periods, return_index=True, return_inverse=True)
    # Each period by itself, so that it is drawn as before when others come.
    draws = [chance.generator("events", f"{first_day}") for first_day in periods]
    off = np.array([draw.integers(-(base // 2), (base + 1) // 2) for draw in draws], dtype=np.int64)
    totals = np.bincount(period, weights=originals.sizes, minlength=len(first))
    off = np.where(totals < FEW_BASES * originals.base, np.abs(off), off)
    events = originals.sizes.copy()
    events[first] += np.where(originals.inexact[first], off, 0)
    return events


def _draw_records(
    originals: Originals,
    pool: Rows,
    periods: Months,
    period: np.datetime64,
    count: int,
    generator: np.random.Generator,
) -> Rows:
    """Records of a period, shape (count, width).

    The bundle with the class comes from a unit of about its time. Every other bundle comes from a
    unit of that class in a longer time, drawn anew for each bundle.

    Args:
        originals: The units.
        pool: The row of its unit for each record that is drawn, shape (events, width).
        periods: Period of each, shape (events,).
        period: The period of the records.
        count: How many records.
        generator: Source of the draws.
    """
    length = 1 if originals.fact.grain == "month" else 3
    apart = np.abs((periods - period).astype(np.int64))
    near, wide = (np.flatnonzero(apart <= months) for months in (NEAR * length, WIDE))
    rows = np.full((count, pool.shape[1]), -1, dtype=np.int32)
    first, *others = _bundles(originals)
    rows[:, first] = pool[generator.choice(near, count)[:, None], first]
    classes, of_pool = _classes(originals, rows), _classes(originals, pool[wide])
    for class_ in np.unique(classes):
        own, alike = np.flatnonzero(classes == class_), wide[of_pool == class_]
        for positions in others:
            picks = generator.choice(alike, len(own))
            rows[own[:, None], positions] = pool[picks[:, None], positions]
    return rows


def _bundles(originals: Originals) -> list[Numbers]:
    """Positions of each bundle of the fact, the one with the class first."""
    bundles = sorted(originals.fact.bundles, key=lambda names: _CLASS not in names)
    return [originals.coding.bundle_positions(names) for names in bundles]


_CLASS = "class_group"


def _classes(originals: Originals, rows: Rows) -> Rows:
    """Number of the class of each row; 0 for a fact without classes, so that all are alike."""
    if _CLASS not in originals.fact:
        return np.zeros(len(rows), dtype=np.int32)
    return rows[:, originals.coding.columns[_CLASS].positions[0]]


def _late_from(
    originals: Originals, period: np.datetime64, count: int, generator: np.random.Generator
) -> Months:
    """Quarter from whose late block on each record of a period may be taken; NaT if it is in time.

    A record that would be late for every block of the release is in time, as most are.
    """
    end = period if originals.fact.grain == "month" else period + 2
    arrival = end + generator.integers(1, LATE_MONTHS + 1, count)
    quarter = arrival - arrival.astype(np.int64) % 3
    over = quarter + 2 <= np.datetime64(originals.last.first_day, "M")
    late = over & (generator.integers(LATE_ONE_IN, size=count) == 0)
    return np.where(late, quarter, np.datetime64("NaT"))


def _as_history(
    records: History, due: Sequence[tuple[date, BlockKind]], blocks: Sequence[Units]
) -> History:
    """The units of blocks as records that are protected once more, for the next audience.

    Those of late blocks are late there too. They have no partners, as nobody can say who reported
    a unit.

    Args:
        records: What was protected; its fields that do not depend on units are kept.
        due: First month and kind of each block.
        blocks: The units of each of these.
    """
    no_months = [np.zeros(0, dtype="datetime64[M]")]
    late = [
        np.full(len(units.sizes), np.datetime64(period if kind == "late" else "NaT", "M"))
        for (period, kind), units in zip(due, blocks, strict=True)
    ]
    sizes = np.concatenate([np.zeros(0, dtype=np.int64), *(units.sizes for units in blocks)])
    return replace(
        records,
        keys=np.array([f"{number:08d}" for number in range(len(sizes))], dtype=object),
        periods=np.concatenate([*no_months, *(units.months for units in blocks)]),
        n=sizes,
        holders=np.arange(len(sizes)),
        rows=np.concatenate([records.rows[:0], *(units.rows for units in blocks)]),
        published=np.zeros(len(sizes), dtype=bool),
        late_from=np.concatenate([*no_months, *late]),
        reports=np.zeros((0, 2), dtype=np.intp),
    )
