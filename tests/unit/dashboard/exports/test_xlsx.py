"""XLSX files: text is text whatever it begins with, numbers are numbers, and they say whose."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import datetime

import openpyxl
import pandas as pd
import pytest

from dashboard.exports.xlsx import as_xlsx
from tests.unit.dashboard.exports.planted import ABOUT, PLANTED, exhibit


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


@pytest.mark.parametrize("text", [*PLANTED, "http://example.org/", "'=1+1"])
def test_no_text_becomes_a_formula_or_a_link(text: str) -> None:
    content = as_xlsx(exhibit((text, 5)), f"/?area={text}", "en")
    for sheet in opened(content):
        for row in sheet.iter_rows():
            assert all(cell.data_type in ("s", "n") and cell.hyperlink is None for cell in row)
    # openpyxl leaves a return as the format writes it
    assert opened(content)["Data"]["A2"].value.replace("_x000D_", "\r") == text
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert not any(re.search(r"<f[ >]|<hyperlink", text_) for text_ in parts.values())


def test_it_opens_on_the_data_for_people_and_programs() -> None:
    content = as_xlsx(exhibit(("A", 5)), "", "en")
    assert opened(content).active.title == "Data"
    frame = pd.read_excel(io.BytesIO(content), engine="calamine")
    assert frame.to_dict("records") == [{"Label": "A", "People": 5}]


def test_months_and_days_are_dates_and_what_stands_among_words_is_not() -> None:
    book = opened(as_xlsx(exhibit(("2026-01", 5), (None, 6), ("2026-02", 7)), "", "en"))
    cells = [book["Data"].cell(row, 1) for row in (2, 3, 4)]
    assert [cell.value for cell in cells] == [datetime(2026, 1, 1), None, datetime(2026, 2, 1)]
    assert cells[0].number_format == "yyyy-mm"
    (day,) = opened(as_xlsx(exhibit(("2026-01-31", 5)), "", "en"))["Data"]["A"][1:]
    assert (day.value, day.number_format) == (datetime(2026, 1, 31), "yyyy-mm-dd")
    for words in ("2026-Q1", "2026", "2026-13", "all", "2026-W05-1", "0202-01"):
        mixed = opened(as_xlsx(exhibit((words, 5), ("2026-02", 6)), "", "en"))["Data"]
        assert [cell.value for cell in mixed["A"][1:]] == [words, "2026-02"]


def test_the_second_sheet_says_what_the_numbers_are() -> None:
    book = opened(as_xlsx(exhibit(("A", 5)), "/?area=BD20#test.one", "en"))
    assert book.sheetnames == ["Data", "Read me"]
    lines = [(row[0].value, row[1].value) for row in book["Read me"].iter_rows()]
    assert lines == [("Title", "=Title"), *ABOUT]


def test_a_long_note_is_broken_into_lines_as_high_as_the_program_finds_them() -> None:
    long = replace(exhibit(("A", 5)), notes=("word " * 120,))
    sheet = opened(as_xlsx(long, "", "en"))["Read me"]
    row = next(cell.row for cell in sheet["A"] if cell.value == "Note")
    assert sheet.cell(row, 2).alignment.wrap_text
    assert sheet.row_dimensions[row].height is None


def test_the_table_keeps_its_header_and_names_in_sight_and_can_be_printed() -> None:
    book = opened(as_xlsx(exhibit(("A", 5), ("A name that is rather long", 1285)), "", "en"))
    sheet = book["Data"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert sheet.column_dimensions["A"].width > 26
    assert sheet["B3"].number_format == "#,##0"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert "INVENTED DATA" in sheet.oddFooter.left.text


def test_the_same_exhibit_gives_the_same_bytes() -> None:
    assert as_xlsx(exhibit(("A", 5)), "", "en") == as_xlsx(exhibit(("A", 5)), "", "en")


def test_an_empty_table_is_still_a_workbook() -> None:
    sheet = opened(as_xlsx(exhibit(), "", "en"))["Data"]
    assert [cell.value for cell in sheet[1]] == ["Label", "People"]
