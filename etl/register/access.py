"""Opening the register: one writer by a lock, one transaction, no write-ahead log left.

Every file of the operator's half that is replaced is replaced here, durably and in one step.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from etl.register.tables import create_statements
from etl.settings import OperatorError, Settings

#: Connection settings of the operator's side: no extension is ever fetched.
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def create(path: Path) -> None:
    """Make an empty register file."""
    with duckdb.connect(str(path), config=CONFIG) as connection:
        for statement in create_statements():
            connection.execute(statement)
        connection.execute("CHECKPOINT")
    assert_no_wal(path)


def assert_no_wal(path: Path) -> None:
    """Raise RuntimeError when a write-ahead log was left beside a closed database."""
    if Path(f"{path}.wal").exists():
        raise RuntimeError(f"{path.name} was closed with an open write-ahead log")


@contextmanager
def locked(settings: Settings) -> Generator[None]:
    """Hold the store's one writer lock.

    Raises:
        OperatorError: If the store was not made yet, or another process holds the lock.
    """
    path = settings.operator / "register.lock"
    if not path.exists():
        raise OperatorError(f"There is no store at {settings.store}; run `init` first.")
    with path.open("rb") as handle:
        if not _lock(handle.fileno()):
            raise OperatorError("Another command is using the store; try again when it is done.")
        yield


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


def replace_file(new: Path, path: Path) -> None:
    """Put a finished file in the place of another, durably and in one step."""
    with new.open("rb+") as handle:
        os.fsync(handle.fileno())
    new.replace(path)
