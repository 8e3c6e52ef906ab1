"""``make screens``: pictures of every page at three widths into docs/screens."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import settled
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


def main() -> None:
    """Serve the sample and take the pictures, each of the whole page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        command(Path(made), "etl", "demo")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        with served(Path(made)) as address:
            for width, height in SIZES:
                context = browser.new_context(viewport={"width": width, "height": height})
                for name, path in PAGES.items():
                    page = context.new_page()
                    page.goto(address + path)
                    settled(page)
                    picture = FOLDER / f"{name}-{width}.jpg"
                    page.screenshot(path=picture, full_page=True, type="jpeg", quality=70)
                    page.close()
                    print(picture.relative_to(ROOT))
                context.close()
        browser.close()


if __name__ == "__main__":
    main()
