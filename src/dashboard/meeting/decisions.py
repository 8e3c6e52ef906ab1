"""Decisions: the log of what a meeting agreed, in the file of accounts.

Each is kept whole with the answers that the meeting saw, and with its entry in the record. A
decision is never deleted and its words never change: only its state does.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from dashboard.access.accounts import Accounts, change_recorded, record
from dashboard.meeting.figure import Figure, unpack
from dashboard.meeting.stored_answer import StoredAnswer
from dashboard.model.periods import Month, Span

#: Who acts: types, never a person or an agency by name.
Owner = Literal[
    "coordinator",
    "secretariat",
    "working_group",
    "partner_agency",
    "un_agency",
    "government",
    "law_enforcement",
    "camp_authority",
    "protection_sector",
    "counter_trafficking_committee",
]
OWNERS: tuple[Owner, ...] = get_args(Owner)
State = Literal["open", "done", "dropped"]
#: Characters of an action.
LONGEST = 200


@dataclass(frozen=True)
class Draft:
    """What somebody writes down.

    Attributes:
        action: What is to be done.
        owner: Type of who does it.
        due: Month in which it is due.
        figure: The figure that it came from.
        release: The edition in which it was decided.
        months: The months that the figure was asked for, as far as its edition held them.
        follows: Whether its figure is looked at later for the newest months, not for the same ones.
    """

    action: str
    owner: Owner
    due: Month
    figure: Figure
    release: str
    months: Span
    follows: bool


@dataclass(frozen=True)
class Decision(Draft):
    """An entry of the log.

    Attributes:
        id: Its number.
        state: How it stands.
        noted_at: When it was written down, in seconds since 1970.
        changed_at: When its state changed last, in seconds since 1970.
    """

    id: int
    state: State
    noted_at: int
    changed_at: int


def note(accounts: Accounts, draft: Draft, answers: Mapping[str, bytes], who: str) -> int:
    """Write a decision down with what its figure answered in each language; its number."""
    now = accounts.clock()
    with accounts.store.writing() as connection:
        (number,) = connection.execute(
            "INSERT INTO decision (action, owner, due, exhibit, query, release, months, follows, "
            "state, noted_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?) "
            "RETURNING id",
            [draft.action, draft.owner, str(draft.due), draft.figure.exhibit, draft.figure.query,
             draft.release, str(draft.months), draft.follows, now, now],
        ).fetchone()  # fmt: skip
        connection.executemany(
            "INSERT INTO decision_answer (decision, lang, answer) VALUES (?, ?, ?)",
            [(number, lang, answer) for lang, answer in answers.items()],
        )
        about = {"decision": str(number), "release": draft.release}
        about |= {"exhibit": draft.figure.exhibit, "query": draft.figure.query}
        record(accounts, connection, "decision noted", who, **about)
    return number


def change(accounts: Accounts, number: int, state: State, who: str) -> bool:
    """Set the state of a decision; whether there is one of this number."""
    is_changed = change_recorded(
        accounts,
        "UPDATE decision SET state = ?, changed_at = ? WHERE id = ? AND state <> ?",
        [state, accounts.clock(), number, state],
        "decision changed", who, decision=str(number), state=state,
    )  # fmt: skip
    return is_changed or find(accounts, number) is not None


def find(accounts: Accounts, number: int) -> Decision | None:
    """The decision of a number, or None."""
    rows = accounts.store.rows("SELECT * FROM decision WHERE id = ?", [number])
    return _decision(rows[0]) if rows else None


def count(accounts: Accounts, *, is_open: bool) -> int:
    """How many decisions are open, or are not."""
    query = "SELECT count(*) FROM decision WHERE (state = 'open') = ?"
    return accounts.store.rows(query, [is_open])[0][0]


def listed(accounts: Accounts, *, is_open: bool, most: int, after: int = 0) -> list[Decision]:
    """Some decisions: open ones by the month in which they are due, others by their last change."""
    rows = accounts.store.rows(
        "SELECT * FROM decision WHERE (state = 'open') = ? ORDER BY "
        "CASE WHEN state = 'open' THEN due ELSE '' END, changed_at DESC, id DESC LIMIT ? OFFSET ?",
        [is_open, most, after],
    )
    return [_decision(row) for row in rows]


def stored_answer(accounts: Accounts, decision: Decision, lang: str) -> StoredAnswer | None:
    """What the figure of a decision answered when it was written down.

    None where it was not kept in this language, which the product learned later.
    """
    query = "SELECT answer FROM decision_answer WHERE decision = ? AND lang = ?"
    rows = accounts.store.rows(query, [decision.id, lang])
    return StoredAnswer(unpack(rows[0]["answer"])) if rows else None


def _decision(row: sqlite3.Row) -> Decision:
    return Decision(
        action=row["action"],
        owner=row["owner"],
        due=Month.parse(row["due"]),
        figure=Figure(row["exhibit"], row["query"]),
        release=row["release"],
        months=Span.parse(row["months"]),
        follows=bool(row["follows"]),
        id=row["id"],
        state=row["state"],
        noted_at=row["noted_at"],
        changed_at=row["changed_at"],
    )
