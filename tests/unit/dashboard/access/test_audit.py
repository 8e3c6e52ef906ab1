"""The record tells what was done; nothing in it can be changed without being found."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dashboard.access import audit
from dashboard.access import desk as at
from dashboard.access.audit import FILE, BrokenRecord, Head, latest, verify
from dashboard.access.desk import Desk
from tests.support.accounts import Clock

CHANGES = 50


@pytest.fixture
def record(desk: Desk, clock: Clock) -> Desk:
    for number in range(20):
        clock.now += 7
        at.note(desk, "exported", f"analyst{number % 3}", exhibit="overview.trend", query="sex=উ")
    return desk


def checked(desk: Desk, kept: str | None = None) -> Head:
    with desk.store.reading() as connection:
        return verify(connection, desk.folder, kept)


def test_entries_are_told_the_newest_first(record: Desk) -> None:
    entries = latest(record.folder, 3)
    assert [entry.who for entry in entries] == ["analyst1", "analyst0", "analyst2"]
    assert entries[0].at == "2026-09-21T14:15:40Z"
    assert entries[0].about == {"exhibit": "overview.trend", "query": "sex=উ"}


def test_a_record_that_nobody_changed_is_whole(record: Desk) -> None:
    head = checked(record)
    assert head.number == 20
    at.note(record, "signed in", "member")
    assert checked(record, head.digest).number == 21


def test_an_empty_record_is_whole(desk: Desk) -> None:
    assert checked(desk) == Head(0, audit.NOTHING)
    assert latest(desk.folder, 5) == []


@pytest.mark.parametrize("seed", range(CHANGES))
def test_a_changed_byte_is_found(record: Desk, seed: int) -> None:
    chosen = random.Random(seed)
    path = record.folder / FILE
    content = bytearray(path.read_bytes())
    place = chosen.randrange(len(content))
    content[place] = chosen.choice([byte for byte in range(256) if byte != content[place]])
    path.write_bytes(content)
    with pytest.raises(BrokenRecord):
        checked(record)


@pytest.mark.parametrize("change", ["first", "middle", "last", "all", "twice", "swapped"])
def test_a_line_that_is_missing_or_moved_is_found(record: Desk, change: str) -> None:
    path = record.folder / FILE
    lines = path.read_bytes().splitlines(keepends=True)
    changed = {
        "first": lines[1:],
        "middle": lines[:9] + lines[10:],
        "last": lines[:-1],
        "all": [],
        "twice": [*lines, lines[-1]],
        "swapped": [*lines[:5], lines[6], lines[5], *lines[7:]],
    }
    path.write_bytes(b"".join(changed[change]))
    with pytest.raises(BrokenRecord):
        checked(record)


def test_a_record_written_anew_does_not_have_the_head_that_was_kept(
    record: Desk, clock: Clock
) -> None:
    head = checked(record)
    (record.folder / FILE).unlink()
    with record.store.writing() as connection:
        connection.execute("DELETE FROM audit_head")
    for _ in range(21):
        at.note(record, "signed in", "somebody else")
    assert checked(record).number == 21
    with pytest.raises(BrokenRecord, match="kept"):
        checked(record, head.digest)


def test_a_line_that_was_written_before_a_crash_is_gone_on_from(record: Desk) -> None:
    with pytest.raises(KeyboardInterrupt), record.store.writing() as connection:
        audit.append(connection, record.folder, 1_790_000_900, "signed in", "member")
        raise KeyboardInterrupt
    assert checked(record).number == 21
    at.note(record, "signed out", "member")
    assert checked(record).number == 22


@pytest.mark.parametrize("torn", [b'{"number":21,"at":"20', b"\x00" * 90], ids=["letters", "zeros"])
def test_a_line_that_was_half_written_is_cut_and_gone_on_from(record: Desk, torn: bytes) -> None:
    path = record.folder / FILE
    whole = path.read_bytes()
    path.write_bytes(whole + torn)
    assert [entry.who for entry in latest(record.folder, 1)] == ["analyst1"]
    at.note(record, "signed in", "member")
    assert path.read_bytes().startswith(whole)
    assert checked(record).number == 21
    assert latest(record.folder, 1)[0].who == "member"


def test_a_first_line_that_was_half_written_is_cut(desk: Desk) -> None:
    (desk.folder / FILE).write_bytes(b'{"number":1,')
    at.note(desk, "signed in", "member")
    assert checked(desk).number == 1


def test_what_is_added_while_a_record_is_read_does_not_break_it(
    record: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes

    def read_before_more(path: Path) -> bytes:
        content = read(path)
        at.note(record, "signed in", "member")
        return content

    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", read_before_more)
        assert checked(record).number == 20
    assert checked(record).number == 21


def test_several_at_a_time_make_one_chain(record: Desk) -> None:
    with ThreadPoolExecutor(8) as several:
        list(several.map(lambda n: at.note(record, "signed in", f"m{n}"), range(60)))
    assert checked(record).number == 80


def test_a_long_record_is_read_from_its_end(record: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for size in (600, 251, 7):
        monkeypatch.setattr(audit, "_LAST", 600)
        at.note(record, "signed in", f"last {size}")
        monkeypatch.setattr(audit, "_LAST", size)
        shown = latest(record.folder, 50)
        assert shown[0].who == f"last {size}"
        assert len(shown) == checked(record).number
    assert latest(record.folder, 9, after=3) == shown[3:12]
    assert latest(record.folder, 9, after=23) == []
    with (record.folder / FILE).open("ab") as file:
        file.write(b'{"number": 24, "torn": "' + b"x" * 40)
    assert latest(record.folder, 50) == shown
