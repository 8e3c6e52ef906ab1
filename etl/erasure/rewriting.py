"""Rewriting: extracts and units written anew without the rows that go.

A database keeps what was deleted in its free blocks, so nothing is deleted in place: a new file
takes the place of the old one. Every step may be repeated after a kill.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import duckdb

from etl.protect.ledger import FILE_NAME
from etl.register import journal, seal
from etl.register.access import assert_no_wal, number_of_rows, texts_of
from etl.register.connections import attach
from etl.register.extracts import (
    Extract,
    content_digest,
    read_about,
    read_extract,
    write_extract,
)
from etl.settings import Settings

#: What hangs on others is written first, so that a repeated step still finds what it hangs on.
_ORDER = ("classification", "referral", "person", "incident", "voyage")
#: A key is that of a record, alone or before a bar and a number; decisions go by the whole of it.
_GONE = "split_part(record_key, '|', 1) IN (FROM gone) OR record_key IN (FROM gone)"
_SHARED = ("incident.", "incident_place.")


def rewrite_extracts(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Write each extract that holds a row to erase (table ``going``) anew, without these rows.

    Its name follows from what is left of it. One of which nothing is left stays as a file without
    rows, since it also says that a file was loaded and which publisher words are owed to.
    """
    touched = connection.execute(
        """SELECT file_no, path FROM extract_file SEMI JOIN going USING (file_no)
        ORDER BY list_position(?::VARCHAR[], row_is), path""",
        [list(_ORDER)],
    ).fetchall()
    for file_no, path in cast("list[tuple[int, str]]", touched):
        _rewrite_extract(connection, settings, file_no, Path(path))


def rewrite_units(connection: duckdb.DuckDBPyConnection, settings: Settings) -> int:
    """Write the stored units anew without ledger rows of ``gone``; return how many went."""
    path = settings.units / FILE_NAME
    if not path.exists():
        return 0
    new = path.with_suffix(".new")
    attach(connection, path, "units")
    attach(connection, new, "fresh", write=True)
    connection.execute("COPY FROM DATABASE units TO fresh (SCHEMA)")
    removed = 0
    tables = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'units' ORDER BY 1"
    for name in texts_of(connection, tables):
        stays = f" WHERE NOT ({_GONE})" if name == "ledger" else ""
        connection.execute(f'INSERT INTO fresh."{name}" SELECT * FROM units."{name}"{stays}')  # noqa: S608
        if name == "ledger":
            removed = number_of_rows(connection, "units.ledger")
            removed -= number_of_rows(connection, "fresh.ledger")
    connection.execute("CHECKPOINT fresh")
    connection.execute("DETACH fresh")
    connection.execute("DETACH units")
    assert_no_wal(new)
    seal.replace_sealed(settings, new, path)
    return removed


def ledger_rows(connection: duckdb.DuckDBPyConnection, settings: Settings) -> int:
    """Ledger rows of ``gone`` that the stored units hold."""
    path = settings.units / FILE_NAME
    if not path.exists():
        return 0
    attach(connection, path, "units")
    count = number_of_rows(connection, f"units.ledger WHERE {_GONE}")
    connection.execute("DETACH units")
    return count


def _rewrite_extract(
    connection: duckdb.DuckDBPyConnection, settings: Settings, file_no: int, path: Path
) -> None:
    """Write one extract anew without its rows to erase, those of ``going``."""
    about = read_about(connection, path)
    columns = read_extract(connection, path)
    if about.row_is == "person":
        _pass_on(connection, columns, file_no)
    connection.execute(
        "DELETE FROM wide WHERE row_no IN (SELECT row_no FROM going WHERE file_no = ?)", [file_no]
    )
    about = replace(about, rows=number_of_rows(connection, "wide"))
    about = replace(about, extract=_digest(connection, settings, columns, about))
    after = journal.extract_path(settings, about.extract)
    new = after.with_suffix(".new")
    write_extract(connection, "wide", new, about)
    connection.execute("DROP TABLE wide")
    seal.replace_sealed(settings, new, after)
    seal.drop(settings, path)


def _pass_on(connection: duckdb.DuckDBPyConnection, columns: list[str], file_no: int) -> None:
    """Copy what rows that go say of their incident into the first row of it that stays.

    The incident is a record of its own, and some files tell of it in the row of its first person
    only.
    """
    shared = [
        name for name in columns if name.startswith(_SHARED) and name != "incident.incident_id"
    ]
    connection.execute(
        """CREATE OR REPLACE TABLE remaining AS
        SELECT "incident.incident_id" AS id, min(row_no) AS row_no FROM wide
        WHERE row_no NOT IN (SELECT row_no FROM going WHERE file_no = ?) AND id IN (
            SELECT incident_id FROM holding SEMI JOIN going USING (file_no, row_no)
            WHERE file_no = ?)
        GROUP BY id""",
        [file_no, file_no],
    )
    for name in shared:
        connection.execute(
            f"""UPDATE wide SET "{name}" = kept.value FROM (
                SELECT remaining.row_no, arg_min("{name}", wide.row_no) AS value
                FROM wide JOIN remaining ON remaining.id = wide."incident.incident_id"
                WHERE "{name}" IS NOT NULL GROUP BY remaining.row_no
            ) AS kept WHERE wide.row_no = kept.row_no"""  # noqa: S608
        )
    connection.execute("DROP TABLE remaining")


def _digest(
    connection: duckdb.DuckDBPyConnection, settings: Settings, columns: list[str], about: Extract
) -> str:
    """Digest of the remaining rows, with the load's number where another extract has the same."""
    identity = (about.partner, about.kind, about.row_is)
    digest = content_digest(connection, "wide", columns, identity)
    existing = journal.extract_path(settings, digest)
    if existing.exists() and read_about(connection, existing).load_no != about.load_no:
        digest = content_digest(connection, "wide", columns, (*identity, str(about.load_no)))
    return digest
