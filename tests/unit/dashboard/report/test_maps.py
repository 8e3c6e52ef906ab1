"""Maps of slides and papers: what a map has in its corner is drawn, with its names, in own room."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from typing import Any

import pytest
from docx import Document
from pptx import Presentation

from dashboard.model.periods import Month
from dashboard.release.folder import Releases
from dashboard.report import files
from dashboard.report.contents import Report, ReportRequest, make_report
from dashboard.report.files import Places
from dashboard.report.maps import Drawer


@pytest.fixture(scope="module")
def report(members: Releases, public: Releases) -> Report:
    figure = "hotspots.map?period=2025-10..2026-09"
    return make_report(ReportRequest("Map", (figure,), Month(2026, 9), pages=2), members, public)


@pytest.fixture(scope="module")
def description(report: Report) -> dict[str, Any]:
    return dict(report.pages[0].form.map or {})


@pytest.fixture(scope="module")
def drawer(places: Places) -> Iterator[Drawer]:
    with Drawer(places.assets, places.geography) as drawer:
        yield drawer


def test_a_map_and_the_one_in_its_corner_are_two_pictures(
    report: Report, places: Places, description: dict[str, Any]
) -> None:
    name = description["beside"]["title"]
    (deck, paper), _ = files.make([report], ["pptx", "docx"], places, {}, "map")
    shapes = [
        shape
        for shape in Presentation(io.BytesIO(deck.content)).slides[1].shapes
        if shape.shape_type == 13
    ]
    assert len(shapes) == 2
    assert shapes[0].left + shapes[0].width <= shapes[1].left
    assert name in next(shapes[0]._element.iter("{*}cNvPr")).get("title", "")
    titles = [
        one.get("title")
        for one in Document(io.BytesIO(paper.content)).element.body.iter("{*}docPr")
    ]
    assert len(titles) == 2
    assert name in titles[0]


def test_names_stand_where_a_page_has_buttons(description: dict[str, Any], drawer: Drawer) -> None:
    country = {**description, "beside": None, "legend": [], "notice": "", "fit": None}
    country["box"] = [87.9, 20.5, 92.8, 26.75]
    label = {"text": "Sylhet", "emphasis": "47", "code": "", "point": [91.9611, 24.8922]}
    svg = drawer.svg(country | {"labels": [label]}, 200, 280)
    assert "Sylhet" in svg


def test_a_map_is_drawn_where_an_event_loop_runs(
    description: dict[str, Any], places: Places, drawer: Drawer
) -> None:
    """As in a notebook, and in a process that drives a browser."""

    async def drawn() -> str:
        with Drawer(places.assets, places.geography) as drawer:
            return drawer.svg(description, 300, 200)

    assert asyncio.run(drawn()) == drawer.svg(description, 300, 200)


def test_a_legend_covers_no_area(description: dict[str, Any], drawer: Drawer) -> None:
    country = {**description, "beside": None}
    for width, height in ((420, 320), (320, 230), (700, 300)):
        room = {"width": width, "height": height, "narrow": False, "isStill": True}
        view = drawer.evaluate("besideLegend(asked, room)", country, room)
        legend = drawer.evaluate("map.legendBox(asked, {width: room.width, height: room.height})",
                             country, room)[0]  # fmt: skip
        west = drawer.evaluate("map.onPlane([asked.box[0], asked.box[1]])[0]", country, room)
        assert west * view["k"] + view["x"] >= legend["x"] + legend["width"]


def test_a_number_beside_letters_that_run_from_the_right_is_read_from_its_left(
    drawer: Drawer,
) -> None:
    def drawn(*texts: tuple[float, str]) -> bytes:
        parts = "".join(f'<text x="{x}" y="20" font-size="20">{text}</text>' for x, text in texts)
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30">{parts}</svg>'
        return drawer.picture(svg)

    assert drawn((0, "\u062712")) == drawn((0, "\u0627"), (drawer.width_of("\u0627", 20), "12"))
