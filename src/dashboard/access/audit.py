"""Audit: the record of what was done, which is only ever added to.

One line of JSON an entry, in UTC, each with the SHA-256 of the line before it: a line that is
changed, taken out or put in breaks the chain. The digest of the last line, the head, stands in the
file of accounts too. No key is needed to make a line: who may write both files can make the record
anew. Only a head that a group keeps on paper tells that, and that nothing before it changed.
An entry says who did what and with which filters, never a figure, a password or a code.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Literal

from dashboard.access.keys import private_file

FILE = "audit.jsonl"
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


def append(
    connection: sqlite3.Connection,
    folder: Path,
    now: int,
    event: Event,
    who: str,
    **about: str,
) -> None:
    """Add an entry, durably.

    Args:
        connection: The file of accounts, being written: so only one process adds at a time.
        folder: The folder of what the web process keeps.
        now: Seconds since 1970.
        event: What was done.
        who: Who did it.
        **about: What else is to be known.
    """
    path = folder / FILE
    private_file(path)
    _cut_torn(path)
    before = _end(path)
    at = datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    entry = {"number": before.number + 1, "at": at, "event": event, "who": who}
    line = _written({**entry, "about": about, "before": before.digest})
    with path.open("ab") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
    connection.execute(
        "INSERT OR REPLACE INTO audit_head (one, number, digest) VALUES (1, ?, ?)",
        [before.number + 1, _digest(line)],
    )


def verify(connection: sqlite3.Connection, folder: Path, kept: str | None = None) -> Head:
    """Read the whole record and give its head.

    Args:
        connection: The file of accounts, which knows the head.
        folder: The folder of what the web process keeps.
        kept: A head that somebody kept: it must be that of a line.

    Raises:
        BrokenRecord: If a line is changed, missing or put in, or the head is none.
    """
    known = known_head(connection)  # before the lines: what is added meanwhile is only more
    path = folder / FILE
    digests = [NOTHING]
    for line in path.read_bytes().splitlines(keepends=True) if path.is_file() else ():
        number = len(digests)
        if not _follows(line, number, digests[-1]):
            raise BrokenRecord(f"The record is broken at line {number}.")
        digests.append(_digest(line))
    if known.number >= len(digests) or digests[known.number] != known.digest:
        raise BrokenRecord(f"The record ends before or beside its line {known.number}.")
    if kept is not None and kept.strip().casefold() not in digests[1:]:
        raise BrokenRecord("No line of the record has the head that was kept.")
    return Head(len(digests) - 1, digests[-1])


def known_head(connection: sqlite3.Connection) -> Head:
    """The head as the file of accounts has it."""
    row = connection.execute("SELECT number, digest FROM audit_head").fetchone()
    return Head(row["number"], row["digest"]) if row else Head(0, NOTHING)


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
    entries = (_entry(json.loads(line)) for line in _backwards(path))
    kept = (entry for entry in entries if entry.event not in without)
    return list(islice(kept, after, after + most))


def _entry(read: Mapping[str, object]) -> Entry:
    about = read["about"]
    assert isinstance(about, dict)  # noqa: S101 -- as it was written
    return Entry(str(read["at"]), str(read["event"]), str(read["who"]), about)


def _follows(line: bytes, number: int, before: str) -> bool:
    try:
        read = json.loads(line)
    except ValueError:
        return False
    return (
        isinstance(read, dict)
        and read.get("number") == number
        and read.get("before") == before
        and _written(read) == line
    )


def _cut_torn(path: Path) -> None:
    """Cut the start of a line that was not written to its end, so that no head ever named it."""
    with path.open("r+b") as file:
        length = file.seek(0, os.SEEK_END)
        file.seek(max(0, length - _LAST))
        _, newline, torn = file.read().rpartition(b"\n")
        if torn and (newline or length <= _LAST):
            file.truncate(length - len(torn))


def _end(path: Path) -> Head:
    lines = _tail(path, _LAST)
    if not lines:
        return Head(0, NOTHING)
    return Head(int(json.loads(lines[-1])["number"]), _digest(lines[-1]))


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
