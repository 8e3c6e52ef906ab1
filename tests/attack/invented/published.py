"""The operator of an invented register: months are closed as they come, and released.

Every month sees what has arrived by then. Blocks, units and files are made by the product itself;
only the register is put in by hand, as the relations that the product reads. What an attacker may
open is the release that comes out, nothing else here.
"""

from __future__ import annotations

import shutil
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, cast
from unittest.mock import patch

import duckdb
import numpy as np
import pandas as pd

from dashboard.model.edition import Audience, Edition
from dashboard.model.facts import FACTS, PEOPLE, Fact
from dashboard.model.periods import Month, Span
from dashboard.model.release import CONTRACT_VERSION
from etl.events.build import assert_columns, create_schema, event_columns
from etl.protect import ledger
from etl.protect.block import BlockKind, closing_turn
from etl.protect.chance import Chance
from etl.protect.coding import Parents
from etl.protect.due_blocks import close_due, due_blocks
from etl.protect.public import build_public_events
from etl.register.access import CONFIG
from etl.release.contents.build import build_release, stored_span
from etl.release.contents.checks import Requirements, run_checks
from etl.release.contents.context import EditionContext
from etl.release.contents.echoes import fill_echoes
from etl.release.contents.labels import registry_digest
from etl.release.files import point_to, put_in_place
from etl.settings import Settings
from tests.attack.events import FIRST, SLOTS, Events, Flags, Ints, added, read_release, read_rows
from tests.attack.invented.country import geography
from tests.attack.invented.population import PARTNERS, Arriving, Population, events_of

PROTECTED: Literal[5] = 5
RECORDS: Literal[1] = 1
_DOUBLED = tuple(replace(fact, base=2 * fact.base) for fact in FACTS)
SECRET = b"of the attack suite, of no store"


@dataclass(frozen=True)
class Held:
    """Events that went into blocks.

    Attributes:
        numbers: Their numbers among the told events, shape (events,).
        periods: Month of the block, of a late one that its quarter begins with, same shape.
        late: Whether it is a late block, same shape.
    """

    numbers: Ints
    periods: Ints
    late: Flags


@dataclass(frozen=True)
class Made:
    """A block as it was made.

    Attributes:
        units: Its units, as whoever keeps every edition sees them appear.
        numbers: Numbers of its records among the told events.
        last: Its last month.
    """

    units: Events
    numbers: Ints
    last: int


class Publisher:
    """A store with an invented register.

    Args:
        folder: Empty folder for stored units and releases.
        told: What is reported, with the month in which it arrives.
        base: 5 for protected units, 1 for the records themselves.
        doubled: Whether members get units of twice the base, made like theirs, of records and with
            every place.
        shuffled: Seed of the order in which records are put in, or None for that of happening.
        secret: The store's secret of protection.
    """

    def __init__(
        self, folder: Path, population: Population, *, base: Literal[1, 5] = PROTECTED,
        doubled: bool = False, shuffled: int | None = None, secret: bytes = SECRET,
    ) -> None:  # fmt: skip
        self.folder = folder
        self.told = population
        self._base: Literal[1, 5] = base
        self._last = -1
        self._doubled = doubled
        self._geography = geography()
        self._parents = Parents(self._geography.areas)
        self._chance = Chance(secret)
        self._members = duckdb.connect(":memory:", config=CONFIG)
        _attach_units(self._members, folder / ledger.FILE_NAME)
        create_schema(self._members, self._geography.areas)
        _tell(self._members, population, shuffled)
        assert_columns(self._members)

    def shut(self) -> None:
        """Let go of the stored units."""
        self._members.close()

    def close(self, last: int) -> None:
        """Close every block that is due once a month is closed, with what has arrived by then."""
        self._last = last
        self._members.execute("UPDATE told.clock SET month = ?", [last])
        self._close(self._members, last, "member")

    def close_all(self) -> None:
        """Close month after month."""
        for month in range(self.told.months):
            self.close(month)

    def close_at_once(self) -> None:
        """Close the whole history in one go, as a store does that is filled with old files."""
        self.close(self.told.months - 1)

    def preview(self, last: int) -> Path:
        """The file of an edition that is assembled and thrown away: what is stored stays."""
        stored, kept = self.folder / ledger.FILE_NAME, self.folder / "kept.duckdb"
        self._members.execute("CHECKPOINT units")
        shutil.copyfile(stored, kept)
        closed = self._last
        self.close(last)
        drafted = self.release()
        self._members.execute("DETACH units")
        kept.replace(stored)
        _attach_units(self._members, stored)
        self._last = closed
        return drafted.replace(self.folder / f"preview-{last}.duckdb")

    def erase(self, numbers: Ints, fact_id: str = PEOPLE.id) -> None:
        """Take told events out of the register, by their numbers."""
        keys = _keys(self.told.facts[fact_id])
        self._members.execute(
            f"DELETE FROM told.{fact_id} WHERE list_contains(?, record_key)",  # noqa: S608
            [[keys[number] for number in numbers.tolist()]],
        )

    def arrive(self, numbers: Ints, month: int, fact_id: str = PEOPLE.id) -> None:
        """Let told events, by their numbers, arrive in another month than they would."""
        keys = _keys(self.told.facts[fact_id])
        self._members.execute(
            f"UPDATE told.{fact_id} SET arrival = ? WHERE list_contains(?, record_key)",  # noqa: S608
            [month, [keys[number] for number in numbers.tolist()]],
        )

    def correct(
        self, numbers: Ints, name: str, values: Sequence[str], fact_id: str = PEOPLE.id
    ) -> None:
        """Give told events, by their numbers, another value of a dimension."""
        keys = _keys(self.told.facts[fact_id])
        self._members.executemany(
            f"UPDATE told.{fact_id} SET {name} = ? WHERE record_key = ?",  # noqa: S608
            [[*pair] for pair in zip(values, (keys[n] for n in numbers.tolist()), strict=True)],
        )

    def _close(self, connection: duckdb.DuckDBPyConnection, last: int, audience: Audience) -> None:
        with patch("etl.protect.due_blocks.FACTS", _DOUBLED if self._doubled else FACTS):
            close_due(
                connection, due_blocks(connection, FIRST.plus(last)), base=self._base,
                audience=audience, chance=self._chance, parents=self._parents,
                on_step=lambda step: None,
            )  # fmt: skip

    @contextmanager
    def _bench(self, audience: Audience) -> Generator[duckdb.DuckDBPyConnection]:
        """A connection with units and events; the public's sees only units of the members.

        Units of the public follow from stored units alone and come out the same at any time, so
        those that are due are made when they are asked for.
        """
        if audience == "member":
            yield self._members
            return
        self._members.execute("CHECKPOINT units")
        copied = self.folder / "members.duckdb"
        shutil.copyfile(self.folder / ledger.FILE_NAME, copied)
        with duckdb.connect(":memory:", config=CONFIG) as connection:
            connection.execute(f"ATTACH '{copied}' AS members (READ_ONLY)")
            _attach_units(connection, self.folder / "public.duckdb")
            build_public_events(connection, self._geography.areas)
            self._close(connection, self._last, audience)
            yield connection

    def release(
        self, audience: Audience = "member", *, echoed: bool = False, checked: bool = True
    ) -> Path:
        """Build a release of everything closed so far and point to it.

        Args:
            audience: Whom it is for.
            echoed: Whether it has echoes.
            checked: Whether it is held to its contract, for which echoes are made once more.
        """
        with self._bench(audience) as connection:
            span = stored_span(connection)
            if span is None:
                raise ValueError("nothing is closed yet")
            folder = self.releases if audience == "member" else self.releases / "public"
            folder.mkdir(parents=True, exist_ok=True)
            edition = self._edition(audience, span, len(list(folder.glob("*.duckdb"))))
            building = folder / f"{edition.release_id}.duckdb.building"
            connection.execute(f"ATTACH '{building}' AS release")
            places = self._geography if audience == "member" else self._geography.public
            bands = [(month.first_day, "3_5") for month in span]
            bases = self._bases(audience)
            build_release(connection, edition, bases, places, EditionContext(coverage=bands))
            if echoed:
                fill_echoes(connection)
            if checked:
                _check(connection, Requirements(audience, bases, echoed=echoed))
            connection.execute("CHECKPOINT release")
            connection.execute("DETACH release")
        store = Settings(self.folder, self.folder, self.folder)  # none that is sealed
        path = put_in_place(store, building, folder, edition.release_id)
        point_to(store, folder, edition.release_id)
        return path

    @property
    def releases(self) -> Path:
        """Folder of the members' releases."""
        return self.folder / "releases"

    def _edition(self, audience: Audience, span: Span, number: int) -> Edition:
        return Edition(
            release_id=f"{span.end}-{span.end.first_day:%Y%m%d}T000000-{number:08x}",
            contract_version=CONTRACT_VERSION, kind="invented", audience=audience,
            title="An invented edition",
            source_note="Invented data: no real person, place of an event or agency.",
            first_month=span.start, last_month=span.end,
            as_of=span.end.plus(1).first_day + timedelta(days=14),
            built_at=datetime.now(UTC).replace(tzinfo=None, microsecond=0), approved_by="",
            registry_digest=registry_digest(),
        )  # fmt: skip

    def _bases(self, audience: Audience) -> dict[str, int]:
        """Fact id to the smallest size of its units."""
        factor = 2 if audience == "public" or self._doubled else 1
        return {
            entry.id: RECORDS if self._base == RECORDS else factor * entry.base for entry in FACTS
        }

    def held(self, fact_id: str = PEOPLE.id) -> Held:
        """The told events of a fact that went into blocks of the members."""
        rows = self._members.execute(
            "SELECT record_key, period, kind FROM units.ledger WHERE fact = ? ORDER BY record_key",
            [fact_id],
        ).fetchall()
        numbers = {key: number for number, key in enumerate(_keys(self.told.facts[fact_id]))}
        return Held(
            np.array([numbers[key] for key, _, _ in rows], dtype=np.int64),
            np.array([Month.of(period).minus(FIRST) for _, period, _ in rows], dtype=np.int64),
            np.array([kind == "late" for _, _, kind in rows], dtype=bool),
        )

    def truth(self, fact_id: str = PEOPLE.id) -> Events:
        """The events of a fact that went into blocks, as they are."""
        return self.told.facts[fact_id].events.where(self.held(fact_id).numbers)

    def blocks(self, audience: Audience = "member", fact_id: str = PEOPLE.id) -> list[Made]:
        """The blocks of a fact in the order in which they were made.

        Records of the public's blocks are those of the members' blocks that they are made from.
        """
        held, told = self.held(fact_id), self.told.facts[fact_id].events
        with self._bench(audience) as connection:
            found = connection.execute(
                "SELECT period, kind FROM units.block WHERE fact = ?", [fact_id]
            ).fetchall()
            blocks = cast("list[tuple[date, BlockKind]]", found)
            closing = {block: closing_turn(*block, told.fact.grain) for block in blocks}
            blocks.sort(key=lambda block: closing[block])
            units = [_stored_units(connection, told, *block) for block in blocks]
        last = [closing[block][0].minus(FIRST) for block in blocks]
        own = [
            (held.periods == Month.of(period).minus(FIRST)) & (held.late == (kind == "late"))
            for period, kind in blocks
        ]
        numbers = [held.numbers[of] for of in own]
        return [Made(*each) for each in zip(units, numbers, last, strict=True)]

    def closed_blocks(self, audience: Audience = "member") -> dict[int, int]:
        """Month of each closed block of people to the events that its units stand for."""
        with self._bench(audience) as connection:
            rows = connection.execute(
                """SELECT block_period, sum(size)::BIGINT FROM units.people
                WHERE block_kind = 'closed' GROUP BY block_period"""
            ).fetchall()
        return {Month.of(period).minus(FIRST): size for period, size in rows}


@contextmanager
def publisher(
    told: Population, *, base: Literal[1, 5] = PROTECTED, doubled: bool = False,
    shuffled: int | None = None, secret: bytes = SECRET,
) -> Iterator[Publisher]:  # fmt: skip
    """A store in a folder that goes away; see ``Publisher`` for the arguments."""
    with TemporaryDirectory() as folder:
        store = Publisher(
            Path(folder), told, base=base, doubled=doubled, shuffled=shuffled, secret=secret
        )
        try:
            yield store
        finally:
            store.shut()


def quarterly_editions(store: Publisher) -> list[tuple[Path, Path]]:
    """Close month after month, and release before and after the late records of each quarter.

    Returns:
        The files of each quarter's second and third month, as a reader may keep them.
    """
    pairs = []
    for month in range(0, store.told.months, 3):
        store.close(month)
        store.close(month + 1)
        before = store.release()
        store.close(month + 2)
        pairs.append((before, store.release()))
    return pairs


def added_later(editions: Sequence[tuple[Path, Path]], like: Events) -> list[Events]:
    """What the last edition of each quarter added to months that the one before had closed."""
    found = []
    for quarter, (before, after) in enumerate(editions):
        new = added(read_release(before, like), read_release(after, like))
        found.append(new.where(new.months < 3 * quarter + 2))
    return found


def _check(connection: duckdb.DuckDBPyConnection, required: Requirements) -> None:
    """Hold a release to its contract, as every publication does; errors are measured elsewhere."""
    failed = [check for check in run_checks(connection, required) if not check.passed]
    if failed:
        raise RuntimeError(f"the release breaks its contract: {failed}")


def _stored_units(
    connection: duckdb.DuckDBPyConnection, like: Events, period: date, kind: str
) -> Events:
    """The units of one block."""
    names = [field.name for field in like.fact.dimensions]
    condition = f"block_period = DATE '{period}' AND block_kind = '{kind}'"
    units = read_rows(connection, f"units.{like.fact.id}", names, like, condition)
    return replace(events_of(like.fact, units.months, units.columns), sizes=units.sizes)


def _attach_units(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    connection.execute(f"ATTACH '{path}' AS units")
    ledger.ensure_tables(connection)


def _keys(told: Arriving) -> list[str]:
    """Keys of events in no order that tells anything: a number spread over 32 bits."""
    numbers = np.arange(len(told.events), dtype=np.uint64)
    return [f"{number:08x}" for number in (numbers * 2654435761 % 2**32).tolist()]


def _tell(
    connection: duckdb.DuckDBPyConnection, population: Population, shuffled: int | None
) -> None:
    """Relations of every fact that show what has arrived by the month of a clock."""
    connection.execute("CREATE SCHEMA told")
    connection.execute("CREATE TABLE told.clock AS SELECT -1 AS month")
    for entry in FACTS:
        _tell_fact(connection, entry, population.facts.get(entry.id), shuffled)
    partners = " UNION ALL ".join(
        f"SELECT '{entry.id}' AS fact, record_key, partner FROM told.{entry.id}"  # noqa: S608
        for entry in FACTS
    )
    connection.execute(f"CREATE TABLE events.partner AS {partners}")
    connection.execute("CREATE TABLE events.late (fact VARCHAR, record_key VARCHAR, quarter DATE)")


def _tell_fact(
    connection: duckdb.DuckDBPyConnection, entry: Fact, told: Arriving | None, shuffled: int | None
) -> None:
    columns = event_columns(entry)
    types = {field.name: field.kind.sql for field in (entry.time, *entry.dimensions)}
    types["n"] = "BIGINT"
    listed = ", ".join(f"{name} {types.get(name, 'VARCHAR')}" for name in columns)
    connection.execute(f"CREATE TABLE told.{entry.id} ({listed}, partner VARCHAR, arrival INTEGER)")
    if told is not None and len(told.events):
        frame, sql, domains = _as_sql(entry, told)
        if shuffled is not None:
            frame = frame.sample(frac=1, random_state=shuffled)
        connection.register("frame", frame)
        connection.execute(f"INSERT INTO told.{entry.id} SELECT {sql} FROM frame", domains)  # noqa: S608
        connection.unregister("frame")
    connection.execute(
        f"""CREATE VIEW events.{entry.id} AS SELECT {", ".join(columns)} FROM told.{entry.id}
        WHERE arrival <= (SELECT month FROM told.clock)"""  # noqa: S608
    )


def _as_sql(entry: Fact, told: Arriving) -> tuple[pd.DataFrame, str, list[list[str]]]:
    """Events as a frame of numbers, and the SQL with its lists that turns them into codes."""
    events = told.events
    domains: list[list[str]] = []
    frame: dict[str, object] = {
        "record_key": _keys(told),
        "holder": told.incident,
        "period": pd.to_datetime([FIRST.plus(int(m)).first_day for m in events.months]),
    }
    selected = ["record_key", "holder", "1", "period::DATE"]
    for field in entry.dimensions:
        values, name = events.columns[field.name], field.name
        domains.append(list(events.domains[name]))
        if values.ndim == 1:
            frame[name] = values + 1
            selected.append(f"(?::VARCHAR[])[{name}]")
            continue
        slots = [f"{name}_{slot}" for slot in range(SLOTS)]
        frame |= {each: values[:, slot] + 1 for slot, each in enumerate(slots)}
        kept = f"list_filter([{', '.join(slots)}], lambda number: number > 0)"
        told_as = f"list_transform({kept}, lambda number: (?::VARCHAR[])[number])"
        selected.append(f"nullif({told_as}, [])")
    frame |= {"partner": told.partner + 1, "arrival": told.arrival}
    selected += ["(?::VARCHAR[])[partner]", "arrival"]
    return pd.DataFrame(frame), ", ".join(selected), [*domains, list(PARTNERS)]
