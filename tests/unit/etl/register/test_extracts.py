"""An extract is read as it was written or not at all, whichever of its bytes changed."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest

from etl.register.replay import rebuild
from etl.settings import OperatorError
from tests.support.sealing import seal_all
from tests.unit.etl.stores import ROWS, Intake

_MANY = 24


def filled(intake: Intake) -> Path:
    """A store with one extract of some rows."""
    intake.load("line-list", intake.line_list(*ROWS))
    (extract,) = intake.settings.extracts.glob("*.parquet")
    return extract


def test_a_flipped_bit_never_rebuilds_another_register(intake: Intake) -> None:
    extract = filled(intake)
    whole, before = extract.read_bytes(), intake.rows()
    dice = random.Random(4)
    refused = 0
    for _ in range(_MANY):
        at = dice.randrange(len(whole))
        extract.write_bytes(
            whole[:at] + bytes([whole[at] ^ 1 << dice.randrange(8)]) + whole[at + 1 :]
        )
        seal_all(intake.settings)
        try:
            rebuild(intake.settings)
        except OperatorError as problem:
            assert extract.name in str(problem)
            assert "backup" in str(problem) or "no extract" in str(problem)
            refused += 1
        else:
            assert intake.rows() == before
        extract.write_bytes(whole)
        seal_all(intake.settings)
    assert refused > _MANY // 2
    rebuild(intake.settings)
    assert intake.rows() == before


def rewritten(intake: Intake, extract: Path, chosen: str, about: Mapping[str, object]) -> None:
    """An extract as another program writes it, with what it says of itself, and sealed as it is."""
    other = extract.with_suffix(".other")
    text = json.dumps(about).replace("'", "''")
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT {chosen} FROM '{extract}') TO '{other}' "  # noqa: S608
            f"(FORMAT parquet, KV_METADATA {{situation_atlas: '{text}'}})"
        )
    other.replace(extract)
    seal_all(intake.settings)


def about_of(extract: Path) -> dict[str, object]:
    with duckdb.connect() as connection:
        row = connection.execute(
            "SELECT value FROM parquet_kv_metadata(?)", [str(extract)]
        ).fetchone()
    assert row
    return json.loads(row[0])


@pytest.mark.parametrize(
    ("column", "value"),
    [('"person.sex"', "'male'"), ("row_no", "row_no + 1"), ('"person.age_band"', "NULL")],
)
def test_rows_that_another_program_changed_are_refused(
    intake: Intake, column: str, value: str
) -> None:
    extract = filled(intake)
    rewritten(intake, extract, f"* REPLACE ({value} AS {column})", about_of(extract))
    with pytest.raises(OperatorError, match="not as it was written"):
        rebuild(intake.settings)


@pytest.mark.parametrize("name", ["load_no", "source", "partner", "kind", "loaded_at", "self"])
def test_what_it_says_of_itself_cannot_be_changed_alone(intake: Intake, name: str) -> None:
    extract = filled(intake)
    rewritten(intake, extract, "*", {**about_of(extract), name: 7})
    with pytest.raises(OperatorError, match="not as it was written"):
        rebuild(intake.settings)


def test_an_extract_under_the_name_of_another_is_refused(intake: Intake) -> None:
    extract = filled(intake)
    extract.rename(extract.with_stem("a" * 64))
    seal_all(intake.settings)
    with pytest.raises(OperatorError, match="not as it was written"):
        rebuild(intake.settings)
