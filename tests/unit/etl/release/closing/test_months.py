"""An operator closes months without publishing them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dashboard.model.periods import Month
from etl.__main__ import main
from etl.protect.ledger import FILE_NAME
from etl.release.closing import months
from etl.release.files import release_ids
from etl.secret_files import secret_paths
from etl.settings import OperatorError, Settings
from tests.unit.etl.protect import invented
from tests.unit.etl.release import registers

JANUARY, FEBRUARY, MARCH = (Month(2023, month) for month in (1, 2, 3))


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(months, "read_geography", lambda _: registers.geography())
    settings = registers.make(tmp_path)
    registers.fill(settings, registers.register_rows(invented.people(30, 3, seed=1), referrals=0))
    return settings


def test_closing_makes_units_and_no_release(store: Settings) -> None:
    reports = registers.close_to(store, FEBRUARY)
    people = next(report for report in reports if report.fact == "people")
    assert people.closed == ("2023-01", "2023-02")
    assert people.units > 0
    assert not release_ids(store.releases)


def test_what_was_closed_is_published_as_it_was(store: Settings) -> None:
    registers.close_to(store, FEBRUARY)
    question = "SELECT * FROM people ORDER BY ALL"
    before = registers.ask(store.units / FILE_NAME, question)
    release = registers.publish_to(store, FEBRUARY)
    assert all(report.closed == () for report in release.facts)
    assert registers.ask(store.units / FILE_NAME, question) == before
    shown = registers.read(release, "SELECT sum(size) FROM people")
    assert shown == registers.ask(store.units / FILE_NAME, "SELECT sum(size) FROM people")


def test_an_edition_never_says_a_day_before_its_last_month_closed(store: Settings) -> None:
    registers.close_to(store, FEBRUARY)
    with pytest.raises(OperatorError, match="closed already; give --as-of 2023-03-15 or a later"):
        registers.publish_to(store, JANUARY)
    assert not release_ids(store.releases)
    assert registers.publish_to(store, FEBRUARY).last_month == "2023-02"


def test_a_month_is_closed_once(store: Settings) -> None:
    registers.close_to(store, FEBRUARY)
    with pytest.raises(OperatorError, match="Nothing is due: every block to 2023-02"):
        registers.close_to(store, FEBRUARY)


def test_a_month_closes_fifteen_days_after_its_end(
    store: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["close", "--month", "2023-02", "--as-of"]
    assert main([*words, "2023-03-14"], store) == 1
    assert capsys.readouterr().err == ("2023-02 closes on 2023-03-15, 15 days after its end.\n")
    assert main([*words, "2999-01-01"], store) == 1
    assert "lies in the future" in capsys.readouterr().err
    assert main([*words, "2023-03-15", "--json"], store) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["month"], document["facts"][0]["fact"]) == ("2023-02", "people")


def test_the_command_closes_what_is_before_and_says_so(
    store: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["close", "--month", "2023-03"], store) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Closed to 2023-03; `publish` will show it."
    assert lines[1].startswith("  people: 3 blocks closed")


@pytest.mark.parametrize(
    "words",
    [
        ["close", "--month", "2023-01"],
        ["publish", "--as-of", "2023-02-20", "--preview"],
        ["publish", "--as-of", "2023-02-20", "--approve", "A name"],
        ["publish", "--as-of", "2023-02-20", "--public"],
    ],
)
@pytest.mark.parametrize("number", [0, 1])
def test_a_changed_secret_is_refused_by_every_command_that_makes_units(
    store: Settings, capsys: pytest.CaptureFixture[str], words: list[str], number: int
) -> None:
    secret_paths(store)[number].write_text("ab" * 32)
    before = registers.content(store)
    assert main(words, store) == 1
    assert "is not the one this store was made with" in capsys.readouterr().err
    assert registers.content(store) == before
