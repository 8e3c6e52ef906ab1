"""What queries count of a fact, as one statement that columns are compared and timed with."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.filters import Filters
from dashboard.model.counted_by import By, Gathered, Whole, column_of, countable, splits
from dashboard.model.facts import Fact
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support.clauses import Clause, clause


def counted_statement(
    fact: Fact, filters: Filters, period: Span, by: Sequence[By]
) -> tuple[str, list[object]]:
    """A statement and its values: one value per column of ``by``, then the size; most first."""
    columns, own = _listed(fact, by)
    source, within = _each_code(fact, clause(fact, filters, period), by)
    listed = ", ".join((*columns, "coalesce(sum(size), 0)::BIGINT AS total"))
    numbers = ", ".join(str(index + 1) for index in range(len(by)))
    grouping = f" GROUP BY {numbers} ORDER BY total DESC, {numbers}" if by else ""
    return f"SELECT {listed} FROM {source}{grouping}", [*own, *within]  # noqa: S608


def counted_rows(
    release: Release, fact: Fact, filters: Filters, period: Span, by: Sequence[By]
) -> list[tuple[object, ...]]:
    """Rows of that statement, with sets as ``queries`` has them."""
    rows = release.query(*counted_statement(fact, filters, period, by))
    return [tuple(tuple(own) if isinstance(own, list) else own for own in row) for row in rows]


def answered_statement(
    fact: Fact, filters: Filters, period: Span, columns: Sequence[str]
) -> tuple[str, Sequence[object]]:
    """A statement and its values: the events with any answer in each column."""
    asked = clause(fact, filters, period)
    sums = ", ".join(
        f"coalesce(sum(size) FILTER ({_known(fact, countable(fact, name))}), 0)::BIGINT"
        for name in columns
    )
    return f"SELECT {sums} FROM {fact.id} WHERE {asked.sql}", asked.values  # noqa: S608


def _known(fact: Fact, column: str) -> str:
    if fact.is_set(column):
        return f"len(list_filter({column}, lambda code: code <> 'unknown')) > 0"
    return f"{column} <> 'unknown'"


def _listed(fact: Fact, by: Sequence[By]) -> tuple[list[str], list[object]]:
    """The columns of a statement, each under its own name, with the values that they bind."""
    columns: list[str] = []
    values: list[object] = []
    for entry in by:
        name = countable(fact, column_of(entry))
        if isinstance(entry, Whole):
            columns.append(f"coalesce({name}, []) AS {name}")
        elif isinstance(entry, str) or fact.is_set(name):  # a set has its groups already
            columns.append(name)
        else:
            grouped, bound = in_groups(entry, name)
            columns.append(f"CASE WHEN {name} IS NULL THEN ? ELSE {grouped} END AS {name}")
            values += [entry.missing, *bound]
    return columns, values


def in_groups(by: Gathered, code: str) -> tuple[str, list[object]]:
    """The group of a code that is none of a set, with the values to bind."""
    rest, more = (code, []) if by.rest is None else ("?", [by.rest])
    known = "map(?::VARCHAR[], ?::VARCHAR[])"
    return f"coalesce({known}[{code}], {rest})", [list(by.groups), list(by.groups.values()), *more]


def _each_code(fact: Fact, asked: Clause, by: Sequence[By]) -> tuple[str, tuple[object, ...]]:
    """Units that were asked for, one for each code or group of those that are sets."""
    source, values = f"{fact.id} WHERE {asked.sql}", asked.values
    columns = [column_of(entry) for entry in by]
    for entry, name in zip(by, columns, strict=True):
        if splits(fact, entry):
            # One level a set: two unnested side by side would be paired, not combined.
            kept = ", ".join(other for other in dict.fromkeys((*columns, "size")) if other != name)
            listed, bound = name, []
            if not isinstance(entry, str):
                grouped, bound = in_groups(entry, "code")
                listed = f"list_transform({name}, lambda code: {grouped})"
            source = f"(SELECT unnest(list_distinct({listed})) AS {name}, {kept} FROM {source})"  # noqa: S608
            values = (*bound, *values)
    return source, values
