"""Arcs read back as shapes, as ``atlas_map/source/map/arcs.js`` reads them."""

# The types of shapely leave arguments unknown.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon

Line = tuple[tuple[float, float], ...]


def walked(told: Mapping[str, Any]) -> list[Line]:
    """A layer's own lines, in degrees."""
    steps = told["steps"]
    return [
        tuple(
            (x / steps, y / steps)
            for x, y in zip(accumulate(line[::2]), accumulate(line[1::2]), strict=True)
        )
        for line in told["arcs"]
    ]


def shape_of(feature: Mapping[str, Any], lines: Sequence[Line]) -> Any:
    """The shape of a feature; one part alone is no collection."""
    if "lines" in feature:
        parts: list[Any] = [LineString(_joined(numbers, lines)) for numbers in feature["lines"]]
        return parts[0] if len(parts) == 1 else MultiLineString(parts)
    parts = [
        Polygon(_joined(outer, lines), [_joined(ring, lines) for ring in inner])
        for outer, *inner in feature["areas"]
    ]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _joined(numbers: Sequence[int], lines: Sequence[Line]) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for number in numbers:
        line = lines[number] if number >= 0 else lines[~number][::-1]
        assert not points or points[-1] == line[0], "a line begins where the last one ended"
        points.extend(line[1:] if points else line)
    return points
