"""Line charts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures import theme
from dashboard.figures.lines import lines, spread
from dashboard.figures.marks import Mark, Marks
from dashboard.figures.plot import Number
from tests.unit.dashboard.figures.figures import plot, within

ALL = ("Trafficking", [90, 95, 60], theme.PURPLE)
OPEN = {"provisional": 1, "provisional_name": "Provisional"}


def chart(*series: tuple[str, Sequence[int | None], str], **more: Any) -> dict[str, Any]:
    return lines(plot("lines", ["Jan", "Feb", "Mar"], *series, **more))


def test_each_line_is_named_at_its_end_with_its_last_number() -> None:
    figure = chart(
        ("Trafficking", [3, 2, 1285], theme.PURPLE), ("Smuggling", [2, 1, 1], theme.TEAL)
    )
    number_format = {note["text"] for note in figure["layout"]["annotations"]}
    assert number_format == {"<b>Trafficking</b><br>1,285", "<b>Smuggling</b><br>1"}
    assert figure["layout"]["showlegend"] is False


def test_classes_differ_by_dash_and_not_by_colour_alone() -> None:
    looks = [theme.CLASS_LOOK[code] for code in ("trafficking", "smuggling", "other", "mixed")]
    assert len({look.colour for look in looks}) == 4
    assert len({look.dash for look in looks}) == 4


def test_the_scale_begins_at_zero() -> None:
    assert chart(ALL)["layout"]["yaxis"]["range"] == [0, 100]


@pytest.mark.parametrize(
    ("largest", "ticks"),
    [
        (288, ["0", "100", "200", "300"]),
        (3, ["0", "1", "2", "3"]),
        (1_900, ["0", "500", "1,000", "1,500", "2,000"]),
    ],
)
def test_a_scale_is_written_as_all_numbers_are(largest: int, ticks: list[str]) -> None:
    axis = chart(("Trafficking", [0, 1, largest], theme.PURPLE))["layout"]["yaxis"]
    assert axis["ticktext"] == ticks
    assert axis["tickvals"] == [int(text.replace(",", "")) for text in ticks]


def test_a_phone_names_every_other_period_where_the_names_are_long() -> None:
    def ticks(*names: str) -> list[str]:
        line = ("Trafficking", [1] * len(names), theme.PURPLE)
        figure = lines(plot("lines", names, line))["layout"]["meta"]
        return figure.get("narrow", {}).get("xaxis", {}).get("ticktext", [])

    assert ticks("Q1 25", "Q2 25", "Q3 25", "Q4 25") == []
    assert ticks("ত্রৈ১ ২৫", "ত্রৈ২ ২৫", "ত্রৈ৩ ২৫", "ত্রৈ৪ ২৫") == ["ত্রৈ২ ২৫", "ত্রৈ৪ ২৫"]


def test_what_happened_when_a_period_began_stands_at_its_line() -> None:
    marks = Marks([Mark(1, "reporting", "Aug", "More partners report")], ["1"])
    figure = chart(ALL, marks=marks)["layout"]
    assert [shape["x0"] for shape in figure["shapes"]] == [0.5]
    texts = [note["text"] for note in figure["annotations"]]
    assert texts[-1] == "1"
    assert not any("partners" in text for text in texts)
    assert [entry["text"] for entry in figure["meta"]["marks"]] == ["More partners report"]


def test_marks_make_a_chart_higher_and_leave_the_plot_as_it_is() -> None:
    marks = Marks([Mark(1, "note", "", "a"), Mark(1, "more", "", "b")], ["1", "2"])
    plain, marked = (chart(ALL, **OPEN, marks=own)["layout"] for own in (Marks(), marks))
    added = marked["meta"]["height"] - plain["meta"]["height"]
    assert added == marked["margin"]["t"] - plain["margin"]["t"] > 16
    word, below = (
        next(note["yshift"] for note in figure["annotations"] if note["text"] == "Provisional")
        for figure in (marked, plain)
    )
    assert word - below == added
    assert "marks" not in plain["meta"]


def test_a_line_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="2 numbers for 3 categories"):
        chart(("Trafficking", [1, 2], theme.PURPLE))


def test_unsettled_periods_are_dotted_shaded_and_named() -> None:
    figure = chart(ALL, **OPEN)
    settled, dotted = figure["data"]
    assert settled["y"] == [90, 95, None]
    assert dotted["y"] == [None, 95, 60]  # joined to the last settled period
    assert dotted["line"]["dash"] == "dot"
    assert dotted["hovertext"] == ["", "95 people", "60 people · Provisional"]
    assert [(shape["x0"], shape["x1"]) for shape in figure["layout"]["shapes"]] == [(1.5, 2.3)]
    assert "Provisional" in {note["text"] for note in figure["layout"]["annotations"]}


def test_a_chart_of_unsettled_periods_alone_is_dotted_from_its_first() -> None:
    settled, dotted = chart(ALL, **{**OPEN, "provisional": 5})["data"]
    assert settled["y"] == [None, None, None]
    assert dotted["y"] == [90, 95, 60]


@given(
    labels=st.lists(st.tuples(st.floats(0, 1), st.floats(0.1, 0.24)), min_size=1, max_size=5).map(
        sorted
    )
)
def test_labels_never_overlap_and_stay_beside_the_plot(labels: list[tuple[float, float]]) -> None:
    heights, rooms = zip(*labels, strict=True)
    placed = spread(heights, rooms)
    assert max(placed) <= 1 + 1e-9
    for (below, above), (low, high) in zip(pairwise(placed), pairwise(rooms), strict=True):
        assert above - below >= (low + high) / 2 - 1e-9


def test_a_label_of_more_lines_has_more_room() -> None:
    def apart(name: str) -> float:
        ends = lines(plot("lines", ["Aug"], (name, [50], theme.BLUE), ("B", [50], theme.BLUE)))
        low, high = (note["y"] for note in ends["layout"]["annotations"])
        return high - low

    assert apart("Expected once all is reported") > apart("A") > 0


def test_labels_that_do_not_touch_stay_where_they_are() -> None:
    assert spread([0.1, 0.5, 0.9], [0.17] * 3) == pytest.approx([0.1, 0.5, 0.9])


def test_thin_lines_are_where_each_number_lies_and_the_scale_holds_them() -> None:
    line = ("Trafficking", [90, None, 2], theme.PURPLE)
    figure = chart(line, number_format=within(10))
    (trace,) = figure["data"]
    assert trace["error_y"]["array"] == [20, 0, 20]
    assert trace["error_y"]["arrayminus"] == [10, 0, 2]
    assert figure["layout"]["yaxis"]["range"][1] >= 110


def test_numbers_as_reported_have_no_thin_lines() -> None:
    (trace,) = chart(ALL)["data"]
    assert not {"error_y", "opacity"} & trace.keys()


@pytest.mark.parametrize("rough", [True, False])
def test_lines_whose_numbers_tell_little_are_lighter(rough: bool) -> None:
    figure = chart(ALL, number_format=within(10, rough=rough), **OPEN)
    assert [("opacity" in trace) for trace in figure["data"]] == [rough] * 2


@pytest.mark.parametrize(
    ("numbers", "usual", "place"),
    [
        ([50] * 8, [(30, 80)] * 8, (0.3, "bottom", "left")),  # clear of the line
        ([35, 28] * 4, [(30, 80)] * 8, (0.8, "top", "left")),
        ([35, 78] * 4, [(30, 80)] * 8, (0.3, "top", "left")),
        ([6, 0] * 4, [(0, 18)] * 8, (0.18, "bottom", "left")),  # off the axis, too
        ([50] * 8, [None] * 6 + [(30, 80)] * 2, (0.3, "bottom", "right")),  # it has no room there
    ],
)
def test_the_name_of_what_is_usual_lies_off_the_line_and_inside_the_plot(
    numbers: list[int], usual: list[tuple[int, int] | None], place: tuple[float, str, str]
) -> None:
    band = tuple(each and Number(50, *each, "", "") for each in usual)
    periods = [str(at) for at in range(len(numbers))]
    line = ("All", [*numbers[:-1], 100], theme.BLUE)
    figure = lines(plot("lines", periods, line, usual=band, usual_name="Usual"))
    (name,) = (n for n in figure["layout"]["annotations"] if n["text"] == "Usual")
    assert (name["y"], name["yanchor"], name["xanchor"]) == place


def test_a_long_name_of_what_is_usual_has_two_lines_on_a_phone() -> None:
    usual, name = (Number(50, 30, 80, "", ""),) * 3, "usual, Sep 26: so far 28 to 54"
    layout = chart(("All", [5, 6, 7], theme.BLUE), usual=usual, usual_name=name)["layout"]
    wide, narrow = (
        [each["text"] for each in drawn["annotations"] if each["text"].startswith("usual")]
        for drawn in (layout, layout["meta"]["narrow"])
    )
    assert (wide, narrow) == ([name], ["usual, Sep 26: so<br>far 28 to 54"])


def test_what_is_usual_is_shaded_behind_the_line_and_has_room() -> None:
    usual = (None, Number(5, 2, 9, "", ""), Number(20, 3, 40, "", ""))
    figure = chart(("All", [5, 6, 7], theme.BLUE), usual=usual, usual_name="Usual")
    lower, upper, line = figure["data"]
    assert (lower["y"], upper["y"]) == ([None, 2, 3], [None, 9, 40])
    assert upper["fill"] == "tonexty" and "fill" not in lower
    assert {lower["hoverinfo"], upper["hoverinfo"]} == {"skip"}
    assert line["mode"] == "lines+markers"
    assert figure["layout"]["yaxis"]["range"][1] >= 40
