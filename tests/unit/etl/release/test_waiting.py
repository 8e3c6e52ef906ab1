"""What was left out and what waits stays on record until it is shown or absorbed."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from dashboard.model.periods import Month
from etl.__main__ import main
from etl.register.replay import rebuild
from etl.register.seal import seal_all
from tests.unit.etl.commands.test_commands import ask
from tests.unit.etl.release.registers import as_of
from tests.unit.etl.stores import ROWS, Intake

MARCH = Month(2025, 3)


def status(store: Intake, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    capsys.readouterr()
    code, document = ask(capsys, store.settings, "status")
    assert code == 0
    return document


def publish(store: Intake, *words: str) -> None:
    day = as_of(MARCH).isoformat()
    assert main(["publish", "--as-of", day, "--base", "1", *words], store.settings) == 0


def waiting(document: dict[str, Any], fact: str) -> dict[str, Any]:
    return next(entry for entry in document["waiting"] if entry["fact"] == fact)


def aged(store: Intake) -> None:
    """Make every load an hour older, as if the publication had come later."""
    with duckdb.connect(str(store.settings.register)) as connection:
        connection.execute("UPDATE load SET loaded_at = loaded_at - INTERVAL 1 HOUR")
    seal_all(store.settings)


def test_rows_left_out_stay_on_record_by_rule(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = [ROWS[0].replace("1,1,", "7,1,").replace("Female", "Frau"),
           ROWS[2].replace("2,1,", "8,1,").replace(",NA,,", ",NA,200,")]  # fmt: skip
    intake.load("line-list", intake.line_list(*ROWS, *bad), accept_valid=True)
    for _ in range(2):
        (entry,) = status(intake, capsys)["left_out"]
        assert (entry["source"], entry["rows"], entry["files"]) == ("line-list", 2, 1)
        assert dict(entry["rules"]) == {"unknown_code": 1, "bad_age": 1}
        rebuild(intake.settings)
    main(["status"], intake.settings)
    assert "Left out at loading: line-list: 2 rows of 1 file (" in capsys.readouterr().out
    publish(intake, "--preview")
    assert "Left out at loading: line-list: 2 rows of 1 file (" in capsys.readouterr().out


def test_what_depends_on_a_fault_is_counted_under_its_own_rule(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [ROWS[0].replace("Cox's Bazar,Ukhia", "Nowhere,Ukhia"), *ROWS[1:]]
    intake.load("line-list", intake.line_list(*rows), accept_valid=True)
    (entry,) = status(intake, capsys)["left_out"]
    assert entry["rows"] == 2
    assert dict(entry["rules"])["depends_on_refused"] == 1


def test_late_records_wait_for_a_day_that_is_named(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    intake.load("line-list", intake.line_list())
    assert waiting(status(intake, capsys), "people")["due_periods"] == 1
    publish(intake)
    late = ROWS[2].replace("2,1,", "9,1,")
    intake.load("line-list", intake.line_list(late, name="late.csv"))
    entry = waiting(status(intake, capsys), "people")
    assert (entry["late"], entry["late_events"]) == ({"2025-03": 1}, 1)
    assert any("(2025-03 1; until the next `publish`)" in line for line in entry["lines"])


def test_corrections_of_closed_months_are_named(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    intake.load("line-list", intake.line_list())
    aged(intake)
    publish(intake)
    assert waiting(status(intake, capsys), "people")["corrected"] == {}
    corrected = ROWS[2].replace(",NA,", ",Male,")
    intake.load("line-list", intake.line_list(*ROWS[:2], corrected, name="corrected.csv"))
    with duckdb.connect(str(intake.settings.register)) as connection:
        connection.execute("UPDATE load SET loaded_at = loaded_at + INTERVAL 1 HOUR "
                           "WHERE load_no = 2")  # fmt: skip
    seal_all(intake.settings)
    document = status(intake, capsys)
    assert waiting(document, "people")["corrected"] == {"2025-03": 1}
    assert waiting(document, "incidents")["corrected"] == {}
    assert waiting(document, "people")["late_events"] == 0
