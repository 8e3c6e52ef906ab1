"""Outliers: totals and shares that lie far outside their own past year.

A period is suspicious when it lies further from the median of the periods of the twelve months
before it than the largest of: three times the median absolute deviation, made comparable with a
standard deviation by 1.4826 (Hampel 1974; three deviations as in Leys et al. 2013, who call it
very conservative); three standard deviations of pure chance at the median (Poisson for a total,
binomial for a share); and twice the base, below which units say nothing. At least half of the
twelve months must be there. It is a question to whoever clears an edition, never an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dashboard.model.protection import noise

Floats = npt.NDArray[np.float64]

_DEVIATIONS = 3.0
#: Median absolute deviation of a normal distribution to its standard deviation.
_TO_STANDARD = 1.4826


@dataclass(frozen=True)
class Outlier:
    """One period that lies far outside the year before it.

    Attributes:
        index: Index of the period among those given.
        value: Its total, or its share.
        usual: Median of the year before.
    """

    index: int
    value: float
    usual: float


def total_outliers(totals: Sequence[float], *, base: int, year: int) -> Iterator[Outlier]:
    """Periods whose total is suspicious.

    Args:
        totals: Totals of successive periods, shape (periods,).
        base: Smallest size of a unit.
        year: Number of periods in twelve months: 12 or 4.

    >>> totals = [50, 52, 47, 51, 49, 50, 120]
    >>> [outlier.index for outlier in total_outliers(totals, base=5, year=12)]
    [6]
    """
    values = np.asarray(totals, dtype=np.float64)
    for index, past in _with_past(values, year):
        usual = float(np.median(past))
        allowed = max(_three_deviations(past, usual), _DEVIATIONS * usual**0.5, noise(base))
        if abs(values[index] - usual) > allowed:
            yield Outlier(index, float(values[index]), usual)


def share_outliers(
    parts: Sequence[float], totals: Sequence[float], *, base: int, year: int
) -> Iterator[Outlier]:
    """Periods in which the share of a part is suspicious.

    Args:
        parts: Events of the part in successive periods, shape (periods,).
        totals: All events of the same periods, shape (periods,).
        base: Smallest size of a unit.
        year: Number of periods in twelve months: 12 or 4.

    >>> parts, totals = [10, 11, 9, 10, 12, 10, 40], [50] * 7
    >>> [outlier.index for outlier in share_outliers(parts, totals, base=5, year=12)]
    [6]
    """
    whole = np.asarray(totals, dtype=np.float64)
    has_events = whole > 0
    shares = np.divide(np.asarray(parts, dtype=np.float64), whole, where=has_events, out=whole * 0)
    for index, past in _with_past(shares, year):
        if not has_events[index]:
            continue
        usual = float(np.median(past))
        chance = _DEVIATIONS * (usual * (1 - usual) / whole[index]) ** 0.5
        allowed = max(_three_deviations(past, usual), chance, noise(base) / whole[index])
        if abs(shares[index] - usual) > allowed:
            yield Outlier(index, float(shares[index]), usual)


def _with_past(values: Floats, year: int) -> Iterator[tuple[int, Floats]]:
    """Index of each period with half a year or more before it, and values of the year before."""
    for index in range((year + 1) // 2, len(values)):
        yield index, values[max(0, index - year) : index]


def _three_deviations(past: Floats, usual: float) -> float:
    """Three standard deviations of a past, by the median distance from its median."""
    return _DEVIATIONS * _TO_STANDARD * float(np.median(np.abs(past - usual)))
