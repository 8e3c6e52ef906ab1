"""A desk with accounts, over a clock that a test sets."""

from __future__ import annotations

from pathlib import Path

import pytest
from argon2 import PasswordHasher

from dashboard.access import passwords
from dashboard.access.desk import Desk
from tests.support.accounts import CHEAP, Clock, desk_in

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
def desk(tmp_path: Path, clock: Clock) -> Desk:
    return desk_in(tmp_path / "state", clock)
