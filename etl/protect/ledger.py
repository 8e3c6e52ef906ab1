"""Ledger: the units published so far, kept for good, and the records that went into them.

``units.duckdb`` lies in the operator's half of a store. Per fact it has a table with the columns
of the fact without areas above places, and ``shuffle``, which decides the order in a file. Beside
them ``block`` lists closed periods (``n`` is 0 where the records were too few), ``ledger`` the
records of each block, ``edition`` the releases and how many blocks each held. Rows are appended
and never changed. Every function works on a connection that has the file attached as ``units``
and the events of the register as ``events``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

import duckdb
import numpy as np

from dashboard.model.facts import FACTS, Fact
from dashboard.model.periods import Month
from etl.protect.close import Block, History
from etl.protect.coding import Value

FILE_NAME = "units.duckdb"

_BOOKS = (
    """CREATE TABLE IF NOT EXISTS units.block (
        fact VARCHAR NOT NULL, period DATE NOT NULL, base INTEGER NOT NULL, n BIGINT NOT NULL,
        PRIMARY KEY (fact, period)
    )""",
    """CREATE TABLE IF NOT EXISTS units.ledger (
        fact VARCHAR NOT NULL, record_key VARCHAR NOT NULL, period DATE NOT NULL,
        PRIMARY KEY (fact, record_key)
    )""",
    """CREATE TABLE IF NOT EXISTS units.edition (
        release_id VARCHAR PRIMARY KEY, blocks BIGINT NOT NULL
    )""",
)


@dataclass(frozen=True)
class Waiting:
    """Events of closed periods that are in no block.

    Attributes:
        late: They came after their period was closed, or waited before.
        few: Their period was closed just now with fewer of them than the base.
    """

    late: int
    few: int


def unit_columns(fact: Fact) -> tuple[tuple[str, str], ...]:
    """Columns of a stored unit that a release also has, as (name, type)."""
    fields = (fact.time, *fact.dimensions)
    return (*((field.name, field.kind.sql) for field in fields), ("size", "INTEGER"))


def ensure_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables that are not there yet."""
    for statement in _BOOKS:
        connection.execute(statement)
    for fact in FACTS:
        columns = ", ".join(f"{name} {type_}" for name, type_ in unit_columns(fact))
        connection.execute(
            f"CREATE TABLE IF NOT EXISTS units.{fact.id} ({columns}, shuffle UBIGINT NOT NULL)"
        )


def due_periods(
    connection: duckdb.DuckDBPyConnection, fact: Fact, last_closed: Month
) -> list[date]:
    """Closed periods with events and without a block, in order."""
    last = last_closed if fact.grain == "month" else last_closed.plus(-2)
    found = connection.execute(
        f"""SELECT DISTINCT event.{fact.time.name} AS period
        FROM events.{fact.id} AS event
        ANTI JOIN units.block AS block
            ON block.fact = ? AND block.period = event.{fact.time.name}
        WHERE event.{fact.time.name} <= ?
        ORDER BY period""",  # noqa: S608
        [fact.id, last.first_day],
    ).fetchall()
    return [cast(date, row[0]) for row in found]


def read_history(connection: duckdb.DuckDBPyConnection, fact: Fact) -> History:
    """Records and stored units of a fact; records sorted by key."""
    names = [field.name for field in fact.dimensions]
    listed = ", ".join(f"event.{name}" for name in names)
    records = connection.execute(
        f"""SELECT event.record_key, event.{fact.time.name}, event.n,
            ledger.record_key IS NOT NULL, {listed}
        FROM events.{fact.id} AS event
        LEFT JOIN units.ledger AS ledger
            ON ledger.fact = ? AND ledger.record_key = event.record_key
        ORDER BY event.record_key""",  # noqa: S608
        [fact.id],
    ).fetchall()
    units = connection.execute(
        f"""SELECT {fact.time.name}, size, {", ".join(names)} FROM units.{fact.id}
        ORDER BY {fact.time.name}, shuffle"""  # noqa: S608
    ).fetchall()
    keys, periods, n, published, *values = _columns(records, 4 + len(names))
    unit_periods, unit_sizes, *unit_values = _columns(units, 2 + len(names))
    return History(
        fact=fact,
        keys=cast("list[str]", keys),
        periods=cast("list[date]", periods),
        n=np.array(n, dtype=np.int64),
        values=dict(zip(names, cast("list[list[Value]]", values), strict=True)),
        published=np.array(published, dtype=bool),
        unit_periods=cast("list[date]", unit_periods),
        unit_sizes=np.array(unit_sizes, dtype=np.int64),
        unit_values=dict(zip(names, cast("list[list[Value]]", unit_values), strict=True)),
    )


def append_block(
    connection: duckdb.DuckDBPyConnection, fact: Fact, block: Block, base: int
) -> None:
    """Store one block with its units and its part of the ledger."""
    connection.execute(
        "INSERT INTO units.block VALUES (?, ?, ?, ?)", [fact.id, block.period, base, block.n]
    )
    if not block.keys:
        return
    connection.execute(
        "INSERT INTO units.ledger SELECT ?, unnest(?::VARCHAR[]), ?",
        [fact.id, list(block.keys), block.period],
    )
    listed = ", ".join(f"unnest(?::{field.kind.sql}[])" for field in fact.dimensions)
    connection.execute(
        f"""INSERT INTO units.{fact.id}
        SELECT ?::DATE, {listed}, unnest(?::INTEGER[]), unnest(?::UBIGINT[])""",  # noqa: S608
        [
            block.period,
            *(list(block.values[field.name]) for field in fact.dimensions),
            block.sizes.tolist(),
            block.order.tolist(),
        ],
    )


def append_records(
    connection: duckdb.DuckDBPyConnection, fact: Fact, due: list[date]
) -> tuple[int, int]:
    """Base 1: store the records of due periods as the units; return events and units."""
    time = fact.time.name
    listed = ", ".join(field.name for field in fact.dimensions)
    chosen = f"FROM events.{fact.id} WHERE list_contains(?::DATE[], {time})"
    connection.execute(
        f"INSERT INTO units.{fact.id} SELECT {time}, {listed}, n, hash(record_key) {chosen}",  # noqa: S608
        [due],
    )
    connection.execute(
        f"INSERT INTO units.ledger SELECT ?, record_key, {time} {chosen}",  # noqa: S608
        [fact.id, due],
    )
    connection.execute(
        f"INSERT INTO units.block SELECT ?, {time}, 1, sum(n) {chosen} GROUP BY {time}",  # noqa: S608
        [fact.id, due],
    )
    found = connection.execute(
        f"SELECT coalesce(sum(n), 0)::BIGINT, count(*) {chosen}",  # noqa: S608
        [due],
    ).fetchone()
    return cast("tuple[int, int]", found)


def waiting(connection: duckdb.DuckDBPyConnection, fact: Fact, just_closed: list[date]) -> Waiting:
    """Events of closed periods that are in no block."""
    found = connection.execute(
        f"""SELECT
            coalesce(sum(event.n) FILTER (NOT list_contains(?::DATE[], block.period)), 0)::BIGINT,
            coalesce(sum(event.n) FILTER (list_contains(?::DATE[], block.period)), 0)::BIGINT
        FROM events.{fact.id} AS event
        JOIN units.block AS block ON block.fact = ? AND block.period = event.{fact.time.name}
        ANTI JOIN units.ledger AS ledger
            ON ledger.fact = ? AND ledger.record_key = event.record_key""",  # noqa: S608
        [just_closed, just_closed, fact.id, fact.id],
    ).fetchone()
    late, few = cast("tuple[int, int]", found)
    return Waiting(late, few)


def blocks(connection: duckdb.DuckDBPyConnection) -> int:
    """Number of blocks that are stored."""
    return cast("tuple[int]", connection.execute("SELECT count(*) FROM units.block").fetchone())[0]


def blocks_released(connection: duckdb.DuckDBPyConnection) -> int:
    """Number of blocks that the fullest release held."""
    found = connection.execute("SELECT coalesce(max(blocks), 0) FROM units.edition").fetchone()
    return cast("tuple[int]", found)[0]


def record_edition(connection: duckdb.DuckDBPyConnection, release_id: str) -> None:
    """Note that a release holds all blocks."""
    connection.execute(
        "INSERT INTO units.edition SELECT ?, count(*) FROM units.block", [release_id]
    )


def _columns(rows: list[tuple[object, ...]], width: int) -> list[list[object]]:
    """Rows turned into columns, of which there are some even without rows."""
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[]] * width
