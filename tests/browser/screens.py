"""``make screens``: pictures of pages into docs/screens, and the monthly sheet as it prints.

Eight files at most: every picture that was ever taken stays in the history of the repository. One
is replaced where its page has changed for its reader.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, FloatRect, Page, sync_playwright

from tests.browser.conftest import settled
from tests.support.sample import write_known_secrets
from tests.support.served import CHROMIUM, CHROMIUM_FLAGS, ROOT, command, served

FOLDER = ROOT / "docs" / "screens"
WIDE, LAPTOP, PHONE = (1440, 900), (1280, 720), (390, 844)
Scheme = Literal["light", "dark"]
#: Path, window and theme of each picture.
PICTURES: dict[str, tuple[str, tuple[int, int], Scheme]] = {
    "brief-1280": ("/", LAPTOP, "light"),
    "brief-390": ("/", PHONE, "light"),
    "overview-1440": ("/overview", WIDE, "light"),
    "hotspots-1440-dark": ("/hotspots", WIDE, "dark"),
    "routes-1440": ("/routes", WIDE, "light"),
    "referrals-1440": ("/referrals", WIDE, "light"),
    "quality-1440": ("/quality", WIDE, "light"),
}
#: Pixels of a page that are kept.
LONGEST = 9000


def main() -> None:
    """Serve the sample and take the pictures, each of the whole page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        write_known_secrets(Path(made) / "secrets")
        command(Path(made), "etl", "demo")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        with served(Path(made)) as address:
            for name in PICTURES:
                _picture(browser, address, name)
            _print_sheet(browser, address)
        browser.close()


def _picture(browser: Browser, address: str, name: str) -> None:
    """One page in a window of its size, in its theme, without the hint of a first visit."""
    path, (width, height), scheme = PICTURES[name]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    _see_the_hint(context.new_page(), address)
    page = context.new_page()
    page.goto(address + path)
    settled(page)
    _walk_down(page)
    picture = FOLDER / f"{name}.jpg"
    tall = page.evaluate("document.documentElement.scrollHeight")
    clip = FloatRect(x=0, y=0, width=width, height=min(tall, LONGEST))
    page.screenshot(path=picture, full_page=True, clip=clip, type="jpeg", quality=60)
    context.close()
    print(picture.relative_to(ROOT))


def _print_sheet(browser: Browser, address: str) -> None:
    """The sheet of the last closed month, which is the last page of the overview on paper."""
    page = browser.new_page(viewport={"width": WIDE[0], "height": WIDE[1]})
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
