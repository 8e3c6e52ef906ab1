"""Text exhibits: a list of short statements, each perhaps with a number before it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.components import links
from dashboard.components.elements import html


def prose(figure: Mapping[str, Any], lang: str) -> html.Div:
    """The ``statements`` of a ``text`` figure: a heading and a text, perhaps after a number.

    Where the figure has ``more`` (label, path), a link to that page follows.
    """
    parts: list[Any] = [_statement(entry) for entry in figure["statements"]]
    if more := figure.get("more"):
        link = html.A(
            more["label"], href=links.page(more["path"], lang), **{"data-nav": more["path"]}
        )
        parts.append(html.P(link))
    return html.Div(parts, className="prose")


def _statement(entry: Mapping[str, str]) -> html.Div:
    number = html.Span(entry["number"], className="statement-number", **{"aria-hidden": "true"})
    text = html.P([html.Strong(f"{entry['heading']}. "), entry["text"]])
    return html.Div([number, text], className="statement")
