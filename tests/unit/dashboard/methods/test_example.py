"""The worked example is what the procedure makes, and shows what the page says it shows."""

from __future__ import annotations

import json

import pytest

from dashboard.components.methods import methods
from dashboard.methods.example import ATTRIBUTES, BUNDLES, FILE, example
from tests.support.methods_example import BASE, INVENTED, made
from tests.unit.dashboard.components.test_filter_status import props, texts


def test_the_committed_example_is_what_protection_makes_of_the_people() -> None:
    assert json.loads(FILE.read_text(encoding="utf-8")) == made(), (
        "the procedure changed: run python -m tests.support.methods_example"
    )


def test_the_units_stand_for_everybody_in_groups_of_at_least_the_base() -> None:
    sizes = [unit.size for unit in example().units]
    assert sum(sizes) == len(example().people) == len(INVENTED) == 23
    assert len(sizes) == 23 // BASE
    assert set(sizes) <= {BASE, BASE + 1}


def test_no_unit_equals_a_person() -> None:
    people = {person.values for person in example().people}
    assert all(unit.fitted.values not in people for unit in example().units)


def test_every_bundle_of_a_unit_is_that_of_a_person_of_the_month() -> None:
    for name in BUNDLES:
        known = {person.bundle(name) for person in example().people}
        for unit in example().units:
            assert {unit.drawn.bundle(name), unit.fitted.bundle(name)} <= known


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_fitting_brings_the_totals_closer(attribute: str) -> None:
    shown = example()
    compared = shown.compared(attribute)
    assert sum(entry.true for entry in compared) == sum(entry.shown for entry in compared) == 23
    assert max(abs(entry.true - entry.shown) for entry in compared) <= BASE
    first = sum(abs(e.true - shown.drawn_total(attribute, e.code)) for e in compared)
    assert sum(abs(e.true - e.shown) for e in compared) <= first


def test_the_page_has_every_step_and_a_result_for_every_unit() -> None:
    page = methods("en")
    assert props(page, "data-step-to") == ["people", "drawn", "units", "totals"]
    assert props(page, "data-step-of") == ["people", "drawn", "units", "totals"]
    assert props(page, "data-unit") == props(page, "data-unit-result") == ["1", "2", "3", "4"]
    assert len(props(page, "data-person")) == 23


@pytest.mark.parametrize(
    "said",
    [
        "not differential privacy", "Langsrud", "94–99 %", "boat", "end of the quarter",
        "At least three agencies".lower(), "23 people become 4 units",
    ],
)  # fmt: skip
def test_the_page_tells_what_an_officer_has_to_know(said: str) -> None:
    assert said in texts(methods("en"))
