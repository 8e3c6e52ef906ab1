"""Months and periods in words: "Oct 2025 – Sep 2026"."""

from __future__ import annotations

from datetime import date

from dashboard.model.periods import Month, Span
from dashboard.words.catalogue import say


def month(value: Month | date, lang: str) -> str:
    """A month in words: "Oct 2025"."""
    name = say(f"dates.month_{value.month:02d}", lang)
    return say("dates.month_and_year", lang, month=name, year=value.year)


def day(value: date, lang: str) -> str:
    """A day in words: "30 Sep 2026"."""
    return say("dates.day", lang, day=value.day, month=month(value, lang))


def period(span: Span, lang: str) -> str:
    """A period in words: "Oct 2025", "Jul – Sep 2025", or "Oct 2025 – Sep 2026"."""
    if span.months == 1:
        return month(span.start, lang)
    if span.start.year == span.end.year:
        start = say(f"dates.month_{span.start.month:02d}", lang)
    else:
        start = month(span.start, lang)
    return say("dates.period", lang, start=start, end=month(span.end, lang))
