"""Stores of the trials, made once for all workers of a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.endurance import stores
from tests.support.together import made_together


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stores that trials copy (see ``stores.make``)."""
    return made_together(tmp_path_factory, "stores-of-trials", stores.make)
