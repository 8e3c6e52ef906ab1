"""Workbook: one XLSX file for the operator to hand on, which only its user may read.

Texts are written as texts, so that nothing of a header or a key runs. What stands in a workbook
belongs to whoever makes it: ``findings_workbook``, ``duplicates.sheet``.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]

from etl.own_file import make_own

_A4 = 9
#: Signs that no name of a sheet may hold become spaces; so long is one at most, for Excel.
_NAME_SIGNS, _NAME_LENGTH = str.maketrans(dict.fromkeys("[]:*?/\\'", " ")), 31


@contextmanager
def new_workbook(path: Path) -> Generator[Any]:
    """A workbook to write into, in place of what lies at a path.

    Raises:
        OperatorError: If the folder of the file is not there.
    """
    make_own(path, "workbook")
    untyped: Any = xlsxwriter.Workbook
    with untyped(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        yield book


def sheet_name(text: str) -> str:
    """A text as Excel takes it for the name of a sheet: shortened, without some signs.

    >>> sheet_name("Questions: what is the same, and what is not?")
    'Questions  what is the same, an'
    """
    return text.translate(_NAME_SIGNS)[:_NAME_LENGTH].strip()


def headed_sheet(book: Any, name: str, headings: Sequence[tuple[str, int]], fixed: int) -> Any:
    """A sheet with a first row of headings that stays in sight, printed as wide as the paper.

    Args:
        book: The workbook.
        name: What the sheet is called, shortened where that is no name of a sheet.
        headings: Text of each column, and its width in characters.
        fixed: How many columns, from the first, stay in sight as well.
    """
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(sheet_name(name))
    for column, (heading, width) in enumerate(headings):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, bold)
    sheet.freeze_panes(1, fixed)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    return sheet


def write_row(sheet: Any, row: int, cells: Iterable[str | int], style: Any) -> None:
    """Write cells from the first column of a row (from 0) on, numbers as numbers, in one style."""
    for column, cell in enumerate(cells):
        write = sheet.write_number if isinstance(cell, int) else sheet.write_string
        write(row, column, cell, style)
