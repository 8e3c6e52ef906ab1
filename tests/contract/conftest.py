"""The release of the committed sample, opened once for the contracts that look at its views."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dashboard.release.folder import Releases
from dashboard.release.open_release import Release
from tests.support.sample import sample_folder


@pytest.fixture(scope="session")
def sample() -> Iterator[Release]:
    """The members' release of the sample."""
    opened = Releases(sample_folder() / "store" / "releases").current()
    yield opened
    opened.close()
