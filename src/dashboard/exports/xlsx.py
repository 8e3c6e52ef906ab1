"""An exhibit as an XLSX workbook: the table on the first sheet, what surrounds it on another.

Every text is written as text, so that no cell becomes a formula or a link whatever it begins
with; numbers stay numbers, and months and days are dates. The same exhibit gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.exhibits.exhibit import Cell, Exhibit, Stamp, Table, is_numeric
from dashboard.exports.about import about
from dashboard.exports.times import first_day, time_of
from dashboard.words.catalogue import translate

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Widths of columns in characters.
_NAME, _TEXT, _NARROW, _WIDE = 16, 96, 11, 44
#: XLSX wants a date of making; the release id says when the numbers were made.
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a constant, not a time
_A4 = 9
_HEADER = {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1}
_TEXT_CELL = {"align": "left", "indent": 1}
_LOOKS = {
    "name": {"bold": True, "valign": "top"},
    "text": {"text_wrap": True, "valign": "top"},
    "title": {"text_wrap": True, "valign": "top", "bold": True, "font_size": 14},
    "header": _HEADER | _TEXT_CELL,
    "header_number": _HEADER | {"align": "right"},
    "cell": {"text_wrap": True, "valign": "top"} | _TEXT_CELL,
    "month": {"num_format": "yyyy-mm", "valign": "top"} | _TEXT_CELL,
    "day": {"num_format": "yyyy-mm-dd", "valign": "top"} | _TEXT_CELL,
    "whole": {"num_format": "#,##0", "valign": "top"},
    "broken": {"num_format": "#,##0.0##", "valign": "top"},
}
Formats = dict[str, Format]


def as_xlsx(exhibit: Exhibit, address: str, lang: str) -> bytes:
    """The workbook: a sheet of data, as programs read the first, and one of what must be known.

    Args:
        exhibit: What to write.
        address: Where the same numbers are shown, so that the file leads back to them.
        lang: Language of the words around the table.
    """
    handling = exhibit.release.label
    stream, workbook, looks = new_workbook(exhibit.title, exhibit.subtitle, handling, lang)
    data = workbook.add_worksheet(translate("files.sheet.data", lang))
    read_me = workbook.add_worksheet(translate("files.sheet.read_me", lang))
    for sheet in (data, read_me):
        print_setup(sheet, exhibit.release)
    write_about(read_me, tuple(about(exhibit, address, lang)), looks)
    write_data(data, exhibit.table, looks)
    workbook.close()
    return stream.getvalue()


def new_workbook(
    title: str, subject: str, handling: str, lang: str
) -> tuple[io.BytesIO, Workbook, Formats]:
    """The stream of a new workbook's bytes, the workbook, and the formats of its cells."""
    stream = io.BytesIO()
    workbook = Workbook(stream, {"in_memory": True})
    workbook.set_properties(
        {
            "title": title,
            "subject": subject,
            "comments": handling,
            "company": translate("shell.product", lang),
            "created": _MADE,
        }
    )
    return stream, workbook, {name: workbook.add_format(look) for name, look in _LOOKS.items()}


def print_setup(sheet: Worksheet, stamp: Stamp) -> None:
    """On paper a sheet is as wide as the page and says at its foot whose it is."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{_escaped(stamp.label)}&C{_escaped(stamp.release_id)}&R&P / &N")


def _escaped(text: str) -> str:
    """A text in a footer of a sheet, where a single "&" begins a code."""
    return text.replace("&", "&&")


def write_about(sheet: Worksheet, lines: Sequence[tuple[str, str]], looks: Formats) -> None:
    """Names and texts beside each other, the first of them as a title."""
    sheet.set_column(0, 0, _NAME)
    sheet.set_column(1, 1, _TEXT)
    sheet.hide_gridlines(2)
    for number, (name, text) in enumerate(lines):
        sheet.write_string(number, 0, name, looks["name"])
        sheet.write_string(number, 1, text, looks["text" if number else "title"])


def write_data(sheet: Worksheet, table: Table, looks: Formats) -> None:
    """An exhibit's table, each column with its unit."""
    write_table(sheet, [column.heading for column in table.columns], table.rows, looks)


def write_table(
    sheet: Worksheet, titles: Sequence[str], rows: Sequence[Sequence[Cell]], looks: Formats
) -> None:
    """A table whose header stays in sight and has filters; months and days are dates."""
    cells_of = [[row[column] for row in rows] for column in range(len(titles))]
    for column, (title, cells) in enumerate(zip(titles, cells_of, strict=True)):
        sheet.set_column(column, column, _width(title, cells))
        look = looks["header_number" if is_numeric(cells) else "header"]
        sheet.write_string(0, column, title, look)
    times = [*map(time_of, cells_of)]
    for line, row in enumerate(rows, start=1):
        for column, (cell, time) in enumerate(zip(row, times, strict=True)):
            if time and isinstance(cell, str) and (day := first_day(cell)):
                sheet.write_datetime(line, column, day, looks[time])
            else:
                _write_cell(sheet, line, column, cell, looks)
    sheet.freeze_panes(1, int(len(titles) > 1 and not is_numeric(cells_of[0])))
    sheet.repeat_rows(0)
    if rows and titles:
        sheet.autofilter(0, 0, len(rows), len(titles) - 1)


def _width(title: str, cells: Sequence[Cell]) -> float:
    """Width of a column: that of its cells and of the longest word of its header."""
    words = max((len(word) for word in title.split()), default=0)
    longest = max((len(str(cell)) for cell in cells if cell is not None), default=0)
    return min(max(longest + 3, words + 4, min(len(title), 2 * _NARROW), _NARROW), _WIDE)


def _write_cell(sheet: Worksheet, line: int, column: int, cell: Cell, looks: Formats) -> None:
    """One cell by its type; nothing is written where nothing is known."""
    if isinstance(cell, str):
        sheet.write_string(line, column, cell, looks["cell"])
    elif cell is not None:
        look = looks["whole" if float(cell).is_integer() else "broken"]
        sheet.write_number(line, column, cell, look)
