"""Public: the units of the members as events, as coarse as the public may see them.

Nothing public is made from a record. Each unit of the members becomes one event that stands for
as many as the unit does; its places become districts, or what is above them, and names that a
source gave a route are left out. The blocks of the public are made of these like those of the
members are made of records.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from dashboard.model.country import COUNTRY_LEVEL, FIRST, SECOND
from dashboard.model.facts import FACTS, Fact
from dashboard.model.fields import Field, Kind
from etl.events.build import ParentRow, assert_columns, create_schema

#: Finest level that the public sees, and what stands in where a place has none.
_LEVELS = (SECOND, FIRST, COUNTRY_LEVEL)

#: The members' units that came in late blocks, with the quarter of their block. Who reported a
#: unit is nobody's to know.
_BOOKS = (
    "CREATE TABLE events.late (fact VARCHAR, record_key VARCHAR, quarter DATE)",
    "CREATE TABLE events.partner (fact VARCHAR, record_key VARCHAR, partner VARCHAR)",
)


def build_public_events(
    connection: duckdb.DuckDBPyConnection, parents: Iterable[ParentRow]
) -> None:
    """Create the schema ``events`` from the units attached as ``members``.

    Args:
        connection: Has the units of the members attached as ``members``.
        parents: Dated areas above places, each area also above itself.

    Raises:
        RuntimeError: If a relation does not have exactly the columns of its fact.
    """
    create_schema(connection, parents)
    for statement in _BOOKS:
        connection.execute(statement)
    for fact in FACTS:
        connection.execute(_events(fact))
        connection.execute(
            f"""INSERT INTO events.late
            SELECT '{fact.id}', {_KEY}, block_period FROM members.{fact.id} AS unit
            WHERE block_kind = 'late'"""  # noqa: S608
        )
    assert_columns(connection)


#: Units of a block are told apart by their random number.
_KEY = "concat_ws('|', unit.block_period, unit.block_kind, unit.shuffle)"


def _events(fact: Fact) -> str:
    """SQL that makes events of the units of a fact."""
    columns = ", ".join(f"{_coarse(fact, field)} AS {field.name}" for field in fact.dimensions)
    return f"""CREATE TABLE events.{fact.id} AS
        SELECT {_KEY} AS record_key, {_KEY} AS holder, unit.size AS n,
            unit.{fact.time.name}, {columns}
        FROM members.{fact.id} AS unit"""  # noqa: S608


def _coarse(fact: Fact, field: Field) -> str:
    """SQL for a dimension of a unit as the public sees it: names are left out."""
    month = f"unit.{fact.time.name}"
    if field.kind is Kind.PLACE:
        return _area(f"unit.{field.name}", month)
    if field.kind is Kind.PLACES:
        place = f"unit.{field.name}[number]"
        return f"""(
            SELECT list(area ORDER BY first) FROM (
                SELECT {_area(place, month)} AS area, min(number) AS first
                FROM (SELECT unnest(range(1, len(unit.{field.name}) + 1)) AS number)
                GROUP BY area
            )
        )"""  # noqa: S608
    return "NULL::VARCHAR" if field.kind is Kind.NAME else f"unit.{field.name}"


def _area(place: str, month: str) -> str:
    """SQL for the area that the public sees for a place in a month; a place without areas stays."""
    areas = ", ".join(
        f"""(
            SELECT parent FROM events.place_parent AS above
            WHERE above.code = {place} AND above.level = '{level}'
                AND {month} >= coalesce(above.valid_from, {month})
                AND {month} < coalesce(above.valid_to, DATE '9999-01-01')
        )"""  # noqa: S608
        for level in _LEVELS
    )
    return f"coalesce({areas}, {place})"
