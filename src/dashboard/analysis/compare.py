"""Comparing two counts: when a difference may be called a change.

The interval method of the analysis page comes with it; here stands the rule that every arrow obeys.
"""

from __future__ import annotations


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
    error = 0 if base == 1 else 2 * base
    return difference if abs(difference) > error else 0
