"""The worked example: 23 invented people, and the units that protection makes of them.

Its areas are those of the country's pack that are named for it; all else is a constant of the
product (``example.json``). A test makes it again with the procedure that protects real figures, and
compares.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dashboard.model import fields as f
from dashboard.model.country import PACK
from dashboard.model.languages import ENGLISH, LOCAL, in_words_of

FILE = Path(__file__).with_name("example.json")

#: What is told of each person and each unit, in this order, and what of it is drawn together.
ATTRIBUTES = (f.PLACE, f.SEX, f.AGE_BAND, f.CLASS_GROUP)
BUNDLES: dict[str, tuple[int, ...]] = {"place": (0,), "who": (1, 2), "class": (3,)}

#: The codes of a person or a unit, one for each attribute.
Codes = tuple[str, ...]


@dataclass(frozen=True)
class Unit:
    """A unit: how many people it stands for, as it was first drawn, and as it was fitted."""

    size: int
    drawn: Codes
    fitted: Codes


@dataclass(frozen=True)
class Example:
    """The people of one closed month and its units; names of places by code and language."""

    places: dict[str, Mapping[str, str]]
    people: tuple[Codes, ...]
    units: tuple[Unit, ...]

    def totals(self, at: int, stage: Callable[[Unit], Codes]) -> dict[str, tuple[int, int]]:
        """True and shown number of each value of an attribute, in a fixed order.

        Args:
            at: Which of the attributes.
            stage: The codes of a unit that count: as it was drawn or as it was fitted.
        """
        listed = ATTRIBUTES[at].codes
        counted = {
            code: (
                sum(person[at] == code for person in self.people),
                sum(unit.size for unit in self.units if stage(unit)[at] == code),
            )
            for code in (listed.values if listed else self.places)
        }
        return {code: pair for code, pair in counted.items() if any(pair)}

    def label(self, at: int, code: str, lang: str) -> str:
        """A code of an attribute in words of a language."""
        listed = ATTRIBUTES[at].codes
        if listed:
            return listed.label_of(code, lang)
        named = self.places[code]
        return in_words_of(lang, named[ENGLISH], named.get(LOCAL, ""))


def shared(one: Codes, other: Codes) -> tuple[str, ...]:
    """Names of the bundles in which two people or units are the same."""
    return tuple(name for name, at in BUNDLES.items() if all(one[a] == other[a] for a in at))


@cache
def example() -> Example:
    """The example as it was committed."""
    data = json.loads(FILE.read_text(encoding="utf-8"))
    units = zip(data["sizes"], data["drawn"], data["units"], strict=True)
    return Example(
        dict(zip(data["places"], PACK.example_areas, strict=True)),
        tuple(map(tuple, data["people"])),
        tuple(Unit(size, tuple(drawn), tuple(fitted)) for size, drawn, fitted in units),
    )
