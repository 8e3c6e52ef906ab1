"""Queries: the questions that exhibits put to the units of a release.

Each function takes an open release, a fact and what the reader chose, and gives plain rows. What is
counted by columns of a fact is added up in memory (``columns``). What rows mean to a reader is not
known here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any, TypeVar

import numpy as np

from dashboard.columns import Columns
from dashboard.filters import Filters, conditions, inapplicable
from dashboard.model import codes
from dashboard.model.counted_by import By
from dashboard.model.country import REGION, SITE
from dashboard.model.facts import Fact
from dashboard.model.periods import Month, Span
from dashboard.release.cached import Latest
from dashboard.release.open_release import Release

Row = tuple[Any, ...]
#: What numbers count under.
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Stretches:
    """Stretches of months of one length, one after the other.

    Attributes:
        span: All of them.
        months: How many months each of them has.

    Raises:
        ValueError: If the span is not made of whole ones.
    """

    span: Span
    months: int

    def __post_init__(self) -> None:
        if self.span.months % self.months:
            raise ValueError(f"{self.span} is not made of stretches of {self.months} months")

    @classmethod
    def like(cls, period: Span, within: Span) -> Stretches:
        """A period and those of its length before and after it that lie whole in a span.

        >>> three_years = Span.parse("2023-01..2025-12")
        >>> str(Stretches.like(Span.parse("2025-05..2025-08"), three_years).span)
        '2023-01..2025-12'
        >>> str(Stretches.like(Span.parse("2024-11..2025-10"), three_years).span)
        '2023-11..2025-10'
        """
        months = period.months
        before = max(period.start.minus(within.start), 0) // months
        after = max(within.end.minus(period.end), 0) // months
        whole = Span(period.start.plus(-before * months), period.end.plus(after * months))
        return cls(whole, months)

    @property
    def number(self) -> int:
        """How many there are."""
        return self.span.months // self.months


def total(release: Release, fact: Fact, filters: Filters, period: Span) -> int:
    """Number of events of a fact in a period."""
    return int(_cached_counts(release, fact, filters, period, ())[0][0])


def counts(
    release: Release, fact: Fact, filters: Filters, period: Span, by: Sequence[By]
) -> list[Row]:
    """Number of events per value, or per combination of values.

    A set counts once under each of its codes, and an empty one under none, unless it is whole.

    Args:
        release: The open release.
        fact: What to count.
        filters: What the reader chose.
        period: Months to count.
        by: Columns of the fact, parents of its places among them, groups of their codes, or whole
            sets.

    Returns:
        Rows of one value per column of ``by``, then the size; largest first.

    Raises:
        KeyError: If the fact has no such column, or no sets in one that is to be whole.
    """
    return _cached_counts(release, fact, filters, period, tuple(by))


def summed(rows: Iterable[Row], key: Callable[..., Key]) -> Counter[Key]:
    """Sums of the last values of rows, the sizes, by the key that their other values give.

    >>> summed([("dhaka", "yes", 30), ("sylhet", "yes", 20)], lambda place, child: child)
    Counter({'yes': 50})
    """
    sums = Counter[Key]()
    for *values, size in rows:
        sums[key(*values)] += size
    return sums


def answered(release: Release, fact: Fact, filters: Filters, period: Span, dimension: str) -> int:
    """Events with any answer in a dimension: CTDC's denominator. "Unknown" is no answer."""
    return known_sizes(release, fact, filters, period, (dimension,))[0]


def known_sizes(
    release: Release, fact: Fact, filters: Filters, period: Span, dimensions: Sequence[str]
) -> tuple[int, ...]:
    """Events with any answer in each of several dimensions, in their order."""
    units = Columns(release, fact, fact.id)
    rows = units.rows(filters, period)
    sizes = units.values("size")[rows]
    return tuple(int(sizes @ units.answered(name)[rows]) for name in dimensions)


def coverage(release: Release, span: Span) -> list[tuple[date, str]]:
    """Month and band of partners that reported, in order of time."""
    first, last = span.start.first_day, span.end.first_day
    bands: list[Row] = release.once_forever(
        "coverage",
        lambda: release.query("SELECT month, reporting_band FROM coverage ORDER BY month"),
    )
    return [(month, band) for month, band in bands if first <= month <= last]


def series(
    release: Release, fact: Fact, filters: Filters, span: Span, by: Sequence[By] = ()
) -> list[Row]:
    """Number of events per period of the fact, in order of time; empty periods are 0.

    Returns:
        Rows of the period's first day, one value per column of ``by``, then the size. Each
        combination that occurs in the span has a row in each period. Periods outside the
        release have none.
    """
    inside = span.clipped(release.span)
    if inside is None:
        return []
    rows = _cached_counts(release, fact, filters, inside, (fact.time.name, *by))
    sizes = {row[:-1]: int(row[-1]) for row in rows}
    groups = dict.fromkeys(row[1:-1] for row in rows) or ({} if by else {(): None})
    return [
        (start, *group, sizes.get((start, *group), 0))
        for start, group in product(period_starts(fact, inside), groups)
    ]


def period_starts(fact: Fact, span: Span) -> tuple[date, ...]:
    """First days of the fact's periods in a span, widened to whole ones."""
    step = 1 if fact.grain == "month" else 3
    months: list[Month] = list(span.snapped(fact.grain))[::step]
    return tuple(month.first_day for month in months)


def unkept(release: Release, fact: Fact, filters: Filters) -> tuple[str, ...]:
    """Names of active filters that a fact cannot serve; "site" where its places are coarser."""
    places = map(release.places.get, filters.codes_of("area"))
    is_fine = any(place and place.level in (REGION, SITE) for place in places)
    sites = ("site",) if is_fine and "area" in fact.filters and not fact.has_sites else ()
    return (*inapplicable(fact, filters), *sites)


def shown_roles(filters: Filters) -> Filters:
    """The filters of maps and rankings: the place roles that these show, unless some are chosen.

    An interception or a disembarkation says where people were stopped, not where it happened.
    """
    if filters.codes_of("role"):
        return filters
    return filters.with_codes("role", codes.SHOWN_PLACE_ROLES)


#: Rows of the latest counts: exhibits of a page ask the same.
_LATEST: Latest[list[Row]] = Latest(1500)
#: Rows of an answer that is kept at most.
_MOST_CACHED = 400


def _cached_counts(
    release: Release, fact: Fact, filters: Filters, period: Span, by: tuple[By, ...]
) -> list[Row]:
    """Rows of values and a size, the largest first, from the cache where it has them."""
    key = fact.id, conditions(fact, filters), period.snapped(fact.grain), by
    rows = _LATEST.get(release, key)
    if rows is None:
        rows = _count(release, fact, filters, period, by)
        if len(rows) <= _MOST_CACHED:
            _LATEST.store(release, key, rows)
    return rows


def _count(
    release: Release, fact: Fact, filters: Filters, period: Span, by: tuple[By, ...]
) -> list[Row]:
    """Sums of sizes by codes, counted anew: rows of the codes and their sum, the largest first."""
    units = Columns(release, fact, fact.id)
    groups = [units.group_numbers(entry) for entry in by]
    rows, keys = units.by_group(units.rows(filters, period), by, groups)
    sizes = units.values("size")[rows]
    if not by:
        return [(int(sizes.sum()),)]
    cells, cell_of_row = np.unique(keys, return_inverse=True)
    # Sums of weights are floats; those of events are whole.
    totals = np.bincount(cell_of_row, sizes, minlength=len(cells)).astype(np.int64).tolist()
    columns: list[list[Any]] = []
    for numbers in reversed(groups):
        cells, lowest_digit = np.divmod(cells, max(len(numbers), 1))
        values = list(numbers)
        columns.insert(0, [values[number] for number in lowest_digit.tolist()])
    return sorted(zip(*columns, totals, strict=True), key=_most_first)


def _most_first(row: Row) -> tuple[Any, ...]:
    """The order of rows of counts: by size, then by each value, rows without a value last."""
    return -row[-1], *((value is None, value) for value in row[:-1])
