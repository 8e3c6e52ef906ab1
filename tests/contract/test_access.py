"""Who may ask for what: every route, role and method, and every other way to write its address."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask import Flask, request, request_finished
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard import delivery
from dashboard.access import program_tokens, users
from dashboard.access.audit import latest
from dashboard.access.gate import STAGES
from dashboard.access.roles import ANYBODY, BY_NAME, ROLES, Role, may_request
from dashboard.security.guard import ALLOWED, CALLBACK, WITH_ACCOUNTS
from tests.support.accounts import WHO, Signed, signed_application
from tests.support.application import RELEASE, answer_body

LIST = Path(__file__).with_name("access.txt")
#: The one that changes something is last: it may end what somebody signed in with.
METHODS = ("GET", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "POST")
#: An address for each rule; what is in it is there.
FILLED = {
    "<path:path>": "routes", "<path:filename>": "css/base.css", "<lang>": "en",
    "<exhibit_id>.<ending>": "overview.trend.csv", "/count.json": "/count.json?of=people",
    "<collection_id>": "hotspots.map", "<feature_id>": "BD2022", "<name>": "adm1.geojson",
    "<link>": "none", "<int:number>/<any(reset, disable, connect, disconnect):change>": "1/reset",
    "<int(max=999999999):number>/<any(rename, remove):change>": "1/rename",
    "<release>/<any(hold, show):change>": "none/hold", "<int(max=999999999):number>": "1",
    "<any(open, done, dropped):state>": "done",
    "<any(share, keep, rename, delete):change>": "share",
}  # fmt: skip
#: What a page, a file or a list of figures holds, and no refusal.
FIGURES = re.compile(rf'{RELEASE}|"overview\.|_dash-config|react-entry|"type": ?"FeatureCollection')
SENT_TO_SIGN_IN = 303


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    made = signed_application(tmp_path_factory.mktemp("signed"))
    made.client("member").get("/")  # the first request of all is no different
    return made


def routes(signed: Signed) -> Iterator[tuple[str, str]]:
    """Rule and address of every route."""
    page = signed.client("member").get("/").get_data(as_text=True)
    script = min(delivery.suites(page))
    package = {"<string:package_name>/<path:fingerprinted_path>": script.partition("suites/")[2]}
    for rule in sorted(signed.app.server.url_map.iter_rules(), key=lambda rule: rule.rule):
        path = rule.rule
        for variable, value in {**FILLED, **package}.items():
            path = path.replace(variable, value)
        assert "<" not in path, path
        yield rule.rule, path


def ask(signed: Signed, client: FlaskClient, method: str, path: str) -> int:
    """Status of a request that brings all that a browser could bring."""
    headers = {"Accept": "text/html"}
    if path == CALLBACK:
        body = json.dumps(answer_body(signed.app, "/"))
        kind, headers = "application/json", signed.echo(client)
    else:
        body, kind = f"token={signed.token(client)}", "application/x-www-form-urlencoded"
    answer = client.open(path, method=method, data=body, content_type=kind, headers=headers)
    assert answer.status_code < 500, (method, path, answer.text)
    return answer.status_code


def test_every_route_answers_whom_the_list_says(signed: Signed) -> None:
    found = [f"route method {' '.join(WHO)}"]
    for rule, path in routes(signed):
        held = {who: signed.client(who) for who in WHO if who != "nobody"}
        for method in METHODS:
            clients = [held.get(who) or signed.client(who) for who in WHO]
            statuses = [str(ask(signed, client, method, path)) for client in clients]
            if set(statuses) != {"405"}:
                found.append(f"{rule.replace(' ', '')} {method} {' '.join(statuses)}")
    assert found == LIST.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("who", WHO)
def test_no_route_takes_a_form_without_its_own_token(signed: Signed, who: str) -> None:
    client, foreign = signed.client(who), signed.token(signed.client("coordinator"))
    client.get("/sign-in")
    for _, path in routes(signed):
        for token in ("", "0" * 96, foreign, "উ", "\x00"):
            status = client.post(path, data={"token": token}).status_code
            assert status in (400, 405) or path == CALLBACK, (path, token)


def test_figures_are_known_where_they_are(signed: Signed) -> None:
    client = signed.client("analyst")
    for path in ("/", "/routes", "/_dash-layout", "/exhibits", "/exhibit/overview.trend.csv",
                 "/exhibit/overview.trend.json", "/count.json?of=people", "/release.json",
                 "/geography/adm1.geojson"):  # fmt: skip
        assert FIGURES.search(client.get(path).text), path


def test_nobody_and_who_is_half_way_get_figures_of_no_route(signed: Signed) -> None:
    for who in ("nobody", "code", "enrol"):
        client = signed.client(who)
        for _, path in routes(signed):
            for method in ("GET", "POST"):
                answer = client.open(path, method=method, headers={"Accept": "text/html"})
                if path != "/readyz":  # asked by the machine itself; it names the release
                    assert not FIGURES.search(answer.text), (who, method, path)


def variants(path: str) -> Iterator[str]:
    """Other ways to write an address, as they have opened doors elsewhere."""
    begun = ("/", "//", "/.", "/x/..", "/assets/..", "/sign-in/..", "/healthz/..")
    yield from (start + path for start in (*begun, "/assets/%2e%2e", "/%2e"))
    ends = ("/", "//", "/.", "?", "%23", "%20", ";x=1", "%00", ".css", "/sign-in", "?next=/sign-in")
    yield from (path + end for end in ends)
    slashes = ("%2F", "//", "/%2F", "\\")
    yield from ("/" + path[1:].replace("/", slash) for slash in slashes)
    yield from (path.upper(), path.replace("e", "%65"), path.replace(".", "%2e"))


def sent(client: FlaskClient, variant: str, accept: str) -> TestResponse:
    """The answer to an address as its bytes are, which a client would tidy first."""
    path, _, query = variant.partition("?")
    place = {"PATH_INFO": unquote(path), "QUERY_STRING": query, "REQUEST_URI": variant}
    return client.get("/", headers={"Accept": accept}, environ_overrides=place)


def test_no_other_way_to_write_an_address_leaks(signed: Signed) -> None:
    client = signed.client("nobody")
    tried = 0
    for _, path in routes(signed):
        if path in ("/healthz", "/readyz"):
            continue
        for variant in variants(path):
            for accept in ("text/html", "*/*"):
                answer = sent(client, variant, accept)
                assert answer.status_code < 500, variant
                assert not FIGURES.search(answer.text), variant
                tried += 1
    assert tried > 1_000


@pytest.mark.parametrize("who", WHO)
def test_no_other_way_to_write_an_address_gives_a_role_more(signed: Signed, who: str) -> None:
    """Whatever is answered is what the role, or the step of signing in, names."""
    asked: list[str | None] = []

    def see(_: Flask, **__: object) -> None:
        asked.append(request.endpoint)

    tried = 0
    role, client = BY_NAME.get(who), signed.client(who)
    with request_finished.connected_to(see, signed.app.server):
        for _, path in routes(signed):
            for variant in variants(path):
                answer = sent(client, variant, "text/html")
                assert answer.status_code < 500, variant
                if answer.status_code < 300:
                    may = may_request(role, asked[-1]) or asked[-1] in STAGES.get(who, ())
                    assert may, (variant, asked[-1])
                tried += 1
    assert tried > 700


@pytest.mark.parametrize(
    "header",
    ["X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override", "X-Forwarded-For",
     "X-Forwarded-User", "Authorization"],
)  # fmt: skip
def test_no_header_makes_somebody_of_nobody(signed: Signed, header: str) -> None:
    for value in ("/sign-in", "/healthz", "127.0.0.1", "administrator", "GET", "Basic YTpi"):
        answer = signed.client("nobody").get("/exhibit/overview.trend.csv", headers={header: value})
        assert answer.status_code == 401


def test_callbacks_answer_nobody_and_nobody_half_way(signed: Signed) -> None:
    callbacks = [key for key, entry in signed.app.callback_map.items() if "callback" in entry]
    assert callbacks
    for who in ("nobody", "code", "enrol"):
        client = signed.client(who)
        for key in callbacks:
            body = {**answer_body(signed.app, "/"), "output": key}
            given = client.post(CALLBACK, json=body, headers=signed.echo(client))
            assert given.status_code == 401, who


def test_a_callback_without_its_token_is_refused(signed: Signed) -> None:
    client, body = signed.client("member"), answer_body(signed.app, "/")
    other = signed.echo(signed.client("member"))
    right = signed.echo(client)
    assert client.post(CALLBACK, json=body, headers=right).status_code == 200
    for wrong in ({}, other, {"X-CSRFToken": ""}, {**right, "Sec-Fetch-Site": "cross-site"},
                  {**right, "Sec-Fetch-Site": "same-site"}, {**right, "Origin": "null"},
                  {**right, "Origin": "http://evil.example"}):  # fmt: skip
        assert client.post(CALLBACK, json=body, headers=wrong).status_code == 400


def test_what_a_body_says_of_itself_changes_nothing(signed: Signed) -> None:
    body = answer_body(signed.app, "/")
    spoofed = [
        {**body, "role": "administrator"},
        {**body, "state": [{"id": "url", "property": "pathname", "value": "/sign-in"}]},
        {**body, "inputs": [{"id": "url", "property": "pathname", "value": "/sign-in"}]},
        {**body, "output": "url.pathname"},
    ]
    for entry in spoofed:
        assert signed.client("nobody").post(CALLBACK, json=entry).status_code == 401
        client = signed.client("member")
        given = client.post(CALLBACK, json=entry, headers=signed.echo(client))
        assert given.status_code == 400


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_files_are_those_of_the_role(signed: Signed, role: Role) -> None:
    client = signed.client(role.name)
    asked = {ending: client.get(f"/exhibit/hotspots.map.{ending}").status_code
             for ending in ("csv", "zip", "json", "xlsx", "geojson", "gpkg")}  # fmt: skip
    assert asked == {ending: 200 if ending in role.files else 403 for ending in asked}


def test_a_file_that_was_saved_stands_in_the_record_with_its_digest(signed: Signed) -> None:
    client = signed.client("analyst")
    answer = client.get("/exhibit/overview.trend.csv?sex=female&form=tidy")
    (entry, *_) = latest(signed.accounts.folder, 1)
    assert (entry.event, entry.who) == ("exported", "analyst@agency.example")
    assert entry.about["exhibit"] == "overview.trend"
    assert entry.about["kind"] == "csv tidy"
    assert "sex=female" in entry.about["query"]
    assert entry.about["release"] == RELEASE
    assert entry.about["sha256"] == hashlib.sha256(answer.data).hexdigest()


def test_who_only_asks_how_long_a_file_is_has_not_saved_it(signed: Signed) -> None:
    client = signed.client("analyst")
    before = latest(signed.accounts.folder, 1)
    answer = client.head("/exhibit/overview.trend.csv?sex=male")
    assert (answer.status_code, answer.data) == (200, b"")
    assert latest(signed.accounts.folder, 1) == before


def test_a_token_of_a_program_opens_files_and_nothing_else(signed: Signed) -> None:
    token = program_token(signed)
    nobody, program = signed.client("nobody"), signed.client("nobody")
    program.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    opened = set[tuple[str, str]]()
    for rule, path in routes(signed):
        for method in METHODS:
            if ask(signed, program, method, path) != ask(signed, nobody, method, path):
                opened.add((rule, method))
    files = {"/exhibit/<exhibit_id>.<ending>", "/exhibits", "/openapi.json", "/count.json",
             "/release.json"}  # fmt: skip
    files |= {rule for rule, _ in routes(signed) if rule.startswith("/ogc")}
    assert opened == {(rule, method) for rule in files for method in ("GET", "HEAD", "OPTIONS")}


def test_a_file_for_a_program_stands_in_the_record_under_its_owner(signed: Signed) -> None:
    brought = {"Authorization": f"Bearer {program_token(signed)}"}
    answer = signed.client("nobody").get("/exhibit/overview.trend.csv", headers=brought)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    (entry,) = latest(signed.accounts.folder, 1)
    assert (entry.event, entry.who) == ("exported", "analyst@agency.example")
    assert entry.about["by"] == "program"


def test_features_for_a_program_stand_in_the_record_and_link_to_the_public_name(
    tmp_path: Path,
) -> None:
    signed = signed_application(tmp_path, "atlas.example.org")
    brought = {"Authorization": f"Bearer {program_token(signed)}"}
    address = "/ogc/collections/hotspots.map/items?level=district&limit=9"
    program = signed.client("nobody")
    answer = program.get(address, headers=brought, base_url="http://atlas.example.org")
    assert answer.status_code == 200, answer.text
    assert answer.json is not None
    links = [link["href"] for link in answer.json["links"]]
    assert {link.partition("/ogc")[0] for link in links} == {"https://atlas.example.org"}
    (entry,) = latest(signed.accounts.folder, 1)
    assert (entry.event, entry.about["kind"]) == ("exported", "features")
    assert entry.about["exhibit"] == "hotspots.map"


@pytest.mark.parametrize("given", ["Bearer atlas_x", "Bearer", "Basic eDp5", "Bearer \xe9"])
def test_a_token_that_is_none_is_refused_as_the_standard_has_it(signed: Signed, given: str) -> None:
    answer = signed.client("nobody").get("/exhibits", headers={"Authorization": given})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def program_token(signed: Signed) -> str:
    """A token of an analyst."""
    owner = signed.session("analyst").account
    with signed.accounts.store.writing() as connection:
        return program_tokens.make(
            connection, owner.id, signed.accounts.keys, signed.accounts.now()
        ).text


def test_who_is_refused_by_role_stands_in_the_record(tmp_path: Path) -> None:
    signed = signed_application(tmp_path, months=3, per_month=20)
    assert signed.client("member").get("/users").status_code == 403
    (entry, *_) = latest(signed.accounts.folder, 1)
    assert (entry.event, entry.who, entry.about["path"]) == (
        "denied", "member@agency.example", "/users",
    )  # fmt: skip


def test_the_lists_of_the_guard_and_of_the_roles_are_the_same(signed: Signed) -> None:
    named = ANYBODY.union(*(role.endpoints for role in ROLES))
    assert named == ALLOWED | WITH_ACCOUNTS
    assert {rule.endpoint for rule in signed.app.server.url_map.iter_rules()} >= named


def test_old_cookies_are_refused(signed: Signed) -> None:
    for end in ("out", "disable", "reset"):
        session = signed.session("coordinator")
        client = signed.client("nobody")
        signed.take(client, session)
        assert client.get("/").status_code == 200
        if end == "out":
            kept = client.post("/sign-out", data={"token": signed.token(client)})
            assert kept.headers["Clear-Site-Data"] == '"cache", "storage"'
        elif end == "disable":
            users.disable(signed.accounts, session.account, "root")
        else:
            users.reset(signed.accounts, session.account, "root")
        again = signed.client("nobody")
        signed.take(again, session)
        assert again.get("/", headers={"Accept": "text/html"}).status_code == SENT_TO_SIGN_IN
        assert again.get("/exhibit/overview.trend.csv").status_code == 401
        users.reset(signed.accounts, session.account, "root")
