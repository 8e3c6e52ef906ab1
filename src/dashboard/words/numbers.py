"""Numbers in words, and the rules of protection about how exactly they may be read.

A part of a protected total reads "about 27", less than two bases "a few", 0 "none or very few";
shares are coarse where numbers are small. Base 1 means that nothing is protected: then all are
exact.
"""

from __future__ import annotations

from math import ceil

from dashboard.model.languages import digits
from dashboard.model.protection import (
    COARSE_STEP,
    FEWEST_FOR_SHARE,
    FEWEST_FOR_WHOLE_PERCENT,
    is_few,
    is_protected,
)
from dashboard.words.catalogue import say

#: What sums of floats may be above a whole number by rounding alone.
_TINY = 1e-9


def number(value: int, lang: str) -> str:
    """A number with thousands separated: "1,285", "১,২৮৫".

    Grouped by thousands in every language: the working group writes its figures so, and a number
    must read the same beside the English sheet. Lakh grouping (1,28,500) is not used.
    """
    return digits(f"{value:,}", lang)


def about(value: int, base: int, lang: str) -> str:
    """A part of a total in words: "about 27", "a few", "none or very few"; exact at base 1."""
    if not is_protected(base):
        return number(value, lang)
    if value == 0:
        return say("numbers.none_or_very_few", lang)
    if is_few(value, base):
        return say("numbers.a_few", lang)
    return say("numbers.about", lang, number=number(value, lang))


def at_mark(value: int, base: int, lang: str) -> str:
    """A number at its bar, line or cell, where the note stands below: "27", "a few", "0"."""
    return about(value, base, lang) if is_few(value, base) else number(value, lang)


def at_cell(value: int, base: int, lang: str) -> str:
    """The same where no note stands below: zero is said in words too."""
    return at_mark(value, base, lang) if value else about(value, base, lang)


def span(low: int, high: int, lang: str) -> str:
    """A range of numbers where there is little room: "5–13"."""
    if low == high:
        return number(low, lang)
    return say("numbers.span", lang, low=number(low, lang), high=number(high, lang))


def few_between(low: int, high: int, lang: str) -> str:
    """A few, with what that may be: "a few, 0–11"."""
    return say("numbers.a_few_between", lang, range=span(low, high, lang))


def up(value: float) -> int:
    """An expected error in whole events, never said smaller than it is."""
    return ceil(value - _TINY)


def give_or_take(error: float) -> dict[str, int]:
    """An expected error as a phrase takes it: in most numbers, and the ``double`` in nearly all."""
    return {"error": up(error), "double": up(2 * error)}


def percent(part: int, whole: int, base: int) -> int | None:
    """A share in percent, as exactly as it may be said, or None where it may not.

    Protected: none of few, coarse steps of more, whole percent of many.
    """
    if whole <= 0 or (is_protected(base) and whole < FEWEST_FOR_SHARE):
        return None
    step = COARSE_STEP if is_protected(base) and whole < FEWEST_FOR_WHOLE_PERCENT else 1
    return step * ((200 * part + step * whole) // (2 * step * whole))


def share(part: int, whole: int, base: int, lang: str) -> str | None:
    """A share in words: "45 %", or None where it may not be said."""
    value = percent(part, whole, base)
    return None if value is None else say("numbers.percent", lang, number=value)
