"""Lateness: bars of what has arrived by time since a month closed, and months that fill up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.components.elements import html
from dashboard.words.catalogue import say

_CELLS = ("so_far", "expected", "range")


def lateness(figure: Mapping[str, Any], lang: str) -> html.Div:
    """The bars and the small table of a ``lateness`` figure (``exhibits.quality.lateness``)."""
    return html.Div(
        [
            html.Ul([_bar(bar) for bar in figure["bars"]], className="lateness-bars"),
            _months(figure["filling"], lang) if figure["filling"] else None,
        ]
    )


def _bar(bar: Mapping[str, Any]) -> html.Li:
    fill = html.Span(style={"width": f"{bar['share']}%"})
    return html.Li(
        [
            html.Span(bar["label"]),
            html.Span(fill, className="lateness-track", **{"aria-hidden": "true"}),
            html.Strong(bar["text"]),
        ]
    )


def _months(rows: Any, lang: str) -> html.Table:
    heads = ("filling", *_CELLS)
    return html.Table(
        [
            html.Thead(
                html.Tr(
                    [
                        html.Th(
                            say(f"quality.lateness.{name}", lang),
                            scope="col",
                            className="" if name == "filling" else "number",
                        )
                        for name in heads
                    ]
                )
            ),
            html.Tbody(
                [
                    html.Tr(
                        [
                            html.Th(row["month"], scope="row"),
                            *(html.Td(row[name], className="number") for name in _CELLS),
                        ]
                    )
                    for row in rows
                ]
            ),
        ],
        className="table",
    )
