"""What is made of a release is made once, and goes with it."""

from __future__ import annotations

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
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


def test_what_is_asked_for_again_is_made_once() -> None:
    latest: Latest[int] = Latest(most=2)
    made: list[int] = []

    def make() -> int:
        made.append(0)
        return len(made)

    release: Any = Opened()
    assert [latest.once(release, question, make) for question in "aaba"] == [1, 1, 2, 1]


def test_the_result_not_asked_for_longest_is_forgotten_first() -> None:
    latest: Latest[str] = Latest(most=2)
    first: Any = Opened()
    second: Any = Opened()
    latest.store(first, "a", "A")
    latest.store(first, "b", "B")
    assert latest.get(first, "a") == "A"
    latest.store(first, "c", "C")
    assert [latest.get(first, asked) for asked in "abc"] == ["A", None, "C"]
    assert latest.get(second, "a") is None


def test_results_of_a_release_that_is_closed_are_not_kept() -> None:
    latest: Latest[object] = Latest(most=2)
    release: Any = Opened()
    made = Opened()
    latest.store(release, "a", made)
    gone = weakref.ref(made)
    del release, made
    gc.collect()
    assert gone() is None


def test_what_many_ask_at_once_is_made_once_and_other_things_meanwhile() -> None:
    latest: Latest[int] = Latest(most=10)
    release: Any = Opened()
    made: list[str] = []
    beside = Barrier(2, timeout=20)  # two questions are answered at the same time

    def ask(asked: str) -> int:
        with latest.alone(release, asked):
            known = latest.get(release, asked)
            if known is None:
                made.append(asked)
                beside.wait()
                latest.store(release, asked, len(asked))
            return latest.get(release, asked) or -1

    with ThreadPoolExecutor(8) as several:
        answers = list(several.map(ask, ["one", "three"] * 4))
    assert answers == [3, 5] * 4
    assert sorted(made) == ["one", "three"]
    assert latest._turns == {}


def test_who_waited_for_what_failed_makes_it_alone() -> None:
    latest: Latest[int] = Latest(most=10)
    release: Any = Opened()
    tries: list[int] = []

    def ask(number: int) -> int:
        with latest.alone(release, "asked"):
            known = latest.get(release, "asked")
            if known is not None:
                return known
            tries.append(number)
            if len(tries) == 1:
                raise ValueError
            latest.store(release, "asked", 7)
            return 7

    with ThreadPoolExecutor(4) as several:
        asked = [several.submit(ask, number) for number in range(4)]
    failed = [each for each in asked if each.exception()]
    assert (len(failed), len(tries)) == (1, 2)
    assert latest._turns == {}
