"""Releases: the folder of editions, its pointer, and the swap when a new one is published.

It decides which release is shown and which editions can be opened. One open file is
``open_release``; who may ask stands in ``access``.
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
#: Mark of a file's content: time of change in nanoseconds, and length.
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
        #: By id, the one used last at the end.
        self._open: dict[str, Release] = {}
        #: By id, what a file held when it had this mark; None where it may not be shown.
        self._editions: dict[str, tuple[_Mark, Edition | None]] = {}
        #: By id, the mark of a file that could not be opened, and when that was.
        self._failed: dict[str, tuple[_Mark, float]] = {}
        self._refused: dict[str, Trouble] = {}
        self._current: Release | None = None
        #: What the pointer named when it was last followed, and whether that was held back.
        self._pointer_state: tuple[str | None, bool] | None = None

    @property
    def problem(self) -> str | None:
        """Why the release that the pointer names is not shown, in one sentence, or None."""
        return self.trouble.reason if self.trouble else None

    def current(self) -> Release:
        """The release that the pointer names; the one shown before where that one is damaged.

        The pointer is read for every question, and a change is waited for: so no process answers
        from an older release than another did before, unless it cannot open the newer one.

        Raises:
            NoRelease: If there is none to show.
        """
        release, pointed = self._current, self._pointed()
        state = pointed, pointed is not None and self._holds(pointed)
        if release is None or state != self._pointer_state or self._is_hidden(release.id):
            with self._lock:
                self._follow_pointer()
                self._pointer_state = state
        elif release.id != pointed and self._lock.acquire(blocking=False):
            # The newest is held back or could not be opened: one thread checks whether it still is.
            try:
                self._follow_pointer()
            finally:
                self._lock.release()
        release = self._current
        if release is None:
            raise NoRelease(self.problem or "No release has been published yet.")
        return release

    def open(self, release_id: str) -> Release:
        """An edition by its id.

        Raises:
            NoRelease: If no edition has this id, or its file is damaged.
        """
        if not self.is_edition(release_id):
            raise NoRelease(f"There is no release {release_id}.")
        with self._lock:
            try:
                return self._open_one(release_id)
            except DamagedRelease as error:
                self._note_failure(release_id)
                raise NoRelease(f"The release {release_id} cannot be read.") from error

    def steady(self, release_id: str | None) -> Release:
        """The release that a page was loaded with, so that all its answers come from one.

        The current one where a page names none, or one that is no longer there.
        """
        for release in (self._current, self._open.get(release_id or "")):
            if release is not None and release.id == release_id:
                return self.current() if self._is_hidden(release.id) else release
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
            return None  # the log says why one cannot be shown

    def is_edition(self, release_id: str) -> bool:
        """Whether a release of this id can be opened: there, whole, admitted and not taken back."""
        return release_id in self._ids() and self._edition(release_id) is not None

    def taken_back(self) -> frozenset[str]:
        """Ids of editions that the operator has taken back."""
        ending = f".duckdb{contract.TAKEN_BACK_SUFFIX}"
        marks = (path.name for path in self.folder.glob(f"*{ending}"))
        return frozenset(name.removesuffix(ending) for name in marks)

    def digest_of(self, release_id: str) -> str:
        """SHA-256 of a file, from the digest file beside it; "" where there is none."""
        path = self.folder / f"{release_id}.duckdb{contract.DIGEST_SUFFIX}"
        try:
            return path.read_text(encoding="ascii", errors="replace").partition(" ")[0]
        except FileNotFoundError:
            return ""

    def withheld(self) -> frozenset[str]:
        """Ids of the files that this server holds back, and the operator has not taken back."""
        return frozenset(release_id for release_id in self._files() if self._holds(release_id))

    def editions(self) -> list[Edition]:
        """All editions that may be shown, the newest first; damaged files are left out."""
        descriptions = (self._edition(release_id) for release_id in self._ids())
        return [edition for edition in descriptions if edition]

    def damaged(self) -> list[str]:
        """Ids of the files that cannot be read, the newest first.

        One that can be read and may not be shown is not among them: ``_editions`` has None for it.
        """
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
        """The description of an edition's file, read again when the file changed.

        None where it cannot be read, may not be shown, or is a copy under another name.
        """
        if self._has_failed(release_id):
            return None
        mark = self._mark(release_id)
        cached = self._editions.get(release_id)
        if cached is None or cached[0] != mark:
            try:
                release = Release(self.folder / f"{release_id}.duckdb")
            except DamagedRelease:
                self._note_failure(release_id)
                return None
            is_shown = release.id == release_id and not self._admits(release)
            cached = (mark, release.edition if is_shown else None)
            release.close()
            self._editions[release_id] = cached
        return cached[1]

    def _note_failure(self, release_id: str) -> None:
        """Note that a file, as it is now, could not be opened."""
        self._failed[release_id] = (self._mark(release_id), time.monotonic())

    def _has_failed(self, release_id: str) -> bool:
        """Whether a file, unchanged since, could not be opened a moment ago."""
        mark, failed_at = self._failed.get(release_id, (None, 0.0))
        return mark == self._mark(release_id) and time.monotonic() - failed_at < RETRY_SECONDS

    def _mark(self, release_id: str) -> _Mark:
        """Time of change and length of a file; zeros where there is none of that name."""
        try:
            status = (self.folder / f"{release_id}.duckdb").stat()
        except (OSError, ValueError):
            return 0, 0
        return status.st_mtime_ns, status.st_size

    def _ids(self) -> list[str]:
        """Ids of the files that can be opened, the newest first."""
        return [release_id for release_id in self._files() if not self._holds(release_id)]

    def _files(self) -> list[str]:
        """Ids of the files that the operator has not taken back, the newest first."""
        ids = sorted((path.stem for path in self.folder.glob("*.duckdb")), reverse=True)
        # Names of releases are ASCII.
        return [name for name in ids if name.isascii() and not self._is_taken_back(name)]

    def _is_hidden(self, release_id: str) -> bool:
        """Whether no reader may open an edition: taken back by the operator, or held back here."""
        return self._is_taken_back(release_id) or self._holds(release_id)

    def _is_taken_back(self, release_id: str) -> bool:
        """Whether the operator has taken an edition back, by a mark beside its file."""
        return (self.folder / f"{release_id}.duckdb{contract.TAKEN_BACK_SUFFIX}").exists()

    def _pointed(self) -> str | None:
        """The id that the pointer names; None where no such file is."""
        pointer = self.folder / POINTER
        if not pointer.is_file():
            return None
        return pointer.read_text(encoding="ascii", errors="replace").strip()

    def _follow_pointer(self) -> None:
        """Show the release that the pointer names, or note in ``trouble`` why it is not shown.

        Then the one shown before stays, or one before it is shown.
        """
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
            self._current = self._open_one(release_id)
        except DamagedRelease as error:
            reason = f"The newest release cannot be shown: {error}"
            self._refuse(Trouble(release_id, "damaged", reason))
        else:
            self.trouble = None

    def _go_back(self, release_id: str) -> None:
        """Show the newest edition before ``release_id`` that can be shown, if there is one."""
        for earlier in (other for other in self._ids() if other < release_id):
            if self._current is not None and self._current.id == earlier:
                return
            if self._edition(earlier) is None:
                continue
            try:
                self._current = self._open_one(earlier)
            except DamagedRelease:
                self._note_failure(earlier)
            else:
                return

    def _refuse(self, trouble: Trouble) -> None:
        """Note and log why a release is not shown, and go on without it until it is tried again."""
        self._note_failure(trouble.release_id)
        self._refused[trouble.release_id] = trouble
        self.trouble = trouble
        self._fall_back(trouble.release_id)
        _log.error("%s (reference %s)", trouble.reason, trouble.reference)

    def _fall_back(self, release_id: str) -> None:
        """Keep the edition that is shown or, if that is hidden, show one before ``release_id``.

        A process that has shown none yet does the same, so that all of a server agree.
        """
        if self._current is not None and self._is_hidden(self._current.id):
            self._current = None
        if self._current is None:
            self._go_back(release_id)

    def _open_one(self, release_id: str) -> Release:
        """The open release of an id, or its file opened and read to its end.

        Raises:
            DamagedRelease: If the file is damaged, is of another id or may not be shown.
        """
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
