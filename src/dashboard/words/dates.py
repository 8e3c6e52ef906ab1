"""Months and periods in words: "Oct 2025 – Sep 2026"."""

from __future__ import annotations

from datetime import date

from dashboard.model.languages import digits
from dashboard.model.periods import Month, Span
from dashboard.words.catalogue import translate


def month(value: Month | date, lang: str) -> str:
    """A month in words: "Oct 2025"."""
    name = translate(f"dates.month_{value.month:02d}", lang)
    return translate("dates.month_and_year", lang, month=name, year=value.year)


def month_at_tick(value: date, lang: str) -> str:
    """A month beside an axis, where there is little room: "Oct 25"."""
    name = translate(f"dates.short_{value.month:02d}", lang)
    return translate("dates.month_at_tick", lang, month=name, year=digits(f"{value:%y}", lang))


def quarter(value: Month | date, lang: str) -> str:
    """The quarter of a month in words: "Q4 2025"."""
    return translate("dates.quarter", lang, quarter=(value.month + 2) // 3, year=value.year)


def quarter_at_tick(value: date, lang: str) -> str:
    """A quarter beside an axis, where there is little room: "Q4 25"."""
    year = digits(f"{value:%y}", lang)
    return translate("dates.quarter_at_tick", lang, quarter=(value.month + 2) // 3, year=year)


def month_of_year(number: int, lang: str) -> str:
    """A month of any year beside an axis: "Oct"."""
    return translate(f"dates.short_{number:02d}", lang)


def quarter_of_year(number: int, lang: str) -> str:
    """A quarter of any year, 1 to 4, by its months: "Oct – Dec"."""
    start = translate(f"dates.month_{3 * number - 2:02d}", lang)
    return translate(
        "dates.period", lang, start=start, end=translate(f"dates.month_{3 * number:02d}", lang)
    )


def day(value: date, lang: str) -> str:
    """A day in words: "30 Sep 2026"."""
    return translate("dates.day", lang, day=value.day, month=month(value, lang))


def period(span: Span, lang: str) -> str:
    """A period in words: "Oct 2025", "Jul – Sep 2025", or "Oct 2025 – Sep 2026"."""
    if span.months == 1:
        return month(span.start, lang)
    if span.start.year == span.end.year:
        start = translate(f"dates.month_{span.start.month:02d}", lang)
    else:
        start = month(span.start, lang)
    return translate("dates.period", lang, start=start, end=month(span.end, lang))
