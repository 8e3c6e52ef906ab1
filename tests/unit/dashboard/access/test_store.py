"""The file of accounts grows by its migrations, and is written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.access import account_table
from dashboard.access.store import MIGRATIONS, NewerStore, open_store


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
    with pytest.raises(NewerStore):
        open_store(tmp_path)


def test_accounts_from_before_sign_off_are_kept_and_sign_for_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr("dashboard.access.store.MIGRATIONS", MIGRATIONS[:1])
        with open_store(tmp_path).writing() as connection:
            connection.execute(
                "INSERT INTO account (name, role, made_at) VALUES ('focal', 'partner', 1)"
            )
    with open_store(tmp_path).reading() as connection:
        (account,) = account_table.every(connection)
    assert (account.name, account.role.signs, account.partner) == ("focal", True, None)
    assert account.settled_at == 1
