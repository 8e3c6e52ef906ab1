"""Comparing two counts: when a difference may be called a change, and how sure it is.

Here stands the rule that every arrow obeys (``clear_change``) and the one by which a sentence says
"rose", "fell" or "no clear change" (``compared``). Words stand in the catalogues.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, sqrt
from typing import Literal

from dashboard.model.protection import is_clear, is_protected

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


def clear_change(now: int, before: int, base: int) -> int:
    """The difference where it is larger than protection can make it, else 0.

    Args:
        now: Count of the period.
        before: Count of the period it is compared with.
        base: Protection base of the fact; 1 means that every difference is real.

    >>> clear_change(121, 96, 5), clear_change(30, 21, 5), clear_change(3, 2, 1)
    (25, 0, 1)
    """
    difference = now - before
    return difference if is_clear(difference, base) else 0


def compared(now: int, before: int, base: int, error: float | None = None) -> Comparison:
    """Compare two counts over equal stretches of time.

    Given their sum, the count of the period is binomial (Przyborowski and Wilenski 1940). Each
    *unit* is one draw, so counts are divided by the base; the interval is Wilson's (1927), and it
    is widened by the protection error in the direction that makes it longer.

    Args:
        now: Count of the period.
        before: Count of the period it is compared with.
        base: Protection base of the fact; 1 for records and for exact totals.
        error: Protection error of one count, in events; half the base when left out.

    >>> compared(1285, 1078, 1).direction, compared(130, 100, 5).direction
    ('rose', 'none')
    """
    off = (base / 2 if error is None else error) if is_protected(base) else 0.0
    low = _odds(_wilson(max(now - off, 0.0) / base, (before + off) / base, -1))
    high = _odds(_wilson((now + off) / base, max(before - off, 0.0) / base, 1))
    change = clear_change(now, before, base)
    if change > 0 and low > 1:
        direction: Direction = "rose"
    elif change < 0 and high < 1:
        direction = "fell"
    else:
        direction = "none"
    return Comparison(now, before, low, high, direction)


def _wilson(first: float, second: float, side: int) -> float:
    """One end of Wilson's interval for the share of the first count; ``side`` is -1 or 1."""
    if (first if side < 0 else second) == 0:
        return 0.0 if side < 0 else 1.0  # exactly: rounding would leave 1e-20 of it
    draws = first + second
    share, square = first / draws, _NORMAL**2
    spread = _NORMAL * sqrt(share * (1 - share) / draws + square / (4 * draws**2))
    end = (share + square / (2 * draws) + side * spread) / (1 + square / draws)
    return min(max(end, 0.0), 1.0)


def _odds(share: float) -> float:
    return inf if share >= 1 else share / (1 - share)
