"""Number classes of a map or a line: a few round breaks, by the values or the same for all times.

Labels and colours of classes are not decided here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.model.protection import is_protected, noise

#: Lower ends of the number classes as multiples of the first, from fine to coarse scales.
_SCALES = (
    (1, 2, 3, 4),
    (1, 2, 4, 8),
    (1, 2, 5, 10),
    (1, 3, 10, 30),
    (1, 10, 50, 100),
    (1, 10, 100, 1000),
)
#: Classes by quantiles, and what their ends are rounded down to, by numbers below which.
_QUANTILES = 4
_STEPS = ((10, 1), (100, 5), (1_000, 10), (10_000, 100), (100_000, 1_000))
#: A scale serves values up to so many times its last break.
_REACH = 3


@dataclass(frozen=True)
class NumberClass:
    """Whole numbers from ``low`` to ``high``, both included; ``high`` None has no end.

    Attributes:
        low: Smallest number, at least 1.
        high: Largest number, or None.
        few: Whether it is the class of a single protected unit, worded "a few".
    """

    low: int
    high: int | None
    few: bool = False


def number_classes(largest: int, base: int) -> tuple[NumberClass, ...]:
    """Classes for counts from 1 to ``largest``, of which there are at most five.

    With protection the first class is "a few", from the base to just under twice the base,
    because no smaller number is ever shown; without it (base 1) numbers begin at 1.

    Args:
        largest: Largest number shown, 0 or more.
        base: Smallest size of a unit of the fact.

    Returns:
        Classes from low to high without gaps; empty when there is nothing to class.

    >>> [(c.low, c.high) for c in number_classes(121, 5)]
    [(5, 9), (10, 19), (20, 39), (40, 79), (80, None)]
    >>> [(c.low, c.high) for c in number_classes(3, 1)]
    [(1, 1), (2, 2), (3, 3)]
    """
    if largest < 1:
        return ()
    first = noise(base) or 1
    scale = next((s for s in _SCALES if largest <= _REACH * first * s[-1]), _SCALES[-1])
    if not is_protected(base) and largest <= len(_SCALES[0]):
        scale = _SCALES[0]
    elif scale is _SCALES[0]:
        scale = _SCALES[1]
    lows = [first * step for step in scale if first * step <= largest]
    few = (NumberClass(base, first - 1, few=True),) if is_protected(base) else ()
    ends: list[int | None] = [low - 1 for low in lows[1:]]
    # The last class is open, but for a single number that is the largest.
    ends.append(largest if largest in lows else None)
    return (*few, *(NumberClass(low, high) for low, high in zip(lows, ends, strict=False)))


def classes_of(values: Iterable[int], base: int) -> tuple[NumberClass, ...]:
    """Classes that hold about as many of some counts each, at most five, with round ends.

    So the largest ones stand apart, which classes of equal width would put together. Where colours
    must mean the same in every frame of a time strip, ``number_classes`` makes the classes.

    Args:
        values: The counts that are shown, 0 or more.
        base: Smallest size of a unit, as in ``number_classes``.

    >>> [(c.low, c.high) for c in classes_of([143, 100, 16, 11, 5, 0], 5)]
    [(5, 9), (10, 14), (15, 99), (100, 139), (140, None)]
    >>> [(c.low, c.high) for c in classes_of([5, 0], 5)]
    [(5, 9)]
    """
    first, ordered = noise(base) or 1, sorted(values)
    large = [value for value in ordered if value >= first]
    if len(set(large)) < _QUANTILES:
        return number_classes(max(ordered, default=0), base)
    ends = (large[len(large) * part // _QUANTILES] for part in range(1, _QUANTILES))
    lows = sorted({first, *(_round(end) for end in ends if _round(end) > first)})
    few = (NumberClass(base, first - 1, few=True),) if is_protected(base) else ()
    highs = [*(low - 1 for low in lows[1:]), None]
    return (*few, *(NumberClass(low, high) for low, high in zip(lows, highs, strict=True)))


def _round(value: int) -> int:
    """A number rounded down to one that reads well: 16 to 15, 143 to 140, 1,285 to 1,200."""
    step = next((s for most, s in _STEPS if value < most), _STEPS[-1][1])
    return value // step * step


def class_of(values: Iterable[int], classes: Sequence[NumberClass]) -> list[int]:
    """The index of the class of each value; -1 for values under the first class.

    >>> class_of([0, 5, 12], number_classes(121, 5))
    [-1, 0, 1]
    """
    lows = [entry.low for entry in classes]
    return [bisect_right(lows, value) - 1 for value in values]
