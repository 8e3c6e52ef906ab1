"""Files: names of releases, a file that stays as it is, the pointer, marks of those taken back.

The folder of releases belongs to the members; ``public`` inside it is a folder of the same shape.
Which release is to be current is decided elsewhere.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from dashboard.model.periods import Month
from dashboard.model.release import (
    CONTRACT_VERSION,
    DIGEST_SUFFIX,
    PUBLIC_FOLDER,
    TAKEN_BACK_SUFFIX,
)
from etl.register import seal
from etl.register.access import CONFIG
from etl.register.durable import sync_folder
from etl.settings import Settings

POINTER = "current"
SUFFIX = ".duckdb"
BUILDING = ".building"

#: The ids that ``new_release_id`` gives; a copy that a hand made beside them has another name.
_NAME = re.compile(r"\d{4}-\d{2}-\d{8}T\d{6}-[0-9a-f]{8}", re.ASCII)
_NOWHERE = "unreadable"
_TIME = "%Y%m%dT%H%M%S"


def folders(settings: Settings) -> tuple[Path, Path]:
    """Folders of the members' and of the public's releases."""
    return settings.releases, public_folder(settings)


def public_folder(settings: Settings) -> Path:
    """Folder of public releases, the only one that a public dashboard is given."""
    return settings.releases / PUBLIC_FOLDER


def release_path(folder: Path, release_id: str) -> Path:
    """File of a release."""
    return folder / f"{release_id}{SUFFIX}"


def release_ids(folder: Path) -> list[str]:
    """Ids of the releases in a folder, in the order of their publication.

    A name that no publication gives, such as that of a copy, is none of them.
    """
    names = (path.stem for path in folder.glob(f"*{SUFFIX}"))
    return sorted(name for name in names if _NAME.fullmatch(name))


def is_release_id(name: str) -> bool:
    """Whether a publication may have given a name."""
    return _NAME.fullmatch(name) is not None


def files_of(folder: Path, release_id: str) -> tuple[Path, Path, Path]:
    """Paths of what a folder may hold of a release: its file, the file's digest, and its mark."""
    path = release_path(folder, release_id)
    return path, path.with_name(f"{path.name}{DIGEST_SUFFIX}"), _mark_path(folder, release_id)


def new_release_id(last_month: Month, built: datetime, newest: str | None) -> str:
    """An id that never comes twice and sorts after that of the newest release.

    Where the clock runs behind, the time in it is the second after that of the newest.
    """
    if newest and newest.startswith(str(last_month)):
        built = max(built, built_at(newest) + timedelta(seconds=1))
    return f"{last_month}-{built:{_TIME}}-{secrets.token_hex(4)}"


def built_at(release_id: str) -> datetime:
    """The time in an id, UTC, to the second."""
    return datetime.strptime(release_id[8:23], _TIME)


def building_path(folder: Path, release_id: str) -> Path:
    """Where a release is built, beside its final name so that renaming is atomic."""
    return folder / f"{release_id}{SUFFIX}{BUILDING}"


def clear_unfinished(settings: Settings, folder: Path) -> None:
    """Remove half-written files and digests without a file; call it under the store's lock."""
    for path in folder.iterdir() if folder.exists() else ():
        if seal.is_unfinished(path.name):
            path.unlink()
    for digest in folder.glob(f"*{SUFFIX}{DIGEST_SUFFIX}"):
        if not digest.with_name(digest.name.removesuffix(DIGEST_SUFFIX)).exists():
            seal.drop(settings, digest)


def put_in_place(settings: Settings, building: Path, folder: Path, release_id: str) -> Path:
    """Give a finished file its final name, durably; return it.

    Raises:
        RuntimeError: If the database was left with a write-ahead log, or the name is taken.
    """
    final = release_path(folder, release_id)
    if Path(f"{building}.wal").exists():
        raise RuntimeError(f"{building.name} was closed with an open write-ahead log")
    if final.exists():
        raise RuntimeError(f"{final.name} exists; a release is never overwritten")
    _write_digest(settings, building, final)
    seal.replace_sealed(settings, building, final)
    final.chmod(0o444)
    return final


def is_whole(path: Path) -> bool:
    """Whether a file has the digest that is written beside it."""
    listed = path.with_name(f"{path.name}{DIGEST_SUFFIX}")
    return listed.exists() and listed.read_bytes().split()[:1] == [_digest(path).encode()]


def is_readable(path: Path) -> bool:
    """Whether a release is as it was published; one that has no digest only has to open."""
    if path.with_name(f"{path.name}{DIGEST_SUFFIX}").exists():
        return path.exists() and is_whole(path)
    try:
        return bool(ask_release(path, "SELECT 1 FROM edition"))
    except duckdb.Error:
        return False


def follows_contract(path: Path) -> bool:
    """Whether a readable release has the tables of this version of the product."""
    return ask_release(path, "SELECT contract_version FROM edition") == [(CONTRACT_VERSION,)]


def ask_release(path: Path, query: str) -> list[tuple[Any, ...]]:
    """Rows of a query in SQL to a release."""
    with duckdb.connect(str(path), read_only=True, config=CONFIG) as connection:
        return connection.execute(query).fetchall()


def newest_readable(folder: Path, until: str | None = None, *, offered: bool = False) -> str | None:
    """Id of the newest readable release: up to one if named, not taken back if ``offered``.

    What was taken back is readable, too: what its closed months held stays as it was published.
    """
    ids = reversed(release_ids(folder))
    return next(
        (
            release_id
            for release_id in ids
            if (until is None or release_id <= until)
            and not (offered and is_taken_back(folder, release_id))
            and is_readable(release_path(folder, release_id))
        ),
        None,
    )


def _write_digest(settings: Settings, building: Path, final: Path) -> None:
    """Write the digest of a finished file beside the final name that it will have."""
    digest = final.with_name(f"{final.name}{DIGEST_SUFFIX}")
    seal.write_sealed(settings, digest, f"{_digest(building)}  {final.name}\n".encode("ascii"))


def _digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def pointed_to(folder: Path) -> str | None:
    """Id of the current release of a folder, or None before the first.

    A pointer that says nothing readable points to a release that is not there.
    """
    pointer = folder / POINTER
    if not pointer.exists():
        return None
    release_id = pointer.read_bytes().decode("ascii", "replace").strip()
    return release_id if _NAME.fullmatch(release_id) else _NOWHERE


def point_to(settings: Settings, folder: Path, release_id: str) -> None:
    """Make a release the current one, in one step and durably."""
    seal.write_sealed(settings, folder / POINTER, f"{release_id}\n".encode("ascii"))


def is_taken_back(folder: Path, release_id: str) -> bool:
    """Whether no reader may open a release."""
    return _mark_path(folder, release_id).exists()


def settle_marks(settings: Settings, folder: Path) -> tuple[str, ...]:
    """Mark every release later than the current one as taken back; return those newly marked.

    No reader opens a marked one, though nothing of it is removed. The current one has no mark. This
    only follows the pointer, so it can be repeated after a command that was killed.
    """
    current = pointed_to(folder)
    if current is None:
        return ()
    later = [release_id for release_id in release_ids(folder) if release_id > current]
    newly = [release_id for release_id in later if not is_taken_back(folder, release_id)]
    for release_id in later:
        _mark(settings, _mark_path(folder, release_id))
    seal.drop(settings, _mark_path(folder, current))
    return tuple(newly)


def _mark(settings: Settings, mark: Path) -> None:
    """Write the empty file of a mark, unless it is there as a command wrote it."""
    if not (mark.exists() and seal.is_whole(settings, mark)):
        seal.write_sealed(settings, mark, b"")


def _mark_path(folder: Path, release_id: str) -> Path:
    """File that marks a release as taken back."""
    path = release_path(folder, release_id)
    return path.with_name(f"{path.name}{TAKEN_BACK_SUFFIX}")


def make_folder(folder: Path) -> None:
    """Make a folder of releases where it is missing."""
    if not folder.exists():
        folder.mkdir(parents=True)
        sync_folder(folder.parent)
