"""Signing in as agencies do: passkeys of a device, a provider of their own, one's sessions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.browser.conftest import PHONE, take_up
from tests.browser.steps import errors_of
from tests.browser.test_access import looked_at
from tests.support.accounts import PASSWORD, secret_in
from tests.support.provider import Agency, Lies, agency
from tests.support.sample import sample_folder
from tests.support.served import command, served


@dataclass(frozen=True)
class Place:
    """A server that people sign in to by a provider too, under a name that passkeys belong to."""

    address: str
    there: Agency
    variables: dict[str, str]

    def link(self, change: str, *arguments: str) -> str:
        """The link that a command of the operator prints."""
        told = command(sample_folder(), "app", "users", change, *arguments, **self.variables)
        return self.address + told[told.index("/set-password") :].strip()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    state = tmp_path_factory.mktemp("state")
    with agency() as there:
        given = there.settings(tmp_path_factory.mktemp("oidc"))
        beside = {
            "ATLAS_SECRET_FILE": str(secret_in(state)), "ATLAS_OIDC_ISSUER": given.issuer,
            "ATLAS_OIDC_CLIENT_ID": given.client_id, "ATLAS_OIDC_NAME": given.name,
            "ATLAS_OIDC_SECRET_FILE": str(given.secret),
        }  # fmt: skip
        with served(sample_folder(), state, **beside) as address:
            at_home = address.replace("127.0.0.1", "localhost")
            yield Place(at_home, there, {**beside, "ATLAS_STATE": str(state)})


def device(page: Page, **changed: Any) -> tuple[CDPSession, str]:
    """Give a page's browser a device that holds passkeys; it and its number."""
    tool = page.context.new_cdp_session(page)
    tool.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True,
        "automaticPresenceSimulation": True, **changed,
    }  # fmt: skip
    made = tool.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return tool, made["authenticatorId"]


def test_a_passkey_is_added_named_used_and_removed(browser: Browser, place: Place) -> None:
    page = browser.new_page(viewport=PHONE)  # pyright: ignore[reportArgumentType]
    errors = errors_of(page)
    tool, number = device(page)
    take_up(
        page,
        place.link("add", "lead@agency.example", "--role", "administrator"),
        "lead@agency.example",
    )
    page.get_by_role("link", name="Use a passkey instead").click()
    page.get_by_label("Name of the passkey").fill("My phone")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.locator("h1")).to_have_text("Your recovery codes")
    expect(page.locator(".access-codes li")).to_have_count(10)
    (kept,) = tool.send("WebAuthn.getCredentials", {"authenticatorId": number})["credentials"]
    assert (kept["rpId"], kept["isResidentCredential"]) == ("localhost", True)
    page.goto(f"{place.address}/account")
    page.get_by_role("button", name="Sign out").first.click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{place.address}/")
    page.goto(f"{place.address}/account")
    listed = page.locator(".access-own li")
    expect(listed).to_contain_text("My phone")
    listed.locator("summary").click()
    listed.get_by_label("Name of the passkey").fill("Old phone")
    listed.get_by_role("button", name="Rename").click()
    expect(listed).to_contain_text("Old phone")
    listed.locator("summary").click()
    listed.get_by_label("Password").fill(PASSWORD)
    listed.get_by_role("button", name="Remove").click()
    expect(listed).to_have_count(0)
    page.goto(f"{place.address}/record")
    for event in ("Passkey added", "Passkey renamed", "Passkey removed", "means: passkey"):
        expect(page.get_by_text(event).first).to_be_visible()
    assert errors == []


def test_a_passkey_follows_the_password_in_place_of_a_code(browser: Browser, place: Place) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    name = "second@agency.example"
    tool, number = device(page)
    take_up(page, place.link("add", name), name)
    page.goto(f"{place.address}/account/passkey")
    page.get_by_label("Name of the passkey").fill("Laptop")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.locator("h1")).to_have_text("Your recovery codes")
    page.goto(f"{place.address}/account")
    page.get_by_role("button", name="Sign out").first.click()
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("h1")).to_have_text("Your second factor")
    # A device that does not make sure who holds it is not enough.
    tool.send("WebAuthn.setUserVerified", {"authenticatorId": number, "isUserVerified": False})
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("Your device did not use a passkey.")).to_be_visible()
    tool.send("WebAuthn.setUserVerified", {"authenticatorId": number, "isUserVerified": True})
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{place.address}/")


def test_without_scripts_or_a_name_there_is_an_authenticator(
    browser: Browser, place: Place
) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{place.address}/sign-in")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    name = "plain@agency.example"
    take_up(page, place.link("add", name, "--role", "analyst"), name)
    page.get_by_role("link", name="Use a passkey instead").click()
    expect(page.get_by_text("This browser has no passkeys")).to_be_visible()
    page.get_by_role("link", name="Use an authenticator app instead").click()
    expect(page.locator("h1")).to_have_text("Set up your authenticator")
    page.goto(f"{place.address}/sign-in".replace("localhost", "127.0.0.1"))
    expect(page.locator("form[data-passkey]")).to_have_count(0)


def test_an_agency_signs_in_by_its_own_provider(browser: Browser, place: Place) -> None:
    place.there.lies, place.there.subject = Lies(claims={"amr": ["pwd", "mfa"]}), "nusrat"
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    errors = errors_of(page)
    page.goto(place.link("add", "nusrat@agency.example", "--role", "analyst"))
    page.get_by_role("link", name="Use your Agencies account, without a password here").click()
    expect(page.get_by_text("opens the account nusrat@agency.example here")).to_be_visible()
    page.get_by_role("button", name="Yes, go on").click()
    page.wait_for_url(f"{place.address}/")
    page.goto(f"{place.address}/account")
    expect(page.get_by_text("You are signed in as nusrat@agency.example")).to_be_visible()
    page.get_by_role("button", name="Sign out").first.click()
    expect(page.get_by_text("You may still be signed in at Agencies.")).to_be_visible()
    page.get_by_role("link", name="Sign out there too").click()
    expect(page.get_by_text("Signed out of the agencies.")).to_be_visible()
    page.goto(f"{place.address}/routes")
    page.get_by_role("link", name="Sign in with Agencies").click()
    page.wait_for_url(f"{place.address}/routes")
    assert errors == []


def test_the_provider_is_down_and_a_plain_sentence_says_so(browser: Browser, place: Place) -> None:
    place.there.lies = Lies(back={"code": "none of its own"})
    page = browser.new_page()
    page.goto(f"{place.address}/sign-in")
    page.get_by_role("link", name="Sign in with Agencies").click()
    expect(page.get_by_role("alert").first).to_contain_text("did not say who you are")
    place.there.lies = Lies(for_codes=503)
    page.get_by_role("link", name="Sign in with Agencies").click()
    expect(page.get_by_role("alert").first).to_contain_text("does not answer now")
    expect(page.locator("#password")).to_be_visible()


def test_somebody_signs_a_lost_phone_out(browser: Browser, place: Place) -> None:
    name = "sessions@agency.example"
    page = browser.new_page(user_agent="Mozilla/5.0 (Linux; Android 15) Chrome/142.0 Mobile")
    take_up(page, place.link("add", name), name)
    page.wait_for_url(f"{place.address}/")
    own = browser.new_page(viewport={"width": 1280, "height": 720})
    own.goto(f"{place.address}/sign-in")
    own.fill("#name", name)
    own.fill("#password", PASSWORD)
    own.get_by_role("button", name="Go on").click()
    own.goto(f"{place.address}/account")
    own.get_by_label("Chrome, Android").check()
    own.locator("#end-password").fill(PASSWORD)
    own.locator("form[action^='/account/sessions'] button").click()
    expect(own.get_by_label("Chrome, Android")).to_have_count(0)
    page.goto(f"{place.address}/account")
    expect(page.locator("h1")).to_have_text("Sign in")


def test_these_pages_can_be_read_in_both_languages_in_the_dark_and_on_a_phone(
    browser: Browser, place: Place
) -> None:
    place.there.lies = Lies()
    page = browser.new_page()
    name = "looks@agency.example"
    link = place.link("add", name, "--role", "coordinator")
    looked_at(page, [link, f"{place.address}/sign-in", f"{place.address}/sign-in?lang=bn&out=1"])
    device(page)
    take_up(page, link, name)
    looked_at(page, [f"{place.address}/account/{one}" for one in ("authenticator", "passkey")])
    page.goto(f"{place.address}/account/passkey")
    page.get_by_label("Name of the passkey").fill("A very long name of a passkey of a security key")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.locator("h1")).to_have_text("Your recovery codes")
    looked_at(page, [f"{place.address}/account", f"{place.address}/account?lang=bn"])
    page.get_by_role("button", name="সাইন আউট").first.click()
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.click("main button")
    looked_at(page, [f"{place.address}/sign-in/code", f"{place.address}/sign-in/code?lang=bn"])
