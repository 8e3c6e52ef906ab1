"""What a page weighs on the wire, and how long a reader waits for its figures.

Measured with and without the flags that draw WebGL on the processor: without them a browser in a
virtual machine or over a remote desktop has no graphics card at all.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.exhibits import percentile
from tests.support.served import CHROMIUM, CHROMIUM_FLAGS, SOFTWARE_GL, served

#: The first page: it shows no view, so nothing is pressed there.
BRIEF = "/"
#: Each page, and the same at another level where that draws more.
PAGES = (
    BRIEF, "/overview", "/hotspots", "/hotspots?level=upazila", "/routes", "/referrals", "/quality",
)  # fmt: skip
#: Controls that are pressed: menu, code.
CONTROLS = (
    ("mode", "land"), ("people", "rohingya_refugee"), ("people", "female"), ("class", "smuggling"),
    ("mode", "sea"),
)  # fmt: skip
#: Presses that are timed. Each leads to a view that nobody asked for before, since the product
#: remembers: fewer than the 32 views of five controls.
CHANGES = 30
#: Changes before and after which memory is compared.
FEW, MANY = 20, 200
_GL = "gl"
#: Flags of the browser by name: with software GL, and without any flag for graphics.
FLAGS = {_GL: [*CHROMIUM_FLAGS, *SOFTWARE_GL], "none": CHROMIUM_FLAGS}
#: Presses a control and answers when the cards in sight, and then all, are new and painted.
_CHANGE = """([menu, code]) => new Promise((resolve) => {
  const control = document.querySelector(`[data-filter="${menu}"] input[value="${code}"]`);
  const cards = [...document.querySelectorAll("[data-exhibit]")];
  const isSeen = (card) => {
    const at = card.getBoundingClientRect();
    return at.bottom > 0 && at.top < window.innerHeight;
  };
  const seen = cards.filter(isSeen);
  const before = window.location.search;
  const isNew = (card) => ["shown", "afar"].includes(card.dataset.state)
    && window.location.search !== before && card.dataset.query === window.location.search;
  const painted = (then) => requestAnimationFrame(() => requestAnimationFrame(then));
  const began = performance.now();
  let sight = null;
  performance.clearResourceTimings();
  control.click();
  (function look() {
    if (sight === null && seen.every(isNew)) {
      sight = 0;
      painted(() => { sight = performance.now() - began; });
    }
    if (sight && cards.every(isNew) && window.atlas.isComplete()) {
      painted(() => resolve({ sight, all: performance.now() - began, requests:
        performance.getEntriesByType("resource").filter(({ name }) => name.includes("/_dash-update")).length }));
    } else if (performance.now() - began > 60000) resolve(null);
    else window.setTimeout(look, 4);
  })();
})"""  # noqa: E501 -- a script


@dataclass(frozen=True)
class Waits:
    """Milliseconds from a control to painted figures: median and 95th percentile."""

    p50: float
    p95: float


@dataclass(frozen=True)
class PageFigures:
    """What was measured of one page with one set of flags.

    Attributes:
        path: Its path.
        flags: "gl" with software GL, "none" without a flag for graphics.
        first_load: Bytes of the first load, compressed, until every figure in sight is shown.
        first_figures: Milliseconds until then.
        sight: Waits until every figure in sight is new; None where nothing is pressed.
        whole: Waits until all of the page is, likewise.
        requests: Most requests that one change made.
        heap: Memory of scripts after many changes over that after few.
    """

    path: str
    flags: str
    first_load: int
    first_figures: float
    sight: Waits | None
    whole: Waits | None
    requests: int
    heap: float


def measure_pages(folder: Path, paths: Sequence[str] = PAGES) -> list[PageFigures]:
    """Visit each page with an empty cache, then press controls on it.

    Args:
        folder: Where the store is that is served, anew for each set of flags.
        paths: Pages.
    """
    figures: list[PageFigures] = []
    with sync_playwright() as playwright:
        for name, flags in FLAGS.items():
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=[*flags, "--js-flags=--expose-gc"]
            )
            with served(folder) as address:
                figures.extend(_measure(browser, address, path, name) for path in paths)
            browser.close()
    return figures


def _measure(browser: Browser, address: str, path: str, flags: str) -> PageFigures:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    wire = [0]
    session = context.new_cdp_session(page)
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
    if path == BRIEF:
        context.close()
        return PageFigures(path, flags, loaded, first, None, None, 0, 0.0)
    changes = _pressed(page, CHANGES)
    heap = 0.0
    if flags == _GL:
        _pressed(page, FEW)
        few = _heap(page)
        _pressed(page, MANY - FEW)
        heap = _heap(page) / few
    context.close()
    return PageFigures(
        path, flags, loaded, first, waits_of([change["sight"] for change in changes]),
        waits_of([change["all"] for change in changes]),
        max(change["requests"] for change in changes), heap,
    )  # fmt: skip


def _pressed(page: Page, times: int) -> list[dict[str, Any]]:
    """Press so many controls in the order of a Gray code, which leads through all their views."""
    lowest = [(turn & -turn).bit_length() - 1 for turn in range(1, times + 1)]
    return [_change(page, CONTROLS[number % len(CONTROLS)]) for number in lowest]


def _change(page: Page, control: tuple[str, str]) -> dict[str, Any]:
    answer: dict[str, Any] | None = page.evaluate(_CHANGE, list(control))
    if answer is None:
        raise AssertionError(f"{page.url}: figures did not come within a minute of {control}")
    return answer


def _heap(page: Page) -> float:
    """Bytes that scripts hold once what they let go of is collected."""
    return page.evaluate("() => { window.gc(); return performance.memory.usedJSHeapSize; }")


def waits_of(values: list[float]) -> Waits:
    """Median and 95th percentile of milliseconds."""
    return Waits(percentile(values, 0.5), percentile(values, 0.95))


def _settled(page: Page) -> None:
    deadline = time.monotonic() + 60
    while not page.evaluate("() => Boolean(window.atlas?.settled?.())"):
        if time.monotonic() > deadline:
            raise AssertionError(f"{page.url} never settled")
        page.wait_for_timeout(10)
