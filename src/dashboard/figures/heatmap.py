"""Matrices of counts with the number in each cell and lightness for how many.

Only drawing belongs here; callers order, gather and word rows and columns.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.figures import theme
from dashboard.figures.text import NumberFormat, escaped, wrapped
from dashboard.figures.theme import Figure

_ROW, _COLUMN = 40, 74  # pixels of a row, and of a column with its name
_NAMES = 170  # pixels of the names of rows
_EMPTY = 12  # letters of a line of what stands in an empty cell
_NUMBER, _WORD = 12, 11  # pixels of a number, and of what stands in an empty cell
_TURN = 0.5  # share of the largest value from which text has the colour of the ground


def heatmap(
    rows: Sequence[str],
    columns: Sequence[str],
    values: Sequence[Sequence[int]],
    *,
    number_format: NumberFormat,
    ramp: Sequence[str] = theme.SEQUENTIAL["total"],
    joined: str = " → ",
    width: int = _COLUMN,
    names: int = _NAMES,
    empty: str = "",
) -> Figure:
    """A matrix; empty cells stay white and carry no number.

    Args:
        rows: Names of the rows, the first one on top.
        columns: Names of the columns.
        values: One list per row with a number per column.
        number_format: How the numbers are said.
        ramp: Colours from few to many.
        joined: What stands between the names of a row and a column where a reader points at a cell.
        width: Pixels of a column at least.
        names: Pixels of the names of the rows.
        empty: What stands in an empty cell.
    """
    largest = max((value for row in values for value in row), default=0) or 1
    across = [wrapped(name, 12) for name in columns]
    down = [wrapped(name, 20) for name in rows]
    return {
        "data": [
            {
                "type": "heatmap",
                "x": across,
                "y": down,
                "z": [[value or None for value in row] for row in values],
                "zmin": 0,
                "zmax": largest,
                "colorscale": _steps(ramp),
                "showscale": False,
                "xgap": 2,
                "ygap": 2,
                "hoverongaps": False,
                "hovertext": [
                    [escaped(number_format.hover(value)) for value in row] for row in values
                ],
                "hovertemplate": f"%{{y}}{joined}%{{x}}<br>%{{hovertext}}<extra></extra>",
            },
            _said(
                [
                    (across[x], down[y], number_format.mark(value), _NUMBER, _on(value, largest))
                    if value
                    else (across[x], down[y], wrapped(empty, _EMPTY), _WORD, theme.TEXT_2)
                    for y, row in enumerate(values)
                    for x, value in enumerate(row)
                    if value or empty
                ]
            ),
        ],
        "layout": theme.layout(
            xaxis=theme.axis(
                type="category",
                side="top",
                tickangle=0,
                tickfont={"size": 11},
                range=[-0.5, len(columns) - 0.5],
            ),
            yaxis=theme.axis(type="category", range=[len(rows) - 0.5, -0.5]),
            meta={
                "form": "heatmap",
                "height": 110 + _ROW * len(rows),
                "min_width": names + width * len(columns),
            },
        ),
    }


def _said(cells: Sequence[tuple[str, str, str, int, str]]) -> Figure:
    """What stands in the cells: column, row, text, size and colour of each.

    One trace, since a browser takes much longer for as many annotations. Axes of categories take a
    name that reads as a number, as a year does, for the name that it is.
    """
    x, y, text, sizes, colours = (
        (list(each) for each in zip(*cells, strict=True)) if cells else ([],) * 5
    )
    return {
        "type": "scatter",
        "mode": "text",
        "x": x,
        "y": y,
        "text": text,
        "textfont": {"size": sizes, "color": colours},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _on(value: int, largest: int) -> str:
    """The colour of a number on the lightness of its cell."""
    return theme.SURFACE if value >= _TURN * largest else theme.TEXT


def _steps(ramp: Sequence[str]) -> list[tuple[float, str]]:
    """A scale in steps, since between the middle two no text could be read on it."""
    share = 1 / len(ramp)
    ends = ((step * share, (step + 1) * share) for step in range(len(ramp)))
    return [(end, colour) for pair, colour in zip(ends, ramp, strict=True) for end in pair]
