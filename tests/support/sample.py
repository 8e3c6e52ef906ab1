"""The committed sample, loaded and published by the README's commands under known secrets.

A figure of the sample stands differently under each secret. What a test finds on a page must not
hang on the draw of a day, so the secrets of the tests are always the same.
"""

from __future__ import annotations

import sys
from datetime import date
from importlib.metadata import distributions
from pathlib import Path

from tests.support.served import ROOT, command
from tests.support.together import digest, kept_together

#: Names and contents of the files of the two secrets.
KNOWN_SECRETS = {"identifiers.key": "a7" * 32, "protection.key": "3c" * 32}


def write_known_secrets(folder: Path) -> None:
    """Put the secrets of the tests into a folder, where ``init`` finds and keeps them."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, content in KNOWN_SECRETS.items():
        (folder / name).write_text(content, encoding="ascii")
        (folder / name).chmod(0o600)


def sample_folder() -> Path:
    """The folder of the sample's store, made once until a source changes; nobody changes it."""

    def make(folder: Path) -> None:
        write_known_secrets(folder / "secrets")
        command(folder, "etl", "demo")

    return kept_together("sample", make, follows_from())


def follows_from(root: Path = ROOT) -> str:
    """A digest of all that the sample's store follows from.

    That is the operator's side with the registry, which it alone uses of the other side, the
    invented files and places, the packages that are installed, and the day, by which files are
    judged when they are loaded.
    """
    data = [root / "data" / name for name in ("countries", "sample", "sources")]
    code = [root / "etl", root / "src" / "dashboard" / "model", root / "tests" / "support"]
    packages = sorted(f"{one.name} {one.version}" for one in distributions())
    return digest([*code, *data], sys.version, *packages, str(date.today()), root=root)
