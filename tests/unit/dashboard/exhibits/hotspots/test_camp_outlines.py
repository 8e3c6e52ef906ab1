"""Outlines of camps: drawn where a release has them and a reader asks, as tiles say and colour."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from dashboard import exhibits
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import available_options, definition
from dashboard.exports.geojson import as_geojson
from dashboard.exports.map_layer import map_layer
from dashboard.exports.source import Source
from dashboard.filters import Filters, Reading
from dashboard.model.outline import Outline
from dashboard.model.shipped import COUNTRY
from dashboard.release.open_release import Release
from tests.support.usual import CAMP, OTHER_CAMP, QUARTER, opened, units
from tests.unit.dashboard.exhibits.hotspots.test_camps import tiles
from tests.unit.dashboard.exhibits.hotspots.test_unusual import asked

exhibits.load()
ID = "hotspots.camps"


def outline(code: str, lon: float, lat: float) -> Outline:
    ring = [[lon, lat], [lon + 0.02, lat], [lon + 0.02, lat + 0.01], [lon, lat + 0.01], [lon, lat]]
    return Outline(code, json.dumps({"type": "MultiPolygon", "coordinates": [[ring]]}))


OUTLINES = (outline(CAMP, 92.24, 20.98), outline(OTHER_CAMP, 92.25, 20.95))


def release_of(folder: Path, **more: object) -> AbstractContextManager[Release]:
    return opened(
        folder, units(CAMP, 25), units(OTHER_CAMP, 15), units("CXB-201", 5),
        **{"outlines": OUTLINES, **more},
    )  # fmt: skip


def layer(found: Exhibit) -> dict[str, Any]:
    return (found.figure or {})["layers"][0]


@pytest.mark.parametrize("show", ["number", "share", "usual"])
def test_outlines_say_what_tiles_say(tmp_path: Path, show: str) -> None:
    with release_of(tmp_path) as release:
        found = asked(release, ID, shapes="outlines", show=show)
        tiled = asked(release, ID, show=show)
        assert (found.title, found.table) == (tiled.title, tiled.table)
        assert layer(found)["kind"] == "areas"
        assert layer(tiled)["kind"] == "tiles"
        assert layer(found)["boundaries"] == f"camps-{release.id}"
        assert (found.figure or {})["legend"][0]["title"] == (
            (tiled.figure or {})["legend"][0]["title"]
        )
        for area in layer(found)["areas"]:
            tile = tiles(tiled)[area["code"]]
            assert (area["class"], area["lines"]) == (tile["class"], tile["lines"])
        assert [area["code"] for area in layer(found)["areas"]] == [CAMP, OTHER_CAMP]
        if show == "number":
            labels = {label["text"]: label["emphasis"] for label in (found.figure or {})["labels"]}
            assert labels == {"25": "75", "26": "45"}
        assert any(note.startswith("Not drawn, since no outline") for note in found.notes)


def test_the_map_shows_all_outlines_or_those_of_the_chosen_area(tmp_path: Path) -> None:
    with release_of(tmp_path) as release:
        west, south, east, north = (asked(release, ID, shapes="outlines").figure or {})["box"]
        assert west < 92.24
        assert south < 20.95
        assert east > 92.27
        assert north > 20.99
        one = asked(release, ID, shapes="outlines", area=(CAMP,)).figure or {}
        assert one["layers"][1]["codes"] == [CAMP]
        assert one["box"][1] > south
        classes = {area["code"]: area["class"] for area in one["layers"][0]["areas"]}
        looks = one["layers"][0]["classes"]
        assert [bool(looks[classes[code]]["dash"]) for code in (CAMP, OTHER_CAMP)] == [False, True]


def test_only_a_release_with_outlines_offers_them(tmp_path: Path) -> None:
    with release_of(tmp_path / "none", outlines=()) as release:
        (form,) = [o for o in available_options(definition(ID), release) if o.name == "shapes"]
        assert form.values == ("tiles",)
        assert layer(asked(release, ID, shapes="outlines"))["kind"] == "tiles"
    with release_of(tmp_path) as release:
        (form,) = [o for o in available_options(definition(ID), release) if o.name == "shapes"]
        assert form.values == ("tiles", "outlines")


def geojson(release: Release, **options: str) -> dict[str, Any]:
    found = asked(release, ID, **options)
    source = Source(
        found,
        definition(ID),
        Reading(Filters(period=QUARTER), {}, ()),
        release,
        "/",
        COUNTRY / "geography",
    )
    return json.loads(as_geojson(map_layer(source)))


def test_a_file_has_the_polygons_where_outlines_are_shown(tmp_path: Path) -> None:
    with release_of(tmp_path) as release:
        outlined = {f["id"]: f for f in geojson(release, shapes="outlines")["features"]}
        assert outlined.keys() == {CAMP, OTHER_CAMP}
        assert outlined[CAMP]["geometry"] == OUTLINES[0].shape
        assert outlined[CAMP]["properties"]["incidents"] == 75
        points = {f["id"]: f["geometry"]["type"] for f in geojson(release)["features"]}
        assert points[CAMP] == "Point"
