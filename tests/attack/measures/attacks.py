"""Attacks on the releases of one seed: a hundred people a month, as many others not in the data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from dashboard.model.facts import ENDINGS, FACTS, LEGS, PEOPLE, REQUESTS
from tests.attack.attackers import cell_method, cells, known_person, linear, nested
from tests.attack.events import Events, joined, read_release, with_area
from tests.attack.invented.aftermath import population
from tests.attack.invented.population import Population
from tests.attack.invented.published import (
    RECORDS,
    Publisher,
    added_later,
    publisher,
    quarterly_editions,
)
from tests.attack.invented.truth import for_public
from tests.attack.measures import bounds
from tests.attack.measures.errors import false_share
from tests.attack.measures.joint_facts import joint_facts

#: People a month of whom half are in the data.
PER_MONTH = 200
PAIRS = 3000
#: People a month of whom two stores are made twice, with all facts.
_FEWER = 50


@dataclass(frozen=True)
class Seen:
    """A release under attack and the truth behind it.

    Attributes:
        section: Part of the report that tells of it.
        base: Smallest size of its units.
        units: The units of the release.
        inside: The people in it, as they are.
        outside: People who are not in the data.
        months: Months it covers.
        seed: Seed of the attackers' draws.
    """

    section: str
    base: int
    units: Events
    inside: Events
    outside: Events
    months: int
    seed: int


def attacks(seed: int, years: int = 3) -> bounds.Figures:
    """Every attack on a members' release and on the public one made from it."""
    everybody = population(PER_MONTH, years, seed).only(PEOPLE.id, REQUESTS.id, ENDINGS.id, LEGS.id)
    told, others = everybody.halves(seed)
    with publisher(told) as store:
        editions = quarterly_editions(store)
        member = _seen(bounds.MEMBERS, store, editions[-1][1], others, seed)
        found = _shared(member) | _shared(
            _seen(bounds.PUBLIC, store, store.release("public"), others, seed)
        )
        found |= bounds.named(bounds.MEMBERS, _members(member))
        found |= bounds.named(bounds.MEMBERS, _joint(store, editions[-1][1], member))
        found |= bounds.named(bounds.MEMBERS, {_LATE: late_person(store, editions, others, seed)})
        found |= bounds.named(bounds.CONTROL, _rounded(member))
    return {name: value for name, value in found.items() if name in bounds.BOUNDS}


def attacks_at_ten(seed: int, years: int = 3) -> bounds.Figures:
    """Attacks on units of twice the base that are made of records."""
    told, others = population(PER_MONTH, years, seed).only(PEOPLE.id).halves(seed)
    with publisher(told, doubled=True) as store:
        store.close_all()
        return _shared(_seen(bounds.TEN, store, store.release(), others, seed))


def control(seed: int, years: int = 3) -> bounds.Figures:
    """The same attacks where nothing is protected."""
    told, others = population(PER_MONTH, years, seed).only(PEOPLE.id).halves(seed)
    with publisher(told, base=RECORDS) as store:
        editions = quarterly_editions(store)
        bare = _seen(bounds.MEMBERS, store, editions[-1][1], others, seed)
        late = late_person(store, editions, others, seed)
    found = {
        f"cells of {name}: calibrated attacker right": cells.attack(
            bare.inside, bare.units, view, bare.months, seed
        ).value
        for name, view in bounds.CELLS.items()
    }
    found[_MEMBER.format(grain="month")] = known_person.membership(
        bare.inside, bare.outside, bare.units, seed
    )
    read = known_person.attribute(bare.inside, bare.outside, bare.units, "class_group")
    found["class of a known person: precision"] = read.precision
    return bounds.named(bounds.CONTROL, found | {_LATE: late})


_LATE = "late person told from others, area under the curve"
_MEMBER = "member told from others by {grain}, area under the curve"
_SUMS = "columns whose parts do not sum to the total"
_NESTED = "answers and differences between 0 and the base, 3,000 nested filters"
_IDENTICAL = "rows that differ between two builds of the same input and secret"


def _seen(section: str, store: Publisher, path: Path, others: Population, seed: int) -> Seen:
    inside, outside = store.truth(), others.people.events
    units = read_release(path, inside)
    if section == bounds.PUBLIC:
        inside, outside = for_public(inside), for_public(outside)
    return Seen(
        section, PEOPLE.base * (1 if section == bounds.MEMBERS else 2), with_area(units),
        with_area(inside), outside, store.told.months, seed,
    )  # fmt: skip


def _shared(seen: Seen) -> bounds.Figures:
    """Attacks that every release must stand."""
    found: bounds.Figures = {}
    for name, view in (
        bounds.PUBLIC_CELLS if seen.section == bounds.PUBLIC else bounds.CELLS
    ).items():
        attack = cells.attack(seen.inside, seen.units, view, seen.months, seen.seed)
        found |= {
            f"cells of {name}: calibrated attacker right": attack.value,
            f"cells of {name}: 0 told from 1": attack.presence,
            f"cells of {name}: gain by differencing": attack.differencing,
            f"cells of {name}: gain by averaging": attack.averaging,
        }
    for name, column in bounds.TARGETS.items():
        read = known_person.attribute(seen.inside, seen.outside, seen.units, column)
        found[f"{name} of a known person: precision above others"] = read.above_others
        found[f"{name} of a known person: coverage"] = read.coverage
    for grain in ("month", "quarter"):
        found[_MEMBER.format(grain=grain)] = known_person.membership(
            seen.inside, seen.outside, seen.units, seen.seed, grain=grain
        )
    found[_SUMS] = nested.parts_that_do_not_sum(seen.units, seen.months)
    found[_NESTED] = nested.violations(seen.units, seen.base, PAIRS, seen.seed)
    return bounds.named(seen.section, found)


def _members(seen: Seen) -> bounds.Figures:
    """Further attacks on the members' release."""
    found: bounds.Figures = {}
    for name, view in bounds.CELLS.items():
        gain, on_presence = cells.forest_gain(seen.inside, seen.units, view, seen.months, seen.seed)
        found[f"cells of {name}: forest above one-way totals"] = gain
        found[f"cells of {name}: forest on 0 and 1 above one-way totals"] = on_presence
    agree = ("place", "sex", "age_band")
    return found | {
        "share of units that agree with nobody on month, place, sex, age": false_share(
            seen.inside, seen.units, agree
        ),
        "share of units that agree with nobody on these and class": false_share(
            seen.inside, seen.units, (*agree, "class_group")
        ),
        "cells pinned by linear programming": linear.pinned(
            seen.inside, seen.units, seen.base, seen.months
        ),
    }


def _joint(store: Publisher, path: Path, seen: Seen) -> bounds.Figures:
    """People, requests, endings and legs of the same people, put together."""
    more = [
        read_release(path, store.told.facts[name].events)
        for name in (REQUESTS.id, ENDINGS.id, LEGS.id)
    ]
    return joint_facts(seen.inside, seen.outside, [seen.units, *more], seen.seed)


def late_person(
    store: Publisher, editions: Sequence[tuple[Path, Path]], others: Population, seed: int
) -> float:
    """Tell late people from others by what each edition added to months closed before."""
    people, outside = store.told.people.events, others.people.events
    held = store.held()
    added = added_later(editions, people)
    lag = np.random.default_rng(seed).integers(1, 4, len(outside))
    return known_person.late_person(
        people.where(held.numbers[held.late]), held.periods[held.late] // 3, outside,
        (outside.months + lag) // 3, joined(added),
        np.repeat(np.arange(len(added)), [len(units) for units in added]), seed,
    )  # fmt: skip


def _rounded(seen: Seen) -> bounds.Figures:
    """The cell method on the same people, which this attack must find."""
    rounded = cell_method.rounded_cells(seen.inside, seen.base, seen.seed)
    read = known_person.attribute(seen.inside, seen.outside, rounded, "class_group")
    return {"rounded cells, class of a known person: precision above others": read.above_others}


def same_again(seed: int, years: int = 1) -> bounds.Figures:
    """Rows that differ between two stores of the same records, put in in another order."""
    invented = population(_FEWER, years, seed)
    kept = []
    for shuffled in (None, seed):
        with publisher(invented, shuffled=shuffled) as store:
            for month in range(2, invented.months, 3):
                store.close(month)
            kept.append([_content(store.release(audience)) for audience in ("member", "public")])
    return {
        f"{section}: {_IDENTICAL}": float(len(first ^ second))
        for section, first, second in zip((bounds.MEMBERS, bounds.PUBLIC), *kept, strict=True)
    }


def _content(path: Path) -> set[str]:
    """Every row of every table that tells of events, with its place in the table."""
    found: set[str] = set()
    with duckdb.connect(str(path), read_only=True) as connection:
        for table in (*(fact.id for fact in FACTS), "block_total"):
            rows = connection.execute(f"SELECT rowid, * FROM {table}").fetchall()  # noqa: S608
            found |= {f"{table} {row}" for row in rows}
    return found
