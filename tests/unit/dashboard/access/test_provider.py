"""Signing in by a provider: whom it names gets in, and no lie of anybody's lets in anybody."""

from __future__ import annotations

import hmac
import json
import re
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey
from werkzeug.test import TestResponse

from dashboard.access import attempts, own_account, provider, single_use, users
from dashboard.access.audit import latest
from dashboard.access.roles import BY_NAME
from dashboard.server import main
from dashboard.settings import ProviderSettings, Settings, SettingsError
from tests.support.accounts import PASSWORD, Signed, enrolled, joined, known, signed_application
from tests.support.device import text
from tests.support.provider import CLIENT, SECRET, Agency, Lies, agency

NAME = "nusrat@agency.example"
HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def running() -> Iterator[Agency]:
    with agency() as made:
        yield made


@pytest.fixture
def there(running: Agency) -> Agency:
    """The provider, honest."""
    running.lies, running.subject = Lies(), "8d3f-nusrat"
    running.asked.clear()
    return running


@pytest.fixture
def signed(tmp_path: Path, there: Agency) -> Signed:
    return signed_application(
        tmp_path / "app", provider=there.settings(tmp_path), months=3, per_month=20
    )


@pytest.fixture(scope="module")
def _shared(tmp_path_factory: pytest.TempPathFactory, running: Agency) -> Signed:
    folder = tmp_path_factory.mktemp("shared")
    given = running.settings(folder)
    made = signed_application(folder / "app", provider=given, months=3, per_month=20)
    bound(made)
    return made


@pytest.fixture
def shared(_shared: Signed, there: Agency) -> Signed:
    """One with an account that is bound, for tests in which nobody gets in."""
    with _shared.accounts.store.writing() as connection:
        connection.execute("DELETE FROM attempt")
    there.asked.clear()
    return _shared


def at_provider(client: FlaskClient, path: str = "/sign-in/provider") -> str:
    """Where the provider leads back to, as a path."""
    there = client.get(path, headers=HTML)
    assert there.status_code == 303, there.text
    back = requests.get(there.location, allow_redirects=False, timeout=10).headers["Location"]
    assert back.startswith("http://localhost/sign-in/provider/back?")
    return back.removeprefix("http://localhost")


def comes_back(client: FlaskClient, path: str = "/sign-in/provider") -> TestResponse:
    return client.get(at_provider(client, path), headers=HTML)


def bound(signed: Signed, role: str = "member", name: str = NAME) -> FlaskClient:
    """The browser of somebody who has just bound a new account by its link."""
    link = users.add(signed.accounts, name, BY_NAME[role], "root")
    client = signed.client("nobody")
    done = binds(signed, client, link)
    assert done.status_code == 303, done.text
    return client


def binds(signed: Signed, client: FlaskClient, link: str) -> TestResponse:
    page = client.get(f"/set-password/{link}").text
    (way,) = re.findall(r'href="(/sign-in/provider\?[^"]+)"', page)
    asked = comes_back(client, way)
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', asked.text))
    return client.post("/sign-in/provider/connect", data=fields)


def refused(signed: Signed, answer: TestResponse, client: FlaskClient) -> bool:
    """Whether nobody was let in, and the record and the page say so."""
    (entry,) = latest(signed.accounts.folder, 1)
    return (
        answer.status_code == 401
        and "did not say who you are" in answer.text
        and (entry.event, entry.about.get("means")) == ("sign-in failed", "provider")
        and client.get("/account").status_code == 401
    )


def test_from_an_administrators_link_to_the_figures_and_out(signed: Signed, there: Agency) -> None:
    client = bound(signed)
    assert client.get("/account").status_code == 200
    assert known(signed.accounts, NAME).is_connected
    out = signed.post(client, "/sign-out")
    assert out.location == "/sign-in?out=1"
    shown = client.get(out.location).text
    assert "You may still be signed in at Agencies" in shown
    assert f"{there.address}/logout?client_id={CLIENT}" in shown
    again = comes_back(client, "/sign-in/provider?next=/routes?mode=land")
    assert (again.status_code, again.location) == (303, "/routes?mode=land")
    assert client.get("/account").status_code == 200
    events = [(e.event, e.who, e.about.get("means")) for e in latest(signed.accounts.folder, 9)]
    assert events[0] == ("signed in", NAME, "provider")
    assert ("provider connected", NAME, None) in events


def test_no_token_of_the_provider_is_kept_or_sent_on(signed: Signed, there: Agency) -> None:
    given = list[str]()

    def sign(claims: dict[str, Any]) -> str:
        given.append(there.signed(claims))
        return given[-1]

    bound(signed)
    there.lies.sign = sign
    client = signed.client("nobody")
    answer = comes_back(client)
    kept = b"".join(path.read_bytes() for path in signed.accounts.folder.glob("*.*"))
    seen = [answer.text, str(answer.headers), client.get("/account").text, kept.decode("latin-1")]
    (token,) = given
    for part in (token, token.rpartition(".")[2], "access_token", SECRET):
        assert all(part not in text for text in seen)


def test_what_the_provider_is_asked_for_is_new_each_time(shared: Signed) -> None:
    client, asked = shared.client("nobody"), list[dict[str, list[str]]]()
    for _ in range(2):
        location = client.get("/sign-in/provider", headers=HTML).location
        asked.append(parse_qs(urlsplit(location).query))
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]
    assert asked[0]["redirect_uri"] == ["http://localhost/sign-in/provider/back"]


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_an_address_that_another_site_leads_to_signs_nobody_in(shared: Signed, site: str) -> None:
    client = shared.client("nobody")
    asked = client.get("/sign-in/provider?next=/routes", headers={**HTML, "Sec-Fetch-Site": site})
    assert asked.location == "/sign-in?next=/routes"
    here = client.get("/sign-in/provider", headers={**HTML, "Sec-Fetch-Site": "same-origin"})
    assert "/realms/agencies/auth?" in here.location


def test_whom_the_provider_knows_and_nobody_bound_gets_no_account(signed: Signed) -> None:
    """Not by a mail address either, which the provider says is an administrator's."""
    joined(signed.accounts, "administrator@agency.example", "administrator")
    before, client = users.everybody(signed.accounts), signed.client("nobody")
    answer = comes_back(client)
    assert (answer.status_code, "Ask an administrator" in answer.text) == (403, True)
    assert users.everybody(signed.accounts) == before
    assert client.get("/account").status_code == 401
    assert latest(signed.accounts.folder, 1)[0].about["why"] == "no account"


@pytest.mark.parametrize(
    "claims",
    [{"nonce": "another"}, {"nonce": None}, {"aud": "another"}, {"aud": ["another"]},
     {"aud": "another", "azp": CLIENT}, {"aud": [CLIENT, "another"]},
     {"aud": [CLIENT, "another"], "azp": "another"}, {"aud": None},
     {"iss": "https://login.example.org/realms/agencies"}, {"iss": None}, {"exp": 1_700_000_000},
     {"exp": None}, {"iat": 4_000_000_000}, {"iat": None}, {"nbf": 4_000_000_000}, {"sub": ""},
     {"sub": None}, {"sub": 7}, {"sub": ["8d3f-nusrat"]}, {"sub": "x" * 256}, {"at_hash": "AAAA"},
     {"at_hash": 7}, {"nonce": 7}, {"aud": 7}, {"aud": {CLIENT: 1}}, {"azp": 7}, {"iss": ["x"]},
     {"exp": "soon"}, {"exp": True}, {"iat": "then"}, {"amr": {"mfa": 1}}, {"amr": "mfa"}],
    ids=str,
)  # fmt: skip
def test_a_token_that_is_not_for_this_sign_in_lets_nobody_in(
    shared: Signed, there: Agency, claims: dict[str, Any]
) -> None:
    there.lies.claims = claims
    client = shared.client("nobody")
    assert refused(shared, comes_back(client), client)


def by_hand(claims: dict[str, Any], alg: str, secret: bytes | None) -> str:
    """A token without a signature, or with one of a shared secret, which no library makes."""
    parts = [json.dumps(part).encode() for part in ({"alg": alg, "kid": "one"}, claims)]
    start = ".".join(map(text, parts))
    signature = hmac.digest(secret, start.encode(), "sha256") if secret else b""
    return f"{start}.{text(signature)}"


def test_a_token_that_the_provider_did_not_sign_lets_nobody_in(
    shared: Signed, there: Agency
) -> None:
    other = RSAKey.generate_key(2048, {"kid": "one"})
    unknown = RSAKey.generate_key(2048, {"kid": "two"})
    public = there.key.as_pem(private=False)
    forged = {
        "none": lambda claims: by_hand(claims, "none", None),
        "None": lambda claims: by_hand(claims, "None", None),
        "another key": lambda claims: there.signed(claims, other),
        "a key of its own": lambda claims: there.signed(claims, unknown, kid="two"),
        "a key in its header": lambda claims: there.signed(
            claims, other, jwk=other.as_dict(private=False)
        ),
        "public key as a secret": lambda claims: by_hand(claims, "HS256", public),
        "the client's secret": lambda claims: by_hand(claims, "HS256", SECRET.encode()),
        "cut": lambda claims: there.signed(claims)[:-9],
        "nothing": lambda claims: "",
    }
    for name, sign in forged.items():
        there.lies.sign = sign
        client = shared.client("nobody")
        assert refused(shared, comes_back(client), client), name


def test_what_comes_back_in_another_browser_or_twice_lets_nobody_in(
    signed: Signed, there: Agency
) -> None:
    bound(signed)
    client, other = signed.client("nobody"), signed.client("nobody")
    other.get("/sign-in")
    back = at_provider(client)
    there.asked.clear()
    assert other.get(back).status_code == 401
    assert signed.client("nobody").get(back).status_code == 401
    assert client.get(back.replace("state=", "state=x")).status_code == 401
    assert there.asked == [], "the provider is not asked about what is not ours"
    assert client.get(back).status_code == 303
    signed.take(client, signed.session("code"))  # the session that began is gone again
    client.delete_cookie("atlas-session")
    assert client.get(back).status_code == 401
    assert there.asked.count("/realms/agencies/token") == 1


def test_a_code_of_somebody_elses_sign_in_lets_nobody_in(shared: Signed, there: Agency) -> None:
    """The state is the browser's own, the code was stolen: its proof is another (PKCE)."""
    stolen = parse_qs(urlsplit(at_provider(shared.client("nobody"))).query)["code"][0]
    client = shared.client("nobody")
    own = parse_qs(urlsplit(at_provider(client)).query)
    query = {"state": own["state"][0], "code": stolen, "iss": there.address}
    answer = client.get("/sign-in/provider/back", query_string=query, headers=HTML)
    assert refused(shared, answer, client)


def test_a_code_that_was_used_lets_nobody_in(shared: Signed, there: Agency) -> None:
    client = shared.client("nobody")
    back = at_provider(client)
    there.codes.clear()
    assert refused(shared, client.get(back, headers=HTML), client)


@pytest.mark.parametrize(
    "back",
    [{"iss": "https://evil.example"}, {"iss": None}, {"code": None},
     {"code": None, "error": "access_denied"}, {"error": "<script>alert(1)</script>"}],
    ids=str,
)  # fmt: skip
def test_a_way_back_from_elsewhere_or_with_a_no_lets_nobody_in(
    shared: Signed, there: Agency, back: dict[str, str | None]
) -> None:
    there.lies.back = back
    client = shared.client("nobody")
    answer = comes_back(client)
    assert refused(shared, answer, client)
    assert "alert(1)" not in answer.text
    assert "/realms/agencies/token" not in there.asked


def test_a_state_is_too_old_after_ten_minutes(
    shared: Signed, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = shared.client("nobody")
    back = at_provider(client)
    monkeypatch.setattr(single_use, "LASTS", 0)
    assert client.get(back).status_code == 401


@pytest.mark.parametrize(
    "metadata",
    [{"issuer": "https://login.example.org/realms/agencies"}, {"issuer": None},
     {"token_endpoint": "ftp://127.0.0.1/token"}, {"token_endpoint": "http://evil.example/token"},
     {"authorization_endpoint": "javascript:alert(1)"}, {"jwks_uri": None}],
    ids=str,
)  # fmt: skip
def test_a_provider_that_says_it_is_another_or_names_unsafe_addresses_is_not_used(
    signed: Signed, there: Agency, metadata: dict[str, Any]
) -> None:
    there.lies.metadata = metadata
    answer = signed.client("nobody").get("/sign-in/provider", headers=HTML)
    assert (answer.status_code, "does not answer now" in answer.text) == (503, True)
    asked = len(there.asked)
    assert signed.client("nobody").get("/sign-in/provider", headers=HTML).status_code == 503
    assert signed.client("nobody").get("/sign-in?out=1").status_code == 200
    assert len(there.asked) == asked, "it is left alone for a while"


def test_while_the_provider_is_down_passwords_let_in(
    signed: Signed, there: Agency, tmp_path: Path
) -> None:
    bound(signed)
    back = at_provider(client := signed.client("nobody"))
    there.lies.status = 502
    answer = client.get(back, headers=HTML)
    assert (answer.status_code, "does not answer now" in answer.text) == (503, True)
    assert 'name="password"' in answer.text
    nowhere = there.settings(tmp_path, issuer="http://127.0.0.1:9/realms/agencies")
    gone = signed_application(tmp_path / "gone", provider=nowhere, months=3, per_month=20)
    client = gone.client("nobody")
    answer = client.get("/sign-in/provider", headers=HTML)
    assert (answer.status_code, 'name="password"' in answer.text) == (503, True)
    joined(gone.accounts, NAME)
    assert gone.send(client, "/sign-in", name=NAME, password=PASSWORD).status_code == 303


def test_one_is_asked_about_at_a_time_and_nobody_waits_long(
    signed: Signed, there: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound(signed)
    monkeypatch.setattr(provider, "_PATIENCE", 0.6)
    slow, other = signed.client("nobody"), signed.client("nobody")
    ways = {client: at_provider(client) for client in (slow, other)}
    there.lies.pause = 1.2
    told = list[int]()
    thread = threading.Thread(target=lambda: told.append(slow.get(ways[slow]).status_code))
    thread.start()
    time.sleep(0.2)
    start = time.monotonic()
    busy = other.get(ways[other], headers=HTML)
    assert (busy.status_code, "Many people" in busy.text) == (503, True)
    assert time.monotonic() - start < 0.4
    assert "/realms/agencies/auth?" in other.get("/sign-in/provider", headers=HTML).location
    thread.join()
    assert told == [503]
    time.sleep(1)  # the late answer has come, and was nobody's
    there.lies.pause = 0.0
    assert comes_back(signed.client("nobody")).status_code == 303


def test_tries_from_one_address_are_counted(shared: Signed, there: Agency) -> None:
    client = shared.client("nobody")
    client.get("/sign-in")
    back = "/sign-in/provider/back?state=x&code=y"
    answers = [client.get(back).status_code for _ in range(attempts.BY_ADDRESS + 1)]
    assert answers == [401] * attempts.BY_ADDRESS + [429]


def test_new_keys_of_the_provider_are_asked_for(
    signed: Signed, there: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound(signed)
    old = there.key
    there.key = RSAKey.generate_key(2048, {"kid": "two"})
    there.lies.sign = lambda claims: there.signed(claims, kid="two")
    try:
        client = signed.client("nobody")
        assert refused(signed, comes_back(client), client), "asked for a moment ago"
        monkeypatch.setattr(provider, "_NEW_KEYS", 0.0)
        assert comes_back(signed.client("nobody")).status_code == 303
    finally:
        there.key = old


# --- the second factor ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claims", "twice"),
    [({}, False), ({"amr": ["pwd"]}, False), ({"amr": ["pwd", "otp"]}, False),
     ({"amr": ["pwd", "mfa"]}, True), ({"acr": "1"}, False), ({"acr": "phr"}, True),
     ({"acr": "https://refeds.org/profile/mfa"}, True), ({"acr": ["phr"]}, False)],
    ids=str,
)  # fmt: skip
def test_ours_is_asked_for_unless_the_provider_says_it_had_one(
    signed: Signed, there: Agency, claims: dict[str, Any], *, twice: bool
) -> None:
    there.lies.claims = claims
    client = bound(signed, "coordinator")
    assert (client.get("/account").status_code == 200) == twice
    assert "Your role needs" not in client.get("/account").text
    assert (client.get("/", headers=HTML).location == "/account/authenticator") == (not twice)
    enrolled_member = joined(signed.accounts, "member@agency.example")
    enrolled(signed.accounts, enrolled_member)
    there.subject = "somebody else"
    link = users.invite_by_provider(signed.accounts, enrolled_member, "root")
    other = signed.client("nobody")
    there.lies.claims = {}
    assert binds(signed, other, link).location == "/sign-in/code?next=/"
    there.lies.claims = claims
    again = comes_back(signed.client("nobody"))
    assert again.location == ("/" if twice else "/sign-in/code?next=/")


# --- binding -------------------------------------------------------------------------------------


def test_a_link_binds_once_and_one_person_has_one_account(signed: Signed, there: Agency) -> None:
    link = users.add(signed.accounts, NAME, BY_NAME["member"], "root")
    assert binds(signed, signed.client("nobody"), link).status_code == 303
    assert signed.client("nobody").get(f"/set-password/{link}").status_code == 404
    second = users.add(signed.accounts, "second@agency.example", BY_NAME["member"], "root")
    answer = binds(signed, signed.client("nobody"), second)
    assert (answer.status_code, "Another user" in answer.text) == (404, True)
    assert not known(signed.accounts, "second@agency.example").is_connected
    there.subject = "the second"
    assert binds(signed, signed.client("nobody"), second).status_code == 303


def test_a_way_back_that_somebody_was_sent_on_binds_nothing_by_itself(signed: Signed) -> None:
    """Whoever is sent with another's link is asked first, and told of whose account."""
    link = users.add(signed.accounts, "evil@agency.example", BY_NAME["member"], "root")
    client = signed.client("nobody")
    asked = comes_back(client, f"/sign-in/provider?next=/set-password/{link}")
    assert "evil@agency.example" in asked.text
    assert not known(signed.accounts, "evil@agency.example").is_connected
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', asked.text))
    for name, value in {"subject": "another", "twice": "True", "link": "x"}.items():
        answer = client.post("/sign-in/provider/connect", data={**fields, name: value})
        assert answer.status_code == 404, name
    other = signed.client("nobody")
    other.get("/sign-in")
    stolen = {**fields, "token": signed.token(other)}
    assert other.post("/sign-in/provider/connect", data=stolen).status_code == 404
    assert not known(signed.accounts, "evil@agency.example").is_connected


def test_an_administrators_link_for_an_account_that_is_there_sets_no_password(
    signed: Signed,
) -> None:
    joined(signed.accounts, NAME)
    ruler = signed.client("administrator")
    number = known(signed.accounts, NAME).id
    made = signed.post(ruler, f"/users/{number}/connect")
    (link,) = re.findall(r"/set-password/([\w-]+)", made.text)
    client = signed.client("nobody")
    assert 'type="password"' not in client.get(f"/set-password/{link}").text
    new = "another quiet river of boats"
    answer = signed.send(client, f"/set-password/{link}", password=new, again=new)
    assert own_account.accept(signed.accounts, link, new) == "void", answer.status_code
    assert binds(signed, client, link).status_code == 303
    signed.post(client, "/sign-out")
    assert signed.send(client, "/sign-in", name=NAME, password=PASSWORD).status_code == 303


@pytest.mark.parametrize("how", ["disable", "reset", "disconnect"])
def test_an_administrators_end_stays(signed: Signed, how: str) -> None:
    client = bound(signed)
    ruler = signed.client("administrator")
    number = known(signed.accounts, NAME).id
    signed.post(ruler, f"/users/{number}/{how}")
    assert client.get("/account").status_code == 401
    assert comes_back(signed.client("nobody")).status_code == 403


def test_who_has_no_password_sets_one_only_a_moment_after_signing_in(signed: Signed) -> None:
    client = bound(signed)
    new = "another quiet river of boats"
    assert 'name="old"' not in client.get("/account").text
    done = signed.send(client, "/account", password=new, again=new)
    assert done.status_code == 405
    with signed.accounts.store.writing() as connection:
        connection.execute("UPDATE session SET made_at = made_at - 600")
    late = signed.post(client, "/account/password", password=new, again=new)
    assert (late.status_code, "too long ago" in late.text) == (400, True)
    assert comes_back(again := signed.client("nobody")).status_code == 303
    done = signed.post(again, "/account/password", password=new, again=new)
    assert done.location == "/sign-in"


def test_who_writes_the_file_of_accounts_binds_nobody(signed: Signed) -> None:
    bound(signed)
    ruler = joined(signed.accounts, "lead@agency.example", "administrator")
    with signed.accounts.store.writing() as connection:
        connection.execute("UPDATE identity SET account = ?", [ruler.id])
    assert comes_back(signed.client("nobody")).status_code == 403


# --- settings ------------------------------------------------------------------------------------


def test_without_a_provider_nothing_of_it_is_there(tmp_path: Path) -> None:
    signed = signed_application(tmp_path, months=3, per_month=20)
    client = signed.client("nobody")
    assert client.get("/sign-in/provider").status_code == 404
    assert "/sign-in/provider" not in client.get("/sign-in").text
    assert "connect" not in signed.client("administrator").get("/users").text


@pytest.mark.parametrize(
    "issuer",
    ["http://login.example.org", "login.example.org", "https://", "https://a@b.example/",
     "https://b.example/?x=1", "https://[", "ftp://b.example"],
)  # fmt: skip
def test_an_issuer_that_is_none_is_refused(issuer: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="ATLAS_OIDC_ISSUER"):
        ProviderSettings(issuer, CLIENT, tmp_path / "secret")


def test_settings_of_a_provider_come_together_and_with_accounts(tmp_path: Path) -> None:
    whole = {"ATLAS_OIDC_ISSUER": "https://login.example.org/tenant/v2.0",
             "ATLAS_OIDC_CLIENT_ID": CLIENT, "ATLAS_OIDC_SECRET_FILE": str(tmp_path / "oidc"),
             "ATLAS_SECRET_FILE": str(tmp_path / "secret")}  # fmt: skip
    read = Settings.from_environment(whole).provider
    assert read is not None
    assert (read.name, read.client_id) == ("login.example.org", CLIENT)
    for name in whole:
        with pytest.raises(SettingsError, match=name):
            Settings.from_environment({**whole, name: ""})


def test_a_server_does_not_start_without_the_packages_or_the_secret(
    tmp_path: Path, there: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = there.settings(tmp_path)
    given.secret.write_text(" \n")
    with pytest.raises(SettingsError, match="is empty"):
        signed_application(tmp_path / "empty", provider=given, published=False)
    given.secret.unlink()
    with pytest.raises(SettingsError, match="cannot be read"):
        signed_application(tmp_path / "none", provider=given, published=False)
    monkeypatch.setitem(sys.modules, "authlib.integrations.base_client", None)
    monkeypatch.delitem(sys.modules, "dashboard.access.provider")
    with pytest.raises(SettingsError, match=r"situation-atlas\[oidc\]"):
        signed_application(tmp_path / "bare", provider=there.settings(tmp_path), published=False)


def test_the_operator_makes_and_ends_links_at_the_machine(
    tmp_path: Path,
    there: Agency,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    signed = signed_application(tmp_path / "app", published=False)
    joined(signed.accounts, NAME)
    given = there.settings(tmp_path)
    monkeypatch.setenv("ATLAS_STATE", str(signed.accounts.folder))
    monkeypatch.setenv("ATLAS_SECRET_FILE", str(tmp_path / "app" / "secret"))
    assert main(["users", "connect", NAME]) == 1
    assert "No provider is set" in capsys.readouterr().err
    monkeypatch.setenv("ATLAS_OIDC_ISSUER", given.issuer)
    monkeypatch.setenv("ATLAS_OIDC_CLIENT_ID", given.client_id)
    monkeypatch.setenv("ATLAS_OIDC_SECRET_FILE", str(given.secret))
    assert main(["users", "connect", NAME]) == 0
    link = capsys.readouterr().out.split("/set-password/")[1].strip()
    assert own_account.account_of_link(signed.accounts, link, by_provider=True)
    assert own_account.account_of_link(signed.accounts, link) is None
    assert main(["users", "disconnect", NAME]) == 0
    assert latest(signed.accounts.folder, 1)[0].event == "provider disconnected"


def test_behind_a_proxy_the_provider_leads_back_to_the_public_name(
    tmp_path: Path, there: Agency
) -> None:
    signed = signed_application(
        tmp_path / "app", "atlas.example", provider=there.settings(tmp_path), published=False
    )
    link = users.add(signed.accounts, NAME, BY_NAME["member"], "root")
    client = signed.client("nobody")
    public: dict[str, Any] = {"base_url": "https://atlas.example", "headers": HTML}
    led = client.get(f"/sign-in/provider?next=/set-password/{link}", **public)
    assert all("; Secure" in one for one in led.headers.getlist("Set-Cookie"))
    back = requests.get(led.location, allow_redirects=False, timeout=10).headers["Location"]
    assert back.startswith("https://atlas.example/sign-in/provider/back?")
    asked = client.get(back.removeprefix("https://atlas.example"), **public)
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', asked.text))
    done = client.post("/sign-in/provider/connect", data=fields, **public)
    assert (done.status_code, known(signed.accounts, NAME).is_connected) == (303, True)
