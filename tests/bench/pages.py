"""What a page weighs on the wire, and how long a reader waits for its figures."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.bench.exhibits import percentile
from tests.support.served import CHROMIUM, CHROMIUM_FLAGS

PAGES = ("/", "/hotspots", "/routes", "/referrals", "/quality")
#: One after the other, so that each is a change.
CHANGES = ("mode=land", "", "group=rohingya_refugee", "", "period=2025-01..2025-12", "",
           "class=smuggling", "", "area=BD20", "")  # fmt: skip


#: How often they are all made.
ROUNDS = 2
#: Goes to another view and answers when each card in sight showed its new figure, in milliseconds.
_CHANGE = """(search) => new Promise((resolve) => {
  const began = performance.now();
  const shown = {};
  window.atlas.go(search);
  (function look() {
    const cards = [...document.querySelectorAll("[data-exhibit]")];
    cards.filter((card) => card.dataset.state === "shown" && card.dataset.query === search)
      .forEach((card) => { shown[card.dataset.exhibit] ??= performance.now() - began; });
    const left = cards.filter((card) => !(card.dataset.exhibit in shown));
    const afar = (card) => card.dataset.state === "afar" && card.dataset.query === search;
    const waits = left.filter((card) => !afar(card));
    if (!waits.length || performance.now() - began > 60000) resolve({ shown, late: waits.length });
    else window.setTimeout(look, 4);
  })();
})"""


@dataclass(frozen=True)
class Waits:
    """Milliseconds from a change of filters to the new figure: median and 95th percentile."""

    p50: float
    p95: float


@dataclass(frozen=True)
class PageFigures:
    """What was measured of one page.

    Attributes:
        path: Its path.
        first_load: Bytes of the first load, compressed, until every figure in sight is shown.
        first_figures: Milliseconds until then.
        filters: Waits until every figure in sight is new.
        exhibits: Waits for each exhibit by itself.
    """

    path: str
    first_load: int
    first_figures: float
    filters: Waits
    exhibits: dict[str, Waits]


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
    changes = [_change(page, query) for query in CHANGES * ROUNDS]
    of_exhibits: defaultdict[str, list[float]] = defaultdict(list)
    for shown in changes:
        for exhibit_id, wait in shown.items():
            of_exhibits[exhibit_id].append(wait)
    return PageFigures(
        path,
        loaded,
        first,
        _waits([max(shown.values()) for shown in changes]),
        {exhibit_id: _waits(found) for exhibit_id, found in of_exhibits.items()},
    )


def _waits(found: list[float]) -> Waits:
    return Waits(percentile(found, 0.5), percentile(found, 0.95))


def _change(page: Page, query: str) -> dict[str, float]:
    """Milliseconds until each exhibit in sight showed another view."""
    answer: dict[str, Any] = page.evaluate(_CHANGE, f"?{query}" if query else "")
    if answer["late"]:
        raise AssertionError(f"{page.url}: {answer['late']} figures did not come within a minute")
    return answer["shown"]


def _settled(page: Page) -> None:
    deadline = time.monotonic() + 60
    while not page.evaluate("() => Boolean(window.atlas?.settled?.())"):
        if time.monotonic() > deadline:
            raise AssertionError(f"{page.url} never settled")
        page.wait_for_timeout(10)
