"""Hexagons: a grid of equal hexagons with a point on top, of which every second row stands shifted.

The unit is the radius of a hexagon; x grows to the right and y downwards. Which place has which
tile does not belong here.
"""

from __future__ import annotations

from math import cos, radians, sin, sqrt

#: From the middle of a hexagon to that of the next one in its row, and between two rows.
ACROSS, DOWN = sqrt(3), 1.5
#: The six corners around the middle, clockwise from the upper right one.
CORNERS = tuple((cos(radians(a)), sin(radians(a))) for a in (-30, 30, 90, 150, 210, 270))


def centre(column: int, row: int) -> tuple[float, float]:
    """The middle of a tile in radii; odd rows stand half a tile to the right.

    >>> [tuple(round(value, 2) for value in centre(*tile)) for tile in ((0, 0), (1, 0), (0, 1))]
    [(0.0, 0.0), (1.73, 0.0), (0.87, 1.5)]
    """
    return ACROSS * (column + 0.5 * (row % 2)), DOWN * row
