"""Faults: what an operator is told of a file that is not as it was written, and what to do.

One sentence a file, by the name that the manifest has of it (see ``seal``). Nothing is read here.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import PurePosixPath

from dashboard.model.partner_state import FILE as PARTNER_STATES
from dashboard.model.record_head import FILE as RECORD
from dashboard.model.release import DIGEST_SUFFIX, PUBLIC_FOLDER, TAKEN_BACK_SUFFIX
from dashboard.model.signoff import FOLDER as SIGN_OFF
from dashboard.model.signoff import ROUND

#: States in place of a digest: there is no file, or something that has no digest.
ABSENT, FOLDER, ODD, UNREADABLE = "", "a folder", "no plain file", "unreadable"
#: Beginning of the names of what lies among the releases, and the folders there.
RELEASES = "releases/"
FOLDERS = (f"{RELEASES}{PUBLIC_FOLDER}", f"{RELEASES}{SIGN_OFF}")
BACKUP = "restore the newest backup of the store"
#: Of the halves of a store, by their generations.
OLDER_HALF = (
    "The operator's half of the store is older than the releases beside it: it was put back from a "
    "copy, and what was loaded, decided or closed since is not in it. Move the store away, "
    f"{BACKUP} and repeat what was done since; with this half months could be closed twice."
)
OLDER_RELEASES = (
    "The releases are older than the operator's half of the store: they were put back from a copy. "
    "Put those of the newest backup in their place."
)
LOST_GENERATION = (
    "The file generation beside the releases is missing, or not as it was written, so nobody can "
    "tell whether the operator's half is the newest: look whether your last loads are in it, then "
    "name the release that readers are to see with `rollback --to ID`, which writes the file again."
)
POINTED_ELSEWHERE = (
    "Which releases readers see was changed, but by no command that wrote it down (see `status`): "
    "name the release that readers are to see with `rollback --to ID` first."
)

_POINTER, _SUFFIX = "current", ".duckdb"
#: Files that are named; of others only the number is given.
_NAMED = 5
_WRONG = {
    ABSENT: "is missing",
    FOLDER: "is a folder where a file should be",
    ODD: "is no plain file",
    UNREADABLE: "cannot be read",
}
#: What an operator does about a file, where it is not to restore a backup.
_REMEDIES = {
    "register.duckdb": "run `load --rebuild` to build it again from its extracts",
    "duplicates.json": "run `duplicates`, which writes it again",
    "preview.json": "run `publish --preview` again",
    f"{RELEASES}{PARTNER_STATES}": "the next `publish` or `tables partners` writes it again",
    f"{RELEASES}{RECORD}": "the next `publish --record` writes it again",
    f"{RELEASES}{SIGN_OFF}/{ROUND}": "open a new round with `publish --preview --new-round`",
}
#: Names that an operator knows files by.
_SUBJECTS = {
    "register.duckdb": "The register (register.duckdb)",
    f"{RELEASES}{PARTNER_STATES}": f"The list of who reported ({PARTNER_STATES})",
    f"{RELEASES}{SIGN_OFF}/{ROUND}": f"The open round of sign-off ({ROUND})",
    f"{RELEASES}{RECORD}": f"The head of the record of events ({RECORD})",
    f"{RELEASES}{_POINTER}": "The pointer to the release that members see (current)",
    f"{RELEASES}{PUBLIC_FOLDER}/{_POINTER}": "The pointer to the release of the public (current)",
}


def sentence(name: str, state: str) -> str:
    """What is wrong with a file, and what to do, in a sentence.

    Args:
        name: Name of the file, as the manifest has it.
        state: What was found in its place: the digest of other content, or a key of ``_WRONG``.
    """
    wrong = _WRONG.get(
        state, "is not as it was written: it is damaged, or was changed by another hand"
    )
    return f"{_subject(name)} {wrong}; {remedy(name)}."


def stranger(name: str) -> str:
    """What is said of a file that no command wrote."""
    where = "among the releases" if name.startswith(RELEASES) else "in the operator's half"
    path = name.removeprefix(RELEASES)
    return f"{printable(path)} lies {where} and no command wrote it there; move it away."


def first_sentences(sentences: Sequence[str]) -> list[str]:
    """The first sentences, and one that counts the other files, if there are more.

    >>> first_sentences(["one"] * (_NAMED + 1))[-1]
    '1 other file is not as written either.'
    """
    more = len(sentences) - _NAMED
    if more < 1:
        return list(sentences)
    others = "1 other file is" if more == 1 else f"{more} other files are"
    return [*sentences[:_NAMED], f"{others} not as written either."]


def is_control(name: str) -> bool:
    """Whether a file says which release readers see."""
    return name.startswith(RELEASES) and (
        PurePosixPath(name).name == _POINTER or name.endswith(TAKEN_BACK_SUFFIX)
    )


def remedy(name: str) -> str:
    """What an operator does about a file; ``etl.operator_tables`` are CSVs of their names."""
    place = PurePosixPath(name)
    if place.suffix == ".csv" and len(place.parts) == 1:
        kind = place.stem
        return f"{BACKUP}, or load the {kind} again with `tables {kind} FILE --replace`"
    if place.name == _POINTER:
        return "name the release that readers are to see with `rollback --to ID`"
    if name.endswith(TAKEN_BACK_SUFFIX):
        return "put an empty file of that name there again, or show the release with `rollback`"
    if name.startswith(RELEASES) and name not in _REMEDIES:
        return (
            "put it back from the newest backup; if readers see it, show them another with "
            "`rollback` or `publish` until then; where it is lost, `editions --remove ID` ends this"
        )
    return _REMEDIES.get(name, BACKUP)


def printable(name: str) -> str:
    """A name as it can be printed, whatever bytes it has on the disk."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def _subject(name: str) -> str:
    """What an operator knows a file by, to begin a sentence."""
    place = PurePosixPath(name)
    if name.startswith(RELEASES) and name not in _SUBJECTS:
        return _of_release(place)
    if place.parent.name == "extracts":
        return f"The extract {printable(place.name)}"
    if place.parent.name == "units":
        return f"The file of stored units {printable(place.name)}"
    return _SUBJECTS.get(name, f"The file {printable(name)} of the operator's half")


def _of_release(place: PurePosixPath) -> str:
    """What an operator knows a file of a release by, such as its digest or its mark."""
    release_id, _, kind = place.name.partition(_SUFFIX)
    public = " public" if place.parent.name == PUBLIC_FOLDER else ""
    release = f"{public} release {printable(release_id)}"
    if kind == DIGEST_SUFFIX:
        return f"The digest of the{release}"
    if kind == TAKEN_BACK_SUFFIX:
        return f"The mark ({printable(place.name)}) that takes back the{release}"
    return f"The{release}"
