"""Strongest changes between two periods over several groupings, each with what speaks against it.

A count is a sum of units that stand for about ``base`` events each, so it varies like ``base``
times a Poisson number of units. The strength of a change is its difference over the standard
error of that difference, the usual normal approximation for two Poisson counts over equal
stretches of time (Przyborowski and Wilenski 1940). How a change is said is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from dashboard.analysis.compare import clear_change

Doubt = Literal["chance", "few", "reporting"]

#: A change of fewer standard errors could be chance: the two-sided 5 % point of the normal.
_SURE = 1.96
#: A change that rests on fewer units than this, in both periods together, rests on few cases.
_FEWEST_UNITS = 6


@dataclass(frozen=True)
class Counted:
    """One value of a grouping with its counts in two periods of equal length.

    Attributes:
        group: Name of the grouping.
        code: The value.
        now: Count of the period.
        before: Count of the period it is compared with.
    """

    group: str
    code: str
    now: int
    before: int

    @property
    def difference(self) -> int:
        """How many more than before; negative where fewer."""
        return self.now - self.before


@dataclass(frozen=True)
class Change:
    """A change beyond protection error, with its doubts.

    Attributes:
        counted: What changed.
        strength: Standard errors of the difference, above 0.
        doubts: What speaks against it: ``chance`` (it could be), ``few`` (few cases),
            ``reporting`` (the number of reporting partners moved the same way).
    """

    counted: Counted
    strength: float
    doubts: tuple[Doubt, ...]


def strongest(
    counted: Iterable[Counted], *, base: int, partners: int = 0, top: int = 5
) -> tuple[Change, ...]:
    """The strongest changes, the strongest first; of equal ones the larger difference.

    Args:
        counted: Values of all groupings.
        base: Protection base of the fact; 1 means that every difference is real.
        partners: Sign of the change in the number of reporting partners: 1 more, -1 fewer.
        top: How many at most.

    >>> [c.counted.code for c in strongest(
    ...     [Counted("area", "BD20", 121, 80), Counted("area", "BD90", 12, 9)], base=5)]
    ['BD20']
    """
    found = [
        Change(entry, _strength(entry, base), _doubts(entry, base, partners))
        for entry in counted
        if clear_change(entry.now, entry.before, base)
    ]
    found.sort(key=lambda c: (-c.strength, -abs(c.counted.difference), c.counted.code))
    return tuple(found[:top])


def _strength(entry: Counted, base: int) -> float:
    return abs(entry.difference) / sqrt(base * (entry.now + entry.before))


def _doubts(entry: Counted, base: int, partners: int) -> tuple[Doubt, ...]:
    doubts: list[Doubt] = []
    if entry.now + entry.before < _FEWEST_UNITS * base:
        doubts.append("few")
    elif _strength(entry, base) < _SURE:
        doubts.append("chance")
    if partners * entry.difference > 0:
        doubts.append("reporting")
    return tuple(doubts)
