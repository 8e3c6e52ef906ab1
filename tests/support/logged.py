"""What the product logged during a test, without what browsers of earlier tests say as they end."""

from __future__ import annotations

import pytest


def logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Messages of the reader's side, in order."""
    return [
        entry.getMessage() for entry in caplog.records if entry.name.split(".")[0] == "dashboard"
    ]
