"""The worked example is what the procedure makes, and shows what the page says it shows."""

from __future__ import annotations

import json

import pytest

from dashboard.components.methods import methods
from dashboard.methods.example import ATTRIBUTES, BUNDLES, FILE, Unit, example, shared
from dashboard.model.fields import CLASS_GROUP
from tests.support import fragments
from tests.support.fragments import values
from tests.support.methods_example import BASE, INVENTED, made


def test_the_committed_example_is_what_protection_makes_of_the_people() -> None:
    assert json.loads(FILE.read_text(encoding="utf-8")) == made(), (
        "the procedure changed: run python -m tests.support.methods_example"
    )


def test_the_units_stand_for_everybody_in_groups_of_at_least_the_base() -> None:
    sizes = [unit.size for unit in example().units]
    assert sum(sizes) == len(example().people) == len(INVENTED) == 23
    assert len(sizes) == 23 // BASE
    assert set(sizes) <= {BASE, BASE + 1}


def test_no_unit_equals_a_person_and_every_bundle_is_somebodys() -> None:
    for unit in example().units:
        alike = [shared(unit.fitted, person) for person in example().people]
        assert max(map(len, alike)) < len(BUNDLES)
        assert {name for same in alike for name in same} == set(BUNDLES)


@pytest.mark.parametrize("at", range(len(ATTRIBUTES)))
def test_fitting_brings_the_totals_closer(at: int) -> None:
    def off(stage: str) -> list[int]:
        def codes(unit: Unit) -> tuple[str, ...]:
            return getattr(unit, stage)

        totals = example().totals(at, codes).values()
        assert sum(true for true, _ in totals) == sum(counted for _, counted in totals) == 23
        return [abs(true - counted) for true, counted in totals]

    assert max(off("fitted")) <= BASE
    assert sum(off("fitted")) <= sum(off("drawn"))


@pytest.mark.parametrize("lang", ["en", "bn-beng"])
def test_the_page_has_every_step_with_its_numbers(lang: str) -> None:
    assert values(methods(lang), "data-step") == ["people", "drawn", "units", "totals"]
    said = fragments.said(methods(lang))
    assert said.count("●") == 2 * 23
    assert CLASS_GROUP.label_in(lang) not in said  # it is called a class


@pytest.mark.parametrize(
    "said",
    [
        "not differential privacy", "Langsrud", "94–99 %", "boat", "end of the quarter",
        "At least three agencies".lower(), "23 people become 4 units", "off, by up to 7 people",
        "off by at most 3 here", "14 of them share two", "Their sizes are 6, 5, 6, 6",
    ],
)  # fmt: skip
def test_the_page_tells_what_an_officer_has_to_know(said: str) -> None:
    assert said in fragments.said(methods("en"))
