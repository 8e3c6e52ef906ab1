"""Held back: editions that a server shows to nobody, though the operator's pointer offers them.

An administrator of a server's accounts can take an edition from its readers at once, without the
operator, and give it back. Where a group wants it, every edition waits until an administrator shows
it. Both lists lie in the state folder of the web process, which may not write where releases lie.
If a list is lost, editions that wait stay hidden. Taking an edition back for good is the operator's
(``model.release``).
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

#: Files of the editions that are held back, and of those that were shown where editions wait.
FILE, SHOWN = "held-back", "shown"
#: Time of change and inode of a file.
_Mark = tuple[int, int]


class Withheld:
    """Lists of ids, one a line, in a folder; every process of a server reads them anew."""

    def __init__(self, folder: Path, *, editions_wait: bool = False) -> None:
        """Take the state folder of the web process, and whether editions wait."""
        self.editions_wait = editions_wait
        self._held, self._shown = _List(folder / FILE), _List(folder / SHOWN)

    def ids(self) -> frozenset[str]:
        """Ids of all editions that were held back."""
        return self._held.ids()

    def contains(self, release_id: str) -> bool:
        """Whether an edition is shown to nobody: it was held back, or waits."""
        return release_id in self._held.ids() or self.waits(release_id)

    def waits(self, release_id: str) -> bool:
        """Whether nobody has shown an edition yet, where editions wait."""
        return self.editions_wait and release_id not in self._shown.ids()

    def withhold(self, release_id: str) -> None:
        """Hold an edition back, durably; callers make sure that nobody else writes meanwhile."""
        self._held.write(self._held.ids() | {release_id})

    def show(self, release_id: str) -> None:
        """Show an edition, durably; callers make sure that nobody else writes meanwhile."""
        if self.waits(release_id):
            self._shown.write(self._shown.ids() | {release_id})
        self._held.write(self._held.ids() - {release_id})


class _List:
    """The ids of one file, read again when it changes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._cached: tuple[_Mark, frozenset[str]] | None = None

    def ids(self) -> frozenset[str]:
        """The ids, none where there is no file."""
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return frozenset()
        mark, cached = (status.st_mtime_ns, status.st_ino), self._cached
        if cached is None or cached[0] != mark:
            words = self._path.read_text(encoding="ascii", errors="replace").split()
            cached = self._cached = mark, frozenset(words)
        return cached[1]

    def write(self, ids: Iterable[str]) -> None:
        """Replace the file, durably and in one step, by one with these ids."""
        content = "".join(f"{release_id}\n" for release_id in sorted(ids) if release_id.isascii())
        descriptor, new = tempfile.mkstemp(dir=self._path.parent, prefix=f"{self._path.name}.")
        with os.fdopen(descriptor, "w") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(new).replace(self._path)
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
