"""The table of accounts: who may sign in, by name and role.

An account is never deleted, only disabled: the record names it.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from dataclasses import dataclass
from typing import TypedDict, Unpack

from dashboard.access.roles import BY_NAME, Role

#: A name: a work address or a short word.
_NAME = re.compile(r"[^\s\x00-\x1f\x7f<>\"'\\]{3,120}")
#: Characters of a partner's name.
_LONGEST_PARTNER = 120
#: Selects what ``Account`` holds, one row an account.
_SELECT = (
    "SELECT id, name, role, password, code_salt, code_proven, disabled, last_at, partner, "
    "settled_at, grace_until, "
    "(SELECT count(*) FROM passkey WHERE account = account.id) AS passkeys, "
    "EXISTS (SELECT 1 FROM identity WHERE account = account.id) AS is_connected FROM account"
)


class BadName(ValueError):  # noqa: N818 -- says a state, as its message does
    """A name that no account can have, or has already."""


@dataclass(frozen=True)
class Account:
    """One account.

    Attributes:
        id: Its number.
        name: Its name, in small letters.
        role: What it may do.
        password: Its password as it is kept, None before it has one.
        code_salt: Salt of its authenticator's key, None where there is none.
        code_proven: Whether a code of its authenticator was right once.
        disabled: Whether it may not sign in.
        last_at: When it signed in last, in seconds since 1970, or None.
        partner: For which partner it signs editions, or None.
        settled_at: When somebody else made it, reset it or gave it its partner last, in seconds
            since 1970.
        grace_until: Until when it may do without a second factor that its role needs, in seconds
            that only go forward; 0 where it never could.
        passkeys: How many passkeys it has.
        is_connected: Whether a provider says who its owner is.
    """

    id: int
    name: str
    role: Role
    password: str | None
    code_salt: str | None
    code_proven: bool
    disabled: bool
    last_at: int | None
    partner: str | None = None
    settled_at: int = 0
    grace_until: int = 0
    passkeys: int = 0
    is_connected: bool = False

    @property
    def has_code(self) -> bool:
        """Whether it has an authenticator, which shows codes."""
        return self.code_salt is not None and self.code_proven

    @property
    def has_second_factor(self) -> bool:
        """Whether its password alone does not let in."""
        return self.has_code or self.passkeys > 0

    @property
    def state(self) -> str:
        """Whether it lets in: ``disabled``, ``active``, or only ``invited`` so far."""
        if self.disabled:
            return "disabled"
        return "active" if self.password or self.is_connected else "invited"

    def needs_second_factor(self, now: int) -> bool:
        """Whether it may do nothing without a second factor; ``now`` only goes forward."""
        return self.role.needs_second_factor and self.grace_until <= now

    def may_wait(self, now: int) -> bool:
        """Whether it lacks a second factor that its role needs, and may sign in without it yet."""
        lacks = self.role.needs_second_factor and not self.has_second_factor
        return lacks and not self.needs_second_factor(now)

    @property
    def wants_code(self) -> bool:
        """Whether its password never lets in by itself, so that a short one will do."""
        return self.has_second_factor or (self.role.needs_second_factor and not self.grace_until)


def plain_name(typed: str) -> str:
    """A name in the one spelling in which accounts are stored.

    >>> plain_name(" N.Akter@Agency.example ")
    'n.akter@agency.example'
    """
    return unicodedata.normalize("NFKC", typed).strip().casefold()


def plain_partner(typed: str) -> str | None:
    """A partner as the declarations of sources name it, None where none was typed.

    >>> plain_partner("  partner-a "), plain_partner(" ")
    ('partner-a', None)
    """
    return plain_text(typed, _LONGEST_PARTNER)


def plain_text(typed: str, longest: int) -> str | None:
    """A short text in one line and Unicode form; None for an empty, long or unprintable one.

    >>> plain_text(" my  key ", 9), plain_text("too long", 5), plain_text(" ", 9)
    ('my key', None, None)
    """
    text = unicodedata.normalize("NFKC", " ".join(typed.split()))
    return text if text and text.isprintable() and len(text) <= longest else None


def add(
    connection: sqlite3.Connection, typed: str, role: Role, now: int, partner: str | None = None
) -> Account:
    """Add an account that has no password yet; one that signs has the partner that it signs for.

    Raises:
        BadName: If the name is none, or taken.
    """
    name = plain_name(typed)
    if not _NAME.fullmatch(name):
        raise BadName("A name has 3 to 120 characters and no spaces or quotes.")
    if by_name(connection, name):
        raise BadName(f"There is an account {name} already.")
    connection.execute(
        "INSERT INTO account (name, role, made_at, partner, settled_at) VALUES (?, ?, ?, ?, ?)",
        [name, role.name, now, partner, now],
    )
    return _existing(by_name(connection, name))


def by_name(connection: sqlite3.Connection, typed: str) -> Account | None:
    """The account with a name, or None."""
    return _find(connection, f"{_SELECT} WHERE name = ?", plain_name(typed))


def by_number(connection: sqlite3.Connection, account: int) -> Account:
    """The account with a number that another table has."""
    return _existing(_find(connection, f"{_SELECT} WHERE id = ?", account))


def every(connection: sqlite3.Connection) -> list[Account]:
    """All accounts by name."""
    return [_account(row) for row in connection.execute(f"{_SELECT} ORDER BY name")]


class Columns(TypedDict, total=False):
    """Columns of an account that change, as the file of accounts has them."""

    password: str | None
    code_salt: str | None
    code_proven: int
    grace_until: int
    disabled: int
    partner: str
    settled_at: int
    last_at: int


def change(connection: sqlite3.Connection, account: int, **values: Unpack[Columns]) -> None:
    """Set columns of an account, by their names."""
    columns = ", ".join(f"{name} = ?" for name in values)
    connection.execute(f"UPDATE account SET {columns} WHERE id = ?", [*values.values(), account])  # noqa: S608


def set_code(connection: sqlite3.Connection, account: int, salt: str, step: int) -> None:
    """Give an account an authenticator by the salt of its key, proven with the code of a step."""
    change(connection, account, code_salt=salt, code_proven=1)
    connection.execute("DELETE FROM used_code WHERE account = ?", [account])
    connection.execute("INSERT INTO used_code (account, step) VALUES (?, ?)", [account, step])


def reset(connection: sqlite3.Connection, account: int, now: int) -> None:
    """Delete all that lets an account in; after that only an invitation does."""
    change(
        connection, account, password=None, code_salt=None, code_proven=0, grace_until=0,
        disabled=0, settled_at=now,
    )  # fmt: skip
    for table in ("recovery_code", "passkey", "identity"):
        connection.execute(f"DELETE FROM {table} WHERE account = ?", [account])  # noqa: S608


def disconnect(connection: sqlite3.Connection, account: int) -> None:
    """Delete the identity at a provider that an account is bound to."""
    connection.execute("DELETE FROM identity WHERE account = ?", [account])


def _find(connection: sqlite3.Connection, query: str, value: object) -> Account | None:
    """The account that a query finds for its one value, or None."""
    row = connection.execute(query, [value]).fetchone()
    return _account(row) if row else None


def _existing(account: Account | None) -> Account:
    if account is None:
        raise LookupError("the account is gone")
    return account


def _account(row: sqlite3.Row) -> Account:
    flags = {n: bool(row[n]) for n in ("code_proven", "disabled", "is_connected")}
    return Account(**{**row, **flags, "role": BY_NAME[row["role"]]})
