"""A map as GeoJSON (RFC 7946), with the texts about it as members of its own.

Which features there are stands in ``map_layer``.
"""

from __future__ import annotations

from typing import Any

from dashboard.exports.json import as_text
from dashboard.exports.map_layer import MapLayer

CONTENT_TYPE = "application/geo+json"


def as_geojson(layer: MapLayer, **more: Any) -> str:
    """The layer as text, with further members of the collection."""
    return as_text(collection(layer, **more))


def collection(layer: MapLayer, **more: Any) -> dict[str, Any]:
    """The layer as one feature collection; ``name`` is what GDAL and QGIS call the layer.

    Args:
        layer: What it holds.
        more: Further members of the collection.
    """
    return {
        "type": "FeatureCollection",
        "name": layer.name,
        "about": layer.about,
        **more,
        "features": layer.features,
    }
