"""Held back: editions that a server shows to nobody, though the operator's pointer offers them.

Who rules the accounts of a server can take an edition from its readers at once, without the
operator, and give it back. The file lies among what the web process keeps, since it may write
nothing where releases lie. Taking an edition back for good is the operator's (``model.release``).
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

FILE = "held-back"


class HeldBack:
    """The list of editions held back, one id a line; every process of a server reads it anew."""

    def __init__(self, folder: Path) -> None:
        """Take the folder of what the web process keeps."""
        self._path = folder / FILE
        self._known: tuple[tuple[int, int], frozenset[str]] | None = None

    def ids(self) -> frozenset[str]:
        """Ids of all that is held back; what is no id in the file holds nothing back."""
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return frozenset()
        mark, known = (status.st_mtime_ns, status.st_ino), self._known
        if known is None or known[0] != mark:
            words = self._path.read_text(encoding="ascii", errors="replace").split()
            known = self._known = mark, frozenset(words)
        return known[1]

    def hold(self, release_id: str) -> None:
        """Hold an edition back, durably; who calls makes sure that nobody else writes meanwhile."""
        self._write(self.ids() | {release_id})

    def show(self, release_id: str) -> None:
        """Hold it back no longer; who calls makes sure that nobody else writes meanwhile."""
        self._write(self.ids() - {release_id})

    def _write(self, ids: Iterable[str]) -> None:
        new = self._path.with_suffix(".new")
        content = "".join(f"{each}\n" for each in sorted(ids) if each.isascii())
        with os.fdopen(os.open(new, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._path)
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
