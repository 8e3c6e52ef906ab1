"""Strips: small multiples of bars over time, one below the other on one scale.

Only drawing belongs here; callers choose and order the strips.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.figures import theme
from dashboard.figures.elements import ROUGH, numbered, texts, whiskers
from dashboard.figures.plot import Plot, Series
from dashboard.figures.text import escaped, wrapped
from dashboard.figures.theme import Figure

#: Pixels of a strip and of the names of periods below the last; share of a strip without bars.
_STRIP, _AXIS, _AIR = 62, 40, 0.1
#: How far the scale goes beyond the highest range, so that its number has room.
_ABOVE = 1.45
#: Letters in a line of a name, and where it stands in a room too narrow for it at the left.
_NAME = 22
_COLOUR = theme.BLUE
#: Pixels between bars and names.
_BESIDE = 10


def strips(plot: Plot) -> Figure:
    """Strips of bars, one a series, with the range of each number as a thin line.

    Bars of the last periods, where these may still rise, are outlined.
    """
    rows = plot.series
    most = max((number.high for row in rows for number in row.known_numbers), default=0)
    layout = theme.layout(
        margin={"l": 8, "r": 8, "t": 4, "b": _AXIS},
        bargap=0.28,
        xaxis=theme.axis(type="category", anchor=numbered("y", len(rows) - 1), tickangle=0),
        annotations=[_name(row, index) for index, row in enumerate(rows)],
        meta={"form": "strips", "height": _AXIS + _STRIP * len(rows), "narrow": _narrow(rows)},
    )
    for index in range(len(rows)):
        layout[numbered("yaxis", index)] = theme.axis(
            domain=_domain(index, len(rows)),
            range=[0, (most or 1) * _ABOVE],
            showticklabels=False,
            showline=False,
            zeroline=True,
            zerolinecolor=theme.BORDER_STRONG,
            zerolinewidth=1,
        )
    # Names stand at the left of all strips in a room as wide as the longest of their lines.
    layout["xaxis"]["domain"] = [_room(rows), 1]
    return {
        "data": [
            trace
            for index, row in enumerate(rows)
            for trace in (_bars(plot, row, index), _numbers(plot, row, index))
        ],
        "layout": layout,
    }


def _bars(plot: Plot, row: Series, index: int) -> dict[str, Any]:
    """The bars of a strip as a trace; those that may still rise are pale with a line."""
    numbers, word = row.known_numbers, escaped(plot.provisional_name)
    later = [period >= plot.settled for period in range(len(numbers))]
    return {
        **whiskers("y", numbers, theme.TEXT_2),
        "type": "bar",
        "name": escaped(row.name),
        "x": [escaped(period) for period in plot.categories],
        "y": [number.value for number in numbers],
        "yaxis": numbered("y", index),
        "marker": {
            "color": [theme.faded(_COLOUR, 0.28) if late else _COLOUR for late in later],
            "line": {"color": _COLOUR, "width": [1.2 if late else 0 for late in later]},
        },
        "opacity": ROUGH if plot.is_rough else 1,
        "hovertext": [
            escaped(number.hover) + (f"<br>{word}" if late else "")
            for number, late in zip(numbers, later, strict=True)
        ],
        "hovertemplate": f"{escaped(row.name)}, %{{x}}<br>%{{hovertext}}<extra></extra>",
        "cliponaxis": False,
    }


def _numbers(plot: Plot, row: Series, index: int) -> dict[str, Any]:
    """The numbers of a strip above their ranges; nought has none."""
    return texts(
        map(escaped, plot.categories),
        (number.high for number in row.known_numbers),
        (escaped(number.text) if number.value else "" for number in row.known_numbers),
        yaxis=numbered("y", index),
        textposition="top center",
    )


def _name(row: Series, index: int) -> dict[str, Any]:
    """The name of a strip at its left."""
    strip = f"{numbered('y', index)} domain"
    return theme.label(wrapped(row.name, _NAME), 0, 0.24, size=13, yref=strip, yanchor="middle")


def _narrow(rows: Sequence[Series]) -> dict[str, Any]:
    """On a phone the names stand above their bars, and every other period has its name."""
    return {
        "xaxis": {"domain": [0, 1], "nticks": 4, "tickfont": {"size": 11}},
        "annotations": [
            _name(row, index) | {"y": 1.02, "yanchor": "bottom", "text": escaped(row.name)}
            for index, row in enumerate(rows)
        ],
        "margin": {"l": 4, "r": 4, "t": 20, "b": _AXIS},
        "meta": {"height": _AXIS + (_STRIP + 22) * len(rows)},
        **{
            numbered("yaxis", index): {"domain": _domain(index, len(rows), air=0.36)}
            for index in range(len(rows))
        },
    }


def _room(rows: Sequence[Series]) -> float:
    """Share of the width that names take: about eight pixels a letter, of 860 pixels."""
    longest = max(
        (len(line) for row in rows for line in wrapped(row.name, _NAME).split("<br>")), default=0
    )
    return round(min(0.3, (longest * 8 + _BESIDE) / 860), 3)


def _domain(index: int, rows: int, *, air: float = _AIR) -> list[float]:
    """Lower and upper end of one of so many strips, as shares of the height; the first on top.

    Args:
        index: Which strip.
        rows: How many there are.
        air: Share of a strip that stays empty above it.
    """
    height = 1 / max(rows, 1)
    bottom = 1 - (index + 1) * height
    return [round(max(bottom, 0.0), 4), round(bottom + height * (1 - air), 4)]
