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
#: Marks of ``strptime`` that give at least the month, and the day; without any, only the year.
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
    """A day of the file, never stored; ``precision``: known to its "month" (or day), or "year"."""

    day: date
    precision: str


def names_day(column: Column) -> bool:
    """Whether every declared format of a column names a day, so that typed dates are days too."""
    return bool(column.formats) and all(_has_any(_DAY_MARKS, form) for form in column.formats)


def day(column: Column, cell: tuple[Cell, ...], today: date) -> CellResult[Day]:
    """The day that a cell writes, together with the cell of the column joined to it.

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
    written, date_format = match
    return _in_range(
        Day(written, "month" if _has_any(_MONTH_MARKS, date_format) else "year"), today
    )


def parse_day(column: Column, cell: tuple[Cell, ...]) -> tuple[date, str] | None:
    """The day of a cell's text, and the declared format that it has; None where it has none."""
    text = _text(cell)
    for date_format in column.formats:
        try:
            # A day of the calendar: no time zone is meant.
            return datetime.strptime(text, date_format).date(), date_format  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _has_any(marks: tuple[str, ...], date_format: str) -> bool:
    """Whether a format of ``strptime`` has one of some marks, such as %m."""
    return any(mark in date_format for mark in marks)


def _text(cell: tuple[Cell, ...]) -> str:
    """The text of a cell and that joined to it, with names of months and days in English."""
    text = " ".join(str(part) for part in cell if part != "")
    return in_english(text)


def in_english(text: str, language: OwnLanguage = OWN) -> str:
    """A text with names of months and days of the week of the country's language in English."""
    english_of, names = _own_names(language)

    def to_english(match: re.Match[str]) -> str:
        beside = text[: match.start()][-1:] + text[match.end() :][:1]
        is_part = any(unicodedata.category(sign)[0] in "LM" for sign in beside)
        return match[0] if is_part else english_of[casefold(match[0])]

    return names.sub(to_english, text)


@cache
def _own_names(language: OwnLanguage) -> tuple[dict[str, str], re.Pattern[str]]:
    """English name by each name of a language, casefolded, and a pattern that finds the latter."""
    english_of = {
        casefold(name): english
        for names, spelled in ((month_name[1:], language.months), (day_name, language.weekdays))
        for english, spellings in zip(names, spelled, strict=True)
        for name in spellings
    }
    longest_first = sorted(map(re.escape, english_of), key=len, reverse=True)
    return english_of, re.compile("|".join(longest_first), re.IGNORECASE)


def _in_range(day: Day, today: date) -> CellResult[Day]:
    """The day, or the rule that it breaks by lying in the future or before the year 2000."""
    if day.day > today:
        return CellResult(rule="future_month")
    return CellResult(rule="old_month") if day.day < _OLDEST else CellResult(day)


def month(day: Day | None, later: int = 0) -> str | None:
    """First day of the month of a day, or of the day ``later`` days after it, as YYYY-MM-DD."""
    if day is None:
        return None
    return (day.day + timedelta(days=later)).replace(day=1).isoformat()


def days_between(pair: tuple[Day | None, Day | None]) -> CellResult[str]:
    """Days from the first day to the second."""
    start, end = pair
    if start is None or end is None:
        return CellResult()
    count = (end.day - start.day).days
    return CellResult(str(count)) if count >= 0 else CellResult(rule="negative_days")


def age(column: Column, cell: Cell) -> CellResult[tuple[str, str]]:
    """Age band, and whether a child, of an age in whole years or a text declared to be one."""
    text = casefold(cell) if isinstance(cell, str) else "?"
    code = (column.values or {}).get(text)
    if code is not None and code in AGE_BAND:
        return CellResult((code, child_of_band(code) or "unknown"))
    text = code or text
    if not text or text in column.missing:
        return CellResult(_NO_AGE)
    years = whole_years(bare_number(text, column.around))
    if years is not None:
        return CellResult(_band_and_child(years))
    if column.others is not None:
        return CellResult(_NO_AGE, "other_value")
    return CellResult(rule="bad_age")


def whole_years(text: str) -> int | None:
    """An age in whole years; None for anything else."""
    years = whole_number(text)
    return years if years is not None and years <= _OLDEST_AGE else None


def _band_and_child(years: int) -> tuple[str, str]:
    """Code of the band of an age, and whether it is a child's: yes or no."""
    band = next(name for _, last, name in BANDS if years <= last)
    return band, "yes" if years < 18 else "no"


def age_on(column: Column, born_and_day: tuple[Cell, Day | None]) -> CellResult[tuple[str, str]]:
    """Age band, and whether a child, of who was born on a day, at the day of an event.

    Neither day is kept. Where either is known to the year alone, two ages are possible: what they
    do not share is ``unknown``.
    """
    cell, day = born_and_day
    if isinstance(cell, str) and (not cell or casefold(cell) in column.missing):
        return CellResult(_NO_AGE)
    born, exact = cell, True
    if isinstance(born, str):
        match = parse_day(column, (born,))
        if match is None:
            return CellResult(rule="bad_birth_date")
        born, date_format = match
        exact = _has_any(_MONTH_MARKS, date_format)
    if day is None:
        return CellResult(_NO_AGE)
    exact = exact and day.precision == "month"
    years = day.day.year - born.year
    if exact:
        years -= (day.day.month, day.day.day) < (born.month, born.day)
    if not 0 <= years <= _OLDEST_AGE:
        return CellResult(rule="bad_birth_date")
    ages = [years] if exact else [max(years - 1, 0), years]
    bands, children = map(set, zip(*map(_band_and_child, ages), strict=True))
    return CellResult((_common(bands), _common(children)))


def _common(answers: set[str]) -> str:
    return answers.pop() if len(answers) == 1 else "unknown"


def child_of_band(band: str | None) -> str | None:
    """Whether a band is of children: yes, no, or unknown for 15 to 18, which holds both."""
    return None if band is None else _CHILD_BY_BAND.get(band, "no")
