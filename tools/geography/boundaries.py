"""Bangladesh: divisions, districts and upazilas of COD-AB v03, simplified.

Only the areas of Bangladesh belong here. Its neighbours and the world do not: see ``world``.
"""

# The types of shapely and geopandas leave keyword arguments unknown.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from tools.geography.lens import Lens, Shapes, check_coverage
from tools.geography.sources import Area, read_areas

#: Length of a P-code at each level.
CODE_LENGTH = {"division": 4, "district": 6, "upazila": 10}

#: About 170 m at the camps, 400 m at the far end of the country.
_LENS = Lens(92.15, 21.1, reach=2, tolerance=0.17 / 111.2, decimals=4, far_decimals=4)


@dataclass(frozen=True)
class Bangladesh:
    """The country's areas.

    Attributes:
        areas: Areas with names, by level.
        shapes: Polygons by code, by level. Every level is dissolved from the upazilas.
        country: Polygon of the country.
    """

    areas: Mapping[str, list[Area]]
    shapes: Mapping[str, Mapping[str, Any]]
    country: Any


def read_bangladesh() -> Bangladesh:
    """All levels, simplified once at the finest and dissolved upwards, so that borders coincide.

    Raises:
        MissingSourceError: If the package of boundaries is not installed.
        BrokenCoverageError: If the simplified areas overlap.
    """
    areas: dict[str, list[Area]] = {}
    (areas["division"], _), (areas["district"], _) = read_areas(1), read_areas(2)
    areas["upazila"], shapes = read_areas(3)
    simple = _LENS.simplify(shapes)
    check_coverage(simple)
    codes = [area.code for area in areas["upazila"]]
    return Bangladesh(
        areas,
        {level: _dissolve(codes, simple, length) for level, length in CODE_LENGTH.items()},
        _oriented(shapely.coverage_union_all(simple)),
    )


def _dissolve(codes: list[str], shapes: Shapes, length: int) -> dict[str, Any]:
    """Areas whose codes begin alike, joined; ``length`` is that of the beginning."""
    above = np.array([code[:length] for code in codes])
    return {
        str(code): _oriented(shapely.coverage_union_all(shapes[above == code]))
        for code in np.unique(above)
    }


def _oriented(shape: Any) -> Any:
    """A shape with its points in the one order that GeoJSON asks for."""
    return shapely.orient_polygons(shapely.normalize(shape))
