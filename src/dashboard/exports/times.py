"""Columns of months and days, which files write as dates and not as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from dashboard.exhibits.exhibit import Cell

#: What the cells of a column are; quarters and years are no dates, since each is many days.
Time = Literal["month", "day"]
_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}(?P<day>-[0-9]{2})?")
#: The first year of the dates of workbooks.
_FIRST_YEAR = 1900


def time_of(cells: Sequence[Cell]) -> Time | None:
    """What all cells of a column are but the empty ones: months or days; None for any others.

    >>> time_of(["2026-01", None, "2026-02"]), time_of(["2026-01-31"]), time_of(["2026-01", "all"])
    ('month', 'day', None)
    """
    kinds: set[Time | None] = {_time(cell) for cell in cells if cell not in (None, "")}
    return kinds.pop() if len(kinds) == 1 else None


def _time(cell: Cell) -> Time | None:
    """What a cell is; None where it is neither a month nor a day."""
    if not isinstance(cell, str) or first_day(cell) is None:
        return None
    return "month" if len(cell) == len("2026-01") else "day"


def first_day(text: str) -> datetime | None:
    """The day that a month or a day begins with; None of any other text.

    >>> first_day("2026-02"), first_day("2026-02-30")
    (datetime.datetime(2026, 2, 1, 0, 0), None)
    """
    written = _WRITTEN.fullmatch(text)
    if written is None:
        return None
    try:
        day = datetime.fromisoformat(text if written["day"] else f"{text}-01")
    except ValueError:
        return None
    return day if day.year >= _FIRST_YEAR else None
