"""What a release holds is tested with an echo of each fact."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.echoes import at_most


@pytest.fixture(scope="package", autouse=True)
def one_echo_here() -> Iterator[None]:
    """Releases that are published have one echo of a fact."""
    with at_most(1):
        yield
