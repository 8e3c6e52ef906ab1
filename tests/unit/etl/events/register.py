"""A register in memory for tests of events: name the rows that matter, nothing else."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import date

import duckdb

from etl.events.build import build_events
from etl.register.tables import create_statements

MAY = date(2026, 5, 1)
JUNE = date(2026, 6, 1)

#: Teknaf's camp 21, its upazila and district; the camp's upazila changes in June 2026. A port that
#: lies in no upazila, and another district.
AREAS = [
    ("CXB-108", "upazila", "BD20220094", None, JUNE),
    ("CXB-108", "upazila", "BD20220099", JUNE, None),
    ("CXB-108", "district", "BD2022", None, None),
    *(("BD2022" + end, "upazila", "BD2022" + end, None, None) for end in ("0011", "0094", "0099")),
    *(("BD2022" + end, "district", "BD2022", None, None) for end in ("0011", "0094", "0099", "")),
    ("PORT", "district", "BD2022", None, None),
    ("BD3026", "district", "BD3026", None, None),
]


def incident(key: str, **values: object) -> dict:
    """A row of the table incident."""
    return {
        "incident_id": key, "partner": "a", "report_month": MAY, "incident_month": MAY, **values
    }  # fmt: skip


def person(key: str, incident_id: str, class_: str = "undetermined", **values: object) -> dict:
    """A row of the table person."""
    return {"person_id": key, "incident_id": incident_id, "n": 1, "class": class_, **values}


def referral(key: str, person_id: str, **values: object) -> dict:
    """A row of the table referral."""
    return {
        "referral_id": key, "person_id": person_id, "step": "first", "service": "health",
        "status": "in_progress", "requested_month": MAY, "consent": "given", **values,
    }  # fmt: skip


def leg(incident_id: str, leg_no: int, **values: object) -> dict:
    """A row of the table movement."""
    return {"incident_id": incident_id, "leg_no": leg_no, "month": MAY, **values}


def place(incident_id: str, role: str, code: str | None) -> dict:
    """A row of the table incident_place."""
    return {"incident_id": incident_id, "place_role": role, "place": code}


def decision(person_id: str, seq: int, class_: str, month: date = MAY) -> dict:
    """A row of the table classification."""
    return {"person_id": person_id, "seq": seq, "class": class_, "decided_month": month}


@contextmanager
def in_memory(**rows: list[dict]) -> Generator[duckdb.DuckDBPyConnection]:
    """A connection that has a register with these rows."""
    with duckdb.connect(":memory:") as connection:
        connection.execute("ATTACH ':memory:' AS register")
        for statement in create_statements("register"):
            connection.execute(statement)
        for name, entries in rows.items():
            for entry in entries:
                insert(connection, name, entry)
        yield connection


@contextmanager
def built(**rows: list[dict]) -> Generator[duckdb.DuckDBPyConnection]:
    """A connection that has the events of a register with these rows."""
    with in_memory(**rows) as connection:
        build_events(connection, AREAS)
        yield connection


def insert(connection: duckdb.DuckDBPyConnection, name: str, entry: dict) -> None:
    """Insert one row; a column that the table does not have is an error of DuckDB."""
    columns = ", ".join(f'"{column}"' for column in entry)
    marks = ", ".join("?" * len(entry))
    connection.execute(
        f"INSERT INTO register.{name} ({columns}) VALUES ({marks})",  # noqa: S608
        list(entry.values()),
    )


def events(fact: str, **rows: list[dict]) -> dict[str, dict]:
    """Events of a fact by record key, of a register with these rows."""
    with built(**rows) as connection:
        found = connection.execute(f"SELECT * FROM events.{fact}")  # noqa: S608
        names = [column[0] for column in found.description]
        made = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return {event["record_key"]: event for event in made}


def one(fact: str, **rows: list[dict]) -> dict:
    """The only event of a fact, of one person of one incident if these rows name no others."""
    rows = {"incident": [incident("i")], "person": [person("p", "i")], **rows}
    (event,) = events(fact, **rows).values()
    return event


def told(event: dict, names: str) -> tuple[object, ...]:
    """What an event tells under these names."""
    return tuple(event[name] for name in names.split())


def partners(fact: str, **rows: list[dict]) -> dict[str, set[str]]:
    """Partners who reported each event of a fact, by record key."""
    reported: dict[str, set[str]] = {}
    with built(**rows) as connection:
        found = connection.execute(
            "SELECT record_key, partner FROM events.partner WHERE fact = ?", [fact]
        ).fetchall()
    for key, partner in found:
        assert partner not in reported.setdefault(key, set())
        reported[key].add(partner)
    return reported
