"""Bar charts."""

from __future__ import annotations

from dashboard.figures import theme
from dashboard.figures.bars import Group, bars, grouped_bars, mirrored_bars
from tests.unit.dashboard.figures.figures import counted

FEMALE = Group("Female", [5, 1200], theme.SEX_COLOUR["female"])
MALE = Group("Male", [4, 0], theme.SEX_COLOUR["male"])


def test_bars_carry_their_numbers_and_no_gridlines() -> None:
    found = bars(
        ["Job", "Marriage"], [1285, 40], colour=theme.PURPLE, number_format=counted("people")
    )
    assert found["data"][0]["text"] == ["1,285", "40"]
    assert found["layout"]["xaxis"]["visible"] is False
    assert found["layout"]["yaxis"]["showgrid"] is False


def test_the_first_bar_is_on_top() -> None:
    found = bars(["Job", "Marriage"], [2, 1], colour=theme.PURPLE, number_format=counted("people"))
    assert found["layout"]["yaxis"]["autorange"] == "reversed"
    assert found["layout"]["yaxis"]["categoryarray"] == ["Job", "Marriage"]


def test_a_click_on_a_bar_gives_its_code_as_a_list_entry() -> None:
    found = bars(["Job"], [2], colour=theme.PURPLE, number_format=counted("people"), codes=["job"])
    assert found["data"][0]["customdata"] == ["job"]


def test_no_bars_are_a_figure_too() -> None:
    assert bars([], [], colour=theme.PURPLE, number_format=counted("people"))["data"][0]["x"] == []


def test_mirrored_bars_point_both_ways_and_say_the_same_kind_of_number() -> None:
    found = mirrored_bars(["Under 15", "15–18"], FEMALE, MALE, number_format=counted("people"))
    left, right = found["data"]
    assert left["x"] == [-5, -1200]
    assert right["x"] == [4, 0]
    assert left["text"] == ["5", "1,200"]
    assert left["hovertext"] == ["5 people", "1,200 people"]
    assert "%{hovertext}" in left["hovertemplate"]


def test_the_sexes_have_two_hues_of_no_class() -> None:
    classes = {theme.CLASS_LOOK[code].colour for code in ("trafficking", "smuggling")}
    assert len(set(theme.SEX_COLOUR.values())) == 2
    assert classes.isdisjoint(theme.SEX_COLOUR.values())


def test_the_longest_stack_fits_with_its_label() -> None:
    found = grouped_bars(
        ["Home", "Market"], [FEMALE, MALE], number_format=counted("people"), stacked=True
    )
    assert found["layout"]["xaxis"]["range"][1] > 1200
    assert found["layout"]["barmode"] == "stack"
