"""Dots on lines over steps, which are known by their order alone: a day, some days, weeks.

Only drawing belongs here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.figures import theme
from dashboard.figures.text import escaped, wrapped
from dashboard.figures.theme import Figure

_DOT = 13


@dataclass(frozen=True)
class Interval:
    """One row of steps.

    Attributes:
        label: Its name.
        at, low, high: The step that it is at, and those that it is at least and at most.
        due: The step by whose end it should be, or None.
        text: What stands at the end of the row.
        hover: What a reader is told who points at it.
        is_apart: Whether there is air above it, since it begins another group.
    """

    label: str
    at: int
    low: int
    high: int
    due: int | None = None
    text: str = ""
    hover: str = ""
    is_apart: bool = False


#: Pixels of a row of an interval, rows of air between groups, and letters of its label and of the
#: name of a step.
_LOW_ROW, _AIR, _LABEL, _NAME = 30, 0.5, 22, 8
#: Half the height in rows of the mark of what is due.
_MARK = 0.38


def intervals(
    rows: Sequence[Interval], steps: Sequence[str], *, due: str, text: str, colour: str = theme.BLUE
) -> Figure:
    """A dot for each row on the line of the steps that it may be, with a mark where it is due.

    Args:
        rows: The rows, the first one on top.
        steps: Names of the steps from low to high.
        due: What the mark means.
        text: What stands above the texts at the ends of rows.
        colour: Hue of dots and lines.

    Returns:
        A figure as a dict.

    Raises:
        ValueError: If a row is at no step, or its ends are not about it.
    """
    for row in rows:
        if not 0 <= row.low <= row.at <= row.high < len(steps):
            raise ValueError(f"{row.label}: {row.low}, {row.at}, {row.high} of {len(steps)} steps")
    places: list[float] = []
    for row in rows:
        places.append((places[-1] + 1 if places else 0.0) + (_AIR if row.is_apart else 0))
    last, beyond = (places[-1] if places else 0.0), len(steps) - 0.35
    return {
        "data": [
            _lines(rows, places, colour),
            _due(rows, places, due),
            _texts(rows, places, beyond),
        ],
        "layout": theme.layout(
            margin={"l": 8, "r": 8, "t": 32, "b": 8},
            showlegend=any(row.due is not None for row in rows),
            legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom",
                    "font": {"size": 12, "color": theme.TEXT_2}},
            xaxis=theme.axis(
                range=[-0.5, len(steps) + 0.55],
                tickvals=list(range(len(steps))),
                ticktext=[wrapped(step, _NAME) for step in steps],
                tickangle=0,
                showgrid=True,
            ),
            yaxis=theme.axis(
                range=[last + 0.6, -0.6],
                tickvals=places,
                ticktext=[wrapped(row.label, _LABEL) for row in rows],
                tickfont={"size": 13, "color": theme.TEXT},
                ticklabelstandoff=6,
            ),
            annotations=[
                {"x": beyond, "xanchor": "left", "y": 1, "yref": "paper", "yanchor": "bottom",
                 "yshift": 4, "text": escaped(text), "showarrow": False,
                 "font": {"size": 12, "color": theme.TEXT_2}}
            ],
            meta={
                "form": "intervals",
                "height": round(110 + _LOW_ROW * (last + 1)),
                "min_width": 240 + 50 * len(steps),
            },
        ),
    }  # fmt: skip


def _lines(rows: Sequence[Interval], places: Sequence[float], colour: str) -> Figure:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [row.at for row in rows],
        "y": list(places),
        "marker": {"size": _DOT, "color": colour, "line": {"color": theme.SURFACE, "width": 1}},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [row.high - row.at for row in rows],
            "arrayminus": [row.at - row.low for row in rows],
            "color": theme.TEXT_2,
            "thickness": 1.5,
            "width": 4,
        },
        "cliponaxis": False,
        "showlegend": False,
        "hovertext": [escaped(row.hover) for row in rows],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _due(rows: Sequence[Interval], places: Sequence[float], name: str) -> Figure:
    """A short upright line behind the step by whose end each row is due."""
    known = [(row.due, at) for row, at in zip(rows, places, strict=True) if row.due is not None]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": escaped(name),
        "x": [x for due, _ in known for x in (due + 0.5, due + 0.5, None)],
        "y": [y for _, at in known for y in (at - _MARK, at + _MARK, None)],
        "line": {"color": theme.TEXT, "width": 2, "dash": "dot"},
        "hoverinfo": "skip",
    }


def _texts(rows: Sequence[Interval], places: Sequence[float], beyond: float) -> Figure:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [beyond for _ in rows],
        "y": list(places),
        "text": [escaped(row.text) for row in rows],
        "textposition": "middle right",
        "textfont": {"size": 12, "color": theme.TEXT},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }
