"""The report is well-formed, and says what is missed and what rests on too little."""

from __future__ import annotations

from math import isnan

import numpy as np
import pytest

from dashboard.analysis.judge import Window
from tests.bench.judge.invented import MONTHS, PEOPLED, RISE, TURN, drawn
from tests.bench.judge.judging import HALF, Edition, changed, editions, error_of, spreads_by_echoes
from tests.bench.judge.measures import Found, Share, measured
from tests.bench.judge.plan import FIRST, INCIDENTS, KINDS, Kind, both, plan
from tests.bench.judge.registers import Register, register
from tests.bench.judge.report import All, rows, written
from tests.support.served import ROOT

REPORT = ROOT / "docs" / "judge-report.md"
QUIET = INCIDENTS[50]


def verdict(found: All, name: str = "incidents, 50 a month, quarter") -> str:
    return next(row.verdict for row in rows(found) if (row.section, row.name) == ("headline", name))


def with_false(hits: int, of: int, registers: int) -> All:
    found = Found()
    found["headline 3: more"].add(hits, of)
    found["headline 3: fewer"].add(0, of)
    return {QUIET: (registers, found)}


@pytest.mark.parametrize(("hits", "of", "registers", "expected"), [
    (6, 100, 30, "holds"), (7, 100, 30, "**missed**"), (7, 100, 7, "too few"),
    (0, 0, 30, "too few"),
])  # fmt: skip
def test_false_words_are_held_to_what_was_asked_and_to_how_many_registers_there_are(
    hits: int, of: int, registers: int, expected: str
) -> None:
    assert verdict(with_false(hits, of, registers)) == expected


def test_both_directions_and_both_makings_count() -> None:
    own, other = Found(), Found()
    for found, more, fewer in ((own, 1, 2), (other, 3, 0)):
        found["headline 3: more"].add(more, 50)
        found["headline 3: fewer"].add(fewer, 50)
    cells = dict(zip(both(QUIET), ((20, own), (10, other)), strict=True))
    row = next(row for row in rows(cells) if row.name == "incidents, 50 a month, quarter")
    assert (row.seen, row.registers, row.of) == (pytest.approx(0.06), 30, 100)
    assert ".060, other .060" in row.more


def test_a_report_of_nothing_says_that_it_rests_on_too_little() -> None:
    text = written({})
    assert "0 of" in text
    assert "nan" not in text
    assert "holds |" not in text
    assert [row.name for row in rows({}) if f"| {row.name} |" not in text] == []


def test_every_table_of_the_report_is_whole() -> None:
    lines = REPORT.read_text(encoding="utf-8").splitlines()
    tables = [line for line in lines if line.startswith("|")]
    assert {line.count("|") for line in tables} == {7}
    own = {row.name for row in rows({})}
    listed = {line.split("|")[1].strip() for line in tables} - {"measure", "---"}
    assert listed == own
    assert sum(line.startswith("## ") for line in lines) == 13
    counted = sum("**missed**" in line for line in tables)
    assert f"Missed: {counted // 2}." in lines[2]  # each stands again at the end


def test_each_round_of_the_plan_has_other_seeds_and_every_kind_without_what_is_tuned() -> None:
    made = list(plan(2))
    assert len(made) == len({(one.kind, one.seed) for one in made})
    assert {one.kind for one in made} == set(KINDS)
    assert min(one.seed for one in made) == FIRST == 5001
    assert any(one.echoed for one in made)


def test_what_was_found_is_kept_as_it_is() -> None:
    found = Found({"a": Share(1.5, 3)})
    again = Found.read(found.kept())
    again.add(found)
    assert again["a"] == Share(3.0, 6)
    assert isnan(again["b"].value)


@pytest.fixture(scope="module")
def small() -> Register:
    return register(Kind(20, "people"), 900_002)


@pytest.fixture(scope="module")
def echoed() -> Register:
    return register(Kind(20), 900_003, echoed=True)


def test_a_register_is_protected_and_every_edition_holds_the_one_before(small: Register) -> None:
    assert small.people is not None
    for counts in (small.shown, small.people):
        assert counts.size.min() >= 5
        assert (counts.edition >= counts.month).all()
        assert (counts.edition > counts.month).any()
        before = counts.table(counts.place, PEOPLED, 30)
        assert before.shape == (PEOPLED, 31)
        assert (counts.table(counts.place, PEOPLED, 40)[:, :31] >= before).all()
    assert small.shown.size.sum() == pytest.approx(small.truth.size.sum(), abs=20)
    again = register(Kind(20, "people"), 900_002)
    assert np.array_equal(again.people.size if again.people else [], small.people.size)


def test_late_reports_are_seen_by_editions(small: Register) -> None:
    shown = editions(small.shown, 40)
    total = small.shown.table(np.zeros_like(small.shown.month), 1, 38)[0]
    assert list(shown[38].values()) == total.tolist()
    assert sum(shown[40].values()) >= sum(shown[38].values())


@pytest.mark.parametrize("making", ["own", "other"])
@pytest.mark.parametrize("change", ["none", "camp", "corridor", "camps", "drift", "stopped"])
@pytest.mark.parametrize("unit", ["incidents", "people"])
def test_rates_are_those_of_what_is_drawn(making: str, change: str, unit: str) -> None:
    kind = Kind(2_000, unit, making, change=change)  # type: ignore[arg-type]
    found = drawn(kind, np.random.default_rng(5))
    size = found.size if unit == "people" else np.ones(len(found.size))
    known = np.arange(MONTHS) < TURN if change == "stopped" else np.arange(MONTHS) >= RISE
    months = known[found.month]
    assert size[months].sum() == pytest.approx(found.rates[:, known].sum(), rel=0.1)
    assert found.ways[:, known].sum() == pytest.approx(found.rates[:, known].sum())
    largest = found.rates[:, known].sum(axis=1).argmax()
    where = found.elsewhere if unit == "people" else found.place
    when = np.repeat(found.month, found.size) if unit == "people" else found.month
    own = (where == largest) & known[when]
    assert own.sum() == pytest.approx(found.rates[largest, known].sum(), rel=0.15)


@pytest.mark.parametrize(("change", "own"), [("stopped", 0), ("started", 1)])
def test_a_partner_that_changes_is_told_as_a_release_tells_it(change: str, own: int) -> None:
    made = register(Kind(50, change=change), 900_004)  # type: ignore[arg-type]
    assert changed(made, TURN - 1, 1) == (0, 0)
    for at, months in ((TURN, 1), (TURN + 6, 1), (TURN + 2, 6)):
        told = changed(made, at, months)
        assert told[own] > 0
        assert told[1 - own] == 0


def test_a_register_is_judged_by_the_product(small: Register) -> None:
    edition = Edition.of(small, MONTHS - 1)
    assert len(edition.judged("camp", HALF)) == 33
    one = edition.judged("country", HALF)[0]
    start = Window(MONTHS - 1, HALF).start
    assert one.now == edition.rows("country")[0, start:].sum()
    assert one.expected >= one.now


def test_measures_of_one_register_fill_their_rows(echoed: Register) -> None:
    kind = both(QUIET)[0]
    found = measured(echoed)
    told = {(row.section, row.name): row for row in rows({kind: (1, found)})}
    assert told["headline", "incidents, 50 a month, quarter"].of == MONTHS - 29
    assert told["short", "incidents, 50 a month, quarter"].of == 12
    for section in ("echoes", "intervals", "likely"):
        assert all(row.of for (own, _), row in told.items() if own == section)
    assert 1 < error_of("camp", echoed, 3).typical < 8
    assert 0 < spreads_by_echoes(echoed).window < 8


def test_a_rise_is_looked_for_in_the_row_that_has_it() -> None:
    found = measured(register(Kind(200, change="corridor"), 900_005))
    assert found["corridor x3 6"].value == 1
    assert found["usual: corridor x3 3"].value == pytest.approx(31.6, rel=0.2)
