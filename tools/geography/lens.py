"""The lens: simplifying boundaries the more, the farther they lie from a centre.

Only geometry belongs here. Which layers are simplified, and how much, does not.
"""

# The types of shapely and geopandas leave keyword arguments unknown.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

Shapes: TypeAlias = NDArray[Any]
Points: TypeAlias = NDArray[np.float64]


class BrokenCoverageError(RuntimeError):
    """Simplified areas overlap or are not valid polygons."""


@dataclass(frozen=True)
class Lens:
    """A projection that shrinks logarithmically away from its centre.

    One tolerance in its plane is a small one near the centre and a large one far away, so one
    pass over one coverage does both and borders stay shared.

    Attributes:
        lon, lat: Centre, degrees.
        reach: Distance at which the radial scale is half of the centre's, degrees.
        tolerance: Square root of the area of the smallest triangle kept at the centre, degrees.
        decimals: Decimals kept within ``reach``; ``far_decimals`` beyond four times of it.
    """

    lon: float
    lat: float
    reach: float
    tolerance: float
    decimals: int
    far_decimals: int

    def into(self, points: Points) -> Points:
        """Degrees, shape (n, 2), into the lens's plane."""
        offset = (points - [self.lon, self.lat]) * self._stretch
        radius = np.hypot(offset[:, 0], offset[:, 1])
        scale = self.reach * np.log1p(radius / self.reach) / np.where(radius > 0, radius, 1)
        return offset * scale[:, None]

    def out(self, points: Points) -> Points:
        """The lens's plane, shape (n, 2), into degrees, rounded by the distance."""
        radius = np.hypot(points[:, 0], points[:, 1])
        distance = self.reach * np.expm1(radius / self.reach)
        offset = points * (distance / np.where(radius > 0, radius, 1))[:, None]
        degrees = offset / self._stretch + [self.lon, self.lat]
        near = (distance < 4 * self.reach)[:, None]
        return np.where(near, degrees.round(self.decimals), degrees.round(self.far_decimals))

    def simplify(self, shapes: Shapes) -> Shapes:
        """Polygons of one coverage, simplified together; shared borders stay shared.

        Rounding may still break a polygon: see ``check_coverage`` and ``repair``.
        """
        plane = shapely.transform(shapes, self.into)
        return shapely.transform(shapely.coverage_simplify(plane, self.tolerance), self.out)

    def without_specks(self, shape: Any) -> Any:
        """A polygon without the parts too small to be seen, but never without its largest part."""
        parts = shapely.get_parts(shape)
        area = shapely.area(shapely.transform(parts, self.into))
        visible = parts[(area >= 4 * self.tolerance**2) | (area == area.max())]
        return visible[0] if len(visible) == 1 else shapely.multipolygons(visible)

    @property
    def _stretch(self) -> Points:
        """Factors of degrees of longitude and latitude, so that both are as long at the centre."""
        return np.array([np.cos(np.radians(self.lat)), 1.0])


def check_coverage(shapes: Shapes) -> None:
    """Refuse areas that overlap, leave their neighbours' edges or are not valid polygons.

    Raises:
        BrokenCoverageError: If there is such an area.
    """
    if not shapely.is_valid(shapes).all() or not shapely.coverage_is_valid(shapes):
        raise BrokenCoverageError("simplified areas overlap or are not valid: change the tolerance")


def repair(shape: Any) -> Any:
    """A valid polygon or multipolygon that covers what a broken one meant to cover."""
    valid = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    parts = shapely.get_parts(shapely.get_parts(valid))
    polygons = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    if len(polygons) == 0:
        return shapely.Polygon()
    return polygons[0] if len(polygons) == 1 else shapely.multipolygons(polygons)
