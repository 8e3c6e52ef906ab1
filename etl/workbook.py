"""Workbook: one XLSX file for the operator to hand on, which only its user may read.

Texts are written as texts, so that nothing of a header or a key runs. What stands in a workbook
belongs to whoever makes it: ``findings_workbook``, ``duplicates.sheet``.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]

from etl.settings import OperatorError

#: Rights of a workbook, as of the file that it is about.
_OWN = 0o600
_A4 = 9


@contextmanager
def new_workbook(path: Path) -> Generator[Any]:
    """A workbook to write into, in place of what lies at a path.

    Raises:
        OperatorError: If the folder of the file is not there.
    """
    if not path.parent.is_dir():
        raise OperatorError(f"There is no folder {path.parent} for the workbook.")
    path.touch(mode=_OWN)
    path.chmod(_OWN)  # of a file that lay there already
    untyped: Any = xlsxwriter.Workbook
    with untyped(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        yield book


def headed_sheet(book: Any, name: str, headings: Sequence[tuple[str, int]], fixed: int) -> Any:
    """A sheet with a first row of headings that stays in sight, printed as wide as the paper.

    Args:
        book: The workbook.
        name: Name of the sheet.
        headings: Texts and widths of the columns.
        fixed: Columns that stay in sight as well.
    """
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(name)
    for at, (heading, width) in enumerate(headings):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, heading, bold)
    sheet.freeze_panes(1, fixed)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    return sheet
