"""Retention: how long records are kept, in whole calendar years.

The period is a setting of the store; the horizon is the last month whose records are gone. What
applying it does to files stands in ``etl.erasure``.
"""

from __future__ import annotations

from datetime import date

from dashboard.model.periods import Month
from etl.register import decisions
from etl.settings import Settings


def horizon(settings: Settings) -> Month | None:
    """The last month past keeping: no record and no unit up to it counts any longer.

    None where no retention was applied yet.
    """
    return decisions.read(settings).horizon


def horizon_on(day: date, years: int) -> Month:
    """The horizon of a day when records are kept for whole calendar years after their own.

    >>> str(horizon_on(date(2026, 11, 24), 5))
    '2020-12'
    """
    return Month(day.year - years - 1, 12)
