"""Invitations: links with which somebody gets a way in, once and within a time.

One sets a password or binds the account to who a provider says somebody is; one that was made for
the second alone leaves the password as it is.

Only a digest of a link is kept: who reads the file of accounts cannot use one.
"""

from __future__ import annotations

import secrets
import sqlite3

from dashboard.access.keys import Keys

#: Seconds for which a link may be used: two days.
LASTS = 172_800


def invite(
    connection: sqlite3.Connection,
    account: int,
    keys: Keys,
    now: int,
    *,
    only_provider: bool = False,
) -> str:
    """Make a link for an account and give its secret part; the link before is void.

    With ``only_provider`` it binds the account to who a provider names, and sets no password.
    """
    token = secrets.token_urlsafe(32)
    connection.execute(
        "INSERT OR REPLACE INTO invitation (digest, account, ends_at, only_provider) "
        "VALUES (?, ?, ?, ?)",
        [_digest(token, keys), account, now + LASTS, only_provider],
    )
    return token


def account_of(
    connection: sqlite3.Connection, token: str, keys: Keys, now: int, *, by_provider: bool = False
) -> int | None:
    """The number of the account that a link is for, None where it is void.

    Args:
        connection: The file of accounts.
        token: The secret part of the link.
        keys: What links are made of.
        now: Seconds that only go forward.
        by_provider: Whether it is used to bind the account to an identity, not to set a password.
    """
    row = connection.execute(
        "SELECT account FROM invitation JOIN account ON account.id = invitation.account "
        "WHERE digest = ? AND ends_at > ? AND NOT disabled AND (? OR NOT only_provider)",
        [_digest(token, keys), now, by_provider],
    ).fetchone()
    return row["account"] if row else None


def use(connection: sqlite3.Connection, token: str, keys: Keys, now: int) -> int | None:
    """Use a link up to set a password; the number of its account, None where it is void."""
    account = account_of(connection, token, keys, now)
    if account is not None:
        withdraw(connection, account)
    return account


def withdraw(connection: sqlite3.Connection, account: int) -> None:
    """Make the link of an account void."""
    connection.execute("DELETE FROM invitation WHERE account = ?", [account])


def _digest(token: str, keys: Keys) -> bytes:
    return keys.digest("invitation", token)
