"""Sessions: who signed in, kept by the server; a browser has a random name of one.

Only a digest of that name is kept. A session ends by itself after half an hour of silence and
after twelve hours, and at once when its account signs out, changes its password or is disabled.
"""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass
from typing import Literal

from dashboard.access.accounts import Account, numbered
from dashboard.access.keys import Keys

#: Seconds of silence, and in all, after which a session ends.
IDLE, LONGEST = 1_800, 43_200
#: Seconds within which the code has to follow the password.
FOR_CODE = 300
#: A session is written to at most so often, in seconds.
_NOTED = 60

#: "code": the password was right and the code is still to come. "enrol": nothing but an
#: authenticator can be set up. "whole": signed in.
Stage = Literal["code", "enrol", "whole"]


@dataclass(frozen=True)
class Session:
    """A session that holds.

    Attributes:
        token: Its name, which only the browser keeps.
        account: Who signed in.
        stage: How far.
    """

    token: str
    account: Account
    stage: Stage


def begin(
    connection: sqlite3.Connection, account: int, stage: Stage, keys: Keys, now: int
) -> Session:
    """Begin a session under a new name."""
    token = secrets.token_urlsafe(32)
    connection.execute("DELETE FROM session WHERE made_at <= ?", [now - LONGEST])
    connection.execute(
        "INSERT INTO session (digest, account, stage, made_at, seen_at) VALUES (?, ?, ?, ?, ?)",
        [_digest(token, keys), account, stage, now, now],
    )
    return Session(token, numbered(connection, account), stage)


def held(connection: sqlite3.Connection, token: str, keys: Keys, now: int) -> Session | None:
    """The session with a name, None where there is none or it has ended."""
    digest = _digest(token, keys)
    row = connection.execute("SELECT * FROM session WHERE digest = ?", [digest]).fetchone()
    if row is None:
        return None
    account = numbered(connection, row["account"])
    longest = FOR_CODE if row["stage"] == "code" else LONGEST
    if account.disabled or now - row["made_at"] >= longest or now - row["seen_at"] >= IDLE:
        return None
    if now - row["seen_at"] >= _NOTED:
        connection.execute("UPDATE session SET seen_at = ? WHERE digest = ?", [now, digest])
    return Session(token, account, row["stage"])


def end(connection: sqlite3.Connection, token: str, keys: Keys) -> None:
    """End one session."""
    connection.execute("DELETE FROM session WHERE digest = ?", [_digest(token, keys)])


def end_all(connection: sqlite3.Connection, account: int) -> None:
    """End every session of an account."""
    connection.execute("DELETE FROM session WHERE account = ?", [account])


def count(connection: sqlite3.Connection, account: int, now: int) -> int:
    """How many sessions of an account hold."""
    (found,) = connection.execute(
        "SELECT count(*) FROM session WHERE account = ? AND stage = 'whole' "
        "AND made_at > ? AND seen_at > ?",
        [account, now - LONGEST, now - IDLE],
    ).fetchone()
    return found


def _digest(token: str, keys: Keys) -> bytes:
    return keys.digest("session", token)
