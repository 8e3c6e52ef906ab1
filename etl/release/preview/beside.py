"""Beside: notes, populations, targets and so on, told unlike by the edition before.

Whoever clears an edition clears these words too, so each note is told whole.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from dashboard.model.event_note import EventNote
from dashboard.model.release import (
    CAPACITY,
    EVENT_NOTE,
    OUTLINE,
    POPULATION,
    REPORTING,
    TARGET,
    Columns,
)
from dashboard.model.target import Target

Ask = Callable[[str], list[tuple[object, ...]]]


def changes_beside(ask: Ask, old_tables: Collection[str]) -> tuple[str, ...]:
    """Sentences about what was added, and about what is no longer told.

    Args:
        ask: Answers questions to the two releases, attached as ``new`` and ``old``.
        old_tables: Tables of the earlier one, none where there is none.
    """
    return (
        *_notes(ask, old_tables),
        *_populations(ask, old_tables),
        *_reporting(ask, old_tables),
        *_outlines(ask, old_tables),
        *_targets(ask, old_tables),
        *_capacities(ask, old_tables),
    )


def _notes(ask: Ask, old_tables: Collection[str]) -> Iterator[str]:
    names = {str(code): str(name) for code, name in ask("SELECT code, name_en FROM new.place")}
    kinds = {
        str(code): str(label)
        for code, label in ask("SELECT code, label_en FROM new.code WHERE code_list = 'event_note'")
    }
    for word, rows in _differing(ask, "event_note", EVENT_NOTE, old_tables):
        for note in map(EventNote.of_row, rows):
            months = (
                str(note.month) if note.month == note.last_month else
                f"{note.month} to {note.last_month}"
            )  # fmt: skip
            where = f", {names.get(note.area, note.area)}" if note.area else ""
            kind = kinds.get(note.kind, note.kind)
            bangla = f" / {note.text_bn}" if note.text_bn else ""
            yield f"Note {word}: {months}, {kind}{where}: {note.text_en}{bangla}"


def _populations(ask: Ask, old_tables: Collection[str]) -> Iterator[str]:
    for word, rows in _differing(ask, "population", POPULATION, old_tables):
        counted: dict[tuple[str, str], int] = {}
        for _, group, year, *_ in rows:
            counted[str(year), str(group)] = counted.get((str(year), str(group)), 0) + 1
        for (year, group), number in sorted(counted.items()):
            yield f"Populations {word}: {number} places, {group}, {year}"


def _reporting(ask: Ask, old_tables: Collection[str]) -> Iterator[str]:
    for word, rows in _differing(ask, "reporting", REPORTING, old_tables):
        if areas := {area for area, *_ in rows}:
            yield f"Months of reporting {word}: of {len(areas)} areas"


def _outlines(ask: Ask, old_tables: Collection[str]) -> Iterator[str]:
    for word, rows in _differing(ask, "outline", OUTLINE, old_tables):
        if rows:
            yield f"Outlines {word}: of {len(rows)} camps"


def _targets(ask: Ask, old_tables: Collection[str]) -> Iterator[str]:
    for word, rows in _differing(ask, "target", TARGET, old_tables):
        for target in map(Target.of_row, rows):
            where = f" in {target.area}" if target.area else ""
            yield (
                f"Target {word}: {target.indicator}, {target.group}{where}, {target.span}: "
                f"{target.number} ({target.source})"
            )


def _capacities(ask: Ask, old_tables: Collection[str]) -> Iterator[str]:
    for word, rows in _differing(ask, "capacity", CAPACITY, old_tables):
        if rows:
            yield f"Places of services {word}: {len(rows)} numbers"


def _differing(
    ask: Ask, table: str, columns: Columns, old_tables: Collection[str]
) -> Iterable[tuple[str, list[tuple[object, ...]]]]:
    """Rows that only the new release has, and rows that only the old one has."""
    names = ", ".join(name for name, _ in columns)
    new, old = (f"SELECT {names} FROM {release}.{table}" for release in ("new", "old"))  # noqa: S608
    if table not in old_tables:
        return (("added", ask(f"{new} ORDER BY ALL")),)
    return (
        ("added", ask(f"{new} EXCEPT {old} ORDER BY ALL")),
        ("no longer told", ask(f"{old} EXCEPT {new} ORDER BY ALL")),
    )
