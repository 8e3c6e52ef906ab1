"""The workbook of findings: the partner's columns and rows, the rule in two languages, no value."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dashboard.model.shipped import COUNTRY
from etl.__main__ import main
from etl.findings import SENTENCES
from etl.findings_workbook import local_sentence
from etl.intake.validate import REQUIRED
from etl.rules import RULES
from tests.support.served import ROOT
from tests.unit.etl.stores import HEADER, ROWS, Intake

VALUE = "Hermaphroditus"
FAULTY = (
    ROWS[0].replace("Female", VALUE),
    ROWS[1].replace("25/03/2025", "2025-03-25"),
    ROWS[2],
    "2,1,31/03/2025,,NA,,undetermined,,,,BD3026,,,,,=cmd|x",
)


def told(
    intake: Intake, capsys: pytest.CaptureFixture[str], *words: str
) -> tuple[int, dict[str, Any]]:
    path = intake.line_list(*FAULTY)
    book = intake.folder / "findings.xlsx"
    code = main([*words, str(path), "--source", "line-list", "--workbook", str(book), "--json"],
                intake.settings)  # fmt: skip
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("command", ["check", "load"])
def test_a_partner_reads_every_finding_by_its_own_rows_and_columns(
    intake: Intake, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    code, report = told(intake, capsys, command)
    assert code == 1
    path = intake.folder / "findings.xlsx"
    assert path.stat().st_mode & 0o777 == 0o600
    book = openpyxl.load_workbook(path)
    listed, marked = book.worksheets
    lines = [[cell.value for cell in row] for row in listed.iter_rows(min_row=2)]
    assert [(line[2], line[3], line[5]) for line in lines] == [
        (finding["row"], finding["column"] or "", finding["message"])
        for finding in report["findings"]
    ]
    assert [line[6] for line in lines] == [
        local_sentence(finding["rule"]) for finding in report["findings"]
    ]
    header = [cell.value for cell in marked[1]]
    assert header == ["Row · সারি", *HEADER.split(",")]
    signs = {
        (marked.cell(cell.row, 1).value, header[cell.column - 1]): cell
        for row in marked.iter_rows(min_row=2)
        for cell in row
        if cell.comment is not None
    }
    asked = {(f["row"], f["column"] or header[0]) for f in report["findings"]}
    assert set(signs) == asked
    assert signs[2, "Sex"].value == "✗"
    assert signs[2, "Sex"].fill.fgColor.rgb == "FFF8D7DA"
    assert SENTENCES["unknown_code"] in signs[2, "Sex"].comment.text
    assert local_sentence("unknown_code") in signs[2, "Sex"].comment.text


def test_no_value_of_the_file_stands_in_it(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    told(intake, capsys, "check")
    book = openpyxl.load_workbook(intake.folder / "findings.xlsx")
    texts = " ".join(
        f"{cell.value} {cell.comment.text if cell.comment else ''}"
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
    )
    for value in (VALUE, "2025-03-25", "BD3026", "cmd", "Rina", "undetermined"):
        assert value not in texts


def test_a_file_without_a_finding_has_no_workbook(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    book = intake.folder / "findings.xlsx"
    words = ["--source", "line-list", "--workbook"]
    assert main(["check", str(intake.line_list(ROWS[2])), *words, str(book)], intake.settings) == 0
    assert "no workbook was written" in capsys.readouterr().out
    assert not book.exists()
    faulty = str(intake.line_list(*FAULTY))
    assert main(["check", faulty, *words, str(intake.folder / "no" / "x")], intake.settings) == 1
    assert "There is no folder" in capsys.readouterr().err


def test_the_page_holds_the_same_refusals_and_every_row(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    page = intake.folder / "page.html"
    rows = [ROWS[2].replace("2,1,", f"{n},1,").replace("NA", "Frau") for n in range(2, 90, 2)]
    rows += [ROWS[2].replace("2,1,", f"{n},1,") for n in range(1, 90, 2)]
    mixed = [row for pair in zip(rows[:44], rows[44:], strict=False) for row in pair]
    path = intake.line_list(*mixed)
    words = ["check", str(path), "--source", "line-list", "--html", str(page)]
    assert main(words, intake.settings) == 1
    assert "more; --json lists them all" in capsys.readouterr().out
    text = page.read_text(encoding="utf-8")
    assert "Findings: 44 that refuse" in text
    assert SENTENCES["unknown_code"] in text
    assert ", ".join(str(row) for row in range(2, 90, 2)) in text
    assert "Frau" not in text


def test_every_rule_about_a_partners_file_has_its_sentence_in_bangla() -> None:
    rooms = ("read", "harmonise", "intake", "rules")
    code = " ".join(
        path.read_text(encoding="utf-8")
        for room in rooms
        for path in Path(ROOT / "etl" / room).glob("*.py")
    )
    code += (ROOT / "src" / "dashboard" / "model" / "screen.py").read_text(encoding="utf-8")
    asked = {rule for rule in SENTENCES if f'"{rule}"' in code}
    asked |= {rule.id for rule in (*RULES, *REQUIRED)}
    assert len(asked) > 80
    with (COUNTRY / "partners.csv").open(encoding="utf-8", newline="") as file:
        told = {row["en"]: row["bn"] for row in csv.DictReader(file)}
    assert {f"rule.{rule}" for rule in asked} == {name for name in told if name.startswith("rule.")}
    assert [name for name, text in told.items() if not re.search("[\u0980-\u09ff{]", text)] == []
