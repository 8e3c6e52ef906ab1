"""Months, quarters and spans of months: the only time units of the product.

Days never belong here: the gate reduces every date to its month.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

Grain = Literal["month", "quarter"]

_YEAR = 12
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_QUARTER = re.compile(r"(\d{4})-Q([1-4])", re.ASCII)


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month.

    Attributes:
        year: Four-digit year, 1900 to 2999.
        month: 1 to 12.

    Raises:
        ValueError: If year or month is out of range.
    """

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1900 <= self.year <= 2999 and 1 <= self.month <= 12):
            raise ValueError(f"not a month: {self.year}-{self.month}")

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read ``YYYY-MM``; raise ValueError for anything else."""
        match = _MONTH.fullmatch(text)
        if match is None:
            raise ValueError(f"not a month (YYYY-MM): {text!r}")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that holds a day."""
        return _numbered(day.year * _YEAR + day.month - 1)

    @property
    def first_day(self) -> date:
        """First day, the way a month is stored."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """Last day, for files that give a period by its two ends."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def quarter_start(self) -> Month:
        """First month of the calendar quarter."""
        return self.step_start(3)

    def step_start(self, months: int) -> Month:
        """First month of the step that holds it: a quarter of 3 months or a year of 12."""
        return self.plus(-((self.month - 1) % months))

    @property
    def quarter(self) -> str:
        """The calendar quarter as files write it: ``2026-Q3``."""
        return f"{self.year}-Q{(self.month + 2) // 3}"

    def plus(self, months: int) -> Month:
        """The month so many months later (or earlier when negative)."""
        return _numbered(self.year * _YEAR + self.month - 1 + months)

    def minus(self, other: Month) -> int:
        """Number of months from ``other`` to this month."""
        return (self.year - other.year) * _YEAR + self.month - other.month

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@lru_cache(maxsize=2048)
def _numbered(number: int) -> Month:
    """The month of a number of months since the year 0; a page asks for the same few often."""
    return Month(number // _YEAR, number % _YEAR + 1)


@dataclass(frozen=True)
class Span:
    """A run of months, both ends included.

    Raises:
        ValueError: If the end lies before the start.
    """

    start: Month
    end: Month

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"period ends before it starts: {self}")

    @classmethod
    def parse(cls, text: str) -> Span:
        """Read ``YYYY-MM..YYYY-MM`` or a single ``YYYY-MM``; raise ValueError otherwise."""
        start, dots, end = text.partition("..")
        return cls(Month.parse(start), Month.parse(end if dots else start))

    @classmethod
    def named(cls, text: str) -> Span:
        """A period as files write it: ``2026-07``, ``2026-Q3``, ``2026``; ValueError for all else.

        >>> str(Span.named("2026-Q3")), str(Span.named("2026"))
        ('2026-07..2026-09', '2026-01..2026-12')
        """
        match = _QUARTER.fullmatch(text)
        if match is None:
            whole = f"{text}-01..{text}-12" if len(text) == len("2026") else text
            return cls.parse(whole)
        return cls.last(3, until=Month(int(match[1]), 3 * int(match[2])))

    @classmethod
    def last(cls, months: int, *, until: Month) -> Span:
        """The last so many months up to and including ``until``."""
        return cls(until.plus(1 - months), until)

    @property
    def months(self) -> int:
        """Length in months."""
        return self.end.minus(self.start) + 1

    def __iter__(self) -> Iterator[Month]:
        return (self.start.plus(step) for step in range(self.months))

    def snapped(self, grain: Grain) -> Span:
        """This span widened outward to whole months or quarters."""
        if grain == "month":
            return self
        return Span(self.start.quarter_start, self.end.quarter_start.plus(2))

    def whole(self, grain: Grain) -> Span | None:
        """This span narrowed to whole months or quarters; None where it holds none.

        >>> str(Span.parse("2026-02..2026-08").whole("quarter"))
        '2026-04..2026-06'
        """
        if grain == "month":
            return self
        start = self.start.plus(2).quarter_start
        end = self.end.plus(1).quarter_start.plus(-1)
        return Span(start, end) if start <= end else None

    def in_steps(self, months: int, other: Span) -> Span | None:
        """The quarters (3 months) or calendar years (12) that it touches and another holds whole.

        >>> other = Span.parse("2023-10..2026-09")
        >>> str(Span.parse("2025-02..2025-08").in_steps(3, other))
        '2025-01..2025-09'
        >>> str(Span.parse("2023-10..2026-09").in_steps(12, other))
        '2024-01..2025-12'
        """
        first = max(self.start, other.start.plus(months - 1)).step_start(months)
        last = self.end.step_start(months).plus(months - 1)
        last = min(last, other.end.plus(1).step_start(months).plus(-1))
        return Span(first, last) if first <= last else None

    def previous(self) -> Span:
        """The span of the same length that ends just before this one."""
        return Span(self.start.plus(-self.months), self.start.plus(-1))

    def following(self) -> Span:
        """The span of the same length that begins just after this one."""
        return Span(self.end.plus(1), self.end.plus(self.months))

    def last_year(self) -> Span:
        """The same months one year earlier."""
        return Span(self.start.plus(-12), self.end.plus(-12))

    @property
    def ends_quarter(self) -> bool:
        """Whether a calendar quarter ends with it."""
        return self.end == self.end.quarter_start.plus(2)

    def within(self, other: Span) -> bool:
        """Whether every month of this span lies in the other."""
        return other.start <= self.start and self.end <= other.end

    def clipped(self, other: Span) -> Span | None:
        """The part that lies in the other span, or None."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Span(start, end) if start <= end else None

    def meets(self, other: Span) -> bool:
        """Whether any month is in both."""
        return self.start <= other.end and other.start <= self.end

    def __str__(self) -> str:
        return f"{self.start}..{self.end}"
