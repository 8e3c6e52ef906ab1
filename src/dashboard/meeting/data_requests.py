"""Data requests: who outside the group asked for its data, what for, and how the group answered.

The log that protocols on sharing information ask a group to keep. It names organisations, never a
person. What may be handed out is an edition for the public and nothing else, so a request is
answered with one of these or declined. A request is never deleted and its words never change; an
answer may be given again, and the record keeps each.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median_high
from typing import Literal, get_args

from dashboard.access.desk import Desk, record
from dashboard.model.edition import Edition
from dashboard.model.release import PUBLIC_FOLDER
from dashboard.release.folder import Releases

#: Who asks, by type.
Asker = Literal[
    "media", "research", "un", "ngo", "donor", "government", "law_enforcement", "company", "other"
]
ASKERS: tuple[Asker, ...] = get_args(Asker)
#: "withdrawn": the organisation asks no more, or what was noted was a mistake.
Outcome = Literal["given", "declined", "withdrawn"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
#: Who decided, as protocols name them: roles, never a person.
Decider = Literal[
    "working_group", "co_leads", "coordinator", "secretariat", "data_protection", "partners"
]
DECIDERS: tuple[Decider, ...] = get_args(Decider)
#: Characters of the name of an organisation, and of what it wants the data for.
LONGEST_NAME, LONGEST_PURPOSE = 80, 300


@dataclass(frozen=True)
class Draft:
    """What somebody writes down of a request.

    Attributes:
        asker: Type of who asks.
        organisation: Name of the organisation.
        purpose: What it asks for, and what for.
        asked_on: Day on which it asked.
    """

    asker: Asker
    organisation: str
    purpose: str
    asked_on: date


@dataclass(frozen=True)
class Answer:
    """How a request was answered.

    Attributes:
        outcome: How.
        release: The edition for the public that was given, or "".
        decider: Who decided.
        on: Day on which the organisation was answered.
    """

    outcome: Outcome
    release: str
    decider: Decider
    on: date


@dataclass(frozen=True)
class DataRequest(Draft):
    """An entry of the log.

    Attributes:
        id: Its number.
        answer: How it was answered, None while it waits.
    """

    id: int
    answer: Answer | None


@dataclass(frozen=True)
class Tally:
    """The log in numbers.

    Attributes:
        waiting: Requests that wait.
        closed: Those that do not.
        of_year: Those of the last twelve months, by how they were answered; "" for waiting.
        days: Days after which half of these had their answer, None where none was given or
            declined.
    """

    waiting: int
    closed: int
    of_year: dict[Outcome | Literal[""], int]
    days: int | None


def today(desk: Desk) -> date:
    """The day by the clock of the desk, UTC."""
    return datetime.fromtimestamp(desk.clock(), UTC).date()


def public_folder(folder: Path) -> Path:
    """The folder of editions for the public that belongs to a folder of releases."""
    return folder if folder.name == PUBLIC_FOLDER else folder / PUBLIC_FOLDER


def public_editions(public: Releases) -> list[Edition]:
    """Editions that may be handed out, the newest first."""
    return [edition for edition in public.editions() if edition.audience == "public"]


def note(desk: Desk, draft: Draft, by: str) -> int:
    """Write a request down; its number."""
    with desk.store.writing() as connection:
        (number,) = connection.execute(
            "INSERT INTO data_request (asker, organisation, purpose, asked_on) "
            "VALUES (?, ?, ?, ?) RETURNING id",
            [draft.asker, draft.organisation, draft.purpose, str(draft.asked_on)],
        ).fetchone()
        about = {"request": str(number), "asker": draft.asker}
        record(desk, connection, "data request noted", by, **about)
    return number


def answer(desk: Desk, number: int, given: Answer, by: str) -> bool:
    """Say how a request was answered, in place of what was said before; whether there is one."""
    with desk.store.writing() as connection:
        changed = connection.execute(
            "UPDATE data_request SET outcome = ?, release = ?, decider = ?, answered_on = ? "
            "WHERE id = ?",
            [given.outcome, given.release, given.decider, str(given.on), number],
        ).rowcount
        if changed:
            about = {"request": str(number), "outcome": given.outcome, "decider": given.decider}
            about |= {"release": given.release} if given.release else {}
            record(desk, connection, "data request answered", by, **about)
    return bool(changed)


def numbered(desk: Desk, number: int) -> DataRequest | None:
    """The request of a number, or None."""
    with desk.store.reading() as connection:
        row = connection.execute("SELECT * FROM data_request WHERE id = ?", [number]).fetchone()
    return _request(row) if row else None


def listed(desk: Desk, *, waits: bool, most: int, after: int = 0) -> list[DataRequest]:
    """Some requests: those that wait the longest first, or the answered ones by the last answer."""
    order = "asked_on, id" if waits else "answered_on DESC, id DESC"
    with desk.store.reading() as connection:
        rows = connection.execute(
            f"SELECT * FROM data_request WHERE (outcome IS NULL) = ? ORDER BY {order} "  # noqa: S608 -- one of two
            "LIMIT ? OFFSET ?",
            [waits, most, after],
        ).fetchall()
    return [_request(row) for row in rows]


def tally(desk: Desk) -> Tally:
    """The log in numbers."""
    now = today(desk)
    since = date(now.year - 1, now.month, 1)
    with desk.store.reading() as connection:
        waiting, closed = connection.execute(
            "SELECT count(*) FILTER (WHERE outcome IS NULL), count(outcome) FROM data_request"
        ).fetchone()
        rows = connection.execute(
            "SELECT * FROM data_request WHERE asked_on >= ?", [str(since)]
        ).fetchall()
    found = [_request(row) for row in rows]
    return Tally(waiting, closed, _by_outcome(found), _days(found))


def _by_outcome(found: Iterable[DataRequest]) -> dict[Outcome | Literal[""], int]:
    counts: dict[Outcome | Literal[""], int] = dict.fromkeys((*OUTCOMES, ""), 0)
    for each in found:
        counts[each.answer.outcome if each.answer else ""] += 1
    return counts


def _days(found: Iterable[DataRequest]) -> int | None:
    waited = [
        (each.answer.on - each.asked_on).days
        for each in found
        if each.answer and each.answer.outcome != "withdrawn"
    ]
    return median_high(waited) if waited else None


def _request(row: sqlite3.Row) -> DataRequest:
    given = None
    if row["outcome"] is not None:
        on = date.fromisoformat(row["answered_on"])
        given = Answer(row["outcome"], row["release"], row["decider"], on)
    return DataRequest(
        asker=row["asker"],
        organisation=row["organisation"],
        purpose=row["purpose"],
        asked_on=date.fromisoformat(row["asked_on"]),
        id=row["id"],
        answer=given,
    )
