"""Saved views: kept under a name, for oneself or for everybody, and nothing but views."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.access.audit import latest
from dashboard.exhibits import load
from dashboard.meeting import views
from dashboard.meeting.address import Address, in_words, read
from dashboard.pages import find
from dashboard.release.folder import Releases
from tests.support.examples import examples
from tests.unit.dashboard.meeting.conftest import Group, main_of

VIEW = "/routes?mode=land&period=2026-01..2026-06"


def save(group: Group, client: FlaskClient, name: str, address: str = VIEW, **rest: str) -> int:
    """Save a view as a browser does that comes from its page; the status."""
    came = {"Referer": f"http://localhost{address}"}
    form = client.get("/views/new", headers=came).text
    match = re.search(r'name="address" value="([^"]*)"', form)
    fields = {"token": group.signed.token(client), "name": name, **rest}
    kept = match[1].replace("&amp;", "&") if match else ""
    return client.post("/views/new", data={"address": kept, **fields}).status_code


def number_of(page: str, name: str) -> str:
    """Number of the view with a name, of a page that lets it be changed."""
    match = re.search(rf'/views/(\d+)/\w+"[^>]*>(?:(?!</form>).)*?aria-label="[^"]*: {name}"', page)
    assert match, page
    return match[1]


def test_a_view_is_saved_opened_shared_renamed_and_deleted(group: Group) -> None:
    client, other = group.client("member"), group.client("partner")
    assert save(group, client, "Land routes this year") == 303
    page = main_of(client.get("/views"))
    assert f'href="{VIEW.replace("&", "&amp;")}">Land routes this year</a>' in page
    assert "Only you see it" in page
    assert "Land routes" not in main_of(other.get("/views"))
    number = number_of(page, "Land routes this year")

    def change(what: str, who: FlaskClient = client, **fields: str) -> int:
        return group.signed.post(who, f"/views/{number}/{what}", **fields).status_code

    assert change("share") == 303
    shown = main_of(other.get("/views"))
    assert "Land routes this year" in shown
    assert "Shared by: Member" in shown
    assert "member@agency.example" not in shown
    assert "/delete" not in shown
    for what in ("share", "keep", "rename", "delete"):
        assert change(what, other, name="Mine") == 404
    assert change("rename", name="Land, first half") == 303
    assert "Land, first half" in main_of(other.get("/views"))
    assert change("keep") == 303
    assert "Land, first half" not in main_of(other.get("/views"))
    administrator = group.client("administrator")
    assert change("delete", administrator) == 404  # a private one is nobody else's
    assert change("share") == 303
    assert change("rename", administrator, name="Other") == 404
    assert change("delete", administrator) == 303
    assert change("delete") == 404
    assert [entry.event for entry in latest(group.signed.accounts.folder, 6)] == [
        "view deleted", "view shared", "view kept private", "view renamed", "view shared",
        "view saved",
    ]  # fmt: skip


def test_the_record_says_where_a_view_leads_once_it_is_shared(group: Group) -> None:
    """Of one that its owner alone sees, it has the number."""
    client = group.client("member")
    assert save(group, client, "Land") == 303
    number = number_of(main_of(client.get("/views")), "Land")
    for what in ("share", "keep", "rename", "delete"):
        done = group.signed.post(client, f"/views/{number}/{what}", name="Land again")
        assert done.status_code == 303
    said = {entry.event: dict(entry.about) for entry in latest(group.signed.accounts.folder, 5)}
    alone = ("view saved", "view kept private", "view renamed", "view deleted")
    assert {event: said[event] for event in alone} == dict.fromkeys(alone, {"view": number})
    assert said["view shared"] == {"view": number, "address": VIEW}


def test_the_newest_shared_views_are_listed_by_name(
    group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "LISTED", 2)
    accounts, account = group.signed.accounts, group.signed.session("member").account
    for name in ("A, the oldest", "Z, newer", "M, the newest"):
        assert views.save(
            accounts, account.id, name, Address("/", ""), shared=True, who=account.name
        )
    other = group.signed.session("partner").account.id
    assert [view.name for view in views.listed(accounts, other)] == ["M, the newest", "Z, newer"]
    assert len(views.listed(accounts, account.id)) == 3  # one's own are all there


def test_an_account_keeps_so_many_and_no_more(group: Group) -> None:
    client = group.client("member")
    for number in range(views.MOST):
        assert save(group, client, f"View {number}") == 303
    assert save(group, client, "One more") == 409
    assert save(group, group.client("partner"), "Of another account") == 303


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "Ring 01712 345678", "a@b.example", "\x00"])
def test_a_name_that_may_not_stand_is_refused_and_kept_in_its_field(
    shared: Group, name: str
) -> None:
    client = shared.client("analyst")
    answer = shared.signed.post(client, "/views/new", name=name, address=VIEW)
    assert answer.status_code == 400
    assert 'id="fault-name"' in answer.text
    assert f'value="{name}"' in answer.text
    assert "Ring" not in main_of(client.get("/views"))


@pytest.mark.parametrize(
    "address",
    ["https://elsewhere.example/routes", "//elsewhere.example/routes", "javascript:alert(1)",
     "/users", "/sign-out", "/decisions", "/exhibit/overview.trend.json", "routes", "", "/nothing",
     "/routes/../users", "/\\elsewhere.example", "http:///routes", "/routes\r\nX: 1", "\x00/routes",
     "data:text/html,x", "/" * 7_000],
)  # fmt: skip
def test_no_other_address_is_kept(shared: Group, address: str) -> None:
    client = shared.client("member")
    answer = shared.signed.post(client, "/views/new", name="Somewhere", address=address)
    assert answer.status_code == 400
    assert "Somewhere" not in main_of(client.get("/views"))


def test_only_what_pages_know_is_kept_of_an_address(shared: Group) -> None:
    releases = Releases(shared.releases)
    given = "/routes?mode=land,unicorn&x=<script>&level=%22onload=1&lang=bn&top=javascript:1#frag"
    assert str(read(given, releases)) == "/routes?mode=land"
    assert str(read("/hotspots/?level=district&edition=2019-01", releases)) == (
        "/hotspots?level=district"
    )


def test_a_view_of_the_first_page_is_one_of_the_overview(shared: Group) -> None:
    releases = Releases(shared.releases)
    assert str(read("/?sex=female", releases)) == "/overview?sex=female"
    assert str(read("/?lang=bn", releases)) == "/"
    address = Address("/", "sex=female")  # as it was kept before there was a brief
    assert in_words(address, releases.current(), "en").startswith("Overview")


@settings(max_examples=examples(150), deadline=None)
@given(
    text=st.text(max_size=80), start=st.sampled_from(["", "/", "//", "/routes?", "/hotspots?a="])
)
def test_what_is_kept_of_any_text_is_a_page_of_the_product(
    shared: Group, text: str, start: str
) -> None:
    load()
    found = read(f"{start}{text}", Releases(shared.releases))
    if found is not None:
        assert find(found.path) is not None
        assert re.fullmatch(r"/[a-z/-]*", found.path)
        assert re.fullmatch(r"[A-Za-z0-9=&.,_%-]*", found.query)
        again = read(str(found), Releases(shared.releases))
        assert again == found


def test_a_form_that_comes_from_nowhere_says_what_to_do(shared: Group) -> None:
    client = shared.client("member")
    for came in ({}, {"Referer": "http://elsewhere.example/routes"}, {"Referer": "http://["}):
        page = main_of(client.get("/views/new", headers=came))
        assert "Open a page of figures first" in page
        assert "<form" not in page
