"""Boundaries of areas as GeoJSON, read from the basemap's own files, each once, or from a release.

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
from dashboard.model.country import SITE
from dashboard.release.open_release import Release

#: GeoJSON geometry by P-code.
Geometries = Mapping[str, Mapping[str, Any]]


@cache
def geometries(folder: Path, level: str) -> Geometries:
    """GeoJSON geometries of all areas of a level by P-code; not to be changed.

    Longitude and latitude in degrees (WGS 84), outer rings anticlockwise, as RFC 7946 asks.

    Args:
        folder: The folder of the basemap's files.
        level: A level of areas.

    Raises:
        KeyError: If the level has no boundaries.
    """
    shapes = {
        entry["properties"]["code"]: entry["geometry"]
        for entry in basemap(folder, BOUNDARIES[level])
    }
    return MappingProxyType(shapes)


def geometries_in(release: Release, folder: Path, level: str) -> Geometries:
    """GeoJSON geometries of a level by code: those of camps are the release's own.

    Raises:
        KeyError: If the level has no boundaries.
    """
    return release.outlines if level == SITE else geometries(folder, level)


def outlines_as_geojson(outlines: Geometries) -> str:
    """Outlines of camps as a file of the basemap is written, for maps to read."""
    features = [
        {"type": "Feature", "id": code, "properties": {"code": code}, "geometry": geometry}
        for code, geometry in outlines.items()
    ]
    document = {"type": "FeatureCollection", "features": features}
    return json.dumps(document, separators=(",", ":"))


@cache
def basemap(folder: Path, name: str) -> tuple[Mapping[str, Any], ...]:
    """GeoJSON features of one file of the basemap, such as ``countries``; not to be changed."""
    text = (folder / f"{name}.geojson").read_text(encoding="utf-8")
    return tuple(json.loads(text)["features"])
