"""Registers for tests of publishing: a store made by hand and filled by plain INSERTs."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from unittest.mock import patch

import duckdb
import numpy as np

from dashboard.model import codes
from dashboard.model.periods import Month
from dashboard.model.tables import table
from etl.protect.due_blocks import FactReport
from etl.register.founding import make_store
from etl.release.closing import months as closing
from etl.release.contents.geography import Geography
from etl.release.preview.preview import Preview, preview
from etl.release.publication import Published, publish, silent
from etl.secret_files import secret_paths
from etl.settings import Settings
from tests.unit.etl.events.register import decision, incident, leg, person, place
from tests.unit.etl.protect import invented
from tests.unit.etl.stores import empty, written_register


def geography() -> Geography:
    """The invented places, in the shape that the gazetteer gives."""

    def place(code: str, level: str):
        return (code, level, f"Place {code}", "", 91.0, 22.0, None, None, None)

    places = [
        place("BD", "country"),
        place("BD9", "division"),
        *(place(code, "district") for code in (invented.HOME, *invented.DISTRICTS)),
        *(place(code, "upazila") for code in invented.UPAZILAS),
        *(place(code, "camp") for code in invented.CAMPS),
        *(place(code, "country") for code in invented.ABROAD),
        place("SEA-BOB", "sea_area"),
    ]
    above = [("BD9", "division", "BD9"), ("BD9", "country", "BD"), ("BD", "country", "BD")]
    return Geography(places, [*invented.parent_rows(), *((*area, None, None) for area in above)])


def settings_of(folder: Path) -> Settings:
    """Settings of the store that ``make`` makes in a folder."""
    return Settings(store=folder / "store", secrets=folder / "secrets")


def make(folder: Path, secret: bytes | None = None) -> Settings:
    """An empty store with known secrets beside it, both the same where one is given."""
    settings = settings_of(folder)
    if secret is None:
        shutil.copytree(empty(), folder, dirs_exist_ok=True)
        return settings
    settings.secrets.mkdir(parents=True, mode=0o700)
    for path in secret_paths(settings):
        path.touch(mode=0o600)
        path.write_text(secret.hex())
    make_store(settings)
    return settings


def fill(settings: Settings, rows: dict[str, list[dict]], **load: object) -> None:
    """Insert rows into tables of the register as one load of one partner, with what is given."""
    with written_register(settings) as connection:
        for name, entries in rows.items():
            if entries:
                fields = table(name).fields
                listed = ", ".join(f"unnest(?::{field.kind.sql}[])" for field in fields)
                columns = [[entry.get(field.name) for entry in entries] for field in fields]
                connection.execute(f"INSERT INTO {name} SELECT {listed}", columns)
        number = connection.execute("SELECT count(*) + 1 FROM load").fetchone()[0]
        note_load(connection, number, "partner-a", **load)


def note_load(
    connection: duckdb.DuckDBPyConnection, number: int, partner: str, **more: object
) -> None:
    """Note one load of a partner, with what else is given of it."""
    of_all = {"extract": "x", "source": "test", "title": "A title", "attribution": "An attribution",
              "kind": "invented", "row_is": "person", "file_hash": "x",
              "loaded_at": datetime(2026, 1, 1), "rows": 1, "held": 0}  # fmt: skip
    row = {"load_no": number, "partner": partner, **of_all, **more}
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    statement = f"INSERT INTO load ({names}) VALUES ({marks})"  # noqa: S608
    connection.execute(statement, [*row.values()])


def register_rows(
    events: list[dict], *, name: str = "a", seed: int = 1, referrals: float = 3.0
) -> dict[str, list[dict]]:
    """Register rows of events of the people fact: one incident each, legs, referrals, decisions."""
    random = np.random.default_rng(seed)
    names = ("incident", "incident_place", "person", "movement", "referral", "classification")
    rows: dict[str, list[dict]] = {name: [] for name in names}
    for number, event in enumerate(events):
        key = f"{name}{number:06d}"
        _incident(rows, key, event, random)
        rows["person"].append(person(key, key, **event))
        for step in range(int(random.poisson(referrals))):
            rows["referral"].append(_referral(f"{key}-{step}", key, step, event, random))
        if random.random() < 0.1:
            rows["classification"] += _decisions(key, event, random)
    return rows


def _incident(rows: dict, key: str, event: dict, random: np.random.Generator) -> None:
    months = dict.fromkeys(("report_month", "incident_month"), event["month"])
    of = {"partner": f"partner-{'abc'[int(random.integers(3))]}", "verification": "verified"}
    dead = int(random.choice([0, 0, 0, 2, 7]))
    rows["incident"].append(incident(key, **of, **months, dead_or_missing=dead, route="Route one"))
    rows["incident_place"].append(place(key, event["place_role"], event["place"]))
    ends = {"from_place": event["place"], "to_place": event["destination"]}
    told = {"leg_role": "to_exploitation", "completed": "completed", **event}
    rows["movement"].append(leg(key, 1, person_id=key, **ends, **told))


def _referral(key: str, person: str, step: int, event: dict, random: np.random.Generator) -> dict:
    requested = Month.of(event["month"]).plus(int(random.choice([0, 1, 2])))
    status = str(random.choice(codes.REFERRAL_STATUS.values, p=[0.12, 0.14, 0.07, 0.62, 0.05]))
    ended = status in codes.ENDED_STATUSES
    done = status == "done"
    return {
        "referral_id": key,
        "person_id": person,
        "step": ("first", "second", "later")[min(step, 2)],
        "from_agency_type": str(random.choice(codes.AGENCY_TYPE.values)),
        "to_agency_type": str(random.choice(codes.AGENCY_TYPE.values)),
        "service": str(random.choice(codes.SERVICE.values)),
        "priority": str(random.choice(codes.PRIORITY.values)),
        "requested_month": requested.first_day,
        "ended_month": requested.plus(int(random.integers(0, 4))).first_day if ended else None,
        "days_to_response": int(random.integers(0, 20)) if ended else None,
        "days_to_service": int(random.integers(1, 40)) if done else None,
        "status": status,
        "consent": "given",
        "place": event["place"],
        "no_service_reason": None if done or not ended else "lost_contact",
    }


def _decisions(key: str, event: dict, random: np.random.Generator) -> list[dict]:
    later = Month.of(event["month"]).plus(int(random.integers(1, 6))).first_day
    first = decision(key, 1, event["class"], event["month"])
    return [first, decision(key, 2, "undetermined", later)]


def published(folder: Path, *, people: int, months: int) -> tuple[Settings, Published]:
    """A store with invented people of so many months from January 2023, and its first release."""
    settings = make(folder)
    fill(settings, register_rows(invented.people(people, months, seed=7)))
    last = Month(2023, 1).plus(months - 1)
    return settings, publish_to(settings, last)


def copied(
    settings: Settings, made: list[Published], folder: Path
) -> tuple[Settings, list[Published]]:
    """A store with its secrets and releases as it is, at a folder of its own."""
    home = settings.store.parent
    shutil.copytree(home, folder, dirs_exist_ok=True)

    def moved(path: Path) -> Path:
        return folder / path.relative_to(home)

    there = [
        replace(each, path=moved(each.path), public=each.public and moved(each.public))
        for each in made
    ]
    return settings_of(folder), there


@patch.object(closing, "read_geography", lambda _: geography())
def publish_to(settings: Settings, last: Month, **options) -> Published:
    """Publish every month up to one."""
    return publish(settings, as_of=as_of(last), **options)


def as_of(last: Month) -> date:
    """The first day on which a month is closed."""
    return last.plus(1).first_day + timedelta(days=14)


@patch.object(closing, "read_geography", lambda _: geography())
def close_to(settings: Settings, last: Month) -> tuple[FactReport, ...]:
    """Close every month up to one and publish nothing."""
    return closing.close_months(settings, last, as_of=as_of(last), on_step=silent)


@patch.object(closing, "read_geography", lambda _: geography())
def preview_to(settings: Settings, last: Month, **options) -> Preview:
    """Preview a publication of every month up to one."""
    return preview(settings, on_step=silent, **{"as_of": as_of(last), **options})


def read(release: Published, question: str, *values: object) -> list[tuple]:
    """Answers of a question to a release."""
    return ask(release.path, question, *values)


@cache
def _asking() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def ask(path: Path, question: str, *values: object) -> list[tuple]:
    """Answers of a question to a database file."""
    # A connection of its own would take seven times as long as attaching the file to this one.
    connection = _asking()
    connection.execute(f"ATTACH '{path}' AS asked (READ_ONLY)")
    try:
        return connection.execute(f"USE asked; {question}", list(values)).fetchall()
    finally:
        connection.execute("USE memory; DETACH asked")


def content(settings: Settings) -> dict[str, bytes]:
    """Every file of a store, but for the note that a preview leaves."""
    return {
        str(path.relative_to(settings.store)): path.read_bytes()
        for path in sorted(settings.store.rglob("*"))
        if path.is_file() and path.name != "preview.json"
    }
