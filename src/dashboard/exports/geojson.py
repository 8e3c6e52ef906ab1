"""A map as GeoJSON (RFC 7946), with what must be said about it as members of its own.

Which features there are stands in ``map_layer``.
"""

from __future__ import annotations

import json
from typing import Any

from dashboard.exports.map_layer import MapLayer

CONTENT_TYPE = "application/geo+json"


def as_geojson(layer: MapLayer, **more: Any) -> str:
    """The layer as one feature collection; ``name`` is what GDAL and QGIS call the layer.

    Args:
        layer: What it holds.
        more: Further members of the collection.
    """
    value = {
        "type": "FeatureCollection",
        "name": layer.name,
        "about": layer.about,
        **more,
        "features": layer.features,
    }
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
