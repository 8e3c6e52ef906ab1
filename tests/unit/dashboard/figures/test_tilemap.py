"""Tile maps: what each tile is drawn as, and where the names of their groups stand."""

from __future__ import annotations

from itertools import pairwise
from math import sqrt

import pytest

from dashboard.figures import theme
from dashboard.figures.palette import RAMPS
from dashboard.model.hexagons import centre
from tests.unit.dashboard.figures.figures import map_of_tiles

MADE = map_of_tiles()
(LAYER,) = MADE["layers"]


def test_a_tile_says_its_code_class_place_letters_number_and_words() -> None:
    first = LAYER["tiles"][0]
    assert first["at"] == pytest.approx([sqrt(3) / 2, 4.5], abs=1e-4)
    assert {name: first[name] for name in ("code", "class", "label", "number", "lines")} == {
        "code": "CXB-232",
        "class": 1,
        "label": "4X",
        "number": "64",
        "lines": ["Camp 04 Extension", "about 64"],
    }
    assert LAYER["outlined"] == ["CXB-232"]


def test_the_box_holds_every_hexagon_whole() -> None:
    left, top, right, bottom = MADE["box"]
    for x, y in (tile["at"] for tile in LAYER["tiles"]):
        assert left - 1e-3 <= x - sqrt(3) / 2
        assert x + sqrt(3) / 2 <= right + 1e-3
        assert top - 1e-3 <= y - 1
        assert y + 1 <= bottom + 1e-3


def test_what_says_no_number_is_dashed_and_stands_last_in_the_legend() -> None:
    (part,) = MADE["legend"]
    labels = [entry["label"] for entry in part["entries"]]
    assert labels == ["10 or more", "None or very few", "Counted under its area"]
    assert [bool(entry["dash"]) for entry in part["entries"]] == [False, False, True]
    none, many, apart = LAYER["classes"]
    assert (none["fillcolor"], none["line"]) == (theme.SURFACE, theme.BORDER_STRONG)
    assert (many["ink"], many["line"]) == (theme.SURFACE, "")
    assert (apart["fillcolor"], apart["ink"], bool(apart["dash"])) == (
        theme.SUNKEN, theme.TEXT_2, True,
    )  # fmt: skip


def test_a_group_is_named_above_its_tiles_and_one_without_tiles_is_not() -> None:
    north, south = LAYER["groups"]
    assert (north["name"], south["name"]) == ("North", "South")
    # Its left tile stands two rows lower, and nothing is in between.
    assert north["at"] == pytest.approx([0.0, 0.5], abs=1e-3)
    assert south["at"] == pytest.approx([7 * sqrt(3) - sqrt(3) / 2, 8.0], abs=1e-3)
    assert (north["end"], south["end"]) == (None, None)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("ramp", RAMPS)
def test_letters_can_be_read_on_every_step_of_every_ramp(ramp: str, name: str) -> None:
    """Where the ink alone has less than 4.5 to 1, a rim of the other ink lies around it."""
    dark = theme.in_the_dark()
    for step in RAMPS[ramp]:
        ink, rim = theme.ink_on(step.light)
        ink_shown = ink if name == "light" else dark["marks"][ink]
        ratio = theme.contrast(ink_shown, getattr(step, name))
        assert ratio >= (3 if rim else 4.5), step
    rims = [bool(theme.ink_on(step.light)[1]) for step in RAMPS[ramp]]
    assert sum(rims) == (0 if ramp == "total" else 1)


def test_rows_lie_one_and_a_half_radii_apart() -> None:
    rows = [centre(0, row)[1] for row in range(4)]
    assert {below - above for above, below in pairwise(rows)} == {1.5}
