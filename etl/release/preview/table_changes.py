"""Table changes: notes, populations, targets and so on that the edition before has otherwise.

Whoever clears an edition clears these words too, so each note stands here whole. How a change is
put in the words of a page belongs to that page; ``sentence`` is what the operator reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, cast

from dashboard.model import codes
from dashboard.model.event_note import EventNote
from dashboard.model.languages import LOCAL
from dashboard.model.release import TABLES
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


def table_changes(ask: Ask, places: Mapping[str, str], lang: str) -> tuple[Change, ...]:
    """What was added beside the numbers, and what the new release no longer has.

    Args:
        ask: Answers questions to the two releases, attached as ``new`` and ``old``.
        places: Names of places by their code, in the language.
        lang: Language of labels.
    """
    return (
        *_notes(ask, places, lang),
        *_populations(ask, lang),
        *_counted(ask, "reporting", "DISTINCT area"),
        *_counted(ask, "outline"),
        *_targets(ask, places, lang),
        *_counted(ask, "capacity"),
    )


def _notes(ask: Ask, places: Mapping[str, str], lang: str) -> Iterator[Change]:
    """Each note that one of the releases alone has."""
    for added, differing in _differing("event_note"):
        for note in map(EventNote.of_row, ask(f"{differing} ORDER BY ALL")):
            parts = {
                "first": str(note.month),
                "last": str(note.last_month),
                "kind": _label("event_note", note.kind, lang),
                "area": places.get(note.area, note.area),
                "text": note.text_en,
                f"text_{LOCAL}": note.text_local,
            }
            yield Change("note", added, parts)


def _populations(ask: Ask, lang: str) -> Iterator[Change]:
    """How many places have a population in one release alone, by year and group."""
    for added, differing in _differing("population"):
        for year, group, number in ask(
            f"""SELECT year::VARCHAR, population_group, count(*) FROM ({differing})
            GROUP BY ALL ORDER BY ALL"""  # noqa: S608
        ):
            label = _label("counted_group", str(group), lang)
            parts = {"number": cast(int, number), "group": label, "year": str(year)}
            yield Change("population", added, parts)


def _counted(
    ask: Ask, table: Literal["reporting", "outline", "capacity"], what: str = "*"
) -> Iterator[Change]:
    """How many rows of a table, or what of them is to be counted, one release alone has."""
    for added, differing in _differing(table):
        ((number,),) = ask(f"SELECT count({what}) FROM ({differing})")  # noqa: S608
        if number:
            yield Change(table, added, {"number": cast(int, number)})


def _targets(ask: Ask, places: Mapping[str, str], lang: str) -> Iterator[Change]:
    """Each target that one of the releases alone has."""
    for added, differing in _differing("target"):
        for target in map(Target.of_row, ask(f"{differing} ORDER BY ALL")):
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


def _label(code_list: str, code: str, lang: str) -> str:
    """Label of a code; the code itself where an old edition has one that is listed no more."""
    try:
        return codes.label_of(f"{code_list}.{code}", lang)
    except KeyError:
        return code


def _differing(table: str) -> Iterator[tuple[bool, str]]:
    """SQL of the rows that only the new release has, with True, and that only the old one has."""
    names = ", ".join(name for name, _ in TABLES[table])
    new, old = (f"SELECT {names} FROM {release}.{table}" for release in ("new", "old"))  # noqa: S608
    yield True, f"{new} EXCEPT {old}"
    yield False, f"{old} EXCEPT {new}"
