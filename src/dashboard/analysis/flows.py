"""Flows between places: which to draw, and how wide.

How they are drawn belongs to ``atlas_map``: curves that join centres of areas and are never
paths.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

#: Longitude and latitude in degrees.
Point = tuple[float, float]
Key = TypeVar("Key", bound=Hashable)


def keep_largest(counts: Mapping[Key, int], keep: int, other: Key) -> dict[Key, int]:
    """The ``keep`` largest counts, and the rest summed under ``other`` as the last entry.

    Nothing is summed when everything fits, and ``other`` itself never competes for a place.

    >>> keep_largest({"a": 5, "b": 9, "c": 1, "d": 2}, 2, "other")
    {'b': 9, 'a': 5, 'other': 3}
    """
    ranked = sorted(
        ((key, count) for key, count in counts.items() if key != other), key=lambda entry: -entry[1]
    )
    room = keep if len(ranked) > keep or other in counts else len(ranked)
    largest = dict(ranked[:room])
    rest = sum(count for _, count in ranked[room:]) + counts.get(other, 0)
    return {**largest, other: rest} if rest else largest


def width_classes(
    sizes: Sequence[int], *, least: int = 1, classes: int = 5
) -> tuple[list[int], list[int]]:
    """Width classes for flows, by equal steps of the square root, at round breaks.

    Args:
        sizes: People per flow, each at least ``least``.
        least: Smallest number that a flow can have.
        classes: How many classes at most.

    Returns:
        The class of each flow from 0, and the lower end of each class, from ``least``.

    >>> width_classes([10, 30, 90, 400], least=10)
    ([0, 1, 2, 4], [10, 15, 60, 150, 250])
    """
    top = max(sizes, default=least)
    ends = {_rounded(top * (step / classes) ** 2) for step in range(1, classes)}
    lows = [least, *sorted(end for end in ends if end > least)]
    return [bisect_right(lows, size) - 1 for size in sizes], lows


def _rounded(value: float) -> int:
    """A value rounded to one digit, or to a half of the power of ten below 3 of them."""
    if value < 2:
        return 1 if value < 1.5 else 2
    power = 10 ** math.floor(math.log10(value))
    unit = power / 2 if value < 3 * power and power >= 10 else power
    return max(1, int(round(value / unit) * unit))
