"""What would have been noticed: how large a change must be to be called one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.compare import likelihood_of_rise
from dashboard.analysis.expected_error import NO_ERROR, ExpectedError, assumed
from dashboard.analysis.power import NOTICED
from dashboard.exhibits.parts.noticed import would_show

RISES = {"a third": 4 / 3, "by half": 3 / 2, "doubling": 2.0, "three times": 3.0}


@pytest.mark.parametrize(
    ("before", "error", "said"),
    [
        (200, NO_ERROR, "A rise of a third would have shown."),
        (100, NO_ERROR, "A rise by half would have shown; a rise of a third might not."),
        (60, assumed(5), "A doubling would have shown; a rise by half might not."),
        (40, assumed(5), "Three times as many would have shown; a doubling might not."),
        (10, assumed(5), "Even three times as many might not have shown."),
        (0, NO_ERROR, ""),
    ],
)
def test_the_smallest_rise_that_would_show_is_said_with_the_one_that_might_not(
    before: int, error: ExpectedError, said: str
) -> None:
    assert would_show(before, error, "en") == said


@given(before=st.integers(1, 2000), base=st.integers(0, 20))
def test_what_is_said_to_show_is_found_four_times_in_five_and_what_might_not_is_not(
    before: int, base: int
) -> None:
    error = assumed(base) if base else NO_ERROR
    shown, _, less = would_show(before, error, "en").lower().partition("; ")
    chances = {name: likelihood_of_rise(before, times, error) for name, times in RISES.items()}
    (named,) = [name for name in RISES if name in shown]
    assert (chances[named] >= NOTICED) == (not shown.startswith("even"))
    smaller = [name for name in RISES if name in less]
    assert all(chances[name] < NOTICED for name in smaller)
    assert bool(smaller) == (chances["a third"] < NOTICED <= chances["three times"])


def test_it_is_said_in_the_language_of_the_page() -> None:
    assert would_show(100, NO_ERROR, "bn") not in ("", would_show(100, NO_ERROR, "en"))
