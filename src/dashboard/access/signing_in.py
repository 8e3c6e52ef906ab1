"""Signing in: by a password and a code, the session that begins, who is taken for its owner.

What a passkey and a provider prove is looked at in ``passkeys`` and ``identities``; their sessions
begin here too. Which page asks, and who may, is decided above.
"""

from __future__ import annotations

from sqlite3 import Connection
from typing import Literal

from dashboard.access import account_table, attempts, codes, passwords, program_tokens, sessions
from dashboard.access.account_table import Account
from dashboard.access.accounts import Accounts, record
from dashboard.access.sessions import Origin, Session, Stage

#: Why somebody was not let in. "wrong" is also said where there is no such account; "busy" where
#: others are being looked at, so that no flood of them holds the threads that answer pages; "stale"
#: where somebody without a password signed in too long ago to change how they sign in.
Refused = Literal["wrong", "locked", "busy", "stale"]


def sign_in(
    accounts: Accounts, name: str, password: str, address: str, device: str = "", browser: str = ""
) -> Session | Refused:
    """Begin a session for a name and a password: whole, or one that still needs a code.

    The same work is done whether there is an account, it is disabled, or has no password.

    Args:
        accounts: The accounts of this server.
        name: The name as it was typed.
        password: The password as it was typed.
        address: Where the request comes from.
        device: The token of a browser that signed in with this name before, '' for another.
        browser: What the browser says that it is.
    """
    with passwords.turn(waits=bool(device)) as is_mine:
        if not is_mine:
            return "busy"
        return _by_password(accounts, name, password, Origin(address, browser), device)


def _by_password(
    accounts: Accounts, name: str, password: str, origin: Origin, device: str
) -> Session | Refused:
    """Begin a session for a name and a password; a code may still be needed, and the try counts."""
    now, who, address = accounts.now(), attempts.of_name(name, device), origin.address
    with accounts.store.writing() as connection:
        chance = attempts.count(connection, who, address, accounts.keys, now)
        account = account_table.by_name(connection, name)
    if chance == "locked":
        return "locked"
    hashed = account.password if account else None
    is_right = passwords.is_right(password, hashed, accounts.keys)
    if not is_right or account is None or account.disabled or hashed is None:
        return note_failure(accounts, account, address, chance)
    renews = passwords.needs_renewal(hashed)
    renewed = passwords.hash_password(password, accounts.keys) if renews else None
    with accounts.store.writing() as connection:
        current = account_table.by_number(connection, account.id)
        if current.disabled or current.password != hashed:
            return "wrong"  # changed while its password was checked
        account = current
        if renewed:
            account_table.change(connection, account.id, password=renewed)
        attempts.forgive_address(connection, who, address, accounts.keys)
        if not account.has_second_factor:
            attempts.forget(connection, who, accounts.keys)
        is_long = passwords.is_long(password)
        return begin_session(
            accounts, connection, account, origin, proved_twice=False, stands_alone=is_long
        )


def give_code(
    accounts: Accounts, waiting: Session, code: str, address: str, device: str = ""
) -> Session | Refused:
    """Begin the whole session of somebody whose password was right, if the code is right too."""
    now, account = accounts.now(), waiting.account
    who = attempts.of_name(account.name, device)
    with accounts.store.writing() as connection:
        chance = attempts.count(connection, who, address, accounts.keys, now)
        if chance == "locked" or not sessions.find_session(
            connection, waiting.token, accounts.keys, now
        ):
            sessions.end(connection, waiting.token, accounts.keys)
            return "locked" if chance == "locked" else "wrong"
        if is_code(accounts, connection, account.id, code):
            sessions.end(connection, waiting.token, accounts.keys)
            attempts.forgive(connection, who, address, accounts.keys)
            return begin_session(accounts, connection, account, waiting.origin, proved_twice=True)
    return note_failure(accounts, account, address, chance)


def sign_out(accounts: Accounts, session: Session) -> None:
    """End a session."""
    with accounts.store.writing() as connection:
        sessions.end(connection, session.token, accounts.keys)
        record(accounts, connection, "signed out", session.account.name)


def session_of(accounts: Accounts, token: str) -> Session | None:
    """The session of a token that a browser sent, None where it has ended."""
    with accounts.store.reading() as connection:
        return sessions.find_session(connection, token, accounts.keys, accounts.now())


def owner_of(accounts: Accounts, token: str) -> Account | None:
    """The account of a program's token, None where that has ended."""
    with accounts.store.reading() as connection:
        return program_tokens.owner(connection, token, accounts.keys, accounts.now())


def begin_session(
    accounts: Accounts,
    connection: Connection,
    account: Account,
    origin: Origin,
    *,
    proved_twice: bool,
    stands_alone: bool = True,
) -> Session:
    """Begin the session of somebody who proved who they are, at the stage that this allows.

    Args:
        accounts: The accounts of this server.
        connection: The file of accounts, being written.
        account: Who it is.
        origin: Where the session begins, and with what.
        proved_twice: Whether a second factor was among the proofs.
        stands_alone: Whether the proof may let in by itself; a short password never does.
    """
    now = accounts.now()
    if not proved_twice and account.has_second_factor:
        return sessions.begin(connection, account.id, "code", accounts.keys, now, origin)
    lacks = not proved_twice and (not stands_alone or account.needs_second_factor(now))
    stage: Stage = "enrol" if lacks else "whole"
    account_table.change(connection, account.id, last_at=accounts.clock())
    session = sessions.begin(connection, account.id, stage, accounts.keys, now, origin)
    with_what = {} if origin.means == "password" else {"means": origin.means}
    record(accounts, connection, "signed in", account.name, address=origin.address, **with_what)
    return session


def note_failure(
    accounts: Accounts, account: Account | None, address: str, chance: attempts.Chance, **about: str
) -> Literal["wrong"]:
    """Record a failure; a name without an account is left out, since it may be a password."""
    who = account.name if account else ""
    with accounts.store.writing() as connection:
        record(accounts, connection, "sign-in failed", who, address=address, **about)
        if chance == "last":
            record(accounts, connection, "locked", who, address=address)
    return "wrong"


def check_owner(
    accounts: Accounts, session: Session, password: str, address: str
) -> Refused | None:
    """Check the password of somebody signed in again; why it was refused, or None.

    A wrong one counts as a try, and a right one lets all tries be forgotten. Where the account has
    no password, the session must be fresh.
    """
    account = session.account
    if account.password is None:
        return None if session.is_fresh(accounts.now()) else "stale"
    who = attempts.of_account(account)
    with accounts.store.writing() as connection:
        chance = attempts.count(connection, who, address, accounts.keys, accounts.now())
    if chance == "locked":
        return "locked"
    if not passwords.is_right(password, account.password, accounts.keys):
        return note_failure(accounts, account, address, chance)
    with accounts.store.writing() as connection:
        attempts.forgive(connection, who, address, accounts.keys)
    return None


def is_code(accounts: Accounts, connection: Connection, account_number: int, code: str) -> bool:
    """Whether a code of the authenticator, or a recovery code, is right; it is used up."""
    account = account_table.by_number(connection, account_number)
    if not account.has_second_factor:
        return False  # a version before kept the salt of what was never proven
    if account.code_salt is not None and account.has_code:
        key = codes.key_of(account.id, account.code_salt, accounts.keys)
        step = codes.step_of(code, key, accounts.clock())
        if step is not None:
            return codes.use_code(connection, account.id, step)
    return codes.use_recovery_code(connection, account.id, code, accounts.keys)


def end_all(connection: Connection, account: Account) -> None:
    """End all sessions of an account and its program's token."""
    sessions.end_all(connection, account.id)
    program_tokens.end(connection, account.id)
