"""What would have been noticed: how large a change must be to be called one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.compare import compared
from dashboard.analysis.expected_error import NO_ERROR, ExpectedError, assumed
from dashboard.exhibits.parts.noticed import would_show


@pytest.mark.parametrize(
    ("before", "error", "said"),
    [
        (100, NO_ERROR, "A rise of a third would have shown."),
        (60, NO_ERROR, "A rise by half would have shown; a rise of a third would not."),
        (40, assumed(5), "A doubling would have shown; a rise by half would not."),
        (10, assumed(5), "Three times as many would have shown; a doubling would not."),
        (5, assumed(5), "Not even three times as many would have shown."),
        (0, NO_ERROR, ""),
    ],
)
def test_the_smallest_rise_that_would_show_is_said_with_the_one_that_would_not(
    before: int, error: ExpectedError, said: str
) -> None:
    assert would_show(before, error, "en") == said


@given(before=st.integers(1, 2000), base=st.integers(0, 20))
def test_what_is_said_to_show_is_called_a_rise_and_what_is_said_not_to_is_not(
    before: int, base: int
) -> None:
    error = assumed(base) if base else NO_ERROR
    said = would_show(before, error, "en")
    rises = {"a third": 4 / 3, "by half": 3 / 2, "doubling": 2.0, "three times": 3.0}
    shown, _, less = said.lower().partition("; ")
    clear = {
        name: compared(round(times * before), before, error).direction == "rose"
        for name, times in rises.items()
    }
    (named,) = [name for name in rises if name in shown]
    if said.startswith("Not even"):
        assert not any(clear.values())
    else:
        assert clear[named]
    smaller = [name for name in rises if name in less]
    assert not any(clear[name] for name in smaller)
    assert bool(smaller) == (not clear["a third"] and any(clear.values()))


def test_it_is_said_in_the_language_of_the_page() -> None:
    assert would_show(100, NO_ERROR, "bn") not in ("", would_show(100, NO_ERROR, "en"))
