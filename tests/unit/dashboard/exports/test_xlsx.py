"""XLSX files: text is text whatever it begins with, numbers are numbers, and they say whose."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest

from dashboard.exports.xlsx import as_xlsx
from tests.unit.dashboard.exports.test_csv import BEFORE, FULL_WIDTH, STARTERS, exhibit

PLANTED = [
    *(f"{before}{sign}cmd|' /C calc'!A0" for before in BEFORE[:3] for sign in STARTERS[:6]),
    *(f"{sign}1+1" for sign in FULL_WIDTH.values()),
    "http://example.org/",
    "'=1+1",
]


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_numbers_stay_numbers_texts_stay_texts_and_gaps_stay_empty() -> None:
    sheet = opened(as_xlsx(exhibit(("A", 5), ("B", None), ("C", 2.5)), "", "en"))["Data"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Label", "People"],
        ["A", 5],
        ["B", None],
        ["C", 2.5],
    ]
    assert [sheet["A2"].data_type, sheet["B2"].data_type] == ["s", "n"]


@pytest.mark.parametrize("text", PLANTED)
def test_no_text_becomes_a_formula_or_a_link(text: str) -> None:
    content = as_xlsx(exhibit((text, 5)), f"area={text}", "en")
    for sheet in opened(content):
        for row in sheet.iter_rows():
            assert all(cell.data_type in ("s", "n") and cell.hyperlink is None for cell in row)
    assert opened(content)["Data"]["A2"].value == text
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert not any(re.search(r"<f[ >]|<hyperlink", text_) for text_ in parts.values())


def test_the_first_sheet_says_what_the_numbers_are() -> None:
    book = opened(as_xlsx(exhibit(("A", 5)), "area=BD20", "en"))
    assert book.sheetnames == ["Read me", "Data"]
    said = {row[0].value: row[1].value for row in book["Read me"].iter_rows()}
    assert said["Title"] == "=Title"
    assert said["Unit"] == "people"
    assert said["Note"] == "A note, with a comma"
    assert said["Handling"] == "INVENTED DATA"
    assert said["View"] == "test.one?area=BD20"
    assert said["Release"].startswith("2026-09-x")


def test_the_same_exhibit_gives_the_same_bytes() -> None:
    assert as_xlsx(exhibit(("A", 5)), "", "en") == as_xlsx(exhibit(("A", 5)), "", "en")


def test_an_empty_table_is_still_a_workbook() -> None:
    sheet = opened(as_xlsx(exhibit(), "", "en"))["Data"]
    assert [cell.value for cell in sheet[1]] == ["Label", "People"]
