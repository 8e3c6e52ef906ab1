from __future__ import annotations

import io
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.model.shipped import DATA
from etl.__main__ import main
from etl.commands.check import finding_lines
from etl.findings import Place
from etl.manifest import read_manifest
from etl.operator_tables.kinds import CAPACITIES
from etl.operator_tables.stored import stored_cells
from etl.secret_files import secret_paths
from etl.settings import Settings
from tests.unit.etl.stores import ROWS, Ask, Intake
from tools.sample.__main__ import main as invent_files


def test_init_makes_a_store_and_says_where_the_secrets_are(
    settings: Settings, ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init"], settings) == 0
    told = capsys.readouterr().out
    assert str(settings.secrets) in told
    assert "Back the two secrets up" in told
    assert "identifiers.key: without it" in told
    assert "protection.key: without it" in told
    assert "Test the copy: set ATLAS_SECRETS" in told
    before = [path.read_bytes() for path in secret_paths(settings)]
    code, document = ask("init")
    assert (code, document["store_made"], document["secrets_made"]) == (0, False, [])
    assert [path.read_bytes() for path in secret_paths(settings)] == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has rights of another kind")
def test_no_other_user_can_open_what_partners_sent(
    settings: Settings, ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _ = ask("init")
    assert code == 0
    assert settings.operator.stat().st_mode & 0o077 == 0
    assert settings.releases.stat().st_mode & 0o005 == 0o005
    code, document = ask("status")
    assert (code, document["open_to_others"]) == (0, False)
    settings.operator.chmod(0o755)
    assert main(["status"], settings) == 0
    assert capsys.readouterr().out.startswith("Every user of this machine can open the folder")


def test_a_copy_of_the_secrets_is_tested_as_init_advises(intake: Intake, ask: Ask) -> None:
    copy = intake.folder / "copy"
    copy.mkdir()
    for path in secret_paths(intake.settings):
        shutil.copy2(path, copy)  # with its rights
    restored = replace(intake.settings, secrets=copy)
    code, document = ask("status", of=restored)
    assert (code, document["secrets_match"]) == (0, True)
    for path in secret_paths(restored):
        whole = path.read_text()
        path.write_text("ab" * 32)
        code, document = ask("status", of=restored)
        assert (code, document["secrets_match"]) == (1, False)
        path.write_text(whole)


def test_a_new_store_takes_the_secrets_that_are_there(intake: Intake, ask: Ask) -> None:
    intake.settings.store.rename(intake.folder / "away")
    code, document = ask("init")
    assert (code, document["store_made"], document["secrets_made"]) == (0, True, [])


def test_check_and_load_answer_in_json(intake: Intake, ask: Ask) -> None:
    path = str(intake.line_list())
    code, checked = ask("check", path, "--source", "line-list")
    assert (code, checked["files"][0]["outcome"]) == (0, "loads")
    code, loaded = ask("load", path, "--source", "line-list")
    assert (code, loaded["files"][0]["outcome"]) == (0, "loaded")
    assert loaded["tables"] == checked["tables"]
    code, status = ask("status")
    assert code == 0
    assert status["kind"] == "invented"
    assert status["tables"]["person"] == 3
    assert status["months"] == ["2025-03"]
    assert ("people", 1) in [(entry["fact"], entry["due_periods"]) for entry in status["waiting"]]
    code, rebuilt = ask("load", "--rebuild")
    assert (code, rebuilt) == (0, {"extracts": 1})


def test_a_refused_file_leaves_with_1_and_names_where(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(intake.line_list(ROWS[0].replace("Female", "Frau")))
    assert main(["load", path, "--source", "line-list"], intake.settings) == 1
    told = capsys.readouterr().out
    assert "list.csv, row 2, column Sex" in told
    assert "Frau" not in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["load", "x.csv", "--source", "nothing"], "No source is called nothing"),
        (["load", "nowhere.csv", "--source", "line-list"], "There is no file nowhere.csv"),
        (["load"], "`load` needs files and --source NAME"),
        (["load", "--rebuild", "x.csv"], "`load --rebuild` takes no files and no source"),
        (["load", "--rebuild", "--source", "x"], "`load --rebuild` takes no files and no source"),
    ],
)
def test_mistakes_of_the_operator_are_one_sentence(
    intake: Intake, capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    assert main(words, intake.settings) == 1
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1


@pytest.mark.parametrize("command", ["load", "status"])
def test_without_a_store_commands_say_so(
    settings: Settings, intake: Intake, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    path = str(intake.line_list())
    settings.store.rename(intake.folder / "away")
    words = [command, path, "--source", "line-list"] if command == "load" else [command]
    assert main(words, settings) == 1
    assert "run `init` first" in capsys.readouterr().err


def test_a_wrong_use_leaves_with_1(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["load", "--sauce"], settings)
    assert left.value.code == 1
    assert "usage" in capsys.readouterr().err


def test_many_findings_of_one_rule_become_one_line_of_row_runs() -> None:
    place = Place("a.csv")
    held = [
        place.finding("consent_unknown", row=row, column="Consent", severity="review")
        for row in (2, 3, 4, 9, 11, 12)
    ]
    faults = [place.finding("unknown_code", row=row, column="Sex") for row in (7, 3)]
    assert finding_lines([*held, *faults]) == [
        "  refused: a.csv, row 3, column Sex: The value is not among the declared values of the "
        "column. [unknown_code]",
        "  refused: a.csv, row 7, column Sex: The value is not among the declared values of the "
        "column. [unknown_code]",
        "  review: a.csv, column Consent: The consent is not known, so the referral is held and "
        "not loaded. [consent_unknown]: 6 rows: 2-4, 9, 11-12",
    ]


def test_hundreds_of_findings_are_one_line_and_all_in_json(
    intake: Intake, ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [f"{n},1,25/03/2025,no,Frau,17,undetermined,,,,BD2022,,,,," for n in range(1, 301)]
    path = str(intake.line_list(*rows))
    assert main(["check", path, "--source", "line-list"], intake.settings) == 1
    told = capsys.readouterr().out
    assert "300 rows: 2-301" in told
    assert told.count("[unknown_code]") == 1
    _, document = ask("check", path, "--source", "line-list")
    assert sum(f["rule"] == "unknown_code" for f in document["findings"]) == 300


def test_the_demo_says_a_line_a_file_and_one_for_the_release(
    tmp_path: Path, ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(tmp_path / "store", tmp_path / "secrets")
    sample = str(tmp_path / "sample")
    invent_files(["--people", "120", "--months", "3", "--out", sample])
    capsys.readouterr()
    assert main(["demo", "--sample", sample], settings) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines[:-4]] == [
        entry.file.name for entry in read_manifest(tmp_path / "sample")
    ]
    assert lines[-4:-1] == [
        "notes-INVENTED.csv: 3 notes", "capacities-INVENTED.csv: 8 capacities",
        "partners-INVENTED.csv: 5 partners",
    ]  # fmt: skip
    assert len(stored_cells(settings, CAPACITIES)) == 8
    assert lines[-1].startswith("Release ")
    code, again = ask("demo", "--sample", sample, of=settings)
    assert (code, again["made"]) == (0, False)
    assert again["release"] in lines[-1]


def test_the_demo_makes_a_store_of_published_sources_beside_the_other(
    tmp_path: Path, ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(tmp_path / "store", tmp_path / "secrets")
    sample = tmp_path / "sample"
    invent_files(["--people", "120", "--months", "3", "--out", str(sample)])
    shutil.copytree(DATA / "sample" / "published", sample / "published")
    capsys.readouterr()
    code, told = ask("demo", "--sample", str(sample), of=settings)
    assert (code, told["made"], told["published"]["made"]) == (0, True, True)
    assert [file["source"] for file in told["published"]["files"]] == ["sample-sea"]
    beside = settings.beside
    assert beside.store == tmp_path / "published"
    pointer = (beside.releases / "current").read_text(encoding="ascii").strip()
    assert pointer == told["published"]["release"]
    _, status = ask("status", of=beside)
    assert (status["base"], status["tables"]["incident"]) == (1, 0)
    assert status["tables"]["voyage"] == 61
    _, again = ask("demo", "--sample", str(sample), of=settings)
    nothing = {"files": [], "tables": {}}
    assert again["published"] == {"release": pointer, "made": False, **nothing}


def test_a_word_that_is_no_date_is_said(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["publish", "--as-of", "soon"], settings)
    assert "soon is not a day, YYYY-MM-DD" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made_is_one_sentence(
    settings: Settings, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    out = str(tmp_path / "file" / "folder")
    assert main(["kit", "agency-x", "--folder", out], settings) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_stream_of_a_windows_code_page_takes_bangla(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp1252"))
    path = intake.write("list.csv", "Case no,পরিবার", "1,x")
    assert main(["check", str(path), "--source", "line-list"], intake.settings) == 1
    sys.stdout.flush()
    assert "পরিবার" in raw.getvalue().decode("utf-8")
