"""An operator loads outlines of camps: all features or none, each fault named by its rule."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import geopandas
import pyogrio
import pytest
import shapely

from dashboard.model.outline import Outline
from etl.__main__ import main
from tests.unit.etl.operator_tables.asking import Rows
from tests.unit.etl.stores import Ask, Intake

EAST, WEST = "CXB-201", "CXB-202"
#: Around Camp 1E, in degrees.
LON, LAT = 92.15, 21.21


def square(lon: float = LON, lat: float = LAT, side: float = 0.01) -> dict[str, Any]:
    return json.loads(shapely.to_geojson(shapely.box(lon, lat, lon + side, lat + side)))


def feature(code: object = EAST, geometry: object = None, key: str = "code") -> dict[str, Any]:
    return {"type": "Feature", "properties": {key: code}, "geometry": geometry or square()}


def given(intake: Intake, *features: Mapping[str, Any], name: str = "camps.geojson") -> str:
    path = intake.folder / name
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return str(path)


def outlines(rows: Rows) -> list[Outline]:
    return [Outline.of_row(list(row.values())) for row in rows("outlines")]


def places(rows: Rows) -> list[str]:
    return [row["place"] for row in rows("outlines")]


def test_geojson_is_loaded_listed_and_forgotten(
    intake: Intake, ask: Ask, rows: Rows, capsys: pytest.CaptureFixture[str]
) -> None:
    path = given(intake, feature(WEST, square(LON - 0.01)), feature(EAST.lower()))
    assert main(["tables", "outlines", path], intake.settings) == 0
    told = capsys.readouterr().out
    assert "camps.geojson: 2 outlines loaded; the store holds 2." in told
    assert "Without an outline: " in told
    assert "Camp 20 Extension (CXB-234)" in told
    assert "(CXB-201)" not in told
    assert places(rows) == [EAST, WEST]
    assert ask("outlines", "--clear")[0] == 0
    assert places(rows) == []


def test_a_new_file_takes_the_place_of_the_one_before(intake: Intake, ask: Ask, rows: Rows) -> None:
    for code in (EAST, WEST):
        assert ask("outlines", given(intake, feature(code)))[0] == 0
    assert places(rows) == [WEST]


def test_a_geopackage_is_read_in_whatever_coordinates_it_has(
    intake: Intake, ask: Ask, rows: Rows
) -> None:
    shape = shapely.box(LON, LAT, LON + 0.01, LAT + 0.01)
    frame = geopandas.GeoDataFrame({"CampSSID": [EAST]}, geometry=[shape], crs=4326).to_crs(32646)
    path = intake.folder / "camps.gpkg"
    frame.to_file(path, driver="GPKG")
    assert ask("outlines", str(path))[0] == 0
    (outline,) = outlines(rows)
    bounds = shapely.from_geojson(outline.geometry).bounds
    assert bounds == pytest.approx(shape.bounds, abs=1e-4)
    path.unlink()
    pyogrio.write_dataframe(frame.drop(columns="geometry"), path, driver="GPKG")
    assert "holds no shapes" in ask("outlines", str(path))[1]["error"]


def test_shapes_become_simpler_and_neighbours_keep_one_line(
    intake: Intake, ask: Ask, rows: Rows
) -> None:
    wavy = [(LON + 0.01 + 0.00001 * (n % 2), LAT + 0.0001 * n) for n in range(101)]
    left = shapely.Polygon([(LON, LAT), *wavy, (LON, LAT + 0.01)])
    right = shapely.Polygon([*wavy, (LON + 0.02, LAT + 0.01), (LON + 0.02, LAT)])
    shapes = [json.loads(shapely.to_geojson(shape)) for shape in (left, right)]
    path = given(intake, feature(EAST, shapes[0]), feature(WEST, shapes[1]))
    assert ask("outlines", path)[0] == 0
    made = [shapely.from_geojson(one.geometry) for one in outlines(rows)]
    assert max(shapely.get_num_coordinates(made)) < 30  # of 104
    assert shapely.intersection(*made).area == 0
    assert shapely.union_all(made).area == pytest.approx(left.area + right.area, rel=0.01)
    for shape in made:
        assert shape.geom_type == "MultiPolygon"
        assert shapely.is_valid(shape)
        assert all(part.exterior.is_ccw for part in shape.geoms)  # as RFC 7946 has it


@pytest.mark.parametrize(
    ("features", "rule", "number"),
    [
        ([feature(), feature(None)], "unknown_place", 2),
        ([feature("CXB-999")], "unknown_place", 1),
        ([feature("BD20220094")], "unknown_place", 1),
        ([feature(), feature(WEST), feature()], "repeated_row", 3),
        ([feature(EAST, {"type": "Point", "coordinates": [LON, LAT]})], "no_polygon", 1),
        ([{**feature(), "geometry": None}], "no_polygon", 1),
        ([feature(EAST, {"type": "Polygon", "coordinates": "x"})], "no_polygon", 1),
        ([feature(EAST, square(side=0.0))], "bad_polygon", 1),
        ([feature(EAST, square(LAT, LON))], "far_away", 1),  # latitude first
    ],
)
def test_a_fault_is_named_by_file_feature_and_rule_and_nothing_is_loaded(
    intake: Intake,
    ask: Ask,
    rows: Rows,
    capsys: pytest.CaptureFixture[str],
    features: Sequence[Mapping[str, Any]],
    rule: str,
    number: int,
) -> None:
    assert ask("outlines", given(intake, feature(WEST)))[0] == 0
    path = given(intake, *features, name="bad.geojson")
    code, told = ask("outlines", path)
    assert (code, told["loaded"]) == (1, 0)
    assert [(f["row"], f["rule"]) for f in told["findings"]] == [(number, rule)]
    assert places(rows) == [WEST]
    assert main(["tables", "outlines", path], intake.settings) == 1
    assert f"bad.geojson, row {number}, column " in capsys.readouterr().out


def test_a_shape_that_crosses_itself_is_mended(intake: Intake, ask: Ask, rows: Rows) -> None:
    bow = [(LON, LAT), (LON + 0.01, LAT + 0.01), (LON + 0.01, LAT), (LON, LAT + 0.01), (LON, LAT)]
    geometry = {"type": "Polygon", "coordinates": [bow]}
    assert ask("outlines", given(intake, feature(EAST, geometry)))[0] == 0
    (outline,) = outlines(rows)
    assert len(outline.shape["coordinates"]) == 2


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("camps.shp", "", "outlines are read from .geojson, .json, .gpkg."),
        ("camps.geojson", "{}", "no GeoJSON with features"),
        ("camps.geojson", "[1]", "no GeoJSON with features"),
        ("camps.geojson", '{"features": []}', "holds no features"),
        ("camps.geojson", '{"features": [{"properties": {"x": 1}}]}', "by --key"),
        ("camps.gpkg", "no database", "is no GeoPackage"),
    ],
)
def test_what_is_no_such_file_is_said_in_one_sentence(
    intake: Intake, ask: Ask, name: str, text: str, said: str
) -> None:
    path = intake.folder / name
    path.write_text(text, encoding="utf-8")
    code, told = ask("outlines", str(path))
    assert code == 1
    assert said in told["error"]
    assert name in told["error"]


def test_the_code_may_stand_in_another_property(intake: Intake, ask: Ask, rows: Rows) -> None:
    path = given(intake, feature(key="SSID"))
    assert ask("outlines", path)[0] == 1
    assert ask("outlines", path, "--key", "SSID")[0] == 0
    assert places(rows) == [EAST]


def test_an_outline_keeps_its_row() -> None:
    outline = Outline(EAST, '{"type":"MultiPolygon","coordinates":[]}')
    assert Outline.of_row(outline.row) == outline
    assert outline.shape["type"] == "MultiPolygon"
