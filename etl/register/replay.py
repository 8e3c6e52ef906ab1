"""Filling the register: staged rows of one file into it, and all of it again from extracts."""

from __future__ import annotations

from pathlib import Path

import duckdb

from etl.register import decisions, journal, seal
from etl.register.access import assert_no_wal, create, locked, transaction
from etl.register.connections import attach, in_memory
from etl.register.extracts import Extract, read_about, read_extract
from etl.register.records import note_records, take_up
from etl.register.split import create_staged, stage
from etl.register.tables import LOAD_COLUMNS
from etl.settings import Settings

#: The class of a person is that of the latest decision about them.
_CURRENT_CLASS = """
    UPDATE register.person SET class = latest.class FROM (
        SELECT person_id, arg_max(class, seq) AS class FROM register.classification
        GROUP BY person_id
    ) latest
    WHERE person.person_id = latest.person_id AND person.class <> latest.class
"""


def insert(connection: duckdb.DuckDBPyConnection, extract: Extract, *, file_no: int) -> None:
    """Move the staged records of one file, and its load, into the attached ``register``.

    Args:
        connection: Has the schema ``staged``, its records noted, and the attached ``register``.
        extract: What was loaded.
        file_no: Number of its file among the staged ones.
    """
    take_up(connection, extract.load_no, file_no)
    marks = ", ".join("?" for _ in LOAD_COLUMNS)
    connection.execute(
        f"INSERT INTO register.load VALUES ({marks})",  # noqa: S608
        [getattr(extract, name) for name, _ in LOAD_COLUMNS],
    )


def apply_decisions(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Bring an attached ``register`` in line with the decisions about its records.

    Call it at the end of every filling, inside its transaction.
    """
    decisions.apply(connection, settings)
    connection.execute(_CURRENT_CLASS)


def rebuild(settings: Settings) -> int:
    """Build the register again from its extracts and return how many there were.

    The result depends on the extracts and the decisions alone, not on the order in which the
    extracts are found. The earlier register need not be readable.

    Raises:
        OperatorError: If there is no store, it is in use, or an extract is damaged.
    """
    with locked(settings, rebuilding=True):
        return rebuild_locked(settings)


def rebuild_locked(settings: Settings) -> int:
    """Do what ``rebuild`` does, for a caller that holds the store's lock."""
    path = settings.register.with_suffix(".new")
    path.unlink(missing_ok=True)
    count = build(settings, path)
    seal.replace_sealed(settings, path, settings.register)
    journal.forget_extracts(settings)
    return count


def build(settings: Settings, path: Path, *, without: str = "") -> int:
    """Build a register at a path from the extracts, but for one; return how many there were.

    Args:
        settings: Paths of the store, whose lock is held.
        path: Where it is built; no file is there.
        without: Name of an extract that is left out, or "".
    """
    create(path)
    with in_memory(settings) as connection:
        attach(connection, path, "register", write=True)
        paths = (path for path in settings.extracts.glob("*.parquet") if path.stem != without)
        extracts = {path: read_about(connection, path) for path in paths}
        by_order = sorted(extracts, key=lambda path: (extracts[path].load_no, path.stem))
        for extract_path in by_order:
            _replay(connection, extracts[extract_path], extract_path)
        with transaction(connection):
            apply_decisions(connection, settings)
        connection.execute("CHECKPOINT register")
        connection.execute("DETACH register")
    assert_no_wal(path)
    return len(extracts)


def _replay(connection: duckdb.DuckDBPyConnection, extract: Extract, file: Path) -> None:
    """Take one extract up into the attached ``register``."""
    create_staged(connection)
    columns = read_extract(connection, file)
    stage(connection, "wide", columns, extract.row_is)
    note_records(connection)
    with transaction(connection):
        insert(connection, extract, file_no=0)
    connection.execute("DROP SCHEMA staged CASCADE")
    connection.execute("DROP TABLE wide")
