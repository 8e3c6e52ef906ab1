"""What follows from a release alone is computed once for it, and forgotten with it.

A release never changes, so what was made of it for one reader holds for the next.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from dashboard.release.open_release import Release

_Made = TypeVar("_Made")


def once_a_release(make: Callable[[Release], _Made]) -> Callable[[Release], _Made]:
    """Remember what a function makes of each open release.

    The result must not be changed by those who get it. Two threads that ask at once may both make
    it; what they make is the same, since a release never changes.
    """
    known: WeakKeyDictionary[Release, _Made] = WeakKeyDictionary()

    @wraps(make)
    def remembered(release: Release) -> _Made:
        made = known.get(release)
        if made is None:
            made = known[release] = make(release)
        return made

    return remembered


class Latest(Generic[_Made]):
    """What was made of each open release for the questions that were asked last.

    Safe for threads. What it holds must not be changed by those who get it.

    Args:
        most: Most results that are kept for one release; the one not asked for longest goes first.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: WeakKeyDictionary[Release, OrderedDict[Hashable, _Made]] = WeakKeyDictionary()
        self._turns: dict[Hashable, tuple[Lock, int]] = {}
        self._lock = Lock()

    @contextmanager
    def alone(self, release: Release, asked: Hashable) -> Iterator[None]:
        """Wait while another thread makes the same, so that it need not be made twice.

        Whoever comes in asks ``get`` once more.
        """
        key = id(release), asked
        with self._lock:
            turn, number = self._turns.get(key, (Lock(), 0))
            self._turns[key] = turn, number + 1
        try:
            with turn:
                yield
        finally:
            with self._lock:
                turn, number = self._turns[key]
                if number > 1:
                    self._turns[key] = turn, number - 1
                else:
                    del self._turns[key]

    def get(self, release: Release, asked: Hashable) -> _Made | None:
        """What was made for a question, or None."""
        with self._lock:
            known = self._known.get(release)
            if known is None or asked not in known:
                return None
            known.move_to_end(asked)
            return known[asked]

    def once(self, release: Release, asked: Hashable, make: Callable[[], _Made]) -> _Made:
        """What was made for a question, which is made and kept where it was not yet."""
        made = self.get(release, asked)
        if made is None:
            made = make()
            self.store(release, asked, made)
        return made

    def store(self, release: Release, asked: Hashable, made: _Made) -> None:
        """Remember what was made for a question."""
        with self._lock:
            known = self._known.setdefault(release, OrderedDict())
            known[asked] = made
            known.move_to_end(asked)
            if len(known) > self._most:
                known.popitem(last=False)
