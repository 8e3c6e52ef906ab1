"""A damaged file of the operator's half is named, with what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from etl.__main__ import main
from etl.commands.damage import damage
from etl.protect.ledger import FILE_NAME, ensure_tables
from tests.support.sealing import seal_all
from tests.unit.etl.stores import Intake


@pytest.fixture
def held(intake: Intake) -> Intake:
    """A store with an extract and stored units."""
    intake.load("line-list", intake.line_list())
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"ATTACH '{intake.settings.units / FILE_NAME}' AS units")
        ensure_tables(connection)
    seal_all(intake.settings)
    return intake


def harm(path: Path) -> None:
    """Write over all but the first bytes of a file, which say what it is."""
    content = path.read_bytes()
    path.write_bytes(content[:200] + bytes(255 - byte for byte in content[200:]))


def register(held: Intake) -> Path:
    return held.settings.register


def units(held: Intake) -> Path:
    return held.settings.units / FILE_NAME


def extract(held: Intake) -> Path:
    (path,) = held.settings.extracts.glob("*.parquet")
    return path


def test_a_whole_store_has_no_damage(held: Intake) -> None:
    assert damage(held.settings) is None


@pytest.mark.parametrize(
    ("harmed", "words", "sentence"),
    [
        (
            register,
            ["status"],
            "The register (register.duckdb) is not as it was written: it is damaged, or was "
            "changed by another hand; run `load --rebuild`",
        ),
        (
            register,
            ["duplicates"],
            "The register (register.duckdb) is not as it was written: it is damaged, or was "
            "changed by another hand; run `load --rebuild`",
        ),
        (
            units,
            ["status"],
            "The file of stored units units.duckdb is not as it was written: it is damaged, or",
        ),
        (extract, ["load", "--rebuild"], "is damaged"),
    ],
)
def test_what_is_damaged_is_told_in_one_sentence(
    held: Intake,
    capsys: pytest.CaptureFixture[str],
    harmed: Callable[[Intake], Path],
    words: list[str],
    sentence: str,
) -> None:
    harm(harmed(held))
    assert main(words, held.settings) == 1
    told = capsys.readouterr()
    assert sentence in told.err
    assert told.err.count("\n") == 1
    assert told.out == ""


def test_a_damaged_register_is_built_again_as_it_was_told(held: Intake) -> None:
    before = held.ask("FROM person ORDER BY ALL")
    harm(held.settings.register)
    assert main(["load", "--rebuild"], held.settings) == 0
    assert held.ask("FROM person ORDER BY ALL") == before


def test_an_error_of_the_database_without_damage_is_no_sentence(
    held: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise duckdb.BinderException("a mistake in a question")

    monkeypatch.setattr("etl.commands.status.read_geography", fails)
    with pytest.raises(duckdb.BinderException, match="a mistake"):
        main(["status"], held.settings)
