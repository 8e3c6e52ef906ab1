"""An exhibit as an XLSX workbook: the table on one sheet, what surrounds it on another.

Every text is written as text, so that no cell becomes a formula or a link whatever it begins
with; numbers stay numbers. The same exhibit gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.exhibits.exhibit import Cell, Exhibit
from dashboard.exports.about import about, header
from dashboard.words.catalogue import say

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Widths of columns in characters.
_NAME, _TEXT, _NARROW, _WIDE = 14, 96, 10, 44
#: XLSX wants a date of making; the release id says when the numbers were made.
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a constant, not a time


def as_xlsx(exhibit: Exhibit, query: str, lang: str) -> bytes:
    """The workbook: sheet "Read me" with filters, unit, notes, source and release; sheet "Data".

    Args:
        exhibit: What to write.
        query: Canonical query string of the view, so that the file leads back to it.
        lang: Language of the words around the table.
    """
    held = io.BytesIO()
    workbook = Workbook(held, {"in_memory": True})
    workbook.set_properties(
        {"title": exhibit.title, "company": say("shell.product", lang), "created": _MADE}
    )
    bold = workbook.add_format({"bold": True, "valign": "top"})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    lines = tuple(about(exhibit, query, lang))
    _read_me(workbook.add_worksheet(say("shell.file.read_me", lang)), lines, bold, wrapped)
    data = workbook.add_worksheet(say("shell.file.data", lang))
    _data(data, exhibit, bold)
    data.activate()
    workbook.close()
    return held.getvalue()


def _read_me(
    sheet: Worksheet, lines: Sequence[tuple[str, str]], bold: Format, wrapped: Format
) -> None:
    sheet.set_column(0, 0, _NAME)
    sheet.set_column(1, 1, _TEXT)
    sheet.hide_gridlines(2)
    for number, (name, text) in enumerate(lines):
        sheet.write_string(number, 0, name, bold)
        sheet.write_string(number, 1, text, wrapped)


def _data(sheet: Worksheet, exhibit: Exhibit, bold: Format) -> None:
    columns, rows = exhibit.table.columns, exhibit.table.rows
    for number, column in enumerate(columns):
        title = header(column.label, column.unit)
        longest = max([len(title), *(len(str(row[number])) for row in rows if row[number])])
        sheet.set_column(number, number, min(max(longest + 2, _NARROW), _WIDE))
        sheet.write_string(0, number, title, bold)
    for line, row in enumerate(rows, start=1):
        for number, cell in enumerate(row):
            _write(sheet, line, number, cell)
    sheet.freeze_panes(1, 0)
    if rows and columns:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)


def _write(sheet: Worksheet, line: int, number: int, cell: Cell) -> None:
    """One cell by its type; nothing is written where nothing is known."""
    if isinstance(cell, str):
        sheet.write_string(line, number, cell)
    elif cell is not None:
        sheet.write_number(line, number, cell)
