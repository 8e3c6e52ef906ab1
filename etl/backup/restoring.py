"""Restoring: an archive verified member by member, then put in place in one step.

Everything is written beside the store first. What is not a plain file that the sealed list names,
once and with its digest, ends the restoring, and nothing is in place.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
from dataclasses import replace
from pathlib import Path
from typing import IO

from etl.backup import contents
from etl.backup.contents import Contents, Entry
from etl.register import seal
from etl.register.durable import sync_folder
from etl.register.faults import printable
from etl.secrets import open_secrets
from etl.settings import OperatorError, Settings

_CHUNK = 2**20


def read_archive(settings: Settings, path: Path, into: Path | None = None) -> tuple[int, int]:
    """Verify an archive, and write its files into a folder where one is given.

    Returns:
        How many files it holds, and their bytes.

    Raises:
        OperatorError: If it is not whole, or the secrets are not those of its store.
    """
    try:
        with tarfile.open(path, "r:") as archive:
            expected = _read_contents(settings, archive)
            remaining = dict(expected)
            members = iter(archive)
            next(members)  # the list itself
            for member in members:
                _take_member(archive, member, remaining, into)
    except (tarfile.TarError, EOFError) as problem:
        raise OperatorError(f"{path.name} is no whole archive of a store.") from problem
    if remaining:
        raise OperatorError(
            f"The archive {path.name} is not whole: {printable(min(remaining))} is missing in it."
        )
    return len(expected), sum(entry.size for entry in expected.values())


def restore(settings: Settings, path: Path) -> tuple[int, int]:
    """Make the store of an archive where there is none.

    Returns:
        Number of its files, and their bytes, as ``read_archive``.

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
        restored = read_archive(settings, path, beside.store)
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


def _read_contents(settings: Settings, archive: tarfile.TarFile) -> Contents:
    """The list at the beginning of an archive, its seal checked."""
    first = archive.next()
    if first is None or first.name != contents.NAME or not first.isreg():
        raise OperatorError("This is no archive of a store: it does not begin with its contents.")
    if first.size > contents.MOST_BYTES:
        raise OperatorError("The list of what the archive holds is too long.")
    listing = archive.extractfile(first)
    return contents.decode_contents(settings, listing.read() if listing else b"")


def _take_member(
    archive: tarfile.TarFile,
    member: tarfile.TarInfo,
    remaining: dict[str, Entry],
    into: Path | None,
) -> None:
    """Verify one member, a plain file still ``remaining``, and write it if there is a folder."""
    entry = remaining.pop(member.name, None)
    if entry is None or not member.isreg() or member.size != entry.size:
        raise OperatorError(
            f"The archive holds {printable(member.name)}, which is not what its list says."
        )
    digest = hashlib.sha256()
    source = archive.extractfile(member)
    target = _new_file(into / member.name, entry) if into else None
    try:
        while source and (chunk := source.read(_CHUNK)):
            digest.update(chunk)
            if target:
                target.write(chunk)
    finally:
        if target:
            target.close()
    if digest.hexdigest() != entry.sha256:
        raise OperatorError(f"{printable(member.name)} in the archive is damaged.")


def _new_file(path: Path, entry: Entry) -> IO[bytes]:
    """A new file to write, with the rights of its entry."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    file = os.fdopen(descriptor, "wb")
    path.chmod(entry.mode)
    return file


def _make_durable(folder: Path) -> None:
    """Make sure that every file and folder within is on the disk."""
    for path in (folder, *folder.rglob("*")):
        if path.is_dir():
            sync_folder(path)
        else:
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
