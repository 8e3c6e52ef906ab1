"""Invented registers, each protected by the product, and what each of its monthly editions shows.

A register has four years of incidents in the invented country, and the people of them where people
are asked for. Facts are protected in memory: a month closes with what was reported in it, what came
late goes into the late block of the quarter in which it came. Units are kept for good, so one walk
through all blocks tells every edition. Who comes when stands in ``invented``; what is told from it
in ``measures``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from dashboard.model.codes import CORRIDOR
from dashboard.model.facts import INCIDENTS, PEOPLE, Fact
from etl.protect.block import Block, closing_turn
from etl.protect.chance import Chance
from etl.protect.coding import Coding, Parents, Value, with_areas_above
from etl.protect.echoes import Originals, Repeat
from etl.protect.history import History
from etl.protect.task import task_of
from etl.release.contents.partner_share import Reports
from tests.attack.events import FIRST, Events, Floats, Ints
from tests.attack.invented.country import PLACES, UPAZILAS, areas, geography
from tests.attack.invented.in_memory import due, history_of
from tests.bench.judge.invented import MONTHS, PEOPLED, Drawn, donors, drawn
from tests.bench.judge.plan import Kind

REPLICATES = 2
_START = np.datetime64(FIRST.first_day, "M")


@dataclass(frozen=True)
class Counts:
    """Events by where they stand, all of shape (rows,).

    Attributes:
        place: Number of the place, -1 for none.
        corridor: Number of the corridor, -1 for none.
        month: Their month.
        edition: Last month of the first edition that shows them.
        size: How many.
    """

    place: Ints
    corridor: Ints
    month: Ints
    edition: Ints
    size: Floats

    def table(self, by: Ints, rows: int, edition: int = MONTHS) -> Floats:
        """What an edition shows by row and month, shape (rows, months up to it)."""
        told = (self.edition <= edition) & (by >= 0) & (by < rows)
        months = min(edition + 1, MONTHS)
        found = np.zeros((rows, months))
        np.add.at(found, (by[told], self.month[told]), self.size[told])
        return found


@dataclass(frozen=True)
class Echo:
    """What an echo shows by place and month, and by how much too much."""

    shown: Floats
    error: Floats


@dataclass(frozen=True)
class Register:
    """A protected register.

    Attributes:
        kind: Its kind.
        drawn: Its incidents, of which the rates are known.
        shown: Units of incidents.
        people: Units of people; None where they are not asked for.
        truth: The incidents that went into blocks.
        echoes: Echoes of the incidents.
    """

    kind: Kind
    drawn: Drawn
    shown: Counts
    people: Counts | None
    truth: Counts
    echoes: Sequence[Echo]

    @cached_property
    def by_partner(self) -> Reports:
        """Who reported, as a store reads it: one partner each."""
        drawn = self.drawn
        told = np.zeros((int(drawn.partner.max()) + 1, MONTHS))
        size = drawn.size if self.people is not None else np.ones(len(drawn.size))
        np.add.at(told, (drawn.partner, drawn.month), size)
        return Reports(FIRST, told.astype(np.int64), told)


def register(kind: Kind, seed: int, *, echoed: bool = False) -> Register:
    """The register of a kind and a seed."""
    name = hashlib.sha256(f"{kind.name} {seed}".encode()).digest()
    told = drawn(kind, np.random.default_rng([seed, *name[:8]]))
    history = _history(INCIDENTS, donors().incidents, told.donor, told.place, told,
                       np.arange(len(told.place)))  # fmt: skip
    blocks = _closed(history, name)
    people = None
    if kind.unit == "people":
        who = np.repeat(np.arange(len(told.size)), told.size)
        order = np.random.default_rng(seed).permutation(len(who))
        each = _history(PEOPLE, donors().people, told.person[order], told.elsewhere[order], told,
                        who[order])  # fmt: skip
        people = _units(each.coding, _closed(each, name))
    taken = np.array([int(key) for block in blocks for key in block.keys], dtype=np.int64)
    corridor = donors().incidents.columns["corridor"][told.donor[taken]]
    truth = Counts(told.place[taken], corridor, told.month[taken], told.month[taken],
                   np.ones(len(taken)))  # fmt: skip
    echoes = _echoes(history, blocks) if echoed else ()
    return Register(kind, told, _units(history.coding, blocks), people, truth, echoes)


def in_upazilas(table: Floats) -> Floats:
    """Sums by upazila of the first axis of a table by place, places below them included."""
    within = [
        [i for i, code in enumerate(PLACES[:PEOPLED]) if areas(code).get("upazila") == upazila]
        for upazila in UPAZILAS
    ]
    return np.stack([table[..., own, :].sum(axis=-2) for own in within], axis=-2)


def _history(
    fact: Fact, given: Events, donor: Ints, place: Ints, told: Drawn, incident: Ints
) -> History:
    """Records with attributes that whole other ones have."""
    count = len(donor)
    records: dict[str, Sequence[Value]] = {
        field.name: _decoded(given.columns[field.name][donor], given.domains[field.name])
        for field in fact.dimensions
    }
    records["place"] = [PLACES[number] for number in place.tolist()]
    months = [FIRST.plus(step).first_day for step in range(MONTHS)]
    values = {
        field.name: {str(value) for value in records[field.name] if value}
        for field in fact.dimensions
        if field.codes is None
    }
    parents = Parents(geography().areas)
    coding = Coding(fact, with_areas_above(values, fact, parents, months), parents, months)
    return history_of(
        coding, coding.encode(records, count), told.month[incident], told.arrival[incident],
        incident, told.partner[incident],
    )  # fmt: skip


def _decoded(numbers: Ints, domain: Sequence[str]) -> list[Value]:
    if numbers.ndim == 2:
        return [[domain[n] for n in row if n >= 0] for row in numbers.tolist()]
    return [domain[n] if n >= 0 else None for n in numbers.tolist()]


def _closed(history: History, name: bytes) -> Sequence[Block]:
    fact = history.fact
    secret = Chance(hashlib.sha256(name + fact.id.encode()).digest())
    return task_of(
        history, due(MONTHS, fact), base=fact.base, audience="member", chance=secret
    ).make()


def _units(coding: Coding, blocks: Sequence[Block]) -> Counts:
    made = [block for block in blocks if len(block.sizes)]
    rows = np.concatenate([block.rows for block in made])
    editions = [
        closing_turn(block.period, block.kind, coding.fact.grain)[0].minus(FIRST) for block in made
    ]
    return Counts(
        _codes(coding, rows, "place", PLACES),
        _codes(coding, rows, "corridor", CORRIDOR.values),
        _numbers(np.concatenate([block.months for block in made])),
        np.repeat(editions, [len(block.sizes) for block in made]),
        np.concatenate([block.sizes for block in made]).astype(float),
    )


def _codes(coding: Coding, rows: Ints, name: str, listed: Sequence[str]) -> Ints:
    """Numbers of the values of a column in a list, -1 where nothing is recorded."""
    column = coding.columns[name]
    known = np.array([*(listed.index(code) for code in column.values), -1])
    return known[rows[:, column.positions[0]]]


def _numbers(months: Ints) -> Ints:
    return (months.astype("datetime64[M]") - _START).astype(np.int64)


def _echoes(history: History, blocks: Sequence[Block]) -> list[Echo]:
    """What each echo of a register shows."""
    units = [block for block in blocks if len(block.sizes)]
    shown = Originals(
        fact=INCIDENTS, coding=history.coding, parents=history.parents, base=INCIDENTS.base,
        audience="member", last=FIRST.plus(MONTHS - 1),
        periods=np.concatenate([block.months for block in units]),
        sizes=np.concatenate([block.sizes for block in units]),
        rows=np.concatenate([block.rows for block in units]),
        inexact=np.zeros(sum(len(block.sizes) for block in units), dtype=bool),
    )  # fmt: skip
    found: list[Echo] = []
    for replicate in range(1, REPLICATES + 1):
        echo = Repeat(shown, replicate).make()
        sizes, month = echo.sizes.astype(float), _numbers(echo.periods)
        place = _codes(history.coding, echo.rows, "place", PLACES)
        tables = (
            Counts(place, place, month, month, each).table(place, PEOPLED)
            for each in (np.maximum(sizes, 0), sizes)
        )
        found.append(Echo(*tables))
    return found
