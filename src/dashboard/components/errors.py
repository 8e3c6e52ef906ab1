"""Expected errors on one scale: a dot a view, and a ring where a month has another error."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from dashboard.components.elements import html
from dashboard.words import numbers

#: Numbers on the scale at most.
_TICKS = 6


def errors(figure: Mapping[str, Any], lang: str) -> html.Div:
    """The rows of an ``errors`` figure, which ``exhibits.quality.accuracy`` describes."""
    most: int = max(figure["most"], 1)
    names = [
        html.Span([html.Span(className=f"error-{kind}"), name])
        for kind, name in zip(("dot", "ring"), figure["names"], strict=True)
    ]
    groups = groupby(figure["rows"], key=lambda row: row["group"])
    return html.Div(
        [
            html.P(names, className="error-names"),
            _scale(most, lang),
            *(_group(name, list(rows), most) for name, rows in groups),
        ],
        className="errors",
    )


def _scale(most: int, lang: str) -> html.Div:
    ticks = range(0, most + 1, -(-(most + 1) // _TICKS))
    marks = [
        html.Span(numbers.number(tick, lang), style={"left": _share(tick, most)}) for tick in ticks
    ]
    track = html.Div(marks, className="error-track")
    return html.Div([html.Span(), track], className="error-row", **{"aria-hidden": "true"})


def _group(name: str, rows: list[Mapping[str, Any]], most: int) -> html.Div:
    return html.Div(
        [html.P(name, className="error-group"), html.Ul([_row(row, most) for row in rows])]
    )


def _row(row: Mapping[str, Any], most: int) -> html.Li:
    at, other = row["at"], row["other"]
    marks = [html.Span(className="error-dot", style={"left": _share(at, most)})]
    if other is not None and other != at:
        ends = {"left": _share(min(at, other), most), "width": _share(abs(at - other), most)}
        ring = html.Span(className="error-ring", style={"left": _share(other, most)})
        marks = [html.Span(className="error-line", style=ends), *marks, ring]
    return html.Li(
        [
            html.Span(row["label"]),
            html.Span(marks, className="error-track", **{"aria-hidden": "true"}),
            html.Strong(row["text"]),
        ],
        className="error-row",
    )


def _share(value: int, most: int) -> str:
    return f"{100 * value / most:.1f}%"
