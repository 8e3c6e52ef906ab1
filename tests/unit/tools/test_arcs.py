"""Lines that shapes share are written once, and the shapes come back as they were."""

# The types of shapely leave arguments unknown.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box

from tests.support.arcs import shape_of, walked
from tools.geography.arcs import STEPS, OffGridError, shared

Layers = dict[str, dict[str, Any]]


def told_of(layers: Layers) -> dict[str, dict[str, Any]]:
    return shared(
        {name: [(code, {"code": code}, shape) for code, shape in own.items()]
         for name, own in layers.items()}
    )  # fmt: skip


def back(layers: Layers) -> Layers:
    lines: list[Any] = []
    found: Layers = {}
    for name, told in told_of(layers).items():
        lines += walked(told)
        found[name] = {each["id"]: shape_of(each, lines) for each in told["features"]}
    return found


def alike(layers: Layers) -> bool:
    found = back(layers)
    return all(
        found[name][code].normalize().equals_exact(shape.normalize(), 1e-9)
        for name, own in layers.items()
        for code, shape in own.items()
    )


def test_the_line_between_two_areas_is_written_once() -> None:
    squares = {"a": box(0, 0, 1, 1), "b": box(1, 0, 2, 1)}
    told = told_of({"areas": squares})["areas"]
    assert len(told["arcs"]) == 3
    assert told["steps"] == STEPS
    assert alike({"areas": squares})
    (left,), (right,) = (entry["areas"][0] for entry in told["features"])
    (shared_line,) = {n for n in left if ~n in right} | {~n for n in right if ~n in left}
    assert shared_line in left


def test_an_area_around_others_needs_no_line_of_its_own() -> None:
    layers: Layers = {
        "country": {"c": box(0, 0, 2, 1)},
        "districts": {"a": box(0, 0, 1, 1), "b": box(1, 0, 2, 1)},
    }
    # Levels are simplified together, so the country has a corner where its districts meet.
    layers["country"]["c"] = shapely.segmentize(layers["country"]["c"], 1)
    told = told_of(layers)
    assert told["districts"]["after"] == "country"
    assert len(told["districts"]["arcs"]) == 1
    assert alike(layers)


def test_a_line_along_a_part_of_an_area_needs_none_of_its_own() -> None:
    layers: Layers = {
        "areas": {"land": box(0, 0, 1, 1)},
        "lines": {"coast": LineString([(0, 0), (1, 0), (1, 1)])},
    }
    told = told_of(layers)
    assert (len(told["areas"]["arcs"]), len(told["lines"]["arcs"])) == (2, 0)
    assert alike(layers)


def test_islands_holes_and_lines_come_back() -> None:
    lake = box(0.25, 0.25, 0.75, 0.75)
    layers: Layers = {
        "areas": {
            "land": Polygon(box(0, 0, 1, 1).exterior.coords, [lake.exterior.coords]),
            "islands": MultiPolygon([box(2, 2, 3, 3), box(4, 4, 5, 5)]),
            "lake": lake,
        },
        "lines": {
            "coast": LineString([(0, 0), (1, 0), (1, 1)]),
            "road": LineString([(0, 0), (2, 2)]),
        },
    }
    assert alike(layers)
    assert "areas" not in told_of(layers)["lines"]["features"][0]


@given(st.lists(st.integers(0, 5), min_size=1, max_size=30), st.integers(2, 4))
def test_any_coverage_comes_back(owners: list[int], wide: int) -> None:
    """Areas made of squares of a grid: with holes, in parts, touching at corners."""
    cells: dict[str, list[Any]] = {}
    for at, owner in enumerate(owners):
        x, y = at % wide, at // wide
        cells.setdefault(str(owner), []).append(box(x, y, x + 1, y + 1))
    whole = {code: shapely.segmentize(shapely.union_all(own), 1) for code, own in cells.items()}
    land = shapely.segmentize(shapely.union_all([*whole.values()]), 1)
    assert alike({"land": {"land": land}, "areas": whole})


def test_a_point_between_steps_is_refused() -> None:
    with pytest.raises(OffGridError):
        told_of({"areas": {"a": box(0, 0, 0.00005, 1)}})


def test_points_are_no_areas() -> None:
    with pytest.raises(ValueError, match="Point"):
        told_of({"places": {"a": Point(1, 1)}})


def test_properties_are_kept_but_for_the_code() -> None:
    told = shared({"areas": [("a", {"code": "a", "layer": "lakes"}, box(0, 0, 1, 1))]})
    assert told["areas"]["features"][0]["properties"] == {"layer": "lakes"}
    assert "properties" not in told_of({"areas": {"a": box(0, 0, 1, 1)}})["areas"]["features"][0]
