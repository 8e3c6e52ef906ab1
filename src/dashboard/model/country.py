"""The country, read from its pack, so that code speaks of roles and names no country.

A pack is a folder (``data/countries/bgd`` and its README) of small tables that an information
officer can read. The registry's part of it is read here once: name, levels by role and the code
lists that differ from country to country. Its places do not belong here: the operator's side reads
them (``etl.places``), and a release brings its own.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from dashboard.model import shipped

#: Roles of levels from coarse to fine; a region is one of sites.
ROLES = ("first", "second", "third", "region", "site")
#: Level of whole countries, of cities abroad and of open water, in every pack.
COUNTRY_LEVEL, CITY_LEVEL, SEA_LEVEL = "country", "anchor", "sea_area"
#: Lists of ``codes.csv``, and the marks that their codes may have; None for codes of groups.
LISTS: Mapping[str, tuple[str, ...] | None] = {
    "sex": (),
    "population_group": (),
    "counted_group": None,
    "boundaries": (COUNTRY_LEVEL, *ROLES),
    "legal_status": ("protection",),
    "rescuing_authority": ("security",),
    "agency_type": (),
    "corridor": ("inside", "name"),
    "scope": ("inside",),
}
#: What the files of a font are for, as their names end.
WEIGHTS: Mapping[str, int] = {"Regular": 400, "SemiBold": 600, "Bold": 700}
#: Kinds of words that reveal a person (``model.screen``), and of numbers given to one.
PERSONAL = ("headers", "number", "house", "street", "village", "block", "blocks")
SCREENS = ("phone_number", "national_id", "registration_number")
_CODE = re.compile("[a-z0-9][a-z0-9_]*")
_RANGES = re.compile("(U[+][0-9A-F]{4,5}(-[0-9A-F]{4,5})?(, |$))*")
_COLUMNS = ("list", "code", "marks", "standard_code", "en")
Box = tuple[float, float, float, float]


class CountryError(ValueError):
    """A pack that cannot be used; each line names file, key and rule."""


@dataclass(frozen=True)
class Level:
    """A level of places: its code, the pattern of its P-codes, its names by language.

    Attributes:
        many: Its name in the plural.
        words: Last words of a text that name the level and are no part of a place's name.
    """

    code: str
    pcode: re.Pattern[str]
    names: Mapping[str, str]
    many: Mapping[str, str]
    words: tuple[str, ...]


@dataclass(frozen=True)
class OwnLanguage:
    """A language of the country, beside English.

    Attributes:
        name: What it calls itself.
        english: What English calls it.
        direction: ltr or rtl, as pages name it.
        digits: Its digits from nought to nine.
        digits_code: What is added to its code where a reader chose those digits.
        office_digits: Their code in number formats of Office programs.
        letters: Its letters as ranges of style sheets; '' where they are Latin.
        font_range: All letters of its font, likewise.
        width: Width of a letter, as a multiple of a Latin one.
        height: Height of a line, likewise.
        fonts: Families of its letters, the first of them in ``assets/fonts``; none for those of
            the reader's system.
        spelled: Small numbers as words, from nought on.
        months: Its names of the twelve months, each with the spellings in use.
        weekdays: Its names of the seven days from Monday on, likewise.
        times: "{} times", then the words for once, twice and so on.
        personal: Words that reveal a person, by kind.
    """

    name: str
    english: str
    direction: str
    digits: str
    digits_code: str
    office_digits: str
    letters: str
    font_range: str
    width: float
    height: float
    fonts: tuple[str, ...]
    spelled: tuple[str, ...]
    times: tuple[str, ...]
    months: tuple[tuple[str, ...], ...]
    weekdays: tuple[tuple[str, ...], ...]
    personal: Mapping[str, tuple[str, ...]] = field(hash=False)

    @property
    def font(self) -> str:
        """What files of its font begin with, '' where none lies in ``assets/fonts``."""
        return "".join(self.fonts[:1]).replace(" ", "")

    @property
    def token(self) -> str:
        """The rule of style sheets that sets the variable of its font families."""
        names = (f'"{name}"' if " " in name else name for name in self.fonts or ("system-ui",))
        return f":root {{ --sa-own-letters: {', '.join(names)}; }}"


@dataclass(frozen=True)
class Entry:
    """A code of the country: its marks, its code in a standard, its labels by language."""

    code: str
    marks: tuple[str, ...]
    standard_code: str
    labels: Mapping[str, str]


@dataclass(frozen=True)
class Country:
    """A country as its pack has it.

    Attributes:
        code: Its code in the gazetteer, ISO 3166-1 alpha-2.
        example: P-code of one of its areas, which messages show.
        examples: Two of the third level, which the template's example names.
        example_areas: Names by language of four, those of the example of the methods page.
        views: Boxes that maps of journeys open on, by name, each wider than the one before.
        waters: Codes of the sea areas by which people leave it.
        finer: Pattern of places finer than a site, which are never kept, in small letters.
        screens: Numbers that are given to people, by the rule of their screen.
        box: West, south, east and north of its maps, in degrees.
        names: Its name by language.
        standards: Where a standard of its own stands, and what follows it, by its name.
        levels: Its levels by role.
        languages: Its languages by code.
        lists: Its codes by list, in order.
        labels: Labels in its languages of what code labels in English: text by name and language.
        regions: Region of each site that lies in one.
    """

    code: str
    example: str
    examples: tuple[str, ...]
    example_areas: tuple[Mapping[str, str], ...]
    views: Mapping[str, Box]
    waters: tuple[str, ...]
    finer: re.Pattern[str]
    screens: Mapping[str, re.Pattern[str]]
    box: Box
    names: Mapping[str, str]
    standards: Mapping[str, tuple[str, ...]]
    levels: Mapping[str, Level]
    languages: Mapping[str, OwnLanguage]
    lists: Mapping[str, tuple[Entry, ...]]
    labels: Mapping[str, Mapping[str, str]]
    regions: Mapping[str, str]

    def marked(self, list_name: str, mark: str) -> tuple[str, ...]:
        """Codes of a list that have a mark, in order."""
        return tuple(entry.code for entry in self.lists[list_name] if mark in entry.marks)


def read_country(folder: Path) -> Country:
    """Read and check the registry's part of a pack.

    Raises:
        CountryError: If anything breaks a rule, all of it in one message.
        OSError: If a file cannot be read.
    """
    faults: list[str] = []
    file = _CountryFile(folder / "country.toml", faults)
    levels = {
        role: Level(
            file.text(f"levels.{role}.code", _CODE),
            file.pattern(f"levels.{role}.pcode"),
            file.names(f"levels.{role}.name"),
            file.names(f"levels.{role}.many"),
            file.texts(f"levels.{role}.words"),
        )
        for role in ROLES
    }
    codes = [level.code for level in levels.values() if level.code]
    # Three levels are those of all packs.
    if len({*codes, COUNTRY_LEVEL, CITY_LEVEL, SEA_LEVEL}) < len(codes) + 3:
        file.fault("levels", "are called otherwise than each other and than levels of all packs")
    country = Country(
        code=file.text("code", re.compile("[A-Z]{2}")),
        example=file.text("example", re.compile(".+")),
        examples=file.texts("examples"),
        example_areas=tuple(file.names(f"example_areas.{at}") for at in ("1", "2", "3", "4")),
        box=file.box("box"),
        views={name: file.box(f"views.{name}") for name in file.table("views")},
        waters=file.texts("waters"),
        finer=file.pattern("finer"),
        screens={name: file.pattern(f"screens.{name}") for name in SCREENS},
        names=file.names("name"),
        standards={name: file.texts(f"standards.{name}") for name in file.table("standards")},
        levels=levels,
        languages={code: _language(file, code) for code in file.table("languages")},
        lists=_lists(folder / "codes.csv", faults),
        labels=_labels(folder / "labels.csv", faults),
        regions=_regions(folder / "camp_regions.csv", faults),
    )
    if len(country.languages) > 1:
        file.fault("languages", "has one alone: releases, labels and kits hold one beside English")
    if country.lists and len(country.marked("scope", "inside")) != 1:
        faults.append("codes.csv: scope has one code with the mark inside")
    if faults:
        raise CountryError("\n".join(faults))
    return country


def _language(country_file: _CountryFile, code: str) -> OwnLanguage:
    """The language of a code; what breaks a rule is a fault."""
    key = f"languages.{code}"
    return OwnLanguage(
        country_file.text(f"{key}.name", re.compile(".+")),
        country_file.text(f"{key}.english", re.compile(".+")),
        country_file.text(f"{key}.direction", re.compile("ltr|rtl")),
        country_file.text(f"{key}.digits", re.compile(".{10}")),
        country_file.text(f"{key}.digits_code", re.compile("[a-z]{4}")),
        country_file.text(f"{key}.office_digits", re.compile("[0-9A-F]{3,8}")),
        country_file.text(f"{key}.letters", _RANGES),
        country_file.text(f"{key}.font_range", _RANGES),
        country_file.size(f"{key}.width"),
        country_file.size(f"{key}.height"),
        country_file.texts(f"{key}.fonts"),
        country_file.texts(f"{key}.spelled"),
        country_file.texts(f"{key}.times"),
        country_file.spellings(f"{key}.months", 12),
        country_file.spellings(f"{key}.weekdays", 7),
        {name: country_file.texts(f"{key}.personal.{name}") for name in PERSONAL},
    )


def _read_text(path: Path) -> str:
    """The content of a file of the pack.

    Raises:
        CountryError: If it is not in UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as problem:
        raise CountryError(f"{path.name}: is not in UTF-8") from problem


def read_csv(path: Path) -> csv.DictReader[str]:
    """Rows of a table of the pack as mappings; a cell that is missing is ''.

    Raises:
        CountryError: If it is not in UTF-8.
        OSError: If it cannot be read.
    """
    return csv.DictReader(io.StringIO(_read_text(path)), restval="")


def _labels(path: Path, faults: list[str]) -> dict[str, dict[str, str]]:
    """Labels by name and language; faults are added to the list."""
    rows = list(read_csv(path))
    if not rows or "name" not in rows[0]:
        faults.append(f"{path.name}: columns begin with name, then a code of each language")
        return {}
    return {
        row["name"]: {lang: text for lang, text in row.items() if lang != "name" and text}
        for row in rows
    }


def _regions(path: Path, faults: list[str]) -> dict[str, str]:
    """Region of each site; faults are added to the list."""
    reader = read_csv(path)
    rows, columns = list(reader), tuple(reader.fieldnames or ())
    if columns != ("site", "region"):
        faults.append(f"{path.name}: columns are site and region")
        return {}
    return {row["site"]: row["region"] for row in rows}


class _CountryFile:
    """Values of ``country.toml`` by key, with dots between tables.

    One that breaks a rule is a fault; in its place stands an empty value that can be worked with.
    """

    def __init__(self, path: Path, faults: list[str]):
        self._name, self._faults = path.name, faults
        try:
            self._document: object = tomllib.loads(_read_text(path))
        except tomllib.TOMLDecodeError as problem:
            raise CountryError(f"{path.name}: is no TOML: {problem}") from problem

    def fault(self, key: str, rule: str) -> None:
        """Note that a key breaks a rule, which says what the key should be."""
        self._faults.append(f"{self._name}: {key} {rule}")

    def _value(self, key: str) -> object:
        """The value of a key; None where there is none."""
        value = self._document
        for part in key.split("."):
            value = cast(dict[str, object], value).get(part) if isinstance(value, dict) else None
        return value

    def text(self, key: str, form: re.Pattern[str]) -> str:
        """A text of a form."""
        value = self._value(key)
        if isinstance(value, str) and form.fullmatch(value):
            return value
        self.fault(key, f"is a text of the form {form.pattern}")
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self._value(key)
        values = cast(list[object], value) if isinstance(value, list) else [None]
        if not all(isinstance(text, str) for text in values):
            self.fault(key, "is a list of texts, [] for none")
        return tuple(map(str, values))

    def size(self, key: str) -> float:
        """A size as a multiple of that of Latin letters."""
        value = self._value(key)
        if isinstance(value, int | float) and 0.5 <= value <= 3:
            return value
        self.fault(key, "is a number from 0.5 to 3: so many times that of Latin letters")
        return 1

    def spellings(self, key: str, number: int) -> tuple[tuple[str, ...], ...]:
        """A list of so many texts, each with the spellings that a slash divides."""
        values = tuple(tuple(value.split("/")) for value in self.texts(key))
        if len(values) != number or not all(map(all, values)):
            self.fault(key, f"are {number} texts, further spellings behind a /")
        return values

    def _list(self, key: str) -> list[object]:
        """The list of a key; empty where there is none."""
        value = self._value(key)
        return cast(list[object], value) if isinstance(value, list) else []

    def pattern(self, key: str) -> re.Pattern[str]:
        """A regular expression."""
        try:
            return re.compile(str(self._value(key) or "("))
        except re.error:
            self.fault(key, "is a pattern (regular expression) of whole codes")
            return re.compile("")

    def table(self, key: str) -> Mapping[str, object]:
        """A table with an entry at least."""
        value = self._value(key)
        if isinstance(value, dict) and value:
            return cast(dict[str, object], value)
        self.fault(key, "is a table with an entry at least")
        return {}

    def names(self, key: str) -> Mapping[str, str]:
        """Names by language, an English one among them."""
        value = self.table(key)
        if not value.get("en") or not all(isinstance(name, str) for name in value.values()):
            self.fault(key, "has names by language, an English one, en, among them")
        return {lang: str(name) for lang, name in value.items()}

    def box(self, key: str) -> Box:
        """West, south, east and north in degrees."""
        sides = [side for side in self._list(key) if isinstance(side, int | float)]
        if len(sides) == 4:
            west, south, east, north = map(float, sides)
            if -180 <= west < east <= 180 and -90 <= south < north <= 90:
                return west, south, east, north
        self.fault(key, "is west, south, east and north in degrees")
        return 0, 0, 0, 0


def _lists(path: Path, faults: list[str]) -> dict[str, tuple[Entry, ...]]:
    """Codes by list; faults are added to the list of these."""
    reader = read_csv(path)
    rows, columns = list(reader), tuple(reader.fieldnames or ())
    if columns[: len(_COLUMNS)] != _COLUMNS:
        faults.append(f"{path.name}: columns begin with {', '.join(_COLUMNS)}")
        return {}
    codes_of: dict[str, dict[str, Entry]] = {name: {} for name in LISTS}
    for line, row in enumerate(rows, 2):
        name, code, marks = row["list"], row["code"], tuple(row["marks"].split())
        where = f"{path.name}: line {line}"
        if name not in codes_of:
            faults.append(f"{where}: list is one of {', '.join(LISTS)}")
            continue
        declared = LISTS[name]
        allowed = tuple(codes_of["population_group"]) if declared is None else declared
        if not _CODE.fullmatch(code) or code in codes_of[name]:
            faults.append(f"{where}: code is small letters, digits and _, once in a list")
        if not row["en"]:
            faults.append(f"{where}: en, the English label, is missing")
        if unknown := [mark for mark in marks if mark not in allowed]:
            faults.append(f"{where}: marks of {name} are {', '.join(allowed) or 'none'}: {unknown}")
        labels = {lang: row[lang] for lang in columns[len(_COLUMNS) - 1 :] if row[lang]}
        codes_of[name][code] = Entry(code, marks, row["standard_code"], labels)
    faults += [f"{path.name}: {name} has no codes" for name in LISTS if not codes_of[name]]
    return {name: tuple(entries.values()) for name, entries in codes_of.items()}


PACK = read_country(shipped.COUNTRY)
#: Codes of its levels by role.
FIRST, SECOND, THIRD, REGION, SITE = (PACK.levels[role].code for role in ROLES)
