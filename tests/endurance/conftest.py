"""Stores of the trials, made once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.endurance import stores


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stores that trials copy (see ``stores.make``)."""
    folder = tmp_path_factory.mktemp("made")
    stores.make(folder)
    return folder
