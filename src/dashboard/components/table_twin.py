"""The table twin: an exhibit's numbers as a table that a screen reader can walk."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.components import sorting
from dashboard.components.elements import html
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Table
from dashboard.exhibits.parts import ranges
from dashboard.filters import Reading
from dashboard.model.languages import digits
from dashboard.words import numbers
from dashboard.words.catalogue import say

#: A month or a day, perhaps with a time, as tables hold them.
#: Columns that hold the code of what a row is about.
_CODES = r"(?:\w+_)?code"
_DATE = re.compile(r"\d{4}-\d\d(-\d\d( \d\d:\d\d)?)?")


def table_twin(exhibit: Exhibit, reading: Reading) -> html.Div:
    """A table with a caption, a scope for each header, and numbers to the right.

    The card's own title stands above it, so the caption is kept for screen readers. The browser
    sorts it.
    """
    lang = reading.filters.lang
    table = exhibit.table.on_page
    columns, rows = table.columns, table.rows
    if not columns:
        return html.Div(html.P(say("shell.card.no_rows", lang), className="quiet"))
    caption = say("shell.card.table_caption", lang, title=exhibit.title, subtitle=exhibit.subtitle)
    numeric = [is_numeric(tuple(row[i] for row in rows)) for i in range(len(columns))]
    codes = [i for i, column in enumerate(columns) if re.fullmatch(_CODES, column.code)]
    scroll = html.Div(
        html.Table(
            [
                html.Caption(caption, className="sr-only"),
                html.Thead(html.Tr(_headers(table, numeric))),
                html.Tbody(
                    [
                        _row(row, columns, numeric, lang, rest=_is_rest(row, codes, lang))
                        for row in rows
                    ]
                ),
            ],
            className="table",
        ),
        className="table-scroll",
        tabIndex="0",
        role="region",
        **{"aria-label": caption},
    )
    return html.Div([sorting.search(len(rows), lang), scroll], className="rows")


def is_numeric(cells: tuple[Cell, ...]) -> bool:
    """Whether a column holds numbers (and perhaps gaps)."""
    filled = [cell for cell in cells if cell is not None]
    return bool(filled) and all(isinstance(cell, int | float) for cell in filled)


def shown(cell: Cell, lang: str) -> str:
    """A cell as text: numbers and dates in the reader's digits, codes as they are, gaps a dash."""
    if cell is None:
        return "–"
    if isinstance(cell, float):
        return digits(f"{cell:,.1f}".removesuffix(".0"), lang)
    if isinstance(cell, int):
        return numbers.number(cell, lang)
    return digits(cell, lang) if _DATE.fullmatch(cell) else cell


def header_text(column: Column) -> str:
    """Label of a column, with its unit where the label does not say it."""
    if not column.unit or column.unit.lower() in column.label.lower():
        return column.label
    return f"{column.label} ({column.unit})"


def _headers(table: Table, numeric: Sequence[bool]) -> list[html.Th]:
    return [
        sorting.header(header_text(column), column.code, numeric=number)
        for column, number in zip(table.columns, numeric, strict=True)
    ]


def _is_rest(row: tuple[Cell, ...], codes: Sequence[int], lang: str) -> bool:
    if not codes:
        return sorting.is_rest(None, str(row[0]), lang)
    return any(sorting.is_rest(str(row[i] or ""), "", lang) for i in codes)


def _row(
    row: tuple[Cell, ...], columns: Sequence[Column], numeric: list[bool], lang: str, *, rest: bool
) -> html.Tr:
    cells: list[html.Th | html.Td] = []
    for index, cell in enumerate(row):
        words = ranges.read_as(cell, columns[index], lang)
        kind = "number" if numeric[index] else ""
        if index == 0 and cell and not numeric[0]:  # a header says something
            cells.append(html.Th(shown(cell, lang), scope="row"))
        else:
            value = {"data-value": str(cell)} if kind and cell is not None else {}
            cells.append(html.Td(words or shown(cell, lang), className=kind, **value))
    return html.Tr(cells, **sorting.last(rest))
