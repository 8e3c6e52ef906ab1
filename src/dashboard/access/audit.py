"""Audit: the record of what was done, which is only ever added to.

One line of JSON an entry, in UTC, each with the SHA-256 of the line before it and a code that only
the web secret makes: a line that is changed, taken out, put in or made by others breaks the chain.
The digest of the last line, the head, stands in the file of accounts too. An entry is added only
where the file ends with that head. Where it does not, the break is noted for good, the file is set
aside as it was found, and a new one goes on from the head: people still sign in, and `audit verify`
tells of the break from then on. Who may write both files and has the secret can make the record
anew; only a head that a group keeps on paper tells that.
An entry says who did what and with which filters, never a figure, a password or a code.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Literal

from dashboard.access.keys import Keys, private_file

FILE = "audit.jsonl"
#: What is set aside where it was not as it was written.
_ASIDE = "audit.{}.jsonl"
#: What the first line has in place of a digest.
NOTHING = "0" * 64
#: Bytes at the end of the file that hold at least one whole line.
_LAST = 65_536

Event = Literal[
    "signed in",
    "signed out",
    "sign-in failed",
    "locked",
    "denied",
    "exported",
    "password set",
    "authenticator set",
    "recovery codes made",
    "token made",
    "token ended",
    "tokens ended",
    "sessions ended",
    "account added",
    "account reset",
    "account disabled",
    "partner set",
    "round seen",
    "edition signed",
    "change asked",
    "sign-off refused",
    "decision noted",
    "decision changed",
    "view saved",
    "view shared",
    "view kept private",
    "view renamed",
    "view deleted",
    "flag explained",
    "note written",
    "note taken back",
    "edition published",
    "edition taken back",
    "edition held back",
    "edition shown",
    "edition shown again",
    "data request noted",
    "data request corrected",
    "data request answered",
    "record broken",
]


class BrokenRecord(Exception):  # noqa: N818 -- says a state, as its message does
    """The record is not as it was written; the message says from which line on."""


@dataclass(frozen=True)
class Head:
    """The end of the chain.

    Attributes:
        number: How many lines there are.
        digest: SHA-256 of the last one, in hexadecimal digits.
    """

    number: int
    digest: str


@dataclass(frozen=True)
class Entry:
    """One line.

    Attributes:
        at: When, UTC, to the second.
        event: What.
        who: Name of the account, "command line", or "" for nobody known.
        about: What else: an address, an exhibit, another account.
    """

    at: str
    event: str
    who: str
    about: Mapping[str, str]


@dataclass(frozen=True)
class Break:
    """A place where the record was not as it was written.

    Attributes:
        at: When that was noticed, UTC, to the second.
        after: Number of the last entry that is known to have been there.
        kept: File that holds what was found then; '' where there was none.
    """

    at: str
    after: int
    kept: str

    def __str__(self) -> str:
        found = f"What was found then is {self.kept}." if self.kept else "There was no file."
        return f"The record was broken at or before its entry {self.after}, seen {self.at}. {found}"


def append(
    connection: sqlite3.Connection,
    folder: Path,
    keys: Keys,
    now: int,
    event: Event,
    who: str,
    **about: str,
) -> None:
    """Add an entry, durably.

    Args:
        connection: The file of accounts, being written: so only one process adds at a time.
        folder: The folder of what the web process keeps.
        keys: What is derived of the secret.
        now: Seconds since 1970.
        event: What was done.
        who: Who did it.
        **about: What else is to be known.
    """
    path, head = folder / FILE, known_head(connection)
    private_file(path)
    _cut_torn(path)
    end = _end(path, head, keys)
    if end is None:
        kept = _set_aside(folder)
        end = _add(path, keys, head, now, "record broken", "", {"kept": kept})
    _note_break(connection, path, head)
    end = _add(path, keys, end, now, event, who, about)
    connection.execute(
        "INSERT INTO audit_head (one, number, digest) VALUES (1, ?, ?) "
        "ON CONFLICT (one) DO UPDATE SET number = excluded.number, digest = excluded.digest",
        [end.number, end.digest],
    )


def _add(
    path: Path,
    keys: Keys,
    end: Head,
    now: int,
    event: Event,
    who: str,
    about: Mapping[str, str],
) -> Head:
    """Write one line behind the end of a file; the end after it."""
    entry = {"number": end.number + 1, "at": _in_utc(now), "event": event, "who": who}
    entry |= {"about": about, "before": end.digest}
    line = _written({**entry, "code": _code(entry, keys)})
    with path.open("ab") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
    return Head(end.number + 1, _digest(line))


def _end(path: Path, head: Head, keys: Keys) -> Head | None:
    """The end of the file, None where it does not go on from the head.

    Lines behind the head were written by what was not kept to its end, such as before a crash.
    """
    with path.open("rb") as file:
        is_long = file.seek(0, os.SEEK_END) > _LAST
    lines = _tail(path, _LAST)
    digests = list(map(_digest, lines))
    if head.digest in digests:
        after = lines[digests.index(head.digest) + 1 :]
    elif is_long or not (head.number == 0 or (lines and _is_break(lines[0]))):
        return None
    else:
        after = lines
    end = head
    for line in after:
        if not _follows(line, end, keys):
            return None
        end = Head(end.number + 1, _digest(line))
    return end


def _is_break(line: bytes) -> bool:
    try:
        return json.loads(line).get("event") == "record broken"
    except (ValueError, AttributeError):
        return False


def _set_aside(folder: Path) -> str:
    """Keep a file that is not as it was written; its new name, '' where it holds nothing."""
    path = folder / FILE
    if not path.stat().st_size:
        return ""
    taken = len(list(folder.glob(_ASIDE.format("*"))))
    kept = folder / _ASIDE.format(taken + 1)
    path.rename(kept)
    private_file(path)
    return kept.name


def _note_break(connection: sqlite3.Connection, path: Path, head: Head) -> None:
    """Note for good that the file begins behind a break, where it does."""
    with path.open("rb") as file:
        first = file.readline()
    if not _is_break(first):
        return
    entry = _entry(json.loads(first))
    connection.execute(
        "INSERT OR IGNORE INTO audit_break (at, number, digest, kept) VALUES (?, ?, ?, ?)",
        [entry.at, head.number, json.loads(first)["before"], entry.about["kept"]],
    )


def verify(
    connection: sqlite3.Connection, folder: Path, keys: Keys, kept: str | None = None
) -> Head:
    """Read the whole record, since its last break where it has one, and give its head.

    Args:
        connection: The file of accounts, which knows the head.
        folder: The folder of what the web process keeps.
        keys: What is derived of the secret.
        kept: A head that somebody kept: it must be that of a line.

    Raises:
        BrokenRecord: If a line is changed, missing or put in, or the head is none.
    """
    known = known_head(connection)  # before the lines: what is added meanwhile is only more
    keyed = _keyed_from(connection)
    broken = connection.execute("SELECT number, digest FROM audit_break ORDER BY number")
    start = next((Head(row["number"], row["digest"]) for row in reversed(broken.fetchall())), None)
    ends = [start or Head(0, NOTHING)]
    for line in _lines(folder / FILE):
        end = ends[-1]
        if not _follows(line, end, keys if end.number + 1 >= keyed else None):
            raise BrokenRecord(f"The record is broken at line {end.number + 1}.")
        ends.append(Head(end.number + 1, _digest(line)))
    if known not in ends:
        raise BrokenRecord(f"The record ends before or beside its line {known.number}.")
    digests = {end.digest for end in ends[1:]}
    for aside in sorted(folder.glob(_ASIDE.format("*"))):
        digests.update(map(_digest, _lines(aside)))
    if kept is not None and kept.strip().casefold() not in digests:
        raise BrokenRecord("No line of the record has the head that was kept.")
    return ends[-1]


def breaks(connection: sqlite3.Connection) -> list[Break]:
    """Where the record was not as it was written, the earliest first."""
    rows = connection.execute("SELECT at, number, kept FROM audit_break ORDER BY number")
    return [Break(row["at"], row["number"], row["kept"]) for row in rows]


def known_head(connection: sqlite3.Connection) -> Head:
    """The head as the file of accounts has it."""
    row = connection.execute("SELECT number, digest FROM audit_head").fetchone()
    return Head(row["number"], row["digest"]) if row else Head(0, NOTHING)


def _keyed_from(connection: sqlite3.Connection) -> int:
    """Number of the first entry that has a code: a version before made them without."""
    row = connection.execute("SELECT keyed_from FROM audit_head").fetchone()
    return int(row["keyed_from"]) if row else 1


def latest(
    folder: Path, most: int, without: Collection[Event] = (), *, after: int = 0
) -> list[Entry]:
    """Some entries, the newest first, without those of some events.

    Args:
        folder: The folder of what the web process keeps.
        most: How many.
        without: Events that are left out.
        after: How many newer ones are passed over.
    """
    path = folder / FILE
    if not path.is_file():
        return []
    entries = map(_read, _backwards(path))
    kept = (entry for entry in entries if entry.event not in without)
    return list(islice(kept, after, after + most))


def _read(line: bytes) -> Entry:
    """An entry; what is none is told too, since somebody put it there."""
    try:
        return _entry(json.loads(line))
    except (ValueError, KeyError, TypeError, AssertionError):
        return Entry("", "unreadable", "", {})


def _entry(read: Mapping[str, object]) -> Entry:
    about = read["about"]
    assert isinstance(about, dict)  # noqa: S101 -- as it was written
    return Entry(str(read["at"]), str(read["event"]), str(read["who"]), about)


def _follows(line: bytes, end: Head, keys: Keys | None) -> bool:
    """Whether a line goes on from an end; without keys it needs no code."""
    try:
        read = json.loads(line)
    except ValueError:
        return False
    if not isinstance(read, dict) or _written(read) != line:
        return False
    entry = {name: value for name, value in read.items() if name != "code"}
    is_own = keys is None or hmac.compare_digest(str(read.get("code")), _code(entry, keys))
    return is_own and (read.get("number"), read.get("before")) == (end.number + 1, end.digest)


def _code(entry: Mapping[str, object], keys: Keys) -> str:
    return keys.digest("record", _written(entry).decode("ascii")).hex()


def _in_utc(now: int) -> str:
    return datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True) if path.is_file() else []


def _cut_torn(path: Path) -> None:
    """Cut the start of a line that was not written to its end, so that no head ever named it."""
    with path.open("r+b") as file:
        length = file.seek(0, os.SEEK_END)
        file.seek(max(0, length - _LAST))
        _, newline, torn = file.read().rpartition(b"\n")
        if torn and (newline or length <= _LAST):
            file.truncate(length - len(torn))


def _tail(path: Path, size: int) -> list[bytes]:
    """The whole lines among the last bytes of a file."""
    with path.open("rb") as file:
        length = file.seek(0, os.SEEK_END)
        file.seek(max(0, length - size))
        lines = file.read().splitlines(keepends=True)
    if lines and not lines[-1].endswith(b"\n"):
        lines.pop()
    return lines if length <= size else lines[1:]


def _backwards(path: Path) -> Iterator[bytes]:
    """The whole lines of a file from its end, however long it is."""
    with path.open("rb") as file:
        end, first = file.seek(0, os.SEEK_END), b""
        while end:
            start = max(0, end - _LAST)
            file.seek(start)
            first, *lines = (file.read(end - start) + first).splitlines(keepends=True)
            yield from filter(_is_whole, reversed(lines))
            end = start
        if _is_whole(first):
            yield first


def _is_whole(line: bytes) -> bool:
    """Whether a line was written to its end; the last of a file may not be yet."""
    return line.endswith(b"\n")


def _written(entry: Mapping[str, object]) -> bytes:
    return json.dumps(entry, separators=(",", ":"), ensure_ascii=True).encode("ascii") + b"\n"


def _digest(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()
