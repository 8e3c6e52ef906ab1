"""The card of a corridor: ways to others, its stops as a strip, and its groups of numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.components import links
from dashboard.components.elements import html
from dashboard.components.groups import group_of
from dashboard.components.icon import icon
from dashboard.filters import Reading
from dashboard.words.catalogue import say


def corridor_card(figure: Mapping[str, Any], reading: Reading) -> html.Div:
    """A ``corridor`` figure, which ``exhibits.routes.corridor`` describes."""
    lang = reading.filters.lang
    groups = [group_of(group, "corridor", reading) for group in figure["groups"]]
    return html.Div(
        [
            html.P(figure["said"], className="corridor-said") if figure["said"] else None,
            _others(figure["ways"], reading),
            _strip(figure["strip"], lang)
            if figure["strip"]
            else html.P(figure["strip_said"], className="corridor-said"),
            html.Div(groups, className="area-groups"),
        ]
    )


def _others(ways: Sequence[Mapping[str, Any]], reading: Reading) -> html.Nav | None:
    """Corridors to open, each by itself; the one that is open is marked."""
    if not ways:
        return None
    return html.Nav(
        [_other(way, reading) for way in ways],
        className="segmented corridor-ways",
        **{"aria-label": say("routes.corridor.ways", reading.filters.lang)},
    )


def _other(way: Mapping[str, Any], reading: Reading) -> html.A:
    filters = reading.filters.with_codes("corridor", (way["code"],))
    current: dict[str, Any] = {"aria-current": "true"} if way["is_now"] else {}
    return html.A(
        way["label"],
        href=links.href(filters, reading.options),
        className="segment",
        **{"data-view": "", **current},
    )


def _strip(parts: Sequence[Mapping[str, Any]], lang: str) -> html.Ol:
    return html.Ol(
        [_stop(part) if part["kind"] == "stop" else _way(part) for part in parts],
        className="strip",
        **{"aria-label": say("routes.corridor.strip", lang)},
    )


def _stop(part: Mapping[str, Any]) -> html.Li:
    return html.Li(
        [
            html.H3(part["title"], className="strip-title"),
            html.Ul([_place(row, part) for row in part["rows"]], className="strip-rows"),
        ],
        className="strip-stop",
    )


def _place(row: Mapping[str, Any], part: Mapping[str, Any]) -> html.Li:
    width = 100 * row["value"] / max(part["largest"], 1)
    look = "strip-bar" if row["is_place"] else "strip-bar strip-bar--rest"
    return html.Li(
        [
            html.Span(row["label"], className="strip-label"),
            html.Span(row["text"], className="strip-number", title=row["range"]),
            html.Span(row["range"], className="sr-only"),
            html.Span(
                html.Span(className=look, style={"width": f"{width:.1f}%"}),
                className="strip-track",
                **{"aria-hidden": "true"},
            ),
        ]
    )


def _way(part: Mapping[str, Any]) -> html.Li:
    return html.Li(
        [
            html.Span(part["text"], className="strip-transport", **{"aria-hidden": "true"}),
            icon("arrow-right"),
            html.Span(part["said"], className="sr-only"),
        ],
        className="strip-way",
    )
