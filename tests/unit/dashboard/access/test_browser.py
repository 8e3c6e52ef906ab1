"""Tokens belong to who holds them; an address is what the proxy says, and nobody before it."""

from __future__ import annotations

import pytest
from flask import Request
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder

from dashboard.access.account_table import Account
from dashboard.access.browser import Browser
from dashboard.access.keys import Keys
from dashboard.access.passkeys import Place
from dashboard.access.roles import ROLES
from tests.support.accounts import SECRET

HERE = Browser(Keys(SECRET), None)
PROXIED = Browser(Keys(SECRET), "atlas.example")


def asked(peer: str = "127.0.0.1", **headers: str) -> Request:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    environ = EnvironBuilder(headers=named, environ_base={"REMOTE_ADDR": peer}).get_environ()
    return Request(environ)


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_token_is_its_holders_alone(one: str, other: str) -> None:
    token = HERE.form_token(one)
    assert HERE.is_form_token(one, token)
    assert HERE.is_form_token(other, token) == (one == other)
    assert not Browser(Keys(SECRET[::-1]), None).is_form_token(one, token)
    assert HERE.form_token(one) != token


@given(st.text(), st.text())
def test_what_is_no_token_is_none(holder: str, given: str) -> None:
    assert not HERE.is_form_token(holder, given)
    assert not HERE.is_form_token("", HERE.form_token(""))


@pytest.mark.parametrize(
    ("browser", "peer", "forwarded", "address"),
    [(HERE, "127.0.0.1", "203.0.113.9", "127.0.0.1"),
     (PROXIED, "127.0.0.1", "203.0.113.9", "203.0.113.9"),
     (PROXIED, "127.0.0.1", "10.0.0.1, 203.0.113.9", "203.0.113.9"),
     (PROXIED, "127.0.0.1", "203.0.113.9, <script>", "unknown"),
     (PROXIED, "127.0.0.1", "", "unknown"),
     (PROXIED, "127.0.0.1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
     (PROXIED, "127.0.0.1", "::ffff:203.0.113.9", "203.0.113.9")],
)  # fmt: skip
def test_an_address_is_what_the_proxy_says(
    browser: Browser, peer: str, forwarded: str, address: str
) -> None:
    assert browser.address(asked(peer, X_Forwarded_For=forwarded)) == address


@pytest.mark.parametrize(
    ("headers", "own"),
    [({}, True), ({"Sec_Fetch_Site": "same-origin", "Origin": "http://localhost"}, True),
     ({"Sec_Fetch_Site": "same-site"}, False), ({"Sec_Fetch_Site": "none"}, False),
     ({"Origin": "http://localhost.evil.example"}, False), ({"Origin": "null"}, False),
     ({"Origin": "http://["}, False)],
)  # fmt: skip
def test_what_another_site_sends_is_known(headers: dict[str, str], own: bool) -> None:
    assert HERE.is_own(asked(**headers)) == own


def test_a_browser_that_claims_to_be_known_since_a_day_beyond_numbers_is_not() -> None:
    account = Account(1, "a@b.example", ROLES[0], "hash", None, False, False, None)
    request = asked(Cookie=f"atlas-device=token.{'9' * 5_000}.code")
    assert HERE.device_of(request, account.name, account, 0) == ""


@pytest.mark.parametrize(
    ("browser", "host", "place"),
    [(PROXIED, "atlas.example", Place("atlas.example", "https://atlas.example")),
     (PROXIED, "atlas.example:443", Place("atlas.example", "https://atlas.example")),
     (HERE, "localhost:8050", Place("localhost", "http://localhost:8050")),
     (HERE, "127.0.0.1:8050", None), (HERE, "[::1]:8050", None)],
)  # fmt: skip
def test_passkeys_belong_to_a_name(browser: Browser, host: str, place: Place | None) -> None:
    assert browser.place(asked(Host=host)) == place


@pytest.mark.parametrize(
    ("agent", "kind"),
    [("Mozilla/5.0 (Windows NT 10.0) Chrome/142.0.0.0 Safari/537.36 Edg/142.0", "Edge, Windows"),
     ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Safari/604.1", "Safari, iPhone"),
     ("Mozilla/5.0 (Linux; Android 15) Chrome/142.0 Mobile", "Chrome, Android"),
     ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15) Firefox/145.0", "Firefox, macOS"),
     ("a program", ""), ("", "")],
)  # fmt: skip
def test_a_browser_is_told_by_what_it_says_of_itself(agent: str, kind: str) -> None:
    assert HERE.kind(asked(User_Agent=agent)) == kind
