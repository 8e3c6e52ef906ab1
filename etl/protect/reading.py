"""Reading: records and units of a database as rows of small integers.

The database turns codes into numbers itself, so that no value becomes a Python object on its way.
What a row means stands in ``coding``.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import numpy as np
import numpy.typing as npt

from dashboard.model.facts import Fact
from dashboard.model.fields import Field
from etl.protect.block import Months
from etl.protect.coding import SET_SLOTS, Coding, Rows

#: Stands for a value that the coding does not know.
_UNKNOWN = -2


def read_rows(
    connection: duckdb.DuckDBPyConnection, coding: Coding, relation: str, order: str
) -> Rows:
    """Rows of a relation, shape (rows, width); areas above places are -1.

    Args:
        connection: Has the relation.
        coding: How its fact is written.
        relation: Name of the relation, with its schema.
        order: Columns that put it in order.

    Raises:
        ValueError: If a value is not known to the coding.
    """
    fact = coding.fact
    slots = [(field, slot) for field in fact.dimensions for slot in range(_slot_count(field))]
    numbers = ", ".join(
        f"{_number(coding, field, slot)} AS {field.name}_{slot}" for field, slot in slots
    )
    numbered = connection.execute(
        f"""SELECT {numbers} FROM ({_with_distinct(fact, relation)}) AS record
        ORDER BY {order}""",  # noqa: S608
        {field.name: list(coding.columns[field.name].values) for field in fact.dimensions},
    ).fetchnumpy()
    return _filled(coding, [np.asarray(numbered[f"{field.name}_{slot}"]) for field, slot in slots])


def _filled(coding: Coding, numbers: list[Rows]) -> Rows:
    """Rows from the numbers in each own position; -1 for areas above places."""
    rows = np.full((len(numbers[0]), coding.width), -1, dtype=np.int32)
    for position, of_position in enumerate(numbers):
        rows[:, position] = of_position
    for field in coding.fact.dimensions:
        if (rows[:, coding.columns[field.name].positions] == _UNKNOWN).any():
            raise ValueError(f"{coding.fact.id}.{field.name} holds a value without a code")
    return rows


def _with_distinct(fact: Fact, relation: str) -> str:
    """SQL of a relation whose sets name each code once, at its first place."""
    sets = ", ".join(
        f"""list_filter(
            {field.name}, lambda one, slot: list_position({field.name}, one) = slot
        ) AS {field.name}"""
        for field in fact.dimensions
        if field.kind.many
    )
    return f"SELECT * {f'REPLACE ({sets})' if sets else ''} FROM {relation}"  # noqa: S608


def _number(coding: Coding, field: Field, slot: int) -> str:
    """SQL of the integer that stands for the code in one slot of a dimension.

    Lists of codes are short, so looking through them costs less than planning a join for each.
    """
    value = _value(field, slot)
    if_null = -1 if slot else len(coding.columns[field.name].values)
    number = f"list_position(${field.name}::VARCHAR[], {value})::INTEGER - 1"
    return f"coalesce({number}, CASE WHEN {value} IS NULL THEN {if_null} ELSE {_UNKNOWN} END)"


def _value(field: Field, slot: int) -> str:
    """SQL of the code in one slot of a dimension."""
    return f"record.{field.name}[{slot + 1}]" if field.kind.many else f"record.{field.name}"


def _slot_count(field: Field) -> int:
    return SET_SLOTS if field.kind.many else 1


def as_months(days: npt.NDArray[np.datetime64]) -> Months:
    """Days as months; null becomes NaT."""
    if isinstance(days, np.ma.MaskedArray):
        days = days.filled(np.datetime64("NaT"))
    return days.astype("datetime64[M]")


def occurring(
    connection: duckdb.DuckDBPyConnection,
    fact: Fact,
    schemas: Sequence[str] = ("events", "units"),
) -> dict[str, set[str]]:
    """Values that occur in each dimension without a closed code list, in tables of some schemas."""
    values: dict[str, set[str]] = {}
    for field in fact.dimensions:
        if field.codes is None:
            value = f"unnest({field.name})" if field.kind.many else field.name
            tables = " UNION ".join(
                f"SELECT {value} AS value FROM {schema}.{fact.id}"  # noqa: S608
                for schema in schemas
            )
            rows = connection.execute(f"SELECT value FROM ({tables}) WHERE value IS NOT NULL")  # noqa: S608
            values[field.name] = {str(row[0]) for row in rows.fetchall()}
    return values
