"""Outline file: polygons of camps from GeoJSON or a GeoPackage, or faults that say why not.

A feature names its camp by its code. Either every feature is taken or none. Shapes become simpler:
corners within some metres go, and neighbours keep the line between them.
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

from dashboard.model.outline import Outline
from etl.settings import OperatorError

#: Properties that hold the code of a camp where none is named: ours, and the mapping office's.
CODES = ("code", "CampSSID")
FORMATS = (".geojson", ".json", ".gpkg")
#: What may be wrong with a feature.
RULES: Mapping[str, str] = {
    "no_code": "It has no code of a camp.",
    "unknown_camp": "Its code is that of no camp.",
    "repeated_camp": "Another feature has the same camp.",
    "no_polygon": "Its shape is no polygon.",
    "bad_polygon": "Its shape encloses nothing, or crosses itself beyond repair.",
    "far_away": "It lies far from its camp: longitudes come first, in degrees (WGS 84).",
}
#: Degrees: corners that go, the grid on which the others stand (a metre), and how far a shape may
#: lie from the known point of its camp.
_SIMPLER, _GRID, _FAR = 0.00004, 0.00001, 0.1
#: Degrees on the globe, as GeoJSON has them.
_WGS_84 = 4326


@dataclass(frozen=True)
class Fault:
    """What is wrong with a feature of a file: the rule that it breaks, never its values.

    Attributes:
        file: Name of the file.
        feature: Number of the feature, from 1.
        rule: One of ``RULES``.
    """

    file: str
    feature: int
    rule: str

    def __str__(self) -> str:
        return f"{self.file}, feature {self.feature}: {RULES[self.rule]} [{self.rule}]"


@dataclass(frozen=True)
class _Feature:
    number: int
    code: str
    shape: Any


def read_outlines(
    path: Path, camps: Mapping[str, tuple[float, float] | None], *, key: str | None = None
) -> tuple[list[Outline], list[Fault]]:
    """The outlines of a file and what is wrong with it; one that has faults is not to be used.

    Args:
        path: GeoJSON (.geojson, .json) or a GeoPackage with one layer.
        camps: Codes of camps, with longitude and latitude where they are known.
        key: Property with the code of a camp; one of ``CODES`` where None.

    Raises:
        OperatorError: If there is no such file, it is of another format, or no feature has the
            property.
    """
    features = _features(path, key)
    faults = [
        Fault(path.name, feature.number, rule)
        for at, feature in enumerate(features)
        if (rule := _rule(feature, camps, {before.code for before in features[:at]}))
    ]
    return ([] if faults else _simplified(features)), faults


def _rule(
    feature: _Feature, camps: Mapping[str, tuple[float, float] | None], before: set[str]
) -> str | None:
    """The first rule that a feature breaks, or None."""
    shape = feature.shape
    if not feature.code:
        return "no_code"
    if feature.code not in camps:
        return "unknown_camp"
    if feature.code in before:
        return "repeated_camp"
    if shape is None or shape.geom_type not in ("Polygon", "MultiPolygon"):
        return "no_polygon"
    if shape.is_empty or not _polygons(shape):
        return "bad_polygon"
    point = camps[feature.code]
    if point and shape.distance(shapely.Point(point)) > _FAR:
        return "far_away"
    return None


def _polygons(shape: Any) -> list[Any]:
    """The polygons of a shape that may cross itself; none where nothing is left of it."""
    valid = shapely.make_valid(shape)
    return [part for part in shapely.get_parts(valid) if part.geom_type == "Polygon"]


def _simplified(features: Sequence[_Feature]) -> list[Outline]:
    shapes = [shapely.MultiPolygon(_polygons(feature.shape)) for feature in features]
    simpler = shapely.coverage_simplify(shapes, _SIMPLER)
    return [
        Outline(feature.code, _multipolygon(shape))
        for feature, shape in sorted(
            zip(features, simpler, strict=True), key=lambda entry: entry[0].code
        )
    ]


def _multipolygon(shape: Any) -> str:
    """A shape as a GeoJSON geometry, outer rings anticlockwise as RFC 7946 asks."""
    parts = _polygons(shapely.set_precision(shape, _GRID))
    whole = shapely.orient_polygons(shapely.MultiPolygon(parts), exterior_cw=False)
    geometry = json.loads(shapely.to_geojson(whole))
    return json.dumps(geometry, separators=(",", ":"))


def _features(path: Path, key: str | None) -> list[_Feature]:
    if not path.is_file():
        raise OperatorError(f"There is no file {path}.")
    if path.suffix.lower() not in FORMATS:
        raise OperatorError(f"{path.name}: outlines are read from {', '.join(FORMATS)}.")
    read = _from_geopackage if path.suffix.lower() == ".gpkg" else _from_geojson
    rows = read(path)
    if not rows:
        raise OperatorError(f"{path.name}: it holds no features.")
    names = [key] if key else CODES
    found = next((name for name in names if any(name in held for held, _ in rows)), None)
    if found is None:
        raise OperatorError(
            f"{path.name}: no feature has a property {' or '.join(names)}; name the one with the "
            "codes of camps by --key."
        )
    return [
        _Feature(number, str(held.get(found) or "").strip().upper(), shape)
        for number, (held, shape) in enumerate(rows, start=1)
    ]


def _from_geojson(path: Path) -> list[tuple[Mapping[str, Any], Any]]:
    """Properties and shape of each feature; None for a shape that is none."""
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
        features = [(f.get("properties") or {}, f.get("geometry")) for f in document["features"]]
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise OperatorError(f"{path.name}: it is no GeoJSON with features.") from problem
    return [(held, _shape(geometry)) for held, geometry in features]


def _shape(geometry: object) -> Any:
    try:
        return shapely.from_geojson(json.dumps(geometry)) if geometry else None
    except shapely.errors.GEOSException:
        return None


def _from_geopackage(path: Path) -> list[tuple[Mapping[str, Any], Any]]:
    try:
        layers = [str(name) for name, _ in pyogrio.list_layers(path)]
        if len(layers) != 1:
            raise OperatorError(f"{path.name}: it has {len(layers)} layers; one is read.")
        frame = geopandas.read_file(path, layer=layers[0])
    except DataSourceError as problem:
        raise OperatorError(f"{path.name}: it is no GeoPackage.") from problem
    if frame.crs is None:
        raise OperatorError(f"{path.name}: it does not say in which coordinates it is.")
    frame = frame.to_crs(_WGS_84)
    held = frame.drop(columns=frame.geometry.name).to_dict("records")
    return list(zip(held, frame.geometry, strict=True))
