"""Wheels as they are published: built from a folder with the tool that the project names."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.support.served import ran


def build_wheel(source: Path, folder: Path) -> Path:
    """Build the wheel of a source tree into a folder, without a network."""
    words = ("-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    done = ran(sys.executable, *words, cwd=source)
    if done.returncode != 0:
        raise AssertionError(done.stdout + done.stderr)
    (wheel,) = folder.glob("*.whl")
    return wheel
