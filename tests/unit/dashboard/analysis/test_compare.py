"""When a difference may be called a change, and how far a ratio is known."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.compare import clear_change, compared


@pytest.mark.parametrize(
    ("now", "before", "base", "change"),
    [
        (30, 20, 5, 0),
        (31, 20, 5, 11),
        (20, 31, 5, -11),
        (40, 20, 10, 0),
        (41, 20, 10, 21),
        (2, 1, 1, 1),
        (1, 1, 1, 0),
    ],
)
def test_a_change_is_larger_than_twice_the_base(
    now: int, before: int, base: int, change: int
) -> None:
    assert clear_change(now, before, base) == change


@pytest.mark.parametrize(
    ("now", "before", "base", "direction"),
    [
        (1285, 1078, 1, "rose"),
        (1078, 1285, 1, "fell"),
        (70, 60, 1, "none"),  # chance alone could do it
        (130, 100, 5, "none"),  # as 26 units and 20
        (300, 150, 5, "rose"),
        (9, 0, 5, "none"),
        (0, 0, 5, "none"),
    ],
)
def test_a_count_rose_or_fell_only_beyond_protection_and_chance(
    now: int, before: int, base: int, direction: str
) -> None:
    assert compared(now, before, base).direction == direction


def test_the_interval_of_records_is_wilsons() -> None:
    """Share 0.6 of 100 draws: 0.502 to 0.691, as its odds."""
    found = compared(60, 40, 1)
    assert found.low == pytest.approx(0.5020 / 0.4980, abs=0.002)
    assert found.high == pytest.approx(0.6906 / 0.3094, abs=0.002)


def test_the_protection_error_of_a_view_makes_the_interval_longer() -> None:
    near, far = (compared(300, 150, 5, error) for error in (1.0, 8.0))
    assert far.low < near.low < 2 < near.high < far.high


@pytest.mark.parametrize("base", [1, 5])
def test_where_nothing_was_counted_the_interval_reaches_its_end(base: int) -> None:
    assert {compared(0, count, base).low for count in range(1, 30_000, 7)} == {0}
    assert {compared(count, 0, base).high for count in range(1, 30_000, 7)} == {inf}


@given(st.integers(0, 10**5), st.integers(0, 10**5), st.sampled_from([1, 5, 10]))
def test_the_interval_holds_the_ratio_and_turns_with_the_periods(
    now: int, before: int, base: int
) -> None:
    found, turned = compared(now, before, base), compared(before, now, base)
    if before:
        assert found.low <= now / before <= found.high
    assert {"rose": "fell", "fell": "rose", "none": "none"}[found.direction] == turned.direction
