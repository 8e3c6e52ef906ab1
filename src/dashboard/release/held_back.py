"""Held back: editions that a server shows to nobody, though the operator's pointer offers them.

Who rules the accounts of a server can take an edition from its readers at once, without the
operator, and give it back. Where a group wants it, new editions wait until such a person shows
them. Both lists lie among what the web process keeps, since it may write nothing where releases
lie. Taking an edition back for good is the operator's (``model.release``).
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

#: What is held back, and what was let in where new editions wait.
FILE, LET_IN = "held-back", "let-in"
#: Time of change and inode of a file or folder; None where there is none.
_Mark = tuple[int, int] | None


@dataclass(frozen=True)
class _Known:
    """What was read, and of which files and folders."""

    marks: tuple[_Mark, ...]
    held: frozenset[str]
    waiting: frozenset[str]


class HeldBack:
    """Lists of ids, one a line, in a folder; every process of a server reads them anew."""

    def __init__(self, folder: Path, wait_in: Collection[Path] = ()) -> None:
        """Take the folder of what the web process keeps.

        Args:
            folder: That folder.
            wait_in: Folders of releases whose new editions wait until they are shown. What lies
                there when they are given for the first time was shown before, so it does not wait.
        """
        self._held, self._let_in = folder / FILE, folder / LET_IN
        self._wait_in = tuple(wait_in)
        self._known: _Known | None = None
        if self._wait_in and not self._let_in.exists():
            _write(self._let_in, self._there())

    @property
    def new_ones_wait(self) -> bool:
        """Whether a new edition waits until it is shown."""
        return bool(self._wait_in)

    def ids(self) -> frozenset[str]:
        """Ids of all that is shown to nobody; what is no id in a list says nothing."""
        known = self._read()
        return known.held | known.waiting

    def waiting(self) -> frozenset[str]:
        """Ids of those among them that nobody has shown yet."""
        return self._read().waiting

    def hold(self, release_id: str) -> None:
        """Hold an edition back, durably; who calls makes sure that nobody else writes meanwhile."""
        _write(self._held, self._read().held | {release_id})

    def show(self, release_id: str) -> None:
        """Hold it back no longer; who calls makes sure that nobody else writes meanwhile."""
        if self._wait_in:
            _write(self._let_in, _ids_in(self._let_in) | {release_id})
        _write(self._held, self._read().held - {release_id})

    def _read(self) -> _Known:
        marks = tuple(_mark(path) for path in (self._held, self._let_in, *self._wait_in))
        if self._known is None or self._known.marks != marks:
            held = _ids_in(self._held)
            waiting = self._there() - _ids_in(self._let_in) - held if self._wait_in else ()
            self._known = _Known(marks, held, frozenset(waiting))
        return self._known

    def _there(self) -> frozenset[str]:
        """Ids of the releases in the folders whose editions wait."""
        return frozenset(path.stem for folder in self._wait_in for path in folder.glob("*.duckdb"))


def _mark(path: Path) -> _Mark:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_mtime_ns, status.st_ino


def _ids_in(path: Path) -> frozenset[str]:
    try:
        return frozenset(path.read_text(encoding="ascii", errors="replace").split())
    except FileNotFoundError:
        return frozenset()


def _write(path: Path, ids: Iterable[str]) -> None:
    new = path.with_suffix(".new")
    content = "".join(f"{each}\n" for each in sorted(ids) if each.isascii())
    with os.fdopen(os.open(new, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
