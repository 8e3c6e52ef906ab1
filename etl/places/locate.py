"""Points to places: which third area, country or sea a coordinate lies in.

Only geometry belongs here. Names and parents do not: see ``places``.
"""

# The types of shapely and geopandas leave keyword arguments unknown.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from dashboard.model.country import PACK

#: How far off a coast or a bank a point still counts as ashore, km. Simplified
#: coasts of the country are up to 0.4 km off, those beyond it up to 3 km, and reported points of
#: landings and of small islands lie up to a few kilometres out. What is farther is at sea.
ASHORE_KM = 5.0
_KM_PER_DEGREE = 111.195  # of a great circle, mean Earth radius 6371 km

Degrees: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True)
class SeaArea:
    """A box of open water, degrees; where boxes overlap the lowest priority number wins."""

    code: str
    west: float
    south: float
    east: float
    north: float
    priority: int


class Locator:
    """Polygons and boxes of places, ready for point lookups. Safe to share between threads."""

    def __init__(self, codes: Sequence[str], shapes: Sequence[Any], seas: Sequence[SeaArea]):
        """Take polygons in degrees, third areas before countries, and sea areas in any order."""
        self._codes = np.array(codes, dtype=object)
        self._shapes = np.array(shapes, dtype=object)
        self._tree = shapely.STRtree(self._shapes)
        self._seas = sorted(seas, key=lambda sea: sea.priority)

    @classmethod
    def load(cls, country: Path) -> Locator:
        """Read third areas, the other countries and the sea areas.

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
        with (country / "sea_areas.csv").open(encoding="utf-8", newline="") as file:
            seas = [
                SeaArea(
                    row["code"],
                    float(row["west"]),
                    float(row["south"]),
                    float(row["east"]),
                    float(row["north"]),
                    int(row["priority"]),
                )
                for row in csv.DictReader(file)
            ]
        return cls(codes, shapes, seas)

    def locate(self, lon: ArrayLike, lat: ArrayLike) -> list[str | None]:
        """Codes of third area, country or sea area, or None, one for each point.

        A polygon that holds the point wins, then the nearest polygon within ``ASHORE_KM``, then
        the sea area.

        Args:
            lon: Longitudes in degrees, shape (n,).
            lat: Latitudes in degrees, shape (n,).

        Raises:
            ValueError: If the two are not of one length.
        """
        x, y = np.atleast_1d(np.asarray(lon, float)), np.atleast_1d(np.asarray(lat, float))
        if x.shape != y.shape:
            raise ValueError("longitudes and latitudes must be of one length")
        holders = np.full(len(x), None, dtype=object)
        real = np.flatnonzero((np.abs(x) <= 180) & (np.abs(y) <= 90))
        points = shapely.points(x[real], y[real])
        hit, area = self._tree.query(points, predicate="intersects")
        # Reversed, so that of two areas that share the point's edge the first is kept.
        holders[real[hit[::-1]]] = self._codes[area[::-1]]
        for position in real:
            if holders[position] is None:
                holders[position] = self._near(x[position], y[position])
        for position in real:
            if holders[position] is None:
                holders[position] = self._sea(x[position], y[position])
        return holders.tolist()

    def _near(self, lon: float, lat: float) -> str | None:
        shrink = max(float(np.cos(np.radians(lat))), 0.01)
        tall = ASHORE_KM / _KM_PER_DEGREE
        wide = tall / shrink
        window = (lon - wide, lat - tall, lon + wide, lat + tall)
        best: tuple[float, str | None] = (ASHORE_KM, None)

        def to_km(points: Degrees) -> Degrees:
            return (points - [lon, lat]) * [shrink * _KM_PER_DEGREE, _KM_PER_DEGREE]

        for area in sorted(self._tree.query(shapely.box(*window))):
            clipped = shapely.clip_by_rect(self._shapes[area], *window)
            distance = shapely.distance(shapely.transform(clipped, to_km), shapely.Point(0, 0))
            # An empty clip has no distance (NaN), which is never smaller.
            if distance < best[0]:
                best = (float(distance), str(self._codes[area]))
        return best[1]

    def _sea(self, lon: float, lat: float) -> str | None:
        for sea in self._seas:
            if sea.west <= lon <= sea.east and sea.south <= lat <= sea.north:
                return sea.code
        return None
