"""Text exhibits: a list of short statements, each perhaps with a number before it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import html


def prose(figure: Mapping[str, Any]) -> html.Div:
    """The statements of a ``text`` figure: ``paragraphs`` of plain sentences."""
    return html.Div([html.P(text) for text in figure["paragraphs"]], className="prose")
