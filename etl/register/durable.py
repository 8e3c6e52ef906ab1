"""Durable: files of the operator's half that are put in place in one step and survive a crash."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def replace_file(new: Path, path: Path) -> None:
    """Put a finished file in the place of another, durably and in one step."""
    with new.open("rb+") as handle:
        os.fsync(handle.fileno())
    new.replace(path)
    sync_folder(path.parent)


def remove_file(path: Path) -> None:
    """Remove a file for good; nothing happens when it is not there."""
    path.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renamings and removals in a folder durable; Windows syncs them itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
