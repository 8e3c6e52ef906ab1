"""Where somebody is signed in: listed, each ended by its owner, and by nobody else."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.access import attempts, own_account, sessions, signing_in
from dashboard.access.accounts import Accounts
from dashboard.access.audit import latest
from dashboard.access.sessions import Listed, Session
from dashboard.model.languages import LANGUAGES
from tests.support.accounts import ADDRESS, PASSWORD, Clock, Signed, inside, joined

NAME = "n.akter@agency.example"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
PHONE = "Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/142.0.0.0 Mobile Safari/537.36"


def test_the_list_has_the_one_that_asks_first_and_then_the_latest_used(
    accounts: Accounts, clock: Clock
) -> None:
    joined(accounts, "member"), joined(accounts, "other")
    first = inside(accounts, "member", "Firefox, Linux")
    inside(accounts, "other")
    clock.now += 100
    own = inside(accounts, "member", "Chrome, Android")
    clock.now += 100
    inside(accounts, "member", "Safari, macOS")
    clock.now += 100
    assert signing_in.session_of(accounts, first.token)
    listed = own_account.own_sessions(accounts, own)
    told = [(each.origin.browser, each.made_at, each.seen_at, each.is_own) for each in listed]
    now = clock.now
    assert told == [("Chrome, Android", now - 200, now - 200, True),
                    ("Firefox, Linux", now - 300, now, False),
                    ("Safari, macOS", now - 100, now - 100, False)]  # fmt: skip


def test_what_has_ended_and_what_waits_for_a_code_is_not_listed(
    accounts: Accounts, clock: Clock
) -> None:
    account = joined(accounts, "member")
    inside(accounts, "member")
    clock.now += sessions.IDLE
    own = inside(accounts, "member")
    with accounts.store.writing() as connection:
        sessions.begin(connection, account.id, "code", accounts.keys, accounts.now())
    assert [one.is_own for one in own_account.own_sessions(accounts, own)] == [True]


def others(accounts: Accounts, own: Session) -> list[Listed]:
    return [one for one in own_account.own_sessions(accounts, own) if not one.is_own]


def test_one_is_ended_and_the_others_stay(accounts: Accounts) -> None:
    joined(accounts, "member")
    gone, stays, own = (inside(accounts, "member", name) for name in ("gone", "stays", "own"))
    (mark,) = [one.mark for one in others(accounts, own) if one.origin.browser == "gone"]
    assert own_account.end_sessions(accounts, own, mark, PASSWORD, ADDRESS) is None
    found = [signing_in.session_of(accounts, one.token) is not None for one in (gone, stays, own)]
    assert found == [False, True, True]
    (entry,) = latest(accounts.folder, 1)
    assert (entry.event, entry.who) == ("session ended", "member")


def test_all_others_are_ended_or_all(accounts: Accounts) -> None:
    joined(accounts, "member"), joined(accounts, "other")
    first, own, beside = (inside(accounts, name) for name in ("member", "member", "other"))
    assert own_account.end_sessions(accounts, own, "others", PASSWORD, ADDRESS) is None
    assert signing_in.session_of(accounts, first.token) is None
    assert signing_in.session_of(accounts, own.token)
    assert own_account.end_sessions(accounts, own, "all", PASSWORD, ADDRESS) is None
    assert signing_in.session_of(accounts, own.token) is None
    assert signing_in.session_of(accounts, beside.token)
    told = [entry.event for entry in latest(accounts.folder, 2)]
    assert told == ["sessions ended", "other sessions ended"]


def test_nobody_ends_a_session_of_somebody_else(accounts: Accounts) -> None:
    joined(accounts, "member"), joined(accounts, "other")
    target, own = inside(accounts, "member"), inside(accounts, "other")
    (listed,) = own_account.own_sessions(accounts, target)
    for which in (listed.mark, "", "x", "%", listed.mark.upper()):
        assert own_account.end_sessions(accounts, own, which, PASSWORD, ADDRESS) is None
    assert signing_in.session_of(accounts, target.token)
    assert signing_in.session_of(accounts, own.token)


def test_an_open_session_ends_none_without_the_password(accounts: Accounts) -> None:
    joined(accounts, "member")
    first, own = inside(accounts, "member"), inside(accounts, "member")
    tries = [own_account.end_sessions(accounts, own, "all", "wrong", ADDRESS) for _ in range(11)]
    assert tries == ["wrong"] * attempts.BY_NAME + ["locked"]
    assert signing_in.session_of(accounts, first.token)


def test_a_mark_opens_nothing(accounts: Accounts) -> None:
    joined(accounts, "member")
    own = inside(accounts, "member")
    (listed,) = own_account.own_sessions(accounts, own)
    assert signing_in.session_of(accounts, listed.mark) is None
    assert listed.mark not in own.token


# --- the page ------------------------------------------------------------------------------------


def entered(signed: Signed, agent: str) -> FlaskClient:
    client = signed.client("nobody")
    client.environ_base["HTTP_USER_AGENT"] = agent
    signed.send(client, "/sign-in", name=NAME, password=PASSWORD)
    return client


def ended(signed: Signed, client: FlaskClient, which: str, password: str) -> TestResponse:
    return signed.post(client, "/account/sessions", which=which, password=password)


def test_somebody_sees_a_phone_that_is_not_theirs_and_signs_it_out(signed: Signed) -> None:
    joined(signed.accounts, NAME)
    own, phone = entered(signed, FIREFOX), entered(signed, PHONE)
    page = own.get("/account").text
    assert re.search(r"<strong>Firefox, Linux</strong>\s*\(this browser\)", page)
    assert "<strong>Chrome, Android</strong>" in page
    assert "Address 127.0.0.1, since" in page
    (mark,) = re.findall(r'name="which" value="([0-9a-f]{16})"', page)
    wrong = ended(signed, own, mark, "wrong")
    assert (wrong.status_code, "That was not right" in wrong.text) == (401, True)
    assert phone.get("/account").status_code == 200
    assert ended(signed, own, mark, PASSWORD).location == "/account"
    assert phone.get("/account").status_code == 401
    assert own.get("/account").status_code == 200
    out = ended(signed, own, "all", PASSWORD)
    assert (out.location, out.headers["Clear-Site-Data"]) == ("/sign-in", '"cache", "storage"')
    assert own.get("/account").status_code == 401


@pytest.mark.parametrize("agent", ["", "curl/8.0", '"><script>alert(1)</script> Firefox'])
def test_what_a_browser_says_of_itself_is_never_part_of_the_page(
    signed: Signed, agent: str
) -> None:
    joined(signed.accounts, NAME)
    entered(signed, agent)
    for lang in LANGUAGES:
        page = entered(signed, FIREFOX).get(f"/account?lang={lang}").text
        assert "alert(1)" not in page
        assert "curl" not in page
