"""The watch list: places off usual now, those that may be, and what followed earlier ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.components.elements import html
from dashboard.components.icon import icon
from dashboard.filters import Reading
from dashboard.words.catalogue import say

_ARROWS = {"up": "arrow-up", "down": "arrow-down"}


def watch_list(figure: Mapping[str, Any], reading: Reading) -> html.Div:
    """The list of a ``watch`` figure, which ``exhibits.hotspots.signals`` describes."""
    lang = reading.filters.lang
    return html.Div(
        [
            _rows(figure["now"]),
            html.P(figure["maybe_said"], className="watch-said"),
            _rows(figure["maybe"]),
            html.H3(say("hotspots.signals.earlier", lang)) if figure["earlier"] else None,
            _rows(figure["earlier"]),
        ],
        className="watch",
    )


def _rows(rows: list[Mapping[str, Any]]) -> html.Ul | None:
    if not rows:
        return None
    return html.Ul([html.Li(_row(row)) for row in rows], className="watch-rows")


def _row(row: Mapping[str, Any]) -> list[html.Span]:
    arrow = _ARROWS.get(row["direction"])
    word = html.Span(
        [icon(arrow) if arrow else None, row["word"]],
        className=f"area-call is-{row['direction']}" if arrow else "watch-word",
    )
    name = html.A(row["label"], href=f"?{row['query']}", **{"data-view": ""})
    return [
        html.Span([name, html.Span(row["text"], className="rank-note")], className="watch-name"),
        word,
    ]
