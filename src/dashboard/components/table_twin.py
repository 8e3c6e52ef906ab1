"""The table twin: an exhibit's numbers as a table that a screen reader can walk.

A reader may order rows and look among them (``assets/js/rows.js``). A header sorts by its column: a
cell by its number, where it has one, else by its text. Rows of what is unknown or stands for itself
nowhere are marked, and stay last in every order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from dashboard.components.writer import write
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, is_numeric
from dashboard.exhibits.parts import ranges
from dashboard.filters import Reading
from dashboard.model.codes import SEX, UNKNOWN
from dashboard.model.languages import digits
from dashboard.words import numbers
from dashboard.words.catalogue import translate

#: Codes of rows that are no place, class or group of their own.
_REST = ("", UNKNOWN.code)
#: So many rows are seen at a glance; more can be looked through.
FEW = 12
#: Columns that hold the code of what a row is about.
_CODES = r"(?:\w+_)?code"
#: A month or a day, perhaps with a time, as tables hold them.
_DATE = re.compile(r"\d{4}-\d\d(-\d\d( \d\d:\d\d)?)?")


def table_twin(exhibit: Exhibit, reading: Reading) -> Markup:
    """A table with a caption, a scope for each header, and numbers to the right."""
    lang = reading.filters.lang
    table = exhibit.table.on_page
    columns, rows = table.columns, table.rows
    numeric = [is_numeric(row[i] for row in rows) for i in range(len(columns))]
    codes = [i for i, column in enumerate(columns) if re.fullmatch(_CODES, column.code)]
    return write(
        "forms/table",
        lang,
        caption=translate(
            "shell.card.table_caption", lang, title=exhibit.title, subtitle=exhibit.subtitle
        ),
        columns=[
            {"text": column.heading, "code": column.code, "is_number": number}
            for column, number in zip(columns, numeric, strict=True)
        ],
        rows=[(_is_last(row, codes, lang), *_cells(row, columns, numeric, lang)) for row in rows],
        few=FEW,
    )


def is_rest(code: str | None, name: str, lang: str) -> bool:
    """Whether a row holds what is unknown or elsewhere, by its code or, with None, its name."""
    return code in _REST if code is not None else name == SEX.label_of(UNKNOWN.code, lang)


def shown(cell: Cell, lang: str) -> str:
    """A cell as text: numbers and dates in the reader's digits, codes as they are, gaps a dash."""
    if cell is None:
        return "–"
    if isinstance(cell, float):
        return digits(f"{cell:,.1f}".removesuffix(".0"), lang)
    if isinstance(cell, int):
        return numbers.number(cell, lang)
    return digits(cell, lang) if _DATE.fullmatch(cell) else cell


def _is_last(row: tuple[Cell, ...], codes: Sequence[int], lang: str) -> bool:
    """Whether a row stays last in every order; ``codes`` are indices of its cells with codes."""
    if not codes:
        return is_rest(None, str(row[0]), lang)
    return any(is_rest(str(row[i] or ""), "", lang) for i in codes)


def _cells(
    row: tuple[Cell, ...], columns: Sequence[Column], numeric: Sequence[bool], lang: str
) -> tuple[str | None, list[tuple[str, bool, Any]]]:
    """What a row is about, or None where its first cell is empty or a number, and its other cells.

    Each cell is its text, whether its column is of numbers, and its number, or None.
    """
    cells = [
        (ranges.read_as(cell, column, lang) or shown(cell, lang), number, cell if number else None)
        for cell, column, number in zip(row, columns, numeric, strict=True)
    ]
    if row[0] and not numeric[0]:
        return shown(row[0], lang), cells[1:]
    return None, cells
