"""The carry knows what the units show too much, at every grain, give or take a dither."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from dashboard.model.facts import LEGS, PEOPLE
from etl.protect.carry import Carry
from etl.protect.chance import Chance
from etl.protect.coding import Coding
from etl.protect.layout import Floats, Layout
from etl.protect.margins import MARGINS, Margin, Weights
from tests.unit.etl.protect import coded, invented

SECRET = Chance(b"a secret of a test, 32 bytes long")
PUBLIC = Chance(SECRET.digest("public"))
#: A month, one of the same quarter, one of the same year, and one of another.
MONTHS = (date(2023, 1, 1), date(2023, 3, 1), date(2023, 5, 1), date(2024, 5, 1))
GRAINS = ("month", "quarter", "year", "all")


def layout_of(grain: str) -> Layout:
    """Sex alone, which weighs 1 at one grain; at all time it is half of the year."""
    names = {"month": Weights(1, 0, 0), "quarter": Weights(0, 1, 0), "year": Weights(0, 0, 1)}
    weights = names.get(grain, Weights(0, 0, 2))
    return Layout(coded.coding(coded.people(20)), [Margin(("sex",), weights)])


def errors(carry: Carry, layout: Layout, month: date, grain: str) -> Floats:
    """Errors of the cells of sex at a grain."""
    cells = layout.cells_of_margin("sex")
    return carry.pull(month)[cells] / layout.weights[grain][cells]


@pytest.mark.parametrize(("grain", "reached"), [("month", 1), ("quarter", 2), ("year", 3)])
def test_an_error_is_felt_in_the_periods_that_hold_it(grain: str, reached: int) -> None:
    layout = layout_of(grain)
    carry = Carry(layout, MONTHS, base=5, chance=SECRET)
    before = [carry.pull(month) for month in MONTHS]
    carry.add_units(MONTHS[0], np.full(layout.cells, 7.0))
    carry.add_records(MONTHS[0], np.full(layout.cells, 3.0))
    felt = [
        ((carry.pull(m) - b) / layout.total_weight.max()).max()
        for m, b in zip(MONTHS, before, strict=True)
    ]
    shares = {"month": 1.0, "quarter": 1.0, "year": 2 / 3}
    all_time = 4 * (1 - shares[grain])
    assert felt[:reached] == pytest.approx([4] * reached)
    assert felt[reached:] == pytest.approx([all_time] * (4 - reached))


def test_what_is_shown_as_it_is_true_leaves_the_dither() -> None:
    layout = layout_of("month")
    rows = coded.rows(layout.coding, coded.people(20))
    counts = layout.counts(rows, np.ones(len(rows)))
    carry = Carry(layout, MONTHS, base=5, chance=SECRET)
    dither = errors(carry, layout, MONTHS[0], "month")
    carry.add_records(MONTHS[0], counts)
    assert errors(carry, layout, MONTHS[0], "month").tolist() != dither.tolist()
    carry.add_units(MONTHS[0], counts)
    assert errors(carry, layout, MONTHS[0], "month").tolist() == dither.tolist()


@pytest.mark.parametrize("base", [5, 10, 20])
def test_the_dither_is_never_zero_and_within_half_a_base(base: int) -> None:
    layout = coded.layout(coded.coding(coded.people(60)))
    alive = layout.weights["month"] > 0
    weights = layout.total_weight[alive]
    pulled = Carry(layout, MONTHS, base=base, chance=SECRET).pull(MONTHS[0])[alive] / weights
    assert pulled.all()
    assert abs(pulled).max() < base / 2
    assert abs(pulled).max() > base / 4


@pytest.mark.parametrize("grain", GRAINS)
def test_the_dither_differs_by_secret_audience_and_grain(grain: str) -> None:
    layout = coded.layout(coded.coding(coded.people(60)))
    cells = layout.cells_of_margin("place.upazila", "class_group").ravel()

    def noise(chance: Chance, month: date) -> list[float]:
        return Carry(layout, MONTHS, base=5, chance=chance).pull(month)[cells].tolist()

    assert noise(SECRET, MONTHS[0]) == noise(SECRET, MONTHS[0])
    assert noise(SECRET, MONTHS[0]) != noise(PUBLIC, MONTHS[0])
    for month in MONTHS[1:]:
        assert noise(SECRET, MONTHS[0]) != noise(SECRET, month)


def test_the_dither_of_a_cell_stays_when_a_list_of_codes_grows() -> None:
    people = coded.people(40)
    found = []
    for more in ((), ("BD26", "CXB-032", "AA00")):
        coding = coded.coding(people, more)
        layout = coded.layout(coding)
        pulled = Carry(layout, MONTHS, base=5, chance=SECRET).pull(MONTHS[0])
        place, sex = coding.columns["place"], coding.columns["sex"]
        table = pulled[layout.cells_of_margin("place", "sex")]
        found.append(
            {
                (person["place"], person["sex"]): table[
                    place.index[person["place"]], sex.index[person["sex"]]
                ]
                for person in people
            }
        )
    assert found[0] == found[1]


def test_a_fact_of_quarters_has_no_months() -> None:
    places = set(invented.DISTRICTS)
    coding = Coding(LEGS, {"from_place": places, "to_place": places}, invented.parents(), MONTHS)
    layout = Layout(coding, MARGINS[LEGS.id])
    assert tuple(layout.weights) == GRAINS[1:]
    carry = Carry(layout, MONTHS[:2], base=10, chance=SECRET)
    assert carry.pull(MONTHS[0]).tolist() == carry.pull(MONTHS[1]).tolist()
    assert tuple(coded.layout(coded.coding(coded.people(9))).weights) == GRAINS
    assert PEOPLE.grain == "month"
