"""Bar charts."""

from __future__ import annotations

from dataclasses import replace

from dashboard.figures import theme
from dashboard.figures.bars import bars, grouped, mirrored, stacked
from dashboard.figures.plot import Clicks
from tests.unit.dashboard.figures.figures import counted, plot, within

FEMALE = ("Female", [5, 1200], theme.SEX_COLOUR["female"])
MALE = ("Male", [4, 0], theme.SEX_COLOUR["male"])


def test_bars_carry_their_numbers_and_no_gridlines() -> None:
    chart = bars(plot("bars", ["Job", "Marriage"], ("", [1285, 40], theme.PURPLE)))
    bar, texts = chart["data"]
    assert bar["textposition"] == "none"  # a bar's own text would stand on its line
    assert [text.strip() for text in texts["text"]] == ["1,285", "40"]
    assert (texts["mode"], texts["x"], texts["y"]) == ("text", [1285, 40], bar["y"])
    assert texts["hoverinfo"] == "skip"
    assert chart["layout"]["xaxis"]["visible"] is False
    assert chart["layout"]["yaxis"]["showgrid"] is False
    assert chart["layout"]["yaxis"]["autorange"] == "reversed"  # the first bar is on top
    assert chart["layout"]["yaxis"]["categoryarray"] == ["Job", "Marriage"]


def test_a_click_on_a_bar_gives_its_code_and_says_so() -> None:
    names = ["Land & river", "Not known"]
    clicks = Clicks("mode", ["land", ""], names, [f"Click: {name}" for name in names])
    chart = bars(plot("bars", ["Land", "Not known"], ("", [2, 1], theme.PURPLE), clicks=clicks))
    assert chart["layout"]["meta"]["click"] == "mode"
    assert chart["layout"]["meta"]["choices"] == {
        "land": {"label": "Land &amp; river", "said": "Click: Land &amp; river"}
    }
    bar = chart["data"][0]
    assert bar["customdata"] == ["land", ""]
    assert bar["hovertext"] == ["2 people", "1 people"]  # a notebook has no clicks


def test_bars_that_no_filter_takes_are_not_clicked() -> None:
    clicks = Clicks("mode", ["", ""], ["Under 15", "15–18"], ["", ""])
    chart = mirrored(plot("mirrored", ["Under 15", "15–18"], FEMALE, MALE, clicks=clicks))
    assert "click" not in chart["layout"]["meta"]


def test_no_bars_are_a_figure_too() -> None:
    assert bars(plot("bars", [], ("", [], theme.PURPLE)))["data"][0]["x"] == []


def test_mirrored_bars_point_both_ways_and_say_the_same_kind_of_number() -> None:
    chart = mirrored(plot("mirrored", ["Under 15", "15–18"], FEMALE, MALE))
    left, right, left_texts, right_texts = chart["data"]
    assert left["x"] == [-5, -1200]
    assert right["x"] == [4, 0]
    assert [text.strip() for text in left_texts["text"]] == ["5", "1,200"]
    assert left_texts["x"] == [-5, -1200]
    assert set(left_texts["textposition"]) == {"middle left"}
    assert [text.strip() for text in right_texts["text"]] == ["4", "0"]
    assert set(right_texts["textposition"]) == {"middle right"}
    assert left["hovertext"] == ["5 people", "1,200 people"]
    assert "%{hovertext}" in left["hovertemplate"]


def test_the_sexes_have_two_hues_of_no_class() -> None:
    classes = {theme.CLASS_LOOK[code].colour for code in ("trafficking", "smuggling")}
    assert len(set(theme.SEX_COLOUR.values())) == 2
    assert classes.isdisjoint(theme.SEX_COLOUR.values())


def test_the_longest_stack_fits_with_its_label() -> None:
    chart = stacked(plot("stacked", ["Home", "Market"], FEMALE, MALE))
    assert chart["layout"]["xaxis"]["range"][1] > 1200
    assert chart["layout"]["barmode"] == "stack"


def test_a_line_at_a_bars_end_is_where_its_number_lies_and_its_text_stands_behind() -> None:
    two = ("", [40, 3], theme.PURPLE)
    chart = bars(plot("bars", ["Job", "Loan"], two, number_format=within(5)))
    bar, texts = chart["data"]
    assert bar["error_x"]["array"] == [10, 10]
    assert bar["error_x"]["arrayminus"] == [5, 3]
    assert texts["x"] == [50, 13]
    assert chart["layout"]["xaxis"]["range"][1] > 50


def test_lines_of_mirrored_bars_point_the_way_of_their_side() -> None:
    chart = mirrored(plot("mirrored", ["Under 15", "15–18"], FEMALE, MALE, number_format=within(3)))
    left, right, left_texts, _ = chart["data"]
    assert left["error_x"]["arrayminus"] == [6, 6]  # away from the middle
    assert left["error_x"]["array"] == [3, 3]
    assert right["error_x"]["array"] == [6, 6]
    assert right["error_x"]["arrayminus"] == [3, 0]
    assert left_texts["x"] == [-11, -1206]
    low, high = chart["layout"]["xaxis"]["range"]
    assert (low, high) == (-high, high)
    assert high > 1206


def test_bars_whose_numbers_tell_little_are_lighter() -> None:
    one = ("", [4], theme.PURPLE)
    rough, told, exact = (
        bars(plot("bars", ["Job"], one, number_format=number_format))["data"][0]
        for number_format in (within(5, rough=True), within(5), counted("people"))
    )
    assert 0 < rough["opacity"] < 1
    assert "opacity" not in {**told, **exact}
    assert "error_x" in told and "error_x" not in exact


def test_a_ring_marks_the_usual_value_and_the_text_stands_behind_it() -> None:
    usual = counted("people").numbers([55, None])
    chart = bars(plot("bars", ["Job", "Loan"], ("", [40, 3], theme.PURPLE), usual=usual))
    _, rings, texts = chart["data"]
    assert (rings["mode"], rings["x"]) == ("markers", [55, None])
    assert rings["hovertext"] == ["55 people", ""]
    assert texts["x"] == [55, 3]
    assert chart["layout"]["xaxis"]["range"][1] > 55


def test_each_bar_of_a_group_has_its_line_and_its_number_behind_it() -> None:
    chart = grouped(plot("grouped", ["Home", "Market"], FEMALE, MALE, number_format=within(5)))
    female, male, of_female, of_male = chart["data"]
    assert female["error_x"]["array"] == [10, 10]
    assert male["error_x"]["arrayminus"] == [4, 0]
    assert of_female["base"] == [15, 1210]
    assert [text.strip() for text in of_male["text"]] == ["4", "0"]
    assert of_female["offsetgroup"] == female["offsetgroup"] != male["offsetgroup"]
    assert chart["layout"]["xaxis"]["range"][1] > 1210


def test_a_stack_has_the_line_of_what_it_adds_up_to() -> None:
    parts = plot("stacked", ["Home", "Market"], FEMALE, MALE, number_format=within(5))
    chart = stacked(replace(parts, totals=within(7).numbers([9, 1200])))
    assert len(stacked(parts)["data"]) == 2  # sums that are not told have their parts alone
    female, male, lines, texts = chart["data"]
    assert "error_x" not in female
    assert "error_x" not in male
    assert lines["x"] == [9, 1200]
    assert lines["error_x"]["array"] == [14, 14]
    assert texts["x"] == [23, 1214]
    assert [text.strip() for text in texts["text"]] == ["9", "1,200"]


def test_bars_of_many_colours_have_no_pattern_since_a_browser_warns_of_both() -> None:
    one = plot("bars", ["Job", "Not known"], ("", [2, 1], theme.PURPLE))
    (series,) = one.series
    hatched = replace(series, pattern=("", "/"))
    assert "pattern" in bars(replace(one, series=(hatched,)))["data"][0]["marker"]
    many = replace(hatched, colour=(theme.PURPLE, theme.NEUTRAL))
    assert "pattern" not in bars(replace(one, series=(many,)))["data"][0]["marker"]
