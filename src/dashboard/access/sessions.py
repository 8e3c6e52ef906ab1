"""Sessions: who signed in, kept by the server; a browser has a random name of one.

Only a digest of that name is kept. A session ends by itself after half an hour of silence and
after twelve hours, and at once when it or all of its account are ended, when its account changes
its password or is disabled. All seconds here only go forward (``timer``).
"""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass
from typing import Literal

from dashboard.access.account_table import Account, by_number
from dashboard.access.keys import Keys

#: Seconds of silence, and in all, after which a session ends.
IDLE, LONGEST = 1_800, 43_200
#: Seconds within which the code has to follow the password.
FOR_CODE = 300
#: Seconds for which a session proves by itself who sits there.
FRESH = 600
#: A session is written to at most so often, in seconds.
_NOTED = 60
#: Bytes of a session's digest that are its mark in a list.
_MARK = 8

#: "code": the password was right and the code is still to come. "enrol": nothing but a second
#: factor can be set up. "whole": signed in.
Stage = Literal["code", "enrol", "whole"]
#: With what somebody signed in.
Means = Literal["password", "passkey", "provider"]


@dataclass(frozen=True)
class Origin:
    """Where a session began.

    Attributes:
        address: Address of the request, '' where it is not known.
        browser: Browser and system, as the browser says of itself, '' where it says neither.
        means: With what somebody signed in.
    """

    address: str = ""
    browser: str = ""
    means: Means = "password"


@dataclass(frozen=True)
class Session:
    """A session that has not ended.

    Attributes:
        token: Its name, which only the browser keeps.
        account: Who signed in.
        stage: How far they have come in signing in.
        made_at: When it began.
        origin: Where it began.
    """

    token: str
    account: Account
    stage: Stage
    made_at: int
    origin: Origin

    def is_fresh(self, now: int) -> bool:
        """Whether it began a moment ago, so that its owner need not prove again who they are."""
        return now - self.made_at < FRESH


@dataclass(frozen=True)
class Listed:
    """A session in the list of its account.

    Attributes:
        mark: By which it is ended; it opens nothing.
        origin: Where it began.
        made_at: When it began.
        seen_at: When it was used last, to the minute.
        is_own: Whether it is the one that asks.
    """

    mark: str
    origin: Origin
    made_at: int
    seen_at: int
    is_own: bool


def begin(
    connection: sqlite3.Connection,
    account: int,
    stage: Stage,
    keys: Keys,
    now: int,
    origin: Origin = Origin(),  # noqa: B008 -- frozen
) -> Session:
    """Begin a session under a new name."""
    token = secrets.token_urlsafe(32)
    connection.execute("DELETE FROM session WHERE made_at <= ?", [now - LONGEST])
    connection.execute(
        "INSERT INTO session (digest, account, stage, made_at, seen_at, address, browser, means) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [_digest(token, keys), account, stage, now, now,
         origin.address, origin.browser, origin.means],
    )  # fmt: skip
    return Session(token, by_number(connection, account), stage, now, origin)


def find_session(
    connection: sqlite3.Connection, token: str, keys: Keys, now: int
) -> Session | None:
    """The session with a name, None where there is none or it has ended."""
    digest = _digest(token, keys)
    row = connection.execute("SELECT * FROM session WHERE digest = ?", [digest]).fetchone()
    if row is None:
        return None
    account = by_number(connection, row["account"])
    longest = FOR_CODE if row["stage"] == "code" else LONGEST
    if account.disabled or now - row["made_at"] >= longest or now - row["seen_at"] >= IDLE:
        return None
    if now - row["seen_at"] >= _NOTED:
        connection.execute("UPDATE session SET seen_at = ? WHERE digest = ?", [now, digest])
    return Session(token, account, row["stage"], row["made_at"], _origin(row))


def end(connection: sqlite3.Connection, token: str, keys: Keys) -> None:
    """End one session."""
    connection.execute("DELETE FROM session WHERE digest = ?", [_digest(token, keys)])


def end_marked(connection: sqlite3.Connection, account: int, mark: str) -> bool:
    """End the session of an account that a list has under a mark; whether there was one."""
    done = connection.execute(
        "DELETE FROM session WHERE account = ? AND lower(hex(substr(digest, 1, ?))) = ?",
        [account, _MARK, mark],
    )
    return done.rowcount > 0


def end_others(connection: sqlite3.Connection, own: Session, keys: Keys) -> None:
    """End every session of an account but ``own``."""
    connection.execute(
        "DELETE FROM session WHERE account = ? AND digest != ?",
        [own.account.id, _digest(own.token, keys)],
    )


def end_all(connection: sqlite3.Connection, account: int) -> None:
    """End every session of an account."""
    connection.execute("DELETE FROM session WHERE account = ?", [account])


def listed(connection: sqlite3.Connection, own: Session, keys: Keys, now: int) -> list[Listed]:
    """The sessions of an account that have not ended, ``own`` first and then the last used."""
    own_digest = _digest(own.token, keys)
    rows = connection.execute(
        "SELECT * FROM session WHERE account = ? AND stage = 'whole' AND made_at > ? "
        "AND seen_at > ? ORDER BY digest != ?, seen_at DESC",
        [own.account.id, now - LONGEST, now - IDLE, own_digest],
    )
    return [
        Listed(
            row["digest"][:_MARK].hex(), _origin(row), row["made_at"], row["seen_at"],
            row["digest"] == own_digest,
        )
        for row in rows
    ]  # fmt: skip


def _origin(row: sqlite3.Row) -> Origin:
    return Origin(row["address"], row["browser"], row["means"])


def _digest(token: str, keys: Keys) -> bytes:
    return keys.digest("session", token)
