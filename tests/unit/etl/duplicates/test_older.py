"""A register of an earlier version says so, instead of failing at a column that it has not."""

from __future__ import annotations

import duckdb
import pytest

from etl.__main__ import main
from etl.register.replay import rebuild
from tests.support.sealing import seal_all
from tests.unit.etl.stores import Intake


@pytest.mark.parametrize("command", ["duplicates", "status"])
def test_a_register_without_spellings_and_days_is_to_be_built_again(
    loaded: Intake, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    with duckdb.connect(str(loaded.settings.register)) as connection:
        connection.execute("ALTER TABLE arrival DROP COLUMN spelling")
    seal_all(loaded.settings)
    assert main([command], loaded.settings) == 1
    told = capsys.readouterr()
    assert "load --rebuild" in told.out + told.err
    rebuild(loaded.settings)
    assert main([command], loaded.settings) == 0
