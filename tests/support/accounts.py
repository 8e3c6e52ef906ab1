"""People with accounts: their file, a clock that a test sets, sign-in as a browser does it."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyotp
from argon2 import PasswordHasher
from dash import Dash
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.access import account_table, own_account, sessions, signing_in, users
from dashboard.access.account_table import Account
from dashboard.access.accounts import OPERATOR, Accounts, look_at_clock
from dashboard.access.audit import Head, verify
from dashboard.access.browser import BROWSER, ECHO, HEADER, SESSION, Browser
from dashboard.access.keys import Keys
from dashboard.access.reader import EXTENSION
from dashboard.access.roles import BY_NAME
from dashboard.access.sessions import Origin, Session, Stage
from dashboard.access.store import open_store
from dashboard.access.timer import Timer
from dashboard.settings import ProviderSettings
from tests.support.application import application, client_of

SECRET = bytes(range(7, 55))
PASSWORD = "seven boats on a quiet river"  # noqa: S105 -- of a test
ADDRESS = "192.0.2.7"
STEP = 30
#: Keeps passwords with little work, for tests of anything else.
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass
class Clock:
    """Time as a test wants it.

    Attributes:
        now: Seconds that run, on and never back.
        shift: By how much the machine's clock is set ahead of what it showed at first.
    """

    now: int = 1_790_000_000
    shift: int = 0

    def __call__(self) -> int:
        return self.now + self.shift

    def running(self) -> float:
        return self.now - 1_780_000_000


def accounts_in(folder: Path, clock: Clock) -> Accounts:
    """Accounts of nobody yet."""
    accounts = Accounts(open_store(folder), Keys(SECRET), Timer(clock.running, "a boot"), clock)
    look_at_clock(accounts)
    return accounts


def goes_by(accounts: Accounts, clock: Clock) -> None:
    """Have the accounts of a server, on which nobody is signed in, go by the time of a test."""
    with accounts.store.writing() as connection:
        connection.execute("DELETE FROM clock")
    object.__setattr__(accounts, "timer", Timer(clock.running, "a boot"))
    object.__setattr__(accounts, "clock", clock)
    look_at_clock(accounts)


def joined(
    accounts: Accounts, name: str, role: str = "member", password: str = PASSWORD
) -> Account:
    """An account that has set its password by its link."""
    token = users.add(accounts, name, BY_NAME[role], OPERATOR)
    assert own_account.accept(accounts, token, password) is None
    return known(accounts, name)


def known(accounts: Accounts, name: str) -> Account:
    """The account with a name, as it is now."""
    account = users.by_name(accounts, name)
    assert account is not None
    return account


def checked(accounts: Accounts, kept: str | None = None) -> Head:
    """The head of the record, which is whole."""
    with accounts.store.reading() as connection:
        return verify(connection, accounts.folder, accounts.keys, kept)


def begun(found: Session | signing_in.Refused) -> Session:
    """A session, or the test fails."""
    assert isinstance(found, Session), found
    return found


def inside(accounts: Accounts, name: str, browser: str = "") -> Session:
    """The session of somebody who signs in with name and password."""
    return begun(signing_in.sign_in(accounts, name, PASSWORD, ADDRESS, browser=browser))


def seated(accounts: Accounts, account: Account) -> Session:
    """A whole session of an account as somebody knows it, in no browser."""
    return Session("", account, "whole", accounts.now(), Origin())


def enrolled(
    accounts: Accounts, account: Account, password: str = PASSWORD
) -> tuple[pyotp.TOTP, list[str]]:
    """The authenticator and the recovery codes of an account that has just set them up."""
    session = begun(signing_in.sign_in(accounts, account.name, password, ADDRESS))
    key = own_account.new_authenticator(accounts, session)
    assert key is not None
    code = pyotp.TOTP(key).at(accounts.clock())
    found = own_account.prove_authenticator(accounts, session, code, password, ADDRESS)
    assert isinstance(found, tuple), found
    return pyotp.TOTP(key), found[1]


def entered(
    state: Path, name: str, role: str, partner: str | None = None
) -> tuple[dict[str, str], str]:
    """Let a new account in at a server that runs over HTTP on this machine, without its forms.

    Args:
        state: Folder of what the server keeps, whose secret is ``SECRET``.
        name: Name of the account.
        role: Its role.
        partner: For which partner it signs editions, or None.

    Returns:
        The headers that its browser brings, and the token of its forms.
    """
    store, keys, now = open_store(state), Keys(SECRET), int(time.time())
    with store.writing() as connection:
        account = account_table.add(connection, name, BY_NAME[role], now, partner)
        session = sessions.begin(connection, account.id, "whole", keys, now)
    browser = Browser(keys, None)
    echo = browser.echo(session.token)
    cookies = f"{browser.cookie(SESSION)}={session.token}; {browser.cookie(ECHO)}={echo}"
    return {"Cookie": cookies, HEADER: echo}, browser.form_token(session.token)


def secret_in(folder: Path) -> Path:
    """A file with the secret of tests, as a server wants it."""
    secret = folder / "secret"
    secret.write_bytes(SECRET)
    secret.chmod(0o600)
    return secret


# --- in a browser -------------------------------------------------------------------------------

WHO = ("nobody", "code", "enrol", *BY_NAME)
_TOKEN = re.compile(r'name="token" value="([0-9a-f]+)"')


@dataclass(frozen=True)
class Signed:
    """An application with accounts, and who sits before it."""

    app: Dash
    accounts: Accounts
    browser: Browser

    def client(self, who: str) -> FlaskClient:
        """The browser of somebody who has got as far as ``WHO`` says."""
        client = client_of(self.app)
        if who != "nobody":
            self.take(client, self.session(who))
        return client

    def session(self, who: str) -> Session:
        """A session of a role, or of somebody whose code or authenticator is still to come."""
        role = who if who in BY_NAME else "analyst"
        stage: Stage = "whole" if who in BY_NAME else "code" if who == "code" else "enrol"
        account = users.by_name(self.accounts, f"{who}@agency.example")
        with self.accounts.store.writing() as connection:
            account = account or account_table.add(
                connection, f"{who}@agency.example", BY_NAME[role], self.accounts.clock()
            )
            return sessions.begin(
                connection, account.id, stage, self.accounts.keys, self.accounts.now()
            )

    def take(self, client: FlaskClient, session: Session) -> None:
        """Have a browser keep the cookie of a session."""
        client.set_cookie(self.browser.cookie(SESSION), session.token)

    def token(self, client: FlaskClient) -> str:
        """What a form of this browser brings."""
        kept = [client.get_cookie(self.browser.cookie(name)) for name in (SESSION, BROWSER)]
        return next((self.browser.form_token(one.value) for one in kept if one), "")

    def echo(self, client: FlaskClient) -> dict[str, str]:
        """The header that a callback of this browser brings."""
        kept = client.get_cookie(self.browser.cookie(SESSION))
        return {HEADER: self.browser.echo(kept.value)} if kept else {}

    def post(self, client: FlaskClient, path: str, **fields: str) -> TestResponse:
        """Send a form of a page that a browser has open."""
        return client.post(path, data={"token": self.token(client), **fields})

    def send(self, client: FlaskClient, path: str, **fields: str) -> TestResponse:
        """Open the page of a form and send the form, as a browser does."""
        shown = client.get(path, headers={"Accept": "text/html"})
        match = _TOKEN.search(shown.text)
        return client.post(path, data={"token": match[1] if match else "", **fields})


def signed_application(
    folder: Path, public_host: str | None = None, *, editions_wait: bool = False,
    provider: ProviderSettings | None = None, **rest: Any,
) -> Signed:  # fmt: skip
    """An application with accounts, over a release of random units."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = {
        "secret": secret_in(folder), "public_host": public_host, "editions_wait": editions_wait,
        "provider": provider,
    }  # fmt: skip
    app = application(folder, settings=settings, **rest)
    accounts = app.server.extensions[EXTENSION]
    return Signed(app, accounts, Browser(accounts.keys, public_host))
