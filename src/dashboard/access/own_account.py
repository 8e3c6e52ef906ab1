"""Own account: what somebody does with it: password, authenticator, codes, sessions, a token.

Passkeys are added and removed in ``passkeys``. Which page asks, and who may, is decided above.
"""

from __future__ import annotations

from collections.abc import Callable
from sqlite3 import Connection
from typing import Literal, TypeVar

from dashboard.access import (
    accounts,
    attempts,
    codes,
    invitations,
    passwords,
    program_tokens,
    sessions,
)
from dashboard.access.accounts import Account
from dashboard.access.desk import Desk, record
from dashboard.access.sessions import Listed, Session
from dashboard.access.signing_in import Refused, end_all, failed, is_code, unproven

Made = TypeVar("Made")


def own_sessions(desk: Desk, own: Session) -> list[Listed]:
    """Where somebody is signed in, the session that asks first."""
    with desk.store.reading() as connection:
        return sessions.listed(connection, own, desk.keys, desk.now())


def end_sessions(
    desk: Desk, own: Session, which: str, password: str, address: str
) -> Refused | None:
    """End sessions of one's own; what speaks against it, or None.

    Args:
        desk: The desk.
        own: The session that asks.
        which: "all", with the program's token; "others"; or the mark of one in the list.
        password: Asked for, since an open session may be used by somebody else.
        address: Where the request comes from.
    """
    account = own.account
    if refused := unproven(desk, own, password, address):
        return refused
    with desk.store.writing() as connection:
        attempts.forgive(connection, attempts.of_account(account), address, desk.keys)
        if which == "all":
            end_all(connection, account)
            record(desk, connection, "sessions ended", account.name)
        elif which == "others":
            sessions.end_others(connection, own, desk.keys)
            record(desk, connection, "other sessions ended", account.name)
        elif sessions.end_marked(connection, account.id, which):
            record(desk, connection, "session ended", account.name)
    return None


def change_password(
    desk: Desk, session: Session, old: str, new: str, address: str
) -> passwords.Fault | Refused | None:
    """Change a password, which ends every session; what speaks against it, or None."""
    account = session.account
    if refused := unproven(desk, session, old, address):
        return refused
    fault = passwords.fault_of(new, account.name, with_code=account.wants_code)
    held = None if fault else passwords.kept(new, desk.keys)
    with desk.store.writing() as connection:
        if not _is_as_it_was(connection, account):
            return "wrong"
        attempts.forgive(connection, attempts.of_account(account), address, desk.keys)
        if held is not None:
            _set_password(desk, connection, account, held)
    return fault


def invited(desk: Desk, token: str) -> Account | None:
    """Whose password a link sets, None where it is void."""
    with desk.store.reading() as connection:
        number = invitations.invited(connection, token, desk.keys, desk.now())
        return None if number is None else accounts.numbered(connection, number)


def connects(desk: Desk, token: str) -> Account | None:
    """Which account a link binds to who a provider names, None where it is void."""
    with desk.store.reading() as connection:
        number = invitations.invited(connection, token, desk.keys, desk.now(), by_provider=True)
        return None if number is None else accounts.numbered(connection, number)


def accept(desk: Desk, token: str, new: str) -> passwords.Fault | Literal["void"] | None:
    """Set a password by a link, which is void after; what speaks against it, or None."""
    account = invited(desk, token)
    if account is None:
        return "void"
    if fault := passwords.fault_of(new, account.name, with_code=account.wants_code):
        return fault
    held = passwords.kept(new, desk.keys)
    with desk.store.writing() as connection:
        if invitations.use(connection, token, desk.keys, desk.now()) != account.id:
            return "void"
        _set_password(desk, connection, account, held)
    return None


def new_authenticator(desk: Desk, session: Session) -> str | None:
    """The key of an authenticator to be proven, None where the account has one: it is told no more.

    It belongs to the session: nobody is shown it in another, and it is worth nothing after.
    """
    with desk.store.reading() as connection:
        account = accounts.numbered(connection, session.account.id)
    return None if account.has_code else codes.key_of(account.id, _salt(desk, session), desk.keys)


def prove_authenticator(
    desk: Desk, session: Session, code: str, password: str, address: str
) -> tuple[Session, list[str]] | Refused:
    """Take an authenticator into use; the session that goes on, and the recovery codes.

    Every session of the account ends: whoever had only the password is out.

    Args:
        desk: The desk.
        session: Whose key was shown.
        code: What the authenticator shows.
        password: Asked for where the session is whole, and so may be an old one.
        address: Where the request comes from.
    """
    account = session.account
    if session.stage == "whole" and (refused := unproven(desk, session, password, address)):
        return refused
    with desk.store.writing() as connection:
        held = sessions.held(connection, session.token, desk.keys, desk.now())
        if held is None or held.account.has_code or not _is_as_it_was(connection, account):
            return "wrong"
        if session.stage == "whole":
            attempts.forgive(connection, attempts.of_account(account), address, desk.keys)
        salt = _salt(desk, session)
        step = codes.step_of(code, codes.key_of(account.id, salt, desk.keys), desk.clock())
        if step is None:
            return "wrong"
        accounts.set_code(connection, account.id, salt, step)
        record(desk, connection, "authenticator set", account.name)
        return anew(desk, connection, session)


def anew(desk: Desk, connection: Connection, session: Session) -> tuple[Session, list[str]]:
    """Begin anew behind a first second factor: whoever had only the password is out.

    Returns:
        The session that goes on, and the recovery codes.
    """
    end_all(connection, session.account)
    number, now = session.account.id, desk.now()
    made = codes.new_recovery_codes(connection, number, desk.keys)
    return sessions.begin(connection, number, "whole", desk.keys, now, session.origin), made


def new_recovery_codes(
    desk: Desk, session: Session, code: str, address: str
) -> list[str] | Refused:
    """Recovery codes in place of those before, for a code of the authenticator."""
    account = session.account

    def make(connection: Connection) -> list[str]:
        record(desk, connection, "recovery codes made", account.name)
        return codes.new_recovery_codes(connection, account.id, desk.keys)

    return _for_code(desk, session, code, address, make)


def new_token(
    desk: Desk, session: Session, code: str, address: str
) -> program_tokens.ProgramToken | Refused:
    """A token for a program in place of the one before, for a code of the authenticator."""
    account = session.account

    def make(connection: Connection) -> program_tokens.ProgramToken:
        record(desk, connection, "token made", account.name)
        return program_tokens.make(connection, account.id, desk.keys, desk.now())

    return _for_code(desk, session, code, address, make)


def _for_code(
    desk: Desk, session: Session, code: str, address: str, make: Callable[[Connection], Made]
) -> Made | Refused:
    """What is made for a code, which is used up with it; a try counts.

    Who has passkeys and no authenticator signed in with one a moment ago instead.
    """
    account = session.account
    who = attempts.of_account(account)
    with desk.store.writing() as connection:
        chance = attempts.count(connection, who, address, desk.keys, desk.now())
        if chance == "locked":
            return "locked"
        if not _is_as_it_was(connection, account):
            return "wrong"
        held = accounts.numbered(connection, account.id)
        if held.passkeys and not held.has_code:
            attempts.forgive(connection, who, address, desk.keys)
            return make(connection) if session.is_fresh(desk.now()) else "stale"
        if is_code(desk, connection, account.id, code):
            attempts.forgive(connection, who, address, desk.keys)
            return make(connection)
    return failed(desk, account, address, chance)


def end_token(desk: Desk, account: Account) -> None:
    """End the token of an account."""
    with desk.store.writing() as connection:
        program_tokens.end(connection, account.id)
        record(desk, connection, "token ended", account.name)


def _is_as_it_was(connection: Connection, account: Account) -> bool:
    """Whether an account has the password that was looked at, and may still sign in."""
    now_held = accounts.numbered(connection, account.id)
    return not now_held.disabled and now_held.password == account.password


def _salt(desk: Desk, session: Session) -> str:
    """The salt of the authenticator that a session may set up, kept once that is proven."""
    return desk.keys.digest("salt", session.token).hex()


def _set_password(desk: Desk, connection: Connection, account: Account, held: str) -> None:
    accounts.set_password(connection, account.id, held)
    end_all(connection, account)
    invitations.withdraw(connection, account.id)
    record(desk, connection, "password set", account.name)
