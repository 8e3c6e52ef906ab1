from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard.model.periods import Month
from dashboard.model.protection import TOLD_APART
from etl.__main__ import main
from etl.commands.status import read_state
from etl.register import decisions, journal
from etl.register.decisions import Decisions, Erased, Unfinished
from etl.register.store import replace_store
from etl.release.approval import write_note
from tests.unit.etl.commands.test_duplicates import rows
from tests.unit.etl.protect import invented
from tests.unit.etl.release import registers
from tests.unit.etl.stores import Intake


def told(intake: Intake, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = main(["status"], intake.settings)
    return code, capsys.readouterr().out


def test_status_says_what_waits_what_was_decided_and_what_is_set(
    loaded: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    replace_store(loaded.settings, years=7, public=True, base=5)
    decisions.write(
        loaded.settings,
        Decisions((Erased("person", "f" * 32, date(2026, 5, 4)),), horizon=Month(2018, 12)),
    )
    write_note(loaded.settings, "digest", date(2026, 6, 1))
    code, text = told(loaded, capsys)
    assert code == 0
    for line in (
        "Protection base: 5, with a public release",
        f"a coin in 50): {TOLD_APART['nobody']} for who knows no record, ",
        "  People identified: months to close 1, late records that wait 0",
        "Last preview: as of 2026-06-01, not published yet",
        "Current release: none; 0 kept",
        "Events that are likely told twice: 0 groups, 0 pairs unclear",
        "Erased records on the list: 1",
        "Told beside the numbers: 0 notes, 0 populations, 0 capacities",
        "Retention: 7 whole years; removed up to 2018-12",
        "both match the store",
    ):
        assert line in text
    assert "f" * 32 not in text


def test_months_that_are_closed_and_not_published_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("etl.commands.status.read_geography", lambda _: registers.geography())
    settings = registers.make(tmp_path)
    registers.fill(settings, registers.register_rows(invented.people(20, 2, seed=1), referrals=0))
    registers.close_to(settings, Month(2023, 1))
    assert main(["status"], settings) == 0
    assert "Blocks that are closed and not published: 2;" in capsys.readouterr().out
    release = registers.publish_to(settings, Month(2023, 1))
    assert main(["status"], settings) == 0
    told = capsys.readouterr().out
    assert "closed and not published" not in told
    assert f"Current release: {release.release_id}; 1 kept" in told
    assert re.search(r"Read: \d+ files, [\d,]+ bytes, [\d.]+ seconds; every file is as it", told)
    release.path.chmod(0o644)
    release.path.write_bytes(release.path.read_bytes()[:-1])
    assert main(["status"], settings) == 1
    told = capsys.readouterr().out
    assert f"{release.release_id}, whose file is damaged" in told
    assert f"The release {release.release_id} is not as it was written" in told
    assert "every file is as it was written" not in told


def test_totals_that_two_partners_could_take_apart_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("etl.commands.status.read_geography", lambda _: registers.geography())
    settings = registers.make(tmp_path)
    rows = registers.register_rows(invented.people(30, 2, seed=1), referrals=0)
    for number, incident in enumerate(rows["incident"]):
        month = incident["report_month"].month
        incident["partner"] = f"partner-{'abcd'[number % (2 + month)]}"
    registers.fill(settings, rows)
    registers.close_to(settings, Month(2023, 2))
    assert main(["status", "--json"], settings) == 0
    told = json.loads(capsys.readouterr().out)["told_to_two"]
    assert {"label": "People identified", "period": "2023-01"} in told, "three told of January"
    assert {entry["period"] for entry in told} == {"2023-01"}, "four told of February"
    assert main(["status"], settings) == 0
    said = f"could tell a third one's number: {len(told)}, the last of them {told[-1]['label']}"
    assert said in capsys.readouterr().out


def test_duplicates_are_told_as_groups_and_what_is_unclear(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    """A second incident of a partner is a rival of the first, so its pair is in no group."""
    held = rows(3)
    held["incident"][2]["partner"] = "partner-b"
    for person, people in zip(held["person"], (10, 8, 12), strict=True):
        person["n"] = people
    registers.fill(intake.settings, held)
    code, text = told(intake, capsys)
    assert code == 0
    assert "told twice: 1 groups, 1 pairs unclear (see `duplicates`)" in text


def test_an_unfinished_change_comes_first_and_leaves_with_1(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    decisions.write(intake.settings, Decisions(unfinished=Unfinished("retain")))
    code, text = told(intake, capsys)
    assert code == 1
    assert text.startswith("The removal of records past keeping was begun and not finished")


def test_a_load_that_was_stopped_is_told_once(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    journal.note_extracts(intake.settings, ["a" * 64])
    second = told(intake, capsys)[1].splitlines()[1]
    assert second.startswith("A load that was stopped has been finished or undone")
    assert "A load that" not in told(intake, capsys)[1]


def test_an_empty_store_has_nothing_to_publish(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["status", "--json"], intake.settings)
    document = json.loads(capsys.readouterr().out)
    assert code == 0
    assert {entry["due_periods"] for entry in document["waiting"]} == {0}
    assert document["months"] == []
    assert told(intake, capsys)[1].count("Waiting to be published: nothing") == 1


def test_real_data_is_not_published_by_a_folder_that_declares_none_of_it(
    intake: Intake, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    text = (intake.settings.sources / "line-list.toml").read_text(encoding="utf-8")
    real = re.sub('kind = "[a-z]+"', 'kind = "real"', text)
    (own / "line-list.toml").write_text(real, encoding="utf-8")
    here = replace(intake, settings=replace(intake.settings, sources=own))
    here.load("line-list", here.line_list())
    (own / "line-list.toml").unlink()
    assert told(here, capsys)[1].startswith("Do now: set ATLAS_SOURCES to the folder of your")
    words = ["publish", "--as-of", "2026-06-20", "--preview"]
    assert main(words, here.settings) == 1
    assert "declares none of the sources" in "".join(capsys.readouterr())


def test_tables_that_the_next_publication_shows_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.commands.status.read_geography", lambda _: registers.geography())
    settings = registers.make(tmp_path)
    registers.fill(settings, registers.register_rows(invented.people(20, 2, seed=1), referrals=0))
    registers.publish_to(settings, Month(2023, 1))
    for changed in (False, True):
        assert read_state(settings)["beside_changed"] == changed
        note = ["month=2023-01", "kind=flood", "text=Flood"]
        assert main(["tables", "notes", "--row", *note], settings) == 0
