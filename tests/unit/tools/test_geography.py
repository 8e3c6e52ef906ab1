"""Geography: the committed layers and tables are whole, valid and agree. Lookups: test_places."""

from __future__ import annotations

import csv
import filecmp
import json
import shutil
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from etl.places.gazetteer import normalise_name
from tests.support.arcs import shape_of, walked
from tools.geography import build_geography
from tools.geography.sources import BANGLA, BOUNDARIES, COUNTRIES, LAKES, MissingSourceError

DATA = Path(__file__).parents[3] / "data" / "countries" / "bgd"
LAYERS = ("adm1", "adm2", "adm3", "countries", "lakes", "borders", "labels")
#: Layers that pages ask for as arcs, each after the one whose lines are counted before its own.
ARCS = {"adm1": "", "adm2": "adm1", "adm3": "adm2", "countries": "", "borders": "countries",
        "region": ""}  # fmt: skip
PACKAGES = (BANGLA, BOUNDARIES, COUNTRIES, LAKES)


def layer(name: str) -> dict[str, tuple[dict[str, Any], Any]]:
    """Properties and shape by feature id."""
    text = (DATA / "geography" / f"{name}.geojson").read_text(encoding="utf-8")
    features = json.loads(text)["features"]
    shapes = shapely.get_parts(shapely.from_geojson(text))
    found = {
        feature["id"]: (feature["properties"], shape)
        for feature, shape in zip(features, shapes, strict=True)
    }
    assert len(found) == len(features), "ids must be unique"
    return found


def arcs(name: str) -> dict[str, Any]:
    """A layer as pages are sent it."""
    return json.loads((DATA / "geography" / f"{name}.arcs.json").read_text(encoding="utf-8"))


def unpacked(name: str) -> dict[str, tuple[dict[str, Any], Any]]:
    """Properties and shape by feature id, from the lines of a layer and of those before it."""
    before = [name]
    while ARCS[before[0]]:
        before.insert(0, ARCS[before[0]])
    lines = [line for each in before for line in walked(arcs(each))]
    return {
        feature["id"]: (feature.get("properties", {}), shape_of(feature, lines))
        for feature in arcs(name)["features"]
    }


def table(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", LAYERS)
def test_shapes_are_valid(name: str) -> None:
    for code, (_, shape) in layer(name).items():
        assert shape.is_valid, code
        assert not shape.is_empty, code


def test_the_folder_stays_small() -> None:
    files = [path for path in (DATA / "geography").iterdir() if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 3_200_000
    layers = {f"{name}.geojson" for name in LAYERS}
    sent = {*(f"{name}.arcs.json" for name in ARCS), "lakes.geojson", "labels.geojson"}
    compressed = {f"{name}.br" for name in sent}
    assert {path.name for path in files} == layers | sent | compressed | {"NOTICE.txt"}


@pytest.mark.parametrize("name", [name for name in ARCS if name != "region"])
def test_arcs_are_the_shapes_of_their_layer(name: str) -> None:
    assert arcs(name)["after"] == ARCS[name]
    there, told = layer(name), unpacked(name)
    assert list(told) == list(there)
    for code, (properties, shape) in there.items():
        found, drawn = told[code]
        assert {"code": code, **found} == {"code": code, **properties}
        assert drawn.normalize().equals_exact(shape.normalize(), 1e-9), code


def test_a_finer_layer_holds_only_the_lines_that_coarser_ones_lack() -> None:
    lines = [walked(arcs(name)) for name in ("adm1", "adm2", "adm3")]
    known = {frozenset((line, line[::-1])) for of_layer in lines for line in of_layer}
    assert len(known) == sum(map(len, lines))


def test_levels_nest_exactly() -> None:
    levels = {name: layer(name) for name in ("adm1", "adm2", "adm3")}
    assert [len(levels[name]) for name in levels] == [8, 64, 507]
    for outer, inner, length in (("adm1", "adm2", 4), ("adm2", "adm3", 6)):
        for code, (properties, shape) in levels[outer].items():
            assert properties == {"code": code}
            parts = [s for c, (_, s) in levels[inner].items() if c[:length] == code]
            assert sum(part.area for part in parts) == pytest.approx(shape.area, rel=1e-9)
            assert shapely.coverage_union_all(parts).equals(shape)
    upazilas = np.array([shape for _, shape in levels["adm3"].values()])
    assert shapely.coverage_is_valid(upazilas)
    country = layer("countries")["BD"][1]
    assert country.area == pytest.approx(shapely.area(upazilas).sum(), rel=1e-9)


def test_saint_martins_is_drawn() -> None:
    teknaf = layer("adm3")["BD20220090"][1]
    assert teknaf.intersects(shapely.box(92.31, 20.58, 92.34, 20.64))


def test_neighbours_meet_bangladesh_and_do_not_cover_it() -> None:
    countries = layer("countries")
    bangladesh = countries["BD"][1]
    for code in ("IN", "MM"):
        assert shapely.intersection(countries[code][1], bangladesh).area < 1e-6
    lines = layer("borders")
    assert set(lines) >= {"BD-IN-agreed", "BD-MM-agreed", "CN-IN-disputed", "IN-PK-disputed"}
    # OCHA gives the land border with India as about 4,100 km; a coarse line is shorter.
    assert lines["BD-IN-agreed"][1].length > 15
    for properties, _ in lines.values():
        assert properties["disputed"] == (properties["kind"] == "disputed")


def test_the_region_is_the_world_cut_at_its_edge() -> None:
    edge = shapely.box(*arcs("region")["bbox"])
    region = unpacked("region")
    assert {properties["layer"] for properties, _ in region.values()} == {
        "countries",
        "lakes",
        "borders",
    }
    for name in ("countries", "lakes", "borders"):
        world = layer(name)
        near = {code for code, (properties, _) in region.items() if properties["layer"] == name}
        for code, (properties, shape) in world.items():
            cut = shapely.intersection(shape, edge)
            size = cut.length if name == "borders" else cut.area
            if code == "BD" or size < 1e-6:
                continue
            found, there = region[code]
            assert code in near
            assert properties.get("disputed") == found.get("disputed")
            assert (there.length if name == "borders" else there.area) == pytest.approx(
                size, rel=1e-3
            )
            assert shapely.covers(edge, there)
    assert "BD" not in region


def test_a_map_at_home_stands_on_a_fraction_of_the_world() -> None:
    def wire(*names: str) -> int:
        return sum((DATA / "geography" / f"{name}.br").stat().st_size for name in names)

    world = wire("countries.arcs.json", "lakes.geojson", "borders.arcs.json")
    assert wire("region.arcs.json") < world / 4
    # All upazilas with what is around them take no more than the districts alone did.
    levels = ("adm1.arcs.json", "adm2.arcs.json", "adm3.arcs.json")
    assert wire("region.arcs.json", *levels) < 110_000


def test_labels_have_names_and_known_kinds() -> None:
    labels = layer("labels")
    kinds = Counter(properties["kind"] for properties, _ in labels.values())
    assert set(kinds) == {"country", "sea", "division", "district", "city"}
    assert (kinds["division"], kinds["district"]) == (8, 64)
    districts = layer("adm2")
    for code, (properties, point) in labels.items():
        assert properties["name_en"]
        assert properties["rank"] >= 1
        if code.endswith("-TOWN"):
            assert districts[code.removesuffix("-TOWN")][1].contains(point), code


def test_the_gazetteer_is_whole() -> None:
    places = {row["code"]: row for row in table("gazetteer")}
    assert len(places) == len(table("gazetteer"))
    levels = Counter(row["level"] for row in places.values())
    assert (levels["division"], levels["district"]) == (8, 64)
    assert levels["upazila"] == 507
    assert levels["camp_region"] == 3
    status = Counter(row["status"] for row in table("camps") if row["code"].startswith("CXB"))
    assert status == {"open": 33, "closed": 1, "unlisted": 1}
    assert levels["camp"] == 36
    assert places["CXB-032"]["parent"] == "BD20220090"
    assert {"BD", "IN", "MM", "MY", "TH", "ID", "LY", "IT", "SA", "AE"} <= set(places)


def test_every_parent_is_a_place() -> None:
    places = {row["code"]: row for row in table("gazetteer")}
    for row in places.values():
        assert row["parent"] in places or row["level"] in ("country", "sea_area"), row
    for row in table("place_parents"):
        assert {row["code"], row["parent"]} <= set(places)
    for row in table("camp_regions"):
        assert places[row["site"]]["level"] == "camp"
        assert places[row["region"]]["level"] == "camp_region"
    assert {row["area_code"] for row in table("populations")} <= set(places)


def test_areas_of_the_layers_are_places_and_hold_their_point() -> None:
    places = {row["code"]: row for row in table("gazetteer")}
    for name in ("adm1", "adm2", "adm3"):
        for code, (_, shape) in layer(name).items():
            point = shapely.Point(float(places[code]["lon"]), float(places[code]["lat"]))
            assert shape.intersects(point), code
            assert places[code]["name_bn"], code
    assert set(layer("countries")) <= set(places)


def test_spellings_of_2018() -> None:
    names = {row["code"]: row["name_en"] for row in table("gazetteer")}
    codes = ("BD20", "BD2015", "BD4041", "BD2019", "BD1006", "BD5010")
    assert [names[code] for code in codes] == [
        "Chattogram",
        "Chattogram",
        "Jashore",
        "Cumilla",
        "Barishal",
        "Bogura",
    ]


def test_aliases_are_normalised_and_unique() -> None:
    rows = table("place_aliases")
    codes = {row["code"] for row in table("gazetteer")}
    pairs = Counter((row["alias"], row["within"]) for row in rows)
    assert max(pairs.values()) == 1
    rivals = Counter(row["alias"] for row in rows)
    for row in rows:
        assert row["alias"] == normalise_name(row["alias"]) != ""
        assert row["code"] in codes
        assert row["within"] in codes | {""}
        assert row["kind"] in ("name", "variant", "older_code", "camp_alias", "iso3")
        # Only a country, which has no parent, may share its name and stay without an area.
        if rivals[row["alias"]] > 1 and not row["within"]:
            assert len(row["code"]) == 2, row


def test_every_name_has_its_alias() -> None:
    aliases = {(row["alias"], row["code"]) for row in table("place_aliases")}
    for row in table("gazetteer"):
        for name in filter(None, (row["name_en"], row["name_bn"])):
            assert (normalise_name(name), row["code"]) in aliases
    for row in table("name_variants"):
        assert (normalise_name(row["variant"]), row["code"]) in aliases


def test_sea_areas_are_boxes() -> None:
    for row in table("sea_areas"):
        assert float(row["west"]) < float(row["east"])
        assert float(row["south"]) < float(row["north"])
        assert row["code"].startswith("SEA-")


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tools.geography.sources.find_spec", lambda name: None)
    with pytest.raises(MissingSourceError, match=r"pip install -e '\.\[geography\]'"):
        build_geography(tmp_path)


@pytest.mark.skipif(
    not all(find_spec(name) for name in PACKAGES), reason="group geography is not installed"
)
def test_rebuilding_gives_the_committed_bytes(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("geography"))
    seen: list[str] = []
    report = build_geography(tmp_path, on_step=seen.append)
    assert seen == [file.path for file in report.files]
    assert report.size == sum((tmp_path / file.path).stat().st_size for file in report.files)
    for file in report.files:
        assert filecmp.cmp(tmp_path / file.path, DATA / file.path, shallow=False), file.path
