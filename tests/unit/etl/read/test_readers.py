from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.declaration.source import FileFormat
from etl.findings import Place
from etl.read.csv_file import read_csv
from etl.read.grid import Cell, Grid, Unreadable
from etl.read.xlsx_file import read_xlsx
from tests.unit.etl.stores import workbook

CSV = FileFormat("csv")
XLSX = FileFormat("xlsx", sheet="Line list")


def rows(grid: Grid) -> list[list[Cell]]:
    """Cells row by row."""
    return [list(row) for row in zip(*(column.cells() for column in grid.columns), strict=True)]


def test_csv_with_and_without_byte_order_mark_is_the_same(tmp_path: Path) -> None:
    plain, marked = tmp_path / "a.csv", tmp_path / "b.csv"
    plain.write_bytes("ক,B\n১,2\n".encode())
    marked.write_bytes("ক,B\n১,2\n".encode("utf-8-sig"))
    one, other = read_csv(plain, CSV, Place("x")), read_csv(marked, CSV, Place("x"))
    assert (one.header, rows(one)) == (other.header, rows(other)) == (["ক", "B"], [["১", "2"]])


def test_quoted_line_breaks_and_both_line_ends_keep_their_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'A;B\r\n"one\ntwo";2\r\n3;"4;5"\r\n\r\n')
    grid = read_csv(path, FileFormat("csv", delimiter=";"), Place("x"))
    assert rows(grid) == [["one\ntwo", "2"], ["3", "4;5"]]
    assert grid.numbers == [2, 3]


def test_rows_above_the_header_are_skipped(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"Report of a partner\nA,B\n1,2\n")
    grid = read_csv(path, FileFormat("csv", header_row=2), Place("x"))
    assert (grid.header, rows(grid), grid.numbers) == (["A", "B"], [["1", "2"]], [3])


def test_a_long_cell_is_no_quote_that_stays_open(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"A,B\n" + b"x" * 200_000 + b",2\n")
    assert rows(read_csv(path, CSV, Place("x"))) == [["x" * 200_000, "2"]]


@pytest.mark.parametrize("header_row", [3, 4, 40])
def test_a_file_that_ends_above_its_header_has_no_rows(tmp_path: Path, header_row: int) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"Report of a partner\nA,B\n")
    with pytest.raises(Unreadable) as refusal:
        read_csv(path, FileFormat("csv", header_row=header_row), Place("x"))
    assert [finding.rule for finding in refusal.value.findings] == ["empty_file"]


@given(st.lists(st.lists(st.text("ab,;\"'\n\r ০", max_size=6), min_size=2, max_size=2), min_size=1))
def test_what_a_spreadsheet_writes_is_read_back(
    tmp_path_factory: object, sent: list[list[str]]
) -> None:
    import csv
    import io

    written = io.StringIO(newline="")
    csv.writer(written).writerows([["A", "B"], *sent])
    path = tmp_path_factory.mktemp("csv") / "a.csv"  # type: ignore[attr-defined]
    path.write_bytes(written.getvalue().encode())
    assert rows(read_csv(path, CSV, Place("x"))) == sent


def test_cells_of_a_workbook_keep_their_meaning(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        ["Text", "Whole", "Part", "Day", "Moment", "Flag"],
        [
            ["x", 12.0, 2.5, date(2025, 3, 5), datetime(2025, 3, 5, 14, 30), True],
            [None] * 6,
            ["y", 3, None, None, None, False],
        ],
    )
    grid = read_xlsx(path, XLSX, Place("x"))
    assert rows(grid) == [
        ["x", "12", "2.5", date(2025, 3, 5), date(2025, 3, 5), "TRUE"],
        ["y", "3", "", "", "", "FALSE"],
    ]
    assert grid.numbers == [2, 4]


def test_a_cell_far_outside_the_table_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Line list"
    book.active.append(["A", "B"])
    book.active["XFD1048576"] = "stray"
    book.save(path)
    with pytest.raises(Unreadable) as refusal:
        read_xlsx(path, XLSX, Place("x"))
    assert [finding.rule for finding in refusal.value.findings] == ["not_readable"]


def test_a_header_that_is_a_value_is_not_named_by_a_faulty_cell(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["01712345678", "B"], [["=1/0", "2"]])
    grid = read_xlsx(path, XLSX, Place("x"))
    assert [(finding.row, finding.column) for finding in grid.findings] == [(2, "number 1")]
    assert rows(grid) == []
