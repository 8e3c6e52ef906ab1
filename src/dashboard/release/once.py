"""What follows from a release alone is computed once for it, and forgotten with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
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
