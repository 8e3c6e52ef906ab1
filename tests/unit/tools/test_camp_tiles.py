"""Camp tiles: the committed arrangement is the built one, and lies as the camps lie."""

from __future__ import annotations

import csv
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import spearmanr

from dashboard.model.hexagons import centre, neighbours
from tools.geography.camp_tiles import COLUMNS, arrange, camps_with_points, short_label, tile_rows

REFERENCE = Path(__file__).parents[3] / "data" / "countries" / "bgd"
ROWS = [dict(zip(COLUMNS, row, strict=True)) for row in tile_rows(REFERENCE)]
CAMPS = {camp.code: camp for camp in camps_with_points(REFERENCE)}
REGIONS = sorted({row["region"] for row in ROWS})


def tile(row: dict[str, str]) -> tuple[int, int]:
    return int(row["column"]), int(row["row"])


def of_region(region: str) -> list[dict[str, str]]:
    return [row for row in ROWS if row["region"] == region]


def test_the_committed_file_is_what_is_built() -> None:
    with (REFERENCE / "camp_tiles.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == ROWS


def test_every_camp_with_a_point_has_a_tile_of_its_own() -> None:
    with (REFERENCE / "camps.csv").open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    assert {row["code"] for row in ROWS} == {row["code"] for row in listed if row["lon"]}
    assert len({tile(row) for row in ROWS}) == len(ROWS) == 35
    status = {row["code"]: row["status"] for row in listed}
    assert {row["code"]: row["status"] for row in ROWS}.items() <= status.items()
    assert [row["code"] for row in ROWS if row["status"] != "open"] == ["CXB-032"]


def test_regions_hang_together_and_stand_apart() -> None:
    for region in REGIONS:
        tiles = {tile(row) for row in of_region(region)}
        found, waiting = set[tuple[int, int]](), [min(tiles)]
        while waiting:
            at = waiting.pop()
            found.add(at)
            waiting += [near for near in neighbours(*at) if near in tiles - found]
        assert found == tiles, region
    for one, other in product(ROWS, ROWS):
        if one["region"] != other["region"]:
            assert tile(other) not in neighbours(*tile(one))


def test_north_is_up_and_east_is_right() -> None:
    own = of_region("CXB-KUTUPALONG")
    for axis in (0, 1):
        true = [CAMPS[row["code"]].point[axis] for row in own]
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


@pytest.mark.parametrize(
    ("label", "name", "short"),
    [("C25", "", "25"), ("C04", "", "4"), ("C20X", "", "20X"), ("KRC", "", "KRC"),
     ("", "Bhasan Char", "BC"), ("C", "x", "C")],
)  # fmt: skip
def test_a_short_label_is_the_number_and_its_letter(label: str, name: str, short: str) -> None:
    assert short_label(label, name) == short


def test_points_of_a_grid_keep_their_rows_and_their_order() -> None:
    points = np.array([(x + 0.5 * (y % 2), y) for y in range(3) for x in range(3)], dtype=float)
    tiles = arrange(points)
    assert len(set(tiles)) == 9
    for axis in (0, 1):
        drawn = [centre(*one)[axis] for one in tiles]
        assert spearmanr(points[:, axis], drawn).statistic > 0.99
    assert arrange(np.array([[5.0, 7.0]])) == [(0, 0)]


def test_points_that_would_leave_gaps_are_refused() -> None:
    with pytest.raises(ValueError, match="without gaps"):
        arrange(np.array([[0.0, 0.0], [0.1, 0.0], [90.0, 0.1], [90.1, 0.1]]))
