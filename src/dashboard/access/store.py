"""Store: the SQLite file of accounts, its tables and how they grow.

A file of its own among what the web process keeps, never in a release. A connection lasts as long
as one thing that is done, so that threads and processes share the file and nothing else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from dashboard.access.keys import private_file, private_folder

FILE = "accounts.sqlite3"
#: Seconds for which one who writes waits for another.
_PATIENCE = 10.0
_TABLES = Path(__file__).with_name("store.sql").read_text(encoding="utf-8")
#: What each version added; a file says in ``user_version`` how many of these it has had.
MIGRATIONS = _TABLES.split("-- The next version.\n")


class NewerStore(Exception):  # noqa: N818 -- says a state, as its message does
    """The file of accounts was written by a newer version of the product."""


class UnwritableState(Exception):  # noqa: N818 -- says a state, as its message does
    """The folder of what the web process keeps cannot be written to; the message says why."""


@dataclass(frozen=True)
class Store:
    """The file of accounts in a folder.

    Attributes:
        folder: The folder of what the web process keeps.
    """

    folder: Path

    @property
    def path(self) -> Path:
        """The file."""
        return self.folder / FILE

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection for one thing that is read."""
        with closing(self._connect()) as connection:
            yield connection

    def rows(self, query: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        """The rows of one SELECT, with its values."""
        with self.reading() as connection:
            return connection.execute(query, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection that nobody else writes beside; all of it is kept, or nothing."""
        with closing(self._connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def _connect(self) -> sqlite3.Connection:
        """A new connection, without a transaction, with our settings."""
        connection = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)
        connection.row_factory = sqlite3.Row
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")  # what is corrected is overwritten
        except sqlite3.Error:
            connection.close()
            raise
        return connection


def open_store(folder: Path) -> Store:
    """Make the file where there is none, and bring an older one up to date.

    Raises:
        NewerStore: If a newer version of the product wrote it.
        UnwritableState: If it cannot be made or written to.
    """
    try:
        return _migrate(folder)
    except (OSError, sqlite3.OperationalError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnwritableState(
            f"The folder {folder} cannot be written to ({reason}). Set ATLAS_STATE to one that "
            "belongs to the user who serves."
        ) from error


def _migrate(folder: Path) -> Store:
    """Make the file where there is none, and run the migrations that it has not had."""
    private_folder(folder)
    store = Store(folder)
    private_file(store.path)  # SQLite gives the files beside it the same rights
    with store.reading() as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    with store.writing() as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > len(MIGRATIONS):
            raise NewerStore(f"{store.path} was written by a newer version of Situation Atlas.")
        for migration in MIGRATIONS[version:]:
            for statement in filter(None, map(str.strip, migration.split(";"))):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    return store
