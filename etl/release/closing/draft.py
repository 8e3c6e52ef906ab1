"""Draft: copies of the stored units, on which months are closed before anything is switched.

Blocks are made on copies in ``operator/scratch``. A preview throws them away; a closing or a
publication puts them in the place of the stored ones, each in one step, so that a command that
fails or is killed before has changed nothing. What lies in scratch is as restricted as the
register.
"""

from __future__ import annotations

import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from etl.protect import ledger
from etl.register import seal
from etl.register.access import assert_no_wal
from etl.settings import Settings

#: Stored units of the public, made from those of the members.
PUBLIC_FILE_NAME = "public.duckdb"


@dataclass(frozen=True)
class Draft:
    """Copies of the stored units.

    Attributes:
        folder: The folder that holds them and nothing else.
        settings: Paths of the store.
    """

    folder: Path
    settings: Settings

    @property
    def members(self) -> Path:
        """Units of the members; no file before the first closing."""
        return self.folder / ledger.FILE_NAME

    @property
    def public(self) -> Path:
        """Units of the public; no file before the first of them."""
        return self.folder / PUBLIC_FILE_NAME

    def commit(self) -> None:
        """Put the copies in the place of the stored units, those of the members first."""
        for path in (self.members, self.public):
            if path.exists():
                assert_no_wal(path)
                seal.replace_sealed(self.settings, path, self.settings.units / path.name)


@contextmanager
def open_draft(settings: Settings) -> Generator[Draft]:
    """A draft under the store's lock; what was not committed is thrown away."""
    clear_scratch(settings)
    folder = scratch(settings)
    folder.mkdir(mode=0o700)
    try:
        for name in (ledger.FILE_NAME, PUBLIC_FILE_NAME):
            stored = settings.units / name
            if stored.exists():
                shutil.copyfile(stored, folder / name)
        yield Draft(folder, settings)
    finally:
        clear_scratch(settings)


def scratch(settings: Settings) -> Path:
    """Folder of drafts and of releases that are only looked at."""
    return settings.operator / "scratch"


def clear_scratch(settings: Settings) -> None:
    """Remove the folder of drafts, of a killed command too; call it under the store's lock."""
    folder = scratch(settings)
    if folder.exists():
        shutil.rmtree(folder)
