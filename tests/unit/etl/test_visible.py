from __future__ import annotations

import json
import os
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.__main__ import main
from etl.commands import answer
from etl.visible import as_json, visible
from tests.unit.etl.stores import HEADER, ROWS, Intake, Terminal

UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
#: What would colour a line, forge one, turn it around, or clear the screen.
HOSTILE = "a\x1b[31m\nloaded, 9 rows\x9b2J\u202egpj\u2028\x7f"


def unseen(text: str) -> set[str]:
    kept = {"\n", "\u200c", "\u200d"}
    return {c for c in text if unicodedata.category(c) in UNSEEN} - kept


@given(st.text())
def test_nothing_unseen_is_left_and_the_rest_stays(text: str) -> None:
    shown = visible(text)
    assert unseen(shown) == set()
    assert "\n" not in shown
    if not unseen(text) and "\n" not in text:
        assert shown == text


@given(st.dictionaries(st.text(), st.text()))
def test_json_holds_the_same_without_anything_unseen(document: dict[str, str]) -> None:
    text = as_json(document)
    assert json.loads(text) == document
    assert unseen(text) == set()


def test_bangla_keeps_its_joiners() -> None:
    assert visible("র\u200d্যাব") == "র\u200d্যাব"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
@pytest.mark.parametrize("extra", [[], ["--json"]])
@pytest.mark.parametrize("command", ["check", "load"])
def test_names_and_headers_cannot_write_to_the_terminal(
    intake: Intake, capsys: pytest.CaptureFixture[str], command: str, extra: list[str]
) -> None:
    path = intake.folder / f"{HOSTILE}.csv"
    path.write_text(f"{HEADER},x\x1b[2Jy\n" + "".join(f"{r},\n" for r in ROWS), encoding="utf-8")
    main([command, str(path), "--source", "line-list", *extra], intake.settings)
    told = capsys.readouterr()
    assert unseen(told.out + told.err) == set()
    if not extra:
        assert not any(line.startswith("loaded") for line in told.out.splitlines())
        assert "x\\x1b[2Jy" in told.out


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps such names")
def test_a_name_that_is_no_text_is_told_and_no_traceback(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(os.fsdecode(os.fsencode(intake.folder) + b"/b\xff.csv"))
    path.write_bytes(f"{HEADER}\n{ROWS[0]}\n".encode())
    page = intake.folder / "page.html"
    words = ["check", str(path), "--source", "line-list", "--html", str(page)]
    assert main(words, intake.settings) == 0
    assert "b\\udcff.csv" in capsys.readouterr().out
    assert "b\\udcff.csv" in page.read_text(encoding="utf-8")
    assert main(["load", f"{path}x", "--source", "line-list"], intake.settings) == 1
    assert "b\\udcff.csvx" in capsys.readouterr().err


def test_a_step_cannot_write_to_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with answer.steps(1) as tell:
        tell("Reading a\x1b]0;title\x07[bold].csv")
    assert "\x1b]0;" not in terminal.getvalue()
    assert "[bold].csv" in terminal.getvalue()
