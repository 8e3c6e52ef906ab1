"""What is made of a release is made once, and goes with it."""

from __future__ import annotations

import gc
import weakref
from typing import Any

from dashboard.release.once import once_a_release


class Opened:
    """Stands in for a release."""


def test_it_is_made_once_for_each_release() -> None:
    made: list[Any] = []

    @once_a_release
    def count(release: Any) -> int:
        made.append(release)
        return len(made)

    first, second = Opened(), Opened()
    asked: Any = count
    assert [asked(first), asked(first), asked(second), asked(first)] == [1, 1, 2, 1]
    assert made == [first, second]


def test_a_release_that_is_closed_is_not_kept() -> None:
    @once_a_release
    def name(_: Any) -> str:
        return "known"

    release: Any = Opened()
    asked: Any = name
    asked(release)
    gone = weakref.ref(release)
    del release
    gc.collect()
    assert gone() is None
