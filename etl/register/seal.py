"""Seal: that every file of the operator's half is as a command of this product wrote it.

``operator/manifest.json`` names each file with the digest of its whole content, and is itself
signed with a key that follows from the protection secret. A file is put in place, or removed, in
three steps: the manifest says what it is and what it will be, the file is replaced, the manifest
says what it is. So a command that is killed anywhere leaves a file that is one of the two, which
the next command sees, and never one that nobody wrote.

Databases change their bytes whenever they are opened for writing, so none is written in place: a
copy takes the place of the file (``access.rewritten``). What a release is stands beside it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, cast

from etl.register.durable import remove_file, replace_file
from etl.secret_files import read_secrets
from etl.settings import OperatorError, Settings

MANIFEST = "manifest.json"
LOCK = "register.lock"
_FORMAT = 1
#: Instead of a digest: no file; and what can have none.
_ABSENT, _FOLDER = "", "a folder"
#: Beginning of the names of stored units.
UNITS = "units/"
#: Folders of the operator's half that hold files, and those that are there only while it works.
_HOMES, _PASSING = ("extracts", "units"), ("scratch", "spill")
#: What systems leave in any folder and no command reads.
_LITTER = (".DS_Store", "Thumbs.db", "desktop.ini")
#: So many files are named; how many others there are is said.
_NAMED = 5

_BACKUP = "restore the newest backup of the store"
#: Files of stores of before, by the kind of table that is loaded in their place.
_BEFORE = {"events.toml": "notes", "population.csv": "populations", "capacity.csv": "capacities"}
#: What an operator does about a file, where it is not to restore a backup.
_REMEDIES = {
    "register.duckdb": "run `load --rebuild` to build it again from its extracts",
    "preview.json": "run `publish --preview` again",
}
#: Names that an operator knows files by.
_SUBJECTS = {
    "register.duckdb": "The register (register.duckdb)",
}

#: Name of a file to the digests that it may have: one, or two while it is being replaced.
Held = Mapping[str, tuple[str, ...]]


def manifest_file(settings: Settings) -> Path:
    """The file of the manifest."""
    return settings.operator / MANIFEST


def is_sealed(settings: Settings) -> bool:
    """Whether the store has a manifest; those that earlier versions made have none."""
    return manifest_file(settings).exists()


def begin(settings: Settings) -> None:
    """Begin the manifest of a new store, over what a killed ``init`` left."""
    _write(settings, {})


def keep(settings: Settings, new: Path, path: Path) -> None:
    """Put a finished file in the place of another, durably and sealed; call it under the lock."""
    if is_sealed(settings):
        _change(settings, path, _digest(new), lambda: replace_file(new, path))
    else:
        replace_file(new, path)


def drop(settings: Settings, path: Path) -> None:
    """Remove a file for good; nothing happens when it is not there."""
    if is_sealed(settings) and path.exists():
        _change(settings, path, _ABSENT, lambda: remove_file(path))
    else:
        remove_file(path)


def is_whole(settings: Settings, path: Path) -> bool:
    """Whether one file is as it was written."""
    name = path.relative_to(settings.operator).as_posix()
    return _state(path) in _read(settings).get(name, (_ABSENT,))


def names(settings: Settings) -> frozenset[str]:
    """Names of the files of the operator's half, as the manifest has them."""
    return frozenset(_read(settings))


def seal_all(settings: Settings) -> None:
    """Seal a store that an earlier version made, as it is now; call it under the lock."""
    _write(settings, {name: (_state(settings.operator / name),) for name in _found(settings)})


def verify(settings: Settings, *, anew: Collection[str] = (), only: str = "") -> None:
    """Compare every file of the operator's half with the manifest; call it under the lock.

    A file that a killed command was replacing is one of two; from now on it is the one it is.

    Args:
        settings: Paths of the store.
        anew: Names of files that will be written anew and need not be whole.
        only: Beginning of the names of the files that are looked at; all unless given.

    Raises:
        OperatorError: With every file that is not as it was written, and what to do about it.
    """
    held = _read(settings)
    faults: list[str] = []
    settled: dict[str, tuple[str, ...]] = {}
    for name, allowed in held.items():
        if not name.startswith(only):
            settled[name] = allowed
            continue
        state = _state(settings.operator / name)
        if state not in allowed and name not in anew:
            faults.append(_fault(name, state))
        settled[name] = (state,) if state in allowed else allowed
    strangers = [
        name
        for name in _found(settings)
        if name not in held and name not in anew and name.startswith(only)
    ]
    faults += [_stranger(name) for name in strangers]
    if faults:
        more = len(faults) - _NAMED
        others = [f"{more} other files are not as they were written either."] if more > 0 else []
        raise OperatorError(" ".join([*faults[:_NAMED], *others]))
    if settled != held:
        _write(settings, settled)


def shown(name: str) -> str:
    """A name as it can be printed, whatever bytes it has on the disk."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def _change(settings: Settings, path: Path, after: str, put: Any) -> None:
    name = path.relative_to(settings.operator).as_posix()
    held = _read(settings)
    before = held.get(name, (_ABSENT,))
    if len(before) > 1:
        before = tuple(each for each in before if each == _state(path)) or before
    _write(settings, {**held, name: (*before, after)})
    put()
    _write(settings, {**held, name: (after,)})


def _read(settings: Settings) -> dict[str, tuple[str, ...]]:
    """The files that the manifest names.

    Raises:
        OperatorError: If it is not as it was written.
    """
    path = manifest_file(settings)
    problem = f"The manifest of the store, {path.name}, is not as it was written; {_BACKUP}."
    try:
        held = cast("dict[str, Any]", json.loads(path.read_text(encoding="utf-8")))
        told = str(held.pop("seal"))
        version, files = held["format"], cast("dict[str, list[str]]", held["files"])
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise OperatorError(problem) from error
    if not hmac.compare_digest(_sealed(settings, held).encode(), told.encode()):
        raise OperatorError(problem)
    if version != _FORMAT:
        raise OperatorError(f"{path.name} was written by a later version; update the product.")
    return {name: tuple(digests) for name, digests in files.items()}


def _write(settings: Settings, files: Held) -> None:
    path = manifest_file(settings)
    kept = {name: list(files[name]) for name in sorted(files) if set(files[name]) != {_ABSENT}}
    held: dict[str, Any] = {"format": _FORMAT, "files": kept}
    new = path.with_suffix(".new")
    new.write_text(
        json.dumps({**held, "seal": _sealed(settings, held)}, indent=1) + "\n", encoding="utf-8"
    )
    replace_file(new, path)


def _sealed(settings: Settings, held: Mapping[str, Any]) -> str:
    secret = read_secrets(settings).protection
    key = hmac.digest(secret, b"situation-atlas seal", hashlib.sha256)
    return hmac.digest(key, json.dumps(held, sort_keys=True).encode(), hashlib.sha256).hex()


def _found(settings: Settings) -> Iterator[str]:
    """Names of everything in the operator's half that a command could take for its own."""
    known = {MANIFEST, LOCK, *_HOMES, *_PASSING}
    for folder in (settings.operator, *(settings.operator / home for home in _HOMES)):
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            name = path.relative_to(settings.operator).as_posix()
            if name not in known and path.name not in _LITTER:
                yield name


def _state(path: Path) -> str:
    """Digest of a file, or what stands in its place."""
    if path.is_dir():
        return _FOLDER
    return _digest(path) if path.exists() else _ABSENT


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _fault(name: str, state: str) -> str:
    wrong = {
        _ABSENT: "is missing",
        _FOLDER: "is a folder where a file should be",
    }.get(state, "is not as it was written: it is damaged, or was changed by another hand")
    return f"{_subject(name)} {wrong}; {_remedy(name)}."


def _remedy(name: str) -> str:
    """What an operator does about a file; the tables of ``etl.handed`` are CSVs of their names."""
    place = PurePosixPath(name)
    is_table = place.suffix == ".csv" and len(place.parts) == 1
    if kind := _BEFORE.get(name, place.stem if is_table else ""):
        again = f"load the {kind} again with `tables {kind} FILE --replace`"
        return f"{_BACKUP}, or {again}"
    return _REMEDIES.get(name, _BACKUP)


def _subject(name: str) -> str:
    place = PurePosixPath(name)
    if place.parent.name == "extracts":
        return f"The extract {shown(place.name)}"
    if place.parent.name == "units":
        return f"The file of stored units {shown(place.name)}"
    return _SUBJECTS.get(name, f"The file {shown(name)} of the operator's half")


def _stranger(name: str) -> str:
    """What is said of a file that no command wrote."""
    return f"{shown(name)} lies in the operator's half and no command wrote it there; move it away."
