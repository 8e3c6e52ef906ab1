"""Matrices of counts with the number in each cell and lightness for how many.

Only drawing belongs here; callers order, group and name rows and columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from dashboard.figures import theme
from dashboard.figures.elements import texts
from dashboard.figures.plot import Plot
from dashboard.figures.text import wrapped
from dashboard.figures.theme import Figure

_Cell = TypeVar("_Cell")
_ROW, _COLUMN = 40, 74  # pixels of a row, and of a column with its name
_NAMES = 170  # pixels of the names of rows
_NUMBER, _NONE = 12, 10.5  # pixels of a number in its cell, and of the words of nought
_HOVER = 60  # letters of a line where a reader points at a cell
_SIGNS = (theme.FEWER_SOFT, theme.SUNKEN, theme.MORE_SOFT)
_COLUMNS_WITH_WORDS = 7
_TURN = 0.5  # share of the largest value from which text has the colour of the ground


def heatmap(
    plot: Plot, *, joined: str = " → ", width: int = _COLUMN, names: int = _NAMES
) -> Figure:
    """A matrix, a series a row; cells without a number stay white, those of nought are grey.

    Args:
        plot: The matrix.
        joined: Joins the names of a row and a column where a reader points at a cell.
        width: Pixels of a column at least.
        names: Pixels of the names of the rows.
    """
    signs, sums = plot.meta.get("signs", False), plot.meta.get("sums", False)
    columns = plot.categories
    rows = [series.numbers for series in plot.series]
    parts = without_sums(rows) if sums else rows
    largest = max((number.value for row in parts for number in row if number), default=0) or 1
    # Axes of categories take a name that reads as a number, as a year does, for the name it is.
    across = [wrapped(name, 12) for name in columns]
    down = [wrapped(series.name, 20) for series in plot.series]
    cells = [
        (y, x, number)
        for y, row in enumerate(rows)
        for x, number in enumerate(row)
        if number and (number.value or says_none(plot))
    ]
    # Signs have pale cells, and sums have none.
    colours = [
        _text_colour(number.value, largest)
        if not signs and y < len(parts) and x < len(parts[y])
        else theme.TEXT
        for y, x, number in cells
    ]
    # Nought has a colour of its own.
    scale = _steps(theme.SEQUENTIAL["total"])
    nought, least = ((share, theme.SUNKEN) for share in (0.0, min(0.5 / largest, scale[1][0] / 2)))
    scale[:1] = [nought, least, (least[0], scale[0][1])]
    return {
        "data": [
            {
                "type": "heatmap",
                "x": across[:-1] if sums else across,
                "y": down[: len(parts)],
                "z": [[number and number.value for number in row] for row in parts],
                "zmin": -1 if signs else 0,
                "zmax": 1 if signs else largest,
                "colorscale": _steps(_SIGNS) if signs else scale,
                "showscale": False,
                "xgap": 2,
                "ygap": 2,
                "hoverongaps": False,
                # Names stand whole there, not broken as beside the cells.
                "hovertext": [
                    [
                        number
                        and "<br>".join(
                            wrapped(said, _HOVER)
                            for said in (f"{series.name}{joined}{column}", number.hover)
                        )
                        for column, number in zip(columns, row, strict=False)
                    ]
                    for series, row in zip(plot.series, parts, strict=False)
                ],
                "hovertemplate": "%{hovertext}<extra></extra>",
            },
            texts(
                (across[x] for _, x, _ in cells),
                (down[y] for y, *_ in cells),
                (number.text if number.value else wrapped(number.text, 9) for *_, number in cells),
                textfont={
                    "size": [_NUMBER if number.value or signs else _NONE for *_, number in cells],
                    "color": colours,
                },
                showlegend=False,
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


def says_none(plot: Plot) -> bool:
    """Whether a matrix says nought in words: in many columns these would drown the numbers."""
    return plot.meta.get("signs", False) or len(plot.categories) <= _COLUMNS_WITH_WORDS


def has_silent_none(plot: Plot) -> bool:
    """Whether cells of nought are told by their ground alone, and a figure has such."""
    if plot.form != "matrix" or says_none(plot):
        return False
    return any(number and not number.value for row in plot.series for number in row.numbers)


def without_sums(rows: Sequence[Sequence[_Cell]]) -> list[Sequence[_Cell]]:
    """The cells of a matrix whose last row and last column are sums."""
    return [row[:-1] for row in rows[:-1]]


def _text_colour(value: int, largest: int) -> str:
    """The colour of a number on the lightness of its cell; of nought that of the ground."""
    if not value:
        return theme.TEXT_2
    return theme.SURFACE if value >= _TURN * largest else theme.TEXT


def _steps(ramp: Sequence[str]) -> list[tuple[float, str]]:
    """A colour scale in even steps; between two colours text might not be readable.

    Returns:
        Pairs of a share of the scale and a colour: each colour at both of its ends.
    """
    share = 1 / len(ramp)
    ends = ((step * share, (step + 1) * share) for step in range(len(ramp)))
    return [(end, colour) for pair, colour in zip(ends, ramp, strict=True) for end in pair]
