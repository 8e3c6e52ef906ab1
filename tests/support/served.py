"""The product as its user runs it: a store of its own, a release of the sample, a served page.

Used by the browser journeys, the pictures and the benchmark. It uses the commands of the README,
never the insides of the product.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.support import programs
from tests.support.programs import found

ROOT = Path(__file__).parents[2]
#: The Chromium that is here; Playwright's own is used where it lies, never downloaded.
CHROMIUM = found(programs.CHROMIUM) or programs.CHROMIUM.name
#: What tests look at pages with, unless somebody names another.
BROWSER = CHROMIUM if os.environ.get("CHROMIUM") else found(programs.SHELL) or CHROMIUM
#: What Chromium is to leave out. Below the address bar of each new window, which no test sees, it
#: draws two pages of its own: a third of what a visit costs. The others ask the network or hold a
#: page back; Playwright leaves them out too, but of several lists Chromium reads the last alone.
_LEFT_OUT = [
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades",
    "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding",
    "PreconnectToSearch", "ThirdPartyStoragePartitioning",
]  # fmt: skip
CHROMIUM_FLAGS = [
    f"--disable-features={','.join(_LEFT_OUT)}", "--no-sandbox", "--disable-quic",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",  # the shell's letters are as wide as those of Chromium
]  # fmt: skip
#: Draws WebGL on the processor, which the product does not need and readers with a card have.
SOFTWARE_GL = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


def environment(folder: Path, **extra: str) -> dict[str, str]:
    """The environment of a store that lives in a folder.

    Modules are compiled once, as where the product is installed, whatever this machine asks for.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {
        **kept, "ATLAS_STORE": str(folder / "store"), "ATLAS_SECRETS": str(folder / "secrets"),
        "ATLAS_RELEASES": str(folder / "store" / "releases"),
        "ATLAS_STATE": str(folder / "store" / "state"), **extra,
    }  # fmt: skip


def command(folder: Path, *arguments: str, **extra: str) -> str:
    """Run one command of the operator and give what it printed; fail with its error.

    extra: More variables of its environment.
    """
    done = ran(sys.executable, "-m", *arguments, place=environment(folder, **extra))
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(arguments)}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def ran(
    *words: str, cwd: Path = ROOT, place: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """A program that ended, with all that it said."""
    return subprocess.run(
        words, cwd=cwd, env=place, capture_output=True, text=True, timeout=600, check=False
    )


def callback_body(asked: str, release: str | None) -> dict[str, Any]:
    """What a page that was loaded with a release sends for an answer."""
    return {
        "output": "answer.data",
        "outputs": {"id": "answer", "property": "data"},
        "inputs": [{"id": "asked", "property": "data", "value": asked}],
        "state": [{"id": "release", "property": "data", "value": release}],
        "changedPropIds": ["asked.data"],
    }


def free_port() -> int:
    """A port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(folder: Path, state: Path | None = None, **extra: str) -> Iterator[str]:
    """Serve a folder's releases; give the address once it answers that it is ready.

    Where others serve the same folder, what this server writes goes to ``state``; ``extra`` are
    more variables of its environment.
    """
    with serving(folder, state, **extra) as (port, _):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def serving(
    folder: Path, state: Path | None = None, *, answers: str = "/readyz", **extra: str
) -> Iterator[tuple[int, int]]:
    """The same; give the port and the id of the process once a path answers 200."""
    port = free_port()
    state = state or folder / "store" / "state"
    state.mkdir(parents=True, exist_ok=True)
    place = environment(folder, ATLAS_PORT=str(port), ATLAS_STATE=str(state), **extra)
    log = state / "server.log"
    with started([sys.executable, "app.py"], port, place, log, answers=answers) as server:
        yield port, server.pid


@contextmanager
def running(
    command: Sequence[str], port: int, place: Mapping[str, str], log: Path, *, cwd: Path = ROOT,
    answers: str = "/readyz",
) -> Iterator[str]:  # fmt: skip
    """Start a server on a port; give its address once a path answers 200, and stop it after."""
    with started(command, port, place, log, cwd=cwd, answers=answers):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def started(
    command: Sequence[str], port: int, place: Mapping[str, str], log: Path, *, cwd: Path = ROOT,
    answers: str = "/readyz",
) -> Iterator[subprocess.Popen[bytes]]:  # fmt: skip
    """The process of a server, with the arguments of ``running``."""
    with log.open("w") as said:
        server = subprocess.Popen(  # noqa: S603 -- our own command line
            command, cwd=cwd, env=place, stdout=said, stderr=subprocess.STDOUT
        )
        try:
            _wait_until_ready(f"http://127.0.0.1:{port}{answers}", server, log)
            yield server
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait_until_ready(asked: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise AssertionError(f"the server stopped:\n{log.read_text()}")
        try:
            with urllib.request.urlopen(asked, timeout=5) as answer:  # noqa: S310
                if answer.status == 200:
                    return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError(f"the server was not ready in a minute:\n{log.read_text()}")


def resident(process: int) -> int:
    """Bytes of memory of a process and those it started, what they share once; 0 if not told."""
    return sum(map(_share, family(process)))


def family(process: int) -> list[int]:
    """A process and those it started, as far as the system lists them."""
    found = [process]
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        # A thread or a process may end while it is looked at.
        with suppress(OSError):
            found += [one for child in listed.read_text().split() for one in family(int(child))]
    return found


def _share(process: int) -> int:
    """Resident bytes of a process, of pages that several have its share."""
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    pages = re.search(r"^Pss:\s+(\d+) kB", told, re.MULTILINE)
    return int(pages[1]) * 1024 if pages else 0
