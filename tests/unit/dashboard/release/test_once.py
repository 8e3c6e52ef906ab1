"""What is made of a release is made once, and goes with it."""

from __future__ import annotations

import gc
import weakref
from typing import Any

from dashboard.release.once import Latest, once_a_release


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


def test_the_result_not_asked_for_longest_is_forgotten_first() -> None:
    latest: Latest[str] = Latest(most=2)
    first: Any = Opened()
    second: Any = Opened()
    latest.keep(first, "a", "A")
    latest.keep(first, "b", "B")
    assert latest.get(first, "a") == "A"
    latest.keep(first, "c", "C")
    assert [latest.get(first, asked) for asked in "abc"] == ["A", None, "C"]
    assert latest.get(second, "a") is None


def test_results_of_a_release_that_is_closed_are_not_kept() -> None:
    latest: Latest[object] = Latest(most=2)
    release: Any = Opened()
    made = Opened()
    latest.keep(release, "a", made)
    gone = weakref.ref(made)
    del release, made
    gc.collect()
    assert gone() is None
