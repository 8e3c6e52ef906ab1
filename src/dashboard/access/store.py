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
#: What each version added; a file says in ``user_version`` how many of these it has had.
MIGRATIONS = (
    """
    CREATE TABLE account (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        role TEXT NOT NULL,
        password TEXT,
        code_salt TEXT,
        code_proven INTEGER NOT NULL DEFAULT 0,
        code_step INTEGER NOT NULL DEFAULT 0,
        disabled INTEGER NOT NULL DEFAULT 0,
        made_at INTEGER NOT NULL,
        last_at INTEGER
    ) STRICT;
    CREATE TABLE recovery_code (
        digest BLOB PRIMARY KEY,
        account INTEGER NOT NULL REFERENCES account (id)
    ) STRICT;
    CREATE TABLE session (
        digest BLOB PRIMARY KEY,
        account INTEGER NOT NULL REFERENCES account (id),
        stage TEXT NOT NULL,
        made_at INTEGER NOT NULL,
        seen_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX session_of ON session (account);
    CREATE TABLE invitation (
        digest BLOB PRIMARY KEY,
        account INTEGER NOT NULL UNIQUE REFERENCES account (id),
        ends_at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE attempt (
        subject BLOB NOT NULL,
        at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX attempt_of ON attempt (subject, at);
    CREATE TABLE audit_head (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        number INTEGER NOT NULL,
        digest TEXT NOT NULL
    ) STRICT;
    """,
    """
    CREATE TABLE program_token (
        digest BLOB PRIMARY KEY,
        account INTEGER NOT NULL UNIQUE REFERENCES account (id),
        made_at INTEGER NOT NULL
    ) STRICT;
    """,
    """
    ALTER TABLE account ADD COLUMN partner TEXT;
    CREATE TABLE sign_off_answer (
        round TEXT NOT NULL,
        partner TEXT NOT NULL,
        kind TEXT NOT NULL,
        account INTEGER NOT NULL REFERENCES account (id),
        at INTEGER NOT NULL,
        words TEXT NOT NULL,
        PRIMARY KEY (round, partner, kind)
    ) STRICT;
    CREATE TABLE sign_off_seen (
        round TEXT NOT NULL,
        account INTEGER NOT NULL REFERENCES account (id),
        PRIMARY KEY (round, account)
    ) STRICT;
    """,
    """
    CREATE TABLE decision (
        id INTEGER PRIMARY KEY,
        action TEXT NOT NULL,
        owner TEXT NOT NULL,
        due TEXT NOT NULL,
        exhibit TEXT NOT NULL,
        query TEXT NOT NULL,
        release TEXT NOT NULL,
        months TEXT NOT NULL,
        follows INTEGER NOT NULL,
        state TEXT NOT NULL,
        noted_at INTEGER NOT NULL,
        changed_at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE decision_answer (
        decision INTEGER NOT NULL REFERENCES decision (id),
        lang TEXT NOT NULL,
        answer BLOB NOT NULL,
        PRIMARY KEY (decision, lang)
    ) STRICT;
    CREATE TABLE saved_view (
        id INTEGER PRIMARY KEY,
        account INTEGER NOT NULL REFERENCES account (id),
        name TEXT NOT NULL,
        path TEXT NOT NULL,
        query TEXT NOT NULL,
        shared INTEGER NOT NULL,
        made_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX saved_view_of ON saved_view (account);
    CREATE TABLE explanation (
        area TEXT NOT NULL,
        verdict TEXT NOT NULL,
        first TEXT NOT NULL,
        reason TEXT NOT NULL,
        words TEXT NOT NULL,
        role TEXT NOT NULL,
        made_at INTEGER NOT NULL,
        PRIMARY KEY (area, verdict, first)
    ) STRICT;
    """,
    """
    ALTER TABLE account ADD COLUMN settled_at INTEGER NOT NULL DEFAULT 0;
    UPDATE account SET settled_at = made_at;
    """,
    """
    CREATE TABLE data_request (
        id INTEGER PRIMARY KEY,
        asker TEXT NOT NULL,
        organisation TEXT NOT NULL,
        purpose TEXT NOT NULL,
        asked_on TEXT NOT NULL,
        revision INTEGER NOT NULL,
        outcome TEXT,
        release TEXT,
        decider TEXT,
        answered_on TEXT,
        knows INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    """,
    """
    CREATE TABLE edition_seen (
        release TEXT PRIMARY KEY,
        gone INTEGER NOT NULL
    ) STRICT;
    """,
    """
    CREATE TABLE month_note (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        month TEXT NOT NULL,
        last_month TEXT NOT NULL,
        kind TEXT NOT NULL,
        area TEXT NOT NULL,
        words TEXT NOT NULL,
        role TEXT NOT NULL,
        made_at INTEGER NOT NULL
    ) STRICT;
    """,
    """
    ALTER TABLE audit_head ADD COLUMN keyed_from INTEGER;
    CREATE TABLE audit_break (
        number INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        digest TEXT NOT NULL,
        kept TEXT NOT NULL,
        sha256 TEXT NOT NULL
    ) STRICT;
    """,
    """
    CREATE TABLE clock (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        boot TEXT NOT NULL,
        steady REAL NOT NULL,
        running REAL NOT NULL,
        ahead REAL NOT NULL,
        back INTEGER NOT NULL DEFAULT 0,
        back_at INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE used_code (
        account INTEGER NOT NULL REFERENCES account (id),
        step INTEGER NOT NULL,
        PRIMARY KEY (account, step)
    ) STRICT;
    INSERT INTO used_code SELECT id, code_step FROM account WHERE code_step > 0;
    ALTER TABLE account DROP COLUMN code_step;
    ALTER TABLE session ADD COLUMN address TEXT NOT NULL DEFAULT '';
    ALTER TABLE session ADD COLUMN browser TEXT NOT NULL DEFAULT '';
    ALTER TABLE session ADD COLUMN means TEXT NOT NULL DEFAULT 'password';
    ALTER TABLE account ADD COLUMN grace_until INTEGER NOT NULL DEFAULT 0;
    UPDATE account SET grace_until = CAST(strftime('%s', 'now') AS INTEGER) + 2592000
        WHERE role IN ('coordinator', 'partner') AND password IS NOT NULL AND NOT code_proven;
    CREATE TABLE passkey (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        account INTEGER NOT NULL REFERENCES account (id),
        credential BLOB NOT NULL UNIQUE,
        public_key BLOB NOT NULL,
        seal BLOB NOT NULL,
        sign_count INTEGER NOT NULL,
        name TEXT NOT NULL,
        made_at INTEGER NOT NULL,
        used_at INTEGER
    ) STRICT;
    CREATE INDEX passkey_of ON passkey (account);
    CREATE TABLE identity (
        issuer TEXT NOT NULL,
        subject TEXT NOT NULL,
        account INTEGER NOT NULL UNIQUE REFERENCES account (id),
        seal BLOB NOT NULL,
        PRIMARY KEY (issuer, subject)
    ) STRICT;
    ALTER TABLE invitation ADD COLUMN only_provider INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE used_word (
        digest BLOB PRIMARY KEY,
        at INTEGER NOT NULL
    ) STRICT;
    """,
)


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
