"""Strips: bars over time one below the other, on one scale and with their ranges."""

from __future__ import annotations

from dashboard.figures import theme
from dashboard.figures.plot import NumberFormat
from dashboard.figures.strips import strips
from tests.unit.dashboard.figures.figures import plot

ROUGH = NumberFormat(
    lambda value: f"{max(value - 5, 0)}–{value + 5}",
    lambda value: f"about {value} people",
    str,
    lambda value: (max(value - 5, 0), value + 5),
    rough=True,
)
ROWS = [("Cox's Bazar", (40, 0, 20), ""), ("<Ramu>", (5, 6, 7), "")]
QUARTERS = ("Q1 26", "Q2 26", "Q3 26")


def test_every_strip_has_an_axis_of_its_own_and_all_one_scale() -> None:
    figure = strips(plot("strips", QUARTERS, *ROWS))
    bars = [trace for trace in figure["data"] if trace["type"] == "bar"]
    assert [trace["yaxis"] for trace in bars] == ["y", "y2"]
    layout = figure["layout"]
    assert layout["yaxis"]["range"] == layout["yaxis2"]["range"]
    assert layout["yaxis"]["domain"][0] >= layout["yaxis2"]["domain"][1]  # the first on top
    assert layout["xaxis"]["anchor"] == "y2"
    assert [trace["y"] for trace in bars] == [[40, 0, 20], [5, 6, 7]]


def test_ranges_are_lines_and_reach_below_the_top_of_the_scale() -> None:
    exact = strips(plot("strips", QUARTERS, *ROWS))["data"][0]
    assert "error_y" not in exact
    figure = strips(plot("strips", QUARTERS, *ROWS, number_format=ROUGH))
    first = figure["data"][0]
    assert (first["error_y"]["array"], first["error_y"]["arrayminus"]) == ([5, 5, 5], [5, 0, 5])
    assert first["opacity"] < 1
    assert figure["layout"]["yaxis"]["range"][1] > 45


def test_numbers_stand_above_their_ranges_and_none_says_nothing() -> None:
    texts = strips(plot("strips", QUARTERS, *ROWS, number_format=ROUGH))["data"][1]
    assert texts["mode"] == "text"
    assert texts["text"] == ["35–45", "", "15–25"]
    assert texts["y"] == [45, 5, 25]


def test_what_may_still_rise_is_outlined_and_said() -> None:
    still_open = {"provisional": 1, "provisional_name": "Provisional"}
    first = strips(plot("strips", QUARTERS, *ROWS, **still_open))["data"][0]
    assert first["marker"]["color"][:2] == [theme.BLUE, theme.BLUE]
    assert first["marker"]["color"][2] != theme.BLUE
    assert first["marker"]["line"]["width"] == [0, 0, 1.2]
    assert first["hovertext"] == ["40 people", "0 people", "20 people<br>Provisional"]


def test_names_are_no_markup_and_stand_above_their_strip_on_a_phone() -> None:
    layout = strips(plot("strips", QUARTERS, *ROWS))["layout"]
    assert [note["text"] for note in layout["annotations"]] == ["Cox's Bazar", "&lt;Ramu&gt;"]
    assert not any(note["showarrow"] for note in layout["annotations"])
    narrow = layout["meta"]["narrow"]
    assert [note["yanchor"] for note in narrow["annotations"]] == ["bottom", "bottom"]
    assert narrow["meta"]["height"] > layout["meta"]["height"]
    assert narrow["xaxis"]["domain"] == [0, 1]
