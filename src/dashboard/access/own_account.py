"""Own account: what somebody does with it: password, authenticator, codes, sessions, a token.

Passkeys are added and removed in ``passkeys``. Which page asks, and who may, is decided above.
"""

from __future__ import annotations

from collections.abc import Callable
from sqlite3 import Connection
from typing import Literal, TypeVar

from dashboard.access import (
    account_table,
    attempts,
    codes,
    invitations,
    passwords,
    program_tokens,
    sessions,
)
from dashboard.access.account_table import Account
from dashboard.access.accounts import Accounts, record
from dashboard.access.audit import Event
from dashboard.access.sessions import Listed, Session
from dashboard.access.signing_in import Refused, check_owner, end_all, is_code, note_failure

_Result = TypeVar("_Result")


def own_sessions(accounts: Accounts, session: Session) -> list[Listed]:
    """All sessions of a session's account, that one first."""
    with accounts.store.reading() as connection:
        return sessions.listed(connection, session, accounts.keys, accounts.now())


def end_sessions(
    accounts: Accounts, session: Session, which: str, password: str, address: str
) -> Refused | None:
    """End sessions of one's own account; why it was refused, or None.

    Args:
        accounts: The accounts of this server.
        session: The session that asks.
        which: "all", with the program's token; "others"; or the mark of one in the list.
        password: Asked for, since an open session may be used by somebody else.
        address: Where the request comes from.
    """
    account = session.account
    if refused := check_owner(accounts, session, password, address):
        return refused
    with accounts.store.writing() as connection:
        if which == "all":
            end_all(connection, account)
            record(accounts, connection, "sessions ended", account.name)
        elif which == "others":
            sessions.end_others(connection, session, accounts.keys)
            record(accounts, connection, "other sessions ended", account.name)
        elif sessions.end_marked(connection, account.id, which):
            record(accounts, connection, "session ended", account.name)
    return None


def change_password(
    accounts: Accounts, session: Session, old: str, new: str, address: str
) -> passwords.Fault | Refused | None:
    """Change a password, which ends every session; why it was refused, or None."""
    account = session.account
    if refused := check_owner(accounts, session, old, address):
        return refused
    fault = passwords.fault_of(new, account.name, with_code=account.wants_code)
    if fault:
        return fault
    hashed = passwords.hash_password(new, accounts.keys)
    with accounts.store.writing() as connection:
        if not _is_as_it_was(connection, account):
            return "wrong"
        _set_password(accounts, connection, account, hashed)
    return None


def account_of_link(accounts: Accounts, token: str, *, by_provider: bool = False) -> Account | None:
    """The account whose password a link sets, None where the link is void.

    With ``by_provider``, the account that it binds to an identity of the provider.
    """
    with accounts.store.reading() as connection:
        number = invitations.account_of(
            connection, token, accounts.keys, accounts.now(), by_provider=by_provider
        )
        return None if number is None else account_table.by_number(connection, number)


def accept(accounts: Accounts, token: str, new: str) -> passwords.Fault | Literal["void"] | None:
    """Set a password by a link, which is void after; why it was refused, or None."""
    account = account_of_link(accounts, token)
    if account is None:
        return "void"
    if fault := passwords.fault_of(new, account.name, with_code=account.wants_code):
        return fault
    hashed = passwords.hash_password(new, accounts.keys)
    with accounts.store.writing() as connection:
        if invitations.use(connection, token, accounts.keys, accounts.now()) != account.id:
            return "void"
        _set_password(accounts, connection, account, hashed)
    return None


def new_authenticator(accounts: Accounts, session: Session) -> str | None:
    """The key for a new authenticator, None where the account has an authenticator already.

    The key is derived from the session, and can only be taken into use in it.
    """
    with accounts.store.reading() as connection:
        account = account_table.by_number(connection, session.account.id)
    if account.has_code:
        return None
    return codes.key_of(account.id, _salt(accounts, session), accounts.keys)


def prove_authenticator(
    accounts: Accounts, session: Session, code: str, password: str, address: str
) -> tuple[Session, list[str]] | Refused:
    """Take an authenticator into use; the session that goes on, and the recovery codes.

    Every session of the account ends: whoever had only the password is out.

    Args:
        accounts: The accounts of this server.
        session: The session in which the key was shown.
        code: The code that the authenticator shows.
        password: Asked for where the session is whole, and so may be an old one.
        address: Where the request comes from.
    """
    account = session.account
    if session.stage == "whole" and (refused := check_owner(accounts, session, password, address)):
        return refused
    with accounts.store.writing() as connection:
        latest = sessions.find_session(connection, session.token, accounts.keys, accounts.now())
        if latest is None or latest.account.has_code or not _is_as_it_was(connection, account):
            return "wrong"
        salt = _salt(accounts, session)
        step = codes.step_of(code, codes.key_of(account.id, salt, accounts.keys), accounts.clock())
        if step is None:
            return "wrong"
        account_table.set_code(connection, account.id, salt, step)
        record(accounts, connection, "authenticator set", account.name)
        return restart_session(accounts, connection, session)


def restart_session(
    accounts: Accounts, connection: Connection, session: Session
) -> tuple[Session, list[str]]:
    """End all sessions after the first second factor, which others began with the password alone.

    Returns:
        The session in place of them, and the recovery codes.
    """
    end_all(connection, session.account)
    number, now = session.account.id, accounts.now()
    new_session = sessions.begin(connection, number, "whole", accounts.keys, now, session.origin)
    return new_session, codes.new_recovery_codes(connection, number, accounts.keys)


def new_recovery_codes(
    accounts: Accounts, session: Session, code: str, address: str
) -> list[str] | Refused:
    """Recovery codes in place of those before, for a code of the authenticator."""

    def make(connection: Connection) -> list[str]:
        return codes.new_recovery_codes(connection, session.account.id, accounts.keys)

    return _for_code(accounts, session, code, address, "recovery codes made", make)


def new_token(
    accounts: Accounts, session: Session, code: str, address: str
) -> program_tokens.ProgramToken | Refused:
    """A token for a program in place of the one before, for a code of the authenticator."""

    def make(connection: Connection) -> program_tokens.ProgramToken:
        return program_tokens.make(connection, session.account.id, accounts.keys, accounts.now())

    return _for_code(accounts, session, code, address, "token made", make)


def _for_code(
    accounts: Accounts,
    session: Session,
    code: str,
    address: str,
    event: Event,
    make: Callable[[Connection], _Result],
) -> _Result | Refused:
    """Check a code, which is used up, then record an event and return what ``make`` makes.

    An account with passkeys and no authenticator needs a fresh session instead of a code.
    """
    account = session.account
    who = attempts.of_account(account)
    with accounts.store.writing() as connection:
        chance = attempts.count(connection, who, address, accounts.keys, accounts.now())
        if chance == "locked":
            return "locked"
        if not _is_as_it_was(connection, account):
            return "wrong"
        current_account = account_table.by_number(connection, account.id)
        without_code = current_account.passkeys > 0 and not current_account.has_code
        if without_code or is_code(accounts, connection, account.id, code):
            attempts.forgive(connection, who, address, accounts.keys)
            if without_code and not session.is_fresh(accounts.now()):
                return "stale"
            record(accounts, connection, event, account.name)
            return make(connection)
    return note_failure(accounts, account, address, chance)


def end_token(accounts: Accounts, account: Account) -> None:
    """End the token of an account."""
    with accounts.store.writing() as connection:
        program_tokens.end(connection, account.id)
        record(accounts, connection, "token ended", account.name)


def _is_as_it_was(connection: Connection, account: Account) -> bool:
    """Whether an account still has the password that was checked, and may sign in."""
    current_account = account_table.by_number(connection, account.id)
    return not current_account.disabled and current_account.password == account.password


def _salt(accounts: Accounts, session: Session) -> str:
    """The salt of the authenticator that a session may set up; stored when that is proven."""
    return accounts.keys.digest("salt", session.token).hex()


def _set_password(
    accounts: Accounts, connection: Connection, account: Account, hashed: str
) -> None:
    """Store a hashed password; all sessions end, and a link is void."""
    account_table.change(connection, account.id, password=hashed)
    end_all(connection, account)
    invitations.withdraw(connection, account.id)
    record(accounts, connection, "password set", account.name)
