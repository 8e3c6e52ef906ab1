"""The register: restricted rows per incident, person, leg, referral and classification.

Tables and who reads them
=========================
The tables of ``dashboard.model.tables.REGISTER``, column for column, and two of bookkeeping:

``load``      one row per accepted file. ``load_no`` counts up from 1 and is the order of loading;
              it is kept inside the extract, so a rebuilt register has the same numbers.
``arrival``   one row per incident, person, referral and classification: which load brought it and
              at which row of the file. ``(load_no, row_no)`` is the order of arrival. ``key`` is
              incident_id, person_id or referral_id; for a classification ``person_id|seq``.
              Places and legs arrive with their incident or person. Example::

                  SELECT p.*, a.load_no, a.row_no FROM person p
                  JOIN arrival a ON a.table_name = 'person' AND a.key = p.person_id

Reading hints for whoever turns the register into facts: a coded field that a source does not
declare is NULL (not asked), while ``unknown`` was asked and not known; a many-valued field that
was not answered is NULL, never an empty list. ``movement.person_id`` is NULL for legs of a whole
incident; a leg without month took that of its incident. ``person.class`` is the class of the
highest ``seq`` once classifications exist.

The register is opened under a lock (one process at a time), written in one transaction,
checkpointed and closed, so that no ``.wal`` is left. How a file becomes an extract stands in
``extracts``; how it is read and checked in ``read``, ``harmonise`` and ``validate``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from dashboard.model.tables import REGISTER, Table
from etl.extracts import Extract, read_about, read_extract
from etl.settings import OperatorError, Settings
from etl.split import create_staged, stage

#: Columns of the two bookkeeping tables.
LOAD_COLUMNS: tuple[tuple[str, str], ...] = (
    ("load_no", "INTEGER"),
    ("extract", "VARCHAR"),
    ("source", "VARCHAR"),
    ("title", "VARCHAR"),
    ("attribution", "VARCHAR"),
    ("partner", "VARCHAR"),
    ("kind", "VARCHAR"),
    ("row_is", "VARCHAR"),
    ("file_hash", "VARCHAR"),
    ("loaded_at", "TIMESTAMP"),
    ("rows", "INTEGER"),
    ("held", "INTEGER"),
)
ARRIVAL_COLUMNS: tuple[tuple[str, str], ...] = (
    ("table_name", "VARCHAR"),
    ("key", "VARCHAR"),
    ("load_no", "INTEGER"),
    ("row_no", "INTEGER"),
)

#: Tables whose records arrive by themselves, with the expression of their key.
ARRIVALS: tuple[tuple[str, str], ...] = (
    ("incident", "incident_id"),
    ("person", "person_id"),
    ("referral", "referral_id"),
    ("classification", "person_id || '|' || seq"),
)
#: The class of a person is that of the latest decision about them.
_CURRENT_CLASS = """
    UPDATE register.person SET class = latest.class FROM (
        SELECT person_id, arg_max(class, seq) AS class FROM register.classification
        GROUP BY person_id
    ) latest
    WHERE person.person_id = latest.person_id AND person.class <> latest.class
"""

#: Connection settings of the operator's side: no extension is ever fetched.
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def create_statements(schema: str = "") -> list[str]:
    """DDL of an empty register, one statement a table; ``schema`` names an attached database."""
    prefix = f"{schema}." if schema else ""
    made = [f"CREATE TABLE {prefix}{entry.name} ({_columns(entry)})" for entry in REGISTER]
    for name, columns in (("load", LOAD_COLUMNS), ("arrival", ARRIVAL_COLUMNS)):
        listed = ", ".join(f'"{column}" {type_}' for column, type_ in columns)
        made.append(f"CREATE TABLE {prefix}{name} ({listed})")
    return made


def _columns(entry: Table) -> str:
    return ", ".join(
        f'"{field.name}" {field.kind.sql}{" NOT NULL" if field.required else ""}'
        for field in entry.fields
    )


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


def insert(connection: duckdb.DuckDBPyConnection, extract: Extract, *, file_no: int) -> None:
    """Move the staged rows of one file into the attached database ``register``.

    Args:
        connection: Has the schema ``staged`` and the attached ``register``.
        extract: What was loaded.
        file_no: Number of its file among the staged ones.
    """
    for entry in REGISTER:
        names = ", ".join(f'"{name}"' for name in entry.names)
        connection.execute(
            f"INSERT INTO register.{entry.name} SELECT {names} FROM staged.{entry.name} "  # noqa: S608
            "WHERE file_no = ? ORDER BY row_no",
            [file_no],
        )
    for name, key in ARRIVALS:
        connection.execute(
            f"INSERT INTO register.arrival SELECT ?, {key}, ?, row_no FROM staged.{name} "  # noqa: S608
            "WHERE file_no = ? ORDER BY row_no",
            [name, extract.load_no, file_no],
        )
    marks = ", ".join("?" for _ in LOAD_COLUMNS)
    connection.execute(
        f"INSERT INTO register.load VALUES ({marks})",  # noqa: S608
        [getattr(extract, name) for name, _ in LOAD_COLUMNS],
    )
    connection.execute(_CURRENT_CLASS)


def rebuild(settings: Settings) -> int:
    """Build the register again from its extracts and return how many there were.

    The result depends on the extracts alone, not on the order in which they are found.

    Raises:
        OperatorError: If there is no store, it is in use, or an extract is damaged.
    """
    path = settings.register.with_suffix(".new")
    path.unlink(missing_ok=True)
    with locked(settings):
        create(path)
        with duckdb.connect(":memory:", config=CONFIG) as connection:
            quoted = str(path).replace("'", "''")
            connection.execute(f"ATTACH '{quoted}' AS register")
            files = sorted(
                ((read_about(connection, p), p) for p in settings.extracts.glob("*.parquet")),
                key=lambda pair: (pair[0].load_no, pair[0].extract),
            )
            for extract, file in files:
                _replay(connection, extract, file)
            connection.execute("CHECKPOINT register")
            connection.execute("DETACH register")
        assert_no_wal(path)
        replace_file(path, settings.register)
    return len(files)


def _replay(connection: duckdb.DuckDBPyConnection, extract: Extract, file: Path) -> None:
    create_staged(connection)
    columns = read_extract(connection, "wide", file)
    stage(connection, "wide", columns, extract.row_is)
    with transaction(connection):
        insert(connection, extract, file_no=0)
    connection.execute("DROP SCHEMA staged CASCADE")
    connection.execute("DROP TABLE wide")
