"""By what else a record is found: the plain spelling of its key, and the day of its event."""

from __future__ import annotations

from datetime import date

import pytest

from etl.harmonise.keys import day_key, plain_spelling, spelling_key
from etl.secrets import open_secrets
from tests.unit.etl.stores import ROWS, Intake


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("CXB-0012", "12", True),
        ("CXB 12", "cxb-12", True),
        ("000", "0", True),
        ("KTP0", "0", True),
        ("12.0", "12", True),
        ("2025/07", "2025-07", True),
        ("১২", "12", True),
        ("120", "12", False),
        ("12-A", "12-B", False),
        ("1.20", "12", False),
        ("Rina", "Babul", False),
    ],
)
def test_case_spaces_punctuation_prefix_and_leading_zeros_make_no_difference(
    one: str, other: str, alike: bool
) -> None:
    assert (plain_spelling(one) == plain_spelling(other)) == alike


def test_an_incident_has_the_hashes_of_one_day_and_of_both_beside_it(intake: Intake) -> None:
    later = ROWS[1].replace("25/03/2025", "26/03/2025")
    intake.load("line-list", intake.line_list(ROWS[0], later, ROWS[2]))
    secret = open_secrets(intake.settings).identifiers
    held = intake.ask(
        "SELECT spelling, day, day_before, day_after FROM arrival WHERE table_name = 'incident'"
    )
    assert set(held) == {
        (
            spelling_key(secret, "partner-t", "incident", [case]),
            *(day_key(secret, date(2025, 3, at), by) for by in (0, -1, 1)),
        )
        for case, at in (("1", 25), ("2", 31))
    }
    others = intake.ask("SELECT DISTINCT day FROM arrival WHERE table_name <> 'incident'")
    assert others == [(None,)]


def test_a_date_without_a_day_has_no_hash(intake: Intake) -> None:
    header, *rows = "Id,Year,Month,Dead,Quality,Route,Point", "a,2025,March,,,,", "b,2024,,,,,"
    path = intake.write("incidents.csv", header, *rows)
    report = intake.load("incidents", path)
    assert report.accepted, report.findings
    assert intake.ask("SELECT DISTINCT day FROM arrival") == [(None,)]
