"""Durable: files of the operator's half that are put in place in one step and survive a crash."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


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


def is_no_room(problem: BaseException) -> bool:
    """Whether a file could not grow; databases repeat the system's words in their own errors."""
    return any(os.strerror(code) in str(problem) for code in _NO_ROOM)
