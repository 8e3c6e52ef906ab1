"""Releases: the folder of editions, its pointer, and the swap when a new one is published.

Here is decided which release is shown and which editions can be opened. What one file holds stands
in ``open_release``; who may ask stands in ``security``.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dashboard.model import release as contract
from dashboard.model.edition import Edition
from dashboard.release.admission import Admits, admits_any
from dashboard.release.description import DamagedRelease, NoRelease
from dashboard.release.open_release import Release

POINTER = "current"
#: Seconds after which a file that could not be opened is tried again, though it has not changed: a
#: busy machine can be the reason.
RETRY_SECONDS = 60.0
#: Editions kept open; the ones longest unused are let go and close when their last reader ends.
KEPT_OPEN = 8

_log = logging.getLogger(__name__)
#: What tells one content of a file from another: time of change in nanoseconds, and length.
_Mark = tuple[int, int]


def withhold_none(_: str) -> bool:
    """Hold no edition back."""
    return False


@dataclass(frozen=True)
class Trouble:
    """Why the release that the pointer names is not shown.

    Attributes:
        release_id: That release.
        kind: What is wrong with its file, or that it is held back.
        reason: One sentence for the operator.
    """

    release_id: str
    kind: Literal["damaged", "missing", "held"]
    reason: str

    @property
    def reference(self) -> str:
        """The short name under which the log has it, the same in every process."""
        return hashlib.sha256(f"{self.release_id}\n{self.reason}".encode()).hexdigest()[:8]


class Releases:
    """The folder of releases and its pointer. Safe to share between threads.

    An operator takes an edition back by a mark beside its file (see ``model.release``), and a
    server may hold one back: no reader opens it from then on, not even with a page that was loaded
    with it.

    Attributes:
        trouble: Why the release that the pointer names is not shown, or None.
    """

    def __init__(
        self,
        folder: Path,
        *,
        beside: Releases | None = None,
        admits: Admits = admits_any,
        holds: Callable[[str], bool] = withhold_none,
    ) -> None:
        """Take a folder.

        Args:
            folder: The folder.
            beside: The folder of published releases whose newest stands beside each of these.
            admits: Which release may be shown; says why not.
            holds: Whether an edition is held back (see ``withheld``).
        """
        self.folder = folder
        self._holds = holds
        self._beside = beside
        self._admits = admits
        self.trouble: Trouble | None = None
        self._lock = threading.Lock()
        self._open: dict[str, Release] = {}
        self._editions: dict[str, tuple[_Mark, Edition | None]] = {}
        self._failed: dict[str, tuple[_Mark, float]] = {}
        self._refused: dict[str, Trouble] = {}
        self._current: Release | None = None
        self._decided: tuple[str | None, bool] | None = None

    @property
    def problem(self) -> str | None:
        """Why the release that the pointer names is not shown, in one sentence, or None."""
        return self.trouble.reason if self.trouble else None

    def current(self) -> Release:
        """The release that the pointer names; the one shown until then where that one is damaged.

        The pointer is read for every question, and what it says anew is waited for: whoever was
        answered from a release by one process is answered from none before it by another, unless
        that one cannot open it.

        Raises:
            NoRelease: If there is none to show.
        """
        shown, pointed = self._current, self._pointed()
        said = pointed, pointed is not None and self._holds(pointed)
        if shown is None or said != self._decided or self._is_taken_back(shown.id):
            with self._lock:
                self._follow_pointer()
                self._decided = said
        elif shown.id != pointed and self._lock.acquire(blocking=False):
            # It is held back or could not be opened: one thread looks whether that is still so.
            try:
                self._follow_pointer()
            finally:
                self._lock.release()
        shown = self._current
        if shown is None:
            raise NoRelease(self.problem or "No release has been published yet.")
        return shown

    def open(self, release_id: str) -> Release:
        """An edition by its id.

        Raises:
            NoRelease: If no edition has this id, or its file is damaged.
        """
        if not self.is_edition(release_id):
            raise NoRelease(f"There is no release {release_id}.")
        with self._lock:
            try:
                return self._opened(release_id)
            except DamagedRelease as error:
                self._note_failure(release_id)
                raise NoRelease(f"The release {release_id} cannot be read.") from error

    def steady(self, release_id: str | None) -> Release:
        """The release that a page was loaded with, so that all its answers come from one.

        The current one for a page that names none, or one that is no longer there.
        """
        for release in (self._current, self._open.get(release_id or "")):
            if release is not None and release.id == release_id:
                return self.current() if self._is_taken_back(release.id) else release
        if release_id is None or not self.is_edition(release_id):
            return self.current()
        try:
            return self.open(release_id)
        except NoRelease:
            return self.current()

    def beside(self) -> Release | None:
        """The newest release of published sources, None where there is none to show."""
        if self._beside is None:
            return None
        try:
            return self._beside.current()
        except NoRelease:
            return None  # one that cannot be shown is told in the log

    def is_edition(self, release_id: str) -> bool:
        """Whether a release of this id can be opened: there, whole, admitted and not taken back."""
        return release_id in self._ids() and self._edition(release_id) is not None

    def taken_back(self) -> frozenset[str]:
        """Ids of editions that the operator has taken back."""
        ending = f".duckdb{contract.TAKEN_BACK_SUFFIX}"
        marks = (path.name for path in self.folder.glob(f"*{ending}"))
        return frozenset(name.removesuffix(ending) for name in marks)

    def digest_of(self, release_id: str) -> str:
        """SHA-256 of a file as it stands beside it; "" where none does."""
        path = self.folder / f"{release_id}.duckdb{contract.DIGEST_SUFFIX}"
        try:
            return path.read_text(encoding="ascii", errors="replace").partition(" ")[0]
        except FileNotFoundError:
            return ""

    def withheld(self) -> frozenset[str]:
        """Ids of the files that this server holds back, and the operator has not taken back."""
        return frozenset(each for each in self._files() if self._holds(each))

    def editions(self) -> list[Edition]:
        """All editions that may be shown, the newest first; damaged files are left out."""
        descriptions = (self._edition(release_id) for release_id in self._ids())
        return [edition for edition in descriptions if edition]

    def damaged(self) -> list[str]:
        """Ids of all files that cannot be read, the newest first; none that may not be shown."""
        return [
            release_id
            for release_id in self._ids()
            if self._edition(release_id) is None
            and self._editions.get(release_id) != (self._mark(release_id), None)
        ]

    def fingerprint(self) -> str:
        """A short name for the files of the folder as they are now, without opening any."""
        marks = [(release_id, self._mark(release_id)) for release_id in self._ids()]
        published = self._beside.fingerprint() if self._beside else ""
        return hashlib.sha256(f"{marks!r}{published}".encode()).hexdigest()[:12]

    def _edition(self, release_id: str) -> Edition | None:
        """What a file says of itself, read again when it changed.

        None where it cannot be read; where it may not be shown, or is a copy under another name,
        that is what is remembered.
        """
        if self._has_failed(release_id):
            return None
        mark = self._mark(release_id)
        known = self._editions.get(release_id)
        if known is None or known[0] != mark:
            try:
                release = Release(self.folder / f"{release_id}.duckdb")
            except DamagedRelease:
                self._note_failure(release_id)
                return None
            shown = release.id == release_id and not self._admits(release)
            known = (mark, release.edition if shown else None)
            release.close()
            self._editions[release_id] = known
        return known[1]

    def _note_failure(self, release_id: str) -> None:
        self._failed[release_id] = (self._mark(release_id), time.monotonic())

    def _has_failed(self, release_id: str) -> bool:
        """Whether a file as it is now could not be opened, a moment ago."""
        mark, at = self._failed.get(release_id, (None, 0.0))
        return mark == self._mark(release_id) and time.monotonic() - at < RETRY_SECONDS

    def _mark(self, release_id: str) -> _Mark:
        """Time of change and length of a file; zeros for none, and for what no file is called."""
        try:
            status = (self.folder / f"{release_id}.duckdb").stat()
        except (OSError, ValueError):
            return 0, 0
        return status.st_mtime_ns, status.st_size

    def _ids(self) -> list[str]:
        """Ids of what can be opened, the newest first."""
        return [each for each in self._files() if not self._holds(each)]

    def _files(self) -> list[str]:
        """Ids of what the operator has not taken back, the newest first."""
        ids = sorted((path.stem for path in self.folder.glob("*.duckdb")), reverse=True)
        # A name of other letters, or of bytes that are none, is that of no release.
        return [each for each in ids if each.isascii() and not self._has_mark(each)]

    def _is_taken_back(self, release_id: str) -> bool:
        """Whether no reader may open an edition: taken back by the operator, or held back here."""
        return self._has_mark(release_id) or self._holds(release_id)

    def _has_mark(self, release_id: str) -> bool:
        return (self.folder / f"{release_id}.duckdb{contract.TAKEN_BACK_SUFFIX}").exists()

    def _pointed(self) -> str | None:
        """The id that the pointer names; None where no such file is."""
        pointer = self.folder / POINTER
        if not pointer.is_file():
            return None
        return pointer.read_text(encoding="ascii", errors="replace").strip()

    def _follow_pointer(self) -> None:
        release_id = self._pointed()
        if release_id is None:
            return
        if self._holds(release_id):
            self._fall_back(release_id)
            self._go_back(release_id)
            reason = "The newest release is held back or waits, and none before it is shown."
            self.trouble = None if self._current else Trouble(release_id, "held", reason)
            return
        if self._current is not None and release_id == self._current.id:
            self.trouble = None
            return
        if self._has_failed(release_id) and release_id in self._refused:
            self.trouble = self._refused[release_id]
            self._fall_back(release_id)
            return
        # The pointer is the last word: a rollback unmarks a release after it has pointed to it.
        if not (self.folder / f"{release_id}.duckdb").is_file():
            reason = f"The file of the newest release, {release_id}, is missing."
            self._refuse(Trouble(release_id, "missing", reason))
            return
        try:
            self._current = self._opened(release_id)
        except DamagedRelease as error:
            reason = f"The newest release cannot be shown: {error}"
            self._refuse(Trouble(release_id, "damaged", reason))
        else:
            self.trouble = None

    def _go_back(self, release_id: str) -> None:
        """Show the newest edition before one that is not to be shown, of those that can be."""
        for earlier in (each for each in self._ids() if each < release_id):
            if self._current is not None and self._current.id == earlier:
                return
            if self._edition(earlier) is None:
                continue
            try:
                self._current = self._opened(earlier)
            except DamagedRelease:
                self._note_failure(earlier)
            else:
                return

    def _refuse(self, trouble: Trouble) -> None:
        """Go on with what is shown; the file is tried again once it has changed, or later."""
        self._note_failure(trouble.release_id)
        self._refused[trouble.release_id] = trouble
        self.trouble = trouble
        self._fall_back(trouble.release_id)
        _log.error("%s (reference %s)", trouble.reason, trouble.reference)

    def _fall_back(self, release_id: str) -> None:
        """Where an edition cannot be shown, show the one before it, but none that was taken back.

        So does a process that has shown none yet: all of a server show the same.
        """
        if self._current is not None and self._is_taken_back(self._current.id):
            self._current = None
        if self._current is None:
            self._go_back(release_id)

    def _opened(self, release_id: str) -> Release:
        release = self._open.pop(release_id, None)
        if release is None:
            release = Release(
                self.folder / f"{release_id}.duckdb",
                editions=self.editions,
                damaged=self.damaged,
                beside=self.beside,
            )
            if release.id != release_id:
                raise DamagedRelease(f"{release.path.name} holds the release {release.id}")
            if reason := self._admits(release):
                self._editions[release_id] = (self._mark(release_id), None)
                raise DamagedRelease(f"{release.path.name} {reason}")
            release.scan()
        self._failed.pop(release_id, None)
        self._open[release_id] = release
        self._editions[release_id] = (self._mark(release_id), release.edition)
        while len(self._open) > KEPT_OPEN:
            self._open.pop(next(iter(self._open)))
        return release
