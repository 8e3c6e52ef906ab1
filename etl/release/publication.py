"""Publish: close the months that are due, build a release of all that is closed, switch to it.

Units are stored before their release is sealed. When the build fails after that, the next
publication finds blocks that no release holds and builds again, so no unit is ever made twice.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from dashboard.model.facts import FACTS
from dashboard.model.periods import Month
from etl.events.build import build_events
from etl.protect import ledger
from etl.protect.chance import Chance
from etl.protect.close import close_periods
from etl.protect.coding import Parents
from etl.register.access import CONFIG, assert_no_wal, locked, transaction
from etl.register.store import declare_base, read_store
from etl.release.build import Edition, build_release, stored_span
from etl.release.checks import run_checks
from etl.release.closing import last_closed_month
from etl.release.files import building_path, clear_unfinished, new_release_id, point_to, seal
from etl.release.geography import Geography, read_geography
from etl.release.sources import Origin, read_origin
from etl.secrets import open_secrets
from etl.settings import OperatorError, Settings

#: Called with the name of each of the steps as it begins.
Progress = Callable[[str], None]
STEPS = len(FACTS) + 3

#: Base of a protected store; each fact has its own, of which this is the smallest.
PROTECTED = 5
RECORDS = 1


@dataclass(frozen=True)
class FactReport:
    """What a publication did with one fact.

    Attributes:
        fact: Id of the fact.
        closed: Periods that were closed by it, as YYYY-MM.
        events: Events that the new units stand for.
        units: New units.
        late: Events that came after their month was closed; they wait.
        few: Events of months closed now with fewer of them than the base; they wait.
    """

    fact: str
    closed: tuple[str, ...]
    events: int
    units: int
    late: int
    few: int


@dataclass(frozen=True)
class Published:
    """What a publication made."""

    release_id: str
    path: Path
    first_month: str
    last_month: str
    base: int
    facts: tuple[FactReport, ...]
    checks: int

    @property
    def as_json(self) -> dict[str, object]:
        """The report with plain values."""
        return {**asdict(self), "path": str(self.path)}


def publish(
    settings: Settings,
    *,
    as_of: date,
    base: int | None = None,
    title: str | None = None,
    progress: Progress | None = None,
    geography: Geography | None = None,
) -> Published:
    """Close due months and publish a release of every closed month.

    Args:
        settings: Paths of the store.
        as_of: Day on which months are judged closed.
        base: 1 for the records themselves, 5 for protected units, None for that of the store.
        title: Title of the edition.
        progress: Told of every step.
        geography: Places and areas; those of the committed gazetteer unless given.

    Raises:
        OperatorError: If nothing is due, a secret is missing or changed, the base differs from
            the store's, or a source is neither invented nor published.
    """
    tell = progress or _silent
    with locked(settings):
        secrets = open_secrets(settings)
        base = base or read_store(settings).base or PROTECTED
        if base not in (RECORDS, PROTECTED):
            raise OperatorError(f"Base {base} is not offered; choose {RECORDS} or {PROTECTED}.")
        tell("Opening the gazetteer")
        geography = geography or read_geography(settings)
        tell("Reading the register")
        origin = _origin(settings)
        with _workbench(settings, geography) as connection:
            due = _due(connection, last_closed_month(as_of))
            declare_base(settings, base)
            chance = Chance(secrets.protection)
            with transaction(connection):
                reports = _close(connection, due, base, chance, geography, tell)
            tell("Building the release")
            clear_unfinished(settings.releases)
            published = _release(
                connection, settings, geography, origin, reports, as_of, base, title
            )
        assert_no_wal(settings.units / ledger.FILE_NAME)
    return published


def _silent(step: str) -> None:
    """Tell nobody."""


def _origin(settings: Settings) -> Origin:
    """Origin of the register's data, asked before anything of the store is opened for writing."""
    with duckdb.connect(":memory:", config=CONFIG) as connection:
        connection.execute(f"ATTACH '{_quoted(settings.register)}' AS register (READ_ONLY)")
        return read_origin(connection)


@contextmanager
def _workbench(settings: Settings, geography: Geography) -> Generator[duckdb.DuckDBPyConnection]:
    """A connection in memory with the register's events and the stored units attached."""
    connection = duckdb.connect(":memory:", config=CONFIG)
    try:
        connection.execute(f"ATTACH '{_quoted(settings.register)}' AS register (READ_ONLY)")
        connection.execute(f"ATTACH '{_quoted(settings.units / ledger.FILE_NAME)}' AS units")
        ledger.ensure_tables(connection)
        build_events(connection, geography.areas)
        yield connection
        connection.execute("CHECKPOINT units")
        connection.execute("DETACH units")
    finally:
        connection.close()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _due(connection: duckdb.DuckDBPyConnection, last_closed: Month) -> dict[str, list[date]]:
    """Fact id to its due periods."""
    due = {fact.id: ledger.due_periods(connection, fact, last_closed) for fact in FACTS}
    behind = ledger.blocks(connection) > ledger.blocks_released(connection)
    if not any(due.values()) and not behind:
        late = sum(ledger.waiting(connection, fact, []).late for fact in FACTS)
        words = f" {late} later arrivals wait." if late else ""
        raise OperatorError(f"No month is due: months to {last_closed} are closed.{words}")
    return due


def _close(
    connection: duckdb.DuckDBPyConnection,
    due: dict[str, list[date]],
    base: int,
    chance: Chance,
    geography: Geography,
    tell: Progress,
) -> tuple[FactReport, ...]:
    """Store the units of every due period."""
    parents = Parents(geography.areas)
    reports: list[FactReport] = []
    for fact in FACTS:
        periods = due[fact.id]
        tell(fact.label)
        events = units = 0
        if base == RECORDS:
            events, units = ledger.append_records(connection, fact, periods)
        elif periods:
            history = ledger.read_history(connection, fact)
            blocks = close_periods(history, periods, base=fact.base, chance=chance, parents=parents)
            for block in blocks:
                ledger.append_block(connection, fact, block, fact.base)
            events = sum(block.n for block in blocks)
            units = sum(len(block.sizes) for block in blocks)
        waiting = ledger.waiting(connection, fact, periods)
        months = tuple(str(Month.of(period)) for period in periods)
        reports.append(FactReport(fact.id, months, events, units, waiting.late, waiting.few))
    return tuple(reports)


def _release(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    geography: Geography,
    origin: Origin,
    reports: tuple[FactReport, ...],
    as_of: date,
    base: int,
    title: str | None,
) -> Published:
    """Build, check, seal and point to a release of all stored units."""
    span = stored_span(connection)
    if span is None:
        raise OperatorError(
            "Every closed month has too few events to be protected; nothing can be published yet."
        )
    built_at = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    release_id = new_release_id(span.end, built_at)
    edition = Edition(
        release_id=release_id,
        kind=origin.kind,
        title=title or f"Edition of {span.end.first_day:%B %Y}",
        source_note=origin.note,
        span=span,
        as_of=as_of,
        built_at=built_at,
        bases={fact.id: RECORDS if base == RECORDS else fact.base for fact in FACTS},
    )
    building = building_path(settings.releases, release_id)
    checks = _built(connection, building, edition, geography)
    path = seal(building, settings.releases, release_id)
    point_to(settings.releases, release_id)
    ledger.record_edition(connection, release_id)
    return Published(release_id, path, str(span.start), str(span.end), base, reports, checks)


def _built(
    connection: duckdb.DuckDBPyConnection,
    building: Path,
    edition: Edition,
    geography: Geography,
) -> int:
    """Write the file and return the number of checks it passed; leave nothing when one fails."""
    try:
        connection.execute(f"ATTACH '{_quoted(building)}' AS release")
        build_release(connection, edition, geography)
        checks = run_checks(connection, edition.bases)
        failed = [f"{check.name}: {check.finding}" for check in checks if not check.passed]
        if failed:
            raise RuntimeError(f"the release breaks its contract: {'; '.join(failed)}")
        connection.execute("CHECKPOINT release")
        connection.execute("DETACH release")
    except BaseException:
        building.unlink(missing_ok=True)
        Path(f"{building}.wal").unlink(missing_ok=True)
        raise
    return len(checks)
