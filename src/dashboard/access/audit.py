"""Audit: the record of what was done, which is only ever added to.

One line of JSON an entry, in UTC, each with the SHA-256 of the line before it and a code that only
the web secret makes: a line that is changed, taken out, put in or made by others breaks the chain.
The digest of the last line, the head, stands in the file of accounts too. An entry is added only
where the file goes on from that head. Where it does not, the break is noted for good, the file is
set aside as it was found, and a new one goes on from the head: people still sign in, and `audit
verify` tells of the break from then on. Who can write both files can cut them, or put both back
from a copy; only a head that was kept elsewhere tells that, on paper or by the last publication
(``model.record_head``).
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
from typing import Any, Literal

from dashboard.access.keys import Keys, private_file
from dashboard.model.signoff import TIME

FILE = "audit.jsonl"
#: Name of a file that was set aside since it was not as it was written.
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
    "session ended",
    "other sessions ended",
    "passkey added",
    "passkey renamed",
    "passkey removed",
    "grace given",
    "provider link made",
    "provider connected",
    "provider disconnected",
    "clock set back",
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
        file: File that holds what was found then; '' where there was none.
        is_intact: Whether that file is there and as it was set aside.
    """

    at: str
    after: int
    file: str
    is_intact: bool

    def __str__(self) -> str:
        state = f"What was found then is {self.file}." if self.file else "There was no file."
        if self.file and not self.is_intact:
            state += " It is gone or changed since."
        return f"The record was broken at or before its entry {self.after}, seen {self.at}. {state}"


def as_time(seconds: int) -> str:
    """Seconds since 1970 as text, UTC, which sorts as time does."""
    return datetime.fromtimestamp(seconds, UTC).strftime(TIME)


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
        keys: Derives keys from the secret.
        now: Seconds since 1970.
        event: What was done.
        who: Who did it.
        **about: What else is to be known.
    """
    path, head = folder / FILE, stored_head(connection)
    private_file(path)
    end = _end(connection, path, head, keys)
    if end is None:
        end = _begin_anew(connection, folder, keys, now, head)
    line = _next_line(keys, end, now, event, who, about)
    _append_line(path, line)
    end = Head(end.number + 1, _digest(line))
    connection.execute(
        "INSERT INTO audit_head (one, number, digest, keyed_from) VALUES (1, ?, ?, ?) "
        "ON CONFLICT (one) DO UPDATE SET number = excluded.number, digest = excluded.digest, "
        "keyed_from = coalesce(keyed_from, excluded.keyed_from)",
        [end.number, end.digest, end.number],
    )


def _append_line(path: Path, line: bytes) -> None:
    """Add a line to the end of a file, durably."""
    with path.open("ab") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def _next_line(
    keys: Keys, end: Head, now: int, event: Event, who: str, about: Mapping[str, str]
) -> bytes:
    """The line of a new entry that follows the line at ``end``, with its code."""
    entry = {"number": end.number + 1, "at": as_time(now), "event": event, "who": who}
    entry |= {"about": about, "before": end.digest}
    return _as_line({**entry, "code": _code(entry, keys)})


def _end(connection: sqlite3.Connection, path: Path, head: Head, keys: Keys) -> Head | None:
    """The end of the file, None where it does not go on from the head.

    Lines behind the head are of a transaction that did not end, such as before a crash; the start
    of such a line may stand there alone, and is cut. The whole file is read where its end does not
    hold the head.
    """
    line_keys = None if _keyed_from(connection) is None else keys
    for size in (_LAST, path.stat().st_size):
        lines, torn = _tail(path, size)
        digests = list(map(_digest, lines))
        if head.digest in digests:
            lines = lines[digests.index(head.digest) + 1 :]
            break
    else:
        # All of it may follow: no head is stored yet, or only that a new file begins.
        first = _parse(lines[0]) if lines else None
        if head.number and (first is None or first.get("event") != "record broken"):
            return None
    end = head
    for line in lines:
        if not _follows(line, end, line_keys):
            return None
        end = Head(end.number + 1, _digest(line))
        if _entry_of(line).event == "record broken":
            _note_break(connection, line)
    if torn and torn.strip(b"\0"):
        start = b'{"number":%d,"at":"' % (end.number + 1)
        if torn[: len(start)] != start[: len(torn)]:
            return None
    if torn:
        os.truncate(path, path.stat().st_size - len(torn))
    return end


def _begin_anew(
    connection: sqlite3.Connection, folder: Path, keys: Keys, now: int, head: Head
) -> Head:
    """Set a file aside that is not as it was written, and begin one that goes on from the head."""
    path, asides = folder / FILE, _asides(folder)
    if path.stat().st_size:
        number = max(asides, default=0) + 1
        aside = folder / _ASIDE.format(number)
        path.rename(aside)
    else:
        # Nothing is there, or it was set aside just before a crash.
        noted = {row["kept"] for row in connection.execute("SELECT kept FROM audit_break")}
        aside = next((p for _, p in sorted(asides.items()) if p.name not in noted), None)
    about = {"kept": aside.name, "sha256": _file_digest(aside)} if aside else {"kept": ""}
    line = _next_line(keys, head, now, "record broken", "", about)
    new_file = folder / f"{FILE}.new"
    new_file.unlink(missing_ok=True)
    private_file(new_file)
    _append_line(new_file, line)
    new_file.replace(path)
    _note_break(connection, line)
    return Head(head.number + 1, _digest(line))


def _asides(folder: Path) -> dict[int, Path]:
    """The files that were set aside, by the number in their names."""
    numbers = {path: path.name.split(".")[1] for path in folder.glob(_ASIDE.format("*"))}
    return {int(number): path for path, number in numbers.items() if number.isdigit()}


def _note_break(connection: sqlite3.Connection, line: bytes) -> None:
    """Note a break in the file of accounts, once, by the line "record broken" that follows it.

    The line's ``kept`` is the file with what was found, and ``sha256`` the digest of that.
    """
    entry = json.loads(line)
    about = entry["about"]
    connection.execute(
        "INSERT OR IGNORE INTO audit_break (number, at, digest, kept, sha256) "
        "VALUES (?, ?, ?, ?, ?)",
        [entry["number"] - 1, entry["at"], entry["before"], about["kept"],
         about.get("sha256", "")],
    )  # fmt: skip


def verify(
    connection: sqlite3.Connection, folder: Path, keys: Keys, earlier_head: str | None = None
) -> Head:
    """Read the whole record, since its last break where it has one, and give its head.

    Args:
        connection: The file of accounts, which knows the head.
        folder: The folder of what the web process keeps.
        keys: Derives keys from the secret.
        earlier_head: A head that somebody kept: it must be that of a line.

    Raises:
        BrokenRecord: If a line is changed, missing or put in, or no line has the earlier head.
    """
    head = stored_head(connection)  # before the lines: what is added meanwhile is only more
    keyed_from = _keyed_from(connection)
    row = connection.execute(
        "SELECT number, digest FROM audit_break ORDER BY number DESC"
    ).fetchone()
    ends = [Head(row["number"], row["digest"]) if row else Head(0, NOTHING)]
    for line in _lines(folder / FILE):
        end = ends[-1]
        is_keyed = keyed_from is not None and end.number + 1 >= keyed_from
        if not _follows(line, end, keys if is_keyed else None):
            raise BrokenRecord(f"The record is broken at line {end.number + 1}.")
        ends.append(Head(end.number + 1, _digest(line)))
    if head not in ends:
        raise BrokenRecord(f"The record ends before or beside its line {head.number}.")
    if earlier_head is not None and not has_entry(folder, earlier_head.strip().casefold()):
        raise BrokenRecord("No line of the record has the head that was kept.")
    return ends[-1]


def has_entry(folder: Path, digest: str) -> bool:
    """Whether a digest is that of an entry, in files that were set aside too."""
    files = (folder / FILE, *_asides(folder).values())
    return any(_digest(line) == digest for file in files for line in _lines(file))


def breaks(connection: sqlite3.Connection, folder: Path) -> list[Break]:
    """Where the record was not as it was written, the earliest first."""
    rows = connection.execute("SELECT at, number, kept, sha256 FROM audit_break ORDER BY number")
    return [
        Break(
            row["at"],
            row["number"],
            row["kept"],
            (folder / row["kept"]).is_file()
            and _file_digest(folder / row["kept"]) == row["sha256"],
        )
        for row in rows
    ]


def every_entry(folder: Path, keys: Keys) -> Iterator[Mapping[str, Any]]:
    """Every entry as it was written; of files that were set aside, only those with a code.

    Args:
        folder: The folder of what the web process keeps; its record was verified.
        keys: Derives keys from the secret.
    """
    for _, aside in sorted(_asides(folder).items()):
        for line in _lines(aside):
            entry = _parse(line)
            if entry and _has_code(entry, keys):
                yield entry
    for line in _lines(folder / FILE):
        yield json.loads(line)


def stored_head(connection: sqlite3.Connection) -> Head:
    """The head as the file of accounts has it."""
    row = connection.execute("SELECT number, digest FROM audit_head").fetchone()
    return Head(row["number"], row["digest"]) if row else Head(0, NOTHING)


def _keyed_from(connection: sqlite3.Connection) -> int | None:
    """Number of the first entry with a code; None where a version without codes wrote last."""
    row = connection.execute("SELECT keyed_from FROM audit_head").fetchone()
    return row["keyed_from"] if row else 1


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
    entries = (entry for entry in map(_entry_of, _backwards(path)) if entry.event not in without)
    return list(islice(entries, after, after + most))


def _entry_of(line: bytes) -> Entry:
    """The entry of a line; "unreadable" as the event of a line that is none, which others wrote."""
    entry = _parse(line) or {}
    about = entry.get("about")
    if not isinstance(about, dict):
        return Entry("", "unreadable", "", {})
    return Entry(str(entry.get("at")), str(entry.get("event")), str(entry.get("who")), about)


def _parse(line: bytes) -> dict[str, Any] | None:
    """A line as an object, None unless it is to the byte what ``_as_line`` writes of one."""
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return entry if isinstance(entry, dict) and _as_line(entry) == line else None


def _follows(line: bytes, end: Head, keys: Keys | None) -> bool:
    """Whether a line is the next after ``end``; with keys it must have its code."""
    entry = _parse(line)
    if entry is None or not (keys is None or _has_code(entry, keys)):
        return False
    return (entry.get("number"), entry.get("before")) == (end.number + 1, end.digest)


def _has_code(entry: Mapping[str, Any], keys: Keys) -> bool:
    """Whether the code of an entry was made with the web secret."""
    plain = {name: value for name, value in entry.items() if name != "code"}
    return hmac.compare_digest(str(entry.get("code")).encode(), _code(plain, keys).encode())


def _code(entry: Mapping[str, object], keys: Keys) -> str:
    """The code of an entry, which has none yet: a keyed digest of all else in it."""
    return keys.digest("record", _as_line(entry).decode("ascii")).hex()


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True) if path.is_file() else []


def _tail(path: Path, size: int) -> tuple[list[bytes], bytes]:
    """The whole lines in the last ``size`` bytes of a file, and the bytes after the last line.

    Where the file is longer, the first line may lack its beginning and is left out.
    """
    with path.open("rb") as file:
        length = file.seek(0, os.SEEK_END)
        file.seek(max(0, length - size))
        lines = file.read().splitlines(keepends=True)
    torn = lines.pop() if lines and not _is_whole(lines[-1]) else b""
    return (lines if length <= size else lines[1:]), torn


def _backwards(path: Path) -> Iterator[bytes]:
    """The whole lines of a file, the last first, read in pieces."""
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


def _as_line(entry: Mapping[str, object]) -> bytes:
    return json.dumps(entry, separators=(",", ":"), ensure_ascii=True).encode("ascii") + b"\n"


def _digest(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
