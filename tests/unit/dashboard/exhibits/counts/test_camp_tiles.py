"""Camp tiles: the committed arrangement lies as the camps lie."""

from __future__ import annotations

import csv
from itertools import product
from math import dist
from pathlib import Path

import numpy as np
from scipy.stats import spearmanr

from dashboard.model.hexagons import ACROSS, centre

REFERENCE = Path(__file__).parents[5] / "data" / "countries" / "bgd"


def read(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = read("camp_tiles.csv")
CAMPS = {row["code"]: row for row in read("camps.csv")}
REGIONS = sorted({row["region"] for row in ROWS})


def point(code: str) -> tuple[float, float]:
    """Where a camp lies, in kilometres to the east and to the south."""
    return float(CAMPS[code]["lon"]) * 103.8, -float(CAMPS[code]["lat"]) * 110.6


def touch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return dist(centre(*one), centre(*other)) < ACROSS * 1.01


def tile(row: dict[str, str]) -> tuple[int, int]:
    return int(row["column"]), int(row["row"])


def of_region(region: str) -> list[dict[str, str]]:
    return [row for row in ROWS if row["region"] == region]


def test_every_camp_with_a_point_has_a_tile_of_its_own() -> None:
    assert {row["code"] for row in ROWS} == {code for code, row in CAMPS.items() if row["lon"]}
    assert len({tile(row) for row in ROWS}) == len(ROWS) == 35
    status = {code: row["status"] for code, row in CAMPS.items()}
    assert {row["code"]: row["status"] for row in ROWS}.items() <= status.items()
    assert [row["code"] for row in ROWS if row["status"] != "open"] == ["CXB-032"]


def test_regions_hang_together_and_stand_apart() -> None:
    for region in REGIONS:
        tiles = {tile(row) for row in of_region(region)}
        found, waiting = set[tuple[int, int]](), [min(tiles)]
        while waiting:
            at = waiting.pop()
            found.add(at)
            waiting += [near for near in tiles - found if touch(at, near)]
        assert found == tiles, region
    for one, other in product(ROWS, ROWS):
        if one["region"] != other["region"]:
            assert not touch(tile(one), tile(other))


def test_north_is_up_and_east_is_right() -> None:
    own = of_region("CXB-KUTUPALONG")
    for axis in (0, 1):
        true = [point(row["code"])[axis] for row in own]
        drawn = [centre(*tile(row))[axis] for row in own]
        assert spearmanr(true, drawn).statistic >= 0.97
    middle = {
        region: np.mean([centre(*tile(row)) for row in of_region(region)], axis=0)
        for region in REGIONS
    }
    kutupalong, isolated, teknaf, bhasan_char = (
        middle[region]
        for region in ("CXB-KUTUPALONG", "CXB-ISOLATED", "CXB-TEKNAF-SOUTH", "BHASAN-CHAR")
    )
    assert bhasan_char[0] < kutupalong[0] < isolated[0] < teknaf[0]
    assert bhasan_char[1] < kutupalong[1] < teknaf[1]
    assert kutupalong[1] < isolated[1]


def test_labels_are_short_and_tell_camps_apart() -> None:
    labels = {row["code"]: row["label"] for row in ROWS}
    assert len(set(labels.values())) == len(labels)
    assert max(map(len, labels.values())) == 3
    known = ("CXB-232", "CXB-201", "CXB-221", "CXB-089", "CXB-234", "CXB-017", "BHASAN-CHAR")
    assert [labels[code] for code in known] == ["4X", "1E", "KRC", "NRC", "20X", "25", "BC"]
