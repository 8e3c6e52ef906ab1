"""Country check: what is missing in a pack, by file, key and rule.

The registry reads and checks ``country.toml`` and ``codes.csv`` by itself
(``dashboard.model.country``). Here they are held against the pack's places and boundaries, which
only the operator's side reads.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dashboard.model.country import (
    CITY_LEVEL,
    COUNTRY_LEVEL,
    ROLES,
    SEA_LEVEL,
    WEIGHTS,
    Country,
    CountryError,
    read_country,
    read_csv,
)
from dashboard.model.phrases import Phrase, phrases_of, placeholders, read_catalogues
from dashboard.model.shipped import ASSETS, ENGLISH_WORDS
from etl.draft.words import FILE, read_words
from etl.workbook import sheet_name

#: Columns of the tables that name places, and what level they name; '' for any.
_PLACE_COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("place_aliases.csv", "code", ""),
    ("place_parents.csv", "code", ""),
    ("place_parents.csv", "parent", ""),
    ("camp_regions.csv", "site", "site"),
    ("camp_regions.csv", "region", "region"),
    ("camp_tiles.csv", "code", "site"),
    ("sea_areas.csv", "code", SEA_LEVEL),
    ("populations.csv", "area_code", ""),
)
_GAZETTEER = "gazetteer.csv"
#: Columns of tables; those of names end in the code of a language.
_COLUMNS: Mapping[str, str] = {
    _GAZETTEER: "code level name_en name_{} parent lon lat standard",
    "place_aliases.csv": "alias code",
    "place_parents.csv": "code parent valid_from valid_to",
    "camp_tiles.csv": "code label region status column row",
    "sea_areas.csv": "code west south east north priority",
}
#: Phrases that name sheets of workbooks.
_SHEETS = ("files.sheet.read_me", "files.sheet.data", "report.contents")
#: Boundaries of each level, and what maps draw around them.
_BOUNDARIES = {"first": "adm1", "second": "adm2", "third": "adm3"}
_AROUND = ("countries.geojson", "borders.geojson", "lakes.geojson", "labels.geojson",
           "region.arcs.json", "countries.arcs.json", "borders.arcs.json")  # fmt: skip


def missing_in(folder: Path) -> Iterator[str]:
    """What a pack lacks or breaks, a line each: file, key and the rule that does not hold."""
    if unreadable := [*_not_utf_8(folder)]:
        yield from unreadable
        return
    try:
        country = read_country(folder)
    except CountryError as problem:
        yield from str(problem).splitlines()
        return
    except OSError as problem:
        yield f"{Path(problem.filename).name}: the file is missing"
        return
    if absent := [*_absent_tables(folder, next(iter(country.languages)))]:
        yield from absent
        return
    places = {row["code"]: row for row in read_csv(folder / _GAZETTEER)}
    yield from _place_faults(country, places)
    for name, column, level in _PLACE_COLUMNS:
        needed = country.levels[level].code if level in ROLES else level
        for row in read_csv(folder / name):
            code = row.get(column, "")
            if code not in places or needed not in ("", places[code]["level"]):
                yield f"{name}: {column} {code} is a place of {_GAZETTEER}, level {needed or 'any'}"
    for key, codes in (("example", [country.example]), ("examples", country.examples),
                       ("waters", country.waters), ("code", [country.code])):  # fmt: skip
        yield from (
            f"country.toml: {key} {code} is a place of {_GAZETTEER}"
            for code in codes
            if code not in places
        )
    lang, language = next(iter(country.languages.items()))
    yield from _font_faults(lang, language.font)
    yield from _shape_faults(country, places, folder / "geography")
    try:
        read_words(folder / FILE, country)
    except CountryError as problem:
        yield str(problem)
    yield from _partner_text_faults(folder / "partners.csv", lang)
    yield from _phrase_faults(folder / "words" / lang)


def words_missing(folder: Path) -> dict[str, int]:
    """How many phrases of the pages a pack does not translate, by language; 0 is left out.

    Raises:
        CountryError: If the pack breaks a rule.
        ValueError: If a catalogue is no TOML, or holds something that is no phrase.
        OSError: If a file cannot be read.
    """
    english = phrases_of(read_catalogues(ENGLISH_WORDS))
    missing = {
        lang: len(english.keys() - phrases_of(read_catalogues(folder / "words" / lang)).keys())
        for lang in read_country(folder).languages
    }
    return {lang: number for lang, number in missing.items() if number}


def _not_utf_8(folder: Path) -> Iterator[str]:
    """A line for each file in another encoding, as a spreadsheet program may save it."""
    for path in sorted((*folder.rglob("*.csv"), *folder.rglob("*.toml"))):
        try:
            path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            yield f"{path.relative_to(folder).as_posix()}: is not in UTF-8"


def _absent_tables(folder: Path, lang: str) -> Iterator[str]:
    """A line for each table that is missing or lacks columns, such as that of names in ``lang``."""
    for name in dict.fromkeys((*_COLUMNS, *(name for name, *_ in _PLACE_COLUMNS))):
        columns = _COLUMNS.get(name, "").format(lang).split()
        if not (folder / name).is_file():
            yield f"{name}: the file is missing"
            continue
        with (folder / name).open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file), None) or []
        if lacking := [column for column in columns if column not in header]:
            yield f"{name}: lacks the columns {', '.join(lacking)}"


def _place_faults(country: Country, places: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Rules that rows of the gazetteer break, by code, and levels of which it has no place."""
    roles = {level.code: role for role, level in country.levels.items()}
    levels = (*roles, COUNTRY_LEVEL, CITY_LEVEL, SEA_LEVEL)
    for code, row in places.items():
        level, where = row["level"], f"{_GAZETTEER}: {code}:"
        if level in roles and not country.levels[roles[level]].pcode.fullmatch(code):
            yield f"{where} code is of the form of levels.{roles[level]}.pcode"
        if level not in levels:
            yield f"{where} level is one of {', '.join(levels)}"
        if level not in (COUNTRY_LEVEL, SEA_LEVEL) and row["parent"] not in places:
            yield f"{where} parent is a place of {_GAZETTEER}"
        if not row["name_en"]:
            yield f"{where} name_en is missing"
    levels_used = {row["level"] for row in places.values()}
    yield from (
        f"{_GAZETTEER}: holds no place of level {country.levels[role].code}"
        for role in _BOUNDARIES
        if country.levels[role].code not in levels_used
    )


def _shape_faults(
    country: Country, places: Mapping[str, Mapping[str, str]], folder: Path
) -> Iterator[str]:
    """Boundary files that are missing or no GeoJSON, and places that have no shape in theirs."""
    files = [f"{name}.{end}" for name in _BOUNDARIES.values() for end in ("geojson", "arcs.json")]
    absent = [name for name in (*files, *_AROUND) if not (folder / name).is_file()]
    yield from (f"geography/{name}: the file is missing" for name in absent)
    for role, name in _BOUNDARIES.items():
        if f"{name}.geojson" in absent:
            continue
        try:
            shapes: Any = json.loads((folder / f"{name}.geojson").read_text(encoding="utf-8"))
            ids = {feature["id"] for feature in shapes["features"]}
        except (ValueError, KeyError, TypeError):
            yield f"geography/{name}.geojson: is GeoJSON in which each feature has an id"
            continue
        level = country.levels[role].code
        for code in (code for code, row in places.items() if row["level"] == level):
            if code not in ids:
                yield f"geography/{name}.geojson: {code} has a shape"


def _font_faults(lang: str, font: str) -> Iterator[str]:
    """A line for each weight of a language's font that the product does not ship."""
    for file in (f"{font}-{weight}.woff2" for weight in WEIGHTS if font):
        if not (ASSETS / "fonts" / file).is_file():
            yield f"country.toml: languages.{lang}.fonts: {file} lies in assets/fonts"


def _partner_text_faults(path: Path, lang: str) -> Iterator[str]:
    """Faults of the texts for partners: missing columns, and placeholders unlike the English."""
    for line, row in enumerate(read_csv(path) if path.is_file() else [], start=2):
        if not {"en", lang} <= row.keys():
            yield f"{path.name}: lacks the columns en, {lang}"
            return
        try:
            unknown = placeholders(row[lang]) - placeholders(row["en"])
        except ValueError as problem:
            yield f"{path.name}: line {line} has braces that are not whole: {problem}"
            continue
        if unknown:
            yield f"{path.name}: line {line} puts in values of the English text alone"


def _phrase_faults(folder: Path) -> Iterator[str]:
    """Phrases of a language that no page uses, and those that a page could not fill in."""
    own_english = folder.parent / ENGLISH_WORDS.name
    try:
        english: dict[str, Phrase] = {
            **phrases_of(read_catalogues(ENGLISH_WORDS)),
            **phrases_of(read_catalogues(own_english)),
        }
        phrases = phrases_of(read_catalogues(folder))
    except ValueError as problem:
        yield f"words/{problem}"
        return
    for key, phrase in phrases.items():
        where, original = f"words/{folder.name}: {key}", english.get(key)
        try:
            values = placeholders(phrase)
        except ValueError as problem:
            yield f"{where} has braces that are not whole: {problem}"
            continue
        if original is None:
            yield f"{where} is said by no page"
        elif key in _SHEETS and phrase != sheet_name(str(phrase)):
            yield f"{where} names a sheet: it has at most 31 signs, none of []:*?/\\'"
        elif isinstance(original, str) != isinstance(phrase, str):
            yield f"{where} has the forms of the English phrase"
        elif unknown := {
            name for name in values - placeholders(original) - {"n"} if not name.startswith("@")
        }:
            yield f"{where} puts in values of the English phrase alone: not {sorted(unknown)}"
