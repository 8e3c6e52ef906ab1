"""Approval: who cleared an edition, and that they saw what readers will get.

A preview leaves a note of its digest in ``operator/preview.json``. Real sources are published
only with a name, and only when what was assembled has the digest of the last preview.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from etl.operator_tables.kinds import RELEASED
from etl.operator_tables.stored import stored_file
from etl.register import decisions, seal
from etl.release.assembly import AssembledFiles
from etl.release.closing.terms import Terms
from etl.settings import OperatorError, Settings

#: File of the note that a preview leaves.
NOTE = "preview.json"
#: Longest name of who cleared an edition; readers see it.
_LONGEST = 80


@dataclass(frozen=True)
class Note:
    """What a preview showed.

    Attributes:
        digest: Digest of the files that it was made from.
        as_of: Day on which months were judged closed, YYYY-MM-DD.
        round: Name of the round in which partners sign it, or "".
    """

    digest: str
    as_of: str
    round: str = ""


def write_note(settings: Settings, files_digest: str, as_of: date, round_name: str = "") -> None:
    """Keep the digest of what a preview showed, its day and the round that it opened, if any."""
    note = Note(files_digest, as_of.isoformat(), round_name)
    seal.write_json(settings, _note_path(settings), asdict(note))


def read_note(settings: Settings) -> Note | None:
    """What the last preview showed, or None where nothing was looked at since publishing.

    Raises:
        OperatorError: If the note is damaged.
    """
    path = _note_path(settings)
    if not path.exists():
        return None
    try:
        document = seal.read_json(path)
        return Note(str(document["digest"]), str(document["as_of"]), str(document.get("round", "")))
    except (ValueError, KeyError, TypeError) as problem:
        raise OperatorError(
            f"{path.name} in {path.parent} is damaged; run `publish --preview` again."
        ) from problem


def is_older(settings: Settings) -> bool:
    """Whether files, decisions or tables came after the last preview; there must be one."""
    made = _note_path(settings).stat().st_mtime_ns
    tables = (stored_file(settings, kind) for kind in RELEASED.values())
    paths = (settings.register, decisions.decisions_file(settings), *tables)
    return any(path.exists() and path.stat().st_mtime_ns > made for path in paths)


def last_round(settings: Settings) -> str:
    """Name of the round that the last preview left; "" where its note is gone or not as written."""
    path = _note_path(settings)
    if not path.exists() or not seal.is_whole(settings, path):
        return ""
    note = read_note(settings)
    return note.round if note else ""


def forget_note(settings: Settings) -> None:
    """Remove the note of the last preview, which serves one publication."""
    seal.drop(settings, _note_path(settings))


def forget_void_note(settings: Settings, as_of: date) -> None:
    """Remove the note of a preview up to a day on which nothing is due.

    That was published by a command that was stopped before it removed the note, or can be
    published no more.
    """
    note = read_note(settings)
    if note is not None and date.fromisoformat(note.as_of) <= as_of:
        forget_note(settings)


def checked_name(name: str | None) -> str | None:
    """The name of who cleared an edition, without blanks around it.

    Raises:
        OperatorError: If it is empty or too long to be shown.
    """
    if name is None:
        return None
    trimmed = " ".join(name.split())
    if not 1 <= len(trimmed) <= _LONGEST:
        raise OperatorError(f"--approve needs a name of 1 to {_LONGEST} characters.")
    return trimmed


def require_preview(settings: Settings, terms: Terms, name: str | None) -> None:
    """Refuse to publish real sources that nobody looked at and cleared.

    Raises:
        OperatorError: If the name or the preview is missing.
    """
    if terms.origin.kind != "real":
        return
    if name is None:
        raise OperatorError(
            "Real sources are published when somebody has cleared them: run `publish --preview`, "
            "show it to whoever clears the edition, then `publish --approve NAME`."
        )
    if read_note(settings) is None:
        raise OperatorError("There is no preview of this edition; run `publish --preview` first.")


def require_digest(settings: Settings, terms: Terms, files: AssembledFiles) -> None:
    """Refuse to publish real sources that differ from what the last preview showed.

    Raises:
        OperatorError: If the digests differ.
    """
    if terms.origin.kind != "real":
        return
    note = read_note(settings)
    if note is None or note.digest != files.digest:
        raise OperatorError(
            "What would be published is not what the last preview showed; run "
            "`publish --preview` with the same --as-of and --public, and look at it again."
        )


def _note_path(settings: Settings) -> Path:
    """File of the note."""
    return settings.operator / NOTE
