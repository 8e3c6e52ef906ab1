"""Extents of maps: boxes of (west, south, east, north) in degrees, and one around points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dashboard.model.country import Box

_MAX_LATITUDE = 85.0


def corners_of(geometry: Mapping[str, Any]) -> Iterator[tuple[float, float]]:
    """(lon, lat) of every corner of a GeoJSON MultiPolygon."""
    for polygon in geometry["coordinates"]:
        for ring in polygon:
            yield from ((lon, lat) for lon, lat, *_ in ring)


def box_around(points: Iterable[tuple[float, float]], *, margin: float, least: float) -> Box | None:
    """The box that holds all points, or None without points.

    Args:
        points: (lon, lat) in degrees.
        margin: Added on each side, as a share of the box.
        least: Smallest half width and half height in degrees.
    """
    placed = list(points)
    if not placed:
        return None
    ends: list[tuple[float, float]] = []
    for values in zip(*placed, strict=True):  # all longitudes, then all latitudes
        centre = (min(values) + max(values)) / 2
        half = max((max(values) - min(values)) * (0.5 + margin), least)
        ends.append((centre - half, centre + half))
    (west, east), (south, north) = ends
    return west, max(south, -_MAX_LATITUDE), east, min(north, _MAX_LATITUDE)
