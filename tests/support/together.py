"""Folders that one worker makes and all use: of one run, or of all runs until a source changes."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: Where folders lie that are kept from run to run; git ignores it and ``make clean`` removes it.
KEPT = ROOT / ".pytest_cache" / "made"
#: What stands beside a folder that is whole, and in it a list of what the folder held then.
_WHOLE = ".whole"
_DAY = 86_400


def made_together(
    temporary: pytest.TempPathFactory, name: str, make: Callable[[Path], object]
) -> Path:
    """A folder that is made once for all workers of a run; nobody changes it.

    Args:
        temporary: Where the run has its folders.
        name: Name of the folder.
        make: Fills the folder, which is not there before.
    """
    together = temporary.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        together = together.parent
    return _made(together / name, make)


def kept_together(
    name: str, make: Callable[[Path], object], follows_from: str, *, kept: Path = KEPT
) -> Path:
    """A folder that is made once for all runs, until what it follows from changes.

    Args:
        name: Name of the folder.
        make: Fills the folder, which is not there before.
        follows_from: A digest of all that the folder follows from.
        kept: Where such folders lie.
    """
    folder = _made(kept / f"{name}-{follows_from}", make)
    for whole in kept.glob(f"{name}-*{_WHOLE}"):
        if whole.stat().st_mtime < time.time() - _DAY:  # no run that is still on uses it
            whole.unlink(missing_ok=True)
            shutil.rmtree(whole.with_suffix(""), ignore_errors=True)
    return folder


def digest(sources: Iterable[Path], *beside: str, root: Path = ROOT) -> str:
    """A digest of names and contents of files, of folders all that stands in them, and of words."""
    read = hashlib.sha256(repr(beside).encode())
    for path in sorted(found for source in sources for found in _files(source)):
        content = path.read_bytes()
        read.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode() + content)
    return read.hexdigest()[:16]


def _files(source: Path) -> Iterator[Path]:
    if source.is_file():
        yield source
    for path in source.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path


def _made(folder: Path, make: Callable[[Path], object]) -> Path:
    """The folder, made unless it is whole and holds what it held when it was made."""
    whole = folder.with_name(folder.name + _WHOLE)
    with _locked(folder.with_name(folder.name + ".lock")):
        if not (whole.exists() and whole.read_text(encoding="utf-8") == _listed(folder)):
            whole.unlink(missing_ok=True)
            shutil.rmtree(folder, ignore_errors=True)
            make(folder)
            whole.write_text(_listed(folder), encoding="utf-8")
        whole.touch()
    return folder


def _listed(folder: Path) -> str:
    """Names, sizes and times of a folder's files: who changes one makes it anew for the next."""
    files = sorted((str(path.relative_to(folder)), path.stat()) for path in _files(folder))
    return json.dumps([[name, told.st_size, told.st_mtime_ns] for name, told in files])


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
