"""When two numbers that a meeting looks at differ clearly, and how far their ratio is known."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.compare import clear_change, compared
from dashboard.analysis.expected_error import NO_ERROR, ExpectedError, Spread, assumed
from dashboard.model.protection import BASE


@pytest.mark.parametrize(
    ("now", "before", "error", "change"),
    [(39, 20, assumed(5), 0), (40, 20, assumed(5), 20), (20, 40, assumed(5), -20),
     (58, 20, assumed(10), 0), (59, 20, assumed(10), 39), (2, 1, NO_ERROR, 1), (1, 1, NO_ERROR, 0)],
)  # fmt: skip
def test_a_change_is_a_base_or_more_beyond_twice_its_expected_error(
    now: int, before: int, error: ExpectedError, change: int
) -> None:
    assert clear_change(now, before, error) == change


def test_a_number_that_is_shown_too_large_on_average_needs_more_to_have_risen() -> None:
    shifted = ExpectedError(5.0, 100, (Spread(0.0, 2.0), *(Spread(3.0, 2.0),) * 4), BASE)
    assert clear_change(13, 0, shifted) == 0
    assert clear_change(14, 0, shifted) == 14
    assert clear_change(0, 14, shifted) == -14


@pytest.mark.parametrize(
    ("now", "before", "error", "direction"),
    [
        (1285, 1078, NO_ERROR, "rose"),
        (1078, 1285, NO_ERROR, "fell"),
        (70, 60, NO_ERROR, "none"),  # chance alone could do it
        (130, 100, assumed(5), "none"),
        (140, 100, assumed(5), "rose"),
        (140, 100, assumed(15), "none"),
        (9, 0, assumed(5), "none"),
        (0, 0, assumed(5), "none"),
        (0, 0, NO_ERROR, "none"),
    ],
)
def test_a_count_rose_or_fell_only_beyond_protection_and_chance(
    now: int, before: int, error: ExpectedError, direction: str
) -> None:
    assert compared(now, before, error).direction == direction


@pytest.mark.parametrize("error", [NO_ERROR, assumed(5), assumed(10)])
@pytest.mark.parametrize("before", [200, 300, 1000])
def test_a_change_of_three_in_ten_is_never_called_unchanged_from_two_hundred_on(
    before: int, error: ExpectedError
) -> None:
    assert compared(before * 13 // 10, before, error).direction == "rose"
    assert compared(before * 7 // 10, before, error).direction == "fell"


def test_the_interval_of_records_is_wilsons() -> None:
    """Share 0.6 of 100 draws: 0.502 to 0.691, as its odds."""
    comparison = compared(60, 40)
    assert comparison.low == pytest.approx(0.5020 / 0.4980, abs=0.002)
    assert comparison.high == pytest.approx(0.6906 / 0.3094, abs=0.002)


def test_the_expected_error_makes_the_interval_longer() -> None:
    near, far = (compared(300, 150, assumed(error)) for error in (1, 30))
    assert far.low < near.low < 2 < near.high < far.high


def test_the_interval_holds_the_true_ratio_nineteen_times_in_twenty() -> None:
    """Two Poisson counts with a true ratio of 1.2, each shown with an error of 4."""
    random = np.random.default_rng(4)
    true = random.poisson((120, 100), (4000, 2))
    counts = np.maximum(np.rint(true + random.normal(0, 4, true.shape)), 0).astype(int)
    comparisons = [compared(now, before, assumed(4)) for now, before in counts.tolist()]
    total = sum(each.low <= 1.2 <= each.high for each in comparisons)
    assert 0.94 <= total / len(comparisons) <= 0.97


@pytest.mark.parametrize("error", [NO_ERROR, assumed(5)])
def test_where_nothing_was_counted_the_interval_reaches_its_end(error: ExpectedError) -> None:
    assert {compared(0, count, error).low for count in range(1, 30_000, 7)} == {0}
    assert {compared(count, 0, error).high for count in range(1, 30_000, 7)} == {inf}


@given(
    st.integers(0, 10**5), st.integers(0, 10**5), st.sampled_from([NO_ERROR, *map(assumed, (5, 9))])
)
def test_the_interval_holds_the_ratio_and_turns_with_the_periods(
    now: int, before: int, error: ExpectedError
) -> None:
    forward, turned = compared(now, before, error), compared(before, now, error)
    if before:
        assert forward.low <= now / before <= forward.high
    assert {"rose": "fell", "fell": "rose", "none": "none"}[forward.direction] == turned.direction


def test_a_size_that_is_told_worse_takes_more_to_have_risen() -> None:
    """Above 40 the error is larger: 41 is no rise from 20 though 40 is."""
    sized = ExpectedError(5.0, 100, (*(Spread(0.0, 3.0),) * 4, Spread(0.0, 15.0)), BASE)
    assert compared(40, 20, sized).direction == "rose"
    assert compared(41, 20, sized).direction == "none"
