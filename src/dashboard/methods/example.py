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

#: What is known of each person and each unit, in the order of their codes.
ATTRIBUTES = (f.PLACE, f.SEX, f.AGE_BAND, f.CLASS_GROUP)
#: By name, indices of the attributes that are drawn together, from one record.
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

    def totals(self, index: int, stage: Callable[[Unit], Codes]) -> dict[str, tuple[int, int]]:
        """People and people that units stand for, by code of an attribute, in a fixed order.

        Args:
            index: Of the attribute, in ``ATTRIBUTES``.
            stage: Gives the codes of a unit that count: as it was drawn or as it was fitted.
        """
        code_list = ATTRIBUTES[index].codes
        numbers = {
            code: (
                sum(person[index] == code for person in self.people),
                sum(unit.size for unit in self.units if stage(unit)[index] == code),
            )
            for code in (code_list.values if code_list else self.places)
        }
        return {code: pair for code, pair in numbers.items() if any(pair)}

    def label(self, index: int, code: str, lang: str) -> str:
        """A code of the attribute with an index, in words of a language."""
        code_list = ATTRIBUTES[index].codes
        if code_list:
            return code_list.label_of(code, lang)
        names = self.places[code]
        return in_words_of(lang, names[ENGLISH], names.get(LOCAL, ""))


def shared(one: Codes, other: Codes) -> tuple[str, ...]:
    """Names of the bundles in which two people or units have the same codes."""
    return tuple(
        name for name, indices in BUNDLES.items() if all(one[i] == other[i] for i in indices)
    )


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
