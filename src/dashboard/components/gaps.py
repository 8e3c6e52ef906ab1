"""Gaps: what is referred of a hundred identified, a dot with its range in each cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.components.elements import html
from dashboard.components.icon import icon
from dashboard.components.scale import scale
from dashboard.filters import Reading

_ARROWS = {"more": "arrow-up", "fewer": "arrow-down"}


def gaps(figure: Mapping[str, Any], _: Reading) -> html.Table:
    """A ``gaps`` figure, which ``exhibits.referrals.coverage`` describes."""
    heads = (
        html.Th([html.Span(column["label"]), html.Small(column["people"])], scope="col")
        for column in figure["columns"]
    )
    return html.Table(
        [
            html.Thead(html.Tr([html.Th(figure["service"], scope="col"), *heads])),
            html.Tbody([_row(row, figure) for row in figure["rows"]]),
        ],
        className="measures measures--gaps",
    )


def _row(row: Mapping[str, Any], figure: Mapping[str, Any]) -> html.Tr:
    cells = zip(row["cells"], figure["columns"], strict=True)
    return html.Tr(
        [html.Th(row["label"], scope="row"), *(_cell(cell, of["label"]) for cell, of in cells)]
    )


def _cell(cell: Mapping[str, Any], column: str) -> html.Td:
    look, word = cell["look"], cell["word"]
    drawn = (
        scale(cell["low"], cell["high"], {"half": cell["dot"]})
        if cell["low"] is not None
        else html.Span(className="scale", **{"aria-hidden": "true"})
    )
    said = [
        html.Strong(cell["text"]) if cell["text"] else None,
        html.Span(cell["range"], className="gap-range"),
        html.Span([icon(_ARROWS[look]), word], className="gap-word") if word else None,
    ]
    return html.Td(
        html.Div(
            [
                html.Span(column, className="gap-column", **{"aria-hidden": "true"}),
                drawn,
                html.Span(said, className="gap-said", **{"aria-hidden": "true"}),
                html.Span(cell["said"], className="sr-only"),
            ],
            className="gap",
        ),
        className=f"gap-cell gap-cell--{look}" if look else "gap-cell",
        title=cell["said"],
    )
