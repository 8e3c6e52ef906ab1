"""Expected error: how far protection put a figure's numbers from what they stand for.

It is read from echoes: the units of a release taken as if they were the truth and protected again
(``etl.protect.echoes``). Each number of a figure has one error in each echo; what they have in
common is what a reader may expect of the number that is shown, and whether one number may be called
larger than another. Measured against the truth of invented registers in
``tests/attack/measures/echoes.py``. How a figure's echoes are asked for stands in
``exhibits.counts.expected_error``; whether a number changed in time, in ``compare``.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from math import ceil, erf, floor, hypot, sqrt
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from dashboard.model.edition import Audience
from dashboard.model.protection import RECORDS

Floats = npt.NDArray[np.floating[Any]]
Numbers = npt.NDArray[np.floating[Any]] | npt.NDArray[np.integer[Any]]

#: By how much the errors of echoes fall short of those of the first protection.
FACTOR = 1.10
#: The same again for numbers of two attributes that units are not fitted to together: they are
#: pulled towards independence, which echoes hardly see. First up to the association that is named
#: beside, as the release shows it (less than it is), then from there on (planted associations).
APART = (1.25, 1.7)
TOGETHER = 0.15
#: From this association on numbers of such a pair are a direction only: no range holds them.
DIRECTION = 0.25
#: Share of a number of a code by which protection moves it the same way in every month, so that it
#: grows with the months that are counted and not with their root: what too few share is told as
#: what most have. Echoes begin after that, so they do not see it (registers 14 to 17).
DRIFT: Mapping[Audience, float] = MappingProxyType({"member": 0.0075, "public": 0.03})
#: Attributes whose numbers do not drift, since every code of theirs is common.
STEADY = frozenset({"sex", "is_child", "age_band", "class_group"})
#: Where one size ends and the next begins: nothing, 1 to 7, 8 to 15, 16 to 40, more.
EDGES = (0.5, 7.5, 15.5, 40.5)
#: Numbers of all sizes that each size borrows, so that one with few is not judged by them alone.
BORROWED = 10
#: Fewer numbers than this are few to tell an error from.
FEW = 30
#: How likely it must be that a number is the largest before a sentence says so.
LEADS = 0.95
#: How likely it must be that a number is among the first few before a sentence says so.
AMONG_FIRST = 0.9
#: Share of what a figure counts, or of its numbers, that must tell something.
TELLING = 2 / 3
#: What sums of floats may be beyond a whole number by rounding alone.
_TINY = 1e-9
#: Points and weights at which the number that leads is looked at, in its own spread (Gauss and
#: Hermite).
_POINTS, _WEIGHTS = np.polynomial.hermite_e.hermegauss(24)


def drift(audience: Audience, columns: Set[str]) -> float:
    """Share of a number by which it drifts, where it is of these columns.

    >>> drift("public", {"sex", "corridor"}), drift("public", {"sex"}), drift("member", set())
    (0.03, 0.0, 0.0)
    """
    return 0.0 if columns <= STEADY else DRIFT[audience]


@dataclass(frozen=True)
class Spread:
    """How the numbers of one size lie about what they stand for.

    Attributes:
        shift: How much is shown too much on average, in the figure's unit.
        spread: Standard deviation of what is shown about that, in the figure's unit.
        numbers: How many numbers of echoes of this size it is told from.
    """

    shift: float
    spread: float
    numbers: int = 0


@dataclass(frozen=True)
class ExpectedError:
    """What may be expected of the numbers of a figure.

    Attributes:
        error: Expected error of a number above 0, in the figure's unit: about two numbers in three
            are right to it, nineteen in twenty to twice as much.
        numbers: How many numbers of echoes it is told from.
        sizes: The same for each size of a number, nothing first.
        base: Smallest size of a unit of what is counted: less than one of it is no change.
        drift: Share of a number by which it is off at all times alike; part of ``error``.
        is_direction: Whether numbers show a direction only: protection pulled them towards the
            average by more than is expected here.
    """

    error: float
    numbers: int
    sizes: tuple[Spread, ...]
    base: int
    drift: float = 0.0
    is_direction: bool = False

    @property
    def is_from_few(self) -> bool:
        """Whether it is estimated from few numbers."""
        return self.numbers < FEW

    @property
    def most_of_none(self) -> float | None:
        """What a number shown as 0 stands for at most, nineteen times in twenty.

        None where echoes show too few numbers as 0 to tell.
        """
        nothing = self.of(0)
        return 2 * nothing.spread - nothing.shift if nothing.numbers >= FEW else None

    def of(self, shown: float) -> Spread:
        """Shift and spread of a number as it is shown."""
        size = self.in_time(shown)
        return replace(size, spread=hypot(size.spread, self.drift * shown))

    def in_time(self, shown: float) -> Spread:
        """The same beside another time of the same code, which drifts as it does."""
        return self.sizes[bisect(EDGES, shown)]

    def interval(self, shown: int) -> tuple[int, int]:
        """What a number stands for at least and at most, nineteen times in twenty.

        >>> NO_ERROR.interval(39), assumed(5).interval(39), assumed(5).interval(4)
        ((39, 39), (29, 49), (0, 14))
        """
        spread = self.of(shown)
        middle, reach = shown - spread.shift, 2 * spread.spread
        low, high = floor(middle - reach + _TINY), ceil(middle + reach - _TINY)
        return max(min(low, shown), 0), max(high, shown)

    def wider(self, factor: float) -> ExpectedError:
        """The same with a wider error.

        >>> assumed(5).wider(2).interval(39)
        (19, 59)
        """
        sizes = (replace(size, spread=factor * size.spread) for size in self.sizes)
        return replace(self, error=factor * self.error, sizes=tuple(sizes))

    def less(self, other: ExpectedError) -> ExpectedError:
        """What may be expected of numbers of one figure less those of another, of any size.

        Two errors add in squares; a small difference may be one of two large numbers.

        >>> assumed(3).less(assumed(4)).interval(20), NO_ERROR.less(NO_ERROR).interval(20)
        ((10, 30), (20, 20))
        """
        error, numbers = hypot(self.error, other.error), min(self.numbers, other.numbers)
        less = _of_one(error, numbers, max(self.base, other.base))
        return replace(less, is_direction=self.is_direction or other.is_direction)

    def of_difference(self, first: float, second: float) -> Spread:
        """Shift and spread of one number less another of the same code at another time."""
        one, other = self.in_time(first), self.in_time(second)
        apart = self.drift * abs(first - second)
        return Spread(one.shift - other.shift, hypot(one.spread, other.spread, apart))


def _of_one(error: float, numbers: int, base: int) -> ExpectedError:
    """The same error for numbers of all sizes."""
    return ExpectedError(error, numbers, (Spread(0.0, error),) * (len(EDGES) + 1), base)


#: What is expected of units that are the records themselves.
NO_ERROR = _of_one(0.0, FEW, RECORDS)


def assumed(base: int, error: float | None = None) -> ExpectedError:
    """What is expected of units of a base where no echo tells more: an error of a unit.

    Args:
        base: The base.
        error: The error of all numbers, where that is known.
    """
    return _of_one(float(base) if error is None else error, 0, base)


def telling(numbers: Sequence[int], error: ExpectedError, *, each: bool = False) -> bool:
    """Whether the numbers of a figure tell something: most of it stands in some that are not 0.

    A number tells something where what it stands for is above nothing, nineteen times in twenty.

    Args:
        numbers: The numbers.
        error: Their expected error.
        each: Whether each counts the same, as where all are seen alike in lines; else such
            numbers must hold ``TELLING`` of all that the figure counts.

    >>> telling([20, 12, 5], assumed(5)), telling([9, 8, 5], assumed(5)), telling([], assumed(5))
    (True, False, True)
    >>> telling([90, 5, 5], assumed(5)), telling([90, 5, 5], assumed(5), each=True)
    (True, False)
    """
    told = [number for number in numbers if error.interval(number)[0] > 0]
    if each:
        return len(told) >= TELLING * len(numbers)
    return sum(told) >= TELLING * sum(numbers)


def leads(numbers: Sequence[float], error: ExpectedError) -> bool:
    """Whether the first number is the largest of some, as likely as a sentence needs (``LEADS``).

    The likelihood is that of the first being above all others when each lies about what is shown,
    less its shift, with its spread, and none below nothing.

    >>> leads([30, 20, 5], NO_ERROR), leads([30, 30], NO_ERROR), leads([30, 22], assumed(5))
    (True, False, False)
    """
    return likelihood_of_lead(numbers, error) >= LEADS


def likelihood_of_lead(numbers: Sequence[float], error: ExpectedError) -> float:
    """How likely the first of some numbers stands for more than each of the others, 0 to 1."""
    return _first_above_all(
        [
            (max(number - spread.shift, 0.0), spread.spread)
            for number, spread in ((number, error.of(number)) for number in numbers)
        ]
    )


def _first_above_all(lies: Sequence[tuple[float, float]]) -> float:
    """How likely the first of some numbers is above all others, each with its middle and spread."""
    first, *others = lies
    total = 0.0
    for point, weight in zip(_POINTS.tolist(), _WEIGHTS.tolist(), strict=True):
        value = first[0] + point * first[1]
        above = weight
        for mean, spread in others:
            above *= _above(value - mean, spread)
        total += above
    return total / float(_WEIGHTS.sum())


def likelihood_among_first(
    numbers: Sequence[float], error: ExpectedError, first: int = 3
) -> tuple[float, ...]:
    """How likely each of some numbers stands for one of the largest few, 0 to 1.

    Each lies about what is shown, less its shift, with its own spread, and its middle is not below
    nothing. Only protection is looked at: the claim is about what was reported in the period, not
    about what might have been. Equal numbers that are exact stand behind each other.

    Args:
        numbers: The numbers, in any order.
        error: Their expected error.
        first: How many are the first few.

    >>> likelihood_among_first([40, 30, 20, 10, 0], NO_ERROR)
    (1.0, 1.0, 1.0, 0.0, 0.0)
    >>> [round(each, 2) for each in likelihood_among_first([40, 30, 15, 14], assumed(5))]
    [1.0, 1.0, 0.56, 0.44]
    """
    if first >= len(numbers):
        return (1.0,) * len(numbers)
    lies = {number: (max(number - s.shift, 0.0), s.spread) for number in set(numbers)
            for s in (error.of(number),)}  # fmt: skip
    # Who is far below the first few is never among them and never above one that may be.
    floor = sorted(lies[n][0] - _FAR * lies[n][1] for n in numbers)[-first]
    near = Counter(n for n in numbers if lies[n][0] + _FAR * lies[n][1] >= floor)
    likely = dict.fromkeys(lies, 0.0)
    for one in near:
        mean, wide = lies[one]
        ahead = np.zeros((first, len(_POINTS)))  # chance that so many others are larger
        ahead[0] = 1.0
        for other, times in near.items():
            middle, spread = lies[other]
            below = np.array([_above(v - middle, spread) for v in (mean + wide * _POINTS).tolist()])
            for _ in range(times - (other == one)):
                ahead[1:] = ahead[1:] * below + ahead[:-1] * (1 - below)
                ahead[0] *= below
        likely[one] = min(float(ahead.sum(axis=0) @ _WEIGHTS / _WEIGHTS.sum()), 1.0)
    return tuple(likely[number] for number in numbers)


#: Spreads from its middle within which a number lies, for all that is said of it.
_FAR = 5


def _above(distance: float, spread: float) -> float:
    """How likely a number so far below another in the middle is below it indeed."""
    if spread == 0:
        return float(distance > 0)
    return 0.5 * (1 + erf(distance / (spread * sqrt(2))))


@dataclass(frozen=True)
class Sums:
    """What the errors of numbers of each size sum to, nothing first; each of shape (sizes,).

    Attributes:
        numbers: How many numbers of the size there are.
        errors: Sum of their errors.
        squares: Sum of the squares of these.
        shown: Sum of the squares of the numbers.
    """

    numbers: Floats
    errors: Floats
    squares: Floats
    shown: Floats

    @classmethod
    def of(cls, shown: Numbers, errors: Numbers) -> Sums:
        """Sums over numbers.

        Args:
            shown: What the echoes show in each number of a figure, shape (numbers,).
            errors: How much that is above what the echoes are made of, same shape.
        """
        sizes, most = np.digitize(shown, EDGES), len(EDGES) + 1

        def summed(weights: Numbers) -> Floats:
            return np.bincount(sizes, weights, minlength=most).astype(np.float64)

        return cls(summed(np.ones(len(shown))), summed(errors), summed(errors**2), summed(shown**2))


def expected_error(sums: Sums, *, base: int, drift: float = 0.0) -> ExpectedError:
    """The expected error of a figure from the numbers of its echoes.

    Numbers that an echo shows as 0 do not count for the error, since most of them are right and
    would hide how far the others are off; they have a size of their own. Few numbers may all happen
    to be right, so the fewer there are the more they borrow of an error of a unit.

    Args:
        sums: The errors of all its numbers, summed by size.
        base: Smallest size of a unit, which is the error where no echo shows anything.
        drift: Share of a number by which echoes do not see it move.
    """
    seen = sums.numbers, sums.errors, sums.squares, sums.shown
    numbers, total, squares, shown = (float(own[1:].sum()) for own in seen)
    lent = BORROWED * max(0.0, 1 - numbers / FEW)
    of_all, squares = numbers + lent, squares + lent * base**2
    root = sqrt(squares / of_all)
    usual = sqrt(max(squares / of_all - (total / of_all) ** 2, 0.0))
    return ExpectedError(
        hypot(FACTOR * root, drift * sqrt(shown / max(numbers, 1.0))),
        int(numbers),
        tuple(
            _spread(*own, usual)
            for own in zip(
                sums.numbers.tolist(), sums.errors.tolist(), sums.squares.tolist(), strict=True
            )
        ),
        base,
        drift,
    )


def _spread(numbers: float, total: float, squares: float, usual: float) -> Spread:
    """Shift and spread of the errors of one size, drawn to no shift and the usual spread."""
    weight = numbers + BORROWED
    shift = total / weight
    apart = squares - 2 * shift * total + numbers * shift**2 + BORROWED * usual**2
    return Spread(shift, FACTOR * sqrt(max(apart, 0.0) / weight), int(numbers))
