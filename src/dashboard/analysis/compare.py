"""Comparing two numbers of one thing that a meeting looks at: then and now.

Only ``meeting.comparison`` asks here: the earlier number stays as it was shown then, and its figure
may have no usual number. Every other word about a change is that of ``judge``.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, inf, sqrt
from typing import Literal

from dashboard.analysis.expected_error import NO_ERROR, ExpectedError

Direction = Literal["rose", "fell", "none"]

#: Two-sided 95 % point of the normal.
_NORMAL = 1.96


@dataclass(frozen=True)
class Comparison:
    """Two counts of equal stretches of time, and how far their ratio is known.

    Attributes:
        now: Count of the period.
        before: Count of the period it is compared with.
        low, high: Interval of 95 % for the ratio of ``now`` to ``before``; ``high`` is infinite
            where nothing may have been there before.
        direction: Whether it rose or fell, or "none" where protection or chance could explain it.
    """

    now: int
    before: int
    low: float
    high: float
    direction: Direction


def clear_change(now: int, before: int, error: ExpectedError = NO_ERROR) -> int:
    """The difference where it is surely a base or more, nineteen times in twenty, else 0.

    A base is the smallest number that can be shown, so a smaller difference is no change.

    Args:
        now: Count of the period.
        before: Count of the period it is compared with.
        error: What protection is expected to have done to such counts; nothing when left out.

    >>> clear_change(3, 2), clear_change(3, 3)
    (1, 0)
    """
    difference = now - before
    spread = error.of_difference(now, before).spread
    return difference if beyond_shift(now, before, error) - 2 * spread >= error.base else 0


def beyond_shift(now: int, before: int, error: ExpectedError) -> float:
    """How much more two counts differ than by protection's mean shift between them.

    Negative where the shift is the larger.
    """
    difference = now - before
    shift = error.of_difference(now, before).shift
    return (difference - shift) * (1 if difference > 0 else -1)


def compared(now: int, before: int, error: ExpectedError = NO_ERROR) -> Comparison:
    """Compare two counts over equal stretches of time.

    Given their sum, the count of the period is binomial (Przyborowski and Wilenski 1940). The
    interval is Wilson's (1927); protection widens it as independent errors add.

    Args:
        now: Count of the period.
        before: Count of the period it is compared with.
        error: What protection is expected to have done to such counts; nothing when left out.

    >>> compared(1285, 1078).direction, compared(110, 100).direction
    ('rose', 'none')
    """
    if now + before == 0:
        return Comparison(now, before, 0.0, inf, "none")
    share = now / (now + before)
    blur = _NORMAL * hypot(before * error.in_time(now).spread, now * error.in_time(before).spread)
    blur /= (now + before) ** 2
    low, high = (
        _odds(min(max(share + side * hypot(_reach(now, before, side), blur), 0.0), 1.0))
        for side in (-1, 1)
    )
    change = clear_change(now, before, error)
    if change > 0 and low > 1:
        direction: Direction = "rose"
    elif change < 0 and high < 1:
        direction = "fell"
    else:
        direction = "none"
    return Comparison(now, before, low, high, direction)


def _reach(first: int, second: int, side: int) -> float:
    """How far an end of Wilson's interval for the share of the first count is from that share.

    Args:
        first: The count whose share it is.
        second: The other; not both are 0.
        side: -1 for the lower end, 1 for the upper.
    """
    if (first if side < 0 else second) == 0:
        return 0.0  # exactly: rounding would leave 1e-20 of it
    draws = first + second
    share, square = first / draws, _NORMAL**2
    spread = _NORMAL * sqrt(share * (1 - share) / draws + square / (4 * draws**2))
    end = (share + square / (2 * draws) + side * spread) / (1 + square / draws)
    return abs(end - share)


def _odds(share: float) -> float:
    """A share of the whole as its ratio to the rest."""
    return inf if share >= 1 else share / (1 - share)
