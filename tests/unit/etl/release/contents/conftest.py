"""What is told by echoes is tested with one of each fact; the other tests here need none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.echoes import at_most


@pytest.fixture(scope="module")
def one_echo_here() -> Iterator[None]:
    """Releases that are published have one echo of a fact."""
    with at_most(1):
        yield
