"""The report is well-formed, and says what is missed and what rests on too little."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.bench.hotspots.judging import error_of, judged
from tests.bench.hotspots.measures import ASSUMED, Found, Share, measured
from tests.bench.hotspots.plan import NULL, plan
from tests.bench.hotspots.registers import MONTHS, Kind, Register, register
from tests.bench.hotspots.report import MAPS, rows, written
from tests.support.served import ROOT

REPORT = ROOT / "docs" / "hotspots-report.md"
ALARMS = "alarm: camps by quarter, 50 a month"


def with_alarms(number: int, of: int) -> Found:
    found = Found()
    found.shares[ALARMS] = Share(number, of)
    return found


def verdict(found: Found, name: str = "camps by quarter, 50 a month") -> str:
    return next(row.verdict for row in rows(found) if (row.section, row.name) == ("alarms", name))


@pytest.mark.parametrize(
    ("number", "of", "expected"),
    [
        (8, MAPS, "holds"),
        (14, MAPS, "**missed**"),
        (1, 60, "too few"),
        (20, 60, "**missed**"),
        (0, 0, "too few"),
    ],
)
def test_alarms_are_held_to_what_was_asked_and_to_how_many_maps_there_are(
    number: int, of: int, expected: str
) -> None:
    assert verdict(with_alarms(number, of)) == expected


def test_a_report_of_nothing_says_that_it_rests_on_too_little() -> None:
    text = written(Found(), {"of none": 0}, 0)
    assert "0 of" in text
    assert "nan" not in text
    assert "holds |" not in text


def test_every_table_of_the_report_is_whole() -> None:
    lines = REPORT.read_text(encoding="utf-8").splitlines()
    tables = [line for line in lines if line.startswith("|")]
    assert len(tables) > 40
    assert {line.count("|") for line in tables} == {7}
    own = {row.name for row in rows(Found())}
    listed = {line.split("|")[1].strip() for line in tables} - {"measure", "---"}
    assert listed == own
    assert sum(line.startswith("## ") for line in lines) == 6


def test_the_exact_interval_of_a_share_holds_it() -> None:
    share = Share(3, 100)
    assert share.lower < 0.03 < share.upper
    assert Share(0, 59).upper == pytest.approx(1 - 0.05 ** (1 / 59))
    assert Share(0, 59).lower == 0
    assert Share(5, 5).upper == 1


def test_each_round_of_the_plan_has_other_seeds_and_the_rates_without_change() -> None:
    made = list(plan(8))
    assert len(made) == len({(one.kind, one.seed) for one in made})
    assert {one.kind for one in made} >= set(NULL.values())


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Kind, Register, Path]:
    folder = tmp_path_factory.mktemp("registers")
    kind = Kind(50, 5)
    return kind, register(kind, 900_002, folder, echoed=True), folder


def test_a_register_is_protected_and_its_tables_agree(
    small: tuple[Kind, Register, Path],
) -> None:
    kind, made, folder = small
    assert made.shown[made.shown > 0].min() >= 5
    assert made.shown.sum() == pytest.approx(made.truth.sum(), abs=20)
    assert len(made.rises) == 2 * len(kind.windows)
    again = register(kind, 900_002, folder, echoed=True)
    assert np.array_equal(again.shown, made.shown)


def test_a_register_is_judged_by_the_product_and_has_an_error_of_its_echoes(
    small: tuple[Kind, Register, Path],
) -> None:
    _, made, _ = small
    map_ = judged("upazila", made, MONTHS - 3, 3, ASSUMED)
    assert map_.judgements
    assert 1 < error_of("camp", made, 3).error < 8


def test_measures_of_one_register_fill_their_rows(small: tuple[Kind, Register, Path]) -> None:
    kind, made, _ = small
    found = measured(lambda asked: iter([made] if asked == kind else []))
    seen = {row.name: row.of for row in rows(found) if row.section == "power"}
    assert seen["upazila by quarter, 5 times, 50 a month"] > 0
    # The last upazila that rises is the first again, within two years.
    assert found["judged: upazila by quarter, 5 times, 50 a month"].of == len(kind.windows) - 1
    assert found["judged: camp by quarter, 5 times, 50 a month"].of == len(kind.windows)


def test_a_band_of_what_was_stated_is_held_to_it_where_it_holds_enough() -> None:
    for number, of, verdict_ in ((20, 50, "holds"), (24, 50, "**missed**"), (16, 39, "too few")):
        found = Found()
        found.shares["seen where a third to two thirds"] = Share(number, of)
        found.note("stated where a third to two thirds", 0.42)
        told = {row.name: row.verdict for row in rows(found) if row.section == "stated"}
        assert told["stated a third to two thirds"] == verdict_
