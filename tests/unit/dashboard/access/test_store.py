"""The file of accounts grows by its migrations, and is written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.access.store import MIGRATIONS, open_store
from dashboard.settings import SettingsError


def test_a_file_is_made_once_and_opened_again(tmp_path: Path) -> None:
    store = open_store(tmp_path / "deep" / "state")
    with store.writing() as connection:
        connection.execute("INSERT INTO attempt VALUES (x'00', 1)")
    with open_store(store.folder).reading() as connection:
        assert connection.execute("SELECT count(*) FROM attempt").fetchone()[0] == 1
        assert connection.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_what_fails_leaves_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with pytest.raises(ZeroDivisionError), store.writing() as connection:
        connection.execute("INSERT INTO attempt VALUES (x'00', 1)")
        _ = 1 // 0
    with store.reading() as connection:
        assert connection.execute("SELECT count(*) FROM attempt").fetchone()[0] == 0


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.writing() as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(SettingsError):
        open_store(tmp_path)
