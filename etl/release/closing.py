"""Closing: when a month may be published."""

from __future__ import annotations

from datetime import date, timedelta

from dashboard.model.periods import Month

#: Days after its end until a month closes.
DAYS_TO_CLOSE = 15


def last_closed_month(as_of: date) -> Month:
    """The last month that is closed on a day.

    >>> str(last_closed_month(date(2026, 11, 14))), str(last_closed_month(date(2026, 11, 15)))
    ('2026-09', '2026-10')
    """
    last_end = as_of - timedelta(days=DAYS_TO_CLOSE)
    month = Month.of(last_end)
    ended = (last_end + timedelta(days=1)).day == 1
    return month if ended else month.plus(-1)
