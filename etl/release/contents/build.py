"""Build: fill an empty release from stored units, the registry and the gazetteer.

Works on a connection that has the new file attached as ``release`` and the stored units as
``units``. Neither the register nor its events are read here: what an edition holds beside its units
is an argument.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

import duckdb

from dashboard.model.edition import Edition
from dashboard.model.facts import FACTS, Fact
from dashboard.model.fields import Kind
from dashboard.model.periods import Month, Span
from dashboard.model.release import TABLES, create_statements
from etl.protect.ledger import unit_columns
from etl.register.access import add_rows
from etl.release.contents.areas import areas_above, create_areas
from etl.release.contents.context import EditionContext
from etl.release.contents.geography import Geography
from etl.release.contents.labels import code_rows, dimension_rows
from etl.release.contents.protection import block_totals


def build_release(
    connection: duckdb.DuckDBPyConnection,
    edition: Edition,
    bases: Mapping[str, int],
    geography: Geography,
    context: EditionContext,
) -> None:
    """Create every table of the contract and fill it, all but echoes and checks.

    Args:
        connection: Has the new file attached as ``release`` and the stored units as ``units``.
        edition: What the release says about itself.
        bases: Fact id to the smallest size of its units.
        geography: The places and areas that its audience may see.
        context: What it holds beside its units.
    """
    for statement in create_statements():
        connection.execute(statement.replace("CREATE TABLE ", "CREATE TABLE release.", 1))
    insert(connection, "place", context.with_population(geography.places))
    insert(connection, "place_parent", geography.ancestors)
    create_areas(connection, geography.areas)
    for fact in FACTS:
        _fill_units(connection, fact)
    insert(connection, "dimension", dimension_rows())
    insert(connection, "code", code_rows(_declared_names(connection)))
    insert(connection, "protection", list(bases.items()))
    insert(connection, "block_total", block_totals(connection, edition.audience))
    insert(connection, "coverage", context.coverage)
    insert(connection, "home", [(context.home,)] if context.home else [])
    insert(connection, "reporting", context.reporting)
    insert(connection, "edition_series", context.series)
    insert(connection, "partner_share", context.shares)
    for table, rows in context.tables.items():
        insert(connection, table, [value.row for value in rows])
    insert(connection, "edition", [edition.row])
    insert(connection, "sign_off", [(edition.signed,)] if edition.signed else [])


def stored_span(connection: duckdb.DuckDBPyConnection) -> Span | None:
    """First to last month that units stand for; quarters only where no fact has months."""
    for grain, months_after_first in (("month", 0), ("quarter", 2)):
        times = " UNION ALL ".join(
            f"SELECT {fact.time.name} AS period FROM units.{fact.id}"  # noqa: S608
            for fact in FACTS
            if fact.grain == grain
        )
        row = connection.execute(f"SELECT min(period), max(period) FROM ({times})").fetchone()  # noqa: S608
        first, last = cast("tuple[date | None, date | None]", row)
        if first is not None and last is not None:
            return Span(Month.of(first), Month.of(last).plus(months_after_first))
    return None


def insert(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]
) -> None:
    """Insert rows into a table of ``release``."""
    add_rows(connection, f"INSERT INTO release.{table}", TABLES[table], rows)


def _fill_units(connection: duckdb.DuckDBPyConnection, fact: Fact) -> None:
    """Copy the stored units of a fact, with the areas above their places in the unit's month."""
    time = fact.time.name
    *own_columns, size = (f"unit.{name}" for name, _ in unit_columns(fact))
    above = areas_above(fact, "unit")
    columns = ", ".join([*own_columns, *above.columns, size])
    connection.execute(
        f"""INSERT INTO release.{fact.id} SELECT {columns} FROM units.{fact.id} AS unit
        {above.joins} ORDER BY unit.{time}, unit.shuffle"""  # noqa: S608
    )


def _declared_names(connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    """Names that sources declare, such as those of routes, by the field that holds them."""
    names: dict[str, set[str]] = {}
    for fact in FACTS:
        for field in fact.dimensions:
            if field.kind is Kind.NAME:
                query = f"SELECT DISTINCT {field.name} FROM units.{fact.id}"  # noqa: S608
                values = {str(name) for (name,) in connection.execute(query).fetchall() if name}
                names.setdefault(field.name, set()).update(values)
    return names
