"""Invitations: links with which somebody sets a password, once and within a time.

Only a digest of a link is kept: who reads the file of accounts cannot use one.
"""

from __future__ import annotations

import secrets
import sqlite3

from dashboard.access.keys import Keys

#: Seconds for which a link may be used: two days.
LASTS = 172_800


def invite(connection: sqlite3.Connection, account: int, keys: Keys, now: int) -> str:
    """A new link's secret part for an account; one before is void."""
    token = secrets.token_urlsafe(32)
    connection.execute(
        "INSERT OR REPLACE INTO invitation (digest, account, ends_at) VALUES (?, ?, ?)",
        [_digest(token, keys), account, now + LASTS],
    )
    return token


def invited(connection: sqlite3.Connection, token: str, keys: Keys, now: int) -> int | None:
    """The number of the account that a link is for, None where it is void."""
    row = connection.execute(
        "SELECT account FROM invitation JOIN account ON account.id = invitation.account "
        "WHERE digest = ? AND ends_at > ? AND NOT disabled",
        [_digest(token, keys), now],
    ).fetchone()
    return row["account"] if row else None


def use(connection: sqlite3.Connection, token: str, keys: Keys, now: int) -> int | None:
    """Use a link up; the number of its account, None where it is void."""
    account = invited(connection, token, keys, now)
    if account is not None:
        withdraw(connection, account)
    return account


def withdraw(connection: sqlite3.Connection, account: int) -> None:
    """Make the link of an account void."""
    connection.execute("DELETE FROM invitation WHERE account = ?", [account])


def _digest(token: str, keys: Keys) -> bytes:
    return keys.digest("invitation", token)
