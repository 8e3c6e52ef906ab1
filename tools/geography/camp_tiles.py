"""Camp tiles: one hexagon for each camp, arranged as the camps lie.

Only rows of ``camp_tiles.csv`` belong here. How the tiles are drawn does not: see
``dashboard.figures.tilemap``.

The camps of a region are scaled until as many hexagons as there are camps cover as much ground, and
each is given a hexagon so that the sum of squared shifts is the least that there is (the assignment
problem, solved exactly). Where the grid lies under the camps, and how much the scale differs, is
tried out; the best arrangement without holes or gaps is kept. Regions stand apart by hand, since
true distances between them would leave no room for the camps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import optimize  # pyright: ignore[reportMissingTypeStubs]

from dashboard.model.hexagons import centre, neighbours
from tools.geography.output import read_table

COLUMNS = ("code", "label", "region", "status", "column", "row")
#: Upper left tile of each region, with at least one tile between any two: Bhasan Char lies far to
#: the north-west, Teknaf to the south-east. Rows are even, so that no arrangement is bent.
_ORIGINS: Mapping[str, tuple[int, int]] = {
    "CXB-KUTUPALONG": (0, 0),
    "CXB-ISOLATED": (3, 10),
    "CXB-TEKNAF-SOUTH": (7, 6),
    "BHASAN-CHAR": (0, 0),
}
#: Kilometres of a degree of latitude, and of one of longitude at the camps.
_NORTH, _EAST = 110.6, 103.8
_NUMBERED = re.compile(r"C0*(\d+)([A-Z]?)")
#: Area of a hexagon of radius 1, and shares of the scale at which all camps cover as much.
_HEXAGON = 2.598
_SCALES = (0.8, 0.9, 1.0, 1.1, 1.2)
#: Places of the grid under the camps, along each side of a tile.
_SHIFTS = 4
#: Tiles around the camps that may be taken as well.
_AROUND = 1

Points = npt.NDArray[np.float64]
Tile = tuple[int, int]


@dataclass(frozen=True)
class Camp:
    """A camp with a point: code, short label, region, status, and kilometres east and south."""

    code: str
    label: str
    region: str
    status: str
    point: tuple[float, float]


def tile_rows(reference: Path) -> Iterator[tuple[str, ...]]:
    """Rows of ``camp_tiles.csv``, by region and then by code.

    Raises:
        OSError: If a table cannot be read.
        ValueError: If the camps of a region lie too far apart for an arrangement without gaps.
    """
    camps = camps_with_points(reference)
    for region, (column, row) in _ORIGINS.items():
        in_region = [camp for camp in camps if camp.region == region]
        tiles = arrange(np.array([camp.point for camp in in_region]))
        for camp, (across, down) in zip(in_region, tiles, strict=True):
            yield (
                camp.code, camp.label, camp.region, camp.status,
                str(column + across), str(row + down),
            )  # fmt: skip


def camps_with_points(reference: Path) -> list[Camp]:
    """Camps that can have a tile, by code; one outside all regions is a region of its own.

    Raises:
        OSError: If a table cannot be read.
    """
    regions = {row["site"]: row["region"] for row in read_table(reference / "camp_regions.csv")}
    return [
        Camp(
            row["code"],
            short_label(row["label"], row["name_en"]),
            regions.get(row["code"], row["code"]),
            row["status"],
            (float(row["lon"]) * _EAST, -float(row["lat"]) * _NORTH),
        )
        for row in sorted(read_table(reference / "camps.csv"), key=lambda row: row["code"])
        if row["lon"]
    ]


def short_label(label: str, name: str) -> str:
    """What stands on a tile: the number and its letter, other labels as they are, else initials.

    >>> short_label("C04X", "Camp 04 Extension"), short_label("KRC", "Kutupalong RC")
    ('4X', 'KRC')
    >>> short_label("", "Bhasan Char")
    'BC'
    """
    numbered = _NUMBERED.fullmatch(label)
    if numbered:
        return f"{numbered[1]}{numbered[2]}"
    return label or "".join(word[0] for word in name.split())


def arrange(points: Points) -> list[Tile]:
    """A tile for each point, from column and row 0 on, none twice.

    Args:
        points: East and south in any unit, shape (n, 2).

    Raises:
        ValueError: If they lie so far apart that every arrangement has gaps or holes.
    """
    if len(points) == 1:
        return [(0, 0)]
    best, least = list[Tile](), float("inf")
    for plane in _planes(points):
        tiles, error = _nearest(plane)
        if error < least and _is_whole(tiles):
            best, least = tiles, error
    if not best:
        raise ValueError("no arrangement of these points is without gaps")
    left = min(column for column, _ in best)
    top = min(row for _, row in best)
    # Rows move by whole pairs, since every second one stands shifted.
    return [(column - left, row - top + top % 2) for column, row in best]


def _planes(points: Points) -> Iterator[Points]:
    """The points in radii of tiles, at every scale and every place of the grid that is tried."""
    centred = points - points.mean(axis=0)
    spread = float(np.sqrt(centred[:, 0].std() * centred[:, 1].std())) or float(centred.std())
    # Points spread evenly over a square have a standard deviation of its side over root twelve.
    even_scale = float(np.sqrt(len(points) * _HEXAGON / 12)) / spread
    shifts = np.arange(_SHIFTS) / _SHIFTS
    for scale, across, down in product(_SCALES, shifts, shifts):
        yield centred * even_scale * scale + np.array([across * np.sqrt(3), down * 3.0])


def _nearest(plane: Points) -> tuple[list[Tile], float]:
    """The tile of each point with the least sum of squared shifts, and the mean of these."""
    tiles = _candidates(plane)
    centres = np.array([centre(*tile) for tile in tiles])
    cost = ((plane[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
    untyped: Any = optimize
    camps, chosen = untyped.linear_sum_assignment(cost)
    return [tiles[index] for index in chosen], float(cost[camps, chosen].mean())


def _candidates(plane: Points) -> list[Tile]:
    """All tiles under the points and a little around them."""
    left, top = np.floor(plane.min(axis=0) / (np.sqrt(3), 1.5)).astype(int) - _AROUND
    right, bottom = np.ceil(plane.max(axis=0) / (np.sqrt(3), 1.5)).astype(int) + _AROUND
    return [
        (column, row)
        for row in range(int(top), int(bottom) + 1)
        for column in range(int(left), int(right) + 1)
    ]


def _is_whole(tiles: Sequence[Tile]) -> bool:
    """Whether all tiles hang together and no empty one is enclosed."""
    occupied = set(tiles)
    left, right = min(c for c, _ in occupied) - 1, max(c for c, _ in occupied) + 1
    top, bottom = min(r for _, r in occupied) - 1, max(r for _, r in occupied) + 1
    around = {
        (column, row)
        for column in range(left, right + 1)
        for row in range(top, bottom + 1)
        if (column, row) not in occupied
    }
    return _reached(occupied, tiles[0]) == occupied and _reached(around, (left, top)) == around


def _reached(tiles: set[Tile], start: Tile) -> set[Tile]:
    """Tiles of a set that are reached from one of them over tiles of the set."""
    reached, unvisited = {start}, [start]
    while unvisited:
        for tile in neighbours(*unvisited.pop()):
            if tile in tiles and tile not in reached:
                reached.add(tile)
                unvisited.append(tile)
    return reached
