"""Opening the register: one writer by a lock, one transaction, no write-ahead log left.

Whoever takes the lock first finishes or undoes what a stopped command left behind, and finds that
every file of the operator's half is as it was written (see ``seal``). No database is written in
place.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Collection, Generator, Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import duckdb

from dashboard.model.tables import REGISTER
from etl.register import journal, seal
from etl.register.durable import is_no_room
from etl.register.seal import UNITS
from etl.register.tables import ARRIVAL_COLUMNS, LOAD_COLUMNS, create_statements
from etl.secret_files import are_there
from etl.secrets import open_secrets
from etl.settings import OperatorError, Settings

#: Connection settings of the operator's side: no extension is ever fetched.
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    # Tables are many and small: in the usual blocks of 256 kB a new file is three times as large.
    "default_block_size": 65536,
}

#: What an operator reads whose register has not the tables of this version.
MADE_BY_ANOTHER = (
    "The register was made by another version; run `load --rebuild` to build it again from its "
    "extracts."
)


def create(path: Path) -> None:
    """Make an empty register file."""
    with duckdb.connect(str(path), config=CONFIG) as connection:
        for statement in create_statements():
            connection.execute(statement)
        connection.execute("CHECKPOINT")
    assert_no_wal(path)


def has_every_table(connection: duckdb.DuckDBPyConnection, database: str) -> bool:
    """Whether a register has the tables of this version, of records and of bookkeeping.

    Args:
        connection: Has it attached.
        database: Its name there.
    """
    present = connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = ?", [database]
    ).fetchall()
    needed = {(entry.name, name) for entry in REGISTER for name in entry.names}
    for table, columns in (("load", LOAD_COLUMNS), ("arrival", ARRIVAL_COLUMNS)):
        needed |= {(table, name) for name, _ in columns}
    return needed <= {(str(table), str(column)) for table, column in present}


def assert_no_wal(path: Path) -> None:
    """Raise RuntimeError when a write-ahead log was left beside a closed database."""
    if Path(f"{path}.wal").exists():
        raise RuntimeError(f"{path.name} was closed with an open write-ahead log")


@contextmanager
def locked(
    settings: Settings,
    *,
    rebuilding: bool = False,
    anew: Collection[str] = (),
    taking_back: bool = False,
) -> Generator[None]:
    """Hold the store's one writer lock over a store that is whole and has no unfinished load.

    Args:
        settings: Paths of the store.
        rebuilding: Whether the register is to be built again, so that it need not be whole.
        anew: Names of other files that are to be written anew and need not be whole.
        taking_back: Whether readers are only shown an earlier release, which must not wait: the
            stored units are verified alone, and nothing where a secret is missing.

    Raises:
        OperatorError: If the store was not made yet, or by another version, another process holds
            the lock, a secret is not that of the store, a file of the operator's half is not as it
            was written, or that half is older than its releases.
    """
    path = settings.operator / seal.LOCK
    if not path.exists():
        raise OperatorError(f"There is no store at {settings.store}; run `init` first.")
    with path.open("rb") as handle:
        if not _lock(handle.fileno()):
            raise OperatorError("Another command is using the store; try again when it is done.")
        if taking_back and not are_there(settings):
            yield
            return
        open_secrets(settings)
        journal.clear_unfinished(settings)
        register = (settings.register.name,) if rebuilding else ()
        seal.verify(settings, anew=(*register, *anew), only=UNITS if taking_back else "")
        if not taking_back:
            seal.refuse_older_half(settings)
        settle = _settle_before_rebuild if rebuilding else _settle_load
        settle(settings)
        try:
            yield
        except BaseException:
            journal.clear_unfinished(settings)
            settle(settings)
            raise


def _settle_load(settings: Settings) -> None:
    """Finish or undo a load that was stopped.

    The register takes a load up in one step, so it holds all of its extracts or none.
    """
    noted = journal.noted_extracts(settings)
    if not noted:
        return
    if not set(noted) <= _loaded_extracts(settings):
        for name in noted:
            seal.drop(settings, journal.extract_path(settings, name))
    journal.forget_extracts(settings)


def _settle_before_rebuild(settings: Settings) -> None:
    """Keep the extracts of a stopped load if all are there, else remove them all.

    The note stays until the rebuilt register holds them.
    """
    paths = [journal.extract_path(settings, name) for name in journal.noted_extracts(settings)]
    if not all(path.exists() for path in paths):
        for path in paths:
            seal.drop(settings, path)


def _loaded_extracts(settings: Settings) -> set[str]:
    """Names of the extracts that the register holds."""
    try:
        with reading(settings.register) as connection:
            return set(texts_of(connection, "SELECT extract FROM load"))
    except duckdb.Error as problem:
        if is_no_room(problem):
            raise
        raise OperatorError(
            "The register cannot be read; run `load --rebuild` to build it again from its extracts."
        ) from problem


def _lock(descriptor: int) -> bool:
    """Take the lock of an open file, if it is free, and say whether; closing the file frees it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def open_register(
    settings: Settings, *, anew: Collection[str] = ()
) -> Generator[duckdb.DuckDBPyConnection]:
    """Open the register under the lock to read it; ``anew`` is that of ``locked``.

    Raises:
        OperatorError: If there is no store, or another process uses it.
    """
    with locked(settings, anew=anew), reading(settings.register) as connection:
        yield connection


@contextmanager
def rewritten(settings: Settings, path: Path) -> Generator[Path]:
    """A copy of a database to write into; it replaces the file when the ``with`` ends well.

    Call it under the lock, which clears what a ``with`` that raises leaves.
    """
    copy = path.with_suffix(".new")
    shutil.copyfile(path, copy)
    yield copy
    assert_no_wal(copy)
    seal.replace_sealed(settings, copy, path)


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Generator[None]:
    """Commit what is done inside the ``with``, or roll it back when that raises."""
    connection.execute("BEGIN TRANSACTION")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def reading(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection to a database that is only read."""
    return duckdb.connect(str(path), read_only=True, config=CONFIG)


def texts_of(
    connection: duckdb.DuckDBPyConnection, query: str, values: Sequence[object] = ()
) -> list[str]:
    """The first column of what a query finds, as texts."""
    return [str(first) for first, *_ in connection.execute(query, list(values)).fetchall()]


def add_rows(
    connection: duckdb.DuckDBPyConnection,
    into: str,
    columns: Iterable[tuple[str, str]],
    rows: Iterable[Sequence[object]],
) -> None:
    """Put rows into a table column by column, faster than row by row.

    Args:
        connection: Has the table, or will have it.
        into: What makes the table or adds to it, before its SELECT.
        columns: Names of columns and their types.
        rows: A value for each of them.
    """
    listed = ", ".join(f"unnest(?::{type_}[]) AS {name}" for name, type_ in columns)
    values = list(zip(*rows, strict=True)) or [()] * listed.count("?")
    connection.execute(f"{into} SELECT {listed}", list(map(list, values)))  # noqa: S608


def number_of_rows(
    connection: duckdb.DuckDBPyConnection, relation: str, values: Sequence[object] = ()
) -> int:
    """How many rows a relation has.

    Args:
        connection: Has the relation.
        relation: Its name, or what stands behind FROM, conditions included.
        values: Bound to the question marks in it.
    """
    row = connection.execute(f"SELECT count(*) FROM {relation}", list(values)).fetchone()  # noqa: S608
    return cast("tuple[int]", row)[0]
