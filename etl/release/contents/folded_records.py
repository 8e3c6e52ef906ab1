"""Folded records: the records of the ledger as units may show them, to compare the two.

What a rare code or place stands under in a month is asked of ``etl.protect`` value by value;
records are told that way in SQL. Nothing of this is written anywhere.
"""

from __future__ import annotations

from datetime import date
from typing import cast

import duckdb
import numpy as np

from dashboard.model.facts import Fact
from dashboard.model.fields import Field
from dashboard.model.fold import Fold
from etl.protect import ledger
from etl.protect.coding import SET_SLOTS, Coding, Parents
from etl.protect.folds import Folds, with_areas_above
from etl.protect.reading import occurring

#: Dimension, first day of a month, a code and what it stands under then.
_Shown = tuple[str, date, str, str]


def create_folds(connection: duckdb.DuckDBPyConnection, each: Fact, parents: Parents) -> None:
    """Make the temporary table ``fold_of``: what codes of a fact stand under, month by month.

    Codes that stand for themselves are left out.

    Args:
        connection: Has the events as ``events`` and the stored units as ``units``.
        each: The fact.
        parents: Areas above places.
    """
    decided = ledger.folds(connection, each)
    rows = _shown(connection, each, parents, decided) if decided else []
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE fold_of AS SELECT
            unnest(?::VARCHAR[]) AS dimension, unnest(?::DATE[]) AS period,
            unnest(?::VARCHAR[]) AS code, unnest(?::VARCHAR[]) AS shown_as""",
        [[row[n] for row in rows] for n in range(4)],
    )


def folded_records(connection: duckdb.DuckDBPyConnection, each: Fact) -> str:
    """SQL for the records of a fact in the ledger, with the codes that units show for them.

    Sets are cut as those of units are, and what a block does not hold is null.
    """
    lacking = _names(
        connection, "SELECT DISTINCT dimension FROM units.lack WHERE fact = ?", [each.id]
    )
    folded = _names(connection, "SELECT DISTINCT dimension FROM fold_of", [])
    time = each.time.name
    columns = ["event.n", f"event.{time}"]
    joins: list[str] = []
    for field in each.dimensions:
        value, more = _value(each, field, folds=field.name in folded)
        joins += more
        if field.name in lacking:
            joins.append(
                f"""LEFT JOIN units.lack AS {field.name}_lack
                ON {field.name}_lack.fact = '{each.id}'
                AND {field.name}_lack.dimension = '{field.name}'
                AND {field.name}_lack.period = book.period AND {field.name}_lack.kind = book.kind"""
            )
            value = f"CASE WHEN {field.name}_lack.fact IS NULL THEN {value} END"
        columns.append(f"{value} AS {field.name}")
    return f"""SELECT {", ".join(columns)}
        FROM events.{each.id} AS event
        JOIN units.ledger AS book ON book.fact = '{each.id}' AND book.record_key = event.record_key
        {" ".join(joins)}"""  # noqa: S608


def _shown(
    connection: duckdb.DuckDBPyConnection,
    each: Fact,
    parents: Parents,
    decided: list[Fold],
) -> list[_Shown]:
    """Every code that stands under another, in every month that has events."""
    months = [
        cast(date, month)
        for (month,) in connection.execute(
            f"SELECT DISTINCT {each.time.name} FROM events.{each.id} ORDER BY 1"  # noqa: S608
        ).fetchall()
    ]
    values = with_areas_above(occurring(connection, each), each, parents, months)
    coding = Coding(each, values, parents, months)
    folds = Folds(coding, parents, decided)
    dimensions = {fold.dimension for fold in decided}
    longest = max(len(coding.columns[name].values) for name in dimensions)
    # Row number i holds the i-th value of every dimension, alone where it is a set.
    plain = np.full((longest, coding.width), -1, dtype=np.int32)
    for field in each.dimensions:
        column = coding.columns[field.name]
        numbers = np.minimum(np.arange(longest), len(column.values))
        plain[:, column.positions[0]] = numbers
    by_state: dict[tuple[object, ...], list[tuple[str, str, str]]] = {}
    shown: list[_Shown] = []
    for month in months:
        state = folds.state(month)
        if state not in by_state:
            folded = folds.apply(plain, month)
            by_state[state] = [
                (name, column.values[number], column.values[int(folded[number, first])])
                for name in sorted(dimensions)
                for column in (coding.columns[name],)
                for first in (column.positions[0],)
                for number in np.flatnonzero(folded[:, first] != plain[:, first]).tolist()
            ]
        shown += [(name, month, code, shown_as) for name, code, shown_as in by_state[state]]
    return shown


def _value(each: Fact, field: Field, *, folds: bool) -> tuple[str, list[str]]:
    """Expression for the value of a dimension, and the joins that it needs."""
    name, time = field.name, each.time.name
    if not field.kind.many:
        if not folds:
            return f"event.{name}", []
        join = f"""LEFT JOIN fold_of AS {name}_fold ON {name}_fold.dimension = '{name}'
            AND {name}_fold.period = event.{time} AND {name}_fold.code = event.{name}"""
        return f"coalesce({name}_fold.shown_as, event.{name})", [join]
    cut = f"list_slice(event.{name}, 1, {SET_SLOTS})"
    if not folds:
        return cut, []
    join = f"""LEFT JOIN (
            SELECT one.record_key, list(DISTINCT coalesce(fold.shown_as, one.code)) AS codes
            FROM (
                SELECT event.record_key, event.{time} AS period, unnest({cut}) AS code
                FROM events.{each.id} AS event
            ) AS one
            LEFT JOIN fold_of AS fold ON fold.dimension = '{name}'
                AND fold.period = one.period AND fold.code = one.code
            GROUP BY one.record_key
        ) AS {name}_set ON {name}_set.record_key = event.record_key"""  # noqa: S608
    return f"{name}_set.codes", [join]


def _names(connection: duckdb.DuckDBPyConnection, question: str, bound: list[str]) -> set[str]:
    return {str(name) for (name,) in connection.execute(question, bound).fetchall()}
