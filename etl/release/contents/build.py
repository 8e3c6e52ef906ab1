"""Build: fill an empty release from stored units, the registry and the gazetteer.

Works on a connection that has the new file attached as ``release`` and the stored units as
``units``. Neither the register nor its events are read here: the bands of coverage are handed in,
and the expected errors stand in ``accuracy``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

import duckdb

from dashboard.model.facts import FACTS, Fact
from dashboard.model.periods import Month, Span
from dashboard.model.release import CONTRACT_VERSION, TABLES, create_statements
from etl.protect.closing import Audience, block_totals, folded_codes
from etl.protect.ledger import unit_columns
from etl.release.contents.areas import areas_above, create_areas
from etl.release.contents.coverage import Band
from etl.release.contents.geography import Geography
from etl.release.contents.labels import code_rows, dimension_rows, registry_digest


@dataclass(frozen=True)
class Edition:
    """What a release says about itself.

    Attributes:
        release_id: Its id, the same for the members' release and the public one made from it.
        kind: invented, published or real.
        audience: member or public.
        title: Title of the edition.
        source_note: Where its data come from, in words.
        span: First and last month.
        as_of: Day on which its months were closed.
        built_at: Time of building, UTC.
        approved_by: Who cleared it, or None.
        bases: Fact id to the smallest size of its units.
    """

    release_id: str
    kind: str
    audience: Audience
    title: str
    source_note: str
    span: Span
    as_of: date
    built_at: datetime
    approved_by: str | None
    bases: dict[str, int]


def build_release(
    connection: duckdb.DuckDBPyConnection,
    edition: Edition,
    geography: Geography,
    coverage: Sequence[Band],
) -> None:
    """Create every table of the contract in ``release`` and fill it, all but accuracy and checks.

    Args:
        connection: Has the new file attached as ``release`` and the stored units as ``units``.
        edition: What the release says about itself.
        geography: The places and areas that its audience may see.
        coverage: Band of reporting partners of each month.
    """
    for statement in create_statements():
        connection.execute(statement.replace("CREATE TABLE ", "CREATE TABLE release.", 1))
    insert(connection, "place", geography.places)
    insert(connection, "place_parent", geography.ancestors)
    create_areas(connection, geography)
    for fact in FACTS:
        _fill_units(connection, fact)
    insert(connection, "dimension", dimension_rows())
    insert(connection, "code", code_rows(_routes(connection)))
    insert(connection, "protection", list(edition.bases.items()))
    insert(connection, "block_total", block_totals(connection, edition.audience))
    insert(connection, "folded", folded_codes(connection))
    insert(connection, "coverage", coverage)
    insert(connection, "edition", [_edition_row(edition)])


def stored_span(connection: duckdb.DuckDBPyConnection) -> Span | None:
    """First to last month that units stand for; quarters only where no fact has months."""
    for grain, months in (("month", 0), ("quarter", 2)):
        times = " UNION ALL ".join(
            f"SELECT {fact.time.name} AS period FROM units.{fact.id}"  # noqa: S608
            for fact in FACTS
            if fact.grain == grain
        )
        found = connection.execute(f"SELECT min(period), max(period) FROM ({times})").fetchone()  # noqa: S608
        first, last = cast("tuple[date | None, date | None]", found)
        if first is not None and last is not None:
            return Span(Month.of(first), Month.of(last).plus(months))
    return None


def insert(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]
) -> None:
    """Insert rows into a table of ``release`` column by column, faster than row by row."""
    if not rows:
        return
    columns = TABLES[table]
    listed = ", ".join(f"unnest(?::{type_}[])" for _, type_ in columns)
    values = [list(column) for column in zip(*rows, strict=True)]
    connection.execute(f"INSERT INTO release.{table} SELECT {listed}", values)  # noqa: S608


def _fill_units(connection: duckdb.DuckDBPyConnection, fact: Fact) -> None:
    """Units with the areas above their places as they stood in the unit's month."""
    time = fact.time.name
    own = [f"unit.{name}" for name, _ in unit_columns(fact)]
    above = areas_above(fact, "unit")
    columns = ", ".join([*own[:-1], *above.columns, own[-1]])
    connection.execute(
        f"""INSERT INTO release.{fact.id} SELECT {columns} FROM units.{fact.id} AS unit
        {above.joins} ORDER BY unit.{time}, unit.shuffle"""  # noqa: S608
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
        edition.audience,
        edition.title,
        edition.source_note,
        edition.span.start.first_day,
        edition.span.end.first_day,
        edition.as_of,
        edition.built_at,
        edition.approved_by,
        registry_digest(),
    )
