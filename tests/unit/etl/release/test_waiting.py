"""What was left out and what waits stays on record until it is shown or absorbed."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from dashboard.model.periods import Month
from etl.__main__ import main
from etl.register.replay import rebuild
from tests.support.sealing import seal_all
from tests.unit.etl.release.registers import as_of
from tests.unit.etl.stores import REFERRAL_HEADER, ROWS, Ask, Intake

MARCH = Month(2025, 3)
DECISIONS = "Case no,Person no,Number,Class,Date"
ENDED = "1;1;1;2025-03-20;health;first;done;5;given"
OPEN = "1;2;1;2025-03-20;health;first;in_progress;;given"


def status(ask: Ask) -> dict[str, Any]:
    code, document = ask("status")
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
    intake: Intake, ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = [ROWS[0].replace("1,1,", "7,1,").replace("Female", "Frau"),
           ROWS[2].replace("2,1,", "8,1,").replace(",NA,,", ",NA,200,")]  # fmt: skip
    intake.load("line-list", intake.line_list(*ROWS, *bad), accept_valid=True)
    for _ in range(2):
        (entry,) = status(ask)["left_out"]
        assert (entry["source"], entry["rows"], entry["files"]) == ("line-list", 2, 1)
        assert dict(entry["rules"]) == {"unknown_code": 1, "bad_age": 1}
        rebuild(intake.settings)
    main(["status"], intake.settings)
    assert "Left out at loading: line-list: 2 rows of 1 file (" in capsys.readouterr().out
    publish(intake, "--preview")
    assert "Left out at loading: line-list: 2 rows of 1 file (" in capsys.readouterr().out


def test_what_depends_on_a_fault_is_counted_under_its_own_rule(intake: Intake, ask: Ask) -> None:
    rows = [ROWS[0].replace("Cox's Bazar,Ukhia", "Nowhere,Ukhia"), *ROWS[1:]]
    intake.load("line-list", intake.line_list(*rows), accept_valid=True)
    (entry,) = status(ask)["left_out"]
    assert entry["rows"] == 2
    assert dict(entry["rules"])["depends_on_refused"] == 1


def test_late_records_wait_for_a_day_that_is_named(loaded: Intake, ask: Ask) -> None:
    assert waiting(status(ask), "people")["due_periods"] == 1
    publish(loaded)
    late = ROWS[2].replace("2,1,", "9,1,")
    loaded.load("line-list", loaded.line_list(late, name="late.csv"))
    entry = waiting(status(ask), "people")
    assert (entry["late"], entry["late_events"]) == ({"2025-03": 1}, 1)
    assert any("(2025-03 1; until the next `publish`)" in line for line in entry["lines"])


def came_after(store: Intake, first: int) -> None:
    """Make loads from a number on an hour younger, as if the publication had come earlier."""
    with duckdb.connect(str(store.settings.register)) as connection:
        connection.execute(
            "UPDATE load SET loaded_at = loaded_at + INTERVAL 1 HOUR WHERE load_no >= ?", [first]
        )
    seal_all(store.settings)


def corrected(document: dict[str, Any]) -> dict[str, dict[str, int]]:
    """Facts with corrections, and how many of each period."""
    return {e["fact"]: e["corrected"] for e in document["waiting"] if e["corrected"]}


def test_corrections_of_closed_months_are_named(loaded: Intake, ask: Ask) -> None:
    aged(loaded)
    publish(loaded)
    assert waiting(status(ask), "people")["corrected"] == {}
    male = ROWS[2].replace(",NA,", ",Male,")
    loaded.load("line-list", loaded.line_list(*ROWS[:2], male, name="corrected.csv"))
    came_after(loaded, 2)
    document = status(ask)
    assert corrected(document) == {"people": {"2025-03": 1}}
    assert waiting(document, "people")["late_events"] == 0


def test_a_corrected_person_corrects_the_legs_and_the_journey(loaded: Intake, ask: Ask) -> None:
    aged(loaded)
    publish(loaded)
    male = ROWS[0].replace("Female", "Male")
    loaded.load("line-list", loaded.line_list(male, *ROWS[1:], name="corrected.csv"))
    came_after(loaded, 2)
    document = status(ask)
    assert corrected(document) == {
        "people": {"2025-03": 1},
        "legs": {"2025-01": 1},
        "journeys": {"2025-01": 1},
    }
    assert any("corrections of closed quarters 1 (2025-01 1)" in line
               for line in waiting(document, "legs")["lines"])  # fmt: skip


def test_legs_of_a_whole_incident_are_corrected_with_the_incident(loaded: Intake, ask: Ask) -> None:
    with duckdb.connect(str(loaded.settings.register)) as connection:
        connection.execute("DELETE FROM movement WHERE person_id <> (SELECT min(person_id) "
                           "FROM movement)")  # fmt: skip
        connection.execute("UPDATE movement SET person_id = NULL")
    aged(loaded)
    publish(loaded)
    late = ROWS[2].replace("2,1,", "9,1,")
    loaded.load("line-list", loaded.line_list(late, name="late.csv"))
    with duckdb.connect(str(loaded.settings.register)) as connection:
        connection.execute(
            """UPDATE arrival SET load_no = 2 WHERE table_name = 'incident' AND key IN (
                SELECT incident_id FROM movement)"""
        )
    came_after(loaded, 2)
    assert corrected(status(ask)) == {
        "incidents": {"2025-03": 1},
        "legs": {"2025-01": 2},
        "journeys": {"2025-01": 2},
    }


def test_corrections_of_referrals_and_decisions_are_named(loaded: Intake, ask: Ask) -> None:
    """A referral that was open and ended since was not corrected."""
    loaded.load("referrals", loaded.write("referrals.csv", REFERRAL_HEADER, ENDED, OPEN))
    decided = "1,2,2,trafficking_suspected,2025-03-28"
    loaded.load("decisions", loaded.write("decisions.csv", DECISIONS, decided))
    aged(loaded)
    publish(loaded)
    later = (ENDED.replace("health", "legal_aid"), OPEN.replace("in_progress;", "done;9"))
    loaded.load("referrals", loaded.write("later.csv", REFERRAL_HEADER, *later))
    other = decided.replace("suspected", "confirmed")
    loaded.load("decisions", loaded.write("other.csv", DECISIONS, other))
    came_after(loaded, 4)
    assert corrected(status(ask)) == {
        "requests": {"2025-03": 1},
        "endings": {"2025-03": 1},
        "reclassifications": {"2025-01": 1},
    }
