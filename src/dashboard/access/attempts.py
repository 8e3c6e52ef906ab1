"""Attempts: tries to sign in, counted by name and by address before they are looked at.

Counted first, so that many at a time are not more than are allowed; what succeeds is counted no
more. Names are counted as they are typed, so that an account that does not exist is locked like
one that does. What is kept is a digest, and no longer than it counts.
"""

from __future__ import annotations

import sqlite3
from typing import Literal

from dashboard.access.accounts import plain_name
from dashboard.access.keys import Keys

#: Seconds for which a try counts.
COUNTS = 900
#: Tries that a name, and an address, has within that time. Several people share an address.
BY_NAME, BY_ADDRESS = 10, 50

#: "last": it is listened to, and no other is after it.
Chance = Literal["open", "last", "locked"]


def count(connection: sqlite3.Connection, name: str, address: str, keys: Keys, now: int) -> Chance:
    """Count a try and say whether it is listened to; one that is not is not counted."""
    connection.execute("DELETE FROM attempt WHERE at <= ?", [now - COUNTS])
    subjects = _by_name(name, keys), _by_address(address, keys)
    left = [
        limit - _counted(connection, subject)
        for subject, limit in zip(subjects, (BY_NAME, BY_ADDRESS), strict=True)
    ]
    if min(left) <= 0:
        return "locked"
    connection.executemany(
        "INSERT INTO attempt (subject, at) VALUES (?, ?)", [(subject, now) for subject in subjects]
    )
    return "last" if min(left) == 1 else "open"


def forgive(connection: sqlite3.Connection, name: str, address: str, keys: Keys) -> None:
    """A try succeeded: the name begins anew, and the address has one less."""
    forget(connection, name, keys)
    forgive_address(connection, address, keys)


def forgive_address(connection: sqlite3.Connection, address: str, keys: Keys) -> None:
    """A password was right: the address has one less; the name has not, its code can be guessed."""
    connection.execute(
        "DELETE FROM attempt WHERE rowid = (SELECT max(rowid) FROM attempt WHERE subject = ?)",
        [_by_address(address, keys)],
    )


def forget(connection: sqlite3.Connection, name: str, keys: Keys) -> None:
    """Count the tries of a name no more: an administrator gave it a new password."""
    connection.execute("DELETE FROM attempt WHERE subject = ?", [_by_name(name, keys)])


def _by_name(name: str, keys: Keys) -> bytes:
    return keys.digest("name", plain_name(name))


def _by_address(address: str, keys: Keys) -> bytes:
    return keys.digest("address", address)


def _counted(connection: sqlite3.Connection, subject: bytes) -> int:
    (found,) = connection.execute(
        "SELECT count(*) FROM attempt WHERE subject = ?", [subject]
    ).fetchone()
    return found
