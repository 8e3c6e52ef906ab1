"""Dots on lines over steps."""

from __future__ import annotations

import pytest

from dashboard.figures.dots import Interval, intervals


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
