from __future__ import annotations

import json
from typing import Any

import pytest

from etl.__main__ import main
from etl.secrets import secret_paths
from etl.settings import Settings
from tests.unit.etl.intake import ROWS, Intake


def ask(
    capsys: pytest.CaptureFixture[str], settings: Settings, *words: str
) -> tuple[int, dict[str, Any]]:
    code = main([*words, "--json"], settings)
    return code, json.loads(capsys.readouterr().out)


def test_init_makes_a_store_and_says_where_the_secrets_are(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init"], settings) == 0
    told = capsys.readouterr().out
    assert str(settings.secrets) in told
    assert "Back the two secrets up" in told
    before = [path.read_bytes() for path in secret_paths(settings)]
    code, document = ask(capsys, settings, "init")
    assert (code, document["store_made"], document["secrets_made"]) == (0, False, [])
    assert [path.read_bytes() for path in secret_paths(settings)] == before


def test_a_new_store_takes_the_secrets_that_are_there(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    intake.settings.store.rename(intake.folder / "away")
    code, document = ask(capsys, intake.settings, "init")
    assert (code, document["store_made"], document["secrets_made"]) == (0, True, [])


def test_check_and_load_answer_in_json(intake: Intake, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(intake.line_list())
    code, checked = ask(capsys, intake.settings, "check", path, "--source", "line-list")
    assert (code, checked["files"][0]["outcome"]) == (0, "loads")
    code, loaded = ask(capsys, intake.settings, "load", path, "--source", "line-list")
    assert (code, loaded["files"][0]["outcome"]) == (0, "loaded")
    assert loaded["tables"] == checked["tables"]
    code, status = ask(capsys, intake.settings, "status")
    assert code == 0
    assert status["kind"] == "invented"
    assert status["tables"]["person"] == 3
    assert status["waiting_months"] == status["months"] == ["2025-03"]
    code, rebuilt = ask(capsys, intake.settings, "load", "--rebuild")
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


def test_status_tells_of_a_changed_secret(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    secret_paths(intake.settings)[1].write_text("ab" * 32)
    code, document = ask(capsys, intake.settings, "status")
    assert (code, document["secrets_match"]) == (1, False)


def test_a_wrong_use_leaves_with_1(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["load", "--sauce"], settings)
    assert left.value.code == 1
    assert "usage" in capsys.readouterr().err
