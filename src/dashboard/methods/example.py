"""The worked example: 23 invented people, and the units that protection makes of them.

The values are a constant of the product (``example.json``). A test makes them again with the
procedure that protects real figures and compares.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dashboard.model import codes
from dashboard.model.languages import in_words_of

FILE = Path(__file__).with_name("example.json")

#: What is told of each person and each unit, and which of them are drawn together.
ATTRIBUTES = ("place", "sex", "age", "class")
BUNDLES: dict[str, tuple[str, ...]] = {
    "place": ("place",),
    "who": ("sex", "age"),
    "class": ("class",),
}
_LISTS = {"sex": codes.SEX, "age": codes.AGE_BAND, "class": codes.CLASS_GROUP}


@dataclass(frozen=True)
class Described:
    """What is told of a person or a unit: a code for each attribute."""

    place: str
    sex: str
    age: str
    class_: str

    @property
    def values(self) -> tuple[str, ...]:
        """Codes in the order of ``ATTRIBUTES``."""
        return self.place, self.sex, self.age, self.class_

    def bundle(self, name: str) -> tuple[str, ...]:
        """Codes of one bundle."""
        return tuple(self.values[ATTRIBUTES.index(attribute)] for attribute in BUNDLES[name])

    def shared(self, other: Described) -> tuple[str, ...]:
        """Names of the bundles in which two are the same."""
        return tuple(name for name in BUNDLES if self.bundle(name) == other.bundle(name))


@dataclass(frozen=True)
class Unit:
    """A unit: how many people it stands for, as it was first drawn, and as it was fitted."""

    size: int
    drawn: Described
    fitted: Described

    @property
    def changed(self) -> tuple[str, ...]:
        """Bundles that the fitting exchanged."""
        same = self.drawn.shared(self.fitted)
        return tuple(name for name in BUNDLES if name not in same)


@dataclass(frozen=True)
class Compared:
    """One value of an attribute: people who have it, and what the units show."""

    code: str
    true: int
    shown: int


@dataclass(frozen=True)
class Example:
    """The people of one closed month and its units; names of places in English and Bangla."""

    places: dict[str, tuple[str, str]]
    people: tuple[Described, ...]
    units: tuple[Unit, ...]

    def compared(self, attribute: str) -> tuple[Compared, ...]:
        """True and shown number of every value that an attribute has, in a fixed order."""
        at = ATTRIBUTES.index(attribute)
        order = list(self.places) if attribute == "place" else list(_LISTS[attribute].values)
        found = []
        for code in order:
            true = sum(person.values[at] == code for person in self.people)
            shown = sum(unit.size for unit in self.units if unit.fitted.values[at] == code)
            if true or shown:
                found.append(Compared(code, true, shown))
        return tuple(found)

    def drawn_total(self, attribute: str, code: str) -> int:
        """What the units would show of a value as they were first drawn."""
        at = ATTRIBUTES.index(attribute)
        return sum(unit.size for unit in self.units if unit.drawn.values[at] == code)

    def label(self, attribute: str, code: str, lang: str) -> str:
        """A code in words of a language."""
        if attribute == "place":
            return in_words_of(lang, *self.places[code])
        return _LISTS[attribute].label_of(code, lang)


@cache
def example() -> Example:
    """The example as it was committed."""
    held = json.loads(FILE.read_text(encoding="utf-8"))
    units = zip(held["sizes"], held["drawn"], held["units"], strict=True)
    return Example(
        {code: (english, bangla) for code, (english, bangla) in held["places"].items()},
        _described(held["people"]),
        tuple(Unit(size, Described(*drawn), Described(*fitted)) for size, drawn, fitted in units),
    )


def _described(rows: Sequence[Sequence[str]]) -> tuple[Described, ...]:
    return tuple(Described(*row) for row in rows)
