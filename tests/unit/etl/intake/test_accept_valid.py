"""Stories of a load that takes the valid rows of a file and lists the others."""

from __future__ import annotations

import io
import json
import shutil
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard.model.tables import REGISTER
from etl.__main__ import main
from etl.intake.report import Report
from etl.register.replay import rebuild
from tests.unit.etl.stores import HEADER, REFERRAL_HEADER, ROWS, Intake, listed, said, workbook

DECISIONS = "Case no,Person no,Number,Class,Date"


def everything(intake: Intake) -> list[list[tuple[object, ...]]]:
    return intake.rows()[: len(REGISTER)]


def loaded_alone(intake: Intake, tmp_path: Path, *rows: str) -> list[list[tuple[object, ...]]]:
    """What the register holds when a file of these rows alone is loaded, in a store of its own."""
    store = tmp_path / "alone"
    shutil.copytree(intake.settings.store, store)
    other = replace(intake, settings=replace(intake.settings, store=store))
    report = other.load("line-list", other.line_list(*rows, name="alone.csv"))
    assert report.result == "whole"
    return everything(other)


def test_a_row_with_a_fault_is_left_out_and_the_others_load(intake: Intake, tmp_path: Path) -> None:
    expected = loaded_alone(intake, tmp_path, ROWS[0], ROWS[2])
    rows = (ROWS[0], ROWS[1].replace("Male,", "Herr,"), ROWS[2])

    report = intake.load("line-list", intake.line_list(*rows), accept_valid=True)

    assert said(report.findings) == [("unknown_code", 3, "Sex")]
    entry = report.files[0]
    assert (entry.outcome, entry.rows, entry.new, entry.left_out) == ("loaded_in_part", 2, 2, 1)
    assert report.result == "part"
    assert everything(intake) == expected


def test_what_is_left_out_does_not_shape_its_neighbours(intake: Intake) -> None:
    """The place of a case is generalised only for rows that load."""
    rows = (ROWS[0], ROWS[1].replace("Male,", "Herr,"))
    report = intake.load("line-list", intake.line_list(*rows), accept_valid=True)
    assert listed(report.findings) == []
    assert intake.ask("SELECT place, location_precision FROM incident_place") == [
        ("BD20220094", "upazila")
    ]


@pytest.mark.parametrize(
    ("fault", "rule", "column"),
    [
        (("25/03/2025", "05/13/2025"), "bad_month", "Date of incident"),
        (("25/03/2025", "05/04/2025"), "conflicting_values", "Date of incident"),
        ((",no,", ",maybe,"), "bad_flag", "Ransom"),
        (("Teknaf", "Atlantis"), "unknown_place", "Upazila"),
    ],
)
def test_a_fault_of_an_incident_leaves_out_its_people(
    intake: Intake, fault: tuple[str, str], rule: str, column: str
) -> None:
    rows = (ROWS[0], ROWS[1].replace(*fault), ROWS[2])
    report = intake.load("line-list", intake.line_list(*rows), accept_valid=True)
    assert said(report.findings) == [("depends_on_refused", 2, None), (rule, 3, column)]
    assert intake.ask("SELECT count(*) FROM incident") == [(1,)]
    assert intake.ask("SELECT count(*) FROM person") == [(1,)]


def test_consequences_follow_until_nothing_changes(loaded: Intake) -> None:
    path = loaded.write(
        "decisions.csv",
        DECISIONS,
        "2,1,2,slavery,2025-06-01",
        "2,1,3,smuggling,2025-07-01",
        "2,1,4,undetermined,2025-08-01",
        "1,2,2,undetermined,2025-08-01",
    )
    report = loaded.load("decisions", path, accept_valid=True)
    assert said(report.findings) == [
        ("unknown_code", 2, "Class"),
        ("depends_on_refused", 3, None),
        ("depends_on_refused", 4, None),
    ]
    assert loaded.ask("SELECT count(*) FROM classification WHERE seq > 1") == [(1,)]


def test_what_depends_on_a_row_left_out_is_refused_in_a_later_file(intake: Intake) -> None:
    rows = (ROWS[0], ROWS[1].replace("Male,", "Herr,"), ROWS[2])
    intake.load("line-list", intake.line_list(*rows), accept_valid=True)
    referrals = intake.write(
        "referrals.csv",
        REFERRAL_HEADER,
        "1;1;1;2025-03-20;health;first;done;15;given",
        "1;2;1;2025-03-20;health;first;done;15;given",
    )
    report = intake.load("referrals", referrals, accept_valid=True)
    assert said(report.findings) == [("unknown_person", 3, None)]
    assert report.files[0].rows == 1


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (ROWS[1].replace("Male,", "01712-345678,"), "phone_number"),
        (ROWS[1].replace("Teknaf", "Camp 4 Block C"), "block_code"),
        (ROWS[1].replace("Male,", "someone@example.org,"), "email"),
    ],
)
def test_a_personal_detail_refuses_the_file_all_the_same(
    intake: Intake, row: str, rule: str
) -> None:
    before = intake.digest()
    report = intake.load("line-list", intake.line_list(ROWS[0], row, ROWS[2]), accept_valid=True)
    assert rule in [f[0] for f in said(report.findings)]
    assert [entry.outcome for entry in report.files] == ["refused"]
    assert report.result == "refused"
    assert intake.digest() == before


def test_a_refused_file_leaves_the_others_of_its_set(intake: Intake) -> None:
    bad = intake.write("bad.csv", "Case no,Mobile", "9,1")
    good = intake.line_list(*ROWS, name="good.csv")
    report = intake.load("line-list", bad, good, accept_valid=True)
    assert [entry.outcome for entry in report.files] == ["refused", "loaded"]
    assert report.result == "part"
    assert intake.ask("SELECT count(*) FROM person") == [(3,)]


def recorded(intake: Intake) -> list[tuple[object, ...]]:
    """Rows of each load, rows left out of it, and by which rule."""
    return intake.ask("SELECT rows, left_out, left_rules FROM load ORDER BY load_no")


def test_a_file_of_which_no_row_is_valid_is_refused_and_leaves_nothing(intake: Intake) -> None:
    path = intake.line_list(*(row.replace("Cox's", "Coks") for row in ROWS[:2]))
    for _ in range(2):
        report = intake.load("line-list", path, accept_valid=True)
        assert [(entry.outcome, entry.left_out) for entry in report.files] == [("refused", 2)]
        assert report.result == "refused"
        assert recorded(intake) == []
    mended = intake.load("line-list", intake.line_list(name="mended.csv"))
    assert [(entry.outcome, entry.new) for entry in mended.files] == [("loaded", 3)]


def refused_beside(intake: Intake) -> tuple[Path, Report]:
    """A file that is refused as a whole, loaded with one that is not."""
    rows = (f"7{ROWS[0][1:]}", f"7{ROWS[1][1:]}".replace("Male,", "01712-345678,"))
    bad = intake.line_list(*rows, name="bad.csv")
    report = intake.load("line-list", bad, intake.line_list(), accept_valid=True)
    return bad, report


def test_a_file_that_is_refused_while_others_load_goes_on_record(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    _, report = refused_beside(intake)
    told = [(entry.outcome, entry.left_out) for entry in report.files]
    assert told == [("refused", 2), ("loaded", 0)]
    assert recorded(intake) == [(0, 2, "phone_number:2"), (3, 0, "")]
    before = everything(intake)
    assert rebuild(intake.settings) == 2
    assert everything(intake) == before
    sentence = "Left out at loading: line-list: 2 rows of 1 file (phone_number 2)"
    assert main(["status"], intake.settings) == 0
    assert sentence in capsys.readouterr().out
    words = ["publish", "--as-of", "2025-06-20", "--base", "1", "--preview"]
    assert main(words, intake.settings) == 0
    assert sentence in capsys.readouterr().out


def test_nothing_of_a_row_that_was_left_out_is_kept(intake: Intake) -> None:
    refused_beside(intake)
    paths = sorted(intake.settings.extracts.glob("*.parquet"))
    assert sorted(intake.ask("SELECT count(*) FROM read_parquet(?)", str(p)) for p in paths) == [
        [(0,)],
        [(3,)],
    ]


def test_the_record_of_a_refused_file_is_taken_back(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, _ = refused_beside(intake)
    before = everything(intake)
    monkeypatch.setattr(sys, "stdin", io.StringIO("yes\n"))
    assert main(["unload", str(bad), "--source", "line-list"], intake.settings) == 0
    assert recorded(intake) == [(3, 0, "")]
    assert everything(intake) == before


def test_a_finding_about_a_file_counts_for_all_its_rows(intake: Intake) -> None:
    days: list[object] = [date(2025, 3, 5)] * 3 + ["31/03/2025"] * 3
    rows = [[str(case), "1", day, *ROWS[2].split(",")[3:]] for case, day in enumerate(days, 11)]
    path = workbook(intake.folder / "turned.xlsx", HEADER.split(","), rows)
    fine = workbook(intake.folder / "fine.xlsx", HEADER.split(","), [ROWS[2].split(",")])
    report = intake.load("workbook", path, fine, accept_valid=True)
    assert ("exchanged_dates", None) in [f[:2] for f in said(report.findings)]
    assert recorded(intake) == [(0, 6, "exchanged_dates:6"), (1, 0, "")]


def test_the_corrected_rest_loads_later(intake: Intake, tmp_path: Path) -> None:
    expected = loaded_alone(intake, tmp_path, *ROWS)
    path = intake.line_list(ROWS[0], ROWS[1].replace("Male,", "Herr,"), ROWS[2])
    intake.load("line-list", path, accept_valid=True)

    again = intake.load("line-list", path, accept_valid=True)
    assert [(e.outcome, e.left_out) for e in again.files] == [("known", 1)]
    assert again.result == "part"
    assert intake.load("line-list", path).result == "refused"

    whole = intake.load("line-list", intake.line_list(*ROWS, name="mended.csv"))
    assert [(e.new, e.corrected, e.unchanged) for e in whole.files] == [(1, 1, 1)]
    assert everything(intake) == expected
    before = everything(intake)
    assert rebuild(intake.settings) == 2
    assert everything(intake) == before


def test_the_rest_alone_loads_later(intake: Intake) -> None:
    rows = (ROWS[2], ROWS[1].replace("Male,", "Herr,"))
    intake.load("line-list", intake.line_list(*rows), accept_valid=True)
    rest = intake.load("line-list", intake.line_list(ROWS[1], name="rest.csv"))
    assert [(e.outcome, e.new) for e in rest.files] == [("loaded", 1)]


def test_a_dry_run_shows_what_a_load_would_do(intake: Intake) -> None:
    path = intake.line_list(ROWS[0], ROWS[1].replace("Teknaf", "Atlantis"), ROWS[2])
    before = intake.digest()
    checked = intake.check("line-list", path, accept_valid=True)
    assert intake.digest() == before
    assert [entry.outcome for entry in checked.files] == ["loads_in_part"]
    loaded = intake.load("line-list", path, accept_valid=True)
    assert checked.findings == loaded.findings
    assert checked.tables == loaded.tables


@pytest.mark.parametrize("command", ["check", "load"])
def test_exit_codes_tell_whole_part_and_refused_apart(
    intake: Intake, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    faulty = str(intake.line_list(ROWS[0].replace("Female", "Frau"), *ROWS[1:], name="a.csv"))
    whole = str(intake.line_list(*ROWS, name="b.csv"))

    def ask(*words: str) -> tuple[int, dict[str, object]]:
        code = main([command, *words, "--source", "line-list", "--json"], intake.settings)
        return code, json.loads(capsys.readouterr().out)

    code, document = ask(faulty)
    assert (code, document["result"], document["accepted"]) == (1, "refused", False)
    code, document = ask(faulty, "--accept-valid")
    assert (code, document["result"], document["accepted"]) == (2, "part", True)
    assert document["files"][0]["left_out"] == 1  # type: ignore[index]
    code, document = ask(whole, "--accept-valid")
    assert (code, document["result"], document["accepted"]) == (0, "whole", True)


def test_the_report_in_words_lists_what_was_left_out(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    path = intake.line_list(ROWS[0], ROWS[1].replace("Teknaf", "Atlantis"), ROWS[2])
    words = ["load", str(path), "--source", "line-list", "--accept-valid"]
    assert main(words, intake.settings) == 2
    told = capsys.readouterr().out
    assert "list.csv: loaded in part, 1 row, 2 rows left out" in told
    assert "list.csv, row 2: The row depends on one that is left out" in told
    assert "[unknown_place]" in told
    assert "Atlantis" not in told


def test_what_was_left_out_goes_on_record_when_nothing_else_changes(loaded: Intake) -> None:
    later = loaded.line_list(ROWS[2], ROWS[1].replace("Male,", "Herr,"), name="later.csv")
    for _ in range(2):
        loaded.load("line-list", later, accept_valid=True)
        assert loaded.ask("SELECT rows, left_out FROM load ORDER BY load_no") == [(3, 0), (1, 1)]
    assert loaded.ask("SELECT count(*) FROM person") == [(3,)]
    before = everything(loaded)
    assert rebuild(loaded.settings) == 2
    assert everything(loaded) == before
