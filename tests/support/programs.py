"""Programs of the system that tests need: where they are found, and setting them up with apt.

Makefile and ``.ci/run`` run this file before there is an environment, so it uses nothing but
Python itself: ``python3 tests/support/programs.py`` for ``make test``, with ``--all`` for the rest.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

#: Where system programs lie that the path of a user leaves out.
BESIDE = "/usr/sbin"
#: Where Playwright keeps browsers that it downloaded itself.
_PLAYWRIGHT = "PLAYWRIGHT_BROWSERS_PATH"
#: Where it is there, what makes it is not needed.
_ENVIRONMENT = Path(__file__).parents[2] / ".venv" / "bin"


@dataclass(frozen=True)
class Program:
    """A program that tests need.

    Attributes:
        name: What people call it.
        package: Its package in Debian and Ubuntu.
        commands: Names that it is found by; one is enough.
        soon: Whether ``make test`` needs it, and not the rest alone.
    """

    name: str
    package: str
    commands: tuple[str, ...]
    soon: bool = False


CHROMIUM = Program("Chromium", "chromium", ("chromium", "chromium-browser", "google-chrome"), True)
#: Chromium without windows around its pages, for three fifths of the work; no test needs it.
SHELL = Program("Chromium's shell", "chromium-headless-shell", ("chromium-headless-shell",))
PROGRAMS = (
    Program("Python's venv", "python3-venv", (), True), CHROMIUM, SHELL,
    Program("openssl", "openssl", ("openssl",)), Program("nginx", "nginx-light", ("nginx",)),
    Program("Caddy", "caddy", ("caddy",)), Program("systemd", "systemd", ("systemd-analyze",)),
    Program("LibreOffice", "libreoffice-calc-nogui", ("soffice",)),
    Program("Impress", "libreoffice-impress", ("loimpress",)),
    Program("Writer", "libreoffice-writer", ("lowriter",)),
    Program("pdftohtml", "poppler-utils", ("pdftohtml",)), Program("Node.js", "nodejs", ("node",)),
    Program("npm", "npm", ("npm",)),
)  # fmt: skip


def found(program: Program) -> str | None:
    """Where a program lies, None where it is not installed."""
    if not program.commands:
        return sys.executable if find_spec("ensurepip") or _ENVIRONMENT.is_dir() else None
    if program is CHROMIUM and os.environ.get("CHROMIUM"):
        return shutil.which(os.environ["CHROMIUM"])
    path = f"{os.environ.get('PATH', os.defpath)}{os.pathsep}{BESIDE}"
    lying = (shutil.which(command, path=path) for command in program.commands)
    return next(filter(None, lying), None) or (program is CHROMIUM and _of_playwright()) or None


def _of_playwright() -> str | None:
    """The newest Chromium that Playwright keeps."""
    kept = os.environ.get(_PLAYWRIGHT) or Path.home() / ".cache" / "ms-playwright"
    return max(map(str, Path(kept).glob("chromium-*/chrome-linux*/chrome")), default=None)


def missing(*, everything: bool) -> tuple[Program, ...]:
    """What ``make test`` needs and does not find, or what any test needs."""
    return tuple(p for p in PROGRAMS if (everything or p.soon) and not found(p))


def set_up(lacking: Sequence[Program]) -> None:
    """Install programs where apt is here and we may use it, and say so; else name the line."""
    names = ", ".join(program.name for program in lacking)
    packages = [program.package for program in lacking]
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        print(f"The tests also need {names}. On Debian or Ubuntu run:")
        print(f"  apt install {' '.join(packages)}")
        return
    print(f"Installing {names} with apt: {' '.join(packages)}", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    options = ["-y", "-qq", "--no-install-recommends"]
    # One by one: a package that this system does not have leaves out no other.
    for words in (["update", "-qq"], *(["install", *options, package] for package in packages)):
        done = subprocess.run([apt, *words], env=quiet, stdout=subprocess.DEVNULL, check=False)
        if done.returncode != 0:
            print(f"apt could not: apt-get {' '.join(words)}", flush=True)


if __name__ == "__main__":
    if lacking := missing(everything="--all" in sys.argv[1:]):
        set_up(lacking)
