"""A store in memory for tests of protection: events that arrive, and months that close."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import duckdb
import numpy as np

from dashboard.model.edition import Audience
from dashboard.model.facts import FACTS, PEOPLE, Fact
from dashboard.model.periods import Month
from etl.events.build import event_columns
from etl.protect.chance import Chance
from etl.protect.coding import Parents
from etl.protect.due_blocks import FactReport, close_due, due_blocks
from etl.protect.history import read_history
from etl.protect.ledger import ensure_tables
from etl.protect.public import build_public_events
from tests.unit.etl.protect import invented

SECRET = Chance(b"a secret of a test, 32 bytes long")


class Store:
    """Events of facts and the units stored for them.

    Args:
        chance: Source of every draw.
        base: 1 or 5.
    """

    def __init__(self, chance: Chance = SECRET, *, base: int = 5) -> None:
        self.chance = chance
        self.base = base
        self.connection = duckdb.connect(":memory:")
        self.connection.execute("ATTACH ':memory:' AS units")
        self.connection.execute("CREATE SCHEMA events")
        for fact in FACTS:
            types = {field.name: field.kind.sql for field in (fact.time, *fact.dimensions)}
            types |= {"record_key": "VARCHAR", "holder": "VARCHAR", "n": "INTEGER"}
            columns = ", ".join(f"{name} {types[name]}" for name in event_columns(fact))
            self.connection.execute(f"CREATE TABLE events.{fact.id} ({columns})")
        self.connection.execute(
            "CREATE TABLE events.partner (fact VARCHAR, record_key VARCHAR, partner VARCHAR)"
        )
        ensure_tables(self.connection)

    def arrive(self, events: Sequence[dict], fact: Fact = PEOPLE) -> None:
        """Take up events; what they do not say of key, holder, n and partner is made up.

        Each is then of an incident of its own.
        """
        if not events:
            return
        held = self.rows(f"SELECT count(*) FROM events.{fact.id}")[0][0]  # noqa: S608
        keys = [event.get("key", f"{held + number:06d}") for number, event in enumerate(events)]
        holders = [event.get("holder", key) for event, key in zip(events, keys, strict=True)]
        columns = [keys, holders, [event.get("n", 1) for event in events]]
        columns.append([event["month"] for event in events])
        columns += [[event.get(field.name) for event in events] for field in fact.dimensions]
        types = ["VARCHAR", "VARCHAR", "INTEGER"]
        types += [field.kind.sql for field in (fact.time, *fact.dimensions)]
        listed = ", ".join(f"unnest(?::{type_}[])" for type_ in types)
        self.connection.execute(f"INSERT INTO events.{fact.id} SELECT {listed}", columns)  # noqa: S608
        partners = [event.get("partner", "abcd"[n % 4]) for n, event in enumerate(events)]
        self.connection.execute(
            "INSERT INTO events.partner SELECT ?, unnest(?::VARCHAR[]), unnest(?::VARCHAR[])",
            [fact.id, keys, partners],
        )

    def close(
        self,
        last: Month,
        *,
        audience: Audience = "member",
        after: Month | None = None,
        parents: Parents | None = None,
    ) -> dict[str, FactReport]:
        """Close every block that is due; reports by fact."""
        reports = close_due(
            self.connection,
            due_blocks(self.connection, last, after=after),
            base=self.base,
            audience=audience,
            chance=self.chance,
            parents=parents or invented.parents(),
            on_step=lambda step: None,
            after=after,
        )
        return {report.fact: report for report in reports}

    def truth(self, fact: Fact = PEOPLE, *, parents: Parents | None = None) -> list[dict]:
        """The records that units stand for, told as units are, with ``month`` and ``size``."""
        history = read_history(self.connection, fact, parents or invented.parents())
        told: list[dict] = []
        for month in np.unique(history.periods):
            own = np.flatnonzero((history.periods == month) & history.published)
            day = month.astype("datetime64[D]").item()
            values = history.coding.decode(history.rows[own])
            told += [
                {name: column[number] for name, column in values.items()}
                | {"month": day, "size": int(history.n[record])}
                for number, record in enumerate(own.tolist())
            ]
        return told

    def events(self, fact: Fact = PEOPLE) -> list[dict]:
        """Events as they arrived, by key."""
        return self._dicts(f"SELECT * FROM events.{fact.id} ORDER BY record_key", fact)  # noqa: S608

    def rows(self, question: str, *values: object) -> list[tuple]:
        """Answers of a question."""
        return self.connection.execute(question, list(values)).fetchall()

    def units(self, fact: Fact = PEOPLE) -> list[dict]:
        """Stored units with ``month`` as the name of their period, in order."""
        return self._dicts(
            f"SELECT * FROM units.{fact.id} ORDER BY block_period, block_kind, shuffle",  # noqa: S608
            fact,
        )

    def _dicts(self, question: str, fact: Fact) -> list[dict]:
        found = self.connection.execute(question)
        names = [column[0] for column in found.description]
        names[names.index(fact.time.name)] = "month"
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def public_of(members: Store) -> Store:
    """A store whose events are the units of another, as the public sees them."""
    store = Store(members.chance, base=members.base)
    store.connection.execute("DROP SCHEMA events CASCADE")
    store.connection.execute("ATTACH ':memory:' AS members")
    for table in (*(fact.id for fact in FACTS), "block"):
        found = members.connection.execute(f"SELECT * FROM units.{table}")  # noqa: S608
        columns = ", ".join(f'"{name}" {type_}' for name, type_, *_ in found.description)
        store.connection.execute(f"CREATE TABLE members.{table} ({columns})")
        marks = ", ".join("?" * len(found.description))
        for row in found.fetchall():
            store.connection.execute(f"INSERT INTO members.{table} VALUES ({marks})", list(row))  # noqa: S608
    build_public_events(store.connection, invented.parent_rows())
    return store


def closed(events: Sequence[dict], last: Month, **options) -> Store:
    """A store of people in which every month up to one was closed at once."""
    store = Store(**options)
    store.arrive(events)
    store.close(last)
    return store


def closed_as_they_arrive(
    events: Sequence[dict], arrivals: Iterable[date], months: Sequence[Month], **options
) -> Store:
    """A store of people that closes one month after another, each with what arrived by then."""
    store = Store(**options)
    arrived = list(arrivals)
    keyed = [event | {"key": f"{number:06d}"} for number, event in enumerate(events)]
    for month in months:
        store.arrive([e for e, day in zip(keyed, arrived, strict=True) if Month.of(day) == month])
        store.close(month)
    return store
