"""Wilson's interval against hand counts, and that it always holds the share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.wilson import wilson


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        # By hand, z = 1.96: (8 + 1.9207 -+ 1.96 sqrt(8 * 12 / 20 + 0.9604)) / 23.8414.
        (8, 20, 0.2188, 0.6134),
        # None of ten: 0 to z^2 / (10 + z^2) = 3.8415 / 13.8415.
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        # 573 of 7,117: (573 + 1.9207 -+ 1.96 sqrt(573 * 6544 / 7117 + 0.9604)) / 7120.8415.
        (573, 7117, 0.0744, 0.0871),
    ],
)
def test_ends_are_those_of_a_hand_count(part: int, whole: int, low: float, high: float) -> None:
    assert wilson(part, whole) == pytest.approx((low, high), abs=5e-5)


@given(whole=st.integers(1, 100_000), data=st.data())
def test_the_share_lies_between_the_ends(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    low, high = wilson(part, whole)
    assert 0 <= low <= part / whole <= high <= 1
    assert low < high


@pytest.mark.parametrize(("part", "whole"), [(1, 0), (-1, 5), (6, 5)])
def test_what_is_no_part_is_refused(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="is no part of"):
        wilson(part, whole)
