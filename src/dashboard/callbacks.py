"""Callbacks: an address in, what the page shows for it out.

The shell, its controls and its address are Dash's; what stands on a page is one answer, for which
``assets/js/answers.js`` asks the one callback of the server itself. What happens in the browser
alone is registered here by name.
"""

from __future__ import annotations

from typing import Any

from dash import ALL, ClientsideFunction, Dash, Input, Output, State

from dashboard.access.reader import reader
from dashboard.answers import answer, read_request
from dashboard.components.filter_panels import control_id
from dashboard.model.filters import FILTERS
from dashboard.release.folder import Releases


def register(app: Dash, releases: Releases, public: Releases) -> None:
    """Register every callback of the product."""

    @app.callback(
        Output("answer", "data"),
        Input("asked", "data"),
        State("release", "data"),
        prevent_initial_call=True,
    )
    def answered(address: str | None, loaded: str | None) -> dict[str, Any]:
        opened = reader().releases(releases)
        return answer(read_request(address or ""), opened, loaded, releases, public)

    _register_browser(app)


def _register_browser(app: Dash) -> None:
    """Callbacks that run in the browser; their functions stand in assets/js."""

    def browser(name: str, *dependencies: Any, **rest: Any) -> None:
        app.clientside_callback(ClientsideFunction("atlas", name), *dependencies, **rest)

    controls = {"type": "filter", "name": ALL}
    browser(
        "ask",
        Input("url", "pathname"),
        Input("url", "search"),
        State("answer", "data"),
        State("release", "data"),
        State("settings", "data"),
    )
    browser(
        "controlsFromAddress",
        Output(controls, "value"),
        Input("url", "search"),
        Input("usual-period", "data"),
        State(controls, "id"),
        State(controls, "options"),
        State(controls, "value"),
        State("settings", "data"),
    )
    browser(
        "addressFromControls",
        Input(controls, "value"),
        State(controls, "id"),
        State(controls, "options"),
        State("url", "search"),
        State("usual-period", "data"),
        prevent_initial_call=True,
    )
    # Other filters list all their codes; of places there are many, so they are searched.
    for control in (control_id(entry.name) for entry in FILTERS if not entry.lists):
        browser(
            "findPlaces",
            Output(control, "options"),
            Input(control, "search_value"),
            State(control, "value"),
            State(control, "options"),
        )
    browser("keepLanguages", Input("url", "pathname"), Input("url", "search"))
    browser("markPage", Input("url", "pathname"), State("settings", "data"))
