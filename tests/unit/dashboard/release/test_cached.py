"""What is made of a release is made once, and goes with it."""

from __future__ import annotations

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from dashboard.release.cached import Latest, latest, once_a_release


class Opened:
    """Stands in for a release."""


def test_it_is_made_once_for_each_release() -> None:
    calls: list[Any] = []

    @once_a_release
    def count(release: Any) -> int:
        calls.append(release)
        return len(calls)

    first, second = Opened(), Opened()
    own: Any = count
    assert [own(first), own(first), own(second), own(first)] == [1, 1, 2, 1]
    assert calls == [first, second]


def test_the_latest_results_of_a_function_are_kept_by_what_it_is_given() -> None:
    calls: list[int] = []

    @latest(1)
    def double(_: Any, of: int) -> int:
        calls.append(of)
        return 2 * of

    release: Any = Opened()
    assert [double(release, of) for of in (1, 1, 2, 1)] == [2, 2, 4, 2]
    assert calls == [1, 2, 1]


def test_a_release_that_is_closed_is_not_kept() -> None:
    @once_a_release
    def name(_: Any) -> str:
        return "known"

    release: Any = Opened()
    cached_name: Any = name
    cached_name(release)
    gone = weakref.ref(release)
    del release
    gc.collect()
    assert gone() is None


def test_what_is_asked_for_again_is_made_once() -> None:
    latest: Latest[int] = Latest(most=2)
    calls: list[int] = []

    def make() -> int:
        calls.append(0)
        return len(calls)

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
    assert [latest.get(first, key) for key in "abc"] == ["A", None, "C"]
    assert latest.get(second, "a") is None


def test_results_of_a_release_that_is_closed_are_not_kept() -> None:
    latest: Latest[object] = Latest(most=2)
    release: Any = Opened()
    result = Opened()
    latest.store(release, "a", result)
    gone = weakref.ref(result)
    del release, result
    gc.collect()
    assert gone() is None


def test_what_many_ask_at_once_is_made_once_and_other_things_meanwhile() -> None:
    latest: Latest[int] = Latest(most=10)
    release: Any = Opened()
    calls: list[str] = []
    beside = Barrier(2, timeout=20)  # two questions are answered at the same time

    def ask(key: str) -> int:
        with latest.alone(release, key):
            result = latest.get(release, key)
            if result is None:
                calls.append(key)
                beside.wait()
                latest.store(release, key, len(key))
            return latest.get(release, key) or -1

    with ThreadPoolExecutor(8) as several:
        answers = list(several.map(ask, ["one", "three"] * 4))
    assert answers == [3, 5] * 4
    assert sorted(calls) == ["one", "three"]
    assert latest._turns == {}


def test_who_waited_for_what_failed_makes_it_alone() -> None:
    latest: Latest[int] = Latest(most=10)
    release: Any = Opened()
    tries: list[int] = []

    def ask(number: int) -> int:
        with latest.alone(release, "asked"):
            result = latest.get(release, "asked")
            if result is not None:
                return result
            tries.append(number)
            if len(tries) == 1:
                raise ValueError
            latest.store(release, "asked", 7)
            return 7

    with ThreadPoolExecutor(4) as several:
        answers = [several.submit(ask, number) for number in range(4)]
    failed = [each for each in answers if each.exception()]
    assert (len(failed), len(tries)) == (1, 2)
    assert latest._turns == {}
