"""Boundaries of areas as GeoJSON, read from the basemap's own files: once for each level.

Files and frames for analysts take them from here, so that they show what the maps show. Which
areas an exhibit has belongs to the exhibit; how a map draws them to ``figures``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dashboard.figures.choropleth import BOUNDARIES

#: GeoJSON geometry by P-code.
Geometries = Mapping[str, Mapping[str, Any]]


@cache
def geometries(folder: Path, level: str) -> Geometries:
    """GeoJSON geometries of all areas of a level by P-code; not to be changed.

    Longitude and latitude in degrees (WGS 84), outer rings anticlockwise, as RFC 7946 asks.

    Args:
        folder: The folder of the basemap's files.
        level: division, district or upazila.

    Raises:
        KeyError: If the level has no boundaries.
    """
    text = (folder / f"{BOUNDARIES[level]}.geojson").read_text(encoding="utf-8")
    shapes = {
        entry["properties"]["code"]: entry["geometry"] for entry in json.loads(text)["features"]
    }
    return MappingProxyType(shapes)
