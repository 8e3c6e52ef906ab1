"""Text exhibits: a list of short statements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.components import links
from dashboard.components.elements import html


def prose(figure: Mapping[str, Any], lang: str) -> html.Div:
    """The ``statements`` of a ``text`` figure, each a heading and a text.

    Where the figure has ``more`` (label, path), a link to that page follows.
    """
    parts: list[Any] = [
        html.P([html.Strong(f"{entry['heading']}. "), entry["text"]])
        for entry in figure["statements"]
    ]
    if more := figure.get("more"):
        link = html.A(
            more["label"], href=links.page(more["path"], lang), **{"data-nav": more["path"]}
        )
        parts.append(html.P(link))
    return html.Div(parts, className="prose")
