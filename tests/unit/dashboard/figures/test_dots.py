"""Dots in steps."""

from __future__ import annotations

import pytest

from dashboard.figures import theme
from dashboard.figures.dots import dots


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
