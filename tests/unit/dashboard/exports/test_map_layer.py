"""Maps as layers: areas and flows with names, numbers and words, in GeoJSON and GeoPackage."""

from __future__ import annotations

import io
import json
import sqlite3
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas
import pandas as pd
import pytest
import shapely

from dashboard.exhibits.registry import definitions
from dashboard.exports.boundaries import geometries
from dashboard.exports.files import kind_of
from dashboard.exports.map_layer import MapLayer, map_layer
from dashboard.exports.qgis_style import qgis_style
from dashboard.exports.source import Source
from dashboard.model.facts import JOURNEYS, LEGS, Fact
from dashboard.model.population import Population
from dashboard.release.open_release import Release
from dashboard.words import numbers
from tests.support.releases import build_release, built, day
from tests.support.sources import AS_MAP, GEOGRAPHY, source

MAPS = [entry.id for entry in definitions() if entry.geometry]
#: Views in which every map has something to draw.
WIDE = "&".join(("period=2023-10..2026-09&level=division", *AS_MAP.values()))
AREAS, FLOWS = ("hotspots.map", WIDE), ("routes.map", WIDE)


def written(ending: str, of: Source) -> Any:
    kind = kind_of(ending)
    assert kind is not None
    return kind.write(of)


def geojson(of: Source) -> dict[str, Any]:
    return json.loads(written("geojson", of))


def geopackage(tmp_path: Path, of: Source) -> Path:
    path = tmp_path / f"{map_layer(of).name}.gpkg"
    path.write_bytes(written("gpkg", of))
    return path


@pytest.mark.parametrize("exhibit_id", [entry.id for entry in definitions()])
def test_what_is_drawn_as_a_map_comes_as_a_layer_and_nothing_else(
    protected: Release, exhibit_id: str
) -> None:
    of = source(exhibit_id, protected, WIDE)
    assert of.exhibit.figure is not None or not of.entry.geometry, "the view draws nothing"
    assert of.exhibit.is_map == (of.entry.geometry is not None)
    if not of.exhibit.is_map:
        with pytest.raises(ValueError, match="is no map"):
            map_layer(of)


@pytest.mark.parametrize("level", ["division", "district", "upazila"])
def test_every_area_of_the_table_is_a_feature_with_its_number(
    protected: Release, level: str
) -> None:
    of = source("hotspots.map", protected, f"level={level}&measure=people")
    table = of.exhibit.table
    sizes = dict(zip(table.column("code"), table.column("people"), strict=True))
    del sizes[""]  # elsewhere: no place on the ground, and said in the notes
    features = geojson(of)["features"]
    assert {f["id"]: f["properties"]["people"] for f in features} == sizes
    for feature in features:
        values = feature["properties"]
        place = protected.places[values["code"]]
        assert (values["name_en"], values["name_bn"]) == (place.name_en, place.name_local)
        assert (values["level"], values["unit"]) == (level, "people")
        assert values["release_id"] == protected.id
        assert (values["period_start"], values["period_end"]) == ("2025-10-01", "2026-09-30")
        point = shapely.from_geojson(json.dumps(feature["geometry"])).representative_point()
        assert 88 < point.x < 93
        assert 20 < point.y < 27


LEVELS = {"division": 8, "district": 64, "upazila": 507}
#: What an area of a level lies in.
ABOVE = {"division": (), "district": ("division",), "upazila": ("division", "district")}


#: The one area of each level from which an agency reports.
HEARD = {"division": "BD20", "district": "BD2022", "upazila": "BD20220094"}


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Release]:
    """Incidents in one district, where alone an agency reports; populations of all districts."""
    yield from _reported_from(tmp_path_factory.mktemp("spoken"), "BD2022")


@pytest.fixture(scope="module")
def rated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Release]:
    """The same where an agency reports from a second district: a rate stands beside others."""
    yield from _reported_from(tmp_path_factory.mktemp("rated"), "BD2022", "BD20150004")


def _reported_from(folder: Path, *areas: str) -> Iterator[Release]:
    about = {"month": day("2026-09"), "place_role": "recruitment", "class_group": "trafficking"}
    units = [{**about, "place": "BD20220094", "size": 5}] * 9
    people = [
        Population(code, "all", 2025, "adm_v03", 1_000_000 + number)
        for number, code in enumerate(geometries(GEOGRAPHY, "district"))
    ]
    release = Release(
        build_release(
            folder / "reported.duckdb",
            units={"incidents": units},
            populations=people,
            reporting=[(area, "2023-10", None) for area in areas],
        )
    )
    yield release
    release.close()


@pytest.mark.parametrize("level", LEVELS)
def test_every_area_is_there_with_what_it_lies_in_and_is_marked_where_nobody_reports(
    spoken: Release, tmp_path: Path, level: str
) -> None:
    of = source("hotspots.map", spoken, f"period=2026-09&level={level}&view=country")
    features = geojson(of)["features"]
    assert len({f["id"] for f in features}) == len(features) == LEVELS[level]
    frame = geopandas.read_file(geopackage(tmp_path, of), layer="hotspots_map")
    assert len(frame) == LEVELS[level]
    for feature in features:
        values = feature["properties"]
        for above in ABOVE[level]:
            assert values[f"{above}_code"] == spoken.parent(values["code"], above)
        assert (values["reporting"] == "No agency reporting") == (values["incidents"] is None)
        assert (values["incidents"] is not None) == (values["code"] == HEARD[level])


@pytest.mark.parametrize("show", ["auto", "number", "share"])
def test_an_area_has_its_rate_and_population_whatever_the_map_shows(
    rated: Release, show: str
) -> None:
    query = "period=2026-09&level=district&view=country&show="

    def properties(of: str) -> dict[str, dict[str, Any]]:
        features = geojson(source("hotspots.map", rated, query + of))["features"]
        return {feature["id"]: feature["properties"] for feature in features}

    values, by_rate = properties(show), properties("rate")
    assert 0 < values["BD2022"]["rate"] <= 4.5
    for code, own in values.items():
        assert own["unit"] == by_rate[code]["unit"] == "incidents"
        assert own["rate"] == by_rate[code]["rate"]
        assert (own["rate"] is None) == (code not in ("BD2022", "BD2015"))
        if own["incidents"] is not None:
            assert own["population"] == by_rate[code]["population"] >= 1_000_000
            assert own["population_year"] == "2025"
    assert "population_words" not in by_rate["BD2022"]


def test_women_alone_have_no_rate_by_all_residents(spoken: Release) -> None:
    of = source("hotspots.map", spoken, "period=2026-09&level=district&sex=female&measure=people")
    assert all("rate" not in feature["properties"] for feature in geojson(of)["features"])


@pytest.mark.parametrize("lang", ["en", "bn-beng"])
def test_a_number_is_a_number_and_says_how_exactly_it_is_read(
    protected: Release, unprotected: Release, lang: str
) -> None:
    of = source("hotspots.map", protected, f"level=upazila&lang={lang}")
    sizes = set()
    for feature in geojson(of)["features"]:
        size = feature["properties"]["incidents"]
        sizes.add(size)
        assert isinstance(size, int)
        assert feature["properties"]["incidents_words"] == numbers.about(size, 5, lang)
    assert 0 in sizes
    assert min(sizes - {0}) >= protected.base("incidents")
    for feature in geojson(source("hotspots.map", unprotected))["features"]:
        exact = feature["properties"]  # is not called about
        assert exact["incidents_words"] == f"{exact['incidents']:,}"


@pytest.mark.parametrize("counted", [JOURNEYS, LEGS], ids=lambda fact: fact.id)
def test_flows_are_straight_lines_between_centres_with_both_ends(
    protected: Release, counted: Fact
) -> None:
    of = source("routes.map", protected, f"{WIDE}&measure={counted.id}")
    value = geojson(of)
    assert value["features"]
    table = of.exhibit.table
    rows = {row[:4:2]: row[4] for row in table.rows}
    for feature in value["features"]:
        values = feature["properties"]
        ends = values["from_code"], values["to_code"]
        assert ends[0] != ends[1]
        size = values[counted.unit]
        assert size == rows[ends]
        words = numbers.about(size, protected.base(counted.id), "en")
        assert values[f"{counted.unit}_words"] == words
        centres = [(protected.places[end].lon, protected.places[end].lat) for end in ends]
        assert feature["geometry"]["coordinates"] == [list(centre) for centre in centres]
        assert values["from_name_bn"] == protected.places[ends[0]].name_local
    drawable = [ends for ends in rows if "" not in ends and ends[0] != ends[1]]
    assert len(value["features"]) == len(drawable)
    assert "not paths travelled" in " ".join(value["about"]["note"])


@pytest.mark.parametrize("exhibit_id", MAPS)
def test_a_file_says_beside_its_numbers_what_others_say(
    protected: Release, exhibit_id: str
) -> None:
    of = source(exhibit_id, protected, WIDE)
    about: Mapping[str, list[str]] = geojson(of)["about"]
    assert "do not imply official endorsement" in about["boundaries"][0]
    assert about["handling"] == ["INVENTED DATA"]
    assert about["title"] == [of.exhibit.title]
    assert about["protection"] == [of.exhibit.release.protection]
    assert set(of.exhibit.notes) == {*about["note"], *about["protection"]}


@pytest.mark.parametrize(
    ("exhibit_id", "query"),
    [AREAS, FLOWS, ("overview.map", "lang=bn-beng"), ("hotspots.map", "show=usual&level=upazila")],
)
def test_a_geopackage_holds_what_the_geojson_holds(
    protected: Release, tmp_path: Path, exhibit_id: str, query: str
) -> None:
    of = source(exhibit_id, protected, query)
    path, layer = geopackage(tmp_path, of), map_layer(of)
    frame = geopandas.read_file(path, layer=layer.name)
    assert geopandas.list_layers(path)["name"].tolist() == [layer.name, "layer_styles", "about"]
    plain = geopandas.read_file(io.BytesIO(written("geojson", of).encode()))
    assert frame.crs == "EPSG:4326"
    assert set(frame.geom_type) == {
        "MultiPolygon" if of.entry.geometry == "areas" else "LineString"
    }
    assert len(frame) == len(plain) > 5
    names = [name for name in plain.columns if name not in ("id", "geometry")]
    assert [name for name in frame.columns if name != "geometry"] == names
    for name in names:
        assert frame[name].astype(str).tolist() == plain[name].astype(str).tolist(), name
    assert pd.api.types.is_integer_dtype(frame[layer.measure])
    assert shapely.equals(frame.geometry.array, plain.geometry.array).all()


@pytest.mark.parametrize("exhibit_id", MAPS)
def test_the_metadata_of_a_geopackage_are_those_of_the_standard(
    protected: Release, tmp_path: Path, exhibit_id: str
) -> None:
    of = source(exhibit_id, protected, WIDE)
    layer = map_layer(of)
    database = sqlite3.connect(geopackage(tmp_path, of))
    ask = lambda sql: database.execute(sql).fetchall()  # noqa: E731
    assert ask("PRAGMA application_id") == [(int.from_bytes(b"GPKG", "big"),)]
    assert ask("PRAGMA integrity_check") == [("ok",)]
    assert ask("PRAGMA foreign_key_check") == []
    contents = dict(ask("SELECT table_name, data_type FROM gpkg_contents"))
    assert contents == {layer.name: "features", "layer_styles": "attributes", "about": "attributes"}
    assert ask("SELECT table_name, column_name, geometry_type_name, srs_id, z, m "
               "FROM gpkg_geometry_columns") == [
        (layer.name, "geom", layer.geometry_type.upper(), 4326, 0, 0)
    ]  # fmt: skip
    assert (4326, "EPSG", 4326) in ask(
        "SELECT srs_id, organization, organization_coordsys_id FROM gpkg_spatial_ref_sys"
    )
    bounds = shapely.total_bounds(
        [shapely.from_geojson(json.dumps(f["geometry"])) for f in layer.features]
    )
    assert ask("SELECT min_x, min_y, max_x, max_y, srs_id FROM gpkg_contents "
               "WHERE data_type = 'features'") == [(*map(pytest.approx, bounds), 4326)]  # fmt: skip
    assert {row[0] for row in ask("SELECT last_change FROM gpkg_contents")} == {
        f"{protected.edition.built_at:%Y-%m-%dT%H:%M:%S}.000Z"
    }
    about = ask("SELECT name, text FROM about ORDER BY id")
    assert ("Boundaries", layer.about["boundaries"][0]) in about
    assert ("Protection", of.exhibit.release.protection) in about
    database.close()


def style_of(path: Path, layer: MapLayer) -> ET.Element:
    """The style that QGIS takes when the layer is opened."""
    database = sqlite3.connect(path)
    ((style,),) = database.execute(
        "SELECT styleQML FROM layer_styles WHERE f_table_schema = '' AND f_table_name = ? "
        "AND f_geometry_column = 'geom' AND useAsDefault ORDER BY update_time DESC",
        [layer.name],
    ).fetchall()
    database.close()
    return ET.fromstring(style)  # noqa: S314 -- written by our own program


@pytest.mark.parametrize(("exhibit_id", "query"), [AREAS, FLOWS, ("overview.map", "lang=bn-beng")])
def test_qgis_labels_every_feature_by_name_and_number(
    protected: Release, tmp_path: Path, exhibit_id: str, query: str
) -> None:
    of = source(exhibit_id, protected, query)
    layer = map_layer(of)
    path = geopackage(tmp_path, of)
    style = style_of(path, layer)
    assert style.get("labelsEnabled") == "1"
    text = style.find("labeling/settings/text-style")
    assert text is not None
    # QGIS's expressions are SQL here, so that what they give can be seen
    database = sqlite3.connect(path)
    labels = database.execute(f'SELECT {text.get("fieldName")} FROM "{layer.name}"').fetchall()  # noqa: S608
    database.close()
    for (label,), feature in zip(labels, layer.features, strict=True):
        name, _, words = label.partition("\n")
        values = feature["properties"]
        assert name == " → ".join(values[title] for title in layer.titles)
        assert words == values[f"{layer.measure}_words"]


@pytest.mark.parametrize(("exhibit_id", "query"), [AREAS, FLOWS])
def test_every_number_has_one_symbol(protected: Release, exhibit_id: str, query: str) -> None:
    layer = map_layer(source(exhibit_id, protected, query))
    style = ET.fromstring(qgis_style(layer, "en"))  # noqa: S314
    renderer = style.find("renderer-v2")
    assert renderer is not None
    assert renderer.get("attr") == layer.measure
    ranges = [(int(r.get("lower", "")), int(r.get("upper", ""))) for r in renderer.iter("range")]
    symbols = [symbol.get("name") for symbol in renderer.iter("symbol")]
    assert [r.get("symbol") for r in renderer.iter("range")] == symbols
    for size in layer.sizes:
        assert sum(low <= size <= high for low, high in ranges) == 1, size


@pytest.mark.parametrize("query", [WIDE, f"{WIDE}&class=smuggling", "period=2026-07..2026-09"])
def test_an_area_has_the_colour_in_qgis_that_it_has_on_the_map(
    protected: Release, query: str
) -> None:
    of = source("hotspots.map", protected, f"{query}&show=number")
    (areas,) = (layer for layer in (of.exhibit.figure or {})["layers"] if layer["kind"] == "areas")
    on_the_map = {
        area["code"]: areas["classes"][area["class"]]["fillcolor"] for area in areas["areas"]
    }
    layer = map_layer(of)
    style = ET.fromstring(qgis_style(layer, "en"))  # noqa: S314
    looks = [
        (int(entry.get("lower", "")), int(entry.get("upper", "")), symbol)
        for entry, symbol in zip(style.iter("range"), style.iter("symbol"), strict=True)
    ]
    compared = 0
    for feature in layer.features:
        values = feature["properties"]
        (symbol,) = (s for low, high, s in looks if low <= values[layer.measure] <= high)
        fill = next(o.get("value", "") for o in symbol.iter("Option") if o.get("name") == "color")
        red, green, blue, *_ = map(int, fill.split(","))
        if values["code"] in on_the_map:
            compared += 1
            assert f"#{red:02X}{green:02X}{blue:02X}" == on_the_map[values["code"]].upper()
    assert compared > 1


def test_the_legend_says_what_a_few_may_be_as_the_map_does(protected: Release) -> None:
    layer = map_layer(source("hotspots.map", protected, "period=2026-09&level=district"))
    style = ET.fromstring(qgis_style(layer, "en"))  # noqa: S314
    labels = [entry.get("label", "") for entry in style.iter("range")]
    rows = [feature["properties"] for feature in layer.features]
    few = [own for own in rows if 0 < own["incidents"] < 10]
    least, most = min(own["low"] for own in few), max(own["high"] for own in few)
    assert labels[1] == f"A few, {least}–{most}"
    assert not any(label.startswith("A few") for label in labels[2:])
    none = replace(layer, features=tuple(f for f in layer.features if f["properties"] not in few))
    style = ET.fromstring(qgis_style(none, "en"))  # noqa: S314
    assert [entry.get("label") for entry in style.iter("range")][1:2] == ["A few"]


@pytest.mark.parametrize("exhibit_id", MAPS)
def test_where_nothing_may_be_drawn_a_file_says_so_and_holds_no_feature(
    protected: Release, tmp_path: Path, exhibit_id: str
) -> None:
    of = source(exhibit_id, protected, "period=2030-01")
    assert of.exhibit.offer is not None
    value = geojson(of)
    assert value["features"] == []
    assert value["about"]["title"] == [of.exhibit.offer.reason]
    frame = geopandas.read_file(geopackage(tmp_path, of), layer=map_layer(of).name)
    assert (len(frame), str(frame.crs)) == (0, "EPSG:4326")


@pytest.fixture
def camps(tmp_path: Path) -> Iterator[Release]:
    """Incidents in two camps, and some of which the upazila alone is known."""
    places = ["CXB-232"] * 8 + ["CXB-211"] + ["BD20220094"] * 4
    about = {"month": day("2026-09"), "place_role": "recruitment", "class_group": "smuggling"}
    units = [{**about, "place": place, "size": 5} for place in places]
    release = built(tmp_path, units={"incidents": units})
    yield release
    release.close()


def test_camps_are_points_where_they_lie_and_those_of_nobody_hold_0(
    camps: Release, tmp_path: Path
) -> None:
    of = source("hotspots.camps", camps, "period=2026-09")
    features = geojson(of)["features"]
    counts = {f["id"]: f["properties"]["incidents"] for f in features}
    assert {code: number for code, number in counts.items() if number} == {
        "CXB-232": 40,
        "CXB-211": 5,
    }
    assert 0 in counts.values()
    for feature in features:
        place = camps.places[feature["id"]]
        assert feature["geometry"] == {"type": "Point", "coordinates": [place.lon, place.lat]}
        assert feature["properties"]["name_en"] == place.name_en
        assert feature["properties"]["level"] == "camp"
    frame = geopandas.read_file(geopackage(tmp_path, of), layer="hotspots_camps")
    assert set(frame.geom_type) == {"Point"}
    assert dict(zip(frame["code"], frame["incidents"], strict=True)) == counts
    style = style_of(geopackage(tmp_path, of), map_layer(of))
    assert {symbol.get("type") for symbol in style.iter("symbol")} == {"marker"}
    names = [option for option in style.iter("Option") if option.get("name") == "name"]
    assert {option.get("value") for option in names} == {"circle"}


def test_the_same_layer_gives_the_same_content(protected: Release) -> None:
    contents = []
    for _ in range(2):
        database = sqlite3.connect(":memory:")
        database.deserialize(written("gpkg", source("hotspots.map", protected, WIDE)))
        contents.append([*database.iterdump()])
        database.close()
    assert contents[0] == contents[1]
    assert len(contents[0]) > 50
