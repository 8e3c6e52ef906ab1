"""Wheels as they are published: built from a folder with the tool that the project names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def build_wheel(source: Path, folder: Path) -> Path:
    """Build the wheel of a source tree into a folder, without a network."""
    done = subprocess.run(  # noqa: S603 -- our own command line
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=source,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise AssertionError(done.stdout + done.stderr)
    (wheel,) = folder.glob("*.whl")
    return wheel
