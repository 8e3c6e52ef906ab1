"""Flows between places: which to draw, how wide, and the curves they are drawn along.

Geometry is in degrees of longitude and Mercator height turned back into latitude, so a curve
looks the same wherever it lies. Curves join centres of areas and are never paths.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from dashboard.analysis.extents import latitude, mercator

Point = tuple[float, float]
Key = TypeVar("Key", bound=Hashable)

#: How far a curve bends to the left of its direction, as a share of its length.
_BEND = 0.16
_STEPS = 14
#: Where along a curve its chevron points, and how far back its strokes reach.
_TIP, _SLANT = 0.58, 1.1


def keep_largest(counts: Mapping[Key, int], keep: int, other: Key) -> dict[Key, int]:
    """The largest counts, and the rest summed under ``other`` as the last entry.

    Nothing is summed when everything fits, and ``other`` itself never competes for a place.

    >>> keep_largest({"a": 5, "b": 9, "c": 1, "d": 2}, 2, "other")
    {'b': 9, 'a': 5, 'other': 3}
    """
    ranked = sorted(
        ((key, count) for key, count in counts.items() if key != other),
        key=lambda entry: -entry[1],
    )
    room = keep if len(ranked) > keep or other in counts else len(ranked)
    kept = dict(ranked[:room])
    rest = sum(count for _, count in ranked[room:]) + counts.get(other, 0)
    return {**kept, other: rest} if rest else kept


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


def curve(start: Point, end: Point, *, bend: float = _BEND) -> list[Point]:
    """A curve from start to end that bends to the left, so that there and back lie apart.

    Args:
        start: (lon, lat) in degrees.
        end: (lon, lat) in degrees.
        bend: How far it bends, as a share of its length.

    Returns:
        Points from start to end, both included.
    """
    (x0, y0), (x1, y1) = _flat(start), _flat(end)
    control = (
        (x0 + x1) / 2 - (y1 - y0) * 2 * bend,
        (y0 + y1) / 2 + (x1 - x0) * 2 * bend,
    )
    points: list[Point] = []
    for step in range(_STEPS + 1):
        t = step / _STEPS
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        points.append(_round((a * x0 + b * control[0] + c * x1, a * y0 + b * control[1] + c * y1)))
    return points


def middle(points: Sequence[Point]) -> Point:
    """The point half way along a curve."""
    return points[len(points) // 2]


def chevron(points: Sequence[Point], size: float) -> list[Point]:
    """Two strokes past the middle of a curve that point along it.

    Args:
        points: A curve.
        size: How far the strokes reach to each side, in degrees of longitude; never more than
            an eighth of the curve's length.
    """
    flat = [_flat(point) for point in points]
    size = min(size, math.dist(flat[0], flat[-1]) / 8)
    tip, ahead = _at(flat, _TIP), _at(flat, _TIP + 0.02)
    dx, dy = ahead[0] - tip[0], ahead[1] - tip[1]
    reach = math.hypot(dx, dy) or 1.0
    along, across = (dx / reach * size, dy / reach * size), (-dy / reach * size, dx / reach * size)
    back = tip[0] - along[0] * _SLANT, tip[1] - along[1] * _SLANT
    corners = (
        (back[0] + across[0], back[1] + across[1]),
        tip,
        (back[0] - across[0], back[1] - across[1]),
    )
    return [_round(corner) for corner in corners]


def _at(flat: Sequence[Point], share: float) -> Point:
    place = share * (len(flat) - 1)
    index = min(int(place), len(flat) - 2)
    (x0, y0), (x1, y1) = flat[index], flat[index + 1]
    part = place - index
    return x0 + (x1 - x0) * part, y0 + (y1 - y0) * part


def _flat(point: Point) -> Point:
    return point[0], mercator(point[1])


def _round(flat: Point) -> Point:
    return round(flat[0], 3), round(latitude(flat[1]), 3)
