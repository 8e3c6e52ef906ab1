"""The table twin: an exhibit's numbers as a table that a screen reader can walk."""

from __future__ import annotations

from dash import html

from dashboard.exhibits.exhibit import Cell, Column, Exhibit
from dashboard.words.catalogue import say


def table_twin(exhibit: Exhibit) -> html.Div:
    """A table with a caption, a scope for each header, and numbers to the right.

    The card's own title stands above it, so the caption is kept for screen readers.
    """
    columns, rows = exhibit.table.columns, exhibit.table.rows
    if not columns:
        return html.Div(html.P(say("shell.card.no_rows"), className="quiet"))
    said = say("shell.card.table_caption", title=exhibit.title, subtitle=exhibit.subtitle)
    numeric = [is_numeric(tuple(row[i] for row in rows)) for i in range(len(columns))]
    return html.Div(
        html.Table(
            [
                html.Caption(said, className="sr-only"),
                html.Thead(html.Tr(list(map(_header, columns, numeric)))),
                html.Tbody([_row(row, numeric) for row in rows]),
            ],
            className="table",
        ),
        className="table-scroll",
        tabIndex="0",
        role="region",
        **{"aria-label": said},
    )


def is_numeric(cells: tuple[Cell, ...]) -> bool:
    """Whether a column holds numbers (and perhaps gaps)."""
    given = [cell for cell in cells if cell is not None]
    return bool(given) and all(isinstance(cell, int | float) for cell in given)


def shown(cell: Cell) -> str:
    """A cell as text: numbers with thousands separated, gaps as a dash."""
    if cell is None:
        return "–"
    if isinstance(cell, float):
        return f"{cell:,.1f}".removesuffix(".0")
    return f"{cell:,}" if isinstance(cell, int) else cell


def header_text(column: Column) -> str:
    """Label of a column, with its unit where the label does not say it."""
    if not column.unit or column.unit.lower() in column.label.lower():
        return column.label
    return f"{column.label} ({column.unit})"


def _header(column: Column, numeric: bool) -> html.Th:
    return html.Th(header_text(column), scope="col", className="number" if numeric else "")


def _row(row: tuple[Cell, ...], numeric: list[bool]) -> html.Tr:
    cells: list[html.Th | html.Td] = []
    for index, cell in enumerate(row):
        kind = "number" if numeric[index] else ""
        if index == 0 and not numeric[0]:
            cells.append(html.Th(shown(cell), scope="row"))
        else:
            cells.append(html.Td(shown(cell), className=kind))
    return html.Tr(cells)
