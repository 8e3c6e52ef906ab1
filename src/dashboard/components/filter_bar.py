"""The filter bar: controls that write the query string, and what they say is chosen.

The controls are made once with the page and set by the browser from the query string
(``assets/js/filters.js``); the address is the only state. What the choice reads like, its chips
and what was ignored stand in ``filter_status``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.components.elements import html
from dashboard.components.filter_panels import BAR, panels
from dashboard.components.icon import icon
from dashboard.release.open_release import Release
from dashboard.words.catalogue import say


def filter_bar(release: Release, lang: str) -> html.Section:
    """The bar for one release: its months, its places, its labels, in a language."""
    filled = panels(release, lang)
    return html.Section(
        [
            html.Div(
                [
                    _open_button(lang),
                    html.Div(
                        id="period-steps",
                        className="period-steps",
                        role="group",
                        **{"aria-label": say("shell.bar.steps", lang)},
                    ),
                    html.Div(
                        [
                            _sheet_head(lang),
                            html.Div(
                                [_menu(name, filled[name], lang) for name in BAR],
                                className="filter-list",
                            ),
                            _sheet_foot(lang),
                        ],
                        id="filter-sheet",
                        className="filter-menus",
                    ),
                    _actions(lang),
                ],
                className="filter-row",
            ),
            html.Div(id="filter-status", className="filter-status"),
        ],
        className="filter-bar",
        **{"aria-label": say("shell.bar.label", lang)},
    )


def _menu(name: str, panel: Sequence[Any], lang: str) -> html.Details:
    return html.Details(
        [
            html.Summary(
                [
                    html.Span(say(f"shell.bar.{name}", lang), className="filter-name"),
                    html.Span(id=f"summary-{name}", className="filter-value"),
                    icon("chevron"),
                ],
                className="filter-summary",
            ),
            html.Div(
                html.Div(panel, className="filter-choices"),
                className=f"filter-panel filter-panel--{name}",
            ),
        ],
        className="disclosure filter",
        **{"data-disclosure": "", "data-filter": name},
    )


def _open_button(lang: str) -> html.Button:
    return html.Button(
        [
            icon("filters"),
            html.Span(say("shell.bar.button", lang)),
            html.Span(id="summary-active", className="filters-active"),
        ],
        type="button",
        className="button filters-open",
        **{"data-sheet-open": "", "aria-haspopup": "dialog", "aria-controls": "filter-sheet"},
    )


def _sheet_head(lang: str) -> html.Div:
    return html.Div(
        [
            html.P(say("shell.bar.label", lang), className="sheet-title"),
            html.Button(
                [icon("close"), html.Span(say("shell.bar.close_sheet", lang), className="sr-only")],
                type="button",
                className="icon-button",
                **{"data-sheet-close": ""},
            ),
        ],
        className="sheet-head",
    )


def _sheet_foot(lang: str) -> html.Div:
    return html.Div(
        [
            _reset(lang),
            html.Button(
                say("shell.bar.close", lang),
                type="button",
                className="button button--primary",
                **{"data-sheet-close": ""},
            ),
        ],
        className="sheet-foot",
    )


def _reset(lang: str) -> html.Button:
    return html.Button(
        [icon("reset"), say("shell.bar.reset", lang)],
        type="button",
        className="button button--quiet",
        **{
            "data-reset": say("shell.bar.reset_done", lang),
            "data-undo": say("shell.bar.undo", lang),
        },
    )


def _actions(lang: str) -> html.Div:
    return html.Div(
        [
            _reset(lang),
            _share(lang),
        ],
        className="filter-actions",
    )


def _share(lang: str) -> html.Details:
    """Two links to the view: to whatever is newest, and to the edition that is shown now."""
    name = say("shell.bar.share", lang)
    items = [
        html.Li(
            html.Button(
                [
                    html.Span(say(f"shell.bar.share_{kind}", lang), className="share-name"),
                    html.Span(say(f"shell.bar.share_{kind}_hint", lang), className="share-hint"),
                ],
                type="button",
                className="menu-item",
                **{"data-share": kind},
            )
        )
        for kind in ("newest", "edition")
    ]
    return html.Details(
        [
            html.Summary(
                [icon("link"), html.Span(name, className="button-text")],
                className="button",
                **{"aria-label": name},
            ),
            html.Ul(items, className="menu"),
        ],
        className="disclosure share",
        **{"data-disclosure": "", "data-shared": say("shell.bar.shared", lang)},
    )
