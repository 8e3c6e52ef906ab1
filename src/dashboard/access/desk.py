"""The desk: what is done at sign-in, with a password, an authenticator or an account.

Each function is one thing that somebody does, kept whole or not at all, with its entry in the
record. Which page asks for it, and who may, is decided above. What ends or counts by itself goes
by ``Desk.now``, which no clock sets back; what a person reads, and codes, by ``Desk.clock``.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from sqlite3 import Connection
from typing import Literal, TypeVar

from dashboard.access import (
    accounts,
    attempts,
    audit,
    codes,
    invitations,
    passwords,
    program_tokens,
    sessions,
)
from dashboard.access.accounts import Account
from dashboard.access.keys import Keys
from dashboard.access.roles import Role
from dashboard.access.sessions import Listed, Origin, Session, Stage
from dashboard.access.store import Store, open_store
from dashboard.access.timer import Timer, set_back

Made = TypeVar("Made")
#: Whom the record names where an operator sits at the machine.
OPERATOR = "command line"
_HOUR, _DAY = 3600, 86_400
#: At which number in an hour a refusal stands in the record.
_TOLD = frozenset(10**power for power in range(7))


def _seconds() -> int:
    return int(time.time())


class Denials:
    """How often this process refused each reader something in the hour that runs."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._hour = 0
        self._counts: Counter[str] = Counter()

    def count(self, name: str, now: int) -> tuple[int, dict[str, int]]:
        """Count one more refusal.

        Returns:
            Its number in this hour, and the sums of an hour that has ended since, by name.
        """
        with self._lock:
            ended: Counter[str] = Counter()
            if now // _HOUR != self._hour:
                self._hour, ended, self._counts = now // _HOUR, self._counts, Counter()
            self._counts[name] += 1
            return self._counts[name], dict(ended)


@dataclass(frozen=True)
class Desk:
    """What everything at the desk needs.

    Attributes:
        store: The file of accounts.
        keys: What is derived of the secret.
        timer: Tells the seconds that only go forward.
        clock: Seconds since 1970, as the machine's clock has them.
        denials: What was refused to whom of late.
    """

    store: Store
    keys: Keys
    timer: Timer
    clock: Callable[[], int] = field(default=_seconds)
    denials: Denials = field(default_factory=Denials, compare=False)

    @property
    def folder(self) -> Path:
        """The folder of what the web process keeps."""
        return self.store.folder

    def now(self) -> int:
        """Seconds that only go forward, at first those since 1970."""
        return self.timer.now()

    def moment(self, seconds: int) -> int:
        """What the clock says of a moment of seconds that only go forward."""
        return self.clock() + seconds - self.now()


def open_desk(folder: Path, keys: Keys) -> Desk:
    """The desk over the accounts of a folder."""
    desk = Desk(open_store(folder), keys, Timer())
    look_at_clock(desk)
    return desk


def look_at_clock(desk: Desk) -> None:
    """Notice once, for all processes, where the machine's clock was set back."""
    if desk.timer.is_settled(desk.clock()):
        return
    with desk.store.writing() as connection:
        back = desk.timer.settle(connection, desk.clock())
        if back:
            record(desk, connection, "clock set back", "", seconds=str(back))


# --- signing in ---------------------------------------------------------------------------------

#: Why somebody was not let in. "wrong" is also said where there is no such account; "busy" where
#: others are being looked at, so that no flood of them holds the threads that answer pages; "stale"
#: where somebody without a password signed in too long ago to change how they sign in.
Refused = Literal["wrong", "locked", "busy", "stale"]


def sign_in(
    desk: Desk, name: str, password: str, address: str, device: str = "", browser: str = ""
) -> Session | Refused:
    """Begin a session for a name and a password: whole, or one that still wants a code.

    The same work is done whether there is an account, it is disabled, or has no password.

    Args:
        desk: The desk.
        name: The name as it was typed.
        password: The password as it was typed.
        address: Where the request comes from.
        device: The token of a browser that signed in with this name before, '' for another.
        browser: What the browser says that it is.
    """
    with passwords.turn(waits=bool(device)) as is_mine:
        if not is_mine:
            return "busy"
        return _looked_at(desk, name, password, Origin(address, browser), device)


def _looked_at(
    desk: Desk, name: str, password: str, origin: Origin, device: str
) -> Session | Refused:
    now, who, address = desk.now(), attempts.of_name(name, device), origin.address
    with desk.store.writing() as connection:
        chance = attempts.count(connection, who, address, desk.keys, now)
        account = accounts.named(connection, name)
    if chance == "locked":
        return "locked"
    held = account.password if account else None
    right = passwords.is_right(password, held, desk.keys)
    if not right or account is None or account.disabled or held is None:
        return failed(desk, account, address, chance)
    renewed = passwords.kept(password, desk.keys) if passwords.needs_renewal(held) else None
    with desk.store.writing() as connection:
        now_held = accounts.numbered(connection, account.id)
        if now_held.disabled or now_held.password != held:
            return "wrong"  # changed while its password was looked at
        account = now_held
        if renewed:
            accounts.set_password(connection, account.id, renewed)
        attempts.forgive_address(connection, who, address, desk.keys)
        if not account.has_second_factor:
            attempts.forget(connection, who, desk.keys)
        stands = passwords.is_long(password)
        return begun(desk, connection, account, origin, proved_twice=False, stands_alone=stands)


def give_code(
    desk: Desk, waiting: Session, code: str, address: str, device: str = ""
) -> Session | Refused:
    """Begin the whole session of somebody whose password was right, for a code."""
    now, account = desk.now(), waiting.account
    who = attempts.of_name(account.name, device)
    with desk.store.writing() as connection:
        chance = attempts.count(connection, who, address, desk.keys, now)
        if chance == "locked" or not sessions.held(connection, waiting.token, desk.keys, now):
            sessions.end(connection, waiting.token, desk.keys)
            return "locked" if chance == "locked" else "wrong"
        if _is_code(desk, connection, account.id, code):
            sessions.end(connection, waiting.token, desk.keys)
            attempts.forgive(connection, who, address, desk.keys)
            return begun(desk, connection, account, waiting.origin, proved_twice=True)
    return failed(desk, account, address, chance)


def sign_out(desk: Desk, session: Session) -> None:
    """End a session."""
    with desk.store.writing() as connection:
        sessions.end(connection, session.token, desk.keys)
        record(desk, connection, "signed out", session.account.name)


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
            _end_all(connection, account)
            record(desk, connection, "sessions ended", account.name)
        elif which == "others":
            sessions.end_others(connection, own, desk.keys)
            record(desk, connection, "other sessions ended", account.name)
        elif sessions.end_marked(connection, account.id, which):
            record(desk, connection, "session ended", account.name)
    return None


def session_of(desk: Desk, token: str) -> Session | None:
    """The session that a browser names, None where it has ended."""
    with desk.store.reading() as connection:
        return sessions.held(connection, token, desk.keys, desk.now())


def begun(
    desk: Desk,
    connection: Connection,
    account: Account,
    origin: Origin,
    *,
    proved_twice: bool,
    stands_alone: bool = True,
) -> Session:
    """Begin the session of somebody who proved who they are.

    Args:
        desk: The desk.
        connection: The file of accounts, being written.
        account: Who it is.
        origin: Where the session begins, and with what.
        proved_twice: Whether a second factor was among the proofs.
        stands_alone: Whether the proof is one that ever lets in without a second factor.
    """
    now = desk.now()
    if not proved_twice and account.has_second_factor:
        return sessions.begin(connection, account.id, "code", desk.keys, now, origin)
    lacks = not proved_twice and (not stands_alone or account.needs_second_factor(now))
    stage: Stage = "enrol" if lacks else "whole"
    accounts.signed_in(connection, account.id, desk.clock())
    session = sessions.begin(connection, account.id, stage, desk.keys, now, origin)
    with_what = {} if origin.means == "password" else {"means": origin.means}
    record(desk, connection, "signed in", account.name, address=origin.address, **with_what)
    return session


def failed(
    desk: Desk, account: Account | None, address: str, chance: attempts.Chance, **about: str
) -> Literal["wrong"]:
    """Note a failure; a name without an account is never kept, it may be a password."""
    who = account.name if account else ""
    with desk.store.writing() as connection:
        record(desk, connection, "sign-in failed", who, address=address, **about)
        if chance == "last":
            record(desk, connection, "locked", who, address=address)
    return "wrong"


def _is_code(desk: Desk, connection: Connection, number: int, code: str) -> bool:
    """Whether a code of the authenticator, or a recovery code, is right; it is used up."""
    account = accounts.numbered(connection, number)
    if not account.has_second_factor:
        return False  # a version before kept the salt of what was never proven
    if account.code_salt is not None and account.has_code:
        key = codes.key_of(account.id, account.code_salt, desk.keys)
        step = codes.step_of(code, key, desk.clock())
        if step is not None:
            return codes.use_code(connection, account.id, step)
    return codes.use_recovery_code(connection, account.id, code, desk.keys)


# --- one's own account --------------------------------------------------------------------------


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
    _end_all(connection, session.account)
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
        if _is_code(desk, connection, account.id, code):
            attempts.forgive(connection, who, address, desk.keys)
            return make(connection)
    return failed(desk, account, address, chance)


def end_token(desk: Desk, account: Account) -> None:
    """End the token of an account."""
    with desk.store.writing() as connection:
        program_tokens.end(connection, account.id)
        record(desk, connection, "token ended", account.name)


def end_tokens(desk: Desk, by: str) -> int:
    """End the tokens of all accounts; how many there were."""
    with desk.store.writing() as connection:
        ended = program_tokens.end_all(connection)
        record(desk, connection, "tokens ended", by, tokens=str(ended))
    return ended


def owner_of(desk: Desk, token: str) -> Account | None:
    """Whose program brings a token, None where it holds no more."""
    with desk.store.reading() as connection:
        return program_tokens.owner(connection, token, desk.keys, desk.now())


def _end_all(connection: Connection, account: Account) -> None:
    sessions.end_all(connection, account.id)
    program_tokens.end(connection, account.id)


def unproven(desk: Desk, session: Session, password: str, address: str) -> Refused | None:
    """Why somebody signed in is not taken for who owns the account, or None; a try counts.

    Asked for is the password; who has none must have signed in a moment ago.
    """
    account = session.account
    if account.password is None:
        return None if session.is_fresh(desk.now()) else "stale"
    who = attempts.of_account(account)
    with desk.store.writing() as connection:
        chance = attempts.count(connection, who, address, desk.keys, desk.now())
    if chance == "locked":
        return "locked"
    if not passwords.is_right(password, account.password, desk.keys):
        return failed(desk, account, address, chance)
    return None


def _is_as_it_was(connection: Connection, account: Account) -> bool:
    """Whether an account has the password that was looked at, and may still sign in."""
    now_held = accounts.numbered(connection, account.id)
    return not now_held.disabled and now_held.password == account.password


def _salt(desk: Desk, session: Session) -> str:
    """The salt of the authenticator that a session may set up, kept once that is proven."""
    return desk.keys.digest("salt", session.token).hex()


def _set_password(desk: Desk, connection: Connection, account: Account, held: str) -> None:
    accounts.set_password(connection, account.id, held)
    _end_all(connection, account)
    invitations.withdraw(connection, account.id)
    record(desk, connection, "password set", account.name)


# --- accounts of others -------------------------------------------------------------------------


def add(desk: Desk, name: str, role: Role, by: str, partner: str | None = None) -> str:
    """Add an account, for a partner where it signs; the secret part of the link for its password.

    Raises:
        BadName: If the name is none, or taken.
    """
    with desk.store.writing() as connection:
        account = accounts.add(connection, name, role, desk.clock(), partner)
        token = invitations.invite(connection, account.id, desk.keys, desk.now())
        about = {"partner": partner} if partner else {}
        record(desk, connection, "account added", by, account=account.name, role=role.name, **about)
    return token


def reset(desk: Desk, account: Account, by: str) -> str:
    """Take password and authenticator of an account away; the secret part of a new link."""
    with desk.store.writing() as connection:
        accounts.reset(connection, account.id, desk.clock())
        _end_all(connection, account)
        attempts.forget(connection, attempts.of_name(account.name), desk.keys)
        attempts.forget(connection, attempts.of_account(account), desk.keys)
        token = invitations.invite(connection, account.id, desk.keys, desk.now())
        record(desk, connection, "account reset", by, account=account.name)
    return token


def invite_by_provider(desk: Desk, account: Account, by: str) -> str:
    """The secret part of a link that binds an account to who a provider says somebody is."""
    with desk.store.writing() as connection:
        now = desk.now()
        token = invitations.invite(connection, account.id, desk.keys, now, only_provider=True)
        record(desk, connection, "provider link made", by, account=account.name)
    return token


def disconnect(desk: Desk, account: Account, by: str) -> None:
    """Let an account in by its provider no more; its sessions end."""
    with desk.store.writing() as connection:
        accounts.disconnect(connection, account.id)
        _end_all(connection, account)
        record(desk, connection, "provider disconnected", by, account=account.name)


def disable(desk: Desk, account: Account, by: str) -> None:
    """Let an account in no more, at once."""
    with desk.store.writing() as connection:
        accounts.disable(connection, account.id)
        _end_all(connection, account)
        invitations.withdraw(connection, account.id)
        record(desk, connection, "account disabled", by, account=account.name)


def give_grace(desk: Desk, account: Account, days: int, by: str) -> int:
    """Let an account do without a second factor for some days; until when, by the clock."""
    until = desk.now() + days * _DAY
    with desk.store.writing() as connection:
        accounts.set_grace(connection, account.id, until)
        record(desk, connection, "grace given", by, account=account.name, days=str(days))
    return desk.moment(until)


def set_partner(desk: Desk, account: Account, partner: str, by: str) -> None:
    """Say for which partner a focal point signs from now on."""
    with desk.store.writing() as connection:
        accounts.set_partner(connection, account.id, partner, desk.clock())
        record(desk, connection, "partner set", by, account=account.name, partner=partner)


def everybody(desk: Desk) -> list[Account]:
    """All accounts by name."""
    with desk.store.reading() as connection:
        return accounts.every(connection)


def named(desk: Desk, name: str) -> Account | None:
    """The account with a name, or None."""
    with desk.store.reading() as connection:
        return accounts.named(connection, name)


def note(desk: Desk, event: audit.Event, who: str, **about: str) -> None:
    """Put something that was done elsewhere into the record."""
    with desk.store.writing() as connection:
        record(desk, connection, event, who, **about)


def deny(desk: Desk, who: str, **about: str) -> None:
    """Note a refusal at the first, tenth, hundredth of an hour, so that nobody fills the record.

    What an hour came to is told with the first refusal after it.
    """
    number, ended = desk.denials.count(who, desk.now())
    for name, times in ended.items():
        if times not in _TOLD:
            note(desk, "denied", name, in_an_hour=str(times))
    if number in _TOLD:
        note(desk, "denied", who, **about, **({"times": str(number)} if number > 1 else {}))


def record(desk: Desk, connection: Connection, event: audit.Event, who: str, **about: str) -> None:
    """Put something into the record, kept with what else its transaction keeps or not at all."""
    audit.append(connection, desk.folder, desk.keys, desk.clock(), event, who, **about)


def troubles(desk: Desk) -> dict[str, str | None]:
    """What somebody has to look at, in words: the record, and the clock of the last day.

    Each is None where all is well.
    """
    look_at_clock(desk)
    with desk.store.reading() as connection:
        broken = " ".join(map(str, audit.breaks(connection, desk.folder)))
        back = set_back(connection, desk.now())
    told = f"The clock of this machine was set back by {back} seconds." if back else None
    return {"record": broken or None, "clock": told}
