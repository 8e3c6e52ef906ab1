"""A public release follows that of the members, coarser and made of nothing but their units."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.model.facts import FACTS
from dashboard.model.periods import Month
from etl.__main__ import main
from etl.protect.ledger import FILE_NAME
from etl.register.store import read_store
from etl.release.closing import months
from etl.release.closing.draft import PUBLIC_FILE_NAME
from etl.release.files import pointed_to, public_folder, release_ids
from etl.release.publication import Published
from etl.settings import OperatorError, Settings
from tests.unit.etl.protect import invented
from tests.unit.etl.release import registers

Store = tuple[Settings, Published]
MARCH = Month(2023, 3)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    settings = registers.make(tmp_path_factory.mktemp("public"))
    registers.fill(settings, registers.register_rows(invented.people(40, 4, seed=2)))
    registers.publish_to(settings, Month(2023, 2))
    return settings, registers.publish_to(settings, MARCH, public=True)


def ask(store: Store, question: str) -> list[tuple]:
    assert store[1].public
    return registers.ask(store[1].public, question)


def test_it_has_the_id_of_the_members_and_a_pointer_of_its_own(store: Store) -> None:
    settings, release = store
    assert release.public == public_folder(settings) / f"{release.release_id}.duckdb"
    assert pointed_to(public_folder(settings)) == release.release_id
    assert ask(store, "SELECT release_id, audience FROM edition") == [
        (release.release_id, "public")
    ]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.id)
def test_its_units_are_at_least_twice_as_large(store: Store, fact) -> None:
    assert ask(store, f"SELECT base FROM protection WHERE fact = '{fact.id}'") == [  # noqa: S608
        (2 * fact.base,)
    ]
    smallest = ask(store, f"SELECT min(size) FROM {fact.id}")[0][0]  # noqa: S608
    assert smallest is None or smallest >= 2 * fact.base


def test_months_that_the_members_saw_before_are_in_it_with_their_totals(store: Store) -> None:
    totals = "SELECT month, sum(size) FROM people GROUP BY month ORDER BY month"
    assert ask(store, totals) == registers.read(store[1], totals)


def test_the_choice_is_remembered_and_can_be_taken_back(tmp_path: Path) -> None:
    settings = registers.make(tmp_path)
    registers.fill(settings, registers.register_rows(invented.people(30, 4, seed=3), referrals=0))
    registers.publish_to(settings, Month(2023, 1), public=True)
    assert read_store(settings).public
    second = registers.publish_to(settings, Month(2023, 2))
    assert second.public
    third = registers.publish_to(settings, MARCH, public=False)
    assert third.public is None
    assert not read_store(settings).public
    assert pointed_to(public_folder(settings)) == second.release_id
    assert registers.publish_to(settings, Month(2023, 4)).public is None


def test_the_choice_is_taken_back_also_when_nothing_is_due(tmp_path: Path) -> None:
    settings = registers.make(tmp_path)
    registers.fill(settings, registers.register_rows(invented.people(30, 4, seed=3), referrals=0))
    registers.publish_to(settings, Month(2023, 1), public=True)
    with pytest.raises(OperatorError, match="No further publication makes a public release"):
        registers.publish_to(settings, Month(2023, 1), public=False)
    assert registers.publish_to(settings, Month(2023, 2)).public is None


def test_a_public_release_can_be_made_when_nothing_else_is_due(tmp_path: Path) -> None:
    settings = registers.make(tmp_path)
    registers.fill(settings, registers.register_rows(invented.people(30, 2, seed=3), referrals=0))
    first = registers.publish_to(settings, Month(2023, 2))
    again = registers.publish_to(settings, Month(2023, 2), public=True)
    assert again.release_id == first.release_id
    assert again.facts == ()
    assert release_ids(settings.releases) == [first.release_id]
    assert pointed_to(public_folder(settings)) == first.release_id
    with pytest.raises(OperatorError, match="No month is due"):
        registers.publish_to(settings, Month(2023, 2))


def test_the_public_units_come_out_the_same_from_the_same_members_units(tmp_path: Path) -> None:
    stored = []
    for name, publications in (("at once", (MARCH,)), ("later", (Month(2023, 2), MARCH))):
        settings = registers.make(tmp_path / name, secret=b"s" * 32)
        rows = registers.register_rows(invented.people(30, 3, seed=4), referrals=0)
        registers.fill(settings, rows)
        for month in publications:
            registers.publish_to(settings, month, public=True)
        stored.append(
            [
                registers.ask(settings.units / file, "FROM people ORDER BY ALL")
                for file in (FILE_NAME, PUBLIC_FILE_NAME)
            ]
        )
    assert stored[0] == stored[1]


def test_a_store_of_records_has_no_public_release(tmp_path: Path) -> None:
    settings = registers.make(tmp_path)
    registers.fill(settings, registers.register_rows(invented.people(20, 1, seed=1)))
    with pytest.raises(OperatorError, match="made of protected units"):
        registers.publish_to(settings, Month(2023, 1), base=1, public=True)


def test_the_command_makes_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(months, "read_geography", lambda _: registers.geography())
    settings = registers.make(tmp_path)
    registers.fill(settings, registers.register_rows(invented.people(30, 1, seed=1)))
    assert main(["publish", "--as-of", "2023-02-20", "--public"], settings) == 0
    assert str(public_folder(settings)) in capsys.readouterr().out
