"""Opening the register: one writer by a lock, one transaction, no write-ahead log left.

Whoever takes the lock first finishes or undoes what a stopped command left behind.
"""

from __future__ import annotations

import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import duckdb

from dashboard.model.tables import REGISTER
from etl.register import journal
from etl.register.durable import is_no_room, remove_file
from etl.register.durable import replace_file as replace_file
from etl.register.tables import create_statements
from etl.settings import OperatorError, Settings

#: Connection settings of the operator's side: no extension is ever fetched.
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
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
    """Whether an attached register has the tables of this version, each with its columns."""
    found = connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = ?", [database]
    ).fetchall()
    needed = {(entry.name, name) for entry in REGISTER for name in entry.names}
    return needed <= {(str(table), str(column)) for table, column in found}


def assert_no_wal(path: Path) -> None:
    """Raise RuntimeError when a write-ahead log was left beside a closed database."""
    if Path(f"{path}.wal").exists():
        raise RuntimeError(f"{path.name} was closed with an open write-ahead log")


@contextmanager
def locked(settings: Settings, *, rebuilding: bool = False) -> Generator[None]:
    """Hold the store's one writer lock over a store in which no load is unfinished.

    Args:
        settings: Paths of the store.
        rebuilding: Whether the register is to be built again, so that it need not be readable.

    Raises:
        OperatorError: If the store was not made yet, another process holds the lock, or the
            register cannot be read.
    """
    settle = _settle_extracts if rebuilding else _settle
    path = settings.operator / "register.lock"
    if not path.exists():
        raise OperatorError(f"There is no store at {settings.store}; run `init` first.")
    with path.open("rb") as handle:
        if not _lock(handle.fileno()):
            raise OperatorError("Another command is using the store; try again when it is done.")
        settle(settings)
        try:
            yield
        except BaseException:
            settle(settings)
            raise


def _settle(settings: Settings) -> None:
    """Finish or undo a load that was stopped, and remove what was half written.

    The register commits a load in one transaction, so it holds all of its extracts or none.
    """
    journal.clear_unfinished(settings)
    noted = journal.noted_extracts(settings)
    if not noted and not Path(f"{settings.register}.wal").exists():
        return
    held = _committed(settings)
    if not set(noted) <= held:
        for name in noted:
            remove_file(journal.extract_path(settings, name))
    journal.forget_extracts(settings)


def _settle_extracts(settings: Settings) -> None:
    """Before a rebuild: keep the extracts of a stopped load if all are there, else none of them.

    The note stays until the register holds them.
    """
    journal.clear_unfinished(settings)
    paths = [journal.extract_path(settings, name) for name in journal.noted_extracts(settings)]
    if not all(path.exists() for path in paths):
        for path in paths:
            remove_file(path)
    remove_file(Path(f"{settings.register}.wal"))


def _committed(settings: Settings) -> set[str]:
    """Names of the extracts that the register holds; what its log still holds is written to it."""
    try:
        with duckdb.connect(str(settings.register), config=CONFIG) as connection:
            connection.execute("CHECKPOINT")
            held = connection.execute("SELECT extract FROM load").fetchall()
    except duckdb.Error as problem:
        if is_no_room(problem):
            raise
        raise OperatorError(
            "The register cannot be read; run `load --rebuild` to build it again from its extracts."
        ) from problem
    assert_no_wal(settings.register)
    return {str(name) for (name,) in held}


def _lock(descriptor: int) -> bool:
    """Take the lock without waiting; closing the file gives it back."""
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
    settings: Settings, *, write: bool = False
) -> Generator[duckdb.DuckDBPyConnection]:
    """Open the register under the lock; read-only unless ``write``.

    A writer's block is one transaction: it is committed and checkpointed at the end, and rolled
    back when the block raises.

    Raises:
        OperatorError: If there is no store, or another process uses it.
    """
    with locked(settings):
        connection = duckdb.connect(str(settings.register), read_only=not write, config=CONFIG)
        try:
            if write:
                with transaction(connection):
                    yield connection
                connection.execute("CHECKPOINT")
            else:
                yield connection
        finally:
            connection.close()
        assert_no_wal(settings.register)


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Generator[None]:
    """Commit what the block did, or roll it back when it raises."""
    connection.execute("BEGIN TRANSACTION")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


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
