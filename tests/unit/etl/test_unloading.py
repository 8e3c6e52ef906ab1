"""A load is taken back as a whole: nothing of it is left, and what it corrected is as before."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from etl.__main__ import main
from etl.erasure import work
from etl.register import decisions
from etl.settings import OperatorError
from tests.unit.etl.stores import REFERRAL_HEADER, ROWS, Ask, Intake

LATER = ROWS[2].replace("2,1,", "9,1,")
REFERRAL = "1;1;1;2025-03-20;health;first;done;15;given"


def test_a_load_goes_as_if_it_had_never_come(loaded: Intake, ask: Ask) -> None:
    before = loaded.rows()
    corrected = ROWS[2].replace(",NA,", ",Male,")
    path = loaded.line_list(corrected, LATER, name="later.csv")
    loaded.load("line-list", path)
    code, told = ask("unload", str(path), "--source", "line-list", typed=["yes"])
    assert (code, told["load"], told["found_in"]) == (0, 2, [])
    assert told["records"] == {"classification": 1, "incident": 1, "person": 1}
    assert told["restored"] >= 1
    assert loaded.rows() == before
    assert len(list(loaded.settings.extracts.glob("*.parquet"))) == 1
    assert loaded.load("line-list", path).files[0].outcome == "loaded"


def test_without_a_yes_nothing_changes(intake: Intake, ask: Ask) -> None:
    path = intake.line_list()
    intake.load("line-list", path)
    before = intake.digest()
    words = (str(path), "--source", "line-list")
    code, told = ask("unload", *words, typed=["no"])
    assert (code, told) == (1, {"error": "Nothing was unloaded."})
    assert intake.digest() == before


class Asked(io.StringIO):
    """A terminal whose user does something else before saying yes."""

    def __init__(self, first: Callable[[], object]) -> None:
        super().__init__("yes\n")
        self._first = first

    def readline(self, size: int = -1, /) -> str:
        self._first()
        return super().readline(size)


def test_others_use_the_store_while_somebody_is_asked(
    loaded: Intake, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", Asked(lambda: main(["duplicates"], loaded.settings)))
    assert main(["unload", "--load", "1"], loaded.settings) == 0
    told = capsys.readouterr()
    assert "Another command is using the store" not in told.err
    assert loaded.ask("SELECT count(*) FROM arrival") == [(0,)]


def test_a_store_that_changed_while_somebody_was_asked_is_not_unloaded(
    loaded: Intake, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    later = loaded.line_list(LATER, name="later.csv")
    loaded.load("line-list", later)
    again = ROWS[2].replace(",NA,", ",Male,")

    def load_another() -> None:
        loaded.load("line-list", loaded.line_list(again, LATER, name="other.csv"))

    monkeypatch.setattr(sys, "stdin", Asked(load_another))
    assert main(["unload", str(later), "--source", "line-list"], loaded.settings) == 1
    assert "The store changed in the meantime" in capsys.readouterr().err
    assert loaded.ask("SELECT count(*) FROM load") == [(3,)]


def test_what_other_loads_hang_on_stays(intake: Intake, ask: Ask) -> None:
    path = intake.line_list()
    intake.load("line-list", path)
    intake.load("referrals", intake.write("referrals.csv", REFERRAL_HEADER, REFERRAL))
    before = intake.digest()
    code, told = ask("unload", str(path), "--source", "line-list", typed=["yes"])
    assert code == 1
    assert "load 2 (referrals): 1 rows. Unload them first" in told["error"]
    assert intake.digest() == before
    assert ask("unload", "--load", "2", typed=["yes"])[0] == 0
    assert ask("unload", "--load", "1", typed=["yes"])[0] == 0
    assert intake.ask("SELECT count(*) FROM arrival") == [(0,)]


def test_closed_blocks_lose_their_rows_of_the_ledger_alone(loaded: Intake, ask: Ask) -> None:
    path = loaded.line_list(LATER, name="later.csv")
    loaded.load("line-list", path)
    words = ["publish", "--as-of", "2025-04-15", "--base", "1"]
    assert main(words, loaded.settings) == 0
    units = loaded.settings.units / "units.duckdb"

    def counts() -> tuple[int, int, int]:
        with duckdb.connect(str(units), read_only=True) as connection:
            (row,) = connection.execute(
                """SELECT (SELECT count(*) FROM ledger WHERE fact = 'people'),
                (SELECT count(*) FROM people), (SELECT count(*) FROM block)"""
            ).fetchall()
            return row

    ledger, people, blocks = counts()
    code, told = ask("unload", str(path), "--source", "line-list", typed=["yes"])
    assert (code, told["found_in"]) == (0, [])
    assert counts() == (ledger - 1, people, blocks)


def test_what_goes_from_months_that_are_not_closed_is_told_before_it_goes(
    loaded: Intake, ask: Ask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is in a block, and what only waits for one, is of a closed month."""
    first = (
        "Records of months that are not closed: 2025-03: classification 3, incident 2, person 3."
    )
    monkeypatch.setattr(sys, "stdin", io.StringIO("no\n"))
    assert main(["unload", "--load", "1"], loaded.settings) == 1
    assert first in capsys.readouterr().err.splitlines()
    assert main(["publish", "--as-of", "2025-04-15", "--base", "1"], loaded.settings) == 0
    april, may = (LATER.replace("9,1,31/03", day) for day in ("7,1,30/04", "8,1,02/05"))
    path = loaded.line_list(LATER, april, may, may.replace("8,1,", "8,2,"), name="later.csv")
    loaded.load("line-list", path)
    code, told = ask("unload", str(path), "--source", "line-list", typed=["yes"])
    assert code == 0
    assert told["records"] == {"classification": 4, "incident": 3, "person": 4}
    assert told["open_months"] == {
        "2025-04": {"classification": 1, "incident": 1, "person": 1},
        "2025-05": {"classification": 2, "incident": 1, "person": 2},
    }


def test_a_kill_in_between_is_mended(
    loaded: Intake, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = loaded.rows()
    loaded.load("line-list", loaded.line_list(LATER, name="later.csv"))

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(work, "rebuild_locked", stop)
    monkeypatch.setattr(sys, "stdin", io.StringIO("yes\n"))
    assert main(["unload", "--load", "2"], loaded.settings) == 1
    monkeypatch.undo()
    assert "erase --finish" in (decisions.unfinished(loaded.settings) or "")
    capsys.readouterr()
    with pytest.raises(OperatorError, match="erase --finish"):
        loaded.load("line-list", loaded.line_list(LATER, name="later.csv"))
    assert main(["erase", "--finish"], loaded.settings) == 0
    assert loaded.rows() == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--load", "7"], "There is no load 7"),
        (["x.csv"], "needs FILE and --source NAME, or --load N"),
        (["x.csv", "--source", "line-list"], "There is no file x.csv"),
        (["--load", "1", "--source", "line-list"], "takes no file and no source"),
    ],
)
def test_a_slip_is_one_sentence(intake: Intake, ask: Ask, words: list[str], told: str) -> None:
    code, answer = ask("unload", *words, typed=["yes"])
    assert code == 1
    assert told in answer["error"]


def test_a_file_that_was_never_loaded_is_told(intake: Intake, ask: Ask) -> None:
    path = str(intake.line_list())
    _, answer = ask("unload", path, "--source", "line-list", typed=["yes"])
    assert "holds no load of this file" in answer["error"]
    intake.load("line-list", Path(path))
    _, listed = ask("unload")
    assert [(e["load"], e["source"], e["rows"]) for e in listed["loads"]] == [(1, "line-list", 3)]
