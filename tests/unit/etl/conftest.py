from __future__ import annotations

from pathlib import Path

import pytest

from etl.harmonise.areas import Areas
from etl.places.gazetteer import Gazetteer
from etl.register.founding import make_store
from etl.settings import Settings
from tests.support.sample import write_known_secrets
from tests.support.served import ROOT
from tests.unit.etl.stores import SOURCES, TODAY, Intake


@pytest.fixture(scope="session")
def areas() -> Areas:
    return Areas(Gazetteer.load(ROOT / "data"), TODAY)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "store", tmp_path / "secrets", SOURCES)


@pytest.fixture
def intake(settings: Settings, areas: Areas, tmp_path: Path) -> Intake:
    write_known_secrets(settings.secrets)
    make_store(settings)
    folder = tmp_path / "files"
    folder.mkdir()
    return Intake(settings, areas, folder)
