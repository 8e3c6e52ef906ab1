"""What a page weighs on the wire, and how long a reader waits for its figures."""

from __future__ import annotations

import time
from dataclasses import dataclass

from playwright.sync_api import Page, sync_playwright

from tests.bench.exhibits import percentile
from tests.support.served import CHROMIUM, CHROMIUM_FLAGS

PAGES = ("/", "/hotspots", "/routes", "/referrals")
#: One after the other, so that each is a change.
CHANGES = ("mode=land", "", "group=rohingya_refugee", "", "period=2025-01..2025-12", "",
           "class=smuggling", "", "area=BD20", "")  # fmt: skip


@dataclass(frozen=True)
class PageFigures:
    """What was measured of one page: bytes of the first load, and milliseconds."""

    path: str
    first_load: int
    first_figures: float
    filter_p50: float
    filter_p95: float


def measure_pages(address: str) -> list[PageFigures]:
    """Visit each page with an empty cache, then change filters on it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        found = []
        for path in PAGES:
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            found.append(_measure(context.new_page(), address, path))
            context.close()
        browser.close()
    return found


def _measure(page: Page, address: str, path: str) -> PageFigures:
    wire = [0]
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on(
        "Network.loadingFinished",
        lambda event: wire.__setitem__(0, wire[0] + int(event["encodedDataLength"])),
    )
    started = time.perf_counter()
    page.goto(address + path)
    _settled(page)
    first = (time.perf_counter() - started) * 1000
    loaded = wire[0]
    waits = [_change(page, query) for query in CHANGES]
    return PageFigures(path, loaded, first, percentile(waits, 0.5), percentile(waits, 0.95))


def _change(page: Page, query: str) -> float:
    started = time.perf_counter()
    page.evaluate("(search) => window.atlas.go(search)", f"?{query}" if query else "")
    _settled(page)
    return (time.perf_counter() - started) * 1000


def _settled(page: Page) -> None:
    deadline = time.monotonic() + 60
    while not page.evaluate("() => Boolean(window.atlas && window.atlas.settled())"):
        if time.monotonic() > deadline:
            raise AssertionError(f"{page.url} never settled")
        page.wait_for_timeout(10)
