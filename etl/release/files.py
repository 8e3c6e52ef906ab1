"""Files: names of releases, a file that is sealed for good, and the pointer to the current one."""

from __future__ import annotations

import os
import secrets
import sys
from datetime import datetime
from pathlib import Path

from dashboard.model.periods import Month

POINTER = "current"
SUFFIX = ".duckdb"


def new_release_id(last_month: Month, built_at: datetime) -> str:
    """An id that sorts by last month and time of building and never comes twice."""
    return f"{last_month}-{built_at:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"


def building_path(folder: Path, release_id: str) -> Path:
    """Where a release is built, beside its final name so that renaming is atomic."""
    return folder / f"{release_id}{SUFFIX}.building"


def clear_unfinished(folder: Path) -> None:
    """Remove what a killed publication left; call it under the store's lock."""
    for left in folder.glob(f"*{SUFFIX}.building*"):
        left.unlink()


def seal(building: Path, folder: Path, release_id: str) -> Path:
    """Give a finished file its final name; return it.

    Raises:
        RuntimeError: If the database was left with a write-ahead log, or the name is taken.
    """
    final = folder / f"{release_id}{SUFFIX}"
    if Path(f"{building}.wal").exists():
        raise RuntimeError(f"{building.name} was closed with an open write-ahead log")
    if final.exists():
        raise RuntimeError(f"{final.name} exists; a release is never overwritten")
    _sync_file(building)
    building.chmod(0o444)
    building.rename(final)
    _sync_folder(folder)
    return final


def point_to(folder: Path, release_id: str) -> None:
    """Make a release the current one, in one step."""
    new = folder / f"{POINTER}.new"
    new.write_text(f"{release_id}\n", encoding="ascii")
    _sync_file(new)
    new.replace(folder / POINTER)
    _sync_folder(folder)


def _sync_file(path: Path) -> None:
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())


def _sync_folder(folder: Path) -> None:
    """Make a rename durable; Windows keeps no handle on folders and syncs them itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
