"""Program tokens: with what a notebook or a scheduled script asks for files in somebody's name.

An account has one at most. It is told once, only its digest is kept, and it is worth no more than
the files that the role may save: it opens no page and no form. It ends after ninety days, with
another one, and with everything that ends all sessions of its account.
"""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass

from dashboard.access.account_table import Account, by_number
from dashboard.access.keys import Keys

#: Seconds for which one holds.
LONGEST = 90 * 86_400
#: What each begins with, so that a search for forgotten secrets finds it.
PREFIX = "atlas_"


@dataclass(frozen=True)
class ProgramToken:
    """A token that was just made.

    Attributes:
        text: The token itself, which is not stored.
        ends_at: When it ends, in seconds that only go forward.
    """

    text: str
    ends_at: int


def make(connection: sqlite3.Connection, account: int, keys: Keys, now: int) -> ProgramToken:
    """Make the token of an account in place of the one before."""
    token = PREFIX + secrets.token_urlsafe(32)
    end(connection, account)
    connection.execute(
        "INSERT INTO program_token (digest, account, made_at) VALUES (?, ?, ?)",
        [_digest(token, keys), account, now],
    )
    return ProgramToken(token, now + LONGEST)


def owner(connection: sqlite3.Connection, token: str, keys: Keys, now: int) -> Account | None:
    """The account of a token, None where there is none or it has ended."""
    row = connection.execute(
        "SELECT account FROM program_token WHERE digest = ? AND made_at > ?",
        [_digest(token, keys), now - LONGEST],
    ).fetchone()
    account = by_number(connection, row["account"]) if row else None
    return account if account and not account.disabled else None


def ends_at(connection: sqlite3.Connection, account: int, now: int) -> int | None:
    """When an account's token ends, in seconds that only go forward; None where it has none."""
    row = connection.execute(
        "SELECT made_at FROM program_token WHERE account = ? AND made_at > ?",
        [account, now - LONGEST],
    ).fetchone()
    return row["made_at"] + LONGEST if row else None


def end(connection: sqlite3.Connection, account: int) -> None:
    """End the token of an account."""
    connection.execute("DELETE FROM program_token WHERE account = ?", [account])


def end_all(connection: sqlite3.Connection) -> int:
    """End the tokens of all accounts; how many there were."""
    return connection.execute("DELETE FROM program_token").rowcount


def _digest(token: str, keys: Keys) -> bytes:
    return keys.digest("program token", token)
