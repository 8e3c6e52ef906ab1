"""The filter bar: controls that write the query string, and what they say is chosen.

The controls are made once with the page and set by the browser from the query string
(``assets/js/filters.js``); the address is the only state. What the choice reads like, its chips
and what was ignored stand in ``filter_status``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.components.filter_panels import BAR, panels
from dashboard.components.shell import holding
from dashboard.components.writer import parts
from dashboard.release.open_release import Release
from dashboard.words.catalogue import translate


def filter_bar(release: Release, lang: str) -> html.Section:
    """The bar for one release: its months, its places, its labels, in a language."""
    filled, written = panels(release, lang), parts("filter_bar", lang)
    return html.Section(
        [
            html.Div(
                [
                    html.Button(
                        type="button",
                        className="button filters-open",
                        **holding(written.open()),
                        **{
                            "data-sheet-open": "",
                            "aria-haspopup": "dialog",
                            "aria-controls": "filter-sheet",
                        },
                    ),
                    html.Div(
                        id="period-steps",
                        className="period-steps",
                        role="group",
                        **{"aria-label": translate("shell.bar.steps", lang)},
                    ),
                    html.Div(
                        [
                            html.Div(className="sheet-head", **holding(written.head())),
                            html.Div(
                                [_menu(name, filled[name], written) for name in BAR],
                                className="filter-list",
                            ),
                            html.Div(className="sheet-foot", **holding(written.foot())),
                        ],
                        id="filter-sheet",
                        className="filter-menus",
                    ),
                    html.Div(className="filter-actions", **holding(written.actions())),
                ],
                className="filter-row",
            ),
            html.Div(id="filter-status", className="filter-status"),
        ],
        className="filter-bar",
        **{"aria-label": translate("shell.bar.label", lang)},
    )


def _menu(name: str, panel: Sequence[Any], written: Any) -> html.Details:
    """A menu with its controls; ``written`` are the parts of the template of the bar."""
    return html.Details(
        [
            html.Summary(className="filter-summary", **holding(written.menu(name))),
            html.Div(
                html.Div(panel, className="filter-choices"),
                className=f"filter-panel filter-panel--{name}",
            ),
        ],
        className="disclosure filter",
        **{"data-disclosure": "", "data-filter": name},
    )
