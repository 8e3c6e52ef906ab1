"""A store for each test. Most that publish here do so for another reason than echoes and make none.

Where echoes are what is tested, ``release/contents`` makes one of each fact.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from dashboard.model.shipped import COUNTRY
from etl.__main__ import main
from etl.harmonise.areas import Areas
from etl.places.gazetteer import Gazetteer
from etl.release.contents import geography
from etl.settings import Settings
from tests.support.echoes import at_most
from tests.unit.etl.stores import TODAY, Ask, Intake, copied, new_store, settings_of


@pytest.fixture(scope="package", autouse=True)
def no_echo() -> Iterator[None]:
    """Releases that are published have no echoes."""
    with at_most(0):
        yield


@pytest.fixture(scope="session", autouse=True)
def each_pack_once() -> Iterator[None]:
    """A command reads its country anew; these tests give hundreds about the same ones."""
    with patch.object(geography, "geography_of", cache(geography.geography_of)):
        yield


@pytest.fixture(scope="session")
def areas() -> Areas:
    return Areas(Gazetteer.load(COUNTRY), TODAY)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_of(tmp_path)


@pytest.fixture
def ask(
    settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Ask:
    """Give the store of a test a command, in one text or word by word, and type these lines."""

    def asked(
        words: str, *more: str, of: Settings = settings, typed: Sequence[str] = ()
    ) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        if typed:
            monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in typed)))
        code = main([*words.split(), *more, "--json"], of)
        return code, json.loads(capsys.readouterr().out)

    return asked


@pytest.fixture
def intake(areas: Areas, tmp_path: Path) -> Intake:
    return new_store(tmp_path, areas)


@pytest.fixture(scope="session")
def loaded_once(areas: Areas, tmp_path_factory: pytest.TempPathFactory) -> Intake:
    made = new_store(tmp_path_factory.mktemp("loaded"), areas)
    made.load("line-list", made.line_list())
    return made


@pytest.fixture
def loaded(loaded_once: Intake, tmp_path: Path) -> Intake:
    """A store that holds the ordinary line list and nothing else."""
    return copied(loaded_once, tmp_path)
