"""A store for each test. Most that publish here do so for another reason than echoes and make none.

What a release holds is tested with an echo of each fact, in ``release/contents``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.model.shipped import COUNTRY
from etl.harmonise.areas import Areas
from etl.places.gazetteer import Gazetteer
from etl.settings import Settings
from tests.support.echoes import at_most
from tests.unit.etl.stores import TODAY, Intake, new_store, settings_of


@pytest.fixture(scope="package", autouse=True)
def no_echo() -> Iterator[None]:
    """Releases that are published have no echoes."""
    with at_most(0):
        yield


@pytest.fixture(scope="session")
def areas() -> Areas:
    return Areas(Gazetteer.load(COUNTRY), TODAY)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_of(tmp_path)


@pytest.fixture
def intake(areas: Areas, tmp_path: Path) -> Intake:
    return new_store(tmp_path, areas)
