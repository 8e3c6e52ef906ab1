"""The record tells what was done; nothing in it can be changed without being found."""

from __future__ import annotations

import hashlib
import json
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dashboard.access import audit
from dashboard.access.accounts import Accounts, note
from dashboard.access.accounts import record as put_down
from dashboard.access.audit import FILE, BrokenRecord, Head, latest
from dashboard.access.keys import Keys
from tests.support.accounts import Clock, checked

CHANGES = 50


@pytest.fixture
def record(accounts: Accounts, clock: Clock) -> Accounts:
    for number in range(20):
        clock.now += 7
        note(accounts, "exported", f"analyst{number % 3}", exhibit="overview.trend", query="sex=উ")
    return accounts


def breaks(record: Accounts) -> list[audit.Break]:
    with record.store.reading() as connection:
        return audit.breaks(connection, record.folder)


def test_entries_are_told_the_newest_first(record: Accounts) -> None:
    entries = latest(record.folder, 3)
    assert [entry.who for entry in entries] == ["analyst1", "analyst0", "analyst2"]
    assert entries[0].at == "2026-09-21T14:15:40Z"
    assert entries[0].about == {"exhibit": "overview.trend", "query": "sex=উ"}


def test_a_record_that_nobody_changed_is_whole(record: Accounts) -> None:
    head = checked(record)
    assert head.number == 20
    note(record, "signed in", "member")
    assert checked(record, head.digest).number == 21


def test_an_empty_record_is_whole(accounts: Accounts) -> None:
    assert checked(accounts) == Head(0, audit.NOTHING)
    assert latest(accounts.folder, 5) == []


@pytest.mark.parametrize("seed", range(CHANGES))
def test_a_changed_byte_is_found(record: Accounts, seed: int) -> None:
    chosen = random.Random(seed)
    path = record.folder / FILE
    content = bytearray(path.read_bytes())
    place = chosen.randrange(len(content))
    content[place] = chosen.choice([byte for byte in range(256) if byte != content[place]])
    path.write_bytes(content)
    with pytest.raises(BrokenRecord):
        checked(record)


@pytest.mark.parametrize("change", ["first", "middle", "last", "all", "twice", "swapped"])
def test_a_line_that_is_missing_or_moved_is_found(record: Accounts, change: str) -> None:
    path = record.folder / FILE
    lines = path.read_bytes().splitlines(keepends=True)
    changed = {"first": lines[1:], "middle": lines[:9] + lines[10:], "last": lines[:-1], "all": [],
               "twice": [*lines, lines[-1]],
               "swapped": [*lines[:5], lines[6], lines[5], *lines[7:]]}  # fmt: skip
    path.write_bytes(b"".join(changed[change]))
    with pytest.raises(BrokenRecord):
        checked(record)


def test_a_record_written_anew_does_not_have_the_head_that_was_kept(
    record: Accounts, clock: Clock
) -> None:
    head = checked(record)
    (record.folder / FILE).unlink()
    with record.store.writing() as connection:
        connection.execute("DELETE FROM audit_head")
    for _ in range(21):
        note(record, "signed in", "somebody else")
    assert checked(record).number == 21
    with pytest.raises(BrokenRecord, match="kept"):
        checked(record, head.digest)


def test_a_line_that_was_written_before_a_crash_is_gone_on_from(record: Accounts) -> None:
    with pytest.raises(KeyboardInterrupt), record.store.writing() as connection:
        audit.append(connection, record.folder, record.keys, 1_790_000_900, "signed in", "member")
        raise KeyboardInterrupt
    assert checked(record).number == 21
    note(record, "signed out", "member")
    assert checked(record).number == 22


@pytest.mark.parametrize("torn", [b'{"number":21,"at":"20', b"\x00" * 90], ids=["letters", "zeros"])
def test_a_line_that_was_half_written_is_cut_and_gone_on_from(
    record: Accounts, torn: bytes
) -> None:
    path = record.folder / FILE
    whole = path.read_bytes()
    path.write_bytes(whole + torn)
    assert [entry.who for entry in latest(record.folder, 1)] == ["analyst1"]
    note(record, "signed in", "member")
    assert path.read_bytes().startswith(whole)
    assert checked(record).number == 21
    assert latest(record.folder, 1)[0].who == "member"


def test_a_first_line_that_was_half_written_is_cut(accounts: Accounts) -> None:
    (accounts.folder / FILE).write_bytes(b'{"number":1,')
    note(accounts, "signed in", "member")
    assert checked(accounts).number == 1


def test_what_is_added_while_a_record_is_read_does_not_break_it(
    record: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes

    def read_before_more(path: Path) -> bytes:
        content = read(path)
        note(record, "signed in", "member")
        return content

    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", read_before_more)
        assert checked(record).number == 20
    assert checked(record).number == 21


def test_several_at_a_time_make_one_chain(record: Accounts) -> None:
    with ThreadPoolExecutor(8) as several:
        list(several.map(lambda n: note(record, "signed in", f"m{n}"), range(60)))
    assert checked(record).number == 80


def test_a_long_record_is_read_from_its_end(
    record: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    for size in (600, 251, 7):
        monkeypatch.setattr(audit, "_LAST", 600)
        note(record, "signed in", f"last {size}")
        monkeypatch.setattr(audit, "_LAST", size)
        shown = latest(record.folder, 50)
        assert shown[0].who == f"last {size}"
        assert len(shown) == checked(record).number
    assert latest(record.folder, 9, after=3) == shown[3:12]
    assert latest(record.folder, 9, after=23) == []
    with (record.folder / FILE).open("ab") as file:
        file.write(b'{"number": 24, "torn": "' + b"x" * 40)
    assert latest(record.folder, 50) == shown


@pytest.mark.parametrize("change", ["cut", "empty", "reordered", "edited", "with garbage"])
def test_an_ordinary_entry_heals_no_record_that_was_changed(record: Accounts, change: str) -> None:
    path = record.folder / FILE
    lines = path.read_bytes().splitlines(keepends=True)
    changed = {"cut": lines[:-10], "empty": [], "with garbage": [*lines, b"no entry\n"],
               "reordered": [*lines[:-3], lines[-2], lines[-3], lines[-1]],
               "edited": [*lines[:-1], lines[-1].replace(b"analyst", b"nobody7")]}  # fmt: skip
    path.write_bytes(found := b"".join(changed[change]))
    for name in ("member", "analyst0"):
        note(record, "signed in", name)
    assert latest(record.folder, 1)[0].who == "analyst0"
    assert is_told_broken(record)
    assert found in {aside.read_bytes() for aside in record.folder.glob("audit*.jsonl")} or (
        path.read_bytes().startswith(found)
    )


def test_a_record_that_was_deleted_or_put_back_is_told(record: Accounts) -> None:
    path = record.folder / FILE
    earlier = path.read_bytes()
    note(record, "signed in", "member")
    path.write_bytes(earlier)  # as from a backup
    note(record, "signed in", "member")
    path.unlink()
    note(record, "signed in", "member")
    told = list(map(str, breaks(record)))
    assert len(told) == 2
    assert "audit.1.jsonl" in told[0]
    assert (record.folder / "audit.1.jsonl").read_bytes() == earlier


def test_a_record_goes_on_whole_behind_each_of_several_breaks(record: Accounts) -> None:
    path = record.folder / FILE
    for number in (1, 2):
        lines = path.read_bytes().splitlines(keepends=True)[:-2]
        path.write_bytes(b"".join(lines) + b"[" * 50_000 + b"\n")
        for name in ("member", "analyst0", "analyst1", "analyst2"):
            note(record, "signed in", name)
        checked(record)  # what was added since is as it was written
        found = [(each.file, each.is_intact) for each in breaks(record)]
        assert found == [("audit.1.jsonl", True), ("audit.2.jsonl", True)][:number]
    (record.folder / "audit.1.jsonl").unlink()
    path.write_bytes(b"no entry\n")
    note(record, "signed in", "member")
    assert [each.is_intact for each in breaks(record)] == [False, True, True]
    assert breaks(record)[-1].file == "audit.3.jsonl"  # nothing set aside is written over


@pytest.mark.parametrize("crash", ["_next_line", "_note_break"])
def test_a_crash_while_a_file_is_set_aside_leaves_nothing_out(
    record: Accounts, monkeypatch: pytest.MonkeyPatch, crash: str
) -> None:
    path = record.folder / FILE
    path.write_bytes(found := path.read_bytes() + b"no entry\n")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(audit, crash, stop)  # just after the file was renamed, or the new one begun
        note(record, "signed in", "member")
    note(record, "signed in", "member")
    checked(record)
    (told,) = breaks(record)
    assert (told.file, told.is_intact) == ("audit.1.jsonl", True)
    assert (record.folder / told.file).read_bytes() == found


def test_a_line_that_no_reader_can_take_is_told_and_stops_nobody(record: Accounts) -> None:
    with (record.folder / FILE).open("ab") as file:
        file.write(b"[" * 50_000 + b"\n")
    assert [entry.event for entry in latest(record.folder, 2)] == ["unreadable", "exported"]
    with pytest.raises(BrokenRecord, match="line 21"):
        checked(record)
    note(record, "signed in", "member")
    assert latest(record.folder, 1)[0].who == "member"


def test_a_good_record_far_behind_its_head_is_not_set_aside(record: Accounts) -> None:
    head = checked(record)
    with record.store.writing() as connection:
        for number in range(400):  # more than is read of the end at first
            about = {"exhibit": "overview.trend", "query": "x" * 99}
            put_down(record, connection, "exported", f"analyst{number}", **about)
        connection.execute(  # as after a restore of the accounts alone
            "UPDATE audit_head SET number = ?, digest = ?", [head.number, head.digest]
        )
    note(record, "signed in", "member")
    assert checked(record, head.digest).number == 421
    assert breaks(record) == []


def test_what_is_put_behind_the_last_line_without_an_end_is_no_torn_line(record: Accounts) -> None:
    path = record.folder / FILE
    path.write_bytes(found := path.read_bytes() + b"planted")
    note(record, "signed in", "member")
    assert (record.folder / "audit.1.jsonl").read_bytes() == found
    path.write_bytes(found := path.read_bytes().removesuffix(b"\n"))  # the last line is genuine
    note(record, "signed in", "member")
    assert (record.folder / "audit.2.jsonl").read_bytes() == found


def test_a_break_that_a_crash_leaves_unnoted_is_noted_by_the_next_entry(record: Accounts) -> None:
    path = record.folder / FILE
    path.write_bytes(cut_off := b"".join(path.read_bytes().splitlines(keepends=True)[:-10]))
    with pytest.raises(KeyboardInterrupt), record.store.writing() as connection:
        audit.append(connection, record.folder, record.keys, 1_790_000_900, "signed in", "member")
        raise KeyboardInterrupt
    note(record, "signed in", "member")
    assert is_told_broken(record)
    assert (record.folder / "audit.1.jsonl").read_bytes() == cut_off
    assert len(list(record.folder.glob("audit*.jsonl"))) == 2


def test_a_line_that_somebody_without_the_secret_made_is_found(record: Accounts) -> None:
    path = record.folder / FILE
    lines = path.read_bytes().splitlines(keepends=True)
    stranger = Keys(b"another secret of thirty-two bytes or more")
    end = Head(20, hashlib.sha256(lines[-1]).hexdigest())
    audit._append_line(
        path, audit._next_line(stranger, end, 1_790_000_900, "signed out", "member", {})
    )
    with pytest.raises(BrokenRecord, match="line 21"):
        checked(record)
    note(record, "signed in", "member")
    assert is_told_broken(record)


def test_entries_of_a_version_without_codes_stay_whole(record: Accounts) -> None:
    path, before, written = record.folder / FILE, audit.NOTHING, []
    for line in path.read_bytes().splitlines():
        entry = json.loads(line) | {"before": before}
        del entry["code"]
        written.append(audit._as_line(entry))
        before = hashlib.sha256(written[-1]).hexdigest()
    path.write_bytes(b"".join(written))
    with record.store.writing() as connection:
        connection.execute("UPDATE audit_head SET digest = ?, keyed_from = 21", [before])
    note(record, "signed in", "member")
    assert checked(record).number == 21
    assert breaks(record) == []


def is_told_broken(record: Accounts) -> bool:
    """Whether the record is told to be broken, by its lines or by what was noted."""
    if breaks(record):
        return True
    with pytest.raises(BrokenRecord):
        checked(record)
    return True
