"""Releases: open a release file read-only and hardened, and swap when a new one is published.

Here stands all access to release files: the connection, what a release says about itself, its
places and labels, and the pointer that names the current one. Which questions are asked of the
units stands in ``queries``; who may ask stands in ``security``.
"""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Callable, Hashable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb

from dashboard.deadlines import Deadlines
from dashboard.edition import (
    DamagedRelease,
    Edition,
    Place,
    check_shape,
    read_edition,
    read_labels,
    read_parents,
    read_places,
)
from dashboard.filters import default_period
from dashboard.model import release as contract
from dashboard.model.facts import FACTS
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
#: Seconds for which a pointer once read is believed.
POINTER_SECONDS = 1.0
#: Editions kept open; the ones longest unused are let go and close when their last reader ends.
KEPT_OPEN = 8


class NoRelease(Exception):  # noqa: N818 -- says a state, as its page does
    """There is no release that can be shown; the message says why in one sentence."""


class QueryTimeout(Exception):  # noqa: N818
    """A query ran longer than ``QUERY_SECONDS`` and was stopped."""


class Release:
    """One open release file. Safe to share between threads.

    Raises:
        DamagedRelease: If the file cannot be opened or has another shape than the contract.
    """

    def __init__(self, path: Path, *, editions: Callable[[], list[Edition]] | None = None) -> None:
        self.path = path
        self.editions = editions or (lambda: [self.edition])
        try:
            self._connection = duckdb.connect(str(path), config=dict(CONNECT_CONFIG))
        except duckdb.Error as error:
            raise DamagedRelease(f"{path.name} cannot be opened as a release") from error
        self._deadlines = Deadlines(QUERY_SECONDS)
        self._finish = weakref.finalize(self, self._deadlines.stop)
        self._memory: dict[Hashable, Any] = {}
        try:
            check_shape(self.query)
            self.edition: Edition = read_edition(self.query)
            self.places: Mapping[str, Place] = read_places(self.query)
            today = self.edition.last_month.first_day
            self._parents = read_parents(self.query, self.places, today)
            self._labels = read_labels(self.query)
            self._bases = dict(self.query("SELECT fact, base FROM protection"))
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
        """Whether the release knows a place code."""
        return code in self.places

    def place_name(self, code: str, lang: str = "en") -> str:
        """Name of a place; English where Bangla is missing, the code where it is unknown."""
        place = self.places.get(code)
        if place is None:
            return code
        return (place.name_bn or place.name_en) if lang == "bn" else place.name_en

    def children(self, code: str) -> tuple[str, ...]:
        """Codes of the places directly below a place today, by name."""
        return self._parents.below.get(code, ())

    def parent(self, code: str, level: str) -> str | None:
        """Ancestor of a place at a level today, or None."""
        return self._parents.above.get((code, level))

    def label(self, code_list_id: str, code: str | None, lang: str = "en") -> str:
        """Label of a code; None reads "Not recorded", an unknown code reads as itself."""
        if code is None:
            return "লিপিবদ্ধ নয়" if lang == "bn" else "Not recorded"
        english, bangla = self._labels.get((code_list_id, code), (code, ""))
        return (bangla or english) if lang == "bn" else english

    def base(self, fact_id: str) -> int:
        """Protection base of a fact; 1 means that its units are the records themselves."""
        return self._bases[fact_id]

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
        """Read every column of every table and check the sizes of units.

        Opening a truncated file can succeed, so this is what readiness rests on.

        Raises:
            DamagedRelease: If anything cannot be read or a check of the publisher failed.
        """
        try:
            for table in contract.TABLES:
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
        self._connection.close()

    def _check_sizes(self, fact_id: str) -> None:
        sql = f"SELECT count(*) FROM {fact_id} WHERE size IS NULL OR size < ?"  # noqa: S608
        if self.query(sql, [self.base(fact_id)]) != [(0,)]:
            raise DamagedRelease(f"{self.path.name} holds a unit of {fact_id} below its base")


class Releases:
    """The folder of releases and its pointer. Safe to share between threads.

    Attributes:
        problem: Why the release that the pointer names is not shown, or None.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problem: str | None = None
        self._lock = threading.Lock()
        self._open: dict[str, Release] = {}
        self._editions: dict[str, Edition | None] = {}
        self._refused: set[str] = set()
        self._current: Release | None = None
        self._read_at = float("-inf")

    def current(self) -> Release:
        """The release that the pointer names; the one before it when that one is damaged.

        Raises:
            NoRelease: If there is none to show.
        """
        now = time.monotonic()
        if self._current is None or now - self._read_at >= POINTER_SECONDS:
            with self._lock:
                self._follow_pointer()
                self._read_at = now
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

    def is_edition(self, release_id: str) -> bool:
        """Whether the folder holds a release of this id."""
        return release_id in self._ids()

    def editions(self) -> list[Edition]:
        """All readable editions, the newest first; damaged files are left out."""
        found = (self._edition(release_id) for release_id in self._ids())
        return [edition for edition in found if edition]

    def _edition(self, release_id: str) -> Edition | None:
        if release_id not in self._editions:
            try:
                release = Release(self.folder / f"{release_id}.duckdb")
            except DamagedRelease:
                self._editions[release_id] = None
            else:
                self._editions[release_id] = release.edition
                release.close()
        return self._editions[release_id]

    def _ids(self) -> list[str]:
        return sorted((path.stem for path in self.folder.glob("*.duckdb")), reverse=True)

    def _follow_pointer(self) -> None:
        pointer = self.folder / POINTER
        if not pointer.is_file():
            return
        release_id = pointer.read_text(encoding="utf-8").strip()
        if self._current is not None and release_id == self._current.id:
            return
        if release_id in self._refused:
            return
        if not self.is_edition(release_id):
            self.problem = f"The file of the newest release, {release_id}, is missing."
            return
        try:
            self._current = self._opened(release_id)
            self.problem = None
        except DamagedRelease as error:
            self._refused.add(release_id)
            self.problem = f"The newest release cannot be shown: {error}"

    def _opened(self, release_id: str) -> Release:
        release = self._open.pop(release_id, None)
        if release is None:
            release = Release(self.folder / f"{release_id}.duckdb", editions=self.editions)
            if release.id != release_id:
                raise DamagedRelease(f"{release.path.name} holds the release {release.id}")
            release.scan()
        self._open[release_id] = release
        self._editions[release_id] = release.edition
        while len(self._open) > KEPT_OPEN:
            self._open.pop(next(iter(self._open)))
        return release
