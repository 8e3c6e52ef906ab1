"""A release: one file, opened read-only and hardened, and what it says about itself.

Its places, labels, bases and errors, and the connection that its queries run on. Which release is
shown stands in ``folder``; which questions are asked of its units stands in ``queries``.
"""

from __future__ import annotations

import hashlib
import weakref
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb

from dashboard.filters import default_period
from dashboard.model import release as contract
from dashboard.model.capacity import Capacity
from dashboard.model.edition import Edition
from dashboard.model.event_note import EventNote
from dashboard.model.facts import FACTS, TOLD_TOGETHER, Fact
from dashboard.model.languages import LOCAL, in_words_of, label_in
from dashboard.model.outline import Outline
from dashboard.model.partner_share import Band
from dashboard.model.periods import Month, Span
from dashboard.model.population import Population
from dashboard.model.protection import is_protected
from dashboard.model.target import Target
from dashboard.release.deadlines import Deadlines
from dashboard.release.description import (
    DamagedRelease,
    Place,
    check_shape,
    read_edition,
    read_edition_series,
    read_labels,
    read_parents,
    read_partner_share,
    read_places,
    read_populations,
    read_replicates,
    read_reporting,
    read_rows,
)

#: Optimizers of DuckDB that are used. All others take longer than they save: for some hundred short
#: statements of small tables, planning was the larger part.
_OPTIMIZERS = ("filter_pushdown", "unused_columns")


def _optimizers_left_out() -> str:
    """The other optimizers of the installed version, as the setting lists them."""
    with duckdb.connect() as anywhere:
        rows = anywhere.execute("SELECT name FROM duckdb_optimizers() ORDER BY name").fetchall()
    return ",".join(name for (name,) in rows if name not in _OPTIMIZERS)


#: The same for every connection of the process: DuckDB refuses a second config for one path. One
#: thread a statement: units are few, so dividing them costs more than it gains, and queries of
#: several readers run side by side anyway.
CONNECT_CONFIG: Mapping[str, str | bool | int] = MappingProxyType(
    {
        "access_mode": "READ_ONLY",
        "enable_external_access": False,
        "autoload_known_extensions": False,
        "autoinstall_known_extensions": False,
        "allow_community_extensions": False,
        "max_temp_directory_size": "0GB",
        "memory_limit": "1GB",
        "threads": 1,
        "disabled_optimizers": _optimizers_left_out(),
        "lock_configuration": True,
    }
)
QUERY_SECONDS = 5.0
#: Values kept by ``Release.remember`` before all are let go; readers choose some of its keys.
REMEMBERED = 4096
#: Parsed statements kept before all are let go.
STATEMENTS = 1000


class QueryTimeout(Exception):  # noqa: N818
    """A query ran longer than ``QUERY_SECONDS`` and was stopped."""


class Release:
    """One open release file. Safe to share between threads.

    Args:
        path: The file.
        editions: Gives the editions that readers may choose; this one alone if left out.
        damaged: Gives the ids of files beside it that cannot be read; none if left out.
        beside: Gives the newest release of published sources; None if left out.

    Raises:
        DamagedRelease: If the file cannot be opened or has another shape than the contract.
    """

    def __init__(
        self,
        path: Path,
        *,
        editions: Callable[[], list[Edition]] | None = None,
        damaged: Callable[[], list[str]] | None = None,
        beside: Callable[[], Release | None] | None = None,
    ) -> None:
        self.path = path
        self.editions = editions or (lambda: [self.edition])
        self.damaged: Callable[[], list[str]] = damaged or (lambda: [])
        self.beside: Callable[[], Release | None] = beside or (lambda: None)
        self._check_digest()
        try:
            self._connection = duckdb.connect(str(path), config=dict(CONNECT_CONFIG))
        except duckdb.Error as error:
            raise DamagedRelease(f"{path.name} cannot be opened as a release") from error
        self._deadlines = Deadlines(QUERY_SECONDS)
        self._statements: dict[Hashable, duckdb.Statement] = {}
        self._finish = weakref.finalize(
            self, _end, self._deadlines, self._connection, self._statements
        )
        #: Values of ``remember``, within bounds, and of ``once_forever``.
        self._remembered: dict[Hashable, Any] = {}
        self._forever: dict[Hashable, Any] = {}
        try:
            check_shape(self.query)
            self.edition: Edition = read_edition(self.query)
            self.places: Mapping[str, Place] = read_places(self.query)
            day = self.edition.last_month.first_day
            self._parents = read_parents(self.query, self.places, day)
            self._labels = read_labels(self.query)
            self._bases = dict(self.query("SELECT fact, base FROM protection"))
            self._exact = frozenset(self.query("SELECT fact, period FROM block_total WHERE exact"))
            self._replicates = read_replicates(self.query)
            #: Area on which maps open, '' where none was chosen.
            self.home = "".join(code for (code,) in read_rows(self.query, "home"))
            #: The operator's notes on its months, in order of time.
            self.event_notes = tuple(map(EventNote.of_row, read_rows(self.query, "event_note")))
            self._populations = read_populations(self.query)
            #: Months in which some agency reported from an area, by its code: third areas, for the
            #: public districts. Empty where the release does not say.
            self.reporting: Mapping[str, tuple[Span, ...]] = read_reporting(
                self.query, self.edition.last_month
            )
            #: Outlines of camps as GeoJSON geometries; not to be changed.
            self.outlines = {
                outline.place: outline.shape
                for outline in map(Outline.of_row, read_rows(self.query, "outline"))
            }
            #: Targets of plans, by indicator, area and group.
            self.targets = tuple(map(Target.of_row, read_rows(self.query, "target")))
            #: Places of services, by area, service and group in order of time.
            self.capacities = tuple(map(Capacity.of_row, read_rows(self.query, "capacity")))
        except (duckdb.Error, DamagedRelease) as error:
            self.close()
            raise DamagedRelease(f"{path.name} is no release that can be read: {error}") from error

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
        """Name of a place; English where it has no other, the code where it is unknown."""
        place = self.places.get(code)
        if place is None:
            return code
        return in_words_of(lang, place.name_en, place.name_local)

    def children(self, code: str) -> tuple[str, ...]:
        """Codes of the places directly below a place in the last month, sorted by name."""
        return self._parents.below.get(code, ())

    def parent(self, code: str, level: str) -> str | None:
        """Code of the ancestor that a place has at a level in the last month, or None."""
        return self._parents.above.get((code, level))

    def population(self, code: str) -> tuple[Population, ...]:
        """Counts of the people of a place, the newest year first; empty where none was loaded.

        Within a year, groups stand in the order of their list (``counted_group``). Each count has
        its group, year and boundaries: the numerator of a rate must be of the same group
        (``Population.members``).
        """
        return self._populations.get(code, ())

    @property
    def is_published_source(self) -> bool:
        """Whether its units are the records themselves, of sources that are no partner's."""
        unprotected = not any(is_protected(base) for base in self._bases.values())
        return unprotected and self.edition.kind != "real"

    def has(self, fact: Fact) -> bool:
        """Whether it reports a fact: it has a unit of it or of another fact of the same records."""
        facts = next((together for together in TOLD_TOGETHER if fact in together), (fact,))
        return any(map(self._has_units, facts))

    def _has_units(self, fact: Fact) -> bool:
        sql = f"SELECT EXISTS (FROM {fact.id})"  # noqa: S608
        return bool(self.remember(("has units", fact.id), lambda: self.query(sql)[0][0]))

    def label(self, code_list_id: str, code: str | None, lang: str = "en") -> str:
        """Label of a code; None reads "Not recorded", an unknown code reads as itself."""
        if code is None:
            return in_words_of(lang, "Not recorded", label_in(LOCAL, "not_recorded"))
        english, local = self._labels.get((code_list_id, code), (code, ""))
        return in_words_of(lang, english, local)

    def base(self, fact_id: str) -> int:
        """Protection base of a fact; 1 means that its units are the records themselves."""
        return self._bases[fact_id]

    def replicates(self, fact_id: str) -> int:
        """How many echoes of a fact it has: none where nothing is protected, or none are known."""
        return self._replicates.get(fact_id, 0)

    def edition_series(self, fact_id: str) -> Mapping[Month, Mapping[Month, int]]:
        """By last month of an edition, the size of each month of a fact as that edition showed it.

        Rows of editions before the first one follow from report months. May be empty.
        """
        make = partial(read_edition_series, self.query, fact_id)
        return self.remember(("edition_series", fact_id), make)

    def partner_share(self, fact_id: str) -> Mapping[Month, tuple[Band, Band]]:
        """By month how much of a fact came from partners silent now, and from new ones, as bands.

        The first is a share of the three years before the month, the second one of the month.
        May be empty.
        """
        make = partial(read_partner_share, self.query, fact_id)
        return self.remember(("partner_share", fact_id), make)

    def is_exact(self, fact_id: str, period: date) -> bool:
        """Whether the total of one period is exact: always where nothing is protected."""
        return not is_protected(self.base(fact_id)) or (fact_id, period) in self._exact

    def query(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Rows of one statement with bound values, on a cursor of its own.

        Raises:
            QueryTimeout: If it ran longer than ``QUERY_SECONDS``.
        """
        cursor = self._connection.cursor()
        try:
            with self._deadlines.watched(cursor):
                return cursor.execute(self._parsed(cursor, sql), list(values)).fetchall()
        except duckdb.InterruptException as error:
            raise QueryTimeout(f"stopped after {self._deadlines.seconds:g} seconds") from error
        finally:
            cursor.close()

    def _parsed(self, cursor: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
        """A statement parsed by DuckDB, kept since pages ask the same ones with other values."""
        return _cached(self._statements, STATEMENTS, sql, lambda: cursor.extract_statements(sql)[0])

    def remember(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """A value that only depends on the release: made once and kept, within bounds."""
        return _cached(self._remembered, REMEMBERED, key, make)

    def once_forever(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """A value that only depends on the release, made once and never let go.

        Its keys must be few: bounded by the columns of the release.
        """
        if key not in self._forever:
            self._forever[key] = make()
        return self._forever[key]

    def scan(self) -> None:
        """Check the digest, read every column of every table and check sizes and periods of units.

        Opening a truncated file can succeed, so this is what readiness rests on.

        Raises:
            DamagedRelease: If anything cannot be read or a check of the publisher failed.
        """
        self._check_digest()
        try:
            # In one statement: beside busy readers each one waits for its turn to be sent.
            tables = contract.TABLES
            reads = (f"SELECT count(*), bit_xor(hash(t)) FROM {table} t" for table in tables)  # noqa: S608
            self.query(" UNION ALL ".join(reads))
            for fact in FACTS:
                self._check_units(fact)
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
        """Compare the file with the digest beside it, where there is one.

        The database's own checksums see every flipped bit, but not two words that changed places.
        """
        listed = self.path.with_name(self.path.name + contract.DIGEST_SUFFIX)
        try:
            if not listed.is_file():
                return
            with self.path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            digest_line = listed.read_text(encoding="ascii", errors="replace").split()
        except OSError as error:
            raise DamagedRelease(f"{self.path.name} cannot be read") from error
        if digest_line[:1] != [digest]:
            raise DamagedRelease(f"{self.path.name} is not as it was published")

    def _check_units(self, fact: Fact) -> None:
        """Raise DamagedRelease for a unit of a fact that is too small, or of no whole period."""
        time = fact.time.name
        sql = f"""SELECT count(*) FILTER (size IS NULL OR size < ?),
            count(*) FILTER ({time} IS NULL OR {time} <> date_trunc(?, {time})) FROM {fact.id}"""  # noqa: S608
        ((small, astray),) = self.query(sql, [self.base(fact.id), fact.grain])
        if small:
            raise DamagedRelease(f"{self.path.name} holds a unit of {fact.id} below its base")
        if astray:
            raise DamagedRelease(f"{self.path.name} holds a unit of {fact.id} of no {fact.grain}")
        if fact.published and self.has(fact) and not self.is_published_source:
            raise DamagedRelease(f"{self.path.name} holds {fact.id} and is no published source")


#: In place of a value that a cache does not have: None is a value too.
_NOT_MADE = object()


def _cached(cache: dict[Hashable, Any], most: int, key: Hashable, make: Callable[[], Any]) -> Any:
    """The value of a key, made where the cache has none; a cache with ``most`` is emptied first."""
    value = cache.get(key, _NOT_MADE)
    if value is _NOT_MADE:
        if len(cache) >= most:
            cache.clear()
        value = cache[key] = make()
    return value


def _end(
    deadlines: Deadlines,
    connection: duckdb.DuckDBPyConnection,
    statements: dict[Hashable, duckdb.Statement],
) -> None:
    """End the watch and close the file, also of a release that was garbage collected.

    A file still open when the interpreter ends can abort the process, and statements that remain
    then are reported as leaks.
    """
    deadlines.stop()
    statements.clear()
    connection.close()
