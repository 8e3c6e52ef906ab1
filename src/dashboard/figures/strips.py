"""Strips: small multiples of bars over time, one below the other on one scale.

Only drawing belongs here; callers choose and order what stands in a strip.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures import theme
from dashboard.figures.text import NumberFormat, escaped, wrapped
from dashboard.figures.theme import Figure

#: Pixels of a strip and of the names of periods below the last; share of a strip without bars.
_STRIP, _AXIS, _AIR = 62, 40, 0.1
#: How far the scale goes beyond the highest range, so that its number has room.
_ABOVE = 1.45
#: Letters in a line of a name, and where it stands in a room too narrow for it at the left.
_NAME = 22
#: Bars whose numbers tell little are lighter.
_ROUGH = 0.55
#: Pixels between bars and names.
_BESIDE = 10


@dataclass(frozen=True)
class Strip:
    """One strip: its name and a number for each period."""

    name: str
    values: Sequence[int]


def strips(
    rows: Sequence[Strip],
    periods: Sequence[str],
    *,
    number_format: NumberFormat,
    unsettled: int = 0,
    unsettled_label: str = "",
    colour: str = theme.BLUE,
) -> Figure:
    """Strips of bars with the range of each number as a thin line.

    Args:
        rows: The strips, the first one on top.
        periods: Names of the periods in order.
        number_format: How the numbers are said.
        unsettled: How many of the last periods may still rise; their bars are outlined.
        unsettled_label: What is said of these.
        colour: Hue of the bars.

    Returns:
        A figure as a dict.

    Raises:
        ValueError: If a strip has another number of values than there are periods.
    """
    if any(len(row.values) != len(periods) for row in rows):
        raise ValueError("every strip needs a number for each period")
    most = max(
        (number_format.interval(value)[1] for row in rows for value in row.values), default=0
    )
    names = [escaped(period) for period in periods]
    settled = len(periods) - unsettled
    layout = theme.layout(
        margin={"l": 8, "r": 8, "t": 4, "b": _AXIS},
        bargap=0.28,
        xaxis=theme.axis(type="category", anchor=_axis_id("y", len(rows) - 1), tickangle=0),
        annotations=[_name(row, at) for at, row in enumerate(rows)],
        meta={
            "form": "strips",
            "height": _AXIS + _STRIP * len(rows),
            "narrow": _narrow(rows),
        },
    )
    for at in range(len(rows)):
        layout[_axis_name("yaxis", at)] = theme.axis(
            domain=_domain(at, len(rows)),
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
            for at, row in enumerate(rows)
            for trace in (
                _bars(row, at, names, settled, unsettled_label, number_format, colour),
                _numbers(row, at, names, number_format),
            )
        ],
        "layout": layout,
    }


def _bars(
    row: Strip,
    at: int,
    names: Sequence[str],
    settled: int,
    word: str,
    said: NumberFormat,
    colour: str,
) -> dict[str, Any]:
    ends = [said.interval(value) for value in row.values]
    hover = [
        escaped(said.hover(value)) + (f"<br>{escaped(word)}" if index >= settled else "")
        for index, value in enumerate(row.values)
    ]
    later = [index >= settled for index in range(len(names))]
    trace: dict[str, Any] = {
        "type": "bar",
        "name": escaped(row.name),
        "x": list(names),
        "y": list(row.values),
        "yaxis": _axis_id("y", at),
        "marker": {
            "color": [theme.faded(colour, 0.28) if late else colour for late in later],
            "line": {"color": colour, "width": [1.2 if late else 0 for late in later]},
        },
        "opacity": _ROUGH if said.rough else 1,
        "hovertext": hover,
        "hovertemplate": f"{escaped(row.name)}, %{{x}}<br>%{{hovertext}}<extra></extra>",
        "cliponaxis": False,
    }
    if any(low != high for low, high in ends):
        trace["error_y"] = {
            "type": "data",
            "symmetric": False,
            "array": [high - value for (_, high), value in zip(ends, row.values, strict=True)],
            "arrayminus": [value - low for (low, _), value in zip(ends, row.values, strict=True)],
            "color": theme.TEXT_2,
            "thickness": 1,
            "width": 0,
        }
    return trace


def _numbers(row: Strip, at: int, names: Sequence[str], said: NumberFormat) -> dict[str, Any]:
    """The numbers above their ranges; what is none says nothing."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": list(names),
        "y": [said.interval(value)[1] for value in row.values],
        "yaxis": _axis_id("y", at),
        "text": [escaped(said.mark(value)) if value else "" for value in row.values],
        "textposition": "top center",
        "textfont": {"size": 12, "color": theme.TEXT},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _name(row: Strip, at: int) -> dict[str, Any]:
    return {
        "text": wrapped(row.name, _NAME),
        "xref": "paper",
        "yref": f"{_axis_id('y', at)} domain",
        "x": 0,
        "y": 0.24,
        "xanchor": "left",
        "yanchor": "middle",
        "align": "left",
        "showarrow": False,
        "font": {"size": 13, "color": theme.TEXT},
    }


def _narrow(rows: Sequence[Strip]) -> dict[str, Any]:
    """On a phone the names stand above their bars, and every other period has its name."""
    return {
        "xaxis": {"domain": [0, 1], "nticks": 4, "tickfont": {"size": 11}},
        "annotations": [
            _name(row, at) | {"y": 1.02, "yanchor": "bottom", "text": escaped(row.name)}
            for at, row in enumerate(rows)
        ],
        "margin": {"l": 4, "r": 4, "t": 20, "b": _AXIS},
        "meta": {"height": _AXIS + (_STRIP + 22) * len(rows)},
        **{
            _axis_name("yaxis", at): {"domain": _domain(at, len(rows), air=0.36)}
            for at in range(len(rows))
        },
    }


def _room(rows: Sequence[Strip]) -> float:
    """Share of the width that names take: about eight pixels a letter of a room of 860."""
    longest = max(
        (len(line) for row in rows for line in wrapped(row.name, _NAME).split("<br>")), default=0
    )
    return round(min(0.3, (longest * 8 + _BESIDE) / 860), 3)


def _domain(at: int, rows: int, *, air: float = _AIR) -> list[float]:
    """Where a strip stands in the height of the figure, the first one on top."""
    each = 1 / max(rows, 1)
    bottom = 1 - (at + 1) * each
    return [round(max(bottom, 0.0), 4), round(bottom + each * (1 - air), 4)]


def _axis_id(letter: str, at: int) -> str:
    return letter if at == 0 else f"{letter}{at + 1}"


def _axis_name(name: str, at: int) -> str:
    return name if at == 0 else f"{name}{at + 1}"
