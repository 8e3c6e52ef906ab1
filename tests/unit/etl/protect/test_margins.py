"""Every total that people look at is held, and the registry says which others are."""

from __future__ import annotations

from itertools import combinations

import pytest

from dashboard.model.cuts import CUTS, Cut
from dashboard.model.facts import MEMBER_FACTS, PARENT_LEVELS, Fact, fact, parent_prefix
from dashboard.model.fields import Kind
from dashboard.model.filters import filter_of
from etl.protect.margins import (
    MARGINS,
    PAIR,
    PUBLIC_MARGINS,
    THREE_WAY,
    UNSEEN_PAIR,
    Margin,
)

IDS = [entry.id for entry in MEMBER_FACTS]


def held(fact_id: str) -> dict[frozenset[str], Margin]:
    return {frozenset(margin.attributes): margin for margin in MARGINS[fact_id]}


def attributes(view: Cut) -> frozenset[str]:
    """What a view is counted by: of the areas above a place the finest, which tells the others."""
    shown = fact(view.fact)
    found = set(view.dimensions)
    for place in shown.place_dimensions:
        levels = [level for level in PARENT_LEVELS if f"{parent_prefix(place)}{level}" in found]
        found -= {f"{parent_prefix(place)}{level}" for level in levels}
        if levels:
            found.add(f"{place}.{levels[0]}")
    return frozenset(found)


@pytest.mark.parametrize("view", CUTS, ids=lambda view: f"{view.fact} {view.id}")
def test_every_view_of_a_page_is_held(view: Cut) -> None:
    if view.dimensions:
        assert attributes(view) in held(view.fact)
        assert held(view.fact)[attributes(view)].weights.year >= PAIR.year


@pytest.mark.parametrize("fact_id", IDS)
def test_no_attributes_are_held_twice(fact_id: str) -> None:
    assert len(held(fact_id)) == len(MARGINS[fact_id])


@pytest.mark.parametrize("entry", MEMBER_FACTS, ids=IDS)
def test_each_attribute_is_held_alone(entry: Fact) -> None:
    alone = {next(iter(names)).split(".")[0] for names in held(entry.id) if len(names) == 1}
    assert alone == {field.name for field in entry.dimensions}


def in_pairs(entry: Fact, name: str) -> set[str]:
    """Names under which a dimension may stand in a pair."""
    if entry[name].kind is not Kind.PLACE:
        return {name}
    return {name, *(f"{name}.{level}" for level in PARENT_LEVELS)}


@pytest.mark.parametrize("entry", MEMBER_FACTS, ids=IDS)
def test_any_two_filters_of_a_fact_meet_in_a_margin(entry: Fact) -> None:
    filters = [field for field in entry.dimensions if filter_of(field)]
    for one, other in combinations(filters, 2):
        rolled_up = {one.name, other.name} & {"class"} and "class_group" in entry
        if not rolled_up and {one.name, other.name} != {"class", "class_group"}:
            pairs = [
                frozenset((a, b))
                for a in in_pairs(entry, one.name)
                for b in in_pairs(entry, other.name)
            ]
            assert any(pair in held(entry.id) for pair in pairs), (one.name, other.name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("promise", "recruiter_relation"),
        ("age_band", "destination.country"),
        ("rescuing_authority", "class_group"),
        ("exploitation", "age_band"),
        ("rescuing_authority", "exploitation"),
    ],
)
def test_pairs_that_no_page_shows_weigh_little(one: str, other: str) -> None:
    assert held("people")[frozenset((one, other))].weights == UNSEEN_PAIR


def test_a_class_stands_as_its_roll_up_in_pairs() -> None:
    for margins in MARGINS.values():
        for margin in margins:
            assert "class" not in margin.attributes or margin.attributes == ("class",)


def test_questions_of_three_are_held_where_a_fact_can_answer_them() -> None:
    def asked(fact_id: str) -> list[tuple[str, ...]]:
        return [m.attributes for m in MARGINS[fact_id] if m.weights == THREE_WAY]

    assert asked("people") == [
        ("sex", "class_group", "is_child"),
        ("place.upazila", "sex", "class_group"),
        ("place", "sex", "class_group"),
        ("place", "destination.country"),
        ("place.upazila", "sex", "age_band"),
    ]
    assert asked("incidents") == [("place", "destination.country")]
    for referrals in ("requests", "endings"):
        assert asked(referrals) == [
            ("sex", "class_group", "is_child"),
            ("place.district", "sex", "class_group"),
        ]
    assert asked("reclassifications") == []


def test_few_cost_only_in_pairs_of_attributes_of_one_value() -> None:
    costly = {entry.id: [m for m in MARGINS[entry.id] if m.weights.few] for entry in MEMBER_FACTS}
    of_facts = {fact_id: len(margins) for fact_id, margins in costly.items() if margins}
    assert of_facts == {"people": 2, "incidents": 2, "journeys": 3}
    for fact_id, margins in costly.items():
        names = {name.split(".")[0] for margin in margins for name in margin.attributes}
        assert not any(fact(fact_id)[name].kind.many for name in names)


@pytest.mark.parametrize("entry", MEMBER_FACTS, ids=IDS)
def test_the_public_has_the_same_margins(entry: Fact) -> None:
    public = [margin.attributes for margin in PUBLIC_MARGINS[entry.id]]
    assert public == [margin.attributes for margin in MARGINS[entry.id]]


@pytest.mark.parametrize("entry", MEMBER_FACTS, ids=IDS)
def test_for_the_public_a_year_of_an_attribute_alone_outweighs_what_is_shown_together(
    entry: Fact,
) -> None:
    alone = [m for m in PUBLIC_MARGINS[entry.id] if len(m.attributes) == 1]
    together = [m for m in PUBLIC_MARGINS[entry.id] if len(m.attributes) > 1]
    pairs = [m for m in together if m.attributes != ("sex", "age_band")]
    assert min(m.weights.year for m in alone) > max((m.weights.year for m in pairs), default=0)
