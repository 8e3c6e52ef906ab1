"""``note``: write down what happened in a month, list what was noted, take a note out."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboard.model.codes import EVENT_NOTE
from etl.commands.answer import answer
from etl.declaration.toml_table import TomlTable
from etl.notes.note import Known, Note, read_note
from etl.notes.notes_file import (
    FILE_NAME,
    add,
    keep_as_it_is,
    known_to,
    notes_file,
    read_file,
    read_notes,
    remove,
)
from etl.register.access import locked
from etl.register.seal import is_whole
from etl.release.contents.geography import read_geography
from etl.settings import OperatorError, Settings

NAME = "note"
HELP = (
    "note what happened in a month (a flood, an operation, a new partner), so that readers see it "
    "beside the numbers from the next `publish` on. Name no person and no partner, and write "
    "nothing by which somebody could be found"
)
_BY_HAND = "The file was changed by hand: if it is right, take it as it is with `note keep`."
_FIELDS = ("month", "until", "kind", "text", "text_bn", "area")


def configure(parser: argparse.ArgumentParser) -> None:
    """What to do, and what the note says."""
    parser.add_argument(
        "work", choices=("add", "list", "remove", "keep"), help="keep: take a change made by hand"
    )
    parser.add_argument("id", nargs="?", help="remove: the note, as `note list` names it")
    parser.add_argument("--month", metavar="YYYY-MM", help="add: the month, or the first of them")
    parser.add_argument("--until", metavar="YYYY-MM", help="add: the last month, included")
    parser.add_argument("--kind", choices=EVENT_NOTE.values, help="add: what it is")
    parser.add_argument("--text", help="add: one sentence in English, without any name")
    parser.add_argument("--text-bn", help="add: the same in Bangla")
    parser.add_argument("--area", metavar="CODE", help="add: place; the whole country without it")
    parser.add_argument(
        "--members-only", action="store_true", help="add: releases for the public leave it out"
    )
    parser.add_argument(
        "--file", type=Path, metavar="FILE", help="add: all notes of a TOML file of notes"
    )


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Add, list, remove or keep; 0 when it was done.

    Raises:
        OperatorError: If the words do not fit together, or a note breaks a rule; nothing is
            changed then.
    """
    _check(arguments)
    known = known_to(
        settings,
        (place[0] for place in read_geography(settings).places),
        by_hand=True,
    )
    if arguments.work == "add":
        given = _given(arguments, known)
        with locked(settings, anew=(FILE_NAME,)):
            added = add(settings, given, known)
        return _tell_added(added, given, arguments)
    if arguments.work == "remove":
        with locked(settings, anew=(FILE_NAME,)):
            gone = remove(settings, arguments.id, known)
        answer({"removed": gone.as_json}, [f"Removed: {_line(gone)}"], as_json=arguments.json)
        return 0
    keeps = arguments.work == "keep"
    notes = keep_as_it_is(settings, known) if keeps else read_notes(settings, known)
    path = notes_file(settings)
    document = {
        "file": str(path),
        "notes": [note.as_json for note in notes],
        "changed_by_hand": not is_whole(settings, path),
    }
    lines = [f"Notes in {path}: {len(notes) or 'none'}", *map(_line, notes)]
    lines += [_BY_HAND] if document["changed_by_hand"] else []
    answer(document, lines, as_json=arguments.json)
    return 0


def _check(arguments: argparse.Namespace) -> None:
    told = [field for field in _FIELDS if getattr(arguments, field) is not None]
    if arguments.work != "add" and (told or arguments.file or arguments.members_only):
        raise OperatorError("Only `note add` takes what a note says.")
    if (arguments.work == "remove") != (arguments.id is not None):
        raise OperatorError("`note remove` needs the ID of a note, and nothing else takes one.")
    if arguments.work == "add" and arguments.file and (told or arguments.members_only):
        raise OperatorError("`note add` takes --file FILE or what one note says, not both.")
    if arguments.work == "add" and not arguments.file and not {"month", "kind", "text"} <= {*told}:
        raise OperatorError("`note add` needs --month, --kind and --text, or --file FILE.")


def _given(arguments: argparse.Namespace, known: Known) -> tuple[Note, ...]:
    if arguments.file:
        return read_file(arguments.file, known)
    told = {field: getattr(arguments, field) for field in _FIELDS}
    held = {key: value for key, value in told.items() if value is not None}
    table = TomlTable("note add", "", {**held, "public": not arguments.members_only})
    return (read_note(table, known),)


def _tell_added(
    added: tuple[Note, ...], given: tuple[Note, ...], arguments: argparse.Namespace
) -> int:
    there = len(given) - len(added)
    lines = [f"Added: {_line(note)}" for note in added]
    lines += [f"Already noted: {there}"] if there else []
    lines += ["Readers see it from the next `publish` on."] if added else []
    document = {"added": [note.as_json for note in added], "already_noted": there}
    answer(document, lines, as_json=arguments.json)
    return 0


def _line(note: Note) -> str:
    event = note.event
    months = str(event.month) if event.month == event.last_month else (
        f"{event.month} to {event.last_month}"
    )  # fmt: skip
    where = f", {event.area}" if event.area else ""
    whom = "" if note.public else ", members only"
    return f"{note.id}  {months}  {event.kind}{where}{whom}: {event.text_en}"
