"""Most of what is tested here publishes often, and echoes are none of its business."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.echoes import at_most


@pytest.fixture(scope="package", autouse=True)
def no_echo() -> Iterator[None]:
    """Releases that are published have no echoes."""
    with at_most(0):
        yield
