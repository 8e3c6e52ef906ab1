"""Notes file: ``operator/events.toml``, read strictly and changed in one step.

It may be written by hand as well, and whoever did so says that it is right (``keep_as_it_is``). A
note is a table ``[[note]]``. What the operator wrote around the notes stays as it is when one is
added or removed. What a note may say stands in ``note``.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, cast

from etl.declaration.toml_table import TomlTable
from etl.notes.note import Known, Note, read_note
from etl.register import seal
from etl.register.access import locked, open_register
from etl.settings import OperatorError, Settings

FILE_NAME = "events.toml"
_HEAD = """\
# What happened, month by month: readers see it beside the numbers once an edition is published.
# No person and no partner is named. How it is written: `python -m etl note --help`.
"""
_BEGINS = re.compile(r"[ \t]*\[\[[ \t]*note[ \t]*\]\][ \t]*(?:#.*)?")


def notes_file(settings: Settings) -> Path:
    """Where the notes of a store are kept."""
    return settings.operator / FILE_NAME


def read_notes(settings: Settings, known: Known) -> tuple[Note, ...]:
    """The notes of a store in the order of the file; none where nothing was noted.

    Raises:
        OperatorError: With file, entry and rule, if the file is no list of notes.
    """
    path = notes_file(settings)
    return read_file(path, known) if path.exists() else ()


def read_file(path: Path, known: Known) -> tuple[Note, ...]:
    """The notes of any file; arguments and errors are those of ``read_notes``."""
    if not path.is_file():
        raise OperatorError(f"There is no file {path}.")
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as problem:
        raise OperatorError(f"{path.name}: is not written in UTF-8.") from problem
    return _parsed(text, path.name, known)


def known_to(settings: Settings, places: Iterable[str], *, by_hand: bool = False) -> Known:
    """What the notes of a store are held against; takes the store's lock.

    Args:
        settings: Paths of the store.
        places: Codes of the gazetteer.
        by_hand: Whether the file of the notes may have been changed by hand.
    """
    with open_register(settings, anew=(FILE_NAME,) if by_hand else ()) as connection:
        rows = connection.execute("SELECT DISTINCT partner FROM load").fetchall()
    return Known(frozenset(places), frozenset(str(name) for (name,) in rows))


def add(settings: Settings, given: Sequence[Note], known: Known) -> tuple[Note, ...]:
    """Write notes behind those that are there; call it under the store's lock.

    Returns:
        Those that were not there yet.

    Raises:
        OperatorError: If the file that is there is no list of notes; nothing is changed.
    """
    held = {note.id for note in read_notes(settings, known)}
    _refuse_changed(settings)
    new = list({note.id: note for note in given if note.id not in held}.values())
    if new:
        path = notes_file(settings)
        before = path.read_text(encoding="utf-8") if path.exists() else _HEAD
        ended = before if before.endswith("\n") else f"{before}\n"
        _replace(settings, "\n".join([ended, *map(written, new)]))
    return tuple(new)


def remove(settings: Settings, note_id: str, known: Known) -> Note:
    """Take one note out, with the lines of its table; call it under the store's lock.

    Raises:
        OperatorError: If no note has the id, or the file is laid out so that only a hand can.
    """
    notes = read_notes(settings, known)
    _refuse_changed(settings)
    at = next((n for n, note in enumerate(notes) if note.id == note_id), None)
    if at is None:
        raise OperatorError(f"There is no note {note_id}; `note list` names them all.")
    lines = notes_file(settings).read_text(encoding="utf-8").splitlines(keepends=True)
    left = "".join(_without(lines, at))
    rest = (*notes[:at], *notes[at + 1 :])
    try:
        same = _parsed(left, FILE_NAME, known) == rest
    except OperatorError:
        same = False
    if not same:
        raise OperatorError(
            f"{FILE_NAME} is laid out in a way of its own; take note {note_id} out by hand."
        )
    _replace(settings, left)
    return notes[at]


def keep_as_it_is(settings: Settings, known: Known) -> tuple[Note, ...]:
    """Take the file as a hand has written it, and return its notes.

    Raises:
        OperatorError: If it is no list of notes.
    """
    notes = read_notes(settings, known)
    with locked(settings, anew=(FILE_NAME,)):
        seal.take_as_it_is(settings, notes_file(settings))
    return notes


def written(note: Note) -> str:
    """A note as a table of the file."""
    told = note.as_json
    kept = {key: told[key] for key in ("month", "until", "kind", "area", "text", "text_bn")}
    if kept["until"] == kept["month"]:
        del kept["until"]
    # What JSON escapes, TOML escapes in the same way; a rule keeps out all other such characters.
    lines = [f"{key} = {json.dumps(v, ensure_ascii=False)}" for key, v in kept.items() if v]
    lines += [] if note.public else ["public = false"]
    return "\n".join(["[[note]]", *lines, ""])


def _parsed(text: str, name: str, known: Known) -> tuple[Note, ...]:
    try:
        top = TomlTable(name, "", tomllib.loads(text))
    except tomllib.TOMLDecodeError as problem:
        raise OperatorError(f"{name}: is not valid TOML: {problem}.") from problem
    entries = cast("object", top.held.pop("note", []))
    top.finish()
    if not isinstance(entries, list):
        raise OperatorError(f"{name}: each note begins with a line [[note]].")
    notes: list[Note] = []
    for number, entry in enumerate(cast("list[object]", entries), start=1):
        if not isinstance(entry, dict):
            raise OperatorError(f"{name}: each note begins with a line [[note]].")
        held = TomlTable(name, f"note {number}", {**cast("dict[str, Any]", entry)})
        notes.append(read_note(held, known))
    if len({note.id for note in notes}) < len(notes):
        raise OperatorError(f"{name}: two notes say the same; take one of them out.")
    return tuple(notes)


def _without(lines: list[str], at: int) -> list[str]:
    """The lines without those of one table; remarks above the next table stay with that."""
    begins = [n for n, line in enumerate(lines) if _BEGINS.fullmatch(line.rstrip("\r\n"))]
    if at >= len(begins):
        return lines
    end = begins[at + 1] if at + 1 < len(begins) else len(lines)
    while end > begins[at] and lines[end - 1].lstrip().startswith("#"):
        end -= 1
    return lines[: begins[at]] + lines[end:]


def _refuse_changed(settings: Settings) -> None:
    if not seal.is_whole(settings, notes_file(settings)):
        raise OperatorError(
            f"{FILE_NAME} was changed by hand; look at it with `note list`, then take it as it is "
            "with `note keep`."
        )


def _replace(settings: Settings, text: str) -> None:
    path = notes_file(settings)
    new = path.with_suffix(".new")
    new.write_text(text, encoding="utf-8", newline="\n")
    seal.keep(settings, new, path)
