"""When a difference may be called a change."""

from __future__ import annotations

import pytest

from dashboard.analysis.compare import clear_change


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
