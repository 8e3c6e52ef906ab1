"""Accounts in a browser: forms without any script, figures after them, and the end of a session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, more, settled, take_up
from tests.browser.steps import box_of, errors_of, go_to, in_sight, press
from tests.support.accounts import entered, secret_in
from tests.support.axe import violations
from tests.support.rounds import put_key, put_round, round_of
from tests.support.sample import sample_folder
from tests.support.served import command, served

NAME = "n.akter@agency.example"
#: What a console says of what went wrong; browsers also give advice about forms.
LOUD = ("error", "warning")
#: What pages leave in a browser: how they look, hints that were read, and whether keys are on.
KEPT_BY_BROWSERS = {"atlas-theme", "atlas-hint", "atlas-keys"}
#: What somebody could type into a field.
HOSTILE = "<img src=x onerror=window.hurt=1>"
#: The text of a card as a picture.
PICTURE = """async (id) => {
  await window.atlas.scripts(window.atlas.settings.pictures);
  const card = document.querySelector(`[data-exhibit="${id}"]`);
  return (await window.atlas.pictures.composed(card)).textContent;
}"""
#: Whether a page is light.
LIGHT = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).every((part) => part > 127)"


@dataclass(frozen=True)
class Group:
    """A server with accounts, and the operator's commands beside it."""

    address: str
    command: Callable[..., str]
    state: Path
    releases: Path


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Group]:
    folder, state = sample_folder(), tmp_path_factory.mktemp("state")
    secret = str(secret_in(state))
    told = partial(command, folder, "app", ATLAS_STATE=str(state), ATLAS_SECRET_FILE=secret)
    with served(folder, state, ATLAS_SECRET_FILE=secret) as address:
        yield Group(address, told, state, folder / "store" / "releases")


def join(page: Page, group: Group, name: str, role: str) -> None:
    """Set a password by the link that the operator was given, and sign in.

    A coordinator does without a second factor for a while.
    """
    link = group.command("users", "add", name, "--role", role).split()[-1]
    if role == "coordinator":
        group.command("users", "grace", name)
    take_up(page, group.address + link[link.index("/set-password") :], name)
    if role == "coordinator":
        page.get_by_role("link", name="Not now").click()


def test_forms_work_without_scripts_on_a_phone(browser: Browser, group: Group) -> None:
    page = browser.new_page(java_script_enabled=False, viewport=PHONE)  # pyright: ignore[reportArgumentType]
    join(page, group, NAME, "analyst")
    expect(page.locator("h1")).to_have_text("Set up your authenticator")
    code = page.locator(".access-qr")
    (read,) = zxingcpp.read_barcodes(Image.open(BytesIO(code.screenshot())))
    there = page.get_by_role("link", name="Or open the app on this phone").get_attribute("href")
    assert there
    assert there.startswith("otpauth://totp/Situation%20Atlas")
    assert read.text == there
    box = box_of(page.locator(".access-key"))
    assert box["x"] + box["width"] <= PHONE["width"]
    page.goto(f"{group.address}/users?lang=bn")
    expect(page.locator("h1")).to_have_text("Set up your authenticator")
    page.get_by_role("link", name="বাংলা").click()
    expect(page.locator("h1")).not_to_contain_text("Set")


def test_a_member_reads_until_the_account_is_disabled(browser: Browser, group: Group) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    errors = errors_of(page)
    join(page, group, "member@agency.example", "member")
    settled(page)
    page.click('a[data-nav="/routes"]')
    settled(page)
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    assert errors == []
    group.command("users", "disable", "member@agency.example")
    page.click('a[data-nav="/referrals"]')
    expect(page.locator("h1")).to_have_text("Sign in")
    assert "next=/referrals" in page.url


def test_sign_out_in_the_header_leads_to_sign_in_and_nothing_is_left(
    browser: Browser, group: Group
) -> None:
    page = browser.new_page()
    join(page, group, "another@agency.example", "coordinator")
    settled(page)
    page.locator("[data-theme-switch]").click()
    kept = page.evaluate("() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    assert "atlas-theme" in kept
    assert set(kept) <= KEPT_BY_BROWSERS
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("h1")).to_have_text("Sign in")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Sign in")
    names = {cookie["name"] for cookie in page.context.cookies()}
    # That somebody signed in here before is kept, so that others who guess do not lock them out.
    assert names <= {"atlas-browser", "atlas-device"}


def test_a_figure_becomes_a_decision_and_a_view_is_kept(browser: Browser, group: Group) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    errors = errors_of(page)
    join(page, group, "meeting@agency.example", "coordinator")
    settled(page)
    go_to(page, f"{group.address}/routes?mode=land")
    page.locator(".account-menu summary").click()
    page.get_by_role("link", name="Save this view").click()
    expect(page.locator("main")).to_contain_text("transport: land")
    page.fill("#name", HOSTILE)
    page.click("main .button--primary")
    press(page.get_by_role("link", name=HOSTILE))
    assert page.url == f"{group.address}/routes?mode=land"
    card = page.locator('[data-exhibit="routes.corridors"]')
    in_sight(card)
    finding = card.locator(".card-title").inner_text()
    more(card).get_by_role("link", name="Note a decision").click()
    expect(page.locator("main")).to_contain_text(finding)
    page.fill("#action", HOSTILE)
    page.select_option("#owner", "government")
    page.select_option("#due", index=2)
    page.click("main .button--primary")
    expect(page.locator(".log-action")).to_have_text(HOSTILE)
    expect(page.locator("main")).to_contain_text(finding)
    expect(page.locator("main")).to_contain_text("There is no newer edition yet.")
    assert page.evaluate("() => window.hurt === undefined")
    place = page.url
    form = "/decisions/new?figure=routes.corridors%3Fperiod%3D2026-07..2026-09"
    paths = ("/decisions", form, "/views", "/flags?lang=bn", "/notes", "/notes/new?lang=bn")
    own = [f"{group.address}{path}" for path in paths]
    looked_at(page, [place, *own])
    assert errors == []


def test_a_request_for_data_is_noted_and_answered_without_scripts(
    browser: Browser, group: Group
) -> None:
    page = browser.new_page(java_script_enabled=False)
    join(page, group, "requests@agency.example", "coordinator")
    page.goto(f"{group.address}/decisions")
    page.get_by_role("link", name="Data requests").click()
    page.get_by_role("link", name="Note a request").click()
    page.select_option("#asker", "media")
    page.fill("#organisation", HOSTILE)
    page.fill("#purpose", "Numbers by district")
    page.click("main .button--primary")
    expect(page.locator(".log-action")).to_have_text(HOSTILE)
    place = page.url
    page.click("main .button--primary")
    expect(page.locator(".field-fault")).to_have_count(2)
    asked_again = page.content()
    page.goto(place)
    page.get_by_label("Declined").check()
    page.select_option("#decider", "co_leads")
    page.click("main .button--primary")
    expect(page.locator(".log-facts")).to_contain_text("Decided by: Co-leads")
    page.get_by_role("link", name="All data requests").click()
    page.get_by_role("link", name="Closed (1)").click()
    expect(page.locator(".log-entry")).to_contain_text("Numbers by district")
    cookies = page.context.cookies()
    page = browser.new_page()
    page.context.add_cookies(cookies)  # pyright: ignore[reportArgumentType]
    page.route("**/asked-again", lambda route: route.fulfill(body=asked_again))
    own = ("/data-requests", "/data-requests/new", "/data-requests?show=closed&lang=bn",
           "/data-requests/1/correct", "/data-requests/asked-again")  # fmt: skip
    looked_at(page, [place, *(f"{group.address}{path}" for path in own)])
    assert page.evaluate("() => window.hurt === undefined")


def looked_at(page: Page, addresses: list[str]) -> None:
    """Find nothing that keeps somebody from reading pages: on a laptop in the dark, on a phone.

    Nor anything that the policy of the pages refuses, which a browser would tell in its console.
    """
    told: list[str] = []
    page.on("console", lambda said: told.append(said.text) if said.type in LOUD else None)
    for address in addresses:
        for size, scheme in (({"width": 1280, "height": 720}, "dark"), (PHONE, "light")):
            page.set_viewport_size(size)  # pyright: ignore[reportArgumentType]
            page.emulate_media(color_scheme=scheme)  # pyright: ignore[reportArgumentType]
            page.goto(address)
            assert page.evaluate(LIGHT) == (scheme == "light"), address
            assert [one["id"] for one in violations(page)] == [], address
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
            assert told == [], address


def test_plain_pages_of_an_administrator_can_be_read_in_the_dark(
    browser: Browser, group: Group
) -> None:
    page = browser.new_page()
    looked_at(page, [f"{group.address}/sign-in"])
    page.close()
    brought, _ = entered(group.state, "administrator@agency.example", "administrator")
    page = browser.new_page(extra_http_headers=brought)
    own = ("/account", "/account/authenticator", "/users", "/editions", "/record", "/sign-off")
    looked_at(page, [f"{group.address}{path}" for path in own])


def test_a_note_stands_beside_the_line_of_its_months(browser: Browser, group: Group) -> None:
    brought, _ = entered(group.state, "notes@agency.example", "coordinator")
    page = browser.new_page()  # its cookies go along where a form leads to another page
    pairs = (cookie.split("=", 1) for cookie in brought["Cookie"].split("; "))
    page.context.add_cookies([{"name": n, "value": v, "url": group.address} for n, v in pairs])
    page.goto(f"{group.address}/overview?period=2026-01..2026-06")
    page.get_by_role("link", name="Note what happened in these months").click()
    expect(page.get_by_label("First month")).to_have_value("2026-06")
    page.get_by_label("What it was").select_option("flood")
    page.get_by_label("What happened").fill("<b>Roads</b> were cut")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_role("heading", name="Jun 2026, Flood or cyclone")).to_be_visible()
    page.goto(f"{group.address}/overview")
    expect(page.locator(".flags-said")).to_contain_text("<b>Roads</b> were cut")
    settled(page)
    picture = page.evaluate(PICTURE, "overview.trend")  # the note is no part of it, and no harm
    assert "INVENTED DATA" in picture
    assert "Roads" not in picture
    page.get_by_role("link", name="Notes on months").click()
    page.get_by_text("Take it back").click()
    page.get_by_role("button", name="Take the note back").click()
    expect(page.get_by_text("Nobody has written a note yet.")).to_be_visible()


def test_a_focal_point_reads_a_round_in_both_languages(browser: Browser, group: Group) -> None:
    brought, _ = entered(group.state, "focal@agency.example", "partner")
    put_key(group.state)
    path = put_round(group.releases, round_of(datetime.now(UTC).date()))
    try:
        page = browser.new_page(extra_http_headers=brought)
        looked_at(page, [f"{group.address}/sign-off", f"{group.address}/sign-off?lang=bn-beng"])
        said = page.inner_text("main")
        page.close()
    finally:
        path.unlink()  # the folder is that of other servers too
        path.parent.rmdir()
    assert "নাফ নদীতে বন্যা" in said
    assert "প্রায় ৩৫" in said


def test_the_record_holds(group: Group) -> None:
    entries, head = group.command("audit", "verify").split(" entries, head ")
    assert int(entries) > 0
    assert len(head.strip()) == 64


def test_who_is_silent_by_name_is_read_on_the_page_alone(browser: Browser, group: Group) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    join(page, group, "names@agency.example", "coordinator")
    settled(page)
    told = page.locator(".brief-partners")
    expect(told).to_contain_text("Agency F (last Mar 2026)")
    assert "Agency F" not in page.evaluate(PICTURE, "brief.reported")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(told).to_be_hidden()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(told).to_be_visible()
    page.click(".brief-actions [data-present]")
    page.click(".present-later")
    expect(page.locator(".is-presented .reported")).to_be_visible()
    expect(told).to_be_hidden()
