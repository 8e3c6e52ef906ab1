"""A table that an operator hands over is read row by row: what a row is, and what is wrong."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from etl.findings import Finding
from etl.read.plain_table import PlainRow, plain_table, read_rows

COLUMNS = ("area", "people")


def faults(row: PlainRow) -> list[Finding]:
    return [] if row.whole("people") >= 0 else [row.finding("bad_population", "people")]


def read(path: Path) -> tuple[list[tuple[str, int]], list[tuple[str, int | None, str | None]]]:
    rows, findings = read_rows(
        path,
        plain_table(path, "population", COLUMNS, sheet=None, delimiter="comma"),
        faults=faults,
        made=lambda row: (row.text("area"), row.whole("people")),
        key=lambda made: made[0],
        repeated="repeated_count",
    )
    return rows, [(found.rule, found.row, found.column) for found in findings]


def test_rows_their_faults_and_what_comes_twice(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("people,area\n7,A\n-1,B\n3,B\n4,A\n", encoding="utf-8")
    rows, told = read(path)
    assert rows == [("A", 7), ("B", 3), ("A", 4)], "a row with a fault is none, nor comes twice"
    assert told == [("bad_population", 3, "people"), ("repeated_count", 5, "area")]


def test_a_file_without_a_column_has_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("area,women\nA,7\n", encoding="utf-8")
    rows, told = read(path)
    assert rows == []
    assert ("missing_column", 1, "people") in told


@pytest.mark.parametrize(
    ("cell", "number"),
    [("7", 7), ("07", 7), ("9" * 11, 10**11 - 1), ("9" * 12, -1), ("7.0", -1), ("७", -1), ("", -1)],
)
def test_only_digits_are_a_whole_number(tmp_path: Path, cell: str, number: int) -> None:
    path = tmp_path / "people.csv"
    path.write_text(f"area,people\nA,{cell}\n", encoding="utf-8")
    rows, told = read(path)
    assert rows == ([("A", number)] if number >= 0 else [])
    assert bool(told) == (number < 0)


def test_a_workbook_that_unpacks_to_too_much_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "people.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0].append(["area", "people"])
    book.worksheets[0].append(["A", 7])
    book.save(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/more.bin", bytes(2_000_000))
    assert read(path) == ([("A", 7)], [])
    monkeypatch.setenv("ATLAS_MOST_UNPACKED_MB", "1")
    layout = plain_table(path, "population", COLUMNS, sheet=None, delimiter="comma")
    assert layout.file.sheet == "", "not even the names of its sheets are read"
    assert read(path) == ([], [("not_readable", None, None)])


def test_a_cell_that_is_a_date_is_no_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["area", "people"])
    sheet.append([date(2026, 7, 1), 7])
    book.save(tmp_path / "people.xlsx")
    rows, told = read(tmp_path / "people.xlsx")
    assert (rows, told) == ([("", 7)], [])
