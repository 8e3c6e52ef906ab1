"""Queries: the questions that exhibits put to the units of a release, in SQL.

Each function takes an open release, a fact and what the reader chose, and gives plain rows. All
values are bound; all names come from the registry. What rows mean to a reader is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any

from dashboard.filters import Clause, Filters, clause
from dashboard.model import codes
from dashboard.model.facts import Fact
from dashboard.model.periods import Month, Span
from dashboard.release.once import Latest
from dashboard.release.open_release import Release

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Gathered:
    """A column of a fact whose codes are counted in groups.

    Attributes:
        column: The column; of a set each group counts once.
        groups: Group of each code that has one.
        rest: What a code without a group counts under; under itself where this is None.
        missing: What no code at all counts under; the code of a set is never missing.
    """

    column: str
    groups: Mapping[str, str] = field(hash=False)
    rest: str | None = None
    missing: str | None = None

    @property
    def pairs(self) -> tuple[list[str], list[str]]:
        """Codes with a group, and their groups, as a statement takes them."""
        return list(self.groups), list(self.groups.values())


#: What a fact is counted by: a column, or its groups.
By = str | Gathered


def column_of(by: By) -> str:
    """The column that a fact is counted by."""
    return by if isinstance(by, str) else by.column


def group_of(by: By, code: str | None) -> str | None:
    """The group that a code counts in, as statements put it: a code of a set is never missing."""
    if isinstance(by, str):
        return code
    if code is None:
        return by.missing
    return by.groups.get(code, code if by.rest is None else by.rest)


def countable(fact: Fact, name: str) -> str:
    """A column of a fact that it can be counted by.

    Raises:
        KeyError: If the fact has no such column.
    """
    if name == "size" or all(name != column for column, _ in fact.columns):
        raise KeyError(f"{fact.id} cannot be counted by {name!r}")
    return name


def is_set(fact: Fact, column: str) -> bool:
    """Whether a column holds sets of codes, each of which counts."""
    return column in fact and fact[column].kind.many


@dataclass(frozen=True)
class Stretches:
    """Stretches of months of one length, one after the other.

    Attributes:
        span: All of them.
        months: Length of each.

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
    asked = clause(fact, filters, period)
    sql = f"SELECT coalesce(sum(size), 0)::BIGINT FROM {fact.id} WHERE {asked.sql}"  # noqa: S608
    return int(_rows(release, sql, asked.values)[0][0])


def counts(
    release: Release, fact: Fact, filters: Filters, period: Span, by: Sequence[By]
) -> list[Row]:
    """Number of events per value, or per combination of values.

    A set counts once under each of its codes, and an empty one under none.

    Args:
        release: The open release.
        fact: What to count.
        filters: What the reader chose.
        period: Months to count.
        by: Columns of the fact, parents of its places among them, or groups of their codes.

    Returns:
        Rows of one value per column of ``by``, then the size; largest first.

    Raises:
        KeyError: If the fact has no such column.
    """
    return _rows(release, *_grouped(fact, clause(fact, filters, period), tuple(by)))


def whole_sets(
    release: Release, fact: Fact, filters: Filters, period: Span, by: Sequence[str]
) -> list[Row]:
    """Number of events per combination of values, where a set is one value.

    Args:
        release: The open release.
        fact: What to count.
        filters: What the reader chose.
        period: Months to count.
        by: Columns of the fact, parents of its places among them.

    Returns:
        Rows of one value per column of ``by``, a set as a list or None, then the size; largest
        first.

    Raises:
        KeyError: If the fact has no such column.
    """
    asked = clause(fact, filters, period)
    columns = ", ".join(countable(fact, name) for name in by)
    numbers = ", ".join(str(index + 1) for index in range(len(by)))
    return _rows(
        release,
        f"""SELECT {columns}, sum(size)::BIGINT AS total FROM {fact.id} WHERE {asked.sql}
        GROUP BY {numbers} ORDER BY total DESC, {numbers}""",  # noqa: S608
        asked.values,
    )


def answered(release: Release, fact: Fact, filters: Filters, period: Span, dimension: str) -> int:
    """Events with any answer in a dimension: CTDC's denominator. "Unknown" is no answer."""
    return known_sizes(release, fact, filters, period, (dimension,))[0]


def known_sizes(
    release: Release, fact: Fact, filters: Filters, period: Span, dimensions: Sequence[str]
) -> tuple[int, ...]:
    """Events with any answer in each of several dimensions, in their order."""
    asked = clause(fact, filters, period)
    sums = ", ".join(
        f"coalesce(sum(size) FILTER ({_known(fact, countable(fact, name))}), 0)::BIGINT"
        for name in dimensions
    )
    (row,) = _rows(release, f"SELECT {sums} FROM {fact.id} WHERE {asked.sql}", asked.values)  # noqa: S608
    return tuple(int(size) for size in row)


def coverage(release: Release, span: Span) -> list[tuple[date, str]]:
    """Month and band of partners that reported, in order of time."""
    return [
        (month, band)
        for month, band in _rows(
            release,
            "SELECT month, reporting_band FROM coverage WHERE month BETWEEN ? AND ? ORDER BY month",
            [span.start.first_day, span.end.first_day],
        )
    ]


def series(
    release: Release, fact: Fact, filters: Filters, span: Span, by: Sequence[By] = ()
) -> list[Row]:
    """Number of events per period of the fact, in order of time; empty periods are 0.

    Returns:
        Rows of the period's first day, one value per column of ``by``, then the size. Each
        combination that occurs in the span has a row in each period. Periods outside the
        release have none.
    """
    known = span.clipped(release.span)
    if known is None:
        return []
    asked = clause(fact, filters, known)
    rows = _rows(release, *_grouped(fact, asked, (fact.time.name, *by)))
    sizes = {row[:-1]: int(row[-1]) for row in rows}
    groups = dict.fromkeys(row[1:-1] for row in rows) or ({} if by else {(): None})
    return [
        (start, *group, sizes.get((start, *group), 0))
        for start, group in product(period_starts(fact, known), groups)
    ]


def period_starts(fact: Fact, span: Span) -> tuple[date, ...]:
    """First days of the fact's periods in a span, widened to whole ones."""
    step = 1 if fact.grain == "month" else 3
    months: list[Month] = list(span.snapped(fact.grain))[::step]
    return tuple(month.first_day for month in months)


def shown_roles(filters: Filters) -> Filters:
    """Filters of a map or a ranking of places: no checkpoints unless they are asked for.

    An interception or a disembarkation says where people were stopped, not where it happened.
    """
    return (
        filters if filters.codes_of("role") else filters.with_codes("role", codes.SHOWN_PLACE_ROLES)
    )


def _grouped(fact: Fact, asked: Clause, by: tuple[By, ...]) -> tuple[str, tuple[object, ...]]:
    listed, own = _listed(fact, by)
    source, within = _each_code(fact, asked, by)
    columns = ", ".join((*listed, "sum(size)::BIGINT AS total"))
    numbers = ", ".join(str(index + 1) for index in range(len(by)))
    grouping = f" GROUP BY {numbers} ORDER BY total DESC, {numbers}" if by else ""
    return f"SELECT {columns} FROM {source}{grouping}", (*own, *within)  # noqa: S608


def _listed(fact: Fact, by: Sequence[By]) -> tuple[list[str], list[object]]:
    """The columns of a statement, each under its own name, with the values that they bind."""
    columns: list[str] = []
    values: list[object] = []
    for entry in by:
        name = countable(fact, column_of(entry))
        if isinstance(entry, str) or is_set(fact, name):  # a set has its groups already
            columns.append(name)
        else:
            grouped, bound = _in_groups(entry, name)
            columns.append(f"CASE WHEN {name} IS NULL THEN ? ELSE {grouped} END AS {name}")
            values += [entry.missing, *bound]
    return columns, values


def _in_groups(by: Gathered, code: str) -> tuple[str, list[object]]:
    """The group of a code, with the values to bind."""
    if by.rest is None:
        return f"coalesce(map(?::VARCHAR[], ?::VARCHAR[])[{code}], {code})", [*by.pairs]
    return f"coalesce(map(?::VARCHAR[], ?::VARCHAR[])[{code}], ?)", [*by.pairs, by.rest]


def _each_code(fact: Fact, asked: Clause, by: Sequence[By]) -> tuple[str, tuple[object, ...]]:
    """Units that were asked for, one for each code or group of those that are sets.

    Args:
        fact: The fact.
        asked: Which units.
        by: What they are counted by.

    Returns:
        What stands behind FROM, and the values to bind.
    """
    source, values = f"{fact.id} WHERE {asked.sql}", asked.values
    columns = [column_of(entry) for entry in by]
    for entry, name in zip(by, columns, strict=True):
        if is_set(fact, name):
            # One level a set: two unnested side by side would be paired, not combined.
            kept = ", ".join(other for other in dict.fromkeys((*columns, "size")) if other != name)
            listed, bound = name, []
            if not isinstance(entry, str):
                grouped, bound = _in_groups(entry, "code")
                listed = f"list_transform({name}, lambda code: {grouped})"
            source = f"(SELECT unnest(list_distinct({listed})) AS {name}, {kept} FROM {source})"  # noqa: S608
            values = (*bound, *values)
    return source, values


#: Rows of the latest statements, by statement and values: exhibits of a page ask the same.
_LATEST: Latest[list[Row]] = Latest(1500)
#: Rows of an answer that is kept at most.
_KEPT = 400


def _rows(release: Release, sql: str, values: Sequence[object] = ()) -> list[Row]:
    """Rows of a statement; a release never changes, so they are those of the last time."""
    asked = (sql, repr(values))
    rows = _LATEST.get(release, asked)
    if rows is None:
        rows = release.query(sql, values)
        if len(rows) <= _KEPT:
            _LATEST.keep(release, asked, rows)
    return rows


def _known(fact: Fact, column: str) -> str:
    if is_set(fact, column):
        return f"len(list_filter({column}, lambda code: code <> 'unknown')) > 0"
    return f"{column} <> 'unknown'"
