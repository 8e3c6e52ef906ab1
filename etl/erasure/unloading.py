"""Unloading: which load a file is, and what goes when it is taken back.

The register is built once without the load and compared: records that are missing then go, those
with another content go back to what an earlier file said. Taking it out stands in ``work``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from etl.erasure import holdings, rewriting
from etl.protect import ledger
from etl.register.access import number_of_rows
from etl.register.connections import attach, in_memory
from etl.register.content import MONTH_OF, dated_sql
from etl.register.extracts import Extract, read_about
from etl.register.replay import build
from etl.settings import OperatorError, Settings

#: Records by the month in which they count.
_COUNTED = " UNION ALL ".join(
    f"SELECT '{sort}' AS table_name, key, month FROM ({dated_sql(sort)})"  # noqa: S608
    for sort in MONTH_OF
)


@dataclass(frozen=True)
class Unloading:
    """What goes with a load.

    Attributes:
        extract: The load.
        gone: Keys of records that nothing else tells of, as they stand in the ledger.
        records: How many of each register table these are.
        restored: Records that go back to what an earlier file said.
        closed: Rows of the ledger that go: events in blocks that are closed.
        open_months: How many records of each register table go from each month (YYYY-MM) that
            has no block yet.
    """

    extract: Extract
    gone: tuple[str, ...]
    records: Mapping[str, int]
    restored: int
    closed: int
    open_months: Mapping[str, Mapping[str, int]]


def loads(settings: Settings) -> tuple[Extract, ...]:
    """Every load of a store, in the order of loading."""
    with in_memory(settings) as connection:
        extracts = [read_about(connection, path) for path in settings.extracts.glob("*.parquet")]
    return tuple(sorted(extracts, key=lambda extract: extract.load_no))


def load_of(settings: Settings, file_hash: str) -> Extract:
    """The last load of a file.

    Raises:
        OperatorError: If the store holds none.
    """
    matches = [extract for extract in loads(settings) if extract.file_hash == file_hash]
    if not matches:
        raise OperatorError(
            "The store holds no load of this file under this source; `unload` alone lists all."
        )
    return matches[-1]


def reach(settings: Settings, extract: Extract) -> Unloading:
    """What goes with a load; call it under the store's lock.

    Raises:
        OperatorError: If records of other files hang on it.
    """
    path = settings.register.with_suffix(".new")
    path.unlink(missing_ok=True)
    try:
        build(settings, path, without=extract.extract)
        with in_memory(settings) as connection:
            attach(connection, settings.register, "register")
            attach(connection, path, "fresh")
            _refuse_hanging(connection)
            connection.execute(
                """CREATE TABLE leaving AS SELECT table_name, key FROM register.arrival
                EXCEPT SELECT table_name, key FROM fresh.arrival"""
            )
            gone = connection.execute("FROM leaving ORDER BY ALL").fetchall()
            restored = number_of_rows(
                connection,
                """register.arrival AS told JOIN fresh.arrival AS before
                USING (table_name, key) WHERE told.content <> before.content""",
            )
            keys = tuple(dict.fromkeys(str(key) for _, key in gone))
            holdings.name_gone(connection, keys)
            closed = rewriting.ledger_rows(connection, settings)
            open_months = _open_months(connection, settings)
    finally:
        path.unlink(missing_ok=True)
    counts = Counter(str(name) for name, _ in gone)
    return Unloading(extract, keys, counts, restored, closed, open_months)


def _open_months(
    connection: duckdb.DuckDBPyConnection, settings: Settings
) -> dict[str, dict[str, int]]:
    """Records of ``leaving`` in months that have no block yet, by month and table."""
    connection.execute("CREATE TABLE closed (month DATE)")
    path = settings.units / ledger.FILE_NAME
    if path.exists():
        attach(connection, path, "units")
        # The first month of a quarter was closed before the quarter.
        connection.execute(
            "INSERT INTO closed SELECT period FROM units.block WHERE kind = 'closed'"
        )
        connection.execute("DETACH units")
    rows = connection.execute(
        f"""SELECT strftime(month, '%Y-%m'), table_name, count(*)
        FROM ({_COUNTED}) SEMI JOIN leaving USING (table_name, key)
        ANTI JOIN closed USING (month)
        GROUP BY ALL ORDER BY ALL"""  # noqa: S608
    ).fetchall()
    counts: dict[str, dict[str, int]] = {}
    for month, name, count in rows:
        counts.setdefault(str(month), {})[str(name)] = int(count)
    return counts


def _refuse_hanging(connection: duckdb.DuckDBPyConnection) -> None:
    """Refuse where rows of other loads are about people, or follow decisions, that would go."""
    rows = connection.execute(
        """WITH hanging AS (
            SELECT 'referral' AS table_name, referral_id AS key FROM fresh.referral
            WHERE person_id IN (SELECT person_id FROM register.person)
                AND person_id NOT IN (SELECT person_id FROM fresh.person)
            UNION ALL
            SELECT 'classification', person_id || '|' || seq FROM fresh.classification
            WHERE person_id NOT IN (SELECT person_id FROM fresh.person)
                OR person_id IN (SELECT person_id FROM fresh.classification
                    GROUP BY person_id HAVING max(seq) > count(*))
        )
        SELECT load.load_no, load.source, count(*) FROM hanging
        JOIN fresh.arrival AS arrival USING (table_name, key)
        JOIN fresh.load AS load USING (load_no) GROUP BY ALL ORDER BY ALL"""
    ).fetchall()
    if rows:
        others = ", ".join(
            f"load {number} ({source}): {count} rows" for number, source, count in rows
        )
        raise OperatorError(
            f"Other loads hang on what this one brought: {others}. Unload them first, the last "
            "before the others."
        )
