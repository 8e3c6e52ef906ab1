"""Maps: their descriptions, which the browser draws."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from dashboard.door import ARCS
from dashboard.figures import theme
from dashboard.figures.map_description import Label, description
from dashboard.model.shipped import MAP
from tests.unit.dashboard.figures.figures import NASTY, NOTICE, map_of_areas, maps

ROOT = Path(__file__).parents[4]
DRAWING = MAP / "source" / "map"
MAPS = maps()
EACH = pytest.mark.parametrize("kind", sorted(MAPS))
#: What the writers of the browser can draw.
KNOWN_KINDS = {"areas", "outlines", "flows", "nodes", "tiles"}


def layers(kind: str, *names: str) -> list[dict[str, Any]]:
    return [layer for layer in MAPS[kind]["layers"] if layer["kind"] in names]


@EACH
def test_a_map_says_where_it_looks_and_what_its_boundaries_do_not_mean(kind: str) -> None:
    map_made = MAPS[kind]
    assert map_made["form"] == "map"
    assert map_made["notice"] == NOTICE
    left, top, right, bottom = map_made["box"]
    assert left < right
    assert top < bottom
    assert map_made["ground"] == (kind != "tiles")
    assert map_made["view"]
    assert map_made["click"] == ("place" if kind == "flows" else "area")


@EACH
def test_every_layer_is_of_a_kind_that_scripts_draw(kind: str) -> None:
    assert {layer["kind"] for layer in MAPS[kind]["layers"]} <= KNOWN_KINDS
    drawing = (DRAWING / "drawing.js").read_text(encoding="utf-8")
    body = drawing.split("const LAYERS = {")[1].split("\n};")[0]
    assert set(re.findall(r"^  (\w+)\(", body, re.MULTILINE)) == KNOWN_KINDS


@EACH
def test_what_a_map_says_the_component_takes_by_the_same_name(kind: str) -> None:
    """But for what pages alone ask: what a press chooses, and what is chosen."""
    source = (MAP / "AtlasMap.py").read_text(encoding="utf-8")
    properties = set(re.findall(r"'(\w+)'", source.split("self._prop_names = [")[1].split("]")[0]))
    assert {"id", "layers", "clicked"} <= properties
    assert MAPS[kind].keys() - properties == {"form", "click"} | ({"chosen"} & MAPS[kind].keys())


@EACH
def test_boundaries_are_files_that_the_product_serves(kind: str) -> None:
    names = {layer["boundaries"] for layer in MAPS[kind]["layers"] if "boundaries" in layer}
    geography = (DRAWING / "geography.js").read_text(encoding="utf-8")
    ground, world = (
        re.findall(r"\w+", geography.split(f"const {name} = [")[1].split("]")[0])
        for name in ("GROUND", "WORLD")
    )
    assert (len(ground), len(world)) == (3, 3)
    for name in {*names, *ground, *world}:
        ending = "arcs.json" if name in ARCS else "geojson"
        assert (ROOT / "data" / "countries" / "bgd" / "geography" / f"{name}.{ending}").is_file()


def test_scripts_know_which_files_are_arcs_and_which_comes_before_which() -> None:
    script = (DRAWING / "arcs.js").read_text(encoding="utf-8")
    entries = script.split("const BEFORE = {")[1].split("}")[0]
    before = {name: after for name, after in re.findall(r'(\w+): (?:null|"(\w+)")', entries)}
    assert set(before) == set(ARCS)
    for name, after in before.items():
        path = ROOT / "data" / "countries" / "bgd" / "geography" / f"{name}.arcs.json"
        assert json.loads(path.read_text(encoding="utf-8"))["after"] == after


def test_areas_are_keyed_by_code_with_class_and_words_in_their_order() -> None:
    (layer,) = layers("areas", "areas")
    assert layer["boundaries"] == "adm2"
    assert layer["areas"] == [
        {"code": "BD2022", "class": 1, "lines": ["Cox's Bazar", "about 12 incidents"]},
        {"code": "BD3026", "class": 0, "lines": [NASTY]},
    ]


def test_white_areas_have_a_line_that_is_seen_and_others_a_white_one() -> None:
    (layer,) = layers("areas", "areas")
    assert layer["classes"] == [
        {"fillcolor": theme.SURFACE, "line": theme.BOUNDARY, "dash": [], "dots": ""},
        {"fillcolor": "#14497C", "line": theme.SURFACE, "dash": [], "dots": ""},
    ]


def test_an_outline_lies_above_the_areas_and_has_a_strong_line() -> None:
    assert [layer["kind"] for layer in MAPS["areas"]["layers"]] == ["areas", "outlines"]
    (outline,) = layers("areas", "outlines")
    assert (outline["boundaries"], outline["codes"]) == ("adm1", ["BD20"])
    assert outline["width"] >= 2


def test_every_class_stands_in_the_legend_even_when_no_area_is_in_it() -> None:
    (part,) = MAPS["areas"]["legend"]
    assert part["title"] == "Incidents"
    assert [entry["label"] for entry in part["entries"]] == ["10 or more", "None or very few"]
    assert [entry["fillcolor"] for entry in part["entries"]] == ["#14497C", theme.SURFACE]


def test_the_legend_shows_hue_and_dash_of_what_is_drawn_and_the_widths() -> None:
    hues, widths = MAPS["flows"]["legend"]
    assert [entry["label"] for entry in hues["entries"]] == ["trafficking", "smuggling"]
    (flows,) = layers("flows", "flows")
    for entry in hues["entries"]:
        look = flows["groups"][entry["label"]]
        assert (entry["line"], entry["dash"]) == (look["line"], look["dash"])
    assert [entry["label"] for entry in widths["entries"]] == ["10–19", "20 or more"]
    assert [entry["width"] for entry in widths["entries"]] == flows["widths"][:2]


def test_smuggling_is_dashed_and_trafficking_is_not() -> None:
    (flows,) = layers("flows", "flows")
    assert flows["groups"] == {
        "trafficking": {"line": "#5F2C82", "dash": []},
        "smuggling": {"line": "#1F8F7B", "dash": [2.2, 1.3]},
    }


def test_wide_flows_lie_below_thin_ones_and_circles_above_both() -> None:
    (flows,) = layers("flows", "flows")
    assert [flow["width"] for flow in flows["flows"]] == [1, 0]
    assert flows["flows"][0]["start"] == [92.0, 21.6]
    assert flows["flows"][0]["lines"] == ["there"]
    assert [layer["kind"] for layer in MAPS["flows"]["layers"]] == ["flows", "nodes"]
    (nodes,) = layers("flows", "nodes")
    assert [node["code"] for node in nodes["nodes"]] == ["BD2022", "MY"]


def test_labels_keep_their_order_and_their_number_apart() -> None:
    assert map_of_areas()["labels"] == [
        {"text": "Cox's Bazar", "emphasis": "12", "point": [92.0, 21.6], "code": "", "notes": []}
    ]


@pytest.mark.parametrize(("lang", "names"), [("en", "en"), ("bn", "bn"), ("bn-beng", "bn")])
def test_names_of_the_ground_are_in_the_language_of_the_words(lang: str, names: str) -> None:
    map_made = description(
        [], box=(88, 20, 93, 27), view="x", legend=[], labels=[Label("a", "", 90, 24)],
        notice=NOTICE, lang=lang,
    )  # fmt: skip
    assert map_made["lang"] == names
