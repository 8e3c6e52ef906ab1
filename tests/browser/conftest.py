"""One served sample for all journeys, and pages that must stay clean and at home."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    sync_playwright,
)

from dashboard.components.table_twin import shown
from dashboard.exhibits.exhibit import Cell, Column
from dashboard.exhibits.parts.ranges import read_as
from tests.support.accounts import PASSWORD
from tests.support.sample import sample_folder
from tests.support.served import BROWSER, CHROMIUM_FLAGS, served

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
#: What opens a page of the product.
Visit = Callable[..., Page]
#: Contexts by the address, the size of the window and how their browser looks.
Kept = dict[tuple[str, str, str], BrowserContext]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder as those that need Chromium."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the sample, loaded and published by the commands of the README."""
    with served(sample_folder(), tmp_path_factory.mktemp("state")) as at:
        yield at


@pytest.fixture(scope="module")
def copy_of_release(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the release that is served, to be asked in SQL."""
    releases = sample_folder() / "store" / "releases"
    name = (releases / "current").read_text().strip()
    # A process opens a file with one set of options; other tests have theirs.
    copied = tmp_path_factory.mktemp("asked") / "release.duckdb"
    shutil.copyfile(releases / f"{name}.duckdb", copied)
    with duckdb.connect(str(copied), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of the machine; where there is none, these tests are left out, which is said."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=BROWSER, args=CHROMIUM_FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def kept() -> Kept:
    """Contexts of tests that are over, without pages, cookies and all else but scripts and fonts.

    To make one, and to load these anew, takes half as long as all that a page does.
    """
    return {}


@pytest.fixture(autouse=True)
def closed(browser: Browser, kept: Kept) -> Iterator[None]:
    """Close at the end of a test what it opened."""
    yield
    close(browser, kept)


def close(browser: Browser, kept: Kept) -> None:
    """Close the pages of contexts that are kept, and all others."""
    for context in browser.contexts:
        if context in kept.values():
            for page in context.pages:
                page.close()
        else:
            context.close()


@pytest.fixture
def visit(browser: Browser, address: str, kept: Kept) -> Iterator[Visit]:
    """Open a page of the product; at the end no error was logged and no other host was asked.

    What is given by name beside is how its browser looks.
    """
    errors: list[str] = []
    strangers: list[str] = []
    used: set[tuple[str, str, str]] = set()
    home = urlsplit(address).netloc

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" or message.text.startswith("WARN"):  # as plotly does
            errors.append(message.text)

    def asked(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != home:
            strangers.append(request.url)

    def open_page(
        path: str, size: dict[str, int] = WIDE, *, missing: bool = False, **look: Any
    ) -> Page:
        key = (address, repr(size), repr(look))
        context = None if key in used else kept.get(key)
        if context is None:
            context = browser.new_context(
                viewport=size,  # pyright: ignore[reportArgumentType]
                has_touch=size["width"] < 500,
                base_url=address,
                **look,
            )
            context.grant_permissions(["clipboard-read", "clipboard-write"])
            kept.setdefault(key, context)
        page = context.new_page()
        if key not in used:
            everything = {"origin": address, "storageTypes": "all"}
            context.new_cdp_session(page).send("Storage.clearDataForOrigin", everything)
        used.add(key)
        if not missing:  # the browser itself logs a page that answers 404
            page.on("console", heard)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", asked)
        page.goto(path)
        settled(page)
        return page

    yield open_page
    close(browser, kept)
    assert errors == []
    assert strangers == []


def settled(page: Page) -> None:
    """Wait until every exhibit on the page shows what the address asks for."""
    until(page, "() => Boolean(window.atlas?.settled?.())", text=CARDS)


def more(card: Locator) -> Locator:
    """The menu of a card, opened; on a phone it holds all that a card can do."""
    card.locator(".more > summary").click()
    return card.locator(".more > .menu")


def as_told(cell: Cell, column: Mapping[str, Any]) -> str:
    """A cell of a file as the table on the page tells it: few of a protected number in words."""
    return read_as(cell, Column(**column), "en") or shown(cell, "en").strip()


def take_up(page: Page, link: str, name: str) -> None:
    """Set the password of a new account by its link, and sign in."""
    page.goto(link)
    for field in ("#new", "#again"):
        page.fill(field, PASSWORD)
    page.click("main button")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.click("main button")


#: What is known of each card, to be told where a page never settles.
CARDS = """() => [window.atlas?.isComplete?.(),
  ...[...document.querySelectorAll('[data-exhibit]')].map((card) => [card.dataset.exhibit,
    card.dataset.state, card.dataset.query, card.hasAttribute('data-late')])]"""


def until(page: Page, condition: str, argument: object = None, *, text: str = "") -> None:
    """Ask a condition of the page until it holds; after 90 s fail, with what ``text`` gives.

    Playwright's own waiting evaluates text inside the page, which the content security policy
    forbids.
    """
    deadline = time.monotonic() + 90
    while not page.evaluate(condition, argument):
        if time.monotonic() > deadline:
            known = page.evaluate(text) if text else ""
            raise AssertionError(f"never came true: {condition} {known}")
        page.wait_for_timeout(50)
