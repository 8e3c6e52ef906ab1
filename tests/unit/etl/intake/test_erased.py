"""Loading obeys what was decided about records: erased, past keeping, told twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.model.periods import Month
from etl.register import decisions
from etl.register.access import locked
from etl.register.decisions import Decisions, Duplicate, Erased, Unfinished
from etl.register.replay import rebuild
from etl.settings import OperatorError
from tests.unit.etl.stores import REFERRAL_HEADER, ROWS, Intake, listed

TODAY = date(2026, 6, 15)


def decide(intake: Intake, **changes: object) -> None:
    with locked(intake.settings):
        held = decisions.read(intake.settings)
        decisions.write(intake.settings, replace(held, **changes))  # type: ignore[arg-type]


def person_of(intake: Intake, sex: str) -> str:
    rows = intake.ask("SELECT sex, person_id FROM person")
    return next(str(key) for known, key in rows if known == sex)


def test_a_row_of_an_erased_person_never_comes_back(loaded: Intake) -> None:
    erased = person_of(loaded, "male")
    decide(loaded, erased=(Erased("person", erased, TODAY),))
    rebuild(loaded.settings)
    later = loaded.line_list(
        ROWS[0].replace(",no,", ",yes,"), ROWS[1].replace("Teknaf", "Ramu"), name="later.csv"
    )

    report = loaded.load("line-list", later)

    assert listed(report.findings) == [("erased_record", None)]
    assert [f.message for f in report.findings] == [
        "Rows of records that were erased are left out. Rows: 1."
    ]
    (entry,) = report.files
    assert (entry.outcome, entry.rows, entry.erased, entry.left_out) == ("loaded", 1, 1, 0)
    assert report.result == "whole"
    assert loaded.ask("SELECT count(*) FROM person WHERE sex = 'male'") == [(0,)]
    assert loaded.ask("SELECT place FROM incident_place ORDER BY ALL") == [
        ("BD20220094",),
        ("BD3026",),
    ]
    assert loaded.ask("SELECT load_no, rows FROM load ORDER BY ALL") == [(1, 3), (2, 1)]
    for path in loaded.settings.extracts.iterdir():
        (number,) = loaded.ask("SELECT load_no FROM load WHERE extract = ?", path.stem)
        (count,) = loaded.ask("SELECT count(*) FROM read_parquet(?)", str(path))
        assert count == ((3,) if number == (1,) else (1,))


def test_a_fault_in_a_row_of_an_erased_person_refuses_nothing(loaded: Intake) -> None:
    decide(loaded, erased=(Erased("person", person_of(loaded, "male"), TODAY),))
    rebuild(loaded.settings)
    faulty = loaded.line_list(ROWS[0], ROWS[1].replace("Teknaf", "Atlantis"), ROWS[2])
    report = loaded.load("line-list", faulty)
    assert listed(report.findings) == [("erased_record", None)]


@pytest.mark.parametrize("table", ["person", "referral"])
def test_a_referral_goes_with_its_person_or_alone(loaded: Intake, table: str) -> None:
    row = "1;1;{};2025-03-20;health;first;done;15;given"
    first = loaded.write("first.csv", REFERRAL_HEADER, row.format(1))
    loaded.load("referrals", first)
    ((referral, person),) = loaded.ask("SELECT referral_id, person_id FROM referral")
    key = str(person if table == "person" else referral)
    decide(loaded, erased=(Erased(table, key, TODAY),))  # type: ignore[arg-type]
    second = loaded.write("second.csv", REFERRAL_HEADER, row.format(1), row.format(2))
    report = loaded.load("referrals", second)
    kept = 0 if table == "person" else 1
    assert [(e.rows, e.erased) for e in report.files] == [(kept, 2 - kept)]
    if kept:
        assert loaded.ask("SELECT count(*) FROM referral") == [(1,)]


def test_two_incidents_decided_to_be_one_stay_one_when_they_are_corrected(loaded: Intake) -> None:
    kept, other = sorted(str(row[0]) for row in loaded.ask("SELECT incident_id FROM incident"))
    decide(loaded, duplicates=(Duplicate((kept, other), "same", kept, "Somebody", TODAY),))
    changed = [row.replace("/03/2025", "/05/2025") for row in ROWS]
    report = loaded.load("line-list", loaded.line_list(*changed, name="later.csv"))
    assert [entry.corrected for entry in report.files] == [3]
    told = "SELECT incident_id, duplicate_of FROM incident ORDER BY ALL"
    before = loaded.ask(told)
    assert before == [(kept, None), (other, kept)]
    rebuild(loaded.settings)
    assert loaded.ask(told) == before


def test_a_pair_of_duplicates_does_not_make_a_row_look_corrected(loaded: Intake) -> None:
    kept, other = sorted(str(row[0]) for row in loaded.ask("SELECT incident_id FROM incident"))
    decide(loaded, duplicates=(Duplicate((kept, other), "same", kept, "Somebody", TODAY),))
    rebuild(loaded.settings)
    again = loaded.load("line-list", loaded.line_list(*ROWS[:2], name="part.csv"))
    assert [(e.outcome, e.unchanged) for e in again.files] == [("known", 2)]


def test_rows_past_keeping_are_left_out(intake: Intake) -> None:
    decide(intake, horizon=Month(2025, 3))
    young = ROWS[2].replace("31/03/2025", "30/04/2025").replace("2,1,", "4,1,")
    report = intake.load("line-list", intake.line_list(*ROWS, young))
    assert listed(report.findings) == [("past_retention", row) for row in (2, 3, 4)]
    (entry,) = report.files
    assert (entry.outcome, entry.rows, entry.past) == ("loaded", 1, 3)
    assert intake.ask("SELECT incident_month FROM incident") == [(date(2025, 4, 1),)]


def test_nothing_loads_before_an_erasure_is_finished(intake: Intake) -> None:
    held = Decisions(unfinished=Unfinished("erase", ("0" * 32,)))
    with locked(intake.settings):
        decisions.write(intake.settings, held)
    with pytest.raises(OperatorError, match="not finished"):
        intake.load("line-list", intake.line_list())
