"""How many echoes a fact has in releases that tests publish: all of a fact's are made alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from dashboard.model.protection import echoes_of


@contextmanager
def at_most(number: int) -> Iterator[None]:
    """Releases that this process publishes meanwhile have so many echoes of a fact at most."""
    with patch(
        "etl.release.contents.echoes.echoes_of",
        lambda events, base: min(number, echoes_of(events, base)),
    ):
        yield
