"""Signing: the open round, who may answer it, and the answers given so far.

The round lies in the folder of releases and is sealed with a key that the operator handed over; the
web process opens it and writes nothing there. A partner has one signature, whoever of its focal
points gives it, and may ask for a change after it. An answer for another edition than the one that
was shown, too late, a second time or for another partner is refused and stands in the record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection
from typing import Literal

from dashboard.access import audit
from dashboard.access.account_table import Account, plain_partner
from dashboard.access.accounts import Accounts, change_recorded, day_of
from dashboard.access.keys import WeakSecret, read_keys
from dashboard.model.record_head import RecordHead, read_record_head
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
from dashboard.model.written_text import faults_of, spaced

#: Why there is no round to answer: none is open, there is no key, or its file is not as written
#: or cannot be read.
Closed = Literal["closed", "no_key", "changed"]
#: Why an answer is refused: no round is open, its reader saw another round, their partner is not
#: asked or not theirs, the account is new, the days are over, the partner answered already, or
#: another partner asked for a change.
Refusal = Literal["closed", "other", "partner", "new", "late", "twice", "blocked"]
#: What is wrong with a text.
Fault = Literal["no_text", "long_text", "hidden_character", "personal_text"]
#: Events that the page of the record leaves out: administrators are told bands, and times beside
#: those of sign-ins would tell who answered.
UNSHOWN: frozenset[audit.Event] = frozenset(
    {"round seen", "edition signed", "change asked", "sign-off refused"}
)
_EVENTS: dict[AnswerKind, audit.Event] = {"signed": "edition signed", "change": "change asked"}
#: A month, which has as many digits as a case number.
_MONTH = re.compile(r"(?<!\d)\d{4}-\d{2}(?!\d)")
#: Why answers are not handed over.
_UNLIKE = (
    "The answers are not those of the record: somebody changed either, an older copy of the "
    "accounts was restored, or the machine stopped between writing both. Have `atlas-etl publish "
    "--preview --new-round` ask partners anew."
)
_NO_ROUND: dict[Closed, str] = {
    "closed": "No round is open.",
    "no_key": f"There is no key of sign-off. Have `atlas-etl signoff key` write it as {KEY} into "
    "the folder of ATLAS_STATE, readable by this user alone.",
    "changed": "The file of the round cannot be read, was not written with this key, or was "
    "changed after.",
}
#: Characters that the record keeps of a digest that a form brought.
_KEPT = 40


class NoExport(Exception):  # noqa: N818 -- says a state, as its message does
    """Answers that cannot be handed over; the message says why."""


@dataclass(frozen=True)
class SeenRound:
    """The round that its reader saw, as a form says it.

    Attributes:
        round: Name of the round.
        digest: Digest of the edition.
        partner: For whom the reader answers.
    """

    round: str
    digest: str
    partner: str


def open_round(accounts: Accounts, releases: Path) -> Round | Closed:
    """The round that is open, whether its days are over or not.

    Args:
        accounts: The accounts of this server; the key lies beside their file.
        releases: Folder of the members' releases.
    """
    path = releases / FOLDER / ROUND
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return "closed"
    except OSError:
        return "changed"
    key = _key(accounts)
    if key is None:
        return "no_key"
    try:
        return read_round(content, key)
    except Unsealed:
        return "changed"


def note_seen(accounts: Accounts, sign_off_round: Round, account: Account) -> None:
    """Put into the record, once, that somebody saw a round."""
    statement = "INSERT OR IGNORE INTO sign_off_seen (round, account) VALUES (?, ?)"
    values, digest = [sign_off_round.name, account.id], sign_off_round.digest
    change_recorded(accounts, statement, values, "round seen", account.name, digest=digest)


def fault_of(text: str) -> Fault | None:
    """What is wrong with a text that asks for a change, or None.

    >>> fault_of("Two camps are mixed up."), fault_of(" "), fault_of("Ask 01711 123456")
    (None, 'no_text', 'personal_text')
    """
    plain = spaced(text)
    if not plain:
        return "no_text"
    if len(plain) > LONGEST:
        return "long_text"
    rule = next(faults_of(_MONTH.sub("", plain), LONGEST), None)
    if rule is None:
        return None
    return "hidden_character" if rule == "hidden_character" else "personal_text"


def answer(
    accounts: Accounts,
    releases: Path,
    account: Account,
    seen_round: SeenRound,
    kind: AnswerKind,
    text: str = "",
) -> Refusal | None:
    """Take the answer of a focal point, or say why not; either stands in the record.

    Args:
        accounts: The accounts of this server.
        releases: Folder of the members' releases.
        account: Who answers.
        seen_round: The round that they saw.
        kind: Whether they sign, or ask for a change.
        text: What they ask for; :func:`fault_of` found nothing wrong with it.
    """
    current = open_round(accounts, releases)
    with accounts.store.writing() as connection:
        now = accounts.clock()  # once: the answer and its entry in the record must agree
        refusal = _refusal(connection, current, account, seen_round, kind, now)
        if refusal is None and isinstance(current, Round):
            partner = partner_of(current, account) or ""
            connection.execute(
                "INSERT INTO sign_off_answer (round, partner, kind, account, at, words) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                [current.name, partner, kind, account.id, now, spaced(text)],
            )
            event = _EVENTS[kind]
            about = {"digest": current.digest, "round": current.name, "partner": partner}
        else:
            event = "sign-off refused"
            refusal = refusal or "closed"
            about = {"why": refusal, "digest": seen_round.digest[:_KEPT]}
        audit.append(connection, accounts.folder, accounts.keys, now, event, account.name, **about)
    return refusal


def partner_of(sign_off_round: Round, account: Account) -> str | None:
    """The partner of an account as the round names it, None where it is not asked.

    A declaration may write a name in another form of Unicode than what was typed for the account.
    """
    own = plain_partner(account.partner or "")
    asked = (name for name in sign_off_round.partners if own and plain_partner(name) == own)
    return next(asked, None)


def is_new(sign_off_round: Round, account: Account) -> bool:
    """Whether an account was made, reset or given its partner too late for a round.

    Such a one cannot answer it before the operator, who does not administer accounts, lets it in:
    whoever administers them could else answer for each partner.
    """
    return audit.as_time(account.settled_at) > sign_off_round.accounts_until


def own_answers(
    accounts: Accounts, sign_off_round: Round, account: Account
) -> dict[AnswerKind, str]:
    """Answers of the partner of an account, whoever gave them: by kind the text, '' to sign."""
    partner = partner_of(sign_off_round, account)
    with accounts.store.reading() as connection:
        answers = _answers(connection, sign_off_round.name)
    return {given.kind: given.text for given in answers if given.partner == partner}


def standing_of(accounts: Accounts, sign_off_round: Round) -> Standing:
    """Which partners of a round signed or ask for a change, and how many signatures it lacks."""
    with accounts.store.reading() as connection:
        return standing(sign_off_round, _answers(connection, sign_off_round.name))


def is_over(accounts: Accounts, sign_off_round: Round) -> bool:
    """Whether the days of a round have passed."""
    return sign_off_round.is_over(day_of(accounts.clock()))


def export(accounts: Accounts, releases: Path, name: str | None = None) -> bytes:
    """The answers to the open round, or to one that is closed, as the operator is handed them.

    The whole record is verified first, and each answer must stand in it.

    Args:
        accounts: The accounts of this server.
        releases: Folder of the members' releases.
        name: Name of a closed round that somebody answered; the open one unless given.

    Raises:
        NoExport: If no round is open, or an answer does not stand in the record.
        BrokenRecord: If the record is not as it was written.
    """
    current, key = open_round(accounts, releases), _key(accounts)
    if key is None:
        raise NoExport(_NO_ROUND["closed" if current == "closed" and name is None else "no_key"])
    with accounts.store.writing() as connection:  # nobody answers meanwhile
        head = audit.verify(connection, accounts.folder, accounts.keys)
        name = name or _open_name(connection, current)
        answers, recorded = _answers(connection, name), _recorded(accounts, name)
        if isinstance(current, Round) and name == current.name:
            digest = current.digest
        elif recorded:
            digest, *_ = recorded[0]
        else:
            raise NoExport("Nobody answered a round of that name.")
        if sorted((digest, a.partner, a.kind, a.at) for a in answers) != recorded:
            raise NoExport(_UNLIKE)
        at = audit.as_time(accounts.clock())
        kept = published_head(accounts, releases, head)
    answered = tuple(answers)
    return write_answers(
        Answers(name, digest, at, kept.number, kept.digest, kept.follows, answered), key
    )


def published_head(accounts: Accounts, releases: Path, head: audit.Head) -> RecordHead:
    """A head of the record, with whether the head that was published last is still in the record.

    Raises:
        NoExport: If the head that was published last cannot be read.
    """
    try:
        record_head = read_record_head(releases)
    except ValueError as problem:
        raise NoExport(f"{problem}; the operator's `status` says what to do.") from problem
    follows = record_head is None or audit.has_entry(accounts.folder, record_head.digest)
    return RecordHead(head.number, head.digest, follows)


def _open_name(connection: Connection, current: Round | Closed) -> str:
    """Name of the open round.

    Raises:
        NoExport: If there is none that can be read; the message names the one answered last.
    """
    if isinstance(current, Round):
        return current.name
    row = connection.execute(
        "SELECT round FROM sign_off_answer ORDER BY at DESC, round LIMIT 1"
    ).fetchone()
    last = (
        f" The one that was answered last is handed over by --round {row['round']}" if row else ""
    )
    raise NoExport(f"{_NO_ROUND[current]}{last}")


def _refusal(
    connection: Connection,
    current: Round | Closed,
    account: Account,
    seen_round: SeenRound,
    kind: AnswerKind,
    now: int,
) -> Refusal | None:
    """Why an answer that is sent at a time is refused, or None."""
    if not isinstance(current, Round):
        return "closed"
    partner = partner_of(current, account)
    if partner is None or seen_round.partner != account.partner:
        return "partner"
    if (seen_round.round, seen_round.digest) != (current.name, current.digest):
        return "other"
    if is_new(current, account):
        return "new"
    if not current.first_day <= day_of(now).isoformat() <= current.ends:
        return "late"
    answers = _answers(connection, current.name)
    own = {given.kind for given in answers if given.partner == partner}
    if kind in own or "change" in own:
        return "twice"
    if kind == "signed" and any(given.kind == "change" for given in answers):
        return "blocked"
    return None


def _answers(connection: Connection, name: str) -> list[Answer]:
    """The answers to the round of a name, as the file of accounts has them."""
    rows = connection.execute(
        "SELECT partner, kind, at, words FROM sign_off_answer WHERE round = ? "
        "ORDER BY partner, kind",
        [name],
    )
    return [
        Answer(row["partner"], row["kind"], audit.as_time(row["at"]), row["words"]) for row in rows
    ]


def _recorded(accounts: Accounts, name: str) -> list[tuple[str, str, str, str]]:
    """Digest, partner, kind and time of the answers to a round that stand in the record."""
    kinds = {event: kind for kind, event in _EVENTS.items()}
    return sorted(
        {
            (e["about"]["digest"], e["about"]["partner"], kinds[e["event"]], e["at"])
            for e in audit.every_entry(accounts.folder, accounts.keys)
            if e["event"] in kinds and e["about"]["round"] == name
        }
    )


def _key(accounts: Accounts) -> bytes | None:
    """The key of sign-off, None where there is none that can be used."""
    try:
        return read_keys(accounts.folder / KEY).secret
    except WeakSecret:
        return None
