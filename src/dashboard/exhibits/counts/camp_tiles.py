"""Camp tiles: which tile each camp has on the tile map, read once from what the product ships.

They are the same for every release, since a release says where a camp lies and not how a map
arranges it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from dashboard.model.shipped import COUNTRY

_FILE = COUNTRY / "camp_tiles.csv"


@dataclass(frozen=True)
class CampTile:
    """A camp's tile: the hexagon that stands for it on the map of camps.

    Attributes:
        code: Code of the camp.
        label: What stands on its tile, such as 4X.
        region: Code of its camp region; its own code where it is in none.
        is_open: Whether it is one of the camps of today.
        column: Column of its tile.
        row: Row of its tile, counted downwards.
    """

    code: str
    label: str
    region: str
    is_open: bool
    column: int
    row: int


@cache
def camp_tiles() -> tuple[CampTile, ...]:
    """All tiles, region by region; a camp without a known point has none.

    Raises:
        OSError: If the file cannot be read.
    """
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            CampTile(
                row["code"], row["label"], row["region"], row["status"] == "open",
                int(row["column"]), int(row["row"]),
            )
            for row in csv.DictReader(file)
        )  # fmt: skip
