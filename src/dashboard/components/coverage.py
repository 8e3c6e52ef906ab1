"""Coverage as one strip by month: how many partners reported, in bands, and what that explains."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.components.elements import html


def coverage(figure: Mapping[str, Any]) -> html.Div:
    """The strip of a ``coverage`` figure, which ``exhibits.quality.coverage`` describes."""
    return html.Div(
        [
            html.Ol([_month(each) for each in figure["months"]], className="coverage-months"),
            html.Ul([html.Li(text) for text in figure["said"]], className="coverage-said"),
        ],
        className="coverage",
    )


def _month(month: Mapping[str, Any]) -> html.Li:
    return html.Li(
        [
            html.Span(month["name"]),
            html.Strong(month["text"], title=month["band"], className=f"is-step-{month['step']}"),
        ]
    )
