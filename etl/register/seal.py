"""Seal: that every file of a store is as a command of this product wrote it.

``operator/manifest.json`` names each file of the operator's half and of the releases with the
digest of its whole content, and is itself signed with a key that follows from the protection
secret. A file is put in place, or removed, in three steps: the manifest says what it is and what it
will be, the file is replaced, the manifest says what it is. So a command that is killed anywhere
leaves a file that is one of the two, which the next command sees, and never one that nobody wrote.

Each change begins a new generation. The manifest has its number, and ``releases/generation`` a code
that follows from it (no reader learns how often anything was changed), so that each half tells when
the other is older. Every command verifies the operator's half before it uses it; releases are read
by ``status`` and ``backup``, since a release that is damaged is put right by publishing.

Databases change their bytes whenever they are opened for writing, so none is written in place: a
copy takes the place of the file (``access.rewritten``). What is said of a file that is not as it
was written stands in ``faults``.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import stat
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any, cast

from etl.register import faults
from etl.register.durable import remove_file, replace_file
from etl.register.faults import ABSENT, FOLDER, ODD, RELEASES, UNREADABLE
from etl.secret_files import are_there, read_secrets
from etl.settings import OperatorError, Settings

MANIFEST = "manifest.json"
LOCK = "register.lock"
#: Beside the releases, what tells which generation of the operator's half they belong to.
GENERATION = "generation"
#: Beginning of the names of stored units.
UNITS = "units/"
#: Folders of the operator's half that hold files, and those that are there only while it works.
_HOMES, _PASSING = ("extracts", "units"), ("scratch", "spill")
#: What systems leave in any folder and no command reads.
_LITTER = (".DS_Store", "Thumbs.db", "desktop.ini")
#: What a killed command leaves among the releases, until the next publication clears it.
_UNFINISHED = re.compile(r".+(\.duckdb\.building(\.wal.*)?|\.new)")
#: So many generations later than that of the manifest are looked for.
_AHEAD = 100_000
#: How the manifest writes a time, UTC.
TIME = "%Y-%m-%dT%H:%M:%SZ"

#: Name of a file to the digests that it may have: one, or two while it is being replaced.
SealedFiles = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Manifest:
    """What the manifest says.

    Attributes:
        files: Every file with the digests that it may have.
        generation: Number of the last change.
        at: Time of the last change, or the latest before it where the clock was set back.
    """

    files: SealedFiles
    generation: int = 0
    at: datetime = datetime.min


@dataclass(frozen=True)
class Inspection:
    """What came of reading the files of a store.

    Attributes:
        files: How many files were read.
        size: Their bytes.
        faults: One sentence for each that is not as it was written, with what to do.
    """

    files: int
    size: int
    faults: tuple[str, ...]


def manifest_file(settings: Settings) -> Path:
    """The file of the manifest."""
    return settings.operator / MANIFEST


def generation_file(settings: Settings) -> Path:
    """The file beside the releases that names the generation of the operator's half."""
    return settings.releases / GENERATION


def is_sealed(settings: Settings) -> bool:
    """Whether there is a manifest; only `init` makes one where there is none."""
    return manifest_file(settings).exists()


def begin(settings: Settings) -> None:
    """Begin the manifest of a new store, over what a killed ``init`` left."""
    _write_manifest(settings, Manifest({}))
    _write_generation(settings, 0)


def replace_sealed(settings: Settings, new: Path, path: Path) -> None:
    """Put a finished file in the place of another, durably and sealed; call it under the lock."""
    if _in_scope(settings, path):
        state = _state(new)
        if states(settings, path) == (state,) and _state(path) == state:
            new.unlink()  # what is written again is no change
        else:
            _change(settings, path, state, lambda: replace_file(new, path))
    else:
        replace_file(new, path)


def write_sealed(settings: Settings, path: Path, content: bytes, mode: int | None = None) -> None:
    """Write a file anew, durably and sealed; call it under the lock.

    Args:
        settings: Paths of the store.
        path: The file.
        content: What it is to hold.
        mode: Its rights, where they are not those that the process gives.
    """
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(content)
    if mode is not None:
        new.chmod(mode)
    replace_sealed(settings, new, path)


def write_json(
    settings: Settings, path: Path, document: Mapping[str, Any], mode: int | None = None
) -> None:
    """Write a document as JSON, durably and sealed; call it under the lock.

    Args:
        settings: Paths of the store.
        path: The file.
        document: What it is to hold.
        mode: Its rights, where they are not those that the process gives.
    """
    write_sealed(settings, path, (json.dumps(document, indent=1) + "\n").encode(), mode)


def read_json(path: Path) -> dict[str, Any]:
    """A document that ``write_json`` wrote; whether it is sealed is not asked here.

    Raises:
        ValueError: If it is no JSON, or nested too deeply.
    """
    try:
        return cast("dict[str, Any]", json.loads(path.read_text(encoding="utf-8")))
    except RecursionError as problem:
        raise ValueError(f"{path.name} is nested too deeply") from problem


def drop(settings: Settings, path: Path) -> None:
    """Remove a file for good; nothing happens when it is not there."""
    if _in_scope(settings, path) and (path.exists() or name_of(settings, path) in names(settings)):
        _change(settings, path, ABSENT, lambda: remove_file(path))
    else:
        remove_file(path)


def is_whole(settings: Settings, path: Path) -> bool:
    """Whether a file is as it was written, or missing if nobody wrote it.

    Of a file of the releases, where the secrets are missing: whether it is there.
    """
    if not _in_scope(settings, path):
        return path.exists()
    return _state(path) in _read_manifest(settings).files.get(name_of(settings, path), (ABSENT,))


def names(settings: Settings) -> frozenset[str]:
    """Names of the files of both halves, as the manifest has them."""
    return frozenset(_read_manifest(settings).files)


def states(settings: Settings, path: Path) -> tuple[str, ...]:
    """Digests that the manifest has of a file: one, or two while it is being replaced."""
    return _read_manifest(settings).files.get(name_of(settings, path), ())


def path_of(settings: Settings, name: str) -> Path:
    """Where a file lies that the manifest names."""
    home = settings.store if name.startswith(RELEASES) else settings.operator
    return home / name


def last_change(settings: Settings) -> datetime:
    """Time of the last change (UTC); the latest there was, where the clock was set back since."""
    return _read_manifest(settings).at


def verify(settings: Settings, *, anew: Collection[str] = (), only: str = "") -> None:
    """Compare every file of the operator's half with the manifest; call it under the lock.

    A file that a killed command was replacing may be one of two; the one found is kept.

    Args:
        settings: Paths of the store.
        anew: Names of files that will be written anew and need not be whole.
        only: Beginning of the names of the files that are looked at; all unless given.

    Raises:
        OperatorError: With every file that is not as it was written, and what to do about it.
    """
    manifest = _read_manifest(settings)
    files = manifest.files
    problems: list[str] = []
    settled: dict[str, tuple[str, ...]] = {}
    for name, allowed in files.items():
        of_releases = name.startswith(RELEASES)
        # Of releases only what was being replaced is looked at here.
        is_skipped = len(allowed) == 1 if of_releases else not name.startswith(only)
        if is_skipped:
            settled[name] = allowed
            continue
        state = _state(path_of(settings, name))
        if state not in allowed and name not in anew and not of_releases:
            problems.append(faults.sentence(name, state))
        settled[name] = (state,) if state in allowed else allowed
    problems += [
        faults.stranger(name)
        for name in _operator_files(settings)
        if name not in files and name not in anew and name.startswith(only)
    ]
    if problems:
        raise OperatorError(" ".join(faults.first_sentences(problems)))
    if settled != files:
        _write_manifest(settings, replace(manifest, files=settled))


def refuse_older_half(settings: Settings) -> None:
    """Refuse an operator's half that was put back from a copy; call it after ``verify``.

    Raises:
        OperatorError: If the releases belong to a later one, with what to do.
    """
    generation = _read_manifest(settings).generation
    if (_release_generation(settings, generation, ahead=True) or 0) > generation:
        raise OperatorError(faults.OLDER_HALF)


def lacks_generation(settings: Settings) -> bool:
    """Whether ``releases/generation`` is missing, or not as a command wrote it."""
    generation = _read_manifest(settings).generation
    return _release_generation(settings, generation, ahead=True) is None


def renew_generation(settings: Settings) -> None:
    """Write ``releases/generation`` again where it is lost; it says that both halves are right."""
    if lacks_generation(settings):
        _write_generation(settings, _read_manifest(settings).generation)


def is_pointed_as_written(settings: Settings) -> bool:
    """Whether what says which releases readers see is as a command wrote it."""
    files = _read_manifest(settings).files
    names = {*files, *_release_files(settings)}
    controls = {name: path_of(settings, name) for name in names if faults.is_control(name)}
    return all(_state(path) in files.get(name, (ABSENT,)) for name, path in controls.items())


def read_releases(settings: Settings) -> Inspection:
    """Read every file of the releases and compare it with the manifest; call it under the lock.

    What the operator's half holds was verified when the lock was taken and is counted along.
    """
    manifest = _read_manifest(settings)
    files, expected = manifest.files, manifest.generation
    problems: list[str] = []
    for name, allowed in files.items():
        state = _state(path_of(settings, name)) if name.startswith(RELEASES) else allowed[0]
        if state not in allowed:
            problems.append(faults.sentence(name, state))
    problems += [faults.stranger(name) for name in _release_files(settings) if name not in files]
    generation = _release_generation(settings, expected)
    if generation is None:
        problems.insert(0, faults.LOST_GENERATION)
    elif generation < expected - 1 and problems:
        problems.insert(0, faults.OLDER_RELEASES)
    elif generation != expected and not problems:  # a command was killed before it wrote it
        _write_generation(settings, expected)
    paths = [path for path in (path_of(settings, name) for name in files) if path.is_file()]
    return Inspection(len(paths), sum(path.stat().st_size for path in paths), tuple(problems))


def _change(settings: Settings, path: Path, after: str, put: Callable[[], None]) -> None:
    """Change one file in the three steps of a seal.

    Args:
        settings: Paths of the store.
        path: The file.
        after: Its digest afterwards, ``ABSENT`` if it is removed.
        put: Replaces or removes it.
    """
    name = name_of(settings, path)
    manifest = _read_manifest(settings)
    files = manifest.files
    before = files.get(name, (ABSENT,))
    if len(before) > 1:
        before = tuple(digest for digest in before if digest == _state(path)) or before
    generation = manifest.generation + 1
    begun = replace(manifest, files={**files, name: (*before, after)}, generation=generation)
    _write_manifest(settings, begun)
    # One that is lost, or later than the manifest, stays as it is: the operator must hear of it.
    if _release_generation(settings, manifest.generation) is not None:
        _write_generation(settings, generation)
    put()
    _write_manifest(settings, replace(begun, files={**files, name: (after,)}))


def _in_scope(settings: Settings, path: Path) -> bool:
    """Whether the manifest is to have a file: of releases only where the secrets are there."""
    return path.is_relative_to(settings.operator) or are_there(settings)


def name_of(settings: Settings, path: Path) -> str:
    """What the manifest calls a file of either half."""
    of_operator = path.is_relative_to(settings.operator)
    return path.relative_to(settings.operator if of_operator else settings.store).as_posix()


def _release_generation(settings: Settings, expected: int, *, ahead: bool = False) -> int | None:
    """Number of the generation that the releases name, None if no code fits.

    Args:
        settings: Paths of the store.
        expected: Number in the manifest.
        ahead: Whether later generations are looked for, too.
    """
    path = generation_file(settings)
    if not path.is_file():
        return None
    code = path.read_bytes().strip()
    key = _key(settings, b"situation-atlas generation")
    later = range(expected + 1, expected + _AHEAD) if ahead else ()
    for number in (*range(expected, -1, -1), *later):
        if hmac.compare_digest(_code(key, number), code):
            return number
    return None


def _write_generation(settings: Settings, number: int) -> None:
    """Write the file that names a generation, in one step."""
    path = generation_file(settings)
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(_code(_key(settings, b"situation-atlas generation"), number) + b"\n")
    new.chmod(0o644)
    replace_file(new, path)


def _code(key: bytes, number: int) -> bytes:
    """Code of a generation, which shows nothing of its number."""
    return hmac.digest(key, str(number).encode(), hashlib.sha256).hex().encode()


def _read_manifest(settings: Settings) -> Manifest:
    """What the manifest says.

    Raises:
        OperatorError: If it is not as it was written.
    """
    path = manifest_file(settings)
    problem = f"The manifest of the store, {path.name}, is not as it was written; {faults.BACKUP}."
    if not path.is_file():
        raise OperatorError(problem)
    try:
        document = read_json(path)
        written_seal = str(document.pop("seal"))
        files = {name: tuple(digests) for name, digests in document["files"].items()}
        at = datetime.strptime(document["at"], TIME)
        manifest = Manifest(files, int(document["generation"]), at)
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise OperatorError(problem) from error
    if not hmac.compare_digest(_seal_of(settings, document).encode(), written_seal.encode()):
        raise OperatorError(problem)
    return manifest


def _write_manifest(settings: Settings, manifest: Manifest) -> None:
    """Write the manifest, sealed and in one step; its time never goes back."""
    path = manifest_file(settings)
    files = manifest.files
    present = {name: list(files[name]) for name in sorted(files) if set(files[name]) != {ABSENT}}
    at = max(manifest.at, datetime.now(UTC).replace(tzinfo=None)).strftime(TIME)
    document = {"generation": manifest.generation, "at": at, "files": present}
    new = path.with_suffix(".new")
    new.write_text(
        json.dumps({**document, "seal": _seal_of(settings, document)}, indent=1) + "\n",
        encoding="utf-8",
    )
    replace_file(new, path)


def _seal_of(settings: Settings, document: Mapping[str, Any]) -> str:
    """Signature under a manifest."""
    return signature(settings, document, b"situation-atlas seal")


def signature(settings: Settings, document: Mapping[str, Any], purpose: bytes) -> str:
    """Signature under a document for one purpose, which needs the protection secret."""
    key = _key(settings, purpose)
    return hmac.digest(key, json.dumps(document, sort_keys=True).encode(), hashlib.sha256).hex()


def _key(settings: Settings, purpose: bytes) -> bytes:
    """Key for one purpose, from the protection secret."""
    return hmac.digest(read_secrets(settings).protection, purpose, hashlib.sha256)


def _operator_files(settings: Settings) -> Iterator[str]:
    """Names of everything in the operator's half that a command could take for its own."""
    own_names = {MANIFEST, LOCK, *_HOMES, *_PASSING}
    for folder in (settings.operator, *(settings.operator / home for home in _HOMES)):
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            name = path.relative_to(settings.operator).as_posix()
            if name not in own_names and path.name not in _LITTER:
                yield name


def is_unfinished(name: str) -> bool:
    """Whether a file of the releases is one that a killed command was still writing."""
    return _UNFINISHED.fullmatch(name) is not None


def _release_files(settings: Settings) -> Iterator[str]:
    """Names of everything among the releases that a reader could take for a command's."""
    for path in sorted(settings.releases.rglob("*")):
        name = PurePosixPath(RELEASES, path.relative_to(settings.releases).as_posix())
        is_passing = path.name in _LITTER or is_unfinished(path.name)
        is_home = path.is_dir() and str(name) in faults.FOLDERS
        if not (is_passing or is_home or path == generation_file(settings)):
            yield str(name)


def _state(path: Path) -> str:
    """Digest of a file, or the state in its place: see ``faults``."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ABSENT
    except OSError:
        return UNREADABLE
    return FOLDER if stat.S_ISDIR(mode) else ODD
