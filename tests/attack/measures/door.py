"""Attacks on the running dashboard: its own routes, over many editions of one store."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from dashboard.application import create_app
from dashboard.model.facts import FACTS
from dashboard.model.periods import Span
from dashboard.settings import Settings
from tests.attack.attackers import known_person
from tests.attack.attackers.door import (
    EXHIBITS,
    Door,
    Question,
    left,
    random_pair,
    too_small,
    until,
)
from tests.attack.events import FIRST, Events
from tests.attack.invented.aftermath import population
from tests.attack.invented.country import CAMPS, DISTRICTS, UPAZILAS
from tests.attack.invented.published import Publisher, publisher, quarterly_editions
from tests.attack.measures.attacks import PER_MONTH
from tests.attack.measures.bounds import DOOR, Figures, named
from tests.support.application import client_of

#: Files of a quarter before and after its late records.
Edition = tuple[Path, Path]

PAIRS = 3000
AVERAGED = 300
_ASKED_PLACES = (*CAMPS[:12], *UPAZILAS, *DISTRICTS[:8])
_BASES = {fact.id: fact.base for fact in FACTS}


def door(seed: int, years: int = 3, pairs: int = PAIRS, people: int = 200) -> Figures:
    """Every attack at the door of one store, with two editions of every quarter.

    Args:
        seed: Seed of the register and of the attackers.
        years: Years that the register covers.
        pairs: Pairs of filters that are drawn.
        people: Most late people, and most others, who are looked for.
    """
    told, others = population(PER_MONTH, years, seed).halves(seed)
    with publisher(told) as store, tempfile.TemporaryDirectory() as state:
        editions = quarterly_editions(store)
        app = create_app(Settings(releases=store.releases, state=Path(state)))
        reader = Door(client_of(app))
        span = Span(FIRST, FIRST.plus(told.months - 1))
        found = {
            "numbers and differences between 0 and the base, 3,000 filter pairs": _pairs(
                reader, span, pairs, seed
            ),
            "people told by averaging over 300 pairs beyond the plain answer": _averaging(
                reader, span, seed
            ),
            "late person told from others by two editions, area under the curve": _late(
                reader, store, editions, others.people.events, people, seed
            ),
            "numbers added to closed months that lie below the base": _editions(reader, editions),
            "facts whose numbers were asked for": len(reader.facts),
        }
    return named(DOOR, found)


def _pairs(reader: Door, span: Span, pairs: int, seed: int) -> int:
    """Numbers and differences of nested filters that lie between 0 and the base."""
    random = np.random.default_rng(seed)
    broken = 0
    for number in range(pairs):
        exhibit = EXHIBITS[number % len(EXHIBITS)]
        wide, narrow = (
            reader.numbers(exhibit, question)
            for question in random_pair(_ASKED_PLACES, span, random)
        )
        for found in (wide, narrow, left(wide, narrow)):
            broken += len(too_small(found, _BASES))
    return broken


def _averaging(reader: Door, span: Span, seed: int) -> float:
    """How far the mean of many differences lies from the plain answer, the most of some camps."""
    random = np.random.default_rng(seed)
    beyond = []
    for camp in random.choice(CAMPS, 3, replace=False).tolist():
        period = until(span.start, span.start.plus(11))
        plain = reader.total("people", {"period": period, "area": (camp,)})
        others = [place for place in CAMPS if place != camp]
        differences = []
        for _ in range(AVERAGED // 3):
            group = random.choice(others, random.integers(2, 20), replace=False).tolist()
            without = reader.total("people", {"period": period, "area": tuple(group)})
            with_it = reader.total("people", {"period": period, "area": (*group, camp)})
            differences.append(with_it - without)
        beyond.append(abs(float(np.mean(differences)) - plain))
    return max(beyond)


def _editions(reader: Door, editions: Sequence[Edition]) -> int:
    """What late records added to months that were closed before: nothing small, nothing less."""
    broken = 0
    for quarter, pair in enumerate(editions):
        for exhibit in EXHIBITS:
            before, after = (
                reader.numbers(exhibit, {"period": _before(quarter), "edition": (path.stem,)})
                for path in pair
            )
            broken += len(too_small(left(after, before), _BASES))
    return broken


def _before(quarter: int) -> tuple[str, ...]:
    """The months that were closed before the last one of a quarter."""
    return until(FIRST, FIRST.plus(3 * quarter + 1))


def _late(
    reader: Door, store: Publisher, editions: Sequence[Edition], others: Events, people: int,
    seed: int,
) -> float:  # fmt: skip
    """Tell late people from others by what two editions say of the months before."""
    random = np.random.default_rng(seed)
    held = store.held()
    chosen = random.permutation(np.flatnonzero(held.late))[:people]
    late = store.told.people.events.where(held.numbers[chosen])
    rest = others.where(random.permutation(len(others))[:people])
    lag = random.integers(1, 4, len(rest))
    features, member = [], []
    for part, quarters, is_late in (
        (late, held.periods[chosen] // 3, 1.0),
        (rest, (rest.months + lag) // 3, 0.0),
    ):
        for number in np.flatnonzero(quarters < len(editions)).tolist():
            quarter = int(quarters[number])
            features.append(_growth(reader, part, number, quarter, editions[quarter]))
            member.append(is_late)
    return known_person.best_auc(np.array(features), np.array(member), random)


def _growth(reader: Door, people: Events, number: int, quarter: int, pair: Edition) -> list[float]:
    """How much two editions differ in ever wider groups around a person."""
    found = []
    for group in _groups(people, number):
        asked = {**group, "period": _before(quarter)}
        before, after = (
            reader.total("people", {**asked, "edition": (path.stem,)}) for path in pair
        )
        found.append(float(after - before))
    return found


def _groups(people: Events, number: int) -> list[Question]:
    """Filters that a person falls under, the narrowest first."""

    def code(name: str) -> tuple[str, ...]:
        value = int(people.first(name)[number])
        return () if value < 0 else (people.domains[name][value],)

    place, who = {"area": code("place")}, {"sex": code("sex"), "age": code("age_band")}
    crime = {"class": code("class_group"), "mode": code("mode"), "corridor": code("corridor")}
    return [{**place, **who, **crime}, {**place, **who}, {**who, **crime}, place]
