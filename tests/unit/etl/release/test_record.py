"""A record of events that is older or shortened is told by the publication and for good."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.model.periods import Month
from dashboard.model.record_head import FILE, RecordHead, parse_record_head, read_record_head
from etl.__main__ import main
from etl.register import seal
from etl.register.access import locked
from etl.release import record
from etl.settings import Settings
from tests.unit.etl.protect import invented
from tests.unit.etl.release import registers

FIRST, LATER = RecordHead(40, "a" * 64), RecordHead(55, "b" * 64)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return registers.make(tmp_path)


def taken(settings: Settings, given: RecordHead | None) -> tuple[str, ...]:
    with locked(settings):
        return record.take_along(settings, given)


def test_a_record_that_goes_on_is_taken_along_without_a_word(settings: Settings) -> None:
    assert taken(settings, None) == ()
    assert taken(settings, FIRST) == taken(settings, FIRST) == taken(settings, LATER) == ()
    stored_record = record.read_stored_record(settings)
    assert stored_record is not None
    assert (stored_record.head, stored_record.breaks) == (LATER, ())
    assert read_record_head(settings.releases) == LATER
    with locked(settings):
        assert seal.read_releases(settings).faults == ()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (RecordHead(30, "c" * 64), "had 30 entries, fewer than the 40 of"),
        (RecordHead(30, "c" * 64, follows=False), "had 30 entries, fewer than the 40 of"),
        (RecordHead(40, "c" * 64), "does not hold entry 40 of"),
        (RecordHead(70, "c" * 64, follows=False), "does not hold entry 40 of"),
    ],
)
def test_one_that_was_cut_or_put_back_is_told_then_and_for_good(
    settings: Settings, given: RecordHead, words: str
) -> None:
    taken(settings, FIRST)
    (sentence,) = taken(settings, given)
    assert words in sentence
    assert taken(settings, RecordHead(given.number + 1, "d" * 64)) == ()
    stored_record = record.read_stored_record(settings)
    assert stored_record is not None
    assert stored_record.breaks == (sentence,)


def test_a_publication_without_a_head_says_that_nothing_was_compared(settings: Settings) -> None:
    taken(settings, FIRST)
    (sentence,) = taken(settings, None)
    assert '--record "$(atlas audit head)"' in sentence
    stored_record = record.read_stored_record(settings)
    assert stored_record is not None
    assert stored_record.head == FIRST


@pytest.mark.parametrize("content", [None, b"", b"{}", b'{"number": 1, "digest": "a"}'])
def test_a_kept_head_that_is_lost_is_told_and_stops_no_publication(
    settings: Settings, content: bytes | None
) -> None:
    taken(settings, FIRST)
    path = settings.releases / FILE
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    assert record.read_stored_record(settings) is None
    assert "was not compared" in taken(settings, None)[0]
    assert "missing or not as it was written" in taken(settings, LATER)[0]
    assert taken(settings, RecordHead(56, "c" * 64)) == ()


def test_publish_takes_what_the_server_prints_and_status_says_it(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    registers.fill(settings, registers.register_rows(invented.people(20, 2, seed=1), referrals=0))
    with pytest.raises(SystemExit):
        main(["publish", "--as-of", "2023-04-20", "--record", "40"], settings)
    taken(settings, LATER)
    capsys.readouterr()
    older = RecordHead(41, "e" * 64, follows=False)
    (sentence,) = registers.publish_to(settings, Month(2023, 2), record=older).record
    assert "had 41 entries, fewer than the 55" in sentence
    assert main(["status"], settings) == 0
    said = capsys.readouterr().out
    assert sentence in said
    assert "Record of events: entry 41 of " in said


def test_what_is_printed_is_what_is_parsed_and_nothing_else() -> None:
    for head in (FIRST, RecordHead(0, "0" * 64, follows=False)):
        assert parse_record_head(f"{head}\n") == head
    for text in ("", "40", f"40 entries, head {'A' * 64}", f"{FIRST} and more", f"٤ {FIRST}"):
        assert parse_record_head(text) is None
