"""Data requests: who outside the group asked for its data, what for, and how the group answered.

The log that protocols on sharing information ask a group to keep. It names organisations, never a
person: what was written by mistake is corrected, and overwritten in the file. What may be handed
out is an edition for the public and nothing else. A request is never deleted; the record
keeps each day and answer that was given for it, and no words.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median_high
from typing import Literal, get_args

from dashboard.access.accounts import Accounts, change_recorded, day_of, record
from dashboard.model.edition import Edition
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
#: In place of the id of an edition that is no longer shown, which no form can choose.
SHOWN_NO_MORE = "gone"
_YEAR = timedelta(365)


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
        release: The edition for the public that was given, ``SHOWN_NO_MORE``, or "" for none.
        decider: Who decided, None where nobody had to: it was withdrawn.
        on: Day on which the organisation was answered, or asked no more.
        knows: Whether the organisation knows that its edition is no longer shown.
    """

    outcome: Outcome
    release: str
    decider: Decider | None
    on: date
    knows: bool = False


@dataclass(frozen=True)
class DataRequest(Draft):
    """An entry of the log.

    Attributes:
        id: Its number.
        revision: How often it was changed; a form for an older revision is refused.
        answer: How it was answered, None while it waits.
    """

    id: int
    revision: int
    answer: Answer | None


@dataclass(frozen=True)
class Tally:
    """The log in numbers.

    Attributes:
        waiting: Requests that wait.
        closed: Those that do not.
        of_year: Those asked in the last 365 days, by how they were answered; "" for waiting.
        days: Days after which half of these had their answer, None where none was given or
            declined.
    """

    waiting: int
    closed: int
    of_year: Mapping[str, int]
    days: int | None


def today(accounts: Accounts) -> date:
    """The day by the clock of the machine, UTC."""
    return day_of(accounts.clock())


def editions_to_give(*folders: Releases) -> dict[str, Edition]:
    """Editions that may be handed out, by id, the newest first; none but those for the public."""
    editions = {
        edition.release_id: edition
        for folder in folders
        for edition in folder.editions()
        if edition.audience == "public"
    }
    return dict(sorted(editions.items(), reverse=True))


def note(accounts: Accounts, draft: Draft, who: str) -> int:
    """Write a request down; its number."""
    with accounts.store.writing() as connection:
        (number,) = connection.execute(
            "INSERT INTO data_request (asker, organisation, purpose, asked_on, revision) "
            "VALUES (?, ?, ?, ?, 0) RETURNING id",
            _values(draft),
        ).fetchone()
        record(accounts, connection, "data request noted", who, **_about(number, draft))
    return number


def correct(accounts: Accounts, number: int, draft: Draft, who: str, *, revision: int) -> bool:
    """Replace what was noted of a request; False where it has another revision by now."""
    return change_recorded(
        accounts,
        "UPDATE data_request SET asker = ?, organisation = ?, purpose = ?, asked_on = ?, "
        "revision = revision + 1 WHERE id = ? AND revision = ?",
        [*_values(draft), number, revision],
        "data request corrected", who, **_about(number, draft),
    )  # fmt: skip


def answer(accounts: Accounts, number: int, reply: Answer, who: str, *, revision: int) -> bool:
    """Note how a request was answered; False where it has another revision by now."""
    values = [reply.outcome, reply.release, reply.decider or "", str(reply.on)]
    fields = zip(("outcome", "release", "decider", "answered_on"), values, strict=True)
    about = {name: value for name, value in fields if value}
    about |= {"organisation_knows": "yes"} if reply.knows else {}
    return change_recorded(
        accounts,
        "UPDATE data_request SET outcome = ?, release = ?, decider = ?, answered_on = ?, "
        "knows = ?, revision = revision + 1 WHERE id = ? AND revision = ?",
        [*values, reply.knows, number, revision],
        "data request answered", who, request=str(number), **about,
    )  # fmt: skip


def find(accounts: Accounts, number: int) -> DataRequest | None:
    """The request of a number, or None."""
    rows = accounts.store.rows("SELECT * FROM data_request WHERE id = ?", [number])
    return _request(rows[0]) if rows else None


def listed(accounts: Accounts, *, waits: bool, most: int, after: int = 0) -> list[DataRequest]:
    """Some requests: those that wait, the longest first, or the others, the last closed first."""
    order = "asked_on, id" if waits else "answered_on DESC, id DESC"
    rows = accounts.store.rows(
        f"SELECT * FROM data_request WHERE (outcome IS NULL) = ? ORDER BY {order} "  # noqa: S608 -- one of two
        "LIMIT ? OFFSET ?",
        [waits, most, after],
    )
    return [_request(row) for row in rows]


def undisclosed(accounts: Accounts, not_taken_back: Set[str]) -> list[DataRequest]:
    """Requests answered in the last year whose edition was taken back, the newest first.

    Those of which the log says that the organisation knows are left out.

    Args:
        accounts: Where the log is kept.
        not_taken_back: Ids of all editions for the public that were not taken back.
    """
    rows = accounts.store.rows(
        "SELECT * FROM data_request WHERE outcome = 'given' AND NOT knows AND answered_on > ? "
        "ORDER BY answered_on DESC, id DESC",
        [str(today(accounts) - _YEAR)],
    )
    return [_request(row) for row in rows if row["release"] not in not_taken_back]


def tally(accounts: Accounts) -> Tally:
    """The log in numbers."""
    requests = [_request(row) for row in accounts.store.rows("SELECT * FROM data_request")]
    since = today(accounts) - _YEAR
    of_year = [entry for entry in requests if entry.asked_on > since]
    outcomes = Counter(entry.answer.outcome if entry.answer else "" for entry in of_year)
    waited = [
        (entry.answer.on - entry.asked_on).days
        for entry in of_year
        if entry.answer and entry.answer.outcome != "withdrawn"
    ]
    waiting = sum(entry.answer is None for entry in requests)
    days = median_high(waited) if waited else None
    return Tally(waiting, len(requests) - waiting, outcomes, days)


def _values(draft: Draft) -> list[str]:
    """What a draft puts into the columns asker, organisation, purpose and asked_on."""
    return [draft.asker, draft.organisation, draft.purpose, str(draft.asked_on)]


def _about(number: int, draft: Draft) -> dict[str, str]:
    """What the record keeps of a request: nothing that names who asked or what for."""
    return {"request": str(number), "asker": draft.asker, "asked_on": str(draft.asked_on)}


def _request(row: sqlite3.Row) -> DataRequest:
    reply = None
    if row["outcome"] is not None:
        on = date.fromisoformat(row["answered_on"])
        knows = bool(row["knows"])
        reply = Answer(row["outcome"], row["release"], row["decider"] or None, on, knows)
    return DataRequest(
        asker=row["asker"],
        organisation=row["organisation"],
        purpose=row["purpose"],
        asked_on=date.fromisoformat(row["asked_on"]),
        id=row["id"],
        revision=row["revision"],
        answer=reply,
    )
