"""Dispersion: how much more counts vary than events that come one by one, and whether by season.

People of one boat are counted together, partners report in batches, months differ: the variance of
counts is several times their mean. It is estimated from the counts themselves, less the variance
that protection adds, and is at least 1. Changes are judged in ``judge``.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]
Flags = npt.NDArray[np.bool_]

_QUARTER, _YEAR = 3, 12
#: Points of chi-square with three degrees of freedom: at .10 a row is compared with its own season,
#: at .01 pages name one.
COMPARED_BY_SEASON, TOLD_AS_SEASON = 6.25, 11.34
#: Years that a test for a season needs, and events of a quarter of the year.
_FEWEST_YEARS, _FEWEST_EVENTS = 2, 10
#: Longest season that is found by half of an average month.
_LONGEST = 8
#: Mean of a month and of a window from which a row has a dispersion of its own, and windows needed.
_OWN_FROM, _OWN_FROM_WINDOW, _WINDOWS = 3, 5, 6


def about_mean(counts: Floats, spread: float) -> Floats:
    """Variance of counts over their mean, less that of protection; at least 1.

    Args:
        counts: Shape (..., periods).
        spread: Standard deviation of protection's error in one of them.
    """
    mean = counts.mean(axis=-1)
    apart = counts.var(axis=-1, ddof=1) if counts.shape[-1] > 1 else np.zeros_like(mean)
    return np.maximum((apart - spread**2) / np.maximum(mean, 1), 1.0)


def by_lag(counts: Floats, lag: int, spread: float) -> Floats:
    """Variance of counts over their mean from differences to so many periods earlier; at least 1.

    So it is without trend and season.

    Args:
        counts: Shape (..., periods).
        lag: How many periods earlier.
        spread: Standard deviation of protection's error in one of the counts.
    """
    if counts.shape[-1] <= lag:
        return np.ones(counts.shape[:-1])
    later, earlier = counts[..., lag:], counts[..., :-lag]
    both = later + earlier
    apart = ((later - earlier) ** 2).sum(axis=-1) - 2 * spread**2 * (both > 0).sum(axis=-1)
    return np.maximum(apart / np.maximum(both.sum(axis=-1), 1), 1.0)


def windows_of(counts: Floats, months: int) -> Floats:
    """Sums over whole windows of so many months up to the last one, shape (..., windows)."""
    number = counts.shape[-1] // months
    recent = counts[..., counts.shape[-1] - number * months :]
    return recent.reshape(*counts.shape[:-1], number, months).sum(axis=-1)


def of_level(rows: Floats, spread: float, unit: float, most: float) -> float:
    """Dispersion that the rows of a level have in common, estimated from their quarters.

    Args:
        rows: Counts by month, shape (rows, months).
        spread: Standard deviation of protection's error in a quarter of a row; it is smaller where
            less than a unit is expected.
        unit: Smallest size of a unit.
        most: Dispersion of all together, which none of them exceeds.
    """
    quarters = windows_of(rows, _QUARTER)
    if quarters.shape[-1] < 2 or not len(rows):
        return 1.0
    mean = quarters.mean(axis=-1)
    beside = quarters.var(axis=-1, ddof=1) - np.minimum(unit * mean, spread**2)
    return float(min(max(beside.sum() / max(mean.sum(), 1), 1.0), most))


def of_rows(rows: Floats, months: int, common: float, of_month: float, of_window: float) -> Floats:
    """Dispersion of each row in windows of so many months: its own where counts are large enough.

    Args:
        rows: Counts by month, shape (rows, months).
        months: Months of a window.
        common: Dispersion that the rows of the level have in common.
        of_month: Standard deviation of protection's error in a month.
        of_window: That in a window.
    """
    by_month = np.where(rows.mean(axis=-1) >= _OWN_FROM, about_mean(rows, of_month), common)
    dispersion = np.maximum(by_month, common)
    parts = windows_of(rows, months)
    if months == 1 or parts.shape[-1] < _WINDOWS:
        return dispersion
    is_large = parts.mean(axis=-1) >= _OWN_FROM_WINDOW
    return np.maximum(dispersion, np.where(is_large, about_mean(parts, of_window), 1.0))


def seasonal(rows: Floats, dispersion: float, spread: float) -> Floats:
    """How far the quarters of the year are from equal: chi-square with three degrees of freedom.

    Args:
        rows: Counts by month up to any month, shape (rows, months).
        dispersion: Variance over mean without a season.
        spread: Standard deviation of protection's error in a quarter.

    Returns:
        Shape (rows,); 0 where there are too few years or events.
    """
    years = rows.shape[-1] // _YEAR
    if years < _FEWEST_YEARS:
        return np.zeros(len(rows))
    recent = rows[:, rows.shape[-1] - years * _YEAR :]
    quarters = recent.reshape(len(rows), years, 4, _QUARTER).sum(axis=(1, 3))
    mean = quarters.mean(axis=-1)
    apart = (quarters - mean[:, None]) ** 2
    beside = mean * dispersion + years * spread**2
    return np.where(mean >= _FEWEST_EVENTS, apart.sum(axis=-1) / np.maximum(beside, 1), 0.0)


def season(counts: Floats) -> tuple[int, int]:
    """The stretch of the year that is a season: first month and length.

    The stretch with the largest surplus over half an average month each; where that is most of the
    year, over a whole one.

    Args:
        counts: By month of the year from January on, shape (12,), with a sum above 0.

    >>> season(np.array([9.0, 8, 7, 1, 0, 1, 0, 1, 0, 8, 9, 9]))
    (10, 6)
    >>> season(np.array([9.0, 8, 3, 3, 3, 3, 3, 3, 3, 3, 3, 9]))
    (12, 3)
    """
    twice, mean = np.concatenate([counts, counts]), counts.mean()
    stretches = [(first, length) for length in range(1, _YEAR) for first in range(_YEAR)]

    def largest_over(floor: float) -> tuple[int, int]:
        surplus = [twice[first : first + n].sum() - floor * n for first, n in stretches]
        return stretches[int(np.argmax(surplus))]

    first, length = largest_over(mean / 2)
    if length > _LONGEST:
        first, length = largest_over(mean)
    return first + 1, length
