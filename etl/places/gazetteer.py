"""Places: from what a file says to a code of the gazetteer, and from a code to what lies above.

Only lookups in the committed tables belong here. Building the tables does not: see ``geography``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.model.country import PACK, REGION, read_csv
from dashboard.model.languages import LOCAL
from dashboard.model.normalise import casefold

if TYPE_CHECKING:
    from etl.places.locate import Locator

#: Rules that a text breaks which means no place.
UNKNOWN, AMBIGUOUS, BLOCK_CODE = "unknown_place", "ambiguous_place", "block_code"

_APOSTROPHES = str.maketrans("", "", "'`´‘’ʼ′")
#: A sign or space that stands for one, behind three letters: not that of initials (U.S.A.).
_LOST_APOSTROPHE = re.compile(r"(?<=\w\w\w) s ")
#: Last words of a text that say its level and are no part of the name.
_LEVEL_WORDS = {word: level.code for level in PACK.levels.values() for word in level.words}


@dataclass(frozen=True)
class Place:
    """A row of the gazetteer; the point is None where no source gives one, '' is no parent."""

    code: str
    level: str
    name_en: str
    name_local: str
    parent: str
    lon: float | None
    lat: float | None
    standard: str


@dataclass(frozen=True)
class Parent:
    """An area that a place belongs to from a day (included) to a day (excluded); None is open."""

    code: str
    parent: str
    valid_from: date | None = None
    valid_to: date | None = None

    def contains(self, day: date) -> bool:
        """Whether the place belongs to the area on a day."""
        started = self.valid_from is None or self.valid_from <= day
        return started and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class Resolution:
    """What a text means: the code of a place, or the rule that it breaks."""

    code: str | None
    problem: str | None = None


def normalise_name(text: str) -> str:
    """The form in which names are compared: casefolded, with one space for all that is punctuation.

    Apostrophes vanish, since files leave them out or, as forms do, write another sign there.

    Example:
        >>> normalise_name("King’s  Town (North)")
        'kings town north'
        >>> normalise_name("king_s_town")
        'kings town'
    """
    plain = casefold(text.translate(_APOSTROPHES))
    letters = (c if unicodedata.category(c)[0] in "LMN" else " " for c in plain)
    return _LOST_APOSTROPHE.sub("s ", " ".join("".join(letters).split()))


class Gazetteer:
    """All places with their names, parents and shapes. Safe to share between threads."""

    def __init__(self, country: Path) -> None:
        """Read the tables of a country's folder; its shapes once a point is asked for.

        Raises:
            OSError: If a file cannot be read.
            ValueError: If a number or a date in a table cannot be read.
        """
        self._country = country
        places = [
            Place(
                row["code"],
                row["level"],
                row["name_en"],
                row[f"name_{LOCAL}"],
                row["parent"],
                float(row["lon"]) if row["lon"] else None,
                float(row["lat"]) if row["lat"] else None,
                row["standard"],
            )
            for row in read_csv(country / "gazetteer.csv")
        ]
        self._places = {place.code: place for place in places}
        self._by_code = {place.code.casefold(): place.code for place in places}
        self._aliases: defaultdict[str, set[str]] = defaultdict(set)
        for row in read_csv(country / "place_aliases.csv"):
            self._aliases[row["alias"]].add(row["code"])
        self._parents: defaultdict[str, list[Parent]] = defaultdict(list)
        for row in read_csv(country / "place_parents.csv"):
            dates = _day(row["valid_from"]), _day(row["valid_to"])
            self._parents[row["code"]].append(Parent(row["code"], row["parent"], *dates))
        for place in places:
            if place.parent and place.code not in self._parents:
                self._parents[place.code].append(Parent(place.code, place.parent))
        self._regions = {
            row["site"]: row["region"] for row in read_csv(country / "camp_regions.csv")
        }

    @classmethod
    @lru_cache(maxsize=4)
    def load(cls, country: Path) -> Gazetteer:
        """The places of a country's folder, read once: no command changes them."""
        return cls(country)

    @cached_property
    def _locator(self) -> Locator:
        # Publishing never asks for a point, and shapes are half of what it would load.
        from etl.places.locate import Locator

        return Locator(self._country)

    def places(self) -> tuple[Place, ...]:
        """All places in the order of the gazetteer."""
        return tuple(self._places.values())

    def place(self, code: str) -> Place:
        """A place by its exact code; KeyError for one that the gazetteer does not have."""
        return self._places[code]

    def level(self, code: str) -> str:
        """Level of a place by its exact code; KeyError for one that the gazetteer does not have."""
        return self._places[code].level

    def __contains__(self, code: str) -> bool:
        return code in self._places

    def resolve(
        self, text: str, *, within: str | None = None, levels: Collection[str] | None = None
    ) -> Resolution:
        """The place that a text means: a code in any case, a name or a known spelling.

        Args:
            text: What a file says.
            within: Code of an area that the place must lie in, or be.
            levels: Levels that the place may have; all where None.
        """
        folded = casefold(text)
        if PACK.finer.fullmatch(folded):
            return Resolution(None, BLOCK_CODE)
        exact_code = self._by_code.get(folded)
        name = normalise_name(text)
        codes = {exact_code} if exact_code else self._aliases.get(name, set())
        if not codes:
            name, _, last_word = name.rpartition(" ")
            level = _LEVEL_WORDS.get(last_word)
            codes = {
                code
                for code in self._aliases.get(name, set())
                if level is not None and self._places[code].level == level
            }
        fitting = [
            code
            for code in codes
            if (levels is None or self._places[code].level in levels)
            and (within is None or self._lies_in(code, within))
        ]
        if len(fitting) == 1:
            return Resolution(fitting[0])
        return Resolution(None, AMBIGUOUS if fitting else UNKNOWN)

    def locate(self, points: Sequence[tuple[float, float]]) -> list[str | None]:
        """Where each point (longitude, latitude) lies; None where that is not known.

        It is an area of the third level, another country, or a sea area.

        Raises:
            OSError: If the shapes cannot be read.
        """
        return self._locator.locate(points)

    def parent(self, code: str, level: str, month: date) -> str | None:
        """The area of a level that a place lay in, in a month; the place itself at its own level.

        The month is given by its first day. Before a third area was cut from another, the other is
        returned. A camp's region is its ``camp_region``. None where no area of the level is above.

        Raises:
            KeyError: If the gazetteer does not have the code.
        """
        if level == REGION and code in self._regions:
            return self._regions[code]
        place: Place | None = self._places[code]
        while place is not None:
            above = self._above(place.code, month)
            if place.level == level and (above is None or above.level != level):
                return place.code
            place = above
        return None

    def parents_table(self) -> list[Parent]:
        """Every direct parent of a place, past ones too, by code and first day."""
        return [
            parent
            for code in sorted(self._parents)
            for parent in sorted(
                self._parents[code], key=lambda parent: parent.valid_from or date.min
            )
        ]

    def _above(self, code: str, day: date) -> Place | None:
        """The direct parent of a place on a day, None where it had none."""
        for parent in self._parents.get(code, ()):
            if parent.contains(day):
                return self._places[parent.parent]
        return None

    def _lies_in(self, code: str, area: str) -> bool:
        """Whether a place is an area or has at any time been in it."""
        if code == area or self._regions.get(code) == area:
            return True
        return any(self._lies_in(parent.parent, area) for parent in self._parents.get(code, ()))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
