"""Days and ages: read exactly as declared, then reduced to months, durations and bands."""

from __future__ import annotations

import re
import unicodedata
from calendar import day_name, month_name
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from dashboard.model.codes import AGE_BAND
from dashboard.model.country import OwnLanguage
from dashboard.model.languages import OWN
from dashboard.model.normalise import casefold
from etl.declaration.source import Column
from etl.harmonise.cells import CellResult
from etl.harmonise.values import bare_number, whole_number
from etl.read import Cell

_OLDEST = date(2000, 1, 1)
_MONTH_MARKS = ("%m", "%b", "%B", "%j", "%d", "%x", "%c", "%D")
_DAY_MARKS = ("%d", "%j", "%x", "%c", "%D")
_OLDEST_AGE = 120
#: First and last age of each of the working group's bands, in whole years; the last is open.
BANDS = ((0, 14, "under_15"), (15, 18, "15_18"), (19, 24, "19_24"), (25, 49, "25_49"),
         (50, 60, "50_60"), (61, 200, "over_60"))  # fmt: skip
#: Age band and child or adult of whom nothing is known.
_NO_AGE = ("unknown", "unknown")
_CHILD_BY_BAND = {"under_15": "yes", "15_18": "unknown", "unknown": "unknown"}


@dataclass(frozen=True)
class Day:
    """A day of the file, never stored, and how exactly it was written: month or year."""

    day: date
    precision: str


def names_day(column: Column) -> bool:
    """Whether every declared format of a column names a day, so that typed dates are days too."""
    return bool(column.formats) and all(
        any(mark in form for mark in _DAY_MARKS) for form in column.formats
    )


def day(column: Column, cell: tuple[Cell, ...], today: date) -> CellResult[Day]:
    """The day that a cell writes, together with its declared partner column.

    Typed dates of a workbook are days; texts must have one of the declared formats.
    """
    first = cell[0]
    if not isinstance(first, str):
        return _in_range(Day(first, "month"), today)
    text = _text(cell)
    if not text or casefold(text) in column.missing:
        return CellResult()
    match = parse_day(column, cell)
    if match is None:
        return CellResult(rule="bad_month")
    written, form = match
    exact = any(mark in form for mark in _MONTH_MARKS)
    return _in_range(Day(written, "month" if exact else "year"), today)


def parse_day(column: Column, cell: tuple[Cell, ...]) -> tuple[date, str] | None:
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
    """The text of a cell and its partner, with names of months and days as formats know them."""
    text = " ".join(str(part) for part in cell if part != "")
    return in_english(text)


def in_english(text: str, own: OwnLanguage = OWN) -> str:
    """A text with names of months and days of the week of the country's language in English."""
    english_of, names = _own_names(own)

    def to_english(match: re.Match[str]) -> str:
        beside = text[: match.start()][-1:] + text[match.end() :][:1]
        is_part = any(unicodedata.category(sign)[0] in "LM" for sign in beside)
        return match[0] if is_part else english_of[casefold(match[0])]

    return names.sub(to_english, text)


@cache
def _own_names(own: OwnLanguage) -> tuple[dict[str, str], re.Pattern[str]]:
    """English names by those of a language, and what finds these."""
    english_of = {
        casefold(name): english
        for names, spelled in ((month_name[1:], own.months), (day_name, own.weekdays))
        for english, spellings in zip(names, spelled, strict=True)
        for name in spellings
    }
    longest_first = sorted(map(re.escape, english_of), key=len, reverse=True)
    return english_of, re.compile("|".join(longest_first), re.IGNORECASE)


def _in_range(day: Day, today: date) -> CellResult[Day]:
    if day.day > today:
        return CellResult(rule="future_month")
    return CellResult(rule="old_month") if day.day < _OLDEST else CellResult(day)


def month(day: Day | None, plus: int = 0) -> str | None:
    """First day of the month of a day, or of the day so many days later, as text."""
    if day is None:
        return None
    return (day.day + timedelta(days=plus)).replace(day=1).isoformat()


def days_between(pair: tuple[Day | None, Day | None]) -> CellResult[str]:
    """Days from the first day to the second."""
    start, end = pair
    if start is None or end is None:
        return CellResult()
    count = (end.day - start.day).days
    return CellResult(str(count)) if count >= 0 else CellResult(rule="negative_days")


def age(column: Column, cell: Cell) -> CellResult[tuple[str, str]]:
    """Age band and child or adult for an age in whole years, or for what is declared to be one."""
    text = casefold(cell) if isinstance(cell, str) else "?"
    code = (column.values or {}).get(text)
    if code is not None and code in AGE_BAND:
        return CellResult((code, child_of_band(code) or "unknown"))
    text = code or text
    if not text or text in column.missing:
        return CellResult(_NO_AGE)
    years = whole_years(bare_number(text, column.around))
    if years is not None:
        return CellResult(_of_age(years))
    if column.others is not None:
        return CellResult(_NO_AGE, "other_value")
    return CellResult(rule="bad_age")


def whole_years(text: str) -> int | None:
    """An age in whole years; None for anything else."""
    years = whole_number(text)
    return years if years is not None and years <= _OLDEST_AGE else None


def _of_age(years: int) -> tuple[str, str]:
    band = next(name for _, last, name in BANDS if years <= last)
    return band, "yes" if years < 18 else "no"


def age_on(column: Column, born_and_day: tuple[Cell, Day | None]) -> CellResult[tuple[str, str]]:
    """Age band and child or adult on a day, for who was born on another; neither day is kept.

    Of a year of birth alone, or a reference known to the year, two ages are possible: what both
    have in common is told.
    """
    cell, day = born_and_day
    if isinstance(cell, str) and (not cell or casefold(cell) in column.missing):
        return CellResult(_NO_AGE)
    born, exact = cell, True
    if isinstance(born, str):
        match = parse_day(column, (born,))
        if match is None:
            return CellResult(rule="bad_birth_date")
        born, form = match
        exact = any(mark in form for mark in _MONTH_MARKS)
    if day is None:
        return CellResult(_NO_AGE)
    exact = exact and day.precision == "month"
    years = day.day.year - born.year
    if exact:
        years -= (day.day.month, day.day.day) < (born.month, born.day)
    if not 0 <= years <= _OLDEST_AGE:
        return CellResult(rule="bad_birth_date")
    ages = [_of_age(years)] if exact else [_of_age(max(years - 1, 0)), _of_age(years)]
    bands, children = ({answer[at] for answer in ages} for at in (0, 1))
    return CellResult((_common(bands), _common(children)))


def _common(answers: set[str]) -> str:
    return answers.pop() if len(answers) == 1 else "unknown"


def child_of_band(band: str | None) -> str | None:
    """Child or adult as far as a band tells: 15 to 18 holds both."""
    return None if band is None else _CHILD_BY_BAND.get(band, "no")
