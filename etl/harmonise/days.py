"""Days and ages: read exactly as declared, then reduced to months, durations and bands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dashboard.model.normalise import casefold
from etl.declaration.source import Column
from etl.harmonise.cells import Judgement
from etl.read import Cell

_OLDEST = date(2000, 1, 1)
_MONTH_MARKS = ("%m", "%b", "%B", "%j", "%d", "%x", "%c", "%D")
_DAY_MARKS = ("%d", "%j", "%x", "%c", "%D")
_OLDEST_AGE = 120
#: Upper age of each of the working group's bands, in whole years.
_BANDS = ((14, "under_15"), (18, "15_18"), (24, "19_24"), (49, "25_49"), (60, "50_60"))
_CHILD_BY_BAND = {"under_15": "yes", "15_18": "unknown", "unknown": "unknown"}


@dataclass(frozen=True)
class Day:
    """A day of the file, never stored, and how exactly it was written: month or year."""

    day: date
    precision: str


def tells_day(column: Column) -> bool:
    """Whether every declared format of a column names a day, so that typed dates are days too."""
    return bool(column.formats) and all(
        any(mark in form for mark in _DAY_MARKS) for form in column.formats
    )


def day(column: Column, cell: tuple[Cell, ...], today: date) -> Judgement[Day]:
    """The day that a cell writes, together with its declared partner column.

    Typed dates of a workbook are days; texts must have one of the declared formats.
    """
    first = cell[0]
    if not isinstance(first, str):
        return _in_range(Day(first, "month"), today)
    text = _text(cell)
    if not text or casefold(text) in column.missing:
        return Judgement()
    found = parsed(column, cell)
    if found is None:
        return Judgement(rule="bad_month")
    written, form = found
    exact = any(mark in form for mark in _MONTH_MARKS)
    return _in_range(Day(written, "month" if exact else "year"), today)


def parsed(column: Column, cell: tuple[Cell, ...]) -> tuple[date, str] | None:
    """The day of a text and the declared format it has; None where it has none."""
    text = _text(cell)
    for form in column.formats:
        try:
            # A day of the calendar: no time zone is meant.
            return datetime.strptime(text, form).date(), form  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _text(cell: tuple[Cell, ...]) -> str:
    return " ".join(str(part) for part in cell if part != "")


def _in_range(day: Day, today: date) -> Judgement[Day]:
    if day.day > today:
        return Judgement(rule="future_month")
    return Judgement(rule="old_month") if day.day < _OLDEST else Judgement(day)


def month(day: Day | None, plus: int = 0) -> str | None:
    """First day of the month of a day, or of the day so many days later, as text."""
    if day is None:
        return None
    return (day.day + timedelta(days=plus)).replace(day=1).isoformat()


def days_between(pair: tuple[Day | None, Day | None]) -> Judgement[str]:
    """Days from the first day to the second."""
    start, end = pair
    if start is None or end is None:
        return Judgement()
    count = (end.day - start.day).days
    return Judgement(str(count)) if count >= 0 else Judgement(rule="negative_days")


def age(column: Column, cell: Cell) -> Judgement[tuple[str, str]]:
    """Age band and child or adult for an age in whole years."""
    text = casefold(cell) if isinstance(cell, str) else "?"
    if not text or text in column.missing:
        return Judgement(("unknown", "unknown"))
    whole, _, rest = text.partition(".")
    if not (whole.isascii() and whole.isdigit()) or rest.strip("0") or int(whole) > _OLDEST_AGE:
        return Judgement(rule="bad_age")
    years = int(whole)
    band = next((name for top, name in _BANDS if years <= top), "over_60")
    return Judgement((band, "yes" if years < 18 else "no"))


def child_of_band(band: str | None) -> str | None:
    """Child or adult as far as a band tells: 15 to 18 holds both."""
    return None if band is None else _CHILD_BY_BAND.get(band, "no")
