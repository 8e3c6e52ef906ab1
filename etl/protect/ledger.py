"""Ledger: the units published so far, kept for good, and the records that went into them.

``units.duckdb`` lies in the operator's half of a store. Per fact it has a table with the columns
of the fact without areas above places, the block that each unit belongs to, and ``shuffle``, which
decides the order in a file. Beside them

``block``    the blocks that were made: ``n`` events that their units stand for (0 where the
             records were too few), ``exact`` where that is the number of their records for certain
``ledger``   the records of each block
``lack``     dimensions that a block does not hold, since they were added to the registry later
``edition``  the releases and how many blocks each held
``echo``     the blocks of the latest edition's echoes, which follow from its release

Rows are appended and never changed, but for those of ``echo``. Every function works on a connection
that has the file attached as ``units``; how the events of the register are read with it stands in
``history``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

import duckdb
import numpy as np

from dashboard.model.facts import FACTS, Fact
from dashboard.model.periods import Month
from etl.protect.block import Block, BlockKind
from etl.protect.coding import Coding
from etl.register.access import number_of_rows, transaction

FILE_NAME = "units.duckdb"

_BOOKS = {
    "block": """(
        fact VARCHAR NOT NULL, period DATE NOT NULL, kind VARCHAR NOT NULL, base INTEGER NOT NULL,
        n BIGINT NOT NULL, exact BOOLEAN NOT NULL, PRIMARY KEY (fact, period, kind)
    )""",
    "ledger": """(
        fact VARCHAR NOT NULL, record_key VARCHAR NOT NULL, period DATE NOT NULL,
        kind VARCHAR NOT NULL, PRIMARY KEY (fact, record_key)
    )""",
    "lack": """(
        fact VARCHAR NOT NULL, dimension VARCHAR NOT NULL, period DATE NOT NULL,
        kind VARCHAR NOT NULL, PRIMARY KEY (fact, dimension, period, kind)
    )""",
    "edition": "(release_id VARCHAR PRIMARY KEY, blocks BIGINT NOT NULL)",
    "echo": """(
        fact VARCHAR NOT NULL, replicate INTEGER NOT NULL, number INTEGER NOT NULL,
        terms VARCHAR NOT NULL, follows VARCHAR NOT NULL, units BLOB NOT NULL,
        digest VARCHAR NOT NULL
    )""",
}
#: Columns by which a unit is found, after those that a release also has.
_BELONGING = (
    ("block_period", "DATE"),
    ("block_kind", "VARCHAR"),
    ("shuffle", "UBIGINT"),
)


def unit_columns(fact: Fact) -> tuple[tuple[str, str], ...]:
    """Columns of a stored unit that a release also has, as (name, type)."""
    fields = (fact.time, *fact.dimensions)
    return (*((field.name, field.kind.sql) for field in fields), ("size", "INTEGER"))


def ensure_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables that are not there yet, and add what the registry gained since.

    All of it or nothing; call it outside a transaction.
    """
    existing = _table_columns(connection)
    with transaction(connection):
        for book, columns in _BOOKS.items():
            connection.execute(f"CREATE TABLE IF NOT EXISTS units.{book} {columns}")
        for fact in FACTS:
            if fact.id in existing:
                _add_columns(connection, fact, existing[fact.id])
            else:
                declared = (*unit_columns(fact), *_BELONGING)
                columns = ", ".join(f"{name} {type_}" for name, type_ in declared)
                connection.execute(f"CREATE TABLE units.{fact.id} ({columns})")


def _table_columns(connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    """Tables of ``units``, each with the names of its columns."""
    columns_of: dict[str, set[str]] = {}
    for table, column in connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'units'"
    ).fetchall():
        columns_of.setdefault(str(table), set()).add(str(column))
    return columns_of


def _add_columns(connection: duckdb.DuckDBPyConnection, fact: Fact, existing: set[str]) -> None:
    """Add the columns that the registry gained, and note that no block so far holds them."""
    for name, type_ in unit_columns(fact):
        if name not in existing:
            connection.execute(f"ALTER TABLE units.{fact.id} ADD COLUMN {name} {type_}")
            connection.execute(
                """INSERT INTO units.lack
                SELECT fact, ?, period, kind FROM units.block WHERE fact = ?""",
                [name, fact.id],
            )


def append_blocks(
    connection: duckdb.DuckDBPyConnection,
    fact: Fact,
    blocks: Sequence[Block],
    coding: Coding,
    base: int,
) -> None:
    """Store blocks with their units and their part of the ledger."""
    _append(
        connection,
        "block",
        {
            "fact": ("VARCHAR", [fact.id] * len(blocks)),
            "period": ("DATE", [block.period for block in blocks]),
            "kind": ("VARCHAR", [block.kind for block in blocks]),
            "base": ("INTEGER", [base] * len(blocks)),
            "n": ("BIGINT", [block.n for block in blocks]),
            "exact": ("BOOLEAN", [block.exact for block in blocks]),
        },
    )
    filled = [block for block in blocks if len(block.sizes)]
    if not filled:
        return
    # A list of keys for each block, since only keys differ from record to record.
    connection.execute(
        """INSERT INTO units.ledger BY NAME
        SELECT ? AS fact, unnest(keys) AS record_key, period, kind
        FROM (
            SELECT unnest(?::VARCHAR[][]) AS keys, unnest(?::DATE[]) AS period,
                unnest(?::VARCHAR[]) AS kind
        )""",
        [
            fact.id,
            [list(block.keys) for block in filled],
            [block.period for block in filled],
            [block.kind for block in filled],
        ],
    )
    of_units = [block for block in filled for _ in block.sizes]
    months = np.concatenate([block.months for block in filled])
    values = coding.decode(np.concatenate([block.rows for block in filled]))
    _append(
        connection,
        fact.id,
        {
            fact.time.name: ("DATE", months.astype("datetime64[D]").tolist()),
            **{field.name: (field.kind.sql, values[field.name]) for field in fact.dimensions},
            "size": ("INTEGER", np.concatenate([block.sizes for block in filled]).tolist()),
            "block_period": ("DATE", [block.period for block in of_units]),
            "block_kind": ("VARCHAR", [block.kind for block in of_units]),
            "shuffle": ("UBIGINT", np.concatenate([block.order for block in filled]).tolist()),
        },
    )


def append_records(
    connection: duckdb.DuckDBPyConnection,
    fact: Fact,
    due: Sequence[tuple[date, BlockKind]],
    after: Month | None = None,
) -> None:
    """Store due blocks whose units are the records themselves, as in a store with base 1.

    A record goes into the closed block of its period, else into the first late block due.
    """
    time = fact.time.name
    closed = [period for period, kind in due if kind == "closed"]
    late = [period for period, kind in due if kind == "late"]
    connection.execute(
        f"""INSERT INTO units.ledger BY NAME
        SELECT ? AS fact, event.record_key, coalesce(closed.period, min(late.period)) AS period,
            CASE WHEN closed.period IS NULL THEN 'late' ELSE 'closed' END AS kind
        FROM events.{fact.id} AS event
        LEFT JOIN (SELECT unnest(?::DATE[]) AS period) AS closed ON closed.period = event.{time}
        LEFT JOIN (SELECT unnest(?::DATE[]) AS period) AS late
            ON event.{time} <= late.period + INTERVAL 2 MONTH
        ANTI JOIN units.ledger AS ledger
            ON ledger.fact = ? AND ledger.record_key = event.record_key
        WHERE event.{time} > ?
        GROUP BY event.record_key, closed.period
        HAVING coalesce(closed.period, min(late.period)) IS NOT NULL""",  # noqa: S608
        [fact.id, closed, late, fact.id, _first_day(after)],
    )
    listed = ", ".join(f"event.{field.name}" for field in (fact.time, *fact.dimensions))
    connection.execute(
        f"""INSERT INTO units.{fact.id} BY NAME
        SELECT {listed}, event.n AS size, ledger.period AS block_period,
            ledger.kind AS block_kind, hash(event.record_key) AS shuffle
        FROM events.{fact.id} AS event
        JOIN units.ledger AS ledger
            ON ledger.fact = ? AND ledger.record_key = event.record_key
        ANTI JOIN units.block AS block
            ON block.fact = ? AND block.period = ledger.period AND block.kind = ledger.kind""",  # noqa: S608
        [fact.id, fact.id],
    )
    for period, kind in due:
        connection.execute(
            f"""INSERT INTO units.block
            SELECT ?, ?, ?, 1, coalesce(sum(size), 0), true FROM units.{fact.id}
            WHERE block_period = ? AND block_kind = ?""",  # noqa: S608
            [fact.id, period, kind, period, kind],
        )


def _append(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: dict[str, tuple[str, Sequence[object]]],
) -> None:
    """Append rows to a table, given as its columns by name, each with type and values."""
    if not any(len(values) for _, values in columns.values()):
        return
    listed = ", ".join(f"unnest(?::{type_}[]) AS {name}" for name, (type_, _) in columns.items())
    connection.execute(
        f"INSERT INTO units.{table} BY NAME SELECT {listed}",  # noqa: S608
        [list(values) for _, values in columns.values()],
    )


def closed_periods(connection: duckdb.DuckDBPyConnection, fact: Fact) -> list[date]:
    """Periods of the closed blocks of a fact, in order."""
    rows = connection.execute(
        "SELECT period FROM units.block WHERE fact = ? AND kind = 'closed' ORDER BY period",
        [fact.id],
    ).fetchall()
    return [cast(date, row[0]) for row in rows]


def contents(
    connection: duckdb.DuckDBPyConnection, fact: Fact
) -> dict[tuple[date, BlockKind], tuple[int, int]]:
    """Of each block with units: events that they stand for, and number of units."""
    rows = connection.execute(
        f"""SELECT block_period, block_kind, sum(size)::BIGINT, count(*) FROM units.{fact.id}
        GROUP BY ALL"""  # noqa: S608
    ).fetchall()
    return {(period, kind): (events, units) for period, kind, events, units in rows}


def waiting(
    connection: duckdb.DuckDBPyConnection, fact: Fact, after: Month | None
) -> dict[date, int]:
    """Events of closed periods that are in no block, by period."""
    rows = connection.execute(
        f"""SELECT event.{fact.time.name}, sum(event.n)::INTEGER
        FROM events.{fact.id} AS event
        JOIN units.block AS block ON block.fact = $fact AND block.kind = 'closed'
            AND block.period = event.{fact.time.name} AND block.period > $after
        ANTI JOIN units.ledger AS ledger
            ON ledger.fact = $fact AND ledger.record_key = event.record_key
        GROUP BY ALL ORDER BY ALL""",  # noqa: S608
        {"fact": fact.id, "after": _first_day(after)},
    ).fetchall()
    return {period: int(count) for period, count in rows}


def block_count(connection: duckdb.DuckDBPyConnection) -> int:
    """Number of blocks that are stored, of all facts."""
    return number_of_rows(connection, "units.block")


def released_block_count(connection: duckdb.DuckDBPyConnection) -> int:
    """Number of blocks that the fullest release held."""
    row = connection.execute("SELECT coalesce(max(blocks), 0) FROM units.edition").fetchone()
    return cast("tuple[int]", row)[0]


def record_edition(connection: duckdb.DuckDBPyConnection, release_id: str) -> None:
    """Note that a release holds all blocks stored so far."""
    connection.execute(
        "INSERT INTO units.edition SELECT ?, count(*) FROM units.block", [release_id]
    )


def _first_day(after: Month | None) -> date:
    """First day of the last month that is not retained; the earliest date where all are."""
    return after.first_day if after else date.min
