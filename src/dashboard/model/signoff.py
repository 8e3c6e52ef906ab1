"""Sign-off: the round that partners are asked to approve, their answers, and whether it passed.

Both sides share this and nothing else: the operator's side opens a round and judges the answers,
the web process shows the round and takes them. A round holds protected numbers alone, each a
multiple of ``STEP``. Who may answer stands in ``access.signing``, what a publication asks for in
``etl.release.signoff``.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal, cast, get_args

from dashboard.model.protection import BASE, is_few

#: How many partners must sign; "none": nobody is asked.
Quorum = Literal["all", "most", "none"]
QUORUMS: tuple[Quorum, ...] = get_args(Quorum)
#: How many signed, as everybody may know it. "some": half or fewer, perhaps none; "asked": so few
#: were asked that any other band would reveal who.
Band = Literal["all", "most", "some", "asked"]
BANDS: tuple[Band, ...] = get_args(Band)
#: Kinds of answers of a partner.
AnswerKind = Literal["signed", "change"]
#: Every number of a round is a multiple of it.
STEP = BASE
#: With fewer partners no other band is shown: with three or four, a band and a partner's own answer
#: can reveal what every other answered. "all" reveals that of any number.
FEWEST = 5
#: Characters of a change that a partner asks for.
LONGEST = 300
#: How times are written, UTC.
TIME = "%Y-%m-%dT%H:%M:%SZ"
#: Folder of the open round in that of the members' releases, its file, and that of the key.
FOLDER, ROUND, KEY = "sign-off", "round.json", "sign-off.key"
_ROUND, _ANSWERS = "situation-atlas round", "situation-atlas answers"
#: What each file holds, counted up when it changes.
_FORMATS = {_ROUND: 3, _ANSWERS: 2}


class Unsealed(Exception):  # noqa: N818 -- says a state, as its message does
    """A file that was not written with this key, or was changed after; the message says which."""


@dataclass(frozen=True)
class Round:
    """What partners are asked to approve.

    Attributes:
        id: Its random name.
        digest: Digest of what would be published.
        title: Title of the edition.
        kind: invented, published or real.
        as_of: Day on which months are judged closed, YYYY-MM-DD.
        opened: When it was opened, UTC, YYYY-MM-DDTHH:MM:SSZ.
        ends: Last day for an answer, UTC, YYYY-MM-DD.
        partners: Who is asked: those with records in the edition.
        quorum: How many must sign.
        silence: Whether partners who do not answer in time are taken to agree.
        faces: What each audience's file would show, by ``told`` and language.
        admitted: Until when accounts may have been made or changed, UTC, where the operator let in
            later ones than those that were there when it opened; else "".
    """

    id: str
    digest: str
    title: str
    kind: str
    as_of: str
    opened: str
    ends: str
    partners: tuple[str, ...]
    quorum: Quorum
    silence: bool
    faces: tuple[Mapping[str, Any], ...]
    admitted: str = ""

    @property
    def name(self) -> str:
        """Digest of what it asks whom; a signature names it beside the digest of the edition."""
        question = _as_json(self)
        del question["admitted"]  # letting in an account asks nothing else, so answers stay good
        return hashlib.sha256(_canonical(question)).hexdigest()

    @property
    def accounts_until(self) -> str:
        """Until when an account may have been made, reset or given its partner, UTC."""
        return self.admitted or self.opened

    @property
    def first_day(self) -> str:
        """First day for an answer, UTC, YYYY-MM-DD."""
        return self.opened[:10]

    def is_over(self, today: date) -> bool:
        """Whether its last day has passed."""
        return today > date.fromisoformat(self.ends)

    def same_question(self, other: Round) -> bool:
        """Whether another round asks the same partners for the same edition, whenever opened."""
        ignored = {"id": "", "opened": "", "ends": "", "as_of": "", "admitted": ""}
        return {**_as_json(self), **ignored} == {**_as_json(other), **ignored}


@dataclass(frozen=True)
class Answer:
    """What a partner answered.

    Attributes:
        partner: The partner.
        kind: Whether it signed, or asks for a change.
        at: When, UTC, YYYY-MM-DDTHH:MM:SSZ.
        text: What it asks for, or "".
    """

    partner: str
    kind: AnswerKind
    at: str
    text: str = ""


@dataclass(frozen=True)
class Answers:
    """The answers to a round, as the operator gets them.

    Attributes:
        round: Name of the round.
        digest: Digest of the edition.
        at: When they were written, UTC, YYYY-MM-DDTHH:MM:SSZ.
        number: How many entries the record of the web process had.
        head: Digest of the last of them.
        follows: Whether it holds the entry that the last publication took along.
        answers: The answers, in the order of partners.
    """

    round: str
    digest: str
    at: str
    number: int
    head: str
    follows: bool
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Standing:
    """How a round stands.

    Attributes:
        partner_count: How many partners are asked.
        signed: Those that signed.
        changes: Those that ask for a change.
        wanting: How many signatures the quorum still wants.
    """

    partner_count: int
    signed: frozenset[str]
    changes: frozenset[str]
    wanting: int

    @property
    def band(self) -> Band:
        """How many signed, as everybody may know it."""
        if self.partner_count < FEWEST:
            return "asked"
        if len(self.signed) == self.partner_count:
            return "all"
        return "most" if len(self.signed) > self.partner_count / 2 else "some"


def standing(sign_off_round: Round, answers: Sequence[Answer]) -> Standing:
    """How a round stands; a partner that asks for a change has not signed."""
    partners = frozenset(sign_off_round.partners)
    changes = frozenset(a.partner for a in answers if a.kind == "change") & partners
    signed = (frozenset(a.partner for a in answers if a.kind == "signed") & partners) - changes
    count = len(partners)
    needed = {"all": count, "most": count // 2 + 1, "none": 0}[sign_off_round.quorum]
    return Standing(count, signed, changes, max(0, needed - len(signed)))


def in_steps(value: float) -> int:
    """A protected number as coarse as a round shows it; ``STEP`` itself stands for "a few".

    Two rounds of the same months differ by records that came or were corrected in between, often
    one partner's: so they show the number of these to about a step, and no finer.

    >>> [in_steps(value) for value in (0, 1, 9, 10, 12, 13, 1_287)]
    [0, 5, 5, 10, 10, 15, 1285]
    """
    rounded = int(value + 0.5)
    return STEP if is_few(rounded, BASE) else nearest_step(rounded)


def nearest_step(value: float) -> int:
    """The nearest multiple of ``STEP``; for numbers that are no counts, such as percent.

    >>> [nearest_step(value) for value in (0, 2, 3, 9, 97.5)]
    [0, 0, 5, 10, 100]
    """
    return STEP * int(value / STEP + 0.5)


def write_round(sign_off_round: Round, key: bytes) -> bytes:
    """A round in the bytes of its file, sealed."""
    return _with_seal(_as_json(sign_off_round), key, _ROUND)


def read_round(content: bytes, key: bytes) -> Round:
    """The round that a file holds.

    Raises:
        Unsealed: If it was not written with this key, or changed after.
    """
    document = _without_seal(content, key, _ROUND)
    document |= {"partners": tuple(document["partners"]), "faces": tuple(document["faces"])}
    return Round(**document)


def write_answers(answers: Answers, key: bytes) -> bytes:
    """Answers in the bytes of their file, sealed."""
    return _with_seal(_as_json(answers), key, _ANSWERS)


def read_answers(content: bytes, key: bytes) -> Answers:
    """The answers that a file holds.

    Raises:
        Unsealed: If they were not written with this key, or changed after.
    """
    document = _without_seal(content, key, _ANSWERS)
    document |= {"answers": tuple(Answer(**answer) for answer in document["answers"])}
    return Answers(**document)


def _as_json(value: Round | Answers) -> dict[str, Any]:
    """The fields of a round or of answers as JSON has them: lists in place of tuples."""
    return cast("dict[str, Any]", json.loads(json.dumps(asdict(value))))


def _canonical(document: Mapping[str, Any]) -> bytes:
    """A document in the one form of which seals and digests are made."""
    return json.dumps(document, sort_keys=True, separators=(",", ":")).encode("ascii")


def _seal_of(document: Mapping[str, Any], key: bytes, purpose: str) -> str:
    """The seal of a document: an HMAC in hexadecimal digits, with a key of its own purpose."""
    purpose_key = hmac.digest(key, purpose.encode("ascii"), hashlib.sha256)
    return hmac.digest(purpose_key, _canonical(document), hashlib.sha256).hex()


def _with_seal(content: Mapping[str, Any], key: bytes, purpose: str) -> bytes:
    """A sealed file as bytes: a round of sign-off, or the answers to one, by its purpose."""
    document = {"format": _FORMATS[purpose], **content}
    return _canonical({**document, "seal": _seal_of(document, key, purpose)}) + b"\n"


def _without_seal(content: bytes, key: bytes, purpose: str) -> dict[str, Any]:
    """The content of a sealed file, without its seal and format.

    Raises:
        Unsealed: If it was not written with this key, or changed after.
    """
    try:
        data = json.loads(content)
        seal, version = str(data.pop("seal")), data["format"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise Unsealed("the file is none of sign-off, or damaged") from problem
    expected = _seal_of(data, key, purpose).encode()
    if not hmac.compare_digest(expected, seal.encode("utf-8", "replace")):
        raise Unsealed("the file was changed, or written with another key")
    if version != _FORMATS[purpose]:
        raise Unsealed("the file was written by another version of the product")
    del data["format"]
    return data
