"""Publications go on from the echoes of the edition before, and say where they could not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from dashboard.model.facts import FACTS, PEOPLE
from dashboard.model.periods import Month
from dashboard.model.release import echo_table
from etl.commands.answer import lines_of
from etl.protect import echoes as made_module
from etl.protect.stored_echoes import StoredEcho, Units
from etl.release import assembly
from etl.release.contents import echoes
from etl.release.contents.stored_echoes import StoredEchoes
from etl.release.publication import Published
from etl.settings import Settings
from tests.unit.etl.protect import invented
from tests.unit.etl.release import registers

pytestmark = pytest.mark.usefixtures("one_echo_here")
MONTHS = 10


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A store that published all months but the last, for the public too."""
    settings = registers.make(tmp_path_factory.mktemp("before"))
    registers.fill(settings, registers.register_rows(invented.people(12, MONTHS, seed=5)))
    published = registers.publish_to(settings, Month(2023, MONTHS - 1), public=True)
    assert published.made_whole == ()
    return settings


@pytest.fixture
def settings(before: Settings, tmp_path: Path) -> Settings:
    return registers.copied(before, [], tmp_path)[0]


def publish_last(settings: Settings) -> Published:
    return registers.publish_to(settings, Month(2023, MONTHS), public=True)


def assert_made_whole(path: Path, folder: Path) -> None:
    """The file holds the echoes that are made of it and of nothing else, in the same order."""
    again = folder / "again.duckdb"
    again.write_bytes(path.read_bytes())
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{path}' AS held (READ_ONLY)")
        connection.execute(f"ATTACH '{again}' AS release")
        for fact in FACTS:
            connection.execute(f"TRUNCATE release.{echo_table(fact)}")
        echoes.fill_echoes(connection)
        for fact in FACTS:
            held, made = (
                connection.execute(f"FROM {file}.{echo_table(fact)}").fetchall()  # noqa: S608
                for file in ("held", "release")
            )
            assert held == made, fact.id
            assert held or fact.published or fact.id == "reclassifications"


def test_a_publication_that_goes_on_holds_the_echoes_that_the_file_gives(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[int] = []

    def told(*given: object) -> tuple[list[tuple[Units, ...]], bool]:
        held, spoilt = taken_from(*given)
        taken.append(len(held))
        return held, spoilt

    taken_from: Callable = made_module._stored_units
    monkeypatch.setattr(made_module, "_stored_units", told)
    release = publish_last(settings)
    assert release.made_whole == ()
    assert max(taken) > 0
    monkeypatch.undo()
    assert release.public
    for path in (release.path, release.public):
        assert_made_whole(path, tmp_path)


@pytest.mark.parametrize(
    ("spoil", "whole"),
    [
        (lambda kept: {}, ("people", "incidents")),
        (lambda kept: kept | {("people", 1): damaged(kept["people", 1])}, ("people",)),
    ],
    ids=["missing", "damaged"],
)
def test_what_cannot_be_taken_over_is_made_whole_and_told(
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    spoil: Callable[[StoredEchoes], StoredEchoes],
    whole: tuple[str, ...],
) -> None:
    read: Callable = assembly.read_stored
    monkeypatch.setattr(assembly, "read_stored", lambda connection: spoil(dict(read(connection))))
    release = publish_last(settings)
    labels = {fact.id: fact.label for fact in FACTS}
    assert {labels[fact] for fact in whole} <= set(release.made_whole)
    assert release.made_whole[0] == PEOPLE.label
    assert f"Echoes of {', '.join(release.made_whole)} were" in "\n".join(
        lines_of("publish", **vars(release))
    )
    assert_made_whole(release.path, tmp_path)


def damaged(stored: StoredEcho) -> StoredEcho:
    first, *others = stored.blocks
    return replace(stored, blocks=(replace(first, units=first.units[1:]), *others))
