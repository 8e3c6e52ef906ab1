"""A release says how far its parts are from the records, and no finer than that."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from dashboard.model.cuts import CUTS
from dashboard.model.facts import FACTS
from dashboard.model.periods import Month
from etl.release.contents.accuracy import FEWEST
from etl.release.publication import Published
from etl.settings import Settings
from tests.unit.etl.protect import invented
from tests.unit.etl.release import registers

Store = tuple[Settings, Published, list[dict]]
HALF_A_UNIT = 2.5
STATED = "SELECT grain, expected_error FROM accuracy WHERE fact = 'people' AND view = ''"
PERIODS = {"month": 6, "quarter": 2, "year": 1, "all": 1}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    events = invented.people(40, 6, seed=6)
    settings = registers.make(tmp_path_factory.mktemp("accuracy"))
    registers.fill(settings, registers.register_rows(events))
    return settings, registers.publish_to(settings, Month(2023, 6)), events


def told(store: Store, view: str) -> dict[str, float]:
    question = "SELECT grain, expected_error FROM accuracy WHERE fact = 'people' AND view = ?"
    return dict(registers.read(store[1], question, view))


def name(grain: str, month: date) -> object:
    return {
        "month": month,
        "quarter": (month.year, (month.month - 1) // 3),
        "year": month.year,
        "all": 0,
    }[grain]


@pytest.mark.parametrize("names", [("sex",), ("class_group",), ("age_band", "sex")])
def test_an_error_is_the_mean_over_the_cells_of_its_view(
    store: Store, names: tuple[str, ...]
) -> None:
    shown = registers.read(store[1], f"SELECT month, {', '.join(names)}, size FROM people")  # noqa: S608
    for grain, error in told(store, ",".join(names)).items():
        cells: defaultdict[tuple, int] = defaultdict(int)
        for month, *codes, size in shown:
            cells[name(grain, month), *codes] += size
        for event in store[2]:
            cells[name(grain, event["month"]), *(event[each] for each in names)] -= 1
        kinds = {key[1:] for key in cells}
        numbers = len(kinds) * PERIODS[grain]
        mean = sum(abs(n) for n in cells.values()) / numbers
        assert error == round(mean * 2) / 2 or (numbers < FEWEST and error >= HALF_A_UNIT)


def test_a_set_counts_once_for_each_of_its_codes_as_units_fold_them(store: Store) -> None:
    settings, release, events = store
    folds = {
        (since, code): shown_as
        for code, shown_as, since in registers.ask(
            settings.units / "units.duckdb",
            """SELECT code, shown_as, from_period FROM fold
            WHERE fact = 'people' AND dimension = 'promise'""",
        )
    }
    decided = sorted({since for since, _ in folds})
    assert any(code != shown_as for (_, code), shown_as in folds.items())
    sums: defaultdict[tuple[date, str], int] = defaultdict(int)
    for month, codes, size in registers.read(release, "SELECT month, promise, size FROM people"):
        for code in codes or ():
            sums[month, code] += size
    for event in events:
        since = max(day for day in decided if day <= event["month"])
        for code in {folds[since, code] for code in event["promise"]}:
            sums[event["month"], code] -= 1
    numbers = PERIODS["month"] * len({code for _, code in sums})
    assert numbers >= FEWEST
    mean = sum(abs(n) for n in sums.values()) / numbers
    assert told(store, "promise")["month"] == round(mean * 2) / 2


def test_the_total_is_without_error_where_all_of_it_is_exact(store: Store) -> None:
    assert set(told(store, "").values()) == {0.0}


def test_the_error_of_few_numbers_is_that_of_others_and_at_least_half_a_unit(store: Store) -> None:
    """Of the two or three sexes over all time, a mean would tell each."""
    many = [told(store, view.id)["all"] for view in CUTS if view.fact == "people"]
    assert told(store, "sex")["all"] == told(store, "class_group")["all"] >= HALF_A_UNIT
    assert told(store, "sex")["all"] in {HALF_A_UNIT, max(many)}


def test_a_total_that_one_partner_reported_cannot_be_read_from_its_error(tmp_path: Path) -> None:
    rows = registers.register_rows(invented.people(33, 3, seed=2), referrals=0)
    for incident in rows["incident"]:
        incident["partner"] = "partner-a"
    hidden = []
    for name in ("as they are", "one fewer"):
        settings = registers.make(tmp_path / name, secret=b"s" * 32)
        registers.fill(settings, rows)
        release = registers.publish_to(settings, Month(2023, 3))
        shown = registers.read(release, "SELECT sum(size) FROM people")[0][0]
        hidden.append(len(rows["person"]) - shown)
        assert all(error >= HALF_A_UNIT for _, error in registers.read(release, STATED))
        rows = {table: entries[1:] for table, entries in rows.items()}
    assert min(hidden) < HALF_A_UNIT


def test_every_view_has_an_error_at_every_grain_of_its_fact(store: Store) -> None:
    found = set(registers.read(store[1], "SELECT fact, view, grain FROM accuracy"))
    grains = {"month": ("month", "quarter", "year", "all"), "quarter": ("quarter", "year", "all")}
    expected = {
        (fact.id, view.id, grain)
        for fact, view in product(FACTS, CUTS)
        if view.fact == fact.id
        for grain in grains[fact.grain]
    }
    assert found == expected


def test_records_have_no_errors(tmp_path: Path) -> None:
    settings = registers.make(tmp_path)
    registers.fill(settings, registers.register_rows(invented.people(20, 1, seed=1), referrals=0))
    release = registers.publish_to(settings, Month(2023, 1), base=1)
    assert registers.read(release, "SELECT count(*) FROM accuracy") == [(0,)]


def test_a_correction_shows_in_the_errors_of_the_next_release(tmp_path: Path) -> None:
    settings = registers.make(tmp_path)
    registers.fill(settings, registers.register_rows(invented.people(40, 3, seed=6), referrals=0))
    question = """SELECT expected_error FROM accuracy
        WHERE fact = 'people' AND view = 'age_band,sex' AND grain = 'month'"""
    first = registers.read(registers.publish_to(settings, Month(2023, 2)), question)
    with registers.open_register(settings, write=True) as connection:
        connection.execute(
            "UPDATE person SET sex = 'unknown' WHERE incident_id IN ("
            "SELECT incident_id FROM incident WHERE incident_month <= DATE '2023-02-01')"
        )
    second = registers.read(registers.publish_to(settings, Month(2023, 3)), question)
    assert second[0][0] > first[0][0] + 2
