"""What echoes tell of a figure, as one statement that columns are compared and timed with."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.filters import Filters
from dashboard.model.counted_by import By, column_of
from dashboard.model.facts import Fact
from dashboard.model.release import echo_table
from dashboard.queries import Stretches
from tests.support.clauses import clause
from tests.support.counted import in_groups


def echoed_statement(
    fact: Fact, filters: Filters, stretches: Stretches, by: Sequence[By]
) -> tuple[str, list[object]]:
    """A statement and its values: rows of what is shown, the error, and how often both are.

    One of the columns may be a set. Cells of the figure that an echo says nothing of are not told.
    """
    asked = clause(fact, filters, stretches.span)
    listed = [_group(fact, entry) for entry in by]
    columns = "".join(f"{sql} AS {name}, " for name, sql, _ in listed)
    grouped = [value for *_, values in listed for value in values]
    alike = " AND ".join(f"live.{name} IS NOT DISTINCT FROM told.{name}" for name, *_ in listed)
    sql = f"""WITH live AS (SELECT DISTINCT {columns or "1, "} FROM {fact.id} WHERE {asked.sql}),
        apart AS (SELECT {columns} replicate, size,
            date_diff('month', ?, {fact.time.name}) // ? AS stretch
            FROM {echo_table(fact)} WHERE {asked.sql}),
        told AS (SELECT {"".join(f"{name}, " for name, *_ in listed)} stretch, replicate,
            coalesce(sum(size) FILTER (size > 0), 0)::BIGINT AS shown, sum(size)::BIGINT AS error
            FROM apart GROUP BY ALL)
        SELECT shown, error, count(*) FROM told SEMI JOIN live ON {alike or "true"}
        GROUP BY ALL"""  # noqa: S608 -- names of the registry
    first = stretches.span.start.first_day
    return sql, [*grouped, *asked.values, *grouped, first, stretches.months, *asked.values]


def _group(fact: Fact, by: By) -> tuple[str, str, list[object]]:
    """Name, expression and values of what a figure is counted by."""
    name = column_of(by)
    if fact.is_set(name):
        codes, values = name, []
        if not isinstance(by, str):
            group, values = in_groups(by, "code")
            codes = f"list_transform({name}, lambda code: {group})"
        return name, f"unnest(list_distinct({codes}))", values
    if isinstance(by, str):
        return name, name, []
    group, values = in_groups(by, name)
    return name, f"CASE WHEN {name} IS NULL THEN ? ELSE {group} END", [by.missing, *values]
