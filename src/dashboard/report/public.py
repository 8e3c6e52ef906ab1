"""What the public may read of an answer: no number from 1 to 9, no range that begins or ends there.

A public edition has the public's own units, but a range, a mean of earlier years or a difference
can still lie under ten. Such a number is said in words, and no cell, chart or picture holds it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard.exhibits.exhibit import Cell, Column
from dashboard.figures.plot import Number, Plot, Series
from dashboard.words import numbers
from dashboard.words.catalogue import say

#: Numbers under this and above nothing are told to nobody outside.
LEAST = 10
#: Units of what is no count of people or cases: a share of many tells of none of them alone.
_NO_COUNTS = ("%", "of 100")
_SMALL_RANGE = re.compile(r"(?<![\d০-৯.,–])[1-9১-৯]\s?–\s?([\d০-৯,]+)")


def is_small(value: float | None) -> bool:
    """Whether a number may not be told."""
    return value is not None and 0 < value < LEAST


def shown_plot(plot: Plot, lang: str) -> Plot:
    """A figure without the numbers, and without the ends of ranges, that may not be told."""

    def one(number: Number | None) -> Number | None:
        if number is None or is_small(number.value):
            return None
        return replace(
            number, low=number.value, high=number.value,
            text=in_text(number.text, lang), said=in_text(number.said, lang),
        )  # fmt: skip

    def each(found: Sequence[Number | None]) -> tuple[Number | None, ...]:
        return tuple(map(one, found))

    def band(found: Sequence[Number | None]) -> tuple[Number | None, ...]:
        """What is usual stays a band where both of its ends may be told."""
        told = (n and not (is_small(n.low) or is_small(n.high)) for n in found)
        return tuple(n if fit else None for n, fit in zip(found, told, strict=True))

    def series(old: Series) -> Series:
        return replace(
            old, numbers=each(old.numbers), expected=each(old.expected), usual=band(old.usual)
        )

    is_line = plot.form in ("lines", "panels")
    texts = tuple(
        say("report.under", lang, number=LEAST) if number and is_small(number.value) else text
        for text, number in zip(plot.texts, _numbers_of(plot), strict=False)
    )
    return replace(
        plot,
        series=tuple(map(series, plot.series)),
        totals=tuple(total for total in each(plot.totals) if total),
        texts=tuple(in_text(text, lang) for text in texts),
        usual=band(plot.usual) if is_line else each(plot.usual),
    )


def _numbers_of(plot: Plot) -> tuple[Number | None, ...]:
    return plot.totals or (plot.series[0].numbers if plot.series else ())


def shown_cell(cell: Cell, column: Column, row: Sequence[Cell], lang: str) -> Cell:
    """A cell of a table as the public may read it."""
    unit = column.unit
    is_count = column.is_value and unit not in _NO_COUNTS
    if is_count and isinstance(cell, int | float) and is_small(cell):
        return say("report.under", lang, number=LEAST)
    return in_text(cell, lang) if isinstance(cell, str) and column.is_value else cell


def in_text(text: str, lang: str) -> str:
    """A short text whose range ends or begins under ten: "3–16" reads "up to 16".

    >>> in_text("3–16 · 12 %", "en"), in_text("114–143", "en"), in_text("3–8", "en")
    ('up to 16 · 12 %', '114–143', 'under 10')
    """

    def said(found: re.Match[str]) -> str:
        high = int("".join(letter for letter in found[1] if letter.isdigit()))
        if is_small(high):
            return say("report.under", lang, number=LEAST)
        return say("report.up_to", lang, number=numbers.number(high, lang))

    return _SMALL_RANGE.sub(said, text)


def shown_map(figure: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The description of a map whose texts may be told."""

    def walked(value: Any) -> Any:
        if isinstance(value, str):
            return in_text(value, lang)
        if isinstance(value, Mapping):
            return {key: walked(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [walked(one) for one in value]
        return value

    return walked(figure)
