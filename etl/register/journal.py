"""Journal: what a load is about to write, noted before it writes, so that a crash can be undone.

A load first notes the names of its extracts in ``operator/pending.json``, then writes them, then
the register in one transaction, and removes the note. When the note is found again, the register
says whether the load was finished: it holds all of its extracts or none.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from etl.register import seal
from etl.register.durable import remove_file
from etl.settings import OperatorError, Settings


def note_extracts(settings: Settings, names: Sequence[str]) -> None:
    """Note durably which extracts a load is about to write."""
    seal.write_json(settings, _note_file(settings), {"extracts": list(names)})


def noted_extracts(settings: Settings) -> list[str]:
    """Names of the extracts of a load that did not end; empty where none is noted.

    Raises:
        OperatorError: If the note is damaged.
    """
    path = _note_file(settings)
    if not path.exists():
        return []
    try:
        return [str(name) for name in seal.read_json(path)["extracts"]]
    except (ValueError, KeyError, TypeError) as problem:
        raise OperatorError(
            f"The note {path} of an unfinished load cannot be read; restore the folder from a "
            "backup."
        ) from problem


def forget_extracts(settings: Settings) -> None:
    """Remove the note: the load is finished, or nothing of it is left."""
    seal.drop(settings, _note_file(settings))


def extract_path(settings: Settings, name: str) -> Path:
    """File of an extract."""
    return settings.extracts / f"{name}.parquet"


def clear_unfinished(settings: Settings) -> None:
    """Remove what a command was still writing when it was stopped, and what it had spilled."""
    homes = (settings.operator, settings.units)
    # A database that is opened as a file spills into a folder beside it.
    beside = [spilled for home in homes for spilled in home.glob("*.tmp")]
    for folder in (settings.spill, *beside):
        if folder.exists():
            shutil.rmtree(folder)
    for folder in (settings.operator, settings.extracts, settings.units):
        for path in (*folder.glob("*.new"), *folder.glob("*.new.wal*")):
            remove_file(path)


def _note_file(settings: Settings) -> Path:
    return settings.operator / "pending.json"
