"""Queries: the questions that exhibits put to the units of a release, in SQL.

Each function takes an open release, a fact and what the reader chose, and gives plain rows. All
values are bound; all names come from the registry. What rows mean to a reader is not known here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from dashboard.filters import Clause, Filters, clause
from dashboard.model import codes
from dashboard.model.cuts import cut
from dashboard.model.facts import Fact
from dashboard.model.periods import Month, Span
from dashboard.model.release import echo_table
from dashboard.release.open_release import Release

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Stretches:
    """Stretches of months of one length, one after the other.

    Attributes:
        span: All of them.
        months: Length of each.
    """

    span: Span
    months: int

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


def echoes(
    release: Release, fact: Fact, filters: Filters, stretches: Stretches, by: Sequence[str] = ()
) -> list[Row]:
    """What the echoes of a fact show in each stretch of months, and by how much too much.

    Args:
        release: The open release; one that knows no echoes has none of their tables.
        fact: What to count.
        filters: What the reader chose.
        stretches: The months that each number counts.
        by: Columns of the fact, parents of its places among them.

    Returns:
        Rows of one value per column of ``by``, the number of the stretch, the replicate, what it
        shows, and how much that is above the records that it was made of.

    Raises:
        KeyError: If the fact has no such column.
    """
    return release.query(*_echoed(fact, clause(fact, filters, stretches.span), stretches, by))


def errors_by_size(
    release: Release,
    fact: Fact,
    filters: Filters,
    stretches: Stretches,
    by: Sequence[str],
    edges: Sequence[float],
) -> tuple[list[Row], int]:
    """What ``echoes`` gives, where the fact shows anything, summed by the size that they show.

    Args:
        release: As for ``echoes``, like all others but the last.
        fact: The fact.
        filters: Its filters.
        stretches: Its stretches of months.
        by: Its columns.
        edges: Where one size ends and the next begins, in order.

    Returns:
        Rows of the number of a size from 0, how many numbers have it, the sum of their errors and
        that of the squares; and how many cells the fact shows in all stretches.

    Raises:
        KeyError: If the fact has no such column.
    """
    columns = [_column(fact, name) for name in by]
    asked = clause(fact, filters, stretches.span)
    echoed, values = _echoed(fact, asked, stretches, by)
    source = _each_code(fact, fact.id, asked, columns, ())
    alike = " AND ".join(f"live.{name} IS NOT DISTINCT FROM told.{name}" for name in columns)
    size = " + ".join(f"(shown > {float(edge)})::INTEGER" for edge in edges)
    rows = release.query(
        f"""WITH live AS (SELECT DISTINCT {", ".join(columns) or "1"} FROM {source}),
            told AS ({echoed})
        SELECT {size} AS size, count(*), sum(error)::BIGINT, sum(error * error)::BIGINT
        FROM told SEMI JOIN live ON {alike or "true"} GROUP BY 1
        UNION ALL SELECT NULL, count(*), 0, 0 FROM live""",  # noqa: S608
        (*asked.values, *values),
    )
    # The rows of a union come in any order.
    live = next(number for size, number, *_ in rows if size is None)
    return [row for row in rows if row[0] is not None], int(live)


def _echoed(
    fact: Fact, asked: Clause, stretches: Stretches, by: Sequence[str]
) -> tuple[str, tuple[object, ...]]:
    """What echoes show and by how much too much, by columns, stretch and replicate."""
    columns = [_column(fact, name) for name in by]
    time = fact.time.name
    source = _each_code(fact, echo_table(fact), asked, columns, (time, "replicate", "size"))
    listed = ", ".join((*columns, f"date_diff('month', ?, {time}) // ? AS stretch", "replicate"))
    sql = f"""SELECT {listed}, coalesce(sum(size) FILTER (size > 0), 0)::BIGINT AS shown,
            sum(size)::BIGINT AS error
        FROM {source} GROUP BY ALL"""  # noqa: S608
    return sql, (stretches.span.start.first_day, stretches.months, *asked.values)


def _grouped(fact: Fact, asked: Clause, by: tuple[str, ...]) -> tuple[str, tuple[object, ...]]:
    columns = [_column(fact, name) for name in by]
    source = _each_code(fact, fact.id, asked, columns, ("size",))
    listed = ", ".join((*columns, "sum(size)::BIGINT AS total"))
    numbers = ", ".join(str(index + 1) for index in range(len(columns)))
    grouping = f" GROUP BY {numbers} ORDER BY total DESC, {numbers}" if columns else ""
    return f"SELECT {listed} FROM {source}{grouping}", asked.values  # noqa: S608


def _each_code(
    fact: Fact, table: str, asked: Clause, columns: Sequence[str], more: Sequence[str]
) -> str:
    """Rows of a table that were asked for, one for each code of those columns that are sets.

    Args:
        fact: The fact that the table is of.
        table: Its name.
        asked: Which rows.
        columns: Columns that rows are counted by.
        more: Columns that are needed beside them.
    """
    source = f"{table} WHERE {asked.sql}"
    for name in columns:
        if _is_many(fact, name):
            # One level a set: two unnested side by side would be paired, not combined.
            kept = ", ".join(other for other in dict.fromkeys((*columns, *more)) if other != name)
            source = f"(SELECT unnest(list_distinct({name})) AS {name}, {kept} FROM {source})"  # noqa: S608
    return source


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
