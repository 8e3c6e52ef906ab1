"""Comparing two counts: when a difference may be called a change, and how sure it is.

Here stands the rule that every arrow obeys (``clear_change``) and the one by which a sentence says
"rose", "fell", "no clear change" or "about the same" (``compared``), and how likely that one finds
a rise (``likelihood_of_rise``). Words stand in the catalogues.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, hypot, inf, sqrt
from typing import Literal

from dashboard.analysis.expected_error import EDGES, NO_ERROR, ExpectedError

Direction = Literal["rose", "fell", "none"]

#: Two-sided 95 % point of the normal.
_NORMAL = 1.96
#: Two counts are about the same up to this ratio and down to its inverse: 80 to 125 %, the usual
#: limits of equivalence (Schuirmann 1987).
LEVEL = 1.25
#: How much wider than the interval the change of people may be, who come in groups. On registers in
#: which no rate changed, intervals of people and of requests had to be wider by 1.4 and 1.5 to hold
#: no change in 19 of 20 comparisons, those of incidents by 1.1 (docs/protection.md).
_GROUPED = 1.5
#: Whole numbers up to here lie in sizes that differ in their error.
_SIZED = int(EDGES[-1])


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

    @property
    def is_level(self) -> bool:
        """Whether it is about the same: no change beyond ``LEVEL`` in an interval wider by half.

        "No clear change" alone says that it may have changed by as much as the interval holds.

        >>> compared(500, 510).is_level, compared(50, 51).is_level, compared(600, 510).is_level
        (True, False, False)
        """
        low, high = self.low**_GROUPED, self.high**_GROUPED
        return self.direction == "none" and low >= 1 / LEVEL and high <= LEVEL


def clear_change(now: int, before: int, error: ExpectedError = NO_ERROR) -> int:
    """The difference where it is a base or more for sure, nineteen times in twenty, else 0.

    A base is the least that a number can show, so what may be less than one is no change.

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
    """How far two counts are apart beyond what protection moved them apart on average.

    Negative where it would have them the other way round.
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
    blur = _NORMAL * hypot(before * error.of(now).spread, now * error.of(before).spread)
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


def likelihood_of_rise(before: int, times: float, error: ExpectedError = NO_ERROR) -> float:
    """How likely a count would be called risen, had there been so many times as many, 0 to 1.

    What rises is the rate, known from the count before only: chance and protection moved that, and
    move the count of the period too. All of it is taken for normal.

    Args:
        before: Count of the earlier period, above 0.
        times: The rise, above 1.
        error: What protection is expected to have done to such counts; nothing when left out.

    >>> [round(likelihood_of_rise(100, times), 2) for times in (1.2, 4 / 3, 1.5, 2)]
    [0.28, 0.59, 0.86, 1.0]
    """
    own = error.of(before)
    usual = max(before - own.shift, 0.0)
    mean = times * usual
    new = error.of(mean)
    apart = sqrt(times**2 * (usual + own.spread**2) + mean + new.spread**2)
    beyond = _least_risen(before, error) - 0.5 - mean - new.shift
    return 0.5 * erfc(beyond / (apart * sqrt(2))) if apart else float(beyond < 0)


def _least_risen(before: int, error: ExpectedError) -> int:
    """The count from which on every one is called risen from the count before.

    Where a size ends, one that is more may be less certain and not be called.
    """

    def has_risen(now: int) -> bool:
        return compared(now, before, error).direction == "rose"

    low = max(before, _SIZED)
    if has_risen(low + 1):
        return next((now + 1 for now in range(low, before, -1) if not has_risen(now)), before + 1)
    high = 2 * low
    while not has_risen(high):
        high *= 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if has_risen(middle) else (middle, high)
    return high


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
    return inf if share >= 1 else share / (1 - share)
