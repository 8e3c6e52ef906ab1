"""Releases: open a release file read-only and hardened, and swap when a new one is published.

Here stands all access to release files: the connection, what a release says about itself, its
places and labels, and the pointer that names the current one. Which questions are asked of the
units stands in ``queries``; who may ask stands in ``security``.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
import weakref
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import duckdb

from dashboard.deadlines import Deadlines
from dashboard.edition import (
    DamagedRelease,
    Edition,
    Fold,
    Place,
    check_shape,
    read_edition,
    read_errors,
    read_exact,
    read_folds,
    read_labels,
    read_parents,
    read_places,
)
from dashboard.filters import default_period
from dashboard.model import release as contract
from dashboard.model.facts import FACTS
from dashboard.model.languages import in_words_of
from dashboard.model.periods import Span

#: The same for every connection of the process: DuckDB refuses a second config for one path.
CONNECT_CONFIG: Mapping[str, str | bool | int] = MappingProxyType(
    {
        "access_mode": "READ_ONLY",
        "enable_external_access": False,
        "autoload_known_extensions": False,
        "autoinstall_known_extensions": False,
        "allow_community_extensions": False,
        "max_temp_directory_size": "0GB",
        "memory_limit": "1GB",
        "threads": 2,
        "lock_configuration": True,
    }
)
QUERY_SECONDS = 5.0
#: Values kept by ``Release.remember`` before all are let go; readers choose some of its keys.
REMEMBERED = 4096
POINTER = "current"
#: Seconds for which a pointer once read is believed; with the time of opening, less than one.
POINTER_SECONDS = 0.5
#: Editions kept open; the ones longest unused are let go and close when their last reader ends.
KEPT_OPEN = 8

_log = logging.getLogger(__name__)
#: What tells one content of a file from another: time of change in nanoseconds, and length.
_Mark = tuple[int, int]


class NoRelease(Exception):  # noqa: N818 -- says a state, as its page does
    """There is no release that can be shown; the message says why in one sentence."""


class QueryTimeout(Exception):  # noqa: N818
    """A query ran longer than ``QUERY_SECONDS`` and was stopped."""


@dataclass(frozen=True)
class Trouble:
    """Why the release that the pointer names is not shown.

    Attributes:
        release_id: That release.
        kind: What is wrong with its file.
        reason: One sentence for the operator.
    """

    release_id: str
    kind: Literal["damaged", "missing"]
    reason: str

    @property
    def reference(self) -> str:
        """The short name under which the log has it, the same in every process."""
        return hashlib.sha256(f"{self.release_id}\n{self.reason}".encode()).hexdigest()[:8]


class Release:
    """One open release file. Safe to share between threads.

    Raises:
        DamagedRelease: If the file cannot be opened or has another shape than the contract.
    """

    def __init__(
        self,
        path: Path,
        *,
        editions: Callable[[], list[Edition]] | None = None,
        damaged: Callable[[], list[str]] | None = None,
    ) -> None:
        self.path = path
        self.editions = editions or (lambda: [self.edition])
        self.damaged: Callable[[], list[str]] = damaged or (lambda: [])
        self._check_digest()
        try:
            self._connection = duckdb.connect(str(path), config=dict(CONNECT_CONFIG))
        except duckdb.Error as error:
            raise DamagedRelease(f"{path.name} cannot be opened as a release") from error
        self._deadlines = Deadlines(QUERY_SECONDS)
        self._finish = weakref.finalize(self, _end, self._deadlines, self._connection)
        self._memory: dict[Hashable, Any] = {}
        try:
            self._tables = check_shape(self.query)
            self.edition: Edition = read_edition(self.query)
            self.places: Mapping[str, Place] = read_places(self.query)
            today = self.edition.last_month.first_day
            self._parents = read_parents(self.query, self.places, today)
            self._labels = read_labels(self.query)
            self._bases = dict(self.query("SELECT fact, base FROM protection"))
            self._errors = read_errors(self.query)
            later = "folded" in self._tables
            self._exact = read_exact(self.query) if later else frozenset()
            self.folds: tuple[Fold, ...] = read_folds(self.query) if later else ()
        except (duckdb.Error, DamagedRelease) as error:
            self.close()
            raise DamagedRelease(f"{path.name} is not a whole release: {error}") from error

    @property
    def id(self) -> str:
        """Id of the release."""
        return self.edition.release_id

    @property
    def span(self) -> Span:
        """All months of the release."""
        return Span(self.edition.first_month, self.edition.last_month)

    @property
    def default_period(self) -> Span:
        """The months shown when a reader has chosen none."""
        return default_period(self.edition.last_month.first_day, self.edition.first_month.first_day)

    def is_place(self, code: str) -> bool:
        """Whether the release knows a place code, of a level that its readers may ask for."""
        place = self.places.get(code)
        return place is not None and self.edition.offers_level(place.level)

    def place_name(self, code: str, lang: str = "en") -> str:
        """Name of a place; English where Bangla is missing, the code where it is unknown."""
        place = self.places.get(code)
        if place is None:
            return code
        return in_words_of(lang, place.name_en, place.name_bn)

    def children(self, code: str) -> tuple[str, ...]:
        """Codes of the places directly below a place today, by name."""
        return self._parents.below.get(code, ())

    def parent(self, code: str, level: str) -> str | None:
        """Ancestor of a place at a level today, or None."""
        return self._parents.above.get((code, level))

    def label(self, code_list_id: str, code: str | None, lang: str = "en") -> str:
        """Label of a code; None reads "Not recorded", an unknown code reads as itself."""
        if code is None:
            return in_words_of(lang, "Not recorded", "লিপিবদ্ধ নয়")
        english, bangla = self._labels.get((code_list_id, code), (code, ""))
        return in_words_of(lang, english, bangla)

    def base(self, fact_id: str) -> int:
        """Protection base of a fact; 1 means that its units are the records themselves."""
        return self._bases[fact_id]

    def expected_error(self, fact_id: str, view_id: str, grain: str) -> float | None:
        """How far a number of a view is off on average; None where the release does not say."""
        return self._errors.get((fact_id, view_id, grain))

    def is_exact(self, fact_id: str, period: date) -> bool:
        """Whether the total of one period is exact: always where nothing is protected."""
        return self.base(fact_id) == 1 or (fact_id, period) in self._exact

    def query(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Rows of one statement with bound values, on a cursor of its own.

        Raises:
            QueryTimeout: If it ran longer than ``QUERY_SECONDS``.
        """
        cursor = self._connection.cursor()
        try:
            with self._deadlines.watched(cursor):
                return cursor.execute(sql, list(values)).fetchall()
        except duckdb.InterruptException as error:
            raise QueryTimeout(f"stopped after {self._deadlines.seconds:g} seconds") from error
        finally:
            cursor.close()

    def remember(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """A value that only depends on the release: made once and kept, within bounds."""
        if key not in self._memory:
            if len(self._memory) >= REMEMBERED:
                self._memory.clear()
            self._memory[key] = make()
        return self._memory[key]

    def scan(self) -> None:
        """Check the digest, read every column of every table and check the sizes of units.

        Opening a truncated file can succeed, so this is what readiness rests on.

        Raises:
            DamagedRelease: If anything cannot be read or a check of the publisher failed.
        """
        self._check_digest()
        try:
            for table in self._tables:
                self.query(f"SELECT count(*), bit_xor(hash(t)) FROM {table} t")  # noqa: S608
            for fact in FACTS:
                self._check_sizes(fact.id)
            checks = self.query("SELECT name, passed FROM build_check ORDER BY passed")
        except (duckdb.Error, QueryTimeout) as error:
            raise DamagedRelease(f"{self.path.name} cannot be read to its end") from error
        if not checks:
            raise DamagedRelease(f"{self.path.name} was never checked")
        if not checks[0][1]:
            raise DamagedRelease(f"{self.path.name} failed the check {checks[0][0]!r}")

    def close(self) -> None:
        """Close the file; queries after this fail."""
        self._finish()

    def _check_digest(self) -> None:
        """Compare the file with the digest beside it, where one lies there.

        The database's own sums see every flipped bit, but not two words that changed places.
        """
        listed = self.path.with_name(self.path.name + contract.DIGEST_SUFFIX)
        try:
            if not listed.is_file():
                return
            with self.path.open("rb") as file:
                held = hashlib.file_digest(file, "sha256").hexdigest()
            told = listed.read_text(encoding="ascii", errors="replace").split()
        except OSError as error:
            raise DamagedRelease(f"{self.path.name} cannot be read") from error
        if told[:1] != [held]:
            raise DamagedRelease(f"{self.path.name} is not as it was published")

    def _check_sizes(self, fact_id: str) -> None:
        sql = f"SELECT count(*) FROM {fact_id} WHERE size IS NULL OR size < ?"  # noqa: S608
        if self.query(sql, [self.base(fact_id)]) != [(0,)]:
            raise DamagedRelease(f"{self.path.name} holds a unit of {fact_id} below its base")


def _end(deadlines: Deadlines, connection: duckdb.DuckDBPyConnection) -> None:
    """End the watch and close the file, also for a release that nobody holds any more.

    A file still open when the interpreter ends can abort the process.
    """
    deadlines.stop()
    connection.close()


class Releases:
    """The folder of releases and its pointer. Safe to share between threads.

    Attributes:
        trouble: Why the release that the pointer names is not shown, or None.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.trouble: Trouble | None = None
        self._lock = threading.Lock()
        self._open: dict[str, Release] = {}
        self._editions: dict[str, tuple[_Mark, Edition | None]] = {}
        self._refused: dict[str, _Mark] = {}
        self._current: Release | None = None
        self._read_at = float("-inf")

    @property
    def problem(self) -> str | None:
        """Why the release that the pointer names is not shown, in one sentence, or None."""
        return self.trouble.reason if self.trouble else None

    def current(self) -> Release:
        """The release that the pointer names; the one before it when that one is damaged.

        Raises:
            NoRelease: If there is none to show.
        """
        now = time.monotonic()
        due = self._current is None or now - self._read_at >= POINTER_SECONDS
        # One thread opens a new release; the others go on with the one that is shown.
        if due and self._lock.acquire(blocking=self._current is None):
            try:
                self._follow_pointer()
                self._read_at = now
            finally:
                self._lock.release()
        if self._current is None:
            raise NoRelease(self.problem or "No release has been published yet.")
        return self._current

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
                raise NoRelease(f"The release {release_id} cannot be read.") from error

    def steady(self, release_id: str | None) -> Release:
        """The release that a page was loaded with, so that all its answers come from one.

        The current one for a page that names none, or one that is no longer there.
        """
        for release in (self._current, self._open.get(release_id or "")):
            if release is not None and release.id == release_id:
                return release
        if release_id is None or not self.is_edition(release_id):
            return self.current()
        try:
            return self.open(release_id)
        except NoRelease:
            return self.current()

    def is_edition(self, release_id: str) -> bool:
        """Whether the folder holds a release of this id."""
        return release_id in self._ids()

    def editions(self) -> list[Edition]:
        """All readable editions, the newest first; damaged files are left out."""
        found = (self._edition(release_id) for release_id in self._ids())
        return [edition for edition in found if edition]

    def damaged(self) -> list[str]:
        """Ids of all editions whose file cannot be read, the newest first."""
        return [release_id for release_id in self._ids() if self._edition(release_id) is None]

    def fingerprint(self) -> str:
        """A short name for the files of the folder as they are now, without opening any."""
        marks = [(release_id, self._mark(release_id)) for release_id in self._ids()]
        return hashlib.sha256(repr(marks).encode()).hexdigest()[:12]

    def _edition(self, release_id: str) -> Edition | None:
        """What a file says of itself, read again when it changed; None where it is damaged."""
        mark = self._mark(release_id)
        known = self._editions.get(release_id)
        if known is None or known[0] != mark:
            try:
                release = Release(self.folder / f"{release_id}.duckdb")
            except DamagedRelease:
                known = (mark, None)
            else:
                known = (mark, release.edition)
                release.close()
            self._editions[release_id] = known
        return known[1]

    def _mark(self, release_id: str) -> _Mark:
        """Time of change and length of a file; zeros for none."""
        try:
            found = (self.folder / f"{release_id}.duckdb").stat()
        except OSError:
            return 0, 0
        return found.st_mtime_ns, found.st_size

    def _ids(self) -> list[str]:
        return sorted((path.stem for path in self.folder.glob("*.duckdb")), reverse=True)

    def _follow_pointer(self) -> None:
        pointer = self.folder / POINTER
        if not pointer.is_file():
            return
        release_id = pointer.read_text(encoding="ascii", errors="replace").strip()
        if self._current is not None and release_id == self._current.id:
            self.trouble = None
            return
        mark = self._mark(release_id)
        if self._refused.get(release_id) == mark:
            return
        if not self.is_edition(release_id):
            reason = f"The file of the newest release, {release_id}, is missing."
            self._refuse(Trouble(release_id, "missing", reason), mark)
            return
        try:
            self._current = self._opened(release_id)
        except DamagedRelease as error:
            reason = f"The newest release cannot be shown: {error}"
            self._editions[release_id] = (mark, None)
            self._refuse(Trouble(release_id, "damaged", reason), mark)
        else:
            self.trouble = None

    def _refuse(self, trouble: Trouble, mark: _Mark) -> None:
        """Go on with what is shown; the file is tried again once it has changed."""
        self._refused[trouble.release_id] = mark
        self.trouble = trouble
        _log.error("%s (reference %s)", trouble.reason, trouble.reference)

    def _opened(self, release_id: str) -> Release:
        release = self._open.pop(release_id, None)
        if release is None:
            release = Release(
                self.folder / f"{release_id}.duckdb",
                editions=self.editions,
                damaged=self.damaged,
            )
            if release.id != release_id:
                raise DamagedRelease(f"{release.path.name} holds the release {release.id}")
            release.scan()
        self._open[release_id] = release
        self._editions[release_id] = (self._mark(release_id), release.edition)
        while len(self._open) > KEPT_OPEN:
            self._open.pop(next(iter(self._open)))
        return release
