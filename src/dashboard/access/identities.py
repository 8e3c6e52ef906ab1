"""Identities: which account belongs to somebody whom a provider knows (``provider`` asks it).

An account is bound once, by a link that an administrator made, to an issuer and a subject. Signing
in never makes an account. Each binding is sealed with the web secret: who can write the file
of accounts cannot put one in.
"""

from __future__ import annotations

import hmac
import sqlite3
from dataclasses import dataclass
from typing import Literal

from dashboard.access import account_table, attempts, invitations
from dashboard.access.account_table import Account
from dashboard.access.accounts import Accounts, record
from dashboard.access.keys import Keys
from dashboard.access.sessions import Origin, Session
from dashboard.access.signing_in import begin_session


class Unanswered(Exception):  # noqa: N818 -- says a state, as its message does
    """The provider does not answer, or not as one does."""


class Busy(Exception):  # noqa: N818 -- says a state, as its message does
    """This process is asking the provider about somebody else."""


class Unproven(Exception):  # noqa: N818 -- says a state, as its message does
    """What came back does not prove who somebody is; the message says what is wrong with it."""


@dataclass(frozen=True)
class Identity:
    """Who somebody is to a provider.

    Attributes:
        issuer: The provider.
        subject: The provider's id of the person, which it gives to nobody else.
        proved_twice: Whether it says that they proved who they are with two factors.
    """

    issuer: str
    subject: str
    proved_twice: bool


def sign_in(accounts: Accounts, identity: Identity, origin: Origin) -> Session | None:
    """Begin the session of the account that an identity is bound to; None where there is none."""
    with accounts.store.writing() as connection:
        account = _owner(connection, identity, accounts.keys)
        if account is None or account.disabled:
            who = account.name if account else ""
            about = {"address": origin.address, "means": "provider", "why": "no account"}
            record(accounts, connection, "sign-in failed", who, **about)
            return None
        attempts.forgive_address(connection, None, origin.address, accounts.keys)
        twice = identity.proved_twice
        return begin_session(accounts, connection, account, origin, proved_twice=twice)


def proof(accounts: Accounts, identity: Identity, link: str, holder: str) -> str:
    """The word by which a form proves that this server saw the identity for this link and browser.

    Args:
        accounts: The accounts of this server.
        identity: As the provider gave it.
        link: The secret part of an administrator's link.
        holder: The browser that came back.
    """
    parts = (identity.issuer, identity.subject, str(identity.proved_twice), link, holder)
    return accounts.keys.digest("binding", *parts).hex()


def connect(
    accounts: Accounts, identity: Identity, link: str, holder: str, form_proof: str, origin: Origin
) -> Session | Literal["void", "bound"]:
    """Bind an account to an identity by a link, which is void after, and begin a session.

    "bound" where the identity has another account, "void" where the link or the proof is none.

    Args:
        accounts: The accounts of this server.
        identity: As the form brought it back.
        link: The secret part of an administrator's link.
        holder: The browser that came back.
        form_proof: The proof that its form brought.
        origin: Where the session begins.
    """
    expected = proof(accounts, identity, link, holder)
    if not hmac.compare_digest(form_proof.encode(), expected.encode()):
        return "void"
    with accounts.store.writing() as connection:
        now, owner = accounts.now(), _owner(connection, identity, accounts.keys)
        number = invitations.account_of(connection, link, accounts.keys, now, by_provider=True)
        if number is None:
            return "void"
        if owner is not None and owner.id != number:
            return "bound"
        invitations.withdraw(connection, number)
        connection.execute("DELETE FROM identity WHERE account = ?", [number])
        connection.execute(
            "INSERT OR REPLACE INTO identity (issuer, subject, account, seal) VALUES (?, ?, ?, ?)",
            [identity.issuer, identity.subject, number, _seal(identity, number, accounts.keys)],
        )
        account = account_table.by_number(connection, number)
        record(accounts, connection, "provider connected", account.name, issuer=identity.issuer)
        twice = identity.proved_twice
        return begin_session(accounts, connection, account, origin, proved_twice=twice)


def _owner(connection: sqlite3.Connection, identity: Identity, keys: Keys) -> Account | None:
    """The account that an identity is bound to; None where there is none or the seal is wrong."""
    row = connection.execute(
        "SELECT account, seal FROM identity WHERE issuer = ? AND subject = ?",
        [identity.issuer, identity.subject],
    ).fetchone()
    if row is None or not hmac.compare_digest(row["seal"], _seal(identity, row["account"], keys)):
        return None
    return account_table.by_number(connection, row["account"])


def _seal(identity: Identity, account: int, keys: Keys) -> bytes:
    """A keyed digest that shows that this server bound an identity to an account."""
    return keys.digest("identity", identity.issuer, identity.subject, str(account))
