from __future__ import annotations

import io
import stat
import sys

import openpyxl
import pytest

from etl.__main__ import main
from tests.unit.etl.stores import HEADER, ROWS, Ask, Intake, Terminal, workbook


def early(count: int, first: int = 1) -> list[str]:
    """Rows of which no day is above 12."""
    return [
        ROWS[2].replace("2,1,31/03", f"{n},1,{n % 12 + 1:02}/03")
        for n in range(first, first + count)
    ]


def test_check_says_what_it_understood(
    intake: Intake, ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(intake.line_list(*early(12)))
    assert main(["check", path, "--source", "line-list"], intake.settings) == 0
    told = capsys.readouterr().out
    assert told.startswith("list.csv, as it was understood: 12 rows\n")
    assert "2025-03 12" in told
    assert "Odd: Column Date of incident: no day is above 12; taken as day before month." in told
    code, document = ask("check", path, "--source", "line-list")
    assert code == 0
    assert document["understood"][0]["rows"] == 12
    assert len(document["understood"][0]["odd"]) == 1


def test_the_page_of_a_check_is_for_the_operator_alone(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    path = intake.line_list(*early(12), name="a<b>.csv")
    page = intake.folder / "understood.html"
    page.touch(mode=0o644)
    words = ["check", str(path), "--source", "line-list", "--html", str(page)]
    assert main(words, intake.settings) == 0
    assert f"The page is {page}." in capsys.readouterr().out
    if sys.platform != "win32":
        assert stat.S_IMODE(page.stat().st_mode) == 0o600
    text = page.read_text(encoding="utf-8")
    assert "default-src 'none'; style-src 'unsafe-inline'" in text
    assert "a&lt;b&gt;.csv" in text
    assert "<b>" not in text
    assert "<script" not in text


def more_sheets(intake: Intake, *names: str) -> str:
    """A workbook whose list is understood, with more sheets."""
    path = workbook(intake.folder / "list.xlsx", HEADER.split(","), [ROWS[2].split(",")])
    book = openpyxl.load_workbook(path)
    for name in names:
        book.create_sheet(name)
    book.save(path)
    return str(path)


def test_check_and_load_say_which_sheets_are_not_read(
    intake: Intake, ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [more_sheets(intake, "More", "<b>"), "--source", "workbook"]
    page = intake.folder / "understood.html"
    assert main(["check", *words, "--html", str(page)], intake.settings) == 0
    assert "\n  Not read: sheets More, <b>\n" in capsys.readouterr().out
    text = page.read_text(encoding="utf-8")
    assert "<h3>Not read: sheets</h3><ul><li>More</li><li>&lt;b&gt;</li></ul>" in text
    assert main(["load", *words], intake.settings) == 0
    told = capsys.readouterr().out
    assert told.startswith("list.xlsx, sheet Line list: Not read: sheets More, <b>\n")
    code, document = ask("check", *words)
    assert (code, document["understood"][0]["unread"]) == (0, ["More", "<b>"])
    assert main(["check", words[0]], intake.settings) == 1  # drafted, since no source is named
    assert "Not read: sheets More, <b>." in capsys.readouterr().out


def test_nothing_is_said_of_sheets_where_there_is_no_other(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [more_sheets(intake), "--source", "workbook"]
    for command in ("check", "load"):
        assert main([command, *words], intake.settings) == 0
        assert "Not read" not in capsys.readouterr().out


def test_of_many_sheets_the_first_are_named(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [f"S{number}" for number in range(15)]
    words = [more_sheets(intake, *names), "--source", "workbook"]
    assert main(["check", *words], intake.settings) == 0
    assert f"sheets {', '.join(names[:12])}, and 3 more, in --json\n" in capsys.readouterr().out


def test_what_is_odd_is_not_loaded_without_a_terminal(
    intake: Intake, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("yes\n"))
    words = ["load", str(intake.line_list(*early(12))), "--source", "line-list"]
    assert main(words, intake.settings) == 1
    told = capsys.readouterr().err
    assert "no day is above 12" in told
    assert "there is no terminal to ask on: look with `check`, then load with --yes." in told
    assert intake.ask("SELECT count(*) FROM load") == [(0,)]
    assert main([*words, "--yes"], intake.settings) == 0
    assert intake.ask("SELECT count(*) FROM load") == [(1,)]


@pytest.mark.parametrize(("typed", "code"), [("yes\n", 0), (" YES \n", 0), ("\n", 1), ("y\n", 1)])
def test_on_a_terminal_a_load_asks(
    intake: Intake,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    code: int,
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    words = ["load", str(intake.line_list(*early(12))), "--source", "line-list"]
    assert main(words, intake.settings) == code
    told = capsys.readouterr().err
    assert "Type yes to load it as it is: " in told
    assert ("Nothing was loaded." in told) == (code == 1)


def test_a_load_of_other_months_than_expected_is_refused(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["load", str(intake.line_list()), "--source", "line-list", "--yes"]
    assert main([*words, "--expect", "2025-04"], intake.settings) == 1
    assert "Only 2025-04 is expected, and there is 2025-03 in 3 rows" in capsys.readouterr().err
    assert main([*words, "--expect", "2025-04", "--expect", "2025-03"], intake.settings) == 0
