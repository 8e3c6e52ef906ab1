"""Archive: a store written into one file, which has its name only when it is whole.

An archive holds what partners sent, so nobody else may read it. Copies of the secrets go to a
folder of their own, and only when they are asked for.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

from etl.backup.contents import NAME, Contents, encode_contents, list_contents
from etl.register import seal
from etl.register.access import locked
from etl.register.durable import replace_file, sync_folder
from etl.register.faults import printable
from etl.secret_files import secret_paths
from etl.settings import OperatorError, Settings

#: What an archive is called while it is written.
UNFINISHED = ".unfinished"


@dataclass(frozen=True)
class Archive:
    """An archive that was written.

    Attributes:
        path: Its file.
        files: Files that it holds.
        size: Bytes of them.
        secrets: Files of the copied secrets; none where they were not asked for.
        faults: What is told of files of the releases that are not as they were written.
    """

    path: Path
    files: int
    size: int
    secrets: tuple[Path, ...]
    faults: tuple[str, ...]


def write_archive(settings: Settings, path: Path, secrets: Path | None) -> Archive:
    """Write a store into a new file, readable by its owner alone.

    Args:
        settings: Paths of the store.
        path: The file, outside the store.
        secrets: Folder for copies of the secrets, apart from the file; None for no copies.

    Raises:
        OperatorError: If the store is not whole, or a place does not fit.
    """
    _refuse_place(settings, path)
    if secrets is not None:
        _refuse_secrets(settings, path, secrets)
    unfinished = path.with_name(path.name + UNFINISHED)
    try:
        with locked(settings):
            faults = seal.read_releases(settings).faults
            contents = list_contents(settings)
            _refuse_gaps(settings, contents)
            unfinished.unlink(missing_ok=True)
            descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with (
                os.fdopen(descriptor, "wb") as file,
                tarfile.open(
                    fileobj=file, mode="w", format=tarfile.PAX_FORMAT, dereference=True
                ) as archive,
            ):
                _add_text(archive, NAME, encode_contents(settings, contents))
                for name in contents:
                    archive.add(settings.store / name, name, recursive=False, filter=_nameless)
            replace_file(unfinished, path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    copies = _copy_secrets(settings, secrets) if secrets is not None else ()
    size = sum(entry.size for entry in contents.values())
    return Archive(path, len(contents), size, copies, faults)


def _refuse_place(settings: Settings, path: Path) -> None:
    """Refuse a file that is there, has no folder, or lies in the store or with the secrets."""
    if path.exists():
        raise OperatorError(f"{path} is there already; an archive is never overwritten.")
    if not path.parent.is_dir():
        raise OperatorError(f"There is no folder {path.parent}.")
    for home in (settings.store, settings.secrets):
        if path.resolve().is_relative_to(home.resolve()):
            raise OperatorError(f"The archive must lie outside {home}.")


def _refuse_gaps(settings: Settings, contents: Contents) -> None:
    """Refuse a store of which a part lies where the list of its files does not reach.

    Such a part stands behind a folder that is a link.
    """
    paths = (seal.path_of(settings, name) for name in seal.names(settings))
    there = {p.relative_to(settings.store).as_posix() for p in paths if p.is_file()}
    gaps = there - set(contents)
    if gaps:
        raise OperatorError(
            f"{printable(min(gaps))} would be missing in the archive, so it is not written: put "
            "folders and files themselves into the store in place of links."
        )


def _refuse_secrets(settings: Settings, path: Path, secrets: Path) -> None:
    """Copies of the secrets lie with neither the store nor an archive of it."""
    place = secrets.resolve()
    if place.is_relative_to(path.parent.resolve()) or place.is_relative_to(
        settings.store.resolve()
    ):
        raise OperatorError(
            f"Copies of the secrets must lie apart from store and archive; {secrets} does not."
        )
    if secrets.exists() and (not secrets.is_dir() or any(secrets.iterdir())):
        raise OperatorError(f"{secrets} is not an empty folder; secrets are never overwritten.")


def _copy_secrets(settings: Settings, folder: Path) -> tuple[Path, ...]:
    """Copy the secrets into a folder for their owner alone; the new files."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    copies: list[Path] = []
    for secret in secret_paths(settings):
        copy = folder / secret.name
        descriptor = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file, secret.open("rb") as original:
            shutil.copyfileobj(original, file)
            file.flush()
            os.fsync(file.fileno())
        copies.append(copy)
    if sys.platform != "win32":
        folder.chmod(0o700)
    sync_folder(folder)
    return tuple(copies)


def _add_text(archive: tarfile.TarFile, name: str, text: bytes) -> None:
    """Add a file with a text to an archive."""
    entry = tarfile.TarInfo(name)
    entry.size = len(text)
    entry.mode = 0o600
    archive.addfile(entry, io.BytesIO(text))


def _nameless(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """An entry of an archive without user and group: no name of one leaves the machine."""
    entry.uname = entry.gname = ""
    entry.uid = entry.gid = 0
    return entry
