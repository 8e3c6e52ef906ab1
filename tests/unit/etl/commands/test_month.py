"""What to do next, in one sentence, and the walk through a month."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl.__main__ import main
from etl.commands.next_step import next_step
from etl.commands.status import read_state
from etl.settings import Settings
from tests.unit.etl.commands.test_status import told
from tests.unit.etl.stores import ROWS, Intake, Terminal

TODAY = date(2026, 6, 20)
QUIET: dict[str, Any] = {
    "unfinished": None, "not_as_written": [], "open_to_others": False,
    "release_is_damaged": False, "beside_trouble": None, "loads": 3,
    "drafts": [], "unusable": [], "round_ends": None, "previewed_as_of": None,
    "closed_unpublished": 0, "missing": [], "proposed_duplicates": 0, "left_out": [],
    "changed_since_preview": False, "beside_changed": False, "undeclared": [],
    "sources": ["a"], "declarations": "/own", "unclear_duplicates": 0,
    "waiting": [{"due_periods": 0, "grain": "month"}],
}  # fmt: skip
DUE = {"waiting": [{"due_periods": 2, "grain": "month"}]}
MISSING = {
    "missing": [
        {"sentence": "partner-b (b-people) has sent nothing for 2026-05", "partner": "partner-b"}
    ]
}


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ({}, "Nothing must be done before 2026-07-15"),
        (DUE, "publish --as-of 2026-06-20 --preview --html FILE`, since 2 months can close."),
        ({**DUE, **MISSING}, "Do now: load what is awaited, since partner-b (b-people) has sent"),
        (MISSING, "Nothing must be done before"),
        ({**DUE, "proposed_duplicates": 1}, "look at `duplicates`, since 1 group may count"),
        ({**DUE, "previewed_as_of": "2026-06-19"}, "`publish --as-of 2026-06-19 --approve NAME`."),
        ({**DUE, **MISSING, "previewed_as_of": "2026-06-19"},
         "--approve NAME --without partner-b`, though partner-b (b-people) has sent nothing"),
        ({**DUE, "previewed_as_of": "2026-06-19", "changed_since_preview": True},
         "--preview --html FILE`, since 2 months can close (also open: what came after the last"),
        ({"beside_changed": True}, "(also open: tables that the next `publish` shows)."),
        ({"undeclared": ["b"], "sources": ["a", "b"]}, "(also open: 1 source without declaration)"),
        ({**DUE, "undeclared": ["a"]}, "Do now: set ATLAS_SOURCES to the folder of your declar"),
        ({"round_ends": "2026-06-30"}, "since a round is open until 2026-06-30."),
        ({"closed_unpublished": 4}, "since closed months are not published."),
        ({"loads": 0}, "Do now: `draft FILE` for the first partner's file"),
        ({"loads": 0, "drafts": ["new"]}, "`draft --accept new`"),
        ({**DUE, "drafts": ["new"], "unusable": ["x"]},
         "(also open: 1 draft of declarations to accept, 1 declaration that cannot be used)."),
        ({"unfinished": "The erasure was begun; run `erase --finish`."}, "run `erase --finish`."),
        ({"not_as_written": ["x", "y"], **DUE}, "see to 2 files that no command left so"),
        ({"open_to_others": True, **DUE}, "Every user of this machine can open"),
        ({"release_is_damaged": True, **DUE}, "Do now: publish anew or `rollback`"),
    ],
)  # fmt: skip
def test_one_sentence_says_what_to_do_now_and_why(state: dict[str, Any], told: str) -> None:
    sentence = next_step({**QUIET, **state}, TODAY)
    assert told in sentence
    assert "\n" not in sentence


def test_status_begins_with_it(intake: Intake, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(intake, capsys)[1].startswith("Do now: `draft FILE`")
    intake.load("line-list", intake.line_list())
    assert told(intake, capsys)[1].startswith("Do now: `publish --as-of")


def test_drafts_and_declarations_that_cannot_be_used_are_told(
    intake: Intake, tmp_path: Path
) -> None:
    sources = tmp_path / "own"
    (sources / "drafts").mkdir(parents=True)
    (sources / "drafts" / "new.toml").write_text("", encoding="utf-8")
    (sources / "odd.toml").write_text('name = "odd"\nrow = "person"\n', encoding="utf-8")
    state = read_state(Settings(intake.settings.store, intake.settings.secrets, sources))
    assert state["drafts"] == ["new"]
    (fault,) = state["unusable"]
    assert fault.startswith("odd.toml: title: is missing")


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """Every time that a walk reads the state."""
    made: list[Settings] = []

    def noted(settings: Settings) -> dict[str, Any]:
        made.append(settings)
        return read_state(settings)

    monkeypatch.setattr("etl.commands.month.read_state", noted)
    return made


def test_a_month_is_walked_from_a_file_to_an_edition_and_its_backup(
    intake: Intake,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    reads: list[Settings],
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [ROWS[1].replace("1,2,", f"{at},1,", 1) for at in range(60)]
    path = intake.line_list(*rows, name="a list.csv")
    answers = ["can't.csv", "", f"'{path}'", "line-list", "yes", "", "loaded.zip", "yes",
               "A data officer", "copy.zip"]  # fmt: skip
    monkeypatch.setattr("sys.stdin", Terminal("".join(f"{line}\n" for line in answers)))
    assert main(["month"], intake.settings) == 0
    said = capsys.readouterr().out
    for command in ("$ check ", "$ load ", "$ publish --as-of", "--approve 'A data officer'",
                    "$ backup -- copy.zip"):  # fmt: skip
        assert command in said
    assert said.index("$ load ") < said.index("$ backup -- loaded.zip") < said.index("--preview")
    assert (tmp_path / "loaded.zip").is_file()
    assert (tmp_path / "copy.zip").is_file()
    assert list(tmp_path.glob("preview-*.html"))
    assert "Nothing must be done before" in said.splitlines()[-1]
    assert len(reads) == 4  # at first, and after the load, the preview and the publication


def test_a_path_is_taken_as_it_is_typed_and_no_word_ends_the_walk(
    intake: Intake, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = "line's \\x list.csv"
    path = intake.line_list(name=odd)
    answers = [str(path), "line-list", "yes", "--bogus", "-x", "--json", "--help", "", "", "no"]
    monkeypatch.setattr("sys.stdin", Terminal("".join(f"{line}\n" for line in answers)))
    assert main(["month"], intake.settings) == 0
    told = capsys.readouterr()
    assert f"{odd}: loaded" in told.out
    assert told.out.count("No source is called") == 2
    assert "`month` goes on from where the store is." in told.out


def test_words_that_a_command_does_not_take_are_said_and_the_walk_goes_on(
    intake: Intake, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [ROWS[1].replace("1,2,", f"{at},1,", 1) for at in range(60)]
    intake.load("line-list", intake.line_list(*rows))
    answers = ["", "yes", "--bogus"]
    monkeypatch.setattr("sys.stdin", Terminal("".join(f"{line}\n" for line in answers)))
    monkeypatch.chdir(intake.folder)
    assert main(["month"], intake.settings) == 0
    told = capsys.readouterr()
    assert "--approve: expected one argument" in told.err
    assert "`month` goes on from where the store is." in told.out


def test_it_leaves_where_it_is_not_told_to_go_on(
    intake: Intake,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    reads: list[Settings],
) -> None:
    path = intake.line_list()
    intake.load("line-list", path)
    words = ["one word", f"'{path}' line-list", "no", "", "no"]
    monkeypatch.setattr("sys.stdin", Terminal("".join(f"{line}\n" for line in words)))
    assert main(["month"], intake.settings) == 0
    said = capsys.readouterr().out
    assert "`month` goes on from where the store is." in said
    assert "$ check" in said
    assert "$ publish" not in said
    assert len(reads) == 1


def test_without_a_terminal_the_steps_are_listed(
    intake: Intake, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert main(["month"], intake.settings) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in lines[1:]] == [
        "load", "backup", "duplicates", "preview", "publish", "backup"
    ]  # fmt: skip
