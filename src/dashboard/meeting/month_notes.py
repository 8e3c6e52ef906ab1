"""Notes on months: what the group knows of some months and a reader should know beside the numbers.

A note is somebody's word: it changes no number. It is kept in the file of accounts and shown by
this server, beside the lines of the months that it is about. What every reader of an edition should
have, also of its files, is a note of the operator (``model.event_note``), which an edition carries.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from dashboard.access.accounts import Accounts, change_recorded, record
from dashboard.model.event_note import EventNote
from dashboard.model.periods import Month, Span

#: Characters of a text, as of a note of the operator.
LONGEST = 160
#: Notes that a server keeps; what a group no longer needs is taken back.
MOST = 500


@dataclass(frozen=True)
class MonthNote:
    """A note that was written down.

    Attributes:
        id: Its number.
        event: What it says, in the language in which somebody wrote it.
        role: Role of who wrote it.
        made_at: When, in seconds since 1970.
    """

    id: int
    event: EventNote
    role: str
    made_at: int


def write(accounts: Accounts, event: EventNote, *, role: str, who: str) -> bool:
    """Write a note down; whether there was room for it."""
    with accounts.store.writing() as connection:
        if _count(connection) >= MOST:
            return False
        (number,) = connection.execute(
            "INSERT INTO month_note (month, last_month, kind, area, words, role, made_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
            [str(event.month), str(event.last_month), event.kind, event.area, event.text_en, role,
             accounts.clock()],
        ).fetchone()  # fmt: skip
        about = {"note": str(number), "months": str(event.span), "kind": event.kind}
        if event.area:
            about["area"] = event.area
        record(accounts, connection, "note written", who, **about)
        return True


def take_back(accounts: Accounts, number: int, who: str) -> bool:
    """Delete a note; whether there was one of this number."""
    statement = "DELETE FROM month_note WHERE id = ?"
    return change_recorded(accounts, statement, [number], "note taken back", who, note=str(number))


def count(accounts: Accounts) -> int:
    """How many notes there are."""
    with accounts.store.reading() as connection:
        return _count(connection)


def listed(accounts: Accounts, *, most: int, after: int = 0) -> list[MonthNote]:
    """At most ``most`` notes after the first ``after``, those of the newest months first."""
    rows = accounts.store.rows(
        "SELECT * FROM month_note ORDER BY month DESC, last_month DESC, id DESC LIMIT ? OFFSET ?",
        [most, after],
    )
    return [_note(row) for row in rows]


def within(accounts: Accounts, span: Span) -> list[MonthNote]:
    """Notes that are about any month of a span, those of the earliest months first."""
    rows = accounts.store.rows(
        "SELECT * FROM month_note WHERE month <= ? AND last_month >= ? "
        "ORDER BY month, last_month, id",
        [str(span.end), str(span.start)],
    )
    return [_note(row) for row in rows]


def _count(connection: sqlite3.Connection) -> int:
    return connection.execute("SELECT count(*) FROM month_note").fetchone()[0]


def _note(row: sqlite3.Row) -> MonthNote:
    event = EventNote(
        Month.parse(row["month"]),
        Month.parse(row["last_month"]),
        row["kind"],
        row["area"],
        text_en=row["words"],
        text_local="",
    )
    return MonthNote(row["id"], event, row["role"], row["made_at"])
