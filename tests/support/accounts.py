"""People with accounts: a desk, a clock that a test sets, sign-in as a browser does it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyotp
from argon2 import PasswordHasher

from dashboard.access import desk as at
from dashboard.access.accounts import Account
from dashboard.access.desk import Desk
from dashboard.access.keys import Keys
from dashboard.access.roles import BY_NAME
from dashboard.access.sessions import Session
from dashboard.access.store import open_store

SECRET = bytes(range(7, 55))
PASSWORD = "seven boats on a quiet river"  # noqa: S105 -- of a test
ADDRESS = "192.0.2.7"
STEP = 30
#: Keeps passwords with little work, for tests of anything else.
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass
class Clock:
    """Seconds since 1970, as a test wants them."""

    now: int = 1_790_000_000

    def __call__(self) -> int:
        return self.now


def desk_in(folder: Path, clock: Clock) -> Desk:
    """A desk without accounts."""
    return Desk(open_store(folder), Keys(SECRET), clock)


def joined(desk: Desk, name: str, role: str = "member", password: str = PASSWORD) -> Account:
    """An account that has set its password by its link."""
    token = at.add(desk, name, BY_NAME[role], at.OPERATOR)
    assert at.accept(desk, token, password) is None
    return known(desk, name)


def known(desk: Desk, name: str) -> Account:
    """The account with a name, as it is now."""
    account = at.named(desk, name)
    assert account is not None
    return account


def begun(found: Session | at.Refused) -> Session:
    """A session, or the test fails."""
    assert isinstance(found, Session), found
    return found


def enrolled(
    desk: Desk, account: Account, password: str = PASSWORD
) -> tuple[pyotp.TOTP, list[str]]:
    """The authenticator and the recovery codes of an account that has just set them up."""
    session = begun(at.sign_in(desk, account.name, password, ADDRESS))
    key = at.new_authenticator(desk, account)
    assert key is not None
    made = at.prove_authenticator(desk, session, pyotp.TOTP(key).at(desk.clock()))
    assert made is not None
    return pyotp.TOTP(key), made
