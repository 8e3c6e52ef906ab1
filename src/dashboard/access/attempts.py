"""Attempts: tries to sign in, counted by name and by address before they are looked at.

Counted first, so that many at a time are not more than are allowed; what succeeds is counted no
more. Names are counted as they are typed, so that an account that does not exist is locked like
one that does. A browser that signed in with a name before has tries of its own, and so has who is
signed in: others who guess lock neither out (OWASP, device cookies). What is kept is a digest, and
no longer than it counts.
"""

from __future__ import annotations

import sqlite3
from typing import Literal

from dashboard.access.account_table import Account, plain_name
from dashboard.access.keys import Keys

#: Seconds for which a try counts.
COUNTS = 900
#: Tries that a name, and an address, has within that time. Several people share an address.
BY_NAME, BY_ADDRESS = 10, 50

#: Whose tries are counted together: those of a name as it was typed, of a browser that is known,
#: or of an account that is signed in; and its name, its token or its number.
Subject = tuple[Literal["name", "device", "account"], str]
#: "last": this try is allowed, and none after it.
Chance = Literal["open", "last", "locked"]


def of_name(name: str, device: str = "") -> Subject:
    """The subject of tries with a name; ``device`` is the token of a browser that is known."""
    return ("device", device) if device else ("name", plain_name(name))


def of_account(account: Account) -> Subject:
    """The subject of tries of somebody signed in."""
    return "account", str(account.id)


def count(
    connection: sqlite3.Connection, who: Subject | None, address: str, keys: Keys, now: int
) -> Chance:
    """Count a try and say whether it may go on; one that may not is not counted.

    Without a subject, as for proofs that nobody can guess, the address alone is counted.
    """
    connection.execute("DELETE FROM attempt WHERE at <= ?", [now - COUNTS])
    limits = {keys.digest(*who): BY_NAME} if who else {}
    if who is None or who[0] == "name":
        limits[_subject_of(address, keys)] = BY_ADDRESS
    remaining = [limit - _tries(connection, subject) for subject, limit in limits.items()]
    if min(remaining) <= 0:
        return "locked"
    connection.executemany(
        "INSERT INTO attempt (subject, at) VALUES (?, ?)", [(subject, now) for subject in limits]
    )
    return "last" if min(remaining) == 1 else "open"


def forgive(connection: sqlite3.Connection, who: Subject, address: str, keys: Keys) -> None:
    """Forget all tries of a subject after one that succeeded, and that one of its address."""
    forget(connection, who, keys)
    forgive_address(connection, who, address, keys)


def forgive_address(
    connection: sqlite3.Connection, who: Subject | None, address: str, keys: Keys
) -> None:
    """Forget the last try of an address after a right password, where ``count`` counted that.

    Tries of the name are kept until its code is right too.
    """
    if who is None or who[0] == "name":
        connection.execute(
            "DELETE FROM attempt WHERE rowid = (SELECT max(rowid) FROM attempt WHERE subject = ?)",
            [_subject_of(address, keys)],
        )


def forget(connection: sqlite3.Connection, who: Subject, keys: Keys) -> None:
    """Forget all tries of a subject."""
    connection.execute("DELETE FROM attempt WHERE subject = ?", [keys.digest(*who)])


def _subject_of(address: str, keys: Keys) -> bytes:
    """The digest under which the tries of an address are kept."""
    return keys.digest("address", address)


def _tries(connection: sqlite3.Connection, subject: bytes) -> int:
    """How many tries of a subject are kept."""
    return connection.execute(
        "SELECT count(*) FROM attempt WHERE subject = ?", [subject]
    ).fetchone()[0]
