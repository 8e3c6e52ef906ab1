"""One release, opened as an analyst opens it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dashboard.analyst import OpenedRelease, open_release
from dashboard.release.open_release import Release


@pytest.fixture(scope="session")
def opened(protected: Release) -> Iterator[OpenedRelease]:
    with open_release(protected.path) as release:
        yield release
