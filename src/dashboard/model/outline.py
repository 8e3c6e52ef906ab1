"""Outline: the ground that a camp takes up, which maps may draw where an operator loaded it.

A release carries it as a row of ``outline``. How it is read from a file and made simpler stands in
``etl.operator_tables.shapes``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of one place.

    Attributes:
        place: Code of the place.
        geometry: A GeoJSON geometry of type MultiPolygon as text: longitude and latitude in degrees
            (WGS 84), outer rings anticlockwise.
    """

    place: str
    geometry: str

    @classmethod
    def of_row(cls, row: Sequence[Any]) -> Outline:
        """The outline of a row in the contract's order."""
        return cls(*row)

    @property
    def row(self) -> tuple[str, str]:
        """Its row, in the contract's order."""
        return self.place, self.geometry

    @property
    def shape(self) -> Mapping[str, Any]:
        """The geometry as values."""
        return json.loads(self.geometry)
