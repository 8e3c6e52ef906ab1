"""What does not fit into memory stays in the operator's half, and is gone afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.register.access import locked
from etl.register.connections import in_memory
from tests.unit.etl.stores import Intake

_LARGE = "CREATE TABLE large AS SELECT md5(range::VARCHAR) AS text FROM range(1000000)"


def test_what_does_not_fit_goes_to_the_operators_half(
    intake: Intake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    with in_memory(intake.settings) as connection:
        connection.execute("SET memory_limit = '30MB'")
        connection.execute(_LARGE)
        assert list(intake.settings.spill.iterdir())
        assert connection.execute("SELECT count(DISTINCT text) FROM large").fetchone() == (1000000,)
    assert list(elsewhere.iterdir()) == []
    assert not intake.settings.spill.exists()


def test_what_a_killed_command_spilled_is_cleared_by_the_next(intake: Intake) -> None:
    left = (intake.settings.spill, intake.settings.units / "units.duckdb.tmp")
    for folder in left:
        folder.mkdir()
        (folder / "duckdb_temp_storage").write_bytes(b"records")
    with locked(intake.settings):
        assert not any(folder.exists() for folder in left)
