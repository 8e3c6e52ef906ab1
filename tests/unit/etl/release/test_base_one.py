"""Published figures come out exactly where units are the records themselves.

The figures are those of ``shared/cases``: the working group's sheet of November 2020, and the
table that IOM published for Cox's Bazar to September 2018.
"""

from __future__ import annotations

from datetime import date
from itertools import chain, repeat
from pathlib import Path

import pytest

from dashboard.model import codes
from dashboard.model.periods import Month
from etl.release.publication import Published
from etl.settings import OperatorError
from tests.unit.etl.release import registers

NOVEMBER = date(2020, 11, 1)
SEPTEMBER = date(2018, 9, 1)

#: Age by sex of the sheet, in its own order; which sex comes first is not known.
SHEET = ((5, 7, 0, 2, 4, 8), (5, 6, 0, 1, 3, 8))
SHEET_RECRUITMENT = ((23, 1, 2), (20, 3, 0))
FORMS = ("forced_labour", "sexual_exploitation", None)
IOM = {
    ("female", "yes"): (31, 4, 0),
    ("female", "no"): (26, 5, 0),
    ("male", "yes"): (4, 0, 4),
    ("male", "no"): (25, 0, 0),
}


def sheet_people() -> list[dict]:
    """49 people of the sheet; 47 of them travelled by land."""
    people: list[dict] = []
    for sex, ages, places in zip(("female", "male"), SHEET, SHEET_RECRUITMENT, strict=True):
        recruited = chain.from_iterable(
            repeat(place, n)
            for place, n in zip(codes.RECRUITMENT_PLACE.values[:3], places, strict=True)
        )
        for age, n in zip(codes.AGE_BAND.values[:6], ages, strict=True):
            people += [
                {"sex": sex, "age_band": age, "recruitment_place": next(recruited)}
                for _ in range(n)
            ]
    return [{**one, "mode": "land" if n < 47 else "sea"} for n, one in enumerate(people)]


def iom_people() -> list[dict]:
    """The table of 2018, one row for each known group of people."""
    return [
        {"sex": sex, "is_child": child, "n": n, "exploitation": [form] if form else None,
         "exploitation_stage": "exploited" if form else "none_yet"}
        for (sex, child), row in IOM.items()
        for form, n in zip(FORMS, row, strict=True)
        if n
    ]  # fmt: skip


def publish_people(folder: Path, people: list[dict], month: date) -> Published:
    settings = registers.make(folder)
    rows: dict[str, list[dict]] = {"incident": [], "person": [], "movement": []}
    for number, one in enumerate(people):
        key = str(number)
        rows["incident"].append(
            {"incident_id": key, "partner": "a", "report_month": month, "incident_month": month}
        )
        rows["person"].append(
            {"person_id": key, "incident_id": key, "n": 1, "class": "undetermined", **one}
        )
        leg = {"incident_id": key, "leg_no": 1, "month": month, "mode": one.get("mode")}
        rows["movement"].append(leg)
    registers.fill(settings, rows, kind="published")
    return registers.publish_to(settings, Month.of(month), base=1)


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Published:
    return publish_people(tmp_path_factory.mktemp("sheet"), sheet_people(), NOVEMBER)


@pytest.fixture(scope="module")
def iom(tmp_path_factory: pytest.TempPathFactory) -> Published:
    return publish_people(tmp_path_factory.mktemp("iom"), iom_people(), SEPTEMBER)


def test_the_sheet_shows_49_people_as_26_and_23(sheet: Published) -> None:
    found = registers.read(sheet, "SELECT sex, sum(size) FROM people GROUP BY sex")
    assert sorted(n for _, n in found) == [23, 26]


def test_the_sheet_shows_its_twelve_cells_of_age_and_sex(sheet: Published) -> None:
    found = registers.read(sheet, "SELECT sex, age_band, sum(size) FROM people GROUP BY ALL")
    shown = {(sex, age): n for sex, age, n in found}
    for sex, row in zip(("female", "male"), SHEET, strict=True):
        cells = [shown.get((sex, age), 0) for age in codes.AGE_BAND.values[:6]]
        assert cells == list(row)


def test_the_sheet_shows_place_of_recruitment_by_sex(sheet: Published) -> None:
    found = registers.read(
        sheet, "SELECT sex, sum(size) FROM people GROUP BY sex, recruitment_place"
    )
    assert sorted(found) == [
        ("female", 1), ("female", 2), ("female", 23), ("male", 3), ("male", 20)
    ]  # fmt: skip


def test_the_sheet_shows_47_by_land(sheet: Published) -> None:
    found = registers.read(sheet, "SELECT sum(size) FROM people WHERE mode = 'land'")
    assert found == [(47,)]


def test_the_table_of_2018_is_exact_in_every_cell(iom: Published) -> None:
    found = registers.read(
        iom, "SELECT sex, is_child, exploitation[1], sum(size) FROM people GROUP BY ALL"
    )
    shown = {(sex, child, form): n for sex, child, form, n in found}
    for (sex, child), row in IOM.items():
        assert [shown.get((sex, child, form), 0) for form in FORMS] == list(row)


def test_the_table_of_2018_closes_in_both_directions(iom: Published) -> None:
    groups = "SELECT sum(size) AS n FROM people GROUP BY sex, is_child ORDER BY n"
    forms = "SELECT sum(size) AS n FROM people GROUP BY exploitation ORDER BY n"
    assert [n for (n,) in registers.read(iom, groups)] == [8, 25, 31, 35]
    assert [n for (n,) in registers.read(iom, forms)] == [4, 9, 86]
    assert registers.read(iom, "SELECT sum(size) FROM people") == [(99,)]


def test_the_edition_says_that_it_is_published_and_names_the_origin(iom: Published) -> None:
    assert registers.read(iom, "SELECT kind, source_note FROM edition") == [
        ("published", "An attribution")
    ]
    assert set(registers.read(iom, "SELECT base FROM protection")) == {(1,)}


def test_a_store_of_base_one_refuses_base_five(tmp_path: Path) -> None:
    release = publish_people(tmp_path, sheet_people(), NOVEMBER)
    settings = registers.settings_of(tmp_path)
    assert release.base == 1
    with pytest.raises(OperatorError, match="base 1"):
        registers.publish_to(settings, Month(2020, 12), base=5)
