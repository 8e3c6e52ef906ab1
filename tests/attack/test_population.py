"""The invented register has the shape for which the bounds were set."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.model.facts import MEMBER_FACTS
from tests.attack.invented.aftermath import population
from tests.attack.invented.country import CAMPS, DISTRICTS, PLACES, UPAZILAS
from tests.attack.invented.population import Population


@pytest.fixture(scope="module")
def told() -> Population:
    return population(100, 3, seed=5)


def share(told: Population, column: str, code: str) -> float:
    events = told.people.events
    return float(np.mean(events.first(column) == events.domains[column].index(code)))


def test_every_fact_happens_and_to_the_same_people(told: Population) -> None:
    people = len(told.people.events)
    assert 3_300 <= people <= 4_500
    for fact in MEMBER_FACTS:
        part = told.facts[fact.id]
        assert len(part.events) > 0
        assert part.person.max() < people


def test_people_come_from_67_places(told: Population) -> None:
    counted = np.bincount(told.people.events.columns["place"], minlength=len(PLACES))
    assert len(CAMPS) + len(UPAZILAS) + len(DISTRICTS) == 67
    assert counted[67:].sum() == 0
    assert (counted[:67] > 0).sum() >= 60


def test_a_tenth_is_late_by_up_to_three_months(told: Population) -> None:
    late = told.people.arrival - told.people.events.months
    assert set(late.tolist()) == {0, 1, 2, 3}
    assert 0.08 <= float(np.mean(late > 0)) <= 0.12


@pytest.mark.parametrize(("column", "code", "about"), [
    ("population_group", "rohingya_refugee", 0.57), ("sex", "female", 0.51),
    ("mode", "sea", 0.19), ("class_group", "trafficking_labour", 0.40),
    ("exploitation", "forced_labour", 0.54), ("promise", "job", 0.60),
    ("recruitment_place", "home", 0.68), ("scope", "cross_border", 0.42),
])  # fmt: skip
def test_shares_are_those_of_the_study(
    told: Population, column: str, code: str, about: float
) -> None:
    assert share(told, column, code) == pytest.approx(about, abs=0.06)


def test_smuggling_is_never_internal(told: Population) -> None:
    people = told.people.events
    smuggled = people.columns["class_group"] == people.domains["class_group"].index("smuggling")
    internal = people.columns["scope"] == people.domains["scope"].index("internal")
    assert smuggled.any()
    assert not (smuggled & internal).any()


def test_half_of_the_people_are_in_the_data_with_all_that_is_theirs(told: Population) -> None:
    inside, outside = told.halves(3)
    assert 0.45 <= len(inside.people.events) / len(told.people.events) <= 0.55
    for fact in MEMBER_FACTS:
        both = inside.facts[fact.id], outside.facts[fact.id]
        assert sum(len(part.events) for part in both) == len(told.facts[fact.id].events)
        assert not set(both[0].person.tolist()) & set(both[1].person.tolist())


def test_a_seed_gives_the_same_people_again() -> None:
    first, second = (population(20, 1, seed=2).people for _ in range(2))
    other = population(20, 1, seed=3).people
    assert np.array_equal(first.events.columns["place"], second.events.columns["place"])
    assert len(first.events) != len(other.events)
