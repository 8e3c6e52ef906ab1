"""Maps: basemap, areas and flows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dashboard.figures import mapstyle
from dashboard.figures.mapstyle import Label
from tests.unit.dashboard.figures.figures import NOTICE, map_of_areas, map_of_flows

ROOT = Path(__file__).parents[4]
MAPS = {"areas": map_of_areas(), "flows": map_of_flows()}


def layers(style: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {layer["id"]: layer for layer in style["layers"]}


@pytest.mark.parametrize("kind", MAPS)
def test_every_map_says_what_its_boundaries_do_not_mean(kind: str) -> None:
    layout = MAPS[kind]["layout"]
    (wide,), (narrow,) = layout["annotations"], layout["meta"]["narrow"]["annotations"]
    for note, longest in ((wide, 110), (narrow, 62)):
        assert note["text"].replace("<br>", " ") == NOTICE
        assert all(len(line) <= longest for line in note["text"].split("<br>"))


@pytest.mark.parametrize("kind", MAPS)
def test_every_map_says_where_it_looks(kind: str) -> None:
    layout = MAPS[kind]["layout"]
    assert set(layout["map"]["center"]) == {"lon", "lat"}
    assert layout["map"]["zoom"] > 0
    assert layout["meta"]["view"] == layout["uirevision"]
    assert len(layout["meta"]["bounds"]) == 4


@pytest.mark.parametrize("kind", MAPS)
def test_the_legend_moves_below_the_map_on_a_phone(kind: str) -> None:
    layout = MAPS[kind]["layout"]
    narrow = layout["meta"]["narrow"]
    assert narrow["legend"]["orientation"] == "h"
    assert narrow["margin"]["b"] > layout["margin"]["b"]


@pytest.mark.parametrize("kind", MAPS)
def test_every_trace_says_which_layer_it_lies_below(kind: str) -> None:
    known = layers(MAPS[kind]["layout"]["map"]["style"])
    drawn = [trace for trace in MAPS[kind]["data"] if trace.get("hoverinfo") != "skip"]
    drawn += MAPS[kind]["layout"]["map"].get("layers", [])
    assert all(entry["below"] in known for entry in drawn)


@pytest.mark.parametrize("lang", ["en", "bn"])
def test_the_style_draws_only_declared_sources_and_fonts(lang: str) -> None:
    style = mapstyle.style(lang, labels=[Label("Dhaka", "79", 90.4, 23.8)])
    assert style["version"] == 8
    assert "glyphs" not in style
    assert "sprite" not in style
    for layer in style["layers"]:
        assert layer["type"] == "background" or layer["source"] in style["sources"]
        for font in layer.get("layout", {}).get("text-font", ()):
            assert font in style["font-faces"]


def test_the_fonts_of_the_style_are_served_by_the_product() -> None:
    faces = mapstyle.style("en")["font-faces"]
    for face in (entry for entries in faces.values() for entry in entries):
        assert (ROOT / face["url"].removeprefix("/")).is_file()


def test_the_boundaries_of_the_style_are_served_by_the_product() -> None:
    addresses = [
        source["data"]
        for source in mapstyle.style("en")["sources"].values()
        if isinstance(source["data"], str)
    ]
    addresses += [t["geojson"] for t in MAPS["areas"]["data"] if t["type"] == "choroplethmap"]
    for address in addresses:
        assert (ROOT / "data" / address.removeprefix("/")).is_file()


def test_disputed_borders_are_dashed() -> None:
    known = layers(mapstyle.style("en"))
    assert known["borders-disputed"]["paint"]["line-dasharray"]
    assert "line-dasharray" not in known["borders"]["paint"]


def test_numbers_of_places_are_bold_and_lie_over_everything() -> None:
    style = mapstyle.style("en", labels=[Label("Dhaka", "79", 90.4, 23.8)])
    (feature,) = style["sources"]["values"]["data"]["features"]
    assert feature["properties"] == {"text": "Dhaka", "emphasis": "79", "order": 0}
    assert style["layers"][-1]["id"] == "values"


def test_a_click_on_an_area_gives_its_code_as_a_list_entry() -> None:
    coded = [t for t in MAPS["areas"]["data"] if t.get("customdata")]
    assert {code for trace in coded for code in trace["customdata"]} == {"BD2022", "BD3026"}
    assert all(isinstance(trace["customdata"], list) for trace in coded)


def test_every_class_stands_in_the_legend_even_when_no_area_is_in_it() -> None:
    named = [shape["name"] for shape in MAPS["areas"]["layout"]["shapes"]]
    assert named == ["10 or more", "None or very few"]


def test_smuggling_is_dashed_and_trafficking_is_not() -> None:
    drawn = MAPS["flows"]["layout"]["map"]["layers"]
    dashed = {layer["color"] for layer in drawn if "dash" in layer["line"]}
    solid = {
        layer["color"] for layer in drawn if layer.get("opacity") and "dash" not in layer["line"]
    }
    assert dashed == {"#1F8F7B"}
    assert solid == {"#5F2C82"}


def test_only_classes_that_are_drawn_stand_in_the_legend() -> None:
    named = [trace["name"] for trace in MAPS["flows"]["data"] if trace.get("showlegend")]
    assert named == ["trafficking", "smuggling", "10–19", "20 or more"]


def test_a_flow_can_be_pointed_at_in_its_middle() -> None:
    hovered = [t for t in MAPS["flows"]["data"] if t.get("text") and t["marker"]["opacity"] < 0.1]
    assert len(hovered[0]["text"]) == 2


def test_a_style_is_the_same_until_language_or_labels_change() -> None:
    assert json.dumps(mapstyle.style("en")) == json.dumps(mapstyle.style("en"))
    assert json.dumps(mapstyle.style("bn")) != json.dumps(mapstyle.style("en"))
