"""The committed sample, loaded and published by the README's commands under known secrets.

A figure of the sample stands differently under each secret. What a test finds on a page must not
hang on the draw of a day, so the secrets of the tests are always the same.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.served import command
from tests.support.together import made_together

#: Names and contents of the files of the two secrets.
KNOWN_SECRETS = {"identifiers.key": "a7" * 32, "protection.key": "3c" * 32}


def write_known_secrets(folder: Path) -> None:
    """Put the secrets of the tests into a folder, where ``init`` finds and keeps them."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, content in KNOWN_SECRETS.items():
        (folder / name).write_text(content, encoding="ascii")
        (folder / name).chmod(0o600)


def sample_folder(temporary: pytest.TempPathFactory) -> Path:
    """The folder of the sample's store, made once for all workers of a run; nobody changes it."""

    def make(folder: Path) -> None:
        write_known_secrets(folder / "secrets")
        command(folder, "etl", "demo")

    return made_together(temporary, "situation-atlas-sample", make)
