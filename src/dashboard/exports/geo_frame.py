"""Features as a frame of geopandas: for a GeoPackage, and for whoever asks from Python.

The one place that uses geopandas, and only when it is asked: no page needs it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

#: Types of a Table Schema in the words of pandas; whole numbers of which some are missing have one
#: of their own.
_TYPES, _WITH_MISSING = {"integer": "int64", "number": "float64", "string": "str"}, "Int64"


def geo_frame(features: Sequence[Mapping[str, Any]], fields: Mapping[str, str]) -> GeoDataFrame:
    """Features as rows, their properties as columns, in EPSG:4326.

    Args:
        features: GeoJSON features, all with these properties.
        fields: Names of the properties in their order, each with its type in a Table Schema.
    """
    import geopandas  # here, since it takes a second and 100 MB that no page needs

    frame = geopandas.GeoDataFrame.from_features(features, "EPSG:4326", ["geometry", *fields])
    types = {
        name: _WITH_MISSING if type_ == "integer" and frame[name].hasnans else _TYPES[type_]
        for name, type_ in fields.items()
    }
    return frame.astype(types)
