"""Other names of places: spellings, Bangla names, older codes and what files call the camps.

Only rows of ``place_aliases.csv`` belong here. How a text is looked up does not: see
``etl.places``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from etl.places.gazetteer import normalise_name
from tools.geography.gazetteer import Row
from tools.geography.output import read_table
from tools.geography.sources import Country

COLUMNS = ("alias", "code", "within", "kind")
#: Kinds in the order in which one wins over another for the same alias and place.
KINDS = ("name", "variant", "camp_alias", "older_code", "iso3")
#: An older code stands for one upazila where that holds more than this share of its unions.
_MOSTLY = 0.8
_ENDINGS = {
    "": ("",),
    "E": ("E", " E", " East"),
    "W": ("W", " W", " West"),
    "Extension": ("X", " Ext", "Ext", " Extension"),
}
_CAMP = re.compile(r"Camp 0?(\d+)(E|W| Extension)?")


def alias_rows(
    reference: Path, places: list[Row], countries: list[Country]
) -> list[tuple[str, str, str, str]]:
    """Aliases with the area within which each means one place, by alias.

    ``within`` is blank where an alias means one place anywhere, else the place's parent, or the
    place itself where even the parent holds two places of that name.

    Raises:
        OSError: If a table kept by hand cannot be read.
    """
    kind_of: dict[tuple[str, str], str] = {}
    for text, code, kind in _spellings(reference, places, countries):
        if alias := normalise_name(text):
            kind_of[alias, code] = min(kind, kind_of.get((alias, code), kind), key=KINDS.index)
    parent = {place.code: place.parent for place in places}
    codes: defaultdict[str, list[str]] = defaultdict(list)
    for alias, code in kind_of:
        codes[alias].append(code)
    return sorted(
        (alias, code, _within(code, codes[alias], parent), kind)
        for (alias, code), kind in kind_of.items()
    )


def _within(code: str, rivals: list[str], parent: dict[str, str]) -> str:
    """The area within which an alias of ``rivals`` means the place of a code; '' for anywhere."""
    if len(rivals) == 1:
        return ""
    is_only_one = sum(parent[rival] == parent[code] for rival in rivals) == 1
    return parent[code] if is_only_one else code


def _spellings(
    reference: Path, places: list[Row], countries: list[Country]
) -> Iterator[tuple[str, str, str]]:
    """Every other name of a place with its code and its kind, some more than once."""
    for place in places:
        yield place.name_en, place.code, "name"
        yield place.name_bn, place.code, "name"
        for spelling in place.spellings:
            yield spelling, place.code, "variant"
        if place.level == "upazila" and " Sadar" in place.name_en:
            yield "Sadar", place.code, "variant"
            yield "সদর", place.code, "variant"
        if place.level == "camp":
            yield from ((text, place.code, "camp_alias") for text in camp_spellings(place.name_en))
            yield place.code.replace("-", ""), place.code, "camp_alias"
            yield place.code, place.code, "camp_alias"
    for row in read_table(reference / "name_variants.csv"):
        kind = "camp_alias" if row["code"].startswith("CXB-") else "variant"
        yield row["variant"], row["code"], kind
    yield from _older_codes(reference)
    for country in countries:
        yield country.iso3, country.code, "iso3"


def camp_spellings(name: str) -> Iterator[str]:
    """What files call a camp of this name, for example ``Camp 4 Ext`` and ``C04X``."""
    match = _CAMP.fullmatch(name)
    if match is None:
        return
    number, suffix = int(match[1]), (match[2] or "").strip()
    for digits in (f"{number}", f"{number:02}"):
        for ending in _ENDINGS[suffix]:
            for head in ("Camp ", "Camp", "C", "C ", "Camp no "):
                yield f"{head}{digits}{ending}"
            # A bare number could be anything; with its letter it can only be a camp.
            if suffix:
                yield f"{digits}{ending}"
            yield f"ক্যাম্প {digits}{ending}"


def _older_codes(reference: Path) -> Iterator[tuple[str, str, str]]:
    """Upazila codes of 2020 with the upazilas of now: one, where most of the unions are its."""
    unions_by_older: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in read_table(reference / "upazila_codes_2020.csv"):
        unions_by_older[row["code_2020"]][row["code"]] = int(row["unions"])
    for older, unions_of in unions_by_older.items():
        largest = max(unions_of, key=lambda code: unions_of[code])
        is_mostly_one = unions_of[largest] > _MOSTLY * sum(unions_of.values())
        for code in [largest] if is_mostly_one else unions_of:
            yield older, code, "older_code"
