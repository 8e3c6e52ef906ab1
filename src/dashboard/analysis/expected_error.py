"""Expected error: how far protection moved a figure's numbers from the true ones.

It is estimated from echoes: the units of a release taken as if they were the truth and protected
again (``etl.protect.echoes``). Each number of a figure has one error in each echo; their
distribution is that of the number that is shown, and decides whether one number may be called
larger than another. Measured against the truth of invented registers in
``tests/attack/measures/echoes.py``. How the echoes of a figure are counted stands in
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
#: A further factor for numbers of two attributes that units are not fitted to together: they drift
#: towards independence, which echoes hardly show. The first up to the association ``TOGETHER``, as
#: the release shows it (less than it is), the second from there on (planted associations).
APART = (1.25, 1.7)
TOGETHER = 0.15
#: From this association on numbers of such a pair are a direction only: no range holds them.
DIRECTION = 0.25
#: Share of a number of a code by which protection moves it the same way in every month, since rare
#: values are replaced by common ones: it grows with the months that are counted, not with their
#: root. Echoes begin after that step and do not show it (registers 14 to 17).
DRIFT: Mapping[Audience, float] = MappingProxyType({"member": 0.0075, "public": 0.03})
#: Attributes whose numbers do not drift, since every code of theirs is common.
STEADY = frozenset({"sex", "is_child", "age_band", "class_group"})
#: Boundaries between sizes: nothing, 1 to 7, 8 to 15, 16 to 40, more.
EDGES = (0.5, 7.5, 15.5, 40.5)
#: Numbers of all sizes that each size borrows, so that one with few is not judged by them alone.
BORROWED = 10
#: From fewer numbers an error is estimated poorly.
FEW = 30
#: How likely it must be that a number is the largest before a sentence says so.
LEADS = 0.95
#: How likely it must be that a number is among the first few before a sentence says so.
AMONG_FIRST = 0.9
#: Share of a figure's total, or of its numbers, that must lie clearly above nought.
TELLING = 2 / 3
#: What sums of floats may be beyond a whole number by rounding alone.
_TINY = 1e-9
#: Points and weights of the integral over a number's distribution (Gauss and Hermite).
_POINTS, _WEIGHTS = np.polynomial.hermite_e.hermegauss(24)


def drift(audience: Audience, columns: Set[str]) -> float:
    """Share of a number by which it drifts, of a number counted by these columns.

    >>> drift("public", {"sex", "corridor"}), drift("public", {"sex"}), drift("member", set())
    (0.03, 0.0, 0.0)
    """
    return 0.0 if columns <= STEADY else DRIFT[audience]


@dataclass(frozen=True)
class Spread:
    """The errors of numbers of one size.

    Attributes:
        shift: Mean error (shown less true), in the figure's unit.
        spread: Standard deviation of the errors, in the figure's unit.
        numbers: From how many numbers of echoes it is estimated.
    """

    shift: float
    spread: float
    numbers: int = 0


@dataclass(frozen=True)
class ExpectedError:
    """The errors to expect of the numbers of a figure.

    Attributes:
        typical: Expected error of a number above 0, in the unit of the figure: two numbers in three
            are right to it, nineteen in twenty to twice as much.
        numbers: From how many numbers of echoes it is estimated.
        sizes: Errors of the numbers of each size, between ``EDGES``; those shown as 0 first.
        base: Smallest size of a unit of the fact: a smaller difference is no change.
        drift: Share of a number by which it is off at all times alike; part of ``typical``.
        is_direction: Whether numbers show a direction only: protection pulled them towards the
            average by more than is expected here.
    """

    typical: float
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
        """The largest true number behind a shown 0, nineteen times in twenty.

        None where echoes show fewer than ``FEW`` numbers as 0.
        """
        nothing = self.at(0)
        return 2 * nothing.spread - nothing.shift if nothing.numbers >= FEW else None

    def at(self, number: float) -> Spread:
        """Shift and spread of a shown number."""
        size = self.in_time(number)
        return replace(size, spread=hypot(size.spread, self.drift * number))

    def in_time(self, number: float) -> Spread:
        """Shift and spread of a shown number without drift, which all times of a code share."""
        return self.sizes[bisect(EDGES, number)]

    def interval(self, number: int) -> tuple[int, int]:
        """The range of the true number behind a shown one, nineteen times in twenty.

        >>> NO_ERROR.interval(39), assumed(5).interval(39), assumed(5).interval(4)
        ((39, 39), (29, 49), (0, 14))
        """
        spread = self.at(number)
        middle, reach = number - spread.shift, 2 * spread.spread
        low, high = floor(middle - reach + _TINY), ceil(middle + reach - _TINY)
        return max(min(low, number), 0), max(high, number)

    def wider(self, factor: float) -> ExpectedError:
        """This expected error, so many times as wide.

        >>> assumed(5).wider(2).interval(39)
        (19, 59)
        """
        sizes = (replace(size, spread=factor * size.spread) for size in self.sizes)
        return replace(self, typical=factor * self.typical, sizes=tuple(sizes))

    def less(self, other: ExpectedError) -> ExpectedError:
        """The errors of numbers of one figure less those of another, of any size.

        Two errors add in squares; a small difference may be one of two large numbers.

        >>> assumed(3).less(assumed(4)).interval(20), NO_ERROR.less(NO_ERROR).interval(20)
        ((10, 30), (20, 20))
        """
        error, numbers = hypot(self.typical, other.typical), min(self.numbers, other.numbers)
        less = _of_one(error, numbers, max(self.base, other.base))
        return replace(less, is_direction=self.is_direction or other.is_direction)

    def of_rest(self, total: float, whole: ExpectedError, others: Sequence[float]) -> ExpectedError:
        """The error of what is left of a total less some numbers of this figure, in squares.

        Echoes of one number do not tell it: of 254 rests on an invented register 35 lay outside the
        range of one number, and 4 outside this one.

        Args:
            total: The total.
            whole: Its error.
            others: The numbers that are taken from it.

        >>> assumed(3).of_rest(60, NO_ERROR, [20, 20]).interval(20)
        (11, 29)
        """
        spreads = whole.at(total).spread, *(self.at(number).spread for number in others)
        rest = _of_one(hypot(*spreads), min(self.numbers, whole.numbers), self.base)
        return replace(rest, is_direction=self.is_direction)

    def of_difference(self, first: float, second: float) -> Spread:
        """Shift and spread of one number less another of the same code at another time."""
        one, other = self.in_time(first), self.in_time(second)
        apart = self.drift * abs(first - second)
        return Spread(one.shift - other.shift, hypot(one.spread, other.spread, apart))


def _of_one(error: float, numbers: int, base: int) -> ExpectedError:
    """An expected error that is the same for numbers of all sizes."""
    return ExpectedError(error, numbers, (Spread(0.0, error),) * (len(EDGES) + 1), base)


#: For units that are the records themselves.
NO_ERROR = _of_one(0.0, FEW, RECORDS)


def assumed(base: int, error: float | None = None) -> ExpectedError:
    """The errors to expect of units of a base without echoes: an error of a unit.

    Args:
        base: Smallest size of a unit.
        error: The error of all numbers, where that is known.
    """
    return _of_one(float(base) if error is None else error, 0, base)


def telling(numbers: Sequence[int], error: ExpectedError, *, are_alike: bool = False) -> bool:
    """Whether the numbers of a figure are informative: most of them lie clearly above nought.

    A number is informative where the true one is above nought, nineteen times in twenty.

    Args:
        numbers: The numbers.
        error: Their expected error.
        are_alike: Whether each counts the same, as all points of a line do; else informative ones
            must hold ``TELLING`` of the figure's total.

    >>> telling([20, 12, 5], assumed(5)), telling([9, 8, 5], assumed(5)), telling([], assumed(5))
    (True, False, True)
    >>> telling([90, 5, 5], assumed(5)), telling([90, 5, 5], assumed(5), are_alike=True)
    (True, False)
    """
    informative = [number for number in numbers if error.interval(number)[0] > 0]
    if are_alike:
        return len(informative) >= TELLING * len(numbers)
    return sum(informative) >= TELLING * sum(numbers)


def leads(numbers: Sequence[float], error: ExpectedError) -> bool:
    """Whether the first number is the largest of some, as likely as a sentence needs (``LEADS``).

    The likelihood is that of the first being above all others when each true number is normal with
    its spread around the shown one less its shift, with no mean below nought.

    >>> leads([30, 20, 5], NO_ERROR), leads([30, 30], NO_ERROR), leads([30, 22], assumed(5))
    (True, False, False)
    """
    return likelihood_of_lead(numbers, error) >= LEADS


def likelihood_of_lead(numbers: Sequence[float], error: ExpectedError) -> float:
    """How likely the true number behind the first is above each of the others, 0 to 1."""
    return _first_above_all([_normal_behind(number, error) for number in numbers])


def _normal_behind(number: float, error: ExpectedError) -> tuple[float, float]:
    """Mean, not below 0, and spread of the true number behind a shown one."""
    expected = error.at(number)
    return max(number - expected.shift, 0.0), expected.spread


def _first_above_all(normals: Sequence[tuple[float, float]]) -> float:
    """How likely the first of some numbers is above all others, each with its mean and spread."""
    (first_mean, first_spread), *others = normals
    total = 0.0
    for point, weight in zip(_POINTS.tolist(), _WEIGHTS.tolist(), strict=True):
        value = first_mean + point * first_spread
        above = weight
        for mean, spread in others:
            above *= _above(value - mean, spread)
        total += above
    return total / float(_WEIGHTS.sum())


def likelihood_among_first(
    numbers: Sequence[float], error: ExpectedError, first: int = 3
) -> tuple[float, ...]:
    """How likely the true number behind each is one of the largest few, 0 to 1.

    Each is normal with its own spread around the shown number less its shift, with no mean below
    nought. Only protection makes them uncertain: the claim is about what was reported in the
    period, not about what might have been. Equal numbers that are exact do not exceed each other.

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
    normals = {number: _normal_behind(number, error) for number in set(numbers)}
    bottoms = {number: mean - _FAR * spread for number, (mean, spread) in normals.items()}
    tops = {number: mean + _FAR * spread for number, (mean, spread) in normals.items()}
    # A number far below the first few is never among them and never above one that may be.
    bottom = sorted(bottoms[number] for number in numbers)[-first]
    near = Counter(number for number in numbers if tops[number] >= bottom)
    likely = dict.fromkeys(normals, 0.0)
    for number in near:
        mean, spread = normals[number]
        values = (mean + spread * _POINTS).tolist()
        ahead = np.zeros((first, len(_POINTS)))  # chance that so many others are larger
        ahead[0] = 1.0
        for other, times in near.items():
            middle, width = normals[other]
            below = np.array([_above(value - middle, width) for value in values])
            for _ in range(times - (other == number)):
                ahead[1:] = ahead[1:] * below + ahead[:-1] * (1 - below)
                ahead[0] *= below
        likely[number] = min(float(ahead.sum(axis=0) @ _WEIGHTS / _WEIGHTS.sum()), 1.0)
    return tuple(likely[number] for number in numbers)


#: Spreads from its mean within which a number practically always lies.
_FAR = 5


def _above(distance: float, spread: float) -> float:
    """How likely a value is above a number of this spread, whose mean lies so far below it."""
    if spread == 0:
        return float(distance > 0)
    return 0.5 * (1 + erf(distance / (spread * sqrt(2))))


@dataclass(frozen=True)
class Sums:
    """Sums over the numbers of each size, nothing first; each of shape (sizes,).

    Attributes:
        numbers: How many numbers of the size there are.
        errors: Sum of their errors.
        squares: Sum of the squares of these.
        number_squares: Sum of the squares of the numbers.
    """

    numbers: Floats
    errors: Floats
    squares: Floats
    number_squares: Floats

    @classmethod
    def of(cls, numbers: Numbers, errors: Numbers) -> Sums:
        """Sums over numbers.

        Args:
            numbers: The numbers of a figure in its echoes, shape (numbers,).
            errors: How much these are above the units that the echoes are made of, same shape.
        """
        sizes, most = np.digitize(numbers, EDGES), len(EDGES) + 1

        def total(weights: Numbers) -> Floats:
            return np.bincount(sizes, weights, minlength=most).astype(np.float64)

        return cls(total(np.ones(len(numbers))), total(errors), total(errors**2), total(numbers**2))


def expected_error(sums: Sums, *, base: int, drift: float = 0.0) -> ExpectedError:
    """The expected error of a figure from the numbers of its echoes.

    Numbers that an echo shows as 0 do not count for the error, since most of them are right and
    would hide how far the others are off; they have a size of their own. Few numbers may all be
    right by chance, so the fewer there are the more numbers with an error of a unit are added.

    Args:
        sums: The errors of all its numbers, summed by size.
        base: Smallest size of a unit, which is the error where no echo shows anything.
        drift: Share of a number by which it moves without a trace in echoes.
    """
    parts = sums.numbers, sums.errors, sums.squares, sums.number_squares
    # Without the first size: numbers that an echo shows as 0.
    numbers, errors, squares, number_squares = (float(by_size[1:].sum()) for by_size in parts)
    added = BORROWED * max(0.0, 1 - numbers / FEW)
    all_numbers, squares = numbers + added, squares + added * base**2
    root = sqrt(squares / all_numbers)
    usual = sqrt(max(squares / all_numbers - (errors / all_numbers) ** 2, 0.0))
    return ExpectedError(
        hypot(FACTOR * root, drift * sqrt(number_squares / max(numbers, 1.0))),
        int(numbers),
        tuple(
            _spread(*of_size, usual)
            for of_size in zip(
                sums.numbers.tolist(), sums.errors.tolist(), sums.squares.tolist(), strict=True
            )
        ),
        base,
        drift,
    )


def _spread(numbers: float, errors: float, squares: float, usual: float) -> Spread:
    """Shift and spread of the errors of one size, shrunk to no shift and the usual spread.

    Args:
        numbers: How many numbers have the size.
        errors: Sum of their errors.
        squares: Sum of the squares of these.
        usual: Standard deviation of the errors of all sizes.
    """
    weight = numbers + BORROWED
    shift = errors / weight
    apart = squares - 2 * shift * errors + numbers * shift**2 + BORROWED * usual**2
    return Spread(shift, FACTOR * sqrt(max(apart, 0.0) / weight), int(numbers))
