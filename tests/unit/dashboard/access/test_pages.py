"""The forms, as a browser without scripts sends them."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from flask import Request
from flask.testing import FlaskClient
from pyotp.totp import TOTP
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Response

from dashboard.access import attempts, audit, users
from dashboard.access.account_table import Account
from dashboard.access.accounts import note
from dashboard.access.accounts import record as put_down
from dashboard.access.audit import Event, latest
from dashboard.access.pages.frame import own_path
from dashboard.access.roles import BY_NAME
from dashboard.access.signing import UNSHOWN
from dashboard.model.languages import LANGUAGES
from dashboard.security.guard import CALLBACK
from tests.support.accounts import PASSWORD, Signed, joined, known, signed_application
from tests.support.application import answer_body
from tests.support.releases import build_release, point_to

NAME = "n.akter@agency.example"
ENROL = "/account/authenticator"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    """One for the tests that leave no account and no failure behind."""
    return signed_application(tmp_path_factory.mktemp("shared"), months=3, per_month=20)


def key_told(client: FlaskClient) -> tuple[str, str]:
    """The key that a browser is shown, and the page."""
    shown = client.get(ENROL).text
    match = re.search(r'class="access-key">([A-Z2-7 ]+)<', shown)
    assert match
    return match[1].replace(" ", ""), shown


def test_from_the_link_to_the_figures_and_out(signed: Signed) -> None:
    client = signed.client("nobody")
    link = "/set-password/" + users.add(signed.accounts, NAME, BY_NAME["member"], "root")
    assert NAME in client.get(link).text
    unequal = signed.send(client, link, password=PASSWORD, again="other")
    assert (unequal.status_code, "differ" in unequal.text) == (400, True)
    short = signed.send(client, link, password="short", again="short")  # noqa: S106
    assert (short.status_code, "too short" in short.text) == (400, True)
    done = signed.send(client, link, password=PASSWORD, again=PASSWORD)
    assert (done.status_code, done.location) == (303, "/sign-in")
    assert "does not work any more" in client.get(link).text
    asked = client.get("/routes?mode=land", headers={"Accept": "text/html"})
    assert asked.location == "/sign-in?next=/routes?mode%3Dland"
    shown = client.get(asked.location).text
    assert 'name="next" value="/routes?mode=land"' in shown
    wrong = signed.send(client, "/sign-in", name=NAME, password="wrong")  # noqa: S106
    assert (wrong.status_code, 'role="alert"' in wrong.text) == (401, True)
    right = {"name": NAME, "password": PASSWORD, "next": "/routes?mode=land"}
    there = signed.send(client, asked.location, **right)
    assert (there.status_code, there.location) == (303, "/routes?mode=land")
    assert client.get(there.location).status_code == 200
    layout = client.get("/_dash-layout").text
    assert NAME in layout
    assert '"data-files":""' in layout.replace(" ", "")
    token = re.search(r'name=\\"token\\" value=\\"([0-9a-f]+)\\"', layout)
    assert token
    out = client.post("/sign-out", data={"token": token[1]})
    assert (out.status_code, out.location) == (303, "/sign-in")
    assert client.get("/_dash-layout").status_code == 401


def test_an_administrator_sets_up_an_authenticator_before_anything_else(signed: Signed) -> None:
    client = signed.client("nobody")
    joined(signed.accounts, NAME, "administrator")
    enrol = signed.send(client, "/sign-in", name=NAME, password=PASSWORD)
    assert enrol.location == "/account/authenticator"
    assert client.get("/users", headers={"Accept": "text/html"}).location == enrol.location
    key, shown = key_told(client)
    assert 'type="password"' not in shown, "it was typed a moment ago"
    assert signed.send(client, enrol.location, code="000000").status_code == 400
    before = client.get_cookie("atlas-session")
    told = signed.send(client, enrol.location, code=TOTP(key).at(signed.accounts.clock()))
    made = re.findall(r"<code>(\w{5}-\w{5})</code>", told.text)
    assert len(made) == 10
    assert client.get_cookie("atlas-session") != before
    assert client.get("/users").status_code == 200
    assert client.get(enrol.location).location == "/account"
    assert key not in client.get("/account").text
    again = signed.client("nobody")
    code = signed.send(again, "/sign-in", name=NAME, password=PASSWORD)
    assert code.location == "/sign-in/code?next=/"
    assert again.get("/", headers={"Accept": "text/html"}).location == "/sign-in/code"
    assert signed.send(again, code.location, code="000000").status_code == 401
    assert signed.send(again, code.location, code=made[0]).location == "/"
    assert again.get("/users").status_code == 200


def test_a_member_sets_up_an_authenticator_with_the_password_once_more(signed: Signed) -> None:
    client, other = signed.client("nobody"), signed.client("nobody")
    joined(signed.accounts, NAME)
    for each in (client, other):
        signed.send(each, "/sign-in", name=NAME, password=PASSWORD)
    key, shown = key_told(client)
    assert 'name="password" type="password"' in shown
    assert key_told(client)[0] == key
    assert key_told(other)[0] != key
    asked = {"code": TOTP(key).at(signed.accounts.clock())}
    for password in ("", "wrong"):
        told = signed.send(client, ENROL, **asked, password=password)
        assert (told.status_code, "That was not right" in told.text) == (400, True)
    assert signed.send(other, ENROL, **asked, password=PASSWORD).status_code == 400
    assert "recovery codes" in signed.send(client, ENROL, **asked, password=PASSWORD).text
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 401


def test_an_administrator_adds_resets_and_disables(signed: Signed) -> None:
    client = signed.client("administrator")
    made = signed.send(client, "/users", name=NAME, role="analyst")
    link = re.search(r"http://localhost(/set-password/[\w-]+)", made.text)
    assert link
    assert signed.client("nobody").get(link[1]).status_code == 200
    assert known(signed.accounts, NAME).role.name == "analyst"
    assert signed.send(client, "/users", name=NAME, role="member").status_code == 400
    assert signed.send(client, "/users", name="x", role="member").status_code == 400
    assert signed.send(client, "/users", name="another", role="root").status_code == 400
    number = known(signed.accounts, NAME).id
    assert "/set-password/" in signed.post(client, f"/users/{number}/reset").text
    assert signed.client("nobody").get(link[1]).status_code == 404
    assert signed.post(client, f"/users/{number}/disable").status_code == 303
    assert known(signed.accounts, NAME).disabled
    assert signed.post(client, "/users/999/disable").status_code == 404
    own = known(signed.accounts, "administrator@agency.example").id
    assert signed.post(client, f"/users/{own}/disable").status_code == 404
    record = client.get("/record").text
    assert "User disabled" in record
    assert [entry.event for entry in latest(signed.accounts.folder, 3)] == [
        "account disabled", "account reset", "account added",
    ]  # fmt: skip


def test_a_password_is_changed_and_every_browser_signs_in_again(signed: Signed) -> None:
    joined(signed.accounts, NAME)
    one, other = signed.client("nobody"), signed.client("nobody")
    for client in (one, other):
        signed.send(client, "/sign-in", name=NAME, password=PASSWORD)
        assert client.get("/account").status_code == 200
    new = {"password": "another quiet river of boats", "again": "another quiet river of boats"}
    path = "/account/password"
    assert signed.post(one, path, **new, old="wrong").status_code == 401
    assert signed.post(one, path, **new, old=PASSWORD).location == "/sign-in"
    for client in (one, other):
        assert client.get("/account").status_code == 401


def test_who_tries_too_often_is_told_to_wait(signed: Signed) -> None:
    client = signed.client("nobody")
    wrong = {"name": NAME, "password": "x"}
    statuses = [signed.send(client, "/sign-in", **wrong).status_code for _ in range(12)]
    assert statuses == [401] * attempts.BY_NAME + [429] * 2


def test_a_browser_that_signed_in_before_is_not_locked_out_by_others(signed: Signed) -> None:
    joined(signed.accounts, NAME)
    own, other = signed.client("nobody"), signed.client("nobody")
    right, wrong = {"name": NAME, "password": PASSWORD}, {"name": NAME, "password": "x"}
    signed.send(own, "/sign-in", **right)
    signed.post(own, "/sign-out")
    for _ in range(attempts.BY_NAME + 1):
        signed.send(other, "/sign-in", **wrong)
    assert signed.send(other, "/sign-in", **right).status_code == 429
    device = own.get_cookie("atlas-device").value
    other.set_cookie("atlas-device", device[:-1] + ("0" if device[-1] != "0" else "1"))
    assert signed.send(other, "/sign-in", **right).status_code == 429  # of no browser of ours
    assert signed.send(own, "/sign-in", **right).status_code == 303


def test_a_browser_is_known_for_a_quarter_and_with_one_password(signed: Signed) -> None:
    account = joined(signed.accounts, NAME)
    browser, now = signed.browser, signed.accounts.clock()
    kept = Response()
    browser.remember(kept, account, now)
    cookie = kept.headers["Set-Cookie"].partition(";")[0]

    def device(name: str, of: Account | None, at: int) -> str:
        asked = Request(EnvironBuilder(headers={"Cookie": cookie}).get_environ())
        return browser.device_of(asked, name, of, at)

    assert device(NAME, account, now) != ""
    assert device(NAME, account, now + 91 * 86_400) == ""
    assert device(NAME, replace(account, password="another"), now) == ""  # noqa: S106
    assert device("somebody else", account, now) == ""
    assert device(NAME, None, now) == ""


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "none"},
     {"Origin": "http://evil.example"}, {"Origin": "null"}],
)  # fmt: skip
def test_a_form_of_another_site_is_refused(shared: Signed, headers: dict[str, str]) -> None:
    client = shared.client("member")
    fields = {"token": shared.token(client)}
    assert client.post("/sign-out", data=fields, headers=headers).status_code == 400
    parts = client.post("/sign-out", data=fields, content_type="multipart/form-data")
    assert parts.status_code == 400
    assert client.post("/sign-out", json=fields).status_code == 400
    assert client.post("/sign-out", data=fields).status_code == 303


@pytest.mark.parametrize(
    "given",
    ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "",
     "javascript:1", "/\tx", "/a\nb", "routes", "/" + "a" * 6_001, "//[", "/%0a\r\nx: y",
     "https:/routes"],
)  # fmt: skip
def test_nobody_is_sent_elsewhere_after_signing_in(given: str) -> None:
    assert own_path(given) == "/"


def test_what_a_form_was_given_is_never_part_of_the_page(shared: Signed) -> None:
    script = '"><script>alert(1)</script>'
    client = shared.client("administrator")
    for page in (
        shared.client("nobody").get("/sign-in", query_string={"next": f"/{script}"}),
        shared.client("nobody").get("/sign-in", query_string={"lang": script, script: script}),
        shared.send(client, "/users", name=script, role="member"),
    ):
        assert "<script>" not in page.text
        own = re.findall(r"<script[^>]*>", page.text)
        assert all(one.startswith('<script src="/assets/js/forms/passkeys.js?m=') for one in own)
        assert "unsafe" not in page.headers["Content-Security-Policy"]
        assert page.headers["Cache-Control"] == "private, no-store"


def test_a_long_record_has_pages(tmp_path: Path) -> None:
    signed = signed_application(tmp_path)
    with signed.accounts.store.writing() as connection:
        for number in range(401):
            who = f"analyst {number}."
            put_down(signed.accounts, connection, "exported", who, exhibit="overview.trend")
    client, seen = signed.client("administrator"), []
    for page in (1, 2, 3):
        text = client.get(f"/record?page={page}").text
        seen += re.findall(r"analyst (\d+)\.", text)
        assert ("Newer entries" in text, "Older entries" in text) == (page > 1, page < 3)
    assert [int(number) for number in seen] == [*reversed(range(401))]
    for beyond in ("99999999999999999999", "0", "-3", "x"):
        assert client.get(f"/record?page={beyond}").status_code == 200


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_broken_record_lets_people_in_and_is_told(tmp_path: Path, lang: str) -> None:
    signed = signed_application(tmp_path)
    record = signed.accounts.folder / audit.FILE
    note(signed.accounts, "exported", NAME, exhibit="overview.trend")
    with record.open("ab") as file:
        file.write(b"no entry\n")
    assert "no entry" not in signed.client("administrator").get(f"/record?lang={lang}").text
    assert signed.client("member").get("/").status_code == 200
    note(signed.accounts, "signed in", NAME)
    page = signed.client("administrator").get(f"/record?lang={lang}")
    assert "audit.1.jsonl" in page.text
    ready = signed.app.server.test_client().get("/readyz")
    assert ready.status_code == 200
    assert "audit.1.jsonl" in ready.json["record"]


def test_whoever_asks_whether_it_is_ready_is_told_no_edition(signed: Signed) -> None:
    assert set(signed.app.server.test_client().get("/readyz").json) == {
        "ready", "problem", "record", "clock",
    }  # fmt: skip


def test_one_who_is_refused_again_and_again_does_not_fill_the_record(tmp_path: Path) -> None:
    signed = signed_application(tmp_path)
    client = signed.client("member")
    for _ in range(120):
        assert client.get("/users").status_code == 403
    told = [each for each in latest(signed.accounts.folder, 500) if each.event == "denied"]
    assert [each.about.get("times", "1") for each in told] == ["100", "10", "1"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_record_says_every_event_in_words(signed: Signed, lang: str) -> None:
    for event in get_args(Event):
        note(signed.accounts, event, NAME, request="1")
    page = signed.client("administrator").get(f"/record?lang={lang}")
    assert page.status_code == 200
    assert page.text.count(NAME) == len(get_args(Event)) - len(UNSHOWN)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("who", ["nobody", "code", "enrol", "member", "administrator"])
def test_every_page_is_whole_in_each_language(shared: Signed, who: str, lang: str) -> None:
    client = shared.client(who)
    pages = {"nobody": ["/sign-in", "/set-password/none"], "code": ["/sign-in/code"],
             "enrol": ["/account/authenticator"],
             "member": ["/account", "/account/authenticator", "/users"],
             "administrator": ["/users", "/record"]}  # fmt: skip
    for path in pages[who]:
        text = client.get(f"{path}?lang={lang}", headers={"Accept": "text/html"}).text
        assert f'<html lang="{lang[:2]}" ' in text
        assert text.count("<h1>") == 1
        heading = re.findall(r"<h1>(.*?)</h1>", text)[0]
        assert bool(re.search("[\u0980-\u09ff]", heading)) == (lang != "en")
        assert bool(re.search("[a-z]", heading)) == (lang == "en")
        for form in re.findall(r"<form.*?</form>", text, re.DOTALL):
            assert 'name="token" value="' in form
            labelled = set(re.findall(r'<label for="(\w+)"', form))
            shown = re.findall(r'<(?:input|select) id="(\w+)"', form)
            assert set(shown) == labelled


def test_500_forms_of_anything_never_make_the_server_fail(signed: Signed) -> None:
    chosen = random.Random(17)
    paths = ["/sign-in", "/sign-in/code", "/sign-out", "/set-password/x", "/account/password",
             "/account/authenticator", "/account/recovery-codes", "/users", "/users/1/reset",
             "/users/99999999999999999999/disable"]  # fmt: skip
    odd = ["", "\x00", "উ" * 300, "'; DROP TABLE account; --", "<script>", "\ud800", "a" * 20_000,
           "%", "%ff", "../..", "{{7*7}}", "-1", "1e999", "\r\nSet-Cookie: a=b"]  # fmt: skip
    clients = [signed.client(who) for who in ("nobody", "code", "enrol", "member", "administrator")]
    clients[0].get("/sign-in")
    statuses = list[int]()
    for _ in range(500):
        client = chosen.choice(clients)
        names = ["name", "password", "again", "old", "code", "role", "next", "lang", "token"]
        fields = {name: chosen.choice(odd) for name in chosen.sample(names, chosen.randint(0, 9))}
        if chosen.random() < 0.8:
            fields["token"] = signed.token(client)
        body = "&".join(f"{name}={value}" for name, value in fields.items())
        answer = client.post(
            chosen.choice(paths) + chosen.choice(["", "?lang=bn", "?next=" + "%00"]),
            data=body.encode("utf-8", "surrogatepass"),
            content_type="application/x-www-form-urlencoded",
        )
        statuses.append(answer.status_code)
    assert [status for status in statuses if status >= 500] == []
    assert len(set(statuses)) > 4


def test_over_https_cookies_and_headers_are_those_of_https(tmp_path: Path) -> None:
    signed = signed_application(tmp_path, "atlas.example", months=3, per_month=20)
    joined(signed.accounts, NAME)
    client = signed.client("nobody")
    proxied = {"HTTP_HOST": "atlas.example", "HTTP_X_FORWARDED_FOR": "203.0.113.9, 198.51.100.4"}
    base = {"environ_overrides": proxied, "base_url": "https://atlas.example"}
    shown = client.get("/sign-in", **base)
    assert shown.headers["Strict-Transport-Security"].startswith("max-age=63072000")
    token = re.search(r'name="token" value="(\w+)"', shown.text)
    assert token
    fields = {"token": token[1], "name": NAME, "password": PASSWORD}
    there = client.post("/sign-in", data=fields, **base)
    kept = there.headers.getlist("Set-Cookie")
    assert all(cookie.startswith("__Host-atlas-") for cookie in kept)
    for cookie in kept:
        assert "Secure" in cookie
        assert "SameSite=Lax" in cookie
        assert "Path=/" in cookie
        assert "Domain" not in cookie
        assert ("HttpOnly" in cookie) == ("atlas-echo" not in cookie)
    assert latest(signed.accounts.folder, 1)[0].about["address"] == "198.51.100.4"
    assert client.get("/", **base).status_code == 200


def test_with_a_public_name_this_machine_asks_for_health_only(tmp_path: Path) -> None:
    client = signed_application(tmp_path, "atlas.example", months=3).client("nobody")
    asked = {
        (host, path): client.get(path, environ_overrides={"HTTP_HOST": host}).status_code
        for host in ("localhost", "atlas.example", "atlas.example:443", "evil.example")
        for path in ("/healthz", "/readyz", "/sign-in")
    }
    assert {key for key, status in asked.items() if status == 200} == {
        ("localhost", "/healthz"), ("localhost", "/readyz"),
        ("atlas.example", "/sign-in"), ("atlas.example:443", "/sign-in"),
    }  # fmt: skip
    assert set(asked.values()) == {200, 400}


def shown_release(signed: Signed, who: str, asked: str) -> set[str]:
    """Editions of the figures that a page shows, loaded with one and asking for it."""
    client = signed.client(who)
    body = answer_body(signed.app, f"/?edition={asked}#want=page", asked)
    answer = client.post(CALLBACK, json=body, headers=signed.echo(client))
    return set(re.findall(r'data-release=\\"([^"\\]+)', answer.text))


def test_an_older_edition_is_opened_by_analysts_only(tmp_path: Path) -> None:
    signed = signed_application(tmp_path)
    older = "2026-08-20260916t094000-0a1b2c3d"
    folder = tmp_path / "releases"
    build_release(folder / f"{older}.duckdb", months=29, per_month=20, seed=3)
    point_to(folder, "2026-09-20261016t094000-0a1b2c3d")
    asked = f"/exhibit/overview.trend.csv?edition={older}"
    for who in ("member", "partner", "coordinator"):
        client = signed.client(who)
        assert client.get(asked).status_code in (400, 403)
        assert client.get(f"/geography/camps-{older}.geojson").status_code == 404
        assert shown_release(signed, who, older) == {"2026-09-20261016t094000-0a1b2c3d"}
    assert shown_release(signed, "analyst", older) == {older}
    assert signed.client("coordinator").get("/exhibit/overview.trend.csv").status_code == 200
    given = signed.client("analyst").get(asked)
    assert given.status_code == 200
    assert older in given.text


def test_signed_in_pages_are_kept_by_nobody(shared: Signed) -> None:
    client = shared.client("analyst")
    for path in ("/", "/_dash-layout", "/exhibit/overview.trend.csv", "/account", "/users"):
        assert client.get(path).headers["Cache-Control"] == "private, no-store", path
    assert "immutable" not in client.get("/assets/css/base.css").headers["Cache-Control"]
