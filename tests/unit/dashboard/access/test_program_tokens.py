"""A program's token: made for a code, kept as a digest, and gone with everything that ends it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pyotp.totp import TOTP

from dashboard.access import own_account, signing_in, users
from dashboard.access.account_table import Account
from dashboard.access.accounts import OPERATOR, Accounts
from dashboard.access.audit import latest
from dashboard.access.program_tokens import LONGEST, PREFIX, ProgramToken
from dashboard.access.roles import BY_NAME, PROGRAMS
from tests.support import accounts as people
from tests.support.accounts import ADDRESS, PASSWORD, STEP, Clock, enrolled, joined, known, seated

NAME = "n.akter@agency.example"


@pytest.fixture
def analyst(accounts: Accounts, clock: Clock) -> tuple[Account, TOTP]:
    """An analyst with an authenticator whose next code was not used yet."""
    one = joined(accounts, NAME, "analyst")
    totp, _ = enrolled(accounts, one)
    clock.now += STEP
    return known(accounts, NAME), totp


def asked(accounts: Accounts, account: Account, code: str) -> ProgramToken | str:
    return own_account.new_token(accounts, seated(accounts, account), code, ADDRESS)


def made(accounts: Accounts, account: Account, totp: TOTP) -> ProgramToken:
    found = asked(accounts, account, totp.at(accounts.clock()))
    assert isinstance(found, ProgramToken), found
    return found


def test_it_is_made_for_a_code_and_told_once(
    accounts: Accounts, analyst: tuple[Account, TOTP]
) -> None:
    token = made(accounts, *analyst)
    assert token.text.startswith(PREFIX)
    owner = signing_in.owner_of(accounts, token.text)
    assert owner is not None
    assert owner.name == NAME
    assert token.text.encode() not in accounts.store.path.read_bytes()
    assert [entry.event for entry in latest(accounts.folder, 1)] == ["token made"]


def test_a_wrong_or_used_code_makes_none_and_counts(
    accounts: Accounts, analyst: tuple[Account, TOTP]
) -> None:
    account, totp = analyst
    made(accounts, account, totp)
    assert asked(accounts, account, totp.at(accounts.clock())) == "wrong"
    found = [asked(accounts, account, "000000") for _ in range(10)]
    assert found == ["wrong"] * 9 + ["locked"]


def test_a_new_one_takes_the_place_of_the_one_before(
    accounts: Accounts, analyst: tuple[Account, TOTP], clock: Clock
) -> None:
    first = made(accounts, *analyst)
    clock.now += STEP
    second = made(accounts, *analyst)
    assert signing_in.owner_of(accounts, first.text) is None
    assert signing_in.owner_of(accounts, second.text) is not None


def test_it_ends_after_ninety_days(
    accounts: Accounts, analyst: tuple[Account, TOTP], clock: Clock
) -> None:
    token = made(accounts, *analyst)
    clock.now = token.ends_at - 1
    assert signing_in.owner_of(accounts, token.text) is not None
    clock.now += 1
    assert signing_in.owner_of(accounts, token.text) is None
    assert LONGEST == 90 * 24 * 3600


ENDS: dict[str, Callable[[Accounts, Account], object]] = {
    "ended": own_account.end_token,
    "everywhere": lambda accounts, account: own_account.end_sessions(
        accounts, seated(accounts, account), "all", PASSWORD, ADDRESS
    ),
    "disabled": lambda accounts, account: users.disable(accounts, account, OPERATOR),
    "reset": lambda accounts, account: users.reset(accounts, account, OPERATOR),
    "new password": lambda accounts, account: own_account.change_password(
        accounts, seated(accounts, account), PASSWORD, "nine lanterns by the ferry", ADDRESS
    ),
}


@pytest.mark.parametrize("how", ENDS)
def test_it_ends_with_whatever_ends_all_sessions(
    accounts: Accounts, analyst: tuple[Account, TOTP], how: str
) -> None:
    token = made(accounts, *analyst)
    ENDS[how](accounts, analyst[0])
    assert signing_in.owner_of(accounts, token.text) is None


@pytest.mark.parametrize("how", ["disabled", "reset", "new password"])
def test_none_is_made_for_an_account_that_changed_meanwhile(
    accounts: Accounts, analyst: tuple[Account, TOTP], clock: Clock, how: str
) -> None:
    """The page was asked for before the change, and its code is right."""
    account, totp = analyst
    ENDS[how](accounts, account)
    clock.now += STEP
    code, own = totp.at(accounts.clock()), seated(accounts, account)
    assert asked(accounts, account, code) == "wrong"
    assert own_account.new_recovery_codes(accounts, own, code, ADDRESS) == "wrong"
    with accounts.store.reading() as connection:
        assert connection.execute("SELECT count(*) FROM program_token").fetchone()[0] == 0


def test_all_of_them_end_at_once_and_the_record_says_so(
    accounts: Accounts, analyst: tuple[Account, TOTP]
) -> None:
    token = made(accounts, *analyst)
    assert users.end_tokens(accounts, OPERATOR) == 1
    assert signing_in.owner_of(accounts, token.text) is None
    (entry,) = latest(accounts.folder, 1)
    assert (entry.event, entry.who) == ("tokens ended", OPERATOR)
    assert entry.about == {"tokens": "1"}


def test_one_session_that_ends_leaves_it(accounts: Accounts, analyst: tuple[Account, TOTP]) -> None:
    token = made(accounts, *analyst)
    signing_in.sign_out(accounts, people.inside(accounts, NAME))
    assert signing_in.owner_of(accounts, token.text) is not None


def test_every_role_that_may_have_one_signs_in_with_a_code() -> None:
    having = [role for role in BY_NAME.values() if role.endpoints & PROGRAMS]
    assert [role.name for role in having] == ["analyst"]
    assert all(role.needs_second_factor and role.endpoints >= PROGRAMS for role in having)


def test_its_page_makes_shows_and_ends_it(tmp_path: Path) -> None:
    signed = people.signed_application(tmp_path, months=3, per_month=20)
    joined(signed.accounts, NAME, "analyst")
    totp, _ = enrolled(signed.accounts, known(signed.accounts, NAME))
    client = signed.client("nobody")
    with signed.accounts.store.writing() as connection:
        connection.execute("DELETE FROM used_code")
    signed.send(client, "/sign-in", name=NAME, password=PASSWORD)
    signed.send(client, "/sign-in/code", code=totp.now())
    with signed.accounts.store.writing() as connection:
        connection.execute("DELETE FROM used_code")
    shown = client.get("/account").text
    assert "Files for a program" in shown
    token = re.search(r'name="token" value="([0-9a-f]+)"', shown)
    assert token
    told = client.post("/account/token", data={"token": token[1], "code": totp.now()})
    text = re.search(rf"{PREFIX}[\w-]+", told.text)
    assert text
    assert "no-store" in told.headers["Cache-Control"]
    brought = {"Authorization": f"Bearer {text[0]}"}
    assert signed.client("nobody").get("/exhibits", headers=brought).status_code == 200
    assert text[0] not in client.get("/account").text
    client.post("/account/token/end", data={"token": token[1]})
    assert signed.client("nobody").get("/exhibits", headers=brought).status_code == 401
