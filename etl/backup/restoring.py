"""Restoring: an archive verified member by member, then put in place in one step.

Everything is written beside the store first. What is not a plain file that the sealed list names,
once and with its digest, ends the restoring, and nothing is in place.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from etl.backup import contents
from etl.backup.contents import Contents, Entry
from etl.register import seal
from etl.register.durable import sync_folder
from etl.register.faults import shown
from etl.secrets import open_secrets
from etl.settings import OperatorError, Settings

_CHUNK = 2**20


@dataclass(frozen=True)
class Restored:
    """What an archive held: how many files, and their bytes."""

    files: int
    size: int


def check_archive(settings: Settings, path: Path) -> Restored:
    """Verify an archive and put nothing in place.

    Raises:
        OperatorError: If it is not whole, or the secrets are not those of its store.
    """
    return _walk(settings, path, _nowhere)


def restore(settings: Settings, path: Path) -> Restored:
    """Make the store of an archive where there is none.

    Raises:
        OperatorError: If the store is not empty, the archive is not whole, or the secrets are not
            those of its store.
    """
    if settings.store.exists() and (
        not settings.store.is_dir() or any(p for p in settings.store.rglob("*") if not p.is_dir())
    ):
        raise OperatorError(
            f"{settings.store} is not empty, and nothing is restored over a store. Move it away, "
            "or set ATLAS_STORE to another folder."
        )
    settings.store.parent.mkdir(parents=True, exist_ok=True)
    beside = replace(settings, store=settings.store.with_name(f"{settings.store.name}.restoring"))
    shutil.rmtree(beside.store, ignore_errors=True)
    try:
        beside.operator.mkdir(parents=True, mode=0o700)
        for folder in (beside.extracts, beside.units, beside.releases, beside.state):
            folder.mkdir()
        restored = _walk(settings, path, lambda name, entry: _new_file(beside.store, name, entry))
        (beside.operator / seal.LOCK).write_bytes(b"lock")
        open_secrets(beside)
        seal.verify(beside)
        _make_durable(beside.store)
        if settings.store.exists():
            shutil.rmtree(settings.store)  # empty folders alone
        beside.store.replace(settings.store)
        sync_folder(settings.store.parent)
    except BaseException:
        shutil.rmtree(beside.store, ignore_errors=True)
        raise
    return restored


def _walk(
    settings: Settings, path: Path, place: Callable[[str, Entry], IO[bytes] | None]
) -> Restored:
    """Read an archive to its end, each file into the place that is given for it."""
    try:
        with tarfile.open(path, "r:") as archive:
            listed = _listed(settings, archive)
            left = dict(listed)
            for member in archive:
                if member.name != contents.NAME or not left:
                    _take(archive, member, left, place)
    except (tarfile.TarError, EOFError) as problem:
        raise OperatorError(f"{path.name} is no whole archive of a store.") from problem
    if left:
        raise OperatorError(
            f"The archive {path.name} is not whole: {shown(min(left))} is missing in it."
        )
    return Restored(len(listed), sum(entry.size for entry in listed.values()))


def _listed(settings: Settings, archive: tarfile.TarFile) -> Contents:
    first = archive.next()
    if first is None or first.name != contents.NAME or not first.isreg():
        raise OperatorError("This is no archive of a store: it does not begin with its contents.")
    if first.size > contents.MOST_BYTES:
        raise OperatorError("The list of what the archive holds is too long.")
    file = archive.extractfile(first)
    return contents.read(settings, file.read() if file else b"")


def _take(
    archive: tarfile.TarFile,
    member: tarfile.TarInfo,
    left: dict[str, Entry],
    place: Callable[[str, Entry], IO[bytes] | None],
) -> None:
    """One member, which must be a plain file that is still expected."""
    entry = left.pop(member.name, None)
    if entry is None or not member.isreg() or member.size != entry.size:
        raise OperatorError(
            f"The archive holds {shown(member.name)}, which is not what its list says."
        )
    digest = hashlib.sha256()
    source = archive.extractfile(member)
    target = place(member.name, entry)
    try:
        while source and (chunk := source.read(_CHUNK)):
            digest.update(chunk)
            if target:
                target.write(chunk)
    finally:
        if target:
            target.close()
    if digest.hexdigest() != entry.sha256:
        raise OperatorError(f"{shown(member.name)} in the archive is damaged.")


def _nowhere(name: str, entry: Entry) -> None:
    """No place: the file is only looked at."""


def _new_file(store: Path, name: str, entry: Entry) -> IO[bytes]:
    path = store / name
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    file = os.fdopen(descriptor, "wb")
    path.chmod(entry.mode)
    return file


def _make_durable(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if path.is_dir():
            sync_folder(path)
        else:
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
