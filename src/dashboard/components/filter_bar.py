"""The filter bar: controls that write the query string, and what they say is chosen.

The controls are made once with the page and set by the browser from the query string
(``assets/js/filters.js``); the address is the only state. What the choice reads like, its chips
and what was ignored stand in ``filter_status``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.components.filter_panels import panels
from dashboard.components.icon import icon
from dashboard.releases import Release
from dashboard.words.catalogue import say

#: Menus of the bar in order.
MENUS = ("period", "compare", "corridor", "area", "class", "people", "mode")


def filter_bar(release: Release) -> html.Section:
    """The bar for one release: its months, its places, its labels."""
    filled = panels(release)
    return html.Section(
        [
            html.Div(
                [
                    _open_button(),
                    html.Div(
                        [
                            _sheet_head(),
                            html.Div(
                                [_menu(name, filled[name]) for name in MENUS],
                                className="filter-list",
                            ),
                            _sheet_foot(),
                        ],
                        id="filter-sheet",
                        className="filter-menus",
                    ),
                    _actions(),
                ],
                className="filter-row",
            ),
            html.Div(id="filter-status", className="filter-status"),
        ],
        className="filter-bar",
        **{"aria-label": say("shell.bar.label")},
    )


def _menu(name: str, panel: Sequence[Any]) -> html.Details:
    return html.Details(
        [
            html.Summary(
                [
                    html.Span(say(f"shell.bar.{name}"), className="filter-name"),
                    html.Span(id=f"summary-{name}", className="filter-value"),
                    icon("chevron"),
                ],
                className="filter-summary",
            ),
            html.Div(panel, className=f"filter-panel filter-panel--{name}"),
        ],
        className="disclosure filter",
        **{"data-disclosure": "", "data-filter": name},
    )


def _open_button() -> html.Button:
    return html.Button(
        [
            icon("filters"),
            html.Span(say("shell.bar.button")),
            html.Span(id="summary-active", className="filters-active"),
        ],
        type="button",
        className="button filters-open",
        **{"data-sheet-open": "", "aria-haspopup": "dialog", "aria-controls": "filter-sheet"},
    )


def _sheet_head() -> html.Div:
    return html.Div(
        [
            html.P(say("shell.bar.label"), className="sheet-title"),
            html.Button(
                [icon("close"), html.Span(say("shell.bar.close_sheet"), className="sr-only")],
                type="button",
                className="icon-button",
                **{"data-sheet-close": ""},
            ),
        ],
        className="sheet-head",
    )


def _sheet_foot() -> html.Div:
    return html.Div(
        [
            _reset(),
            html.Button(
                say("shell.bar.close"),
                type="button",
                className="button button--primary",
                **{"data-sheet-close": ""},
            ),
        ],
        className="sheet-foot",
    )


def _reset() -> html.Button:
    return html.Button(
        [icon("reset"), say("shell.bar.reset")],
        type="button",
        className="button button--quiet",
        **{"data-reset": say("shell.bar.reset_done"), "data-undo": say("shell.bar.undo")},
    )


def _actions() -> html.Div:
    return html.Div(
        [
            _reset(),
            html.Button(
                [icon("link"), html.Span(say("shell.bar.share"), className="button-text")],
                type="button",
                className="button",
                **{"data-share": say("shell.bar.shared"), "aria-label": say("shell.bar.share")},
            ),
        ],
        className="filter-actions",
    )
