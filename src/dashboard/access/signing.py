"""Signing: the open round, who may answer it, and the answers that came.

The round lies in the folder of releases and is sealed with a key that the operator handed over; the
web process opens it and writes nothing there. A partner has one signature, whoever of its focal
points gives it, and may ask for a change after it. What is not the edition that was shown, in time,
once and for one's own partner is refused and stands in the record.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from sqlite3 import Connection
from typing import Any, Literal

from dashboard.access import audit
from dashboard.access.accounts import Account
from dashboard.access.desk import Desk
from dashboard.access.keys import WeakSecret, read_keys
from dashboard.model.signoff import (
    FOLDER,
    KEY,
    LONGEST,
    ROUND,
    Answer,
    AnswerKind,
    Answers,
    Round,
    Standing,
    Unsealed,
    read_round,
    standing,
    write_answers,
)

#: Why there is no round to answer: none is open, there is no key, or its file is not as written.
Closed = Literal["closed", "no_key", "changed"]
#: Why an answer is refused.
Refusal = Literal["closed", "other", "partner", "late", "twice", "blocked"]
#: What speaks against a text.
Fault = Literal["no_text", "long_text", "personal_text"]
#: Events of the record that pages never show with a name: administrators are told bands.
UNNAMED: frozenset[audit.Event] = frozenset(
    {"round seen", "edition signed", "change asked", "sign-off refused"}
)
_EVENTS: dict[AnswerKind, audit.Event] = {"signed": "edition signed", "change": "change asked"}
#: Addresses, and digits as numbers of telephones and cases have them.
_PERSONAL = re.compile(r"@|(?<![A-Za-z\d])\d(?:[./()-]?\d){4}")
#: What has as many digits and is none: a month.
_MONTH = re.compile(r"(?<!\d)\d{4}-\d{2}(?!\d)")
#: Characters that the record keeps of a digest that a form brought.
_KEPT = 40
_TIME = "%Y-%m-%dT%H:%M:%SZ"


class NoExport(Exception):  # noqa: N818 -- says a state, as its message does
    """Answers that cannot be handed over; the message says why."""


@dataclass(frozen=True)
class Shown:
    """What a form says that its reader saw.

    Attributes:
        round: Name of the round.
        digest: Digest of the edition.
        partner: For whom the reader answers.
    """

    round: str
    digest: str
    partner: str


@dataclass(frozen=True)
class Own:
    """What the own partner answered.

    Attributes:
        signed: Whether it signed.
        change: What it asks for, or "".
    """

    signed: bool
    change: str


def open_round(desk: Desk, releases: Path) -> Round | Closed:
    """The round that is open, whether its days are over or not.

    Args:
        desk: Where accounts are kept; the key lies beside them.
        releases: Folder of the members' releases.
    """
    path = releases / FOLDER / ROUND
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return "closed"
    key = _key(desk)
    if key is None:
        return "no_key"
    try:
        return read_round(content, key)
    except Unsealed:
        return "changed"


def note_seen(desk: Desk, asked: Round, account: Account) -> None:
    """Put into the record, once, that somebody saw a round."""
    with desk.store.writing() as connection:
        new = connection.execute(
            "INSERT OR IGNORE INTO sign_off_seen (round, account) VALUES (?, ?)",
            [asked.name, account.id],
        )
        if new.rowcount:
            _note(desk, connection, "round seen", account, digest=asked.digest)


def fault_of(text: str) -> Fault | None:
    """What speaks against a text that asks for a change.

    >>> fault_of("Two camps are mixed up."), fault_of(" "), fault_of("Ask 01711 123456")
    (None, 'no_text', 'personal_text')
    """
    plain = plain_text(text)
    if not plain:
        return "no_text"
    if len(plain) > LONGEST:
        return "long_text"
    return "personal_text" if _PERSONAL.search(_MONTH.sub("", plain)) else None


def plain_text(text: str) -> str:
    """A text in one line, without what cannot be printed."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())


def answer(
    desk: Desk, releases: Path, account: Account, shown: Shown, kind: AnswerKind, text: str = ""
) -> Refusal | None:
    """Take the answer of a focal point, or say why not; either stands in the record.

    Args:
        desk: Where accounts are kept.
        releases: Folder of the members' releases.
        account: Who answers.
        shown: What they saw.
        kind: Whether they sign, or ask for a change.
        text: What they ask for; :func:`fault_of` has found nothing against it.
    """
    asked = open_round(desk, releases)
    with desk.store.writing() as connection:
        refusal = _refusal(desk, connection, asked, account, shown, kind)
        if refusal or not isinstance(asked, Round):
            why, digest = refusal or "closed", shown.digest[:_KEPT]
            _note(desk, connection, "sign-off refused", account, why=why, digest=digest)
            return why
        connection.execute(
            "INSERT INTO sign_off_answer (round, partner, kind, account, at, words) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            [asked.name, account.partner, kind, account.id, desk.clock(), plain_text(text)],
        )
        about = {"digest": asked.digest, "round": asked.name, "partner": account.partner or ""}
        _note(desk, connection, _EVENTS[kind], account, **about)
    return None


def own_answer(desk: Desk, asked: Round, account: Account) -> Own:
    """What the partner of an account answered, whoever gave the answer."""
    with desk.store.reading() as connection:
        found = {
            a.kind: a for a in _answers(connection, asked.name) if a.partner == account.partner
        }
    return Own("signed" in found, found["change"].text if "change" in found else "")


def stands(desk: Desk, asked: Round) -> Standing:
    """How a round stands."""
    with desk.store.reading() as connection:
        return standing(asked, _answers(connection, asked.name))


def is_over(desk: Desk, asked: Round) -> bool:
    """Whether the days of a round have passed."""
    return asked.is_over(_today(desk))


def export(desk: Desk, releases: Path) -> bytes:
    """The answers to the open round, as the operator is handed them.

    The whole record is verified first, and each answer must stand in it.

    Raises:
        NoExport: If no round is open, or an answer does not stand in the record.
        BrokenRecord: If the record is not as it was written.
    """
    asked, key = open_round(desk, releases), _key(desk)
    if not isinstance(asked, Round) or key is None:
        raise NoExport(_NO_ROUND[asked if isinstance(asked, str) else "no_key"])
    with desk.store.writing() as connection:  # nobody answers meanwhile
        head = audit.verify(connection, desk.folder)
        given = _answers(connection, asked.name)
        if sorted((a.partner, a.kind, a.at) for a in given) != _recorded(desk.folder, asked):
            raise NoExport("The answers are not those of the record: somebody changed either.")
        at = _at(desk.clock())
    made = Answers(asked.name, asked.digest, at, head.number, head.digest, tuple(given))
    return write_answers(made, key)


_NO_ROUND: dict[Closed, str] = {
    "closed": "No round is open.",
    "no_key": f"There is no key of sign-off. Have `atlas-etl signoff key` write it as {KEY} into "
    "the folder of ATLAS_STATE, readable by this user alone.",
    "changed": "The file of the round was not written with this key, or was changed after.",
}


def _refusal(
    desk: Desk,
    connection: Connection,
    asked: Round | Closed,
    account: Account,
    shown: Shown,
    kind: AnswerKind,
) -> Refusal | None:
    if not isinstance(asked, Round):
        return "closed"
    if account.partner not in asked.partners or shown.partner != account.partner:
        return "partner"
    if (shown.round, shown.digest) != (asked.name, asked.digest):
        return "other"
    if not asked.opened <= _today(desk).isoformat() <= asked.ends:
        return "late"
    given = _answers(connection, asked.name)
    own = {each.kind for each in given if each.partner == account.partner}
    if kind in own or "change" in own:
        return "twice"
    if kind == "signed" and any(each.kind == "change" for each in given):
        return "blocked"
    return None


def _answers(connection: Connection, name: str) -> list[Answer]:
    rows = connection.execute(
        "SELECT partner, kind, at, words FROM sign_off_answer WHERE round = ? "
        "ORDER BY partner, kind",
        [name],
    )
    return [Answer(row["partner"], row["kind"], _at(row["at"]), row["words"]) for row in rows]


def _recorded(folder: Path, asked: Round) -> list[tuple[str, str, str]]:
    """Partner, kind and time of the answers to a round that stand in the record."""
    kinds = {event: kind for kind, event in _EVENTS.items()}
    return sorted(
        (entry["about"]["partner"], kinds[entry["event"]], entry["at"])
        for entry in _entries(folder)
        if entry["event"] in kinds
        and (entry["about"]["round"], entry["about"]["digest"]) == (asked.name, asked.digest)
    )


def _entries(folder: Path) -> Iterator[dict[str, Any]]:
    path = folder / audit.FILE
    if path.is_file():
        with path.open("rb") as file:
            yield from map(json.loads, file)


def _key(desk: Desk) -> bytes | None:
    """The key of sign-off, None where there is none that can be used."""
    try:
        return read_keys(desk.folder / KEY).secret
    except WeakSecret:
        return None


def _today(desk: Desk) -> date:
    return datetime.fromtimestamp(desk.clock(), UTC).date()


def _at(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime(_TIME)


def _note(
    desk: Desk, connection: Connection, event: audit.Event, account: Account, **about: str
) -> None:
    audit.append(connection, desk.folder, desk.clock(), event, account.name, **about)
