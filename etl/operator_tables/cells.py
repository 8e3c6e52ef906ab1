"""Cells: how each sort of cell of a handed table is read, and how it is written.

A reader gets the text of a cell and raises ``BrokenRule`` where it is none of its sort. Which
column holds which sort is decided in ``kinds``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from types import MappingProxyType

from dashboard.model.codes import SERVICE
from dashboard.model.codes.code_list import CodeList
from dashboard.model.country import COUNTRY_LEVEL, PACK
from dashboard.model.normalise import casefold, normalise
from dashboard.model.periods import Month, Span
from dashboard.model.target import MEASURED
from dashboard.model.written_text import faults_of, spaced
from etl.operator_tables.kind import BrokenRule, Reference

_NO_WORD = re.compile(r"[^\w]+|_+")
#: A number of more digits is none that any table holds.
_DIGITS = 11
_FLAGS: Mapping[str, bool] = MappingProxyType(
    {"yes": True, "true": True, "no": False, "false": False}
)


def cell_text(value: object) -> str:
    """A value as the text of a cell, which is read as the same value again."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def one_of(codes: CodeList) -> Callable[[str, Reference], str]:
    """A reader of a code of a list."""

    def read(text: str, _: Reference) -> str:
        code = normalise(text)
        if code not in codes:
            raise BrokenRule("unknown_code", f"It is one of {', '.join(codes.values)}.")
        return code

    return read


def area_of(levels: Collection[str]) -> Callable[[str, Reference], str]:
    """A reader of the code of a place of some levels; of countries, that of the pack alone."""

    def read(text: str, reference: Reference) -> str:
        code = normalise(text).upper()
        level = reference.level(code)
        if level not in levels or (level == COUNTRY_LEVEL and code != PACK.code):
            raise BrokenRule("unknown_place")
        return code

    return read


def any_place(text: str, reference: Reference) -> str:
    """The code of any place, "" for everywhere."""
    code = normalise(text)
    if code and code not in reference.places:
        raise BrokenRule("unknown_place")
    return code


def partner(text: str, reference: Reference) -> str:
    """The code of a partner that has sent files, as the register has it."""
    code = normalise(text)
    for registered in reference.partners:
        if code and normalise(registered) == code:
            return registered
    raise BrokenRule("unknown_partner")


def whole(least: int, most: int) -> Callable[[str, Reference], int]:
    """A reader of a whole number from the least to the most."""

    def read(text: str, _: Reference) -> int:
        digits = normalise(text)
        is_whole = digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS
        if not is_whole or not least <= int(digits) <= most:
            raise BrokenRule("bad_count", f"It is one from {least} to {most}.")
        return int(digits)

    return read


def year(text: str, reference: Reference) -> int:
    """A year from 1950 to the present one."""
    digits = normalise(text)
    if not re.fullmatch("[0-9]{4}", digits) or not 1950 <= int(digits) <= reference.today.year:  # noqa: PLR2004 - as the rule says
        raise BrokenRule("bad_year")
    return int(digits)


def day(text: str, reference: Reference) -> date:
    """A day that has come, YYYY-MM-DD."""
    try:
        parsed = date.fromisoformat(normalise(text))
    except ValueError:
        raise BrokenRule("bad_day") from None
    if parsed > reference.today:
        raise BrokenRule("future_day")
    return parsed


def month(text: str, _: Reference) -> Month:
    """A month, YYYY-MM."""
    try:
        return Month.parse(normalise(text))
    except ValueError:
        raise BrokenRule("bad_month", "It is written YYYY-MM.") from None


def month_or_none(text: str, reference: Reference) -> Month | None:
    """A month, or None where the cell is empty."""
    return month(text, reference) if text else None


def months(text: str, _: Reference) -> Span:
    """Months, YYYY-MM..YYYY-MM."""
    try:
        return Span.parse(normalise(text))
    except ValueError:
        raise BrokenRule("bad_period") from None


def flag(text: str, _: Reference) -> bool:
    """Yes or no."""
    try:
        return _FLAGS[casefold(text)]
    except KeyError:
        raise BrokenRule("bad_flag") from None


def as_it_is(text: str, _: Reference) -> str:
    """A text that ``shapes`` has written."""
    return text


def indicator(text: str, reference: Reference) -> str:
    """An indicator that may have targets, with a dot and a service where it is of one."""
    name, dot, service = normalise(text).partition(".")
    if name not in MEASURED:
        raise BrokenRule("unknown_code", f"It is one of {', '.join(MEASURED)}.")
    if dot and not MEASURED[name].by_service:
        raise BrokenRule("no_service")
    return f"{name}.{one_of(SERVICE)(service, reference)}" if dot else name


def sentence(
    longest: int, *, may_be_empty: bool = False, may_name_partners: bool = False
) -> Callable[[str, Reference], str]:
    """A reader of a text that everybody reads: it names no person, nor a partner unless it may."""

    def read(text: str, reference: Reference) -> str:
        for rule in faults_of(text, longest):
            raise BrokenRule(rule, f"At most {longest} characters." if rule == "long_text" else "")
        if not spaced(text) and not may_be_empty:
            raise BrokenRule("empty_text")
        words = _as_words(text)
        if not may_name_partners and any(_as_words(name) in words for name in reference.partners):
            raise BrokenRule("partner_named")
        return spaced(text)

    return read


def _as_words(text: str) -> str:
    """The words of a text, each between single spaces, without punctuation."""
    return f" {_NO_WORD.sub(' ', casefold(text)).strip()} "
