"""How fast the map of flows is with far more of them than a register has.

A release of a thousand pairs is made from units alone. What the figure costs beyond its queries is
measured here; how fluently it is moved and zoomed in a browser, at most as often as the screen
draws, with sixty lines on it.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, sync_playwright

from dashboard import exhibits
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import read_view_query, render
from dashboard.release.open_release import Release
from tests.bench.exhibits import Recorder
from tests.support.legs import leg, release_of
from tests.support.served import CHROMIUM, CHROMIUM_FLAGS, command, served

PAIRS, ROUNDS = 1000, 40
_VIEW = "level=district&period=2023-10..2026-09"
_ROOM = {"width": 1440, "height": 900}
#: Shows a description, moves and zooms it for three seconds, and gives the frames and the seconds.
_MOVED = """async (given) => {
  const live = document.querySelector('[data-exhibit="routes.map"]').map;
  live.show(given);
  const { k, x, y } = live.view;
  const { width, height } = live.room;
  const at = (step) => {
    const by = 1.5 + Math.sin(step / 20);
    return { k: k * by, x: width / 2 - (width / 2 - x) * by + 80 * Math.cos(step / 9),
      y: height / 2 - (height / 2 - y) * by };
  };
  const began = performance.now();
  let frames = 0;
  await new Promise((resolve) => {
    const step = () => {
      frames += 1;
      live.hands.turn(at(frames), true);
      if (performance.now() - began < 3000) requestAnimationFrame(step);
      else resolve();
    };
    requestAnimationFrame(step);
  });
  return [frames, (performance.now() - began) / 1000];
}"""


@dataclass(frozen=True)
class FlowFigures:
    """What was measured; times in milliseconds.

    Attributes:
        pairs: Pairs of places in the release.
        drawn: Lines on the map.
        beyond: Median time that the exhibit computes, less that of its bare queries.
        computing: Time that the page's processor needs for a frame while the map is moved.
        second: Frames a second while it is moved and zoomed; other work makes them fewer.
    """

    pairs: int
    drawn: int
    beyond: float
    computing: float
    second: float


def measure_flows(folder: Path) -> FlowFigures:
    """Measure the map of a thousand pairs; ``folder`` holds a store that can be served."""
    with tempfile.TemporaryDirectory() as made:
        release = thousand_pairs(Path(made))
        found, beyond = _figure(release)
        release.close()
    assert found.figure is not None
    computing, second = _moved(folder, dict(found.figure))
    return FlowFigures(
        len(found.table.rows),
        len(found.figure["layers"][0]["flows"]),
        beyond,
        computing,
        second,
    )


def thousand_pairs(folder: Path) -> Release:
    """A release with so many pairs of districts and countries, larger and smaller ones."""
    with tempfile.TemporaryDirectory() as made:
        known = release_of(Path(made), [leg("BD2022", "MY")])
        districts = sorted(c for c, place in known.places.items() if place.level == "district")
        abroad = ["MY", "IN", "SA", "LY", "MM", "OM", "AE", "ID", "TH", "NP", "IT", "PK"]
        known.close()
    ends = [*districts, *abroad]
    units = []
    for number in range(PAIRS):
        start = districts[number % len(districts)]
        end = ends[(number + 1 + number // len(districts)) % len(ends)]
        mode = ("land", "sea", "river", "air")[number % 4]
        units += [leg(start, end, mode=mode)] * (1 + 30 // (1 + number // 20))
    return release_of(folder, units)


def _figure(release: Release) -> tuple[Exhibit, float]:
    """The exhibit, and the median of its time less that of its statements asked alone.

    It is the time of the processor, since other work on the machine makes any other longer.
    """
    reading = read_view_query(_VIEW, release, lambda _: False)
    found = render("routes.map", reading, release)
    beyond: list[float] = []
    for _ in range(ROUNDS):
        recorder: Any = Recorder(release)
        started = time.thread_time()
        render("routes.map", reading, recorder)
        whole = time.thread_time() - started
        started = time.thread_time()
        for sql, values in recorder.asked:
            release.query(sql, values)
        beyond.append((whole - (time.thread_time() - started)) * 1000)
    return found, statistics.median(beyond)


def _moved(folder: Path, figure: dict[str, Any]) -> tuple[float, float]:
    """Milliseconds of computing a frame, and frames a second, without a graphics card."""
    with served(folder) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*CHROMIUM_FLAGS, "--disable-gpu"]
        )
        page = browser.new_page(viewport=_ROOM)  # pyright: ignore[reportArgumentType]
        client = page.context.new_cdp_session(page)
        client.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(f"{address}/routes")
        drawn = "() => document.querySelector('[data-exhibit=\"routes.map\"]')?.map?.drawn"
        while not page.evaluate(drawn):
            page.wait_for_timeout(50)
        page.evaluate(_MOVED, figure)  # letters are measured and shapes outlined once
        before = _computed(client)
        frames, seconds = page.evaluate(_MOVED, figure)
        computing = (_computed(client) - before) / frames * 1000
        browser.close()
    return computing, frames / seconds


def _computed(client: CDPSession) -> float:
    """Seconds that the main thread of a page has computed."""
    metrics = client.send("Performance.getMetrics")["metrics"]
    return next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration")


if __name__ == "__main__":
    exhibits.load()
    with tempfile.TemporaryDirectory() as made_:
        command(Path(made_), "etl", "demo")
        print(measure_flows(Path(made_)))
