"""Caches of what follows from a release alone: computed once, and forgotten with the release.

A release never changes, so a result for one reader holds for the next.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import Lock
from typing import Concatenate, Generic, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from dashboard.release.open_release import Release

_Result = TypeVar("_Result")
_Params = ParamSpec("_Params")
#: A function of an open release, and of values that can be hashed.
_OfRelease = Callable[Concatenate[Release, _Params], _Result]


class Latest(Generic[_Result]):
    """Results of each open release for the latest questions.

    Safe for threads. Callers must not change the results.

    Args:
        most: Most results that are kept for one release; the one least recently used goes first.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._by_release: WeakKeyDictionary[Release, OrderedDict[Hashable, _Result]] = (
            WeakKeyDictionary()
        )
        #: By release and question: held by who computes it, and how many threads want it.
        self._turns: dict[Hashable, tuple[Lock, int]] = {}
        self._lock = Lock()

    @contextmanager
    def alone(self, release: Release, question: Hashable) -> Iterator[None]:
        """Hold a question for one thread at a time, so that its result is not computed twice.

        Inside, callers ask ``get`` once more: another thread may have stored the result.
        """
        key = id(release), question
        with self._lock:
            turn, threads = self._turns.get(key, (Lock(), 0))
            self._turns[key] = turn, threads + 1
        try:
            with turn:
                yield
        finally:
            with self._lock:
                turn, threads = self._turns[key]
                if threads > 1:
                    self._turns[key] = turn, threads - 1
                else:
                    del self._turns[key]

    def get(self, release: Release, question: Hashable) -> _Result | None:
        """The result for a question, or None."""
        with self._lock:
            results = self._by_release.get(release)
            if results is None or question not in results:
                return None
            results.move_to_end(question)
            return results[question]

    def once(self, release: Release, question: Hashable, make: Callable[[], _Result]) -> _Result:
        """The result for a question, computed and kept where there is none."""
        result = self.get(release, question)
        if result is None:
            result = make()
            self.store(release, question, result)
        return result

    def store(self, release: Release, question: Hashable, result: _Result) -> None:
        """Keep the result for a question."""
        with self._lock:
            results = self._by_release.setdefault(release, OrderedDict())
            results[question] = result
            results.move_to_end(question)
            if len(results) > self._most:
                results.popitem(last=False)


def latest(
    most: int,
) -> Callable[[_OfRelease[_Params, _Result]], _OfRelease[_Params, _Result]]:
    """Remember the latest results of a function for each open release.

    Callers must not change the results. Two threads that ask at once may both compute one; their
    results are the same, since a release never changes.

    Args:
        most: How many results are kept of a release, as in ``Latest``.
    """

    def decorate(make: _OfRelease[_Params, _Result]) -> _OfRelease[_Params, _Result]:
        results = Latest[_Result](most)

        @wraps(make)
        def remembered(release: Release, *args: _Params.args, **kwargs: _Params.kwargs) -> _Result:
            key = args, tuple(kwargs.items())
            return results.once(release, key, lambda: make(release, *args, **kwargs))

        return remembered

    return decorate


#: The same decorator for a function of the release alone, which has one result.
once_a_release = latest(1)
