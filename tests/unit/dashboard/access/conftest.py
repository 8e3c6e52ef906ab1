"""Accounts over a clock that a test sets."""

from __future__ import annotations

from pathlib import Path

import pytest
from argon2 import PasswordHasher

from dashboard.access import passwords
from dashboard.access.accounts import Accounts
from tests.support.accounts import CHEAP, Clock, Signed, accounts_in, signed_application

_DEAR = passwords._HASHER


@pytest.fixture
def dear() -> PasswordHasher:
    """How the product keeps passwords."""
    return _DEAR


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords kept with little work."""
    passwords._nobodys.cache_clear()
    monkeypatch.setattr(passwords, "_HASHER", CHEAP)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(tmp_path: Path, clock: Clock) -> Accounts:
    return accounts_in(tmp_path / "state", clock)


@pytest.fixture
def signed(tmp_path: Path) -> Signed:
    """A small application that a test has for itself."""
    return signed_application(tmp_path, months=3, per_month=20)
