"""Extents of maps: a box around points, and the centre and zoom that show a box.

Web Mercator, as the map draws it. Boxes are (west, south, east, north) in degrees.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

Box = tuple[float, float, float, float]

#: Bangladesh with a little of the sea.
BANGLADESH: Box = (87.9, 20.5, 92.8, 26.75)
_TILE = 512
_MAX_LATITUDE = 85.0


@dataclass(frozen=True)
class Camera:
    """Centre in degrees and zoom level of a map."""

    lon: float
    lat: float
    zoom: float


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
    lons, lats = [p[0] for p in placed], [p[1] for p in placed]
    ends: list[tuple[float, float]] = []
    for values in (lons, lats):
        centre = (min(values) + max(values)) / 2
        half = max((max(values) - min(values)) * (0.5 + margin), least)
        ends.append((centre - half, centre + half))
    (west, east), (south, north) = ends
    return west, max(south, -_MAX_LATITUDE), east, min(north, _MAX_LATITUDE)


def camera(box: Box, *, width: int = 360, height: int = 440) -> Camera:
    """Centre and zoom that show a box in a map of so many pixels; a phone's when not told."""
    west, south, east, north = box
    bottom, top = mercator(south), mercator(north)
    zoom = math.log2(min(width / (east - west), height / (top - bottom)) * 360 / _TILE)
    return Camera(
        round((west + east) / 2, 4), round(latitude((bottom + top) / 2), 4), round(zoom, 2)
    )


def mercator(lat: float) -> float:
    """Height of a latitude on the map, in degrees of longitude at the equator."""
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)))


def latitude(height: float) -> float:
    """Latitude at a height on the map: the inverse of ``mercator``.

    >>> round(latitude(mercator(23.7)), 6)
    23.7
    """
    return math.degrees(2 * math.atan(math.exp(math.radians(height))) - math.pi / 2)
