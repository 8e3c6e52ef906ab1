"""The release of the committed sample, opened once for the contracts that look at its views."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dashboard.release.open_release import Release
from etl.settings import Settings
from tests.support.sample import sample_folder


@pytest.fixture(scope="session")
def sample() -> Iterator[Release]:
    """The members' release of the sample."""
    folder = sample_folder()
    settings = Settings(folder / "store", folder / "secrets")
    current = (settings.releases / "current").read_text(encoding="ascii").strip()
    opened = Release(settings.releases / f"{current}.duckdb")
    yield opened
    opened.close()
