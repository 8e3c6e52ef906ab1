"""Beside: notes and populations that an edition tells unlike the one before it, in sentences.

Whoever clears an edition clears these words too, so each note is told whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from dashboard.model.event_note import EventNote
from dashboard.model.release import EVENT_NOTE, POPULATION, Columns

Ask = Callable[[str], list[tuple[object, ...]]]


def changes_beside(ask: Ask, *, has_old: bool) -> tuple[str, ...]:
    """Sentences about what was added, and about what is no longer told.

    Args:
        ask: Answers questions to the two releases, attached as ``new`` and ``old``.
        has_old: Whether the earlier one has these tables.
    """
    return (*_notes(ask, has_old=has_old), *_populations(ask, has_old=has_old))


def _notes(ask: Ask, *, has_old: bool) -> Iterator[str]:
    names = {str(code): str(name) for code, name in ask("SELECT code, name_en FROM new.place")}
    kinds = {
        str(code): str(label)
        for code, label in ask("SELECT code, label_en FROM new.code WHERE code_list = 'event_note'")
    }
    for word, rows in _differing(ask, "event_note", EVENT_NOTE, has_old=has_old):
        for note in map(EventNote.of_row, rows):
            months = (
                str(note.month) if note.month == note.last_month else
                f"{note.month} to {note.last_month}"
            )  # fmt: skip
            where = f", {names.get(note.area, note.area)}" if note.area else ""
            kind = kinds.get(note.kind, note.kind)
            bangla = f" / {note.text_bn}" if note.text_bn else ""
            yield f"Note {word}: {months}, {kind}{where}: {note.text_en}{bangla}"


def _populations(ask: Ask, *, has_old: bool) -> Iterator[str]:
    for word, rows in _differing(ask, "population", POPULATION, has_old=has_old):
        counted: dict[tuple[str, str], int] = {}
        for _, group, year, *_ in rows:
            counted[str(year), str(group)] = counted.get((str(year), str(group)), 0) + 1
        for (year, group), number in sorted(counted.items()):
            yield f"Populations {word}: {number} places, {group}, {year}"


def _differing(
    ask: Ask, table: str, columns: Columns, *, has_old: bool
) -> Iterable[tuple[str, list[tuple[object, ...]]]]:
    """Rows that only the new release has, and rows that only the old one has."""
    names = ", ".join(name for name, _ in columns)
    new, old = (f"SELECT {names} FROM {release}.{table}" for release in ("new", "old"))  # noqa: S608
    if not has_old:
        return (("added", ask(f"{new} ORDER BY ALL")),)
    return (
        ("added", ask(f"{new} EXCEPT {old} ORDER BY ALL")),
        ("no longer told", ask(f"{old} EXCEPT {new} ORDER BY ALL")),
    )
