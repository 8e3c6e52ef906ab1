"""How long a reader of a peer waits for its map, pressed and looked at as the product's pages are.

A peer is drawn once its figure holds other numbers than before the press and has painted them. For
the maps of plotly that is the first moment at which MapLibre says that style, source and tiles
are loaded and no frame is due; ``plotly_afterplot`` comes later. For the bare page it is the
moment at which the new shapes stand in the document. Two frames are added, as for the product.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.pages import CHANGES, CONTROLS, FLAGS, Waits, waits_of
from tests.bench.peers.question import PORT, RELEASE
from tests.support.served import CHROMIUM, ROOT, free_port, running

ENVIRONMENT = ROOT / ".venv-peers"
#: The page of the product that answers the question of the peers.
PRODUCT = "/hotspots?measure=people"
#: Seconds in which a peer must draw its first map.
_FIRST = 60
#: Milliseconds between a painted map and the next press: what a peer still does then, such as
#: fitting its map into the page, is not counted against the next change.
_REST = 300
_HERE = Path(__file__).parent
_PYTHON = str(ENVIRONMENT / "bin" / "python")
#: What is painted now, another value for another map; null while one is being drawn.
_PLOTLY = """() => {
  const drawn = document.querySelector(".js-plotly-plot");
  const map = drawn?._fullLayout?.map?._subplot?.map;
  return map?.loaded() ? JSON.stringify(drawn.data[0].z) : null;
}"""
_SVG = """() => document.querySelector("#map svg")"""
_HAS_GL = """() => document.createElement("canvas").getContext("webgl2") !== null"""
#: Once a map is painted, presses the box of a code and answers with the milliseconds until another
#: one is; a press while none is would take the old one for new.
_CHANGE = """(code) => new Promise((resolve) => {
  const painted = %s;
  const ends = performance.now() + 60000;
  const again = (...next) => performance.now() > ends ? resolve(null) : setTimeout(...next);
  const look = (before, began) => {
    const now = painted();
    if (now === null || now === before) return again(look, 4, before, began);
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - began)));
  };
  (function press() {
    const before = painted();
    if (before === null) return again(press, 4);
    const began = performance.now();
    [...document.querySelectorAll("label")].find((label) => label.textContent.trim() === code)
      .querySelector("input").click();
    look(before, began);
  })();
})"""


@dataclass(frozen=True)
class Peer:
    """Another way to put the same map before a reader.

    Attributes:
        name: Its name in the report.
        command: What starts it, without the port of Streamlit.
        answers: Path that answers once it is ready.
        painted: Script that tells what is painted.
    """

    name: str
    command: Sequence[str]
    answers: str = "/"
    painted: str = _PLOTLY


PLAIN_DASH = Peer("plain Dash", (_PYTHON, "-m", "tests.bench.peers.plain_dash"))
STREAMLIT = Peer(
    "Streamlit",
    (_PYTHON, "-m", "streamlit", "run", str(_HERE / "streamlit_app.py"),
     "--server.headless", "true", "--server.address", "127.0.0.1",
     "--server.fileWatcherType", "none", "--browser.gatherUsageStats", "false"),
    "/_stcore/health",
)  # fmt: skip
BARE_SVG = Peer("bare SVG", (sys.executable, "-m", "tests.bench.peers.bare_svg"), painted=_SVG)
PEERS = (PLAIN_DASH, STREAMLIT, BARE_SVG)


@dataclass(frozen=True)
class PeerFigures:
    """What was measured of one peer with one set of flags.

    Attributes:
        peer: Which.
        flags: A name of ``FLAGS``.
        waits: From a press to the painted map, or None where it draws nothing without WebGL.
    """

    peer: Peer
    flags: str
    waits: Waits | None


def measure_peers(release: Path, folder: Path) -> list[PeerFigures]:
    """Serve each peer on a release and press the product's controls on it.

    Args:
        release: File of the release.
        folder: Where the peers' logs go.
    """
    figures: list[PeerFigures] = []
    with sync_playwright() as playwright:
        for number, peer in enumerate(PEERS):
            port = free_port()
            place = os.environ | {
                RELEASE: str(release), PORT: str(port), "STREAMLIT_SERVER_PORT": str(port),
                "PYTHONPATH": str(ROOT),
            }  # fmt: skip
            log = folder / f"peer-{number}.log"
            with running(peer.command, port, place, log, answers=peer.answers) as address:
                for name, flags in FLAGS.items():
                    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
                    figures.append(PeerFigures(peer, name, _measure(browser, address, peer)))
                    browser.close()
    return figures


def _measure(browser: Browser, address: str, peer: Peer) -> Waits | None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address)
    if not _draws(page, peer):
        return None
    # Each on and off again, since a map with the same numbers would not be known as another one.
    turns = [code for _, code in CONTROLS for _ in ("on", "off")]
    return waits_of([_change(page, peer, turns[turn % len(turns)]) for turn in range(CHANGES)])


def _draws(page: Page, peer: Peer) -> bool:
    """Whether the first map comes; False only in a browser without WebGL."""
    deadline = time.monotonic() + _FIRST
    while time.monotonic() < deadline:
        if page.evaluate(f"() => ({peer.painted})() !== null"):
            return True
        page.wait_for_timeout(50)
    if page.evaluate(_HAS_GL):
        raise AssertionError(f"{peer.name} drew no map in {_FIRST} seconds")
    return False


def _change(page: Page, peer: Peer, code: str) -> float:
    page.wait_for_timeout(_REST)
    waited: float | None = page.evaluate(_CHANGE % peer.painted, code)
    if waited is None:
        raise AssertionError(f"{peer.name}: no new map within a minute of {code}")
    return waited
