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
#: What no name of a sheet may hold, and how long one is at most, for Excel.
_NO_NAME, _LONGEST = str.maketrans(dict.fromkeys("[]:*?/\\'", " ")), 31


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
    """A text as the name of a sheet may be.

    >>> sheet_name("Questions: what is the same, and what is not?")
    'Questions  what is the same, an'
    """
    return text.translate(_NO_NAME)[:_LONGEST].strip()


def headed_sheet(book: Any, name: str, headings: Sequence[tuple[str, int]], fixed: int) -> Any:
    """A sheet with a first row of headings that stays in sight, printed as wide as the paper.

    Args:
        book: The workbook.
        name: What the sheet is called, as far as a name may be so.
        headings: Texts and widths of the columns.
        fixed: Columns that stay in sight as well.
    """
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(sheet_name(name))
    for at, (heading, width) in enumerate(headings):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, heading, bold)
    sheet.freeze_panes(1, fixed)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    return sheet


def write_row(sheet: Any, line: int, cells: Iterable[str | int], form: Any) -> None:
    """Write cells beside one another, numbers as numbers and texts as texts."""
    for at, cell in enumerate(cells):
        write = sheet.write_number if isinstance(cell, int) else sheet.write_string
        write(line, at, cell, form)
