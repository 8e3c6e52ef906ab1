"""Shapes: polygons of places from GeoJSON or a GeoPackage as rows, or findings that say why not.

A feature names its place by its code. Shapes become simpler: corners within some metres go, and
neighbours keep the line between them. Which places may have one stands in ``kinds``.
"""

# The types of shapely, geopandas and pyogrio leave arguments unknown or are missing.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportMissingTypeStubs=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false, reportUnknownParameterType=false

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas
import pyogrio
import shapely
from pyogrio.errors import DataSourceError

from etl.findings import Finding, Place
from etl.operator_tables.kind import Cells, Reference
from etl.settings import OperatorError

#: Properties that hold the code of a camp where none is named: ours, and the mapping office's.
CODES = ("code", "CampSSID")
#: Degrees: corners that go, the grid on which the others stand (a metre), and how far a shape may
#: lie from the known point of its camp.
_SIMPLER, _GRID, _FAR = 0.00004, 0.00001, 0.1
#: Degrees on the globe, as GeoJSON has them.
_WGS_84 = 4326


@dataclass(frozen=True)
class _Feature:
    """A feature of a file: its number from 1, the code of its place, its shape or None."""

    number: int
    code: str
    shape: Any


def read_shapes(
    path: Path, place: Place, reference: Reference, key: str | None
) -> tuple[Sequence[tuple[int | None, Cells]], list[Finding]]:
    """The features of a file as rows, and what is wrong with their shapes.

    Args:
        path: GeoJSON (.geojson, .json) or a GeoPackage with one layer.
        place: The file, for findings.
        reference: Places with the points near which their shapes must lie.
        key: Property with the code of a place; one of ``CODES`` where None.

    Raises:
        OperatorError: If it is no such file, or no feature has the property.
    """
    features = _features(path, key)
    findings = [
        place.finding(rule, row=feature.number, column="geometry")
        for feature in features
        if (rule := _rule(feature, reference))
    ]
    shapes = [""] * len(features) if findings else _simplified(features)
    rows = [
        (feature.number, {"place": feature.code, "geometry": shape})
        for feature, shape in zip(features, shapes, strict=True)
    ]
    return rows, findings


def _rule(feature: _Feature, reference: Reference) -> str | None:
    """The first rule that a shape breaks, or None."""
    shape = feature.shape
    if shape is None or shape.geom_type not in ("Polygon", "MultiPolygon"):
        return "no_polygon"
    if shape.is_empty or not _polygons(shape):
        return "bad_polygon"
    _, _, _, _, lon, lat, *_ = reference.places.get(feature.code, (None,) * 9)
    if lon is not None and lat is not None and shape.distance(shapely.Point(lon, lat)) > _FAR:
        return "far_away"
    return None


def _polygons(shape: Any) -> list[Any]:
    """The polygons of a shape that may cross itself; none where nothing is left of it."""
    valid = shapely.make_valid(shape)
    return [part for part in shapely.get_parts(valid) if part.geom_type == "Polygon"]


def _simplified(features: Sequence[_Feature]) -> list[str]:
    """Shapes of features as GeoJSON, with few corners; neighbours keep the line between them."""
    shapes = [shapely.MultiPolygon(_polygons(feature.shape)) for feature in features]
    return [_multipolygon(shape) for shape in shapely.coverage_simplify(shapes, _SIMPLER)]


def _multipolygon(shape: Any) -> str:
    """A shape as a GeoJSON geometry, outer rings anticlockwise as RFC 7946 asks."""
    parts = _polygons(shapely.set_precision(shape, _GRID))
    whole = shapely.orient_polygons(shapely.MultiPolygon(parts), exterior_cw=False)
    geometry = json.loads(shapely.to_geojson(whole))
    return json.dumps(geometry, separators=(",", ":"))


def _features(path: Path, key: str | None) -> list[_Feature]:
    """The features of a file, with the codes that one property gives."""
    read_pairs = _from_geopackage if path.suffix.lower() == ".gpkg" else _from_geojson
    rows = read_pairs(path)
    if not rows:
        raise OperatorError(f"{path.name}: it holds no features.")
    names = [key] if key else CODES
    code_key = next((key for key in names if any(key in found for found, _ in rows)), None)
    if code_key is None:
        raise OperatorError(
            f"{path.name}: no feature has a property {' or '.join(names)}; name the one with the "
            "codes of camps by --key."
        )
    return [
        _Feature(number, str(properties.get(code_key) or "").strip().upper(), shape)
        for number, (properties, shape) in enumerate(rows, start=1)
    ]


def _from_geojson(path: Path) -> list[tuple[Mapping[str, Any], Any]]:
    """Properties and shape of each feature; None in place of what is no shape."""
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
        features = [(f.get("properties") or {}, f.get("geometry")) for f in document["features"]]
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise OperatorError(f"{path.name}: it is no GeoJSON with features.") from problem
    return [(properties, _shape(geometry)) for properties, geometry in features]


def _shape(geometry: object) -> Any:
    """The shape of a GeoJSON geometry; None if it is none."""
    try:
        return shapely.from_geojson(json.dumps(geometry)) if geometry else None
    except shapely.errors.GEOSException:
        return None


def _from_geopackage(path: Path) -> list[tuple[Mapping[str, Any], Any]]:
    """Properties and shape of each feature of the one layer, in degrees."""
    try:
        layers = [(str(name), geometry) for name, geometry in pyogrio.list_layers(path)]
        if len(layers) != 1:
            raise OperatorError(f"{path.name}: it has {len(layers)} layers; one is read.")
        name, geometry = layers[0]
        if geometry is None:
            raise OperatorError(f"{path.name}: its layer holds no shapes.")
        frame = geopandas.read_file(path, layer=name)
    except DataSourceError as problem:
        raise OperatorError(f"{path.name}: it is no GeoPackage.") from problem
    if frame.crs is None:
        raise OperatorError(f"{path.name}: it does not say in which coordinates it is.")
    frame = frame.to_crs(_WGS_84)
    properties = frame.drop(columns=frame.geometry.name).to_dict("records")
    return list(zip(properties, frame.geometry, strict=True))
