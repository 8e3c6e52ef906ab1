"""The card of a corridor: from, way and to as blocks, its season as a strip, and its groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.components.elements import html
from dashboard.components.groups import group_of
from dashboard.components.icon import icon
from dashboard.filters import Reading
from dashboard.words.catalogue import say


def corridor_card(figure: Mapping[str, Any], reading: Reading) -> html.Div:
    """A ``corridor`` figure, which ``exhibits.routes.corridor`` describes."""
    lang, said, season = reading.filters.lang, figure["said"], figure["season"]
    groups = [group_of(group, "corridor", reading) for group in figure["groups"]]
    return html.Div(
        [
            html.P(said, className="corridor-said") if said else None,
            _strip(figure["strip"], lang)
            if figure["strip"]
            else html.P(figure["strip_said"], className="corridor-said"),
            html.Div(
                [_season(season) if season else None, *groups],
                className="area-groups corridor-groups",
            ),
        ]
    )


def _strip(stops: Sequence[Mapping[str, Any]], lang: str) -> html.Ol:
    return html.Ol(
        [_stop(stop) for stop in stops],
        className="strip",
        **{"aria-label": say("routes.corridor.strip", lang)},
    )


def _stop(stop: Mapping[str, Any]) -> html.Li:
    return html.Li(
        [
            html.H3(stop["title"], className="strip-title"),
            html.Ul([_block(row) for row in stop["rows"]], className="strip-rows"),
            icon("arrow-right"),
        ],
        className=f"strip-stop strip-stop--{stop['id']}",
    )


def _block(row: Mapping[str, Any]) -> html.Li:
    """A place as high as its people are many; what was not recorded is pale."""
    return html.Li(
        [
            html.Span(row["label"], className="strip-label"),
            html.Span(
                [row["text"], html.Span(f" {row['ends']}", className="strip-range")],
                className="strip-number",
            ),
        ],
        className="strip-block" if row["is_told"] else "strip-block strip-block--rest",
        style={"flexGrow": row["value"]},
        title=row["range"],
    )


def _season(season: Mapping[str, Any]) -> html.Section:
    head = [html.Th(label, scope="col") for label in season["columns"]]
    return html.Section(
        [
            html.H3(season["title"]),
            html.P(season["said"], className="season-said"),
            html.Table(
                [
                    html.Thead(html.Tr([html.Td(), *head])),
                    html.Tbody([_year(row) for row in season["rows"]]),
                ],
                className="season",
            ),
        ],
        className="area-group area-group--season",
    )


def _year(row: Mapping[str, Any]) -> html.Tr:
    cells = [
        html.Td(
            [
                html.Span(cell["text"], **{"aria-hidden": "true"}),
                html.Span(cell["said"], className="sr-only"),
            ],
            className=f"season-cell season-cell--{cell['level']}",
            title=cell["said"],
        )
        for cell in row["cells"]
    ]
    return html.Tr([html.Th(row["label"], scope="row"), *cells])
