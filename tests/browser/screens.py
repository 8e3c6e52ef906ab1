"""``make screens``: pictures of every page into docs/screens, and the monthly sheet as it prints.

Pages are taken at three widths and in the dark.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, FloatRect, Page, sync_playwright

from tests.browser.conftest import settled
from tests.support.sample import write_known_secrets
from tests.support.served import CHROMIUM, CHROMIUM_FLAGS, ROOT, command, served

FOLDER = ROOT / "docs" / "screens"
PAGES = {
    "overview": "/",
    "hotspots": "/hotspots",
    "routes": "/routes",
    "referrals": "/referrals",
    "quality": "/quality",
    "methods": "/methods",
    "glossary": "/glossary",
}
SIZES = ((1440, 900), (1280, 720), (390, 844))
DARK = (1440, 900)
#: Pages that show every component, taken in the dark as well.
IN_THE_DARK = ("overview", "hotspots", "quality")
#: Pixels of a page that are kept; the glossary goes on as it begins.
LONGEST = {name: 9000 for name in PAGES} | {"glossary": 2500}
Scheme = Literal["light", "dark"]


def main() -> None:
    """Serve the sample and take the pictures, each of the whole page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        write_known_secrets(Path(made) / "secrets")
        command(Path(made), "etl", "demo")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        with served(Path(made)) as address:
            for size in SIZES:
                _pictures(browser, address, size, "light", tuple(PAGES))
            _pictures(browser, address, DARK, "dark", IN_THE_DARK)
            _print_sheet(browser, address)
        browser.close()


def _pictures(
    browser: Browser, address: str, size: tuple[int, int], scheme: Scheme, names: Sequence[str]
) -> None:
    """Pages in a window of one size, in one theme, without the hint of a first visit."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    _see_the_hint(context.new_page(), address)
    for name in names:
        page = context.new_page()
        page.goto(address + PAGES[name])
        settled(page)
        _walk_down(page)
        dark = "-dark" if scheme == "dark" else ""
        picture = FOLDER / f"{name}-{width}{dark}.jpg"
        tall = page.evaluate("document.documentElement.scrollHeight")
        clip = FloatRect(x=0, y=0, width=width, height=min(tall, LONGEST[name]))
        page.screenshot(path=picture, full_page=True, clip=clip, type="jpeg", quality=60)
        page.close()
        print(picture.relative_to(ROOT))
    context.close()


def _print_sheet(browser: Browser, address: str) -> None:
    """The sheet of the last closed month, which is the last page of the overview on paper."""
    page = browser.new_page(viewport={"width": SIZES[0][0], "height": SIZES[0][1]})
    page.goto(address)
    settled(page)
    pages = len(re.findall(rb"/MediaBox ", page.pdf(prefer_css_page_size=True)))
    path = FOLDER / "sheet.pdf"
    page.pdf(path=path, prefer_css_page_size=True, page_ranges=str(pages))
    page.close()
    print(path.relative_to(ROOT))


def _see_the_hint(page: Page, address: str) -> None:
    """See the hint of a first visit; the browser does not show it again."""
    page.goto(address)
    settled(page)
    page.close()


def _walk_down(page: Page) -> None:
    """Come near every map, since maps are only drawn then, and go back to the top."""
    steps = page.evaluate("Math.ceil(document.documentElement.scrollHeight / innerHeight)")
    for step in [*range(1, steps), 0]:
        page.evaluate("step => scrollTo(0, step * innerHeight)", step)
        page.wait_for_timeout(200)
    settled(page)


if __name__ == "__main__":
    main()
