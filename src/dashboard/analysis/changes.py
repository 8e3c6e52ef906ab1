"""Strongest changes between two periods over several groupings, each with what speaks against it.

The strength of a change is its difference over the standard error of that difference: chance, as
of two Poisson counts over equal stretches of time (Przyborowski and Wilenski 1940), and what
protection is expected to have done to both. Where many values are looked through, some change much
by chance alone, so a change counts as more than chance only when it is so after Benjamini and
Hochberg's correction (1995) over all of them. How a change is said is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import erfc, hypot, sqrt
from typing import Literal

from dashboard.analysis.benjamini_hochberg import found
from dashboard.analysis.compare import beyond_shift, clear_change
from dashboard.analysis.expected_error import ExpectedError

Doubt = Literal["chance", "few", "reporting", "late"]

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
        base: Protection base of what is counted.
        error: What protection is expected to have done to such counts.
        together: How many of them come together, as people of one incident do: by so much chance
            makes more of each.
    """

    group: str
    code: str
    now: int
    before: int
    base: int
    error: ExpectedError
    together: float = 1.0

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
            ``reporting`` (the number of reporting partners moved the same way), ``late`` (it
            fell, and late reports are still expected).
    """

    counted: Counted
    strength: float
    doubts: tuple[Doubt, ...]


def strongest(
    counted: Iterable[Counted], *, partners: int = 0, late: bool = False
) -> tuple[Change, ...]:
    """All changes beyond protection error, the strongest first; of equal ones the larger.

    Args:
        counted: Values of all groupings that were looked through, those without a change too.
        partners: Sign of the change in the number of reporting partners: 1 more, -1 fewer.
        late: Whether late reports are still expected for the period and not for the one before.

    >>> from dashboard.analysis.expected_error import assumed
    >>> [c.counted.code for c in strongest(
    ...     [Counted("area", "BD20", 121, 80, 5, assumed(5)),
    ...      Counted("area", "BD90", 12, 9, 5, assumed(5))])]
    ['BD20']
    """
    entries = [entry for entry in counted if entry.now or entry.before]
    sure = found([erfc(_strength(entry) / sqrt(2)) for entry in entries])
    changes = [
        Change(
            entry,
            _strength(entry),
            _doubts(entry, chance=not above, partners=partners, late=late),
        )
        for entry, above in zip(entries, sure, strict=True)
        if clear_change(entry.now, entry.before, entry.error)
    ]
    changes.sort(key=lambda c: (-c.strength, -abs(c.counted.difference), c.counted.code))
    return tuple(changes)


def _strength(entry: Counted) -> float:
    above = beyond_shift(entry.now, entry.before, entry.error)
    spread = entry.error.of_difference(entry.now, entry.before).spread
    by_chance = sqrt(entry.together * (entry.now + entry.before))
    return max(above, 0.0) / hypot(by_chance, spread)


def _doubts(entry: Counted, *, chance: bool, partners: int, late: bool) -> tuple[Doubt, ...]:
    doubts: list[Doubt] = []
    if entry.now + entry.before < _FEWEST_UNITS * entry.base:
        doubts.append("few")
    elif chance:
        doubts.append("chance")
    if partners * entry.difference > 0:
        doubts.append("reporting")
    if late and entry.difference < 0:
        doubts.append("late")
    return tuple(doubts)
