"""Boundaries: every area of every level that a map may draw, in the form that GeoJSON asks for."""

from __future__ import annotations

import json

import pytest
import shapely

from dashboard.exports.boundaries import geometries
from tests.support.releases import World
from tests.support.sources import GEOGRAPHY


@pytest.mark.parametrize("level", ["division", "district", "upazila"])
def test_every_area_of_a_level_has_a_valid_boundary_with_its_outer_ring_anticlockwise(
    level: str,
) -> None:
    shapes = geometries(GEOGRAPHY, level)
    for code in (row[0] for row in World.read().rows if row[1] == level):
        shape = shapely.from_geojson(json.dumps(shapes[code]))
        assert shape.is_valid, code
        assert shape.equals_exact(shapely.orient_polygons(shape)), code


@pytest.mark.parametrize(("level", "code"), [("camp", "CXB-201"), ("district", "BD20")])
def test_what_has_no_boundary_is_not_given_another(level: str, code: str) -> None:
    with pytest.raises(KeyError):
        geometries(GEOGRAPHY, level)[code]
