"""Callbacks: the address in, parts of the page out. Each is parse, ask, return.

What happens in the browser alone (controls to address, figures into graphs, pictures) stands in
``assets/js`` and is registered here by name.
"""

from __future__ import annotations

import logging
import secrets
from typing import Any

from dash import ALL, MATCH, ClientsideFunction, Dash, Input, Output, State, ctx

from dashboard import door, queries
from dashboard.components import exhibit_card, states
from dashboard.components.banner import banners, earlier_edition
from dashboard.components.filter_panels import BAR
from dashboard.components.filter_status import Count, count_in_words, status, summaries
from dashboard.components.sheet_head import sheet_head
from dashboard.exhibits.headlines import headline
from dashboard.exhibits.parts.frame import total_in_words
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import definition, offered_options, question_of
from dashboard.filters import Filters, read_language
from dashboard.model.facts import INCIDENTS, PEOPLE
from dashboard.pages import PAGES, figure_number, find
from dashboard.pages.arrange import arranged
from dashboard.release.folder import Releases
from dashboard.release.open_release import QueryTimeout, Release
from dashboard.words.catalogue import say

_log = logging.getLogger(__name__)


def register(app: Dash, releases: Releases) -> None:
    """Register every callback of the product."""
    _register_server(app, releases)
    for page in PAGES:
        if page.heading == "finding":
            _register_headline(app, releases, page.name)
    _register_browser(app)


def _register_server(app: Dash, releases: Releases) -> None:
    @app.callback(Output("page", "children"), Input("url", "pathname"), State("url", "search"))
    def page(pathname: str | None, search: str | None) -> Any:
        found, lang = find(pathname or "/"), read_language(search or "")
        return arranged(found, lang) if found else states.lost(lang)

    @app.callback(
        *(Output(f"summary-{name}", "children") for name in (*BAR, "active")),
        Output("filter-status", "children"),
        Output("live", "children"),
        Input("url", "search"),
        Input("url", "pathname"),
        State("release", "data"),
    )
    def filter_words(search: str | None, pathname: str | None, loaded: str | None) -> list[Any]:
        reading, release = door.read(search or "", releases, loaded)
        counts, lang = _counts(release, reading.filters), reading.filters.lang
        texts = summaries(release, reading)
        live = say("shell.updated", lang, count=count_in_words(counts, lang))
        page = find(pathname or "/")
        line = status(release, reading, counts, page.facts if page else ())
        return [*texts.values(), line, live]

    @app.callback(
        {
            part: Output({"type": f"exhibit-{part}", "id": MATCH}, prop)
            for part, prop in exhibit_card.PARTS.items()
        },
        Input("url", "search"),
        State("release", "data"),
    )
    def exhibit(search: str | None, loaded: str | None) -> dict[str, Any]:
        asked: Any = ctx.outputs_grouping
        return _parts(asked["heading"]["id"]["id"], search or "", releases, loaded)

    @app.callback(
        Output("sheet-head", "children"),
        Input("url", "search"),
        State("release", "data"),
    )
    def head_of_sheet(search: str | None, loaded: str | None) -> list[Any]:
        reading, release = door.read(search or "", releases, loaded)
        return sheet_head(release, reading)

    @app.callback(
        Output("usual-period", "data"),
        Input("url", "search"),
        State("release", "data"),
    )
    def usual_period(search: str | None, loaded: str | None) -> str:
        return str(door.read(search or "", releases, loaded)[1].default_period)

    @app.callback(
        Output("banner", "children"),
        Input("url", "pathname"),
        Input("url", "search"),
        State("release", "data"),
    )
    def banner(pathname: str | None, search: str | None, loaded: str | None) -> list[Any]:
        current, lang = releases.current(), read_language(search or "")
        address = f"{pathname or '/'}{search or ''}"
        earlier = earlier_edition(*door.read(search or "", releases, loaded), current)
        answered = releases.steady(loaded).id == loaded
        current_banners = banners(
            releases.trouble, current, loaded, address, lang, answered=answered
        )
        return [*earlier, *current_banners]


def _register_headline(app: Dash, releases: Releases, page: str) -> None:
    """The finding above one page, with ids of its own: a page that is left keeps its words."""

    @app.callback(
        Output(f"headline-{page}", "children"),
        Output(f"lead-{page}", "children"),
        Input("url", "search"),
        State("release", "data"),
    )
    def page_headline(search: str | None, loaded: str | None) -> tuple[str, str]:
        opening = headline(page, _question(search, releases, loaded))
        # Every sentence is whole; only the space between them is the page's.
        return opening.title, " ".join(opening.lead)


def _question(search: str | None, releases: Releases, loaded: str | None) -> Question:
    reading, release = door.read(search or "", releases, loaded)
    return question_of(reading.filters, release)


def _counts(release: Release, filters: Filters) -> dict[str, Count]:
    """People and incidents of a view, by unit."""
    question = question_of(filters, release)
    counts: dict[str, Count] = {}
    for fact in (PEOPLE, INCIDENTS):
        size = queries.total(release, fact, filters, question.period)
        counts[fact.unit] = Count(size, total_in_words(question, fact, size))
    return counts


def _parts(exhibit_id: str, search: str, releases: Releases, loaded: str | None) -> dict[str, Any]:
    """Parts of one card; a failure is logged with a reference and shown in the card's room."""
    try:
        answer = door.ask(exhibit_id, search, releases, loaded)
        options = offered_options(definition(exhibit_id), answer.release)
        number = figure_number(exhibit_id)
        parts = exhibit_card.filled(
            answer.exhibit, answer.reading, options, number, answer.file_name
        )
    except Exception as error:  # noqa: BLE001 -- one card's failure must not take the page
        reference = secrets.token_hex(4)
        _log.exception("exhibit %s failed, reference %s", exhibit_id, reference)
        slow = isinstance(error, QueryTimeout)
        number, lang = figure_number(exhibit_id), read_language(search)
        parts = exhibit_card.failed(exhibit_id, number, reference, lang, slow=slow)
    parts["figure"] = {"query": search, "figure": parts["figure"]}
    return parts


def _register_browser(app: Dash) -> None:
    """Callbacks that run in the browser; their functions stand in assets/js."""

    def browser(name: str, *dependencies: Any, **rest: Any) -> None:
        app.clientside_callback(ClientsideFunction("atlas", name), *dependencies, **rest)

    controls = {"type": "filter", "name": ALL}
    browser(
        "controlsFromAddress",
        Output(controls, "value"),
        Input("url", "search"),
        Input("usual-period", "data"),
        State(controls, "id"),
        State(controls, "options"),
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
    browser(
        "placeFigures",
        Input({"type": "exhibit-figure", "id": ALL}, "data"),
        State({"type": "exhibit-figure", "id": ALL}, "id"),
        State("settings", "data"),
    )
    browser(
        "followClick",
        Input({"type": "exhibit-graph", "id": ALL}, "clickData"),
        prevent_initial_call=True,
    )
    browser("keepLanguages", Input("url", "pathname"), Input("url", "search"))
    browser("markPage", Input("url", "pathname"), State("settings", "data"))
