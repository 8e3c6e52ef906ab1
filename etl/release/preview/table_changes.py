"""Table changes: notes, populations, targets and so on that the edition before has otherwise.

Whoever clears an edition clears these words too, so each note stands here whole. How a change is
put in the words of a page belongs to that page; ``sentence`` is what the operator reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from dashboard.model import codes
from dashboard.model.event_note import EventNote
from dashboard.model.languages import LOCAL
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

#: Gives the rows of a query in SQL.
Ask = Callable[[str], list[tuple[object, ...]]]

_MONTHS = "{first} to {last}"
_ALL = "all"


@dataclass(frozen=True)
class Change:
    """One thing beside the numbers that the new release adds or no longer has.

    Attributes:
        kind: What it is: note, population, reporting, outline, target or capacity.
        added: Whether the new release alone has it, rather than the old one alone.
        parts: What there is to say of it, by name, labels in the language of the comparison. A
            note: first, last (months), kind, area ("" everywhere), text, text in LOCAL ("" for
            none). A target: indicator, group ("" everybody), area ("" everywhere), first, last,
            number, source. Populations have number (of areas), group, year; the others have number.
    """

    kind: Literal["note", "population", "reporting", "outline", "target", "capacity"]
    added: bool
    parts: Mapping[str, str | int]

    @property
    def sentence(self) -> str:
        """The change in English.

        >>> Change("outline", True, {"number": 3}).sentence
        'Outlines added: of 3 camps'
        """
        word = "added" if self.added else "no longer told"
        words: dict[str, str | int] = dict(self.parts)
        if self.kind in ("note", "target"):
            first, last = words["first"], words["last"]
            words["months"] = first if first == last else _MONTHS.format(first=first, last=last)
        if self.kind == "note":
            words["where"] = f", {words['area']}" if words["area"] else ""
            local = words[f"text_{LOCAL}"]
            words["local"] = f" / {local}" if local else ""
        elif self.kind == "target":
            words["where"] = f" in {words['area']}" if words["area"] else ""
            words["group"] = f", {words['group']}" if words["group"] else ""
        elif self.kind != "population":
            words["s"] = "" if words["number"] == 1 else "s"
        return _SENTENCES[self.kind].format(word=word, **words)


_SENTENCES = {
    "note": "Note {word}: {months}, {kind}{where}: {text}{local}",
    "population": "Populations {word}: {number} places, {group}, {year}",
    "reporting": "Months of reporting {word}: of {number} area{s}",
    "outline": "Outlines {word}: of {number} camp{s}",
    "target": "Target {word}: {indicator}{group}{where}, {months}: {number} ({source})",
    "capacity": "Places of services {word}: {number} number{s}",
}


def table_changes(
    ask: Ask, places: Mapping[str, str], lang: str, *, has_old: bool
) -> tuple[Change, ...]:
    """What was added beside the numbers, and what the new release no longer has.

    Args:
        ask: Answers questions to the two releases, attached as ``new`` and ``old``.
        places: Names of places by their code, in the language.
        lang: Language of labels.
        has_old: Whether there is an earlier one.
    """
    return (
        *_notes(ask, places, lang, has_old=has_old),
        *_populations(ask, lang, has_old=has_old),
        *_reporting(ask, has_old=has_old),
        *_outlines(ask, has_old=has_old),
        *_targets(ask, places, lang, has_old=has_old),
        *_capacities(ask, has_old=has_old),
    )


def _notes(ask: Ask, places: Mapping[str, str], lang: str, *, has_old: bool) -> Iterator[Change]:
    """Each note that one of the releases alone has."""
    for added, rows in _differing(ask, "event_note", EVENT_NOTE, has_old=has_old):
        for note in map(EventNote.of_row, rows):
            parts = {
                "first": str(note.month),
                "last": str(note.last_month),
                "kind": _label("event_note", note.kind, lang),
                "area": places.get(note.area, note.area),
                "text": note.text_en,
                f"text_{LOCAL}": note.text_local,
            }
            yield Change("note", added, parts)


def _populations(ask: Ask, lang: str, *, has_old: bool) -> Iterator[Change]:
    """How many places have a population in one release alone, by year and group."""
    for added, rows in _differing(ask, "population", POPULATION, has_old=has_old):
        numbers: dict[tuple[str, str], int] = {}
        for _, group, year, *_ in rows:
            numbers[str(year), str(group)] = numbers.get((str(year), str(group)), 0) + 1
        for (year, group), number in sorted(numbers.items()):
            label = _label("counted_group", group, lang)
            parts = {"number": number, "group": label, "year": year}
            yield Change("population", added, parts)


def _reporting(ask: Ask, *, has_old: bool) -> Iterator[Change]:
    """How many areas have months of reporting that one release alone has."""
    for added, rows in _differing(ask, "reporting", REPORTING, has_old=has_old):
        if areas := {area for area, *_ in rows}:
            yield Change("reporting", added, {"number": len(areas)})


def _outlines(ask: Ask, *, has_old: bool) -> Iterator[Change]:
    """How many outlines one release alone has."""
    for added, rows in _differing(ask, "outline", OUTLINE, has_old=has_old):
        if rows:
            yield Change("outline", added, {"number": len(rows)})


def _targets(ask: Ask, places: Mapping[str, str], lang: str, *, has_old: bool) -> Iterator[Change]:
    """Each target that one of the releases alone has."""
    for added, rows in _differing(ask, "target", TARGET, has_old=has_old):
        for target in map(Target.of_row, rows):
            group = target.group if target.group != _ALL else ""
            parts = {
                "indicator": target.indicator,
                "group": group and _label("sex_age_group", group, lang),
                "area": places.get(target.area, target.area),
                "first": str(target.span.start),
                "last": str(target.span.end),
                "number": target.number,
                "source": target.source,
            }
            yield Change("target", added, parts)


def _capacities(ask: Ask, *, has_old: bool) -> Iterator[Change]:
    """How many numbers of places of services one release alone has."""
    for added, rows in _differing(ask, "capacity", CAPACITY, has_old=has_old):
        if rows:
            yield Change("capacity", added, {"number": len(rows)})


def _label(code_list: str, code: str, lang: str) -> str:
    """Label of a code; the code itself where an old edition has one that is listed no more."""
    try:
        return codes.label_of(f"{code_list}.{code}", lang)
    except KeyError:
        return code


def _differing(
    ask: Ask, table: str, columns: Columns, *, has_old: bool
) -> Iterable[tuple[bool, list[tuple[object, ...]]]]:
    """Rows that only the new release has, with True, and rows that only the old one has."""
    names = ", ".join(name for name, _ in columns)
    new, old = (f"SELECT {names} FROM {release}.{table}" for release in ("new", "old"))  # noqa: S608
    if not has_old:
        return ((True, ask(f"{new} ORDER BY ALL")),)
    return (
        (True, ask(f"{new} EXCEPT {old} ORDER BY ALL")),
        (False, ask(f"{old} EXCEPT {new} ORDER BY ALL")),
    )
