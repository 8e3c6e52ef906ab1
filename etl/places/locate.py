"""Points to places: which third area, country or sea a coordinate lies in.

Only geometry belongs here. Names and parents do not: see ``places``.
"""

# The types of shapely and geopandas leave keyword arguments unknown.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from dashboard.model.country import PACK, read_csv

#: How far off a coast or a bank a point still counts as ashore, km. Simplified
#: coasts of the country are up to 0.4 km off, those beyond it up to 3 km, and reported points of
#: landings and of small islands lie up to a few kilometres out. What is farther is at sea.
ASHORE_KM = 5.0
_KM_PER_DEGREE = 111.195  # of a great circle, mean Earth radius 6371 km

Degrees: TypeAlias = NDArray[np.float64]


class Locator:
    """Polygons and boxes of places, ready for point lookups. Safe to share between threads."""

    def __init__(self, country: Path) -> None:
        """Read the areas of the third level, the other countries and the sea areas of a folder.

        Raises:
            OSError: If a file cannot be read.
        """
        codes: list[str] = []
        shapes: list[Any] = []
        for name in ("adm3", "countries"):
            text = (country / "geography" / f"{name}.geojson").read_text(encoding="utf-8")
            features: list[dict[str, Any]] = json.loads(text)["features"]
            polygons = shapely.get_parts(shapely.from_geojson(text))
            for feature, polygon in zip(features, polygons, strict=True):
                # The third areas cover the country.
                if feature["id"] != PACK.code:
                    codes.append(feature["id"])
                    shapes.append(polygon)
        self._codes = np.array(codes, dtype=object)
        self._shapes = np.array(shapes, dtype=object)
        self._tree = shapely.STRtree(self._shapes)
        seas = sorted(read_csv(country / "sea_areas.csv"), key=lambda row: int(row["priority"]))
        #: Boxes of open water: code, west, south, east, north; the first that holds a point counts.
        self._sea_areas = [
            (row["code"], *(float(row[side]) for side in ("west", "south", "east", "north")))
            for row in seas
        ]

    def locate(self, points: Sequence[tuple[float, float]]) -> list[str | None]:
        """Code of the area (third level), country or sea area of each point, or None.

        A polygon that holds the point wins, then the nearest polygon within ``ASHORE_KM``, then
        the sea area.

        Args:
            points: Longitude and latitude of each, in degrees.
        """
        holders = np.full(len(points), None, dtype=object)
        degrees = np.array(points, dtype=float).reshape(-1, 2)
        point, area = self._tree.query(shapely.points(degrees), predicate="intersects")
        # Positions of points and of areas that hold them; reversed, so that of two areas that share
        # the point's edge the first is kept.
        holders[point[::-1]] = self._codes[area[::-1]]
        return [
            holder or self._nearest(lon, lat) or self._sea_area(lon, lat)
            for holder, (lon, lat) in zip(holders.tolist(), points, strict=True)
        ]

    def _nearest(self, lon: float, lat: float) -> str | None:
        """Code of the polygon that is nearest to a point, None beyond ``ASHORE_KM``."""
        shrink = max(float(np.cos(np.radians(lat))), 0.01)
        tall = ASHORE_KM / _KM_PER_DEGREE
        wide = tall / shrink
        window = (lon - wide, lat - tall, lon + wide, lat + tall)
        shortest, nearest = ASHORE_KM, None

        def to_km(points: Degrees) -> Degrees:
            return (points - [lon, lat]) * [shrink * _KM_PER_DEGREE, _KM_PER_DEGREE]

        for area in sorted(self._tree.query(shapely.box(*window))):
            clipped = shapely.clip_by_rect(self._shapes[area], *window)
            distance = shapely.distance(shapely.transform(clipped, to_km), shapely.Point(0, 0))
            # An empty clip has no distance (NaN), which is never smaller.
            if distance < shortest:
                shortest, nearest = float(distance), str(self._codes[area])
        return nearest

    def _sea_area(self, lon: float, lat: float) -> str | None:
        """Code of the sea area that holds a point, the first by priority."""
        inside = (
            code
            for code, west, south, east, north in self._sea_areas
            if west <= lon <= east and south <= lat <= north
        )
        return next(inside, None)
