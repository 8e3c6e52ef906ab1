"""Holdings: which rows of the extracts hold a record, and which of them go.

Works on a connection in memory, in three tables: ``extract_file`` (file_no, path, row_is),
``holding`` (file_no, row_no, the ids of the row and the last month it names) and, once it is
decided what is erased, ``going`` (file_no, row_no: rows to erase) and ``gone`` (id: ids that no row
has after that).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import cast, get_args

import duckdb

from dashboard.model.periods import Month
from etl.register.access import texts_of
from etl.register.decisions import ErasedTable
from etl.register.extracts import read_about
from etl.register.tables import KEYS, MONTHS
from etl.settings import Settings

_TABLES = (
    "CREATE OR REPLACE TABLE extract_file (file_no INTEGER, path VARCHAR, row_is VARCHAR)",
    """CREATE OR REPLACE TABLE holding (
        file_no INTEGER, row_no INTEGER, incident_id VARCHAR, person_id VARCHAR,
        referral_id VARCHAR, voyage_id VARCHAR, last_month DATE
    )""",
)


@dataclass(frozen=True)
class Reach:
    """What goes with a record, itself included.

    Attributes:
        records: Ids of the records, by register table.
        bare: Incidents that were in no other rows, so that nothing is left of them.
        rows: Rows of extracts that go.
        files: Extracts that hold one of them.
    """

    records: Mapping[ErasedTable, tuple[str, ...]]
    bare: tuple[str, ...]
    rows: int
    files: int

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of everything that is erased, without incidents that are only left in no row."""
        return tuple(chain.from_iterable(self.records.values()))


def gather(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Read the ids and months of every row of every extract."""
    for statement in _TABLES:
        connection.execute(statement)
    for number, path in enumerate(sorted(settings.extracts.glob("*.parquet"))):
        about = read_about(connection, path)
        connection.execute(
            "INSERT INTO extract_file VALUES (?, ?, ?)", [number, str(path), about.row_is]
        )
        names = texts_of(connection, "SELECT name FROM parquet_schema(?)", [str(path)])
        ids = [f'"{name}"' if name in names else "NULL" for name in KEYS.values()]
        months = [f'"{name}"' for name in names if name.split("[")[0] in MONTHS]
        connection.execute(
            f"""INSERT INTO holding SELECT {number}, row_no, {", ".join(ids)},
            list_max([{", ".join(months)}]::DATE[]) FROM read_parquet(?)""",  # noqa: S608
            [str(path)],
        )


def reach_of(connection: duckdb.DuckDBPyConnection, table: ErasedTable, id_: str) -> Reach:
    """What is erased with one record, by the gathered extracts.

    People go with their incident, referrals with their person. Leaves the rows to erase in the
    table ``going`` and their ids in ``gone``, with incidents that were in no other rows (bare).

    Args:
        connection: Has the gathered extracts.
        table: Register table of the record.
        id_: Its id.
    """
    ids: dict[ErasedTable, set[str]] = {
        name: {id_} if name == table else set() for name in get_args(ErasedTable)
    }
    ids["person"] |= _hanging(connection, "person_id", "incident_id", ids["incident"])
    ids["referral"] |= _hanging(connection, "referral_id", "person_id", ids["person"])
    records: dict[ErasedTable, tuple[str, ...]] = {
        name: tuple(sorted(table_ids)) for name, table_ids in ids.items()
    }
    mark_erased(connection, tuple(chain.from_iterable(records.values())), bare=())
    bare = texts_of(
        connection,
        """SELECT DISTINCT incident_id FROM holding SEMI JOIN going USING (file_no, row_no)
        WHERE incident_id IS NOT NULL AND incident_id NOT IN (FROM gone)
        EXCEPT SELECT incident_id FROM holding ANTI JOIN going USING (file_no, row_no)""",
    )
    connection.execute("INSERT INTO gone SELECT unnest(?::VARCHAR[])", [bare])
    return Reach(records, tuple(sorted(bare)), *count_going(connection))


def mark_erased(
    connection: duckdb.DuckDBPyConnection, ids: tuple[str, ...], bare: tuple[str, ...]
) -> None:
    """Write all rows that hold one of the ids into ``going``, and all of the ids into ``gone``.

    Args:
        connection: Has the gathered extracts.
        ids: Ids of the records to erase.
        bare: Incidents that are left in no row then; () where they are not known yet.
    """
    name_gone(connection, ids)
    hit = " OR ".join(f"{key} IN (FROM gone)" for key in KEYS)
    connection.execute(
        f"CREATE OR REPLACE TABLE going AS SELECT file_no, row_no FROM holding WHERE {hit}"  # noqa: S608
    )
    connection.execute("INSERT INTO gone SELECT unnest(?::VARCHAR[])", [list(bare)])


def name_gone(connection: duckdb.DuckDBPyConnection, ids: tuple[str, ...]) -> None:
    """Make the table ``gone`` of these ids."""
    connection.execute(
        "CREATE OR REPLACE TABLE gone AS SELECT unnest(?::VARCHAR[]) AS id", [list(ids)]
    )


def mark_past_keeping(connection: duckdb.DuckDBPyConnection, horizon: Month) -> None:
    """Write rows of all cases that ended by the horizon into ``going``, their ids into ``gone``.

    A case is an incident with its people, their journeys, classes and referrals. It is kept whole
    until the last month that any of its rows names, so that nothing loses what it hangs on.
    """
    connection.execute(
        """CREATE OR REPLACE TABLE going AS
        WITH home AS (
            SELECT person_id, min(incident_id) AS incident_id FROM holding
            WHERE person_id IS NOT NULL AND incident_id IS NOT NULL GROUP BY person_id
        ), cased AS (
            SELECT file_no, row_no, last_month, coalesce(
                holding.incident_id, home.incident_id, holding.person_id, referral_id, voyage_id
            ) AS case_id
            FROM holding LEFT JOIN home USING (person_id)
        )
        SELECT file_no, row_no FROM cased SEMI JOIN (
            SELECT case_id FROM cased GROUP BY case_id HAVING max(last_month) <= ?
        ) USING (case_id)""",
        [horizon.first_day],
    )
    ids_going, ids_staying = (
        " UNION ".join(
            f"SELECT {key} AS id FROM holding {join} JOIN going USING (file_no, row_no) "  # noqa: S608
            f"WHERE {key} NOT NULL"
            for key in KEYS
        )
        for join in ("SEMI", "ANTI")
    )
    connection.execute(f"CREATE OR REPLACE TABLE gone AS ({ids_going}) EXCEPT ({ids_staying})")


def count_going(connection: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """Number of rows that go, and of extracts that hold one of them."""
    counts = connection.execute("SELECT count(*), count(DISTINCT file_no) FROM going").fetchone()
    return cast("tuple[int, int]", counts)


def _hanging(
    connection: duckdb.DuckDBPyConnection, column: str, key: str, ids: set[str]
) -> set[str]:
    """Ids of one kind in rows that hold one of the ids of another kind.

    Args:
        connection: Has the gathered extracts.
        column: Column of the ids that are wanted.
        key: Column of the ids that are given.
        ids: These ids.
    """
    query = f"""SELECT DISTINCT {column} FROM holding
        WHERE {column} IS NOT NULL AND {key} IN (SELECT unnest(?::VARCHAR[]))"""  # noqa: S608
    return set(texts_of(connection, query, [sorted(ids)]))
