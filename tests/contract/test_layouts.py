"""Every layout: graphs only through the one helper, one heading, names for every control."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dash import dcc, html
from markupsafe import Markup

from dashboard import exhibits
from dashboard.components import states
from dashboard.components.filter_bar import filter_bar
from dashboard.components.shell import WRITTEN, Destination, shell
from dashboard.components.writer import parts
from dashboard.exhibits.registry import read_view_query, render
from dashboard.figures.graph import CONFIG
from dashboard.pages.arrange import arranged
from dashboard.pages.page import Page
from dashboard.release.open_release import Release
from dashboard.words.catalogue import translate
from tests.support.fragments import Element, elements, named, said
from tests.support.pages import PAGES

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "assets" / "js"
exhibits.load()


def walk(node: Any) -> Iterator[Any]:
    """Components and texts of a layout, and elements of what is written, with what they hold."""
    if isinstance(node, list | tuple):
        for child in node:
            yield from walk(child)
    elif isinstance(node, Markup):
        yield from elements(node)
    elif node is not None:
        yield node
        yield from walk(getattr(node, "children", None))
        yield from elements(getattr(node, WRITTEN, ""))


def ids_of(node: Any) -> Iterator[str]:
    """Every id of a layout."""
    for each in walk(node):
        own = each.attributes.get("id") if isinstance(each, Element) else getattr(each, "id", None)
        if own:
            yield str(own)


def layouts(release: Release) -> list[Any]:
    frame = shell(
        [Destination("/", "A", "A", "overview", "o")], release, filter_bar(release, "en"), {}, {},
        "en",
    )  # fmt: skip
    return [frame, *(arranged(page, "en") for page in PAGES), states.lost("en"),
            states.no_release("none", Path("x"), "en")]  # fmt: skip


def test_every_chart_keeps_its_data_at_home() -> None:
    assert CONFIG["showSendToCloud"] is False
    assert CONFIG["showEditInChartStudio"] is False
    assert CONFIG["sendData"] is False
    assert CONFIG["plotlyServerURL"] == ""
    assert CONFIG["displaylogo"] is False


def test_a_map_has_a_room_of_its_own_and_no_graph() -> None:
    room = parts("card", "en").room
    drawn, chart = (room("hotspots.map", shape, 12, True) for shape in ("map", "chart"))
    (place,) = named(drawn, "map-room")
    assert place.attributes["data-keys"] == translate("shell.card.map_keys", "en")
    assert [len(named(drawn, "graph")), len(named(chart, "graph"))] == [0, 1]
    assert named(chart, "map-room") == []


def test_no_page_holds_a_graph_of_dash(protected: Release) -> None:
    """Each would listen to every change; and it has its own settings, which send data away."""
    assert not [n for each in layouts(protected) for n in walk(each) if isinstance(n, dcc.Graph)]
    sources = (ROOT / "src" / "dashboard").rglob("*.py")
    assert [path.name for path in sources if "Graph(" in path.read_text(encoding="utf-8")] == []


def test_charts_are_drawn_with_the_one_configuration() -> None:
    """Paper draws again what stands there as it is; a picture has no buttons at all."""
    calls = {
        path.relative_to(SCRIPTS).as_posix(): found
        for path in SCRIPTS.rglob("*.js")
        if (found := re.findall(r"Plotly\.(?:react|newPlot)\([^;]*;", path.read_text("utf-8")))
    }
    assert {name: len(found) for name, found in calls.items()} == {
        "figures.js": 1, "print.js": 1, "picture/figure.js": 1,
    }  # fmt: skip
    assert "atlas.settings.graph" in calls["figures.js"][0]
    assert "react" in calls["print.js"][0]
    assert "staticPlot: true" in calls["picture/figure.js"][0]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_has_one_first_heading(page: Page) -> None:
    assert [each.tag for each in elements(arranged(page, "en"))].count("h1") == 1


def test_buttons_and_details_have_a_name(protected: Release) -> None:
    for layout in layouts(protected):
        for node in walk(layout):
            if isinstance(node, html.Button | html.Summary):
                own = node.to_plotly_json()["props"]
                inside = f"{node.children or ''}{said(own.get(WRITTEN, ''))}"
                assert inside.strip() or own.get("aria-label"), own
            elif isinstance(node, Element) and node.tag in ("button", "summary"):
                own = node.attributes
                assert said(node).strip() or own.get("aria-label"), own


def test_ids_are_unique_within_a_page_and_its_frame(protected: Release) -> None:
    frame = layouts(protected)[0]
    for page in PAGES:
        ids = [*ids_of([frame, arranged(page, "en")])]
        assert len(ids) > 20
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("search", ["", "period=2023-10..2026-09"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_figure_fits_the_shape_of_its_place(
    protected: Release, page: Page, search: str
) -> None:
    reading = read_view_query(search, protected, lambda _: False)
    forms = {"tiles": "indicators", "list": "ranking", "changes": "changes", "table": "table",
             "editions": "editions", "text": "text", "map": "map", "brush": "brush",
                 "facts": "area", "brief": "brief"}  # fmt: skip
    own = {"hotspots.signals": "watch", "referrals.waiting": "open",
           "referrals.bottlenecks": "days", "referrals.coverage": "gaps",
           "routes.corridor": "corridor", "brief.reported": "reported",
           "quality.coverage": "coverage", "quality.lateness": "lateness",
           "quality.accuracy": "errors"}  # fmt: skip
    for slot in page.slots:
        figure = render(slot.exhibit, reading, protected).figure
        if figure is not None:
            assert figure.get("form") == own.get(slot.exhibit, forms.get(slot.shape)), slot.exhibit
