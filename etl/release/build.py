"""Build: fill an empty release from stored units, the registry and the gazetteer.

Works on a connection that has the new file attached as ``release``, the stored units as
``units``, the register as ``register`` and its events as ``events``. Of the last two only one
thing is read: how many partners reported in a month, as a band.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

import duckdb

from dashboard.model.facts import FACTS, PARENT_LEVELS, Fact, parent_prefix
from dashboard.model.periods import Month, Span
from dashboard.model.release import CONTRACT_VERSION, TABLES, create_statements
from etl.protect.ledger import unit_columns
from etl.release.geography import Geography
from etl.release.labels import code_rows, dimension_rows, registry_digest


@dataclass(frozen=True)
class Edition:
    """What a release says about itself.

    Attributes:
        release_id: Its id.
        kind: invented or published.
        title: Title of the edition.
        source_note: Where its data come from, in words.
        span: First and last month.
        as_of: Day on which its months were closed.
        built_at: Time of building, UTC.
        bases: Fact id to the smallest size of its units.
    """

    release_id: str
    kind: str
    title: str
    source_note: str
    span: Span
    as_of: date
    built_at: datetime
    bases: dict[str, int]


def build_release(
    connection: duckdb.DuckDBPyConnection, edition: Edition, geography: Geography
) -> None:
    """Create every table of the contract in ``release`` and fill it."""
    for statement in create_statements():
        connection.execute(statement.replace("CREATE TABLE ", "CREATE TABLE release.", 1))
    _insert(connection, "place", geography.places)
    _insert(connection, "place_parent", geography.ancestors)
    for fact in FACTS:
        _fill_units(connection, fact)
    _insert(connection, "dimension", dimension_rows())
    _insert(connection, "code", code_rows(_routes(connection)))
    _insert(connection, "protection", list(edition.bases.items()))
    _fill_coverage(connection, edition.span)
    _insert(connection, "edition", [_edition_row(edition)])


def stored_span(connection: duckdb.DuckDBPyConnection) -> Span | None:
    """First to last month that units stand for; quarters only where no fact has months."""
    for grain, months in (("month", 0), ("quarter", 2)):
        ids = [fact.id for fact in FACTS if fact.grain == grain]
        found = connection.execute(
            """SELECT min(period), max(period) FROM units.block
            WHERE n > 0 AND list_contains(?, fact)""",
            [ids],
        ).fetchone()
        first, last = cast("tuple[date | None, date | None]", found)
        if first is not None and last is not None:
            return Span(Month.of(first), Month.of(last).plus(months))
    return None


def _fill_units(connection: duckdb.DuckDBPyConnection, fact: Fact) -> None:
    """Units with the areas above their places as they stood in the unit's month."""
    time = fact.time.name
    own = [f"unit.{name}" for name, _ in unit_columns(fact)]
    areas: list[str] = []
    joins: list[str] = []
    for name in fact.place_dimensions:
        for level in PARENT_LEVELS:
            area = f"{parent_prefix(name)}{level}"
            areas.append(f"{area}_of.parent")
            joins.append(
                f"""LEFT JOIN events.place_parent AS {area}_of
                ON {area}_of.code = unit.{name} AND {area}_of.level = '{level}'
                AND unit.{time} >= coalesce({area}_of.valid_from, unit.{time})
                AND unit.{time} < coalesce({area}_of.valid_to, DATE '9999-01-01')"""
            )
    columns = ", ".join([*own[:-1], *areas, own[-1]])
    connection.execute(
        f"""INSERT INTO release.{fact.id} SELECT {columns} FROM units.{fact.id} AS unit
        {" ".join(joins)} ORDER BY unit.{time}, unit.shuffle"""  # noqa: S608
    )


def _fill_coverage(connection: duckdb.DuckDBPyConnection, span: Span) -> None:
    """Band of partners that reported an incident of each month."""
    connection.execute(
        """INSERT INTO release.coverage
        SELECT month, CASE
            WHEN partners = 0 THEN 'none' WHEN partners <= 2 THEN '1_2'
            WHEN partners <= 5 THEN '3_5' ELSE '6_plus' END
        FROM (
            SELECT months.month, count(DISTINCT incident.partner) AS partners
            FROM (SELECT unnest(?::DATE[]) AS month) AS months
            LEFT JOIN register.incident AS incident ON incident.incident_month = months.month
            GROUP BY months.month
        ) ORDER BY month""",
        [[month.first_day for month in span]],
    )


def _routes(connection: duckdb.DuckDBPyConnection) -> list[str]:
    found = connection.execute(
        "SELECT DISTINCT route FROM units.incidents WHERE route IS NOT NULL"
    ).fetchall()
    return [str(row[0]) for row in found]


def _edition_row(edition: Edition) -> tuple[object, ...]:
    return (
        edition.release_id,
        CONTRACT_VERSION,
        edition.kind,
        "member",
        edition.title,
        edition.source_note,
        edition.span.start.first_day,
        edition.span.end.first_day,
        edition.as_of,
        edition.built_at,
        None,
        registry_digest(),
    )


def _insert(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]
) -> None:
    """Insert rows column by column, which is faster than row by row."""
    if not rows:
        return
    columns = TABLES[table]
    listed = ", ".join(f"unnest(?::{type_}[])" for _, type_ in columns)
    values = [list(column) for column in zip(*rows, strict=True)]
    connection.execute(f"INSERT INTO release.{table} SELECT {listed}", values)  # noqa: S608
