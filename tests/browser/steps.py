"""Steps that many journeys take, each of which waits until the figures have followed."""

from __future__ import annotations

import re

from playwright.sync_api import FloatRect, Locator, Page

from tests.browser.conftest import settled


def go_to(page: Page, path: str) -> None:
    """Open an address, and wait for its figures."""
    page.goto(path)
    settled(page)


def back(page: Page) -> None:
    """Go back as browsers do, and wait for the figures."""
    page.go_back()
    settled(page)


def arrived(page: Page, address: str | re.Pattern[str]) -> None:
    """Wait for an address, and for its figures."""
    page.wait_for_url(address)
    settled(page)


def change(page: Page, view: str) -> None:
    """Go to another view of the page as its controls do, and wait for the figures."""
    page.evaluate("(view) => window.atlas.go(view)", view)
    settled(page)


def press(target: Locator) -> None:
    """Press something, and wait for the figures that it asks for."""
    target.click()
    settled(target.page)


def press_keys(page: Page, *keys: str) -> None:
    """Press keys one after the other."""
    for key in keys:
        page.keyboard.press(key)


def in_sight(target: Locator) -> None:
    """Bring something into sight, and wait for what is drawn only there."""
    target.scroll_into_view_if_needed()
    settled(target.page)


def box_of(target: Locator) -> FloatRect:
    """Where something stands in the window."""
    box = target.bounding_box()
    assert box, f"{target} is not seen"
    return box


def card(page: Page, exhibit: str) -> Locator:
    """The card of an exhibit."""
    return page.locator(f'[data-exhibit="{exhibit}"]')


def errors_of(page: Page) -> list[str]:
    """What the console of a page says from now on of what went wrong."""
    errors = list[str]()
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors
