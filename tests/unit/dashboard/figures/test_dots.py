"""Dots in steps."""

from __future__ import annotations

import pytest

from dashboard.figures import theme
from dashboard.figures.dots import Interval, dots, intervals


def test_a_period_has_as_many_filled_dots_as_it_reached_steps() -> None:
    found = dots([0, 2], ["few", "many"], months=["Jan", "Feb"], hover=["Jan: none", "Feb: many"])
    (trace,) = found["data"]
    assert list(zip(trace["x"], trace["y"], strict=True)) == [(0, 1), (0, 2), (1, 1), (1, 2)]
    assert trace["marker"]["color"] == [theme.SURFACE, theme.SURFACE, theme.BLUE, theme.BLUE]
    assert trace["hovertext"] == ["Jan: none", "Jan: none", "Feb: many", "Feb: many"]
    assert found["layout"]["yaxis"]["ticktext"] == ["few", "many"]


def test_many_months_leave_room_for_their_names_and_scroll_where_there_is_little() -> None:
    months = [f"M{number}" for number in range(36)]
    layout = dots([1] * 36, ["few"], months=months, hover=months)["layout"]
    assert layout["xaxis"]["ticktext"][-1] == "M35"
    assert len(layout["xaxis"]["ticktext"]) == 12
    assert layout["meta"]["min_width"] > 36 * 13


@pytest.mark.parametrize(("reached", "months"), [([3], ["Jan"]), ([1], ["Jan", "Feb"])])
def test_a_step_that_is_not_there_and_lists_of_other_lengths_are_refused(
    reached: list[int], months: list[str]
) -> None:
    with pytest.raises(ValueError, match="step"):
        dots(reached, ["few", "many"], months=months, hover=months)


def test_an_interval_runs_over_its_steps_and_its_mark_stands_behind_the_step_it_is_due_in() -> None:
    rows = [Interval("All", 2, 1, 3, text="40 %"), Interval("Urgent", 0, 0, 0, due=1)]
    dot, mark, text = intervals(rows, ["1", "2", "3", "never"], due="Due", text="In time")["data"]
    assert (dot["x"], dot["y"]) == ([2, 0], [0, 1])
    assert (dot["error_x"]["arrayminus"], dot["error_x"]["array"]) == ([1, 0], [1, 0])
    assert mark["x"][:2] == [1.5, 1.5]
    assert text["text"] == ["40 %", ""]


@pytest.mark.parametrize("row", [Interval("x", 2, 0, 1), Interval("x", 0, 0, 2)])
def test_an_interval_off_its_steps_is_refused(row: Interval) -> None:
    with pytest.raises(ValueError, match="of 2 steps"):
        intervals([row], ["1", "2"], due="Due", text="In time")
