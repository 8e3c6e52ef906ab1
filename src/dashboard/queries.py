"""Queries: the questions that exhibits put to the units of a release, in SQL.

Each function takes an open release, a fact and what the reader chose, and gives plain rows. All
values are bound; all names come from the registry. What rows mean to a reader is not known here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import product
from typing import Any

from dashboard.filters import Clause, Filters, clause
from dashboard.model import codes
from dashboard.model.cuts import cut
from dashboard.model.facts import Fact
from dashboard.model.periods import Month, Span
from dashboard.release.open_release import Release

Row = tuple[Any, ...]


def total(release: Release, fact: Fact, filters: Filters, period: Span) -> int:
    """Number of events of a fact in a period."""
    asked = clause(fact, filters, period)
    sql = f"SELECT coalesce(sum(size), 0)::BIGINT FROM {fact.id} WHERE {asked.sql}"  # noqa: S608
    return int(release.query(sql, asked.values)[0][0])


def counts(
    release: Release, fact: Fact, filters: Filters, period: Span, by: Sequence[str]
) -> list[Row]:
    """Number of events per value, or per combination of values.

    A set counts once under each of its codes, and an empty one under none.

    Args:
        release: The open release.
        fact: What to count.
        filters: What the reader chose.
        period: Months to count.
        by: Columns of the fact, parents of its places among them.

    Returns:
        Rows of one value per column of ``by``, then the size; largest first.

    Raises:
        KeyError: If the fact has no such column.
    """
    return release.query(*_grouped(fact, clause(fact, filters, period), tuple(by)))


def answered(release: Release, fact: Fact, filters: Filters, period: Span, dimension: str) -> int:
    """Events with any answer in a dimension: CTDC's denominator. "Unknown" is no answer."""
    return known_sizes(release, fact, filters, period, (dimension,))[0]


def known_sizes(
    release: Release, fact: Fact, filters: Filters, period: Span, dimensions: Sequence[str]
) -> tuple[int, ...]:
    """Events with any answer in each of several dimensions, in their order."""
    asked = clause(fact, filters, period)
    sums = ", ".join(
        f"coalesce(sum(size) FILTER ({_known(fact, _column(fact, name))}), 0)::BIGINT"
        for name in dimensions
    )
    (row,) = release.query(f"SELECT {sums} FROM {fact.id} WHERE {asked.sql}", asked.values)  # noqa: S608
    return tuple(int(size) for size in row)


def coverage(release: Release, span: Span) -> list[tuple[date, str]]:
    """Month and band of partners that reported, in order of time."""
    return [
        (month, band)
        for month, band in release.query(
            "SELECT month, reporting_band FROM coverage WHERE month BETWEEN ? AND ? ORDER BY month",
            [span.start.first_day, span.end.first_day],
        )
    ]


def live_cells(release: Release, fact: Fact, by: Sequence[str]) -> int:
    """Cells of a cut that hold anything in any period of the release, without filters.

    Raises:
        KeyError: If no page shows this cut.
    """
    shown = cut(fact.id, tuple(by))

    def count() -> int:
        asked = clause(fact, Filters(), release.span)
        sql, values = _grouped(fact, asked, shown.dimensions)
        return int(release.query(f"SELECT count(*) FROM ({sql})", values)[0][0])  # noqa: S608

    return release.remember(("live_cells", shown), count)


def series(
    release: Release, fact: Fact, filters: Filters, span: Span, by: Sequence[str] = ()
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
    rows = release.query(*_grouped(fact, asked, (fact.time.name, *by)))
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


def _grouped(fact: Fact, asked: Clause, by: tuple[str, ...]) -> tuple[str, tuple[object, ...]]:
    columns = [_column(fact, name) for name in by]
    many = [name for name in columns if _is_many(fact, name)]
    source, condition = fact.id, f" WHERE {asked.sql}"
    for name in many:
        # One level a set: two unnested side by side would be paired, not combined.
        kept = ", ".join(column for column in dict.fromkeys((*columns, "size")) if column != name)
        each = f"unnest(list_distinct({name})) AS {name}"
        source, condition = f"(SELECT {each}, {kept} FROM {source}{condition})", ""  # noqa: S608
    listed = ", ".join((*columns, "sum(size)::BIGINT AS total"))
    numbers = ", ".join(str(index + 1) for index in range(len(columns)))
    grouping = f" GROUP BY {numbers} ORDER BY total DESC, {numbers}" if columns else ""
    return f"SELECT {listed} FROM {source}{condition}{grouping}", asked.values  # noqa: S608


def _column(fact: Fact, name: str) -> str:
    if name == "size" or all(name != column for column, _ in fact.columns):
        raise KeyError(f"{fact.id} cannot be counted by {name!r}")
    return name


def _known(fact: Fact, column: str) -> str:
    if _is_many(fact, column):
        return f"len(list_filter({column}, lambda code: code <> 'unknown')) > 0"
    return f"{column} <> 'unknown'"


def _is_many(fact: Fact, column: str) -> bool:
    return column in fact and fact[column].kind.many
