"""Words: what headers and values are called in files of the field, from ``words.toml``.

What a country's files add stands in its pack.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from dashboard.model.country import PACK, Country, CountryError
from dashboard.model.languages import LETTERS
from dashboard.model.normalise import casefold
from dashboard.model.shipped import COUNTRY

#: A country's own words, in its pack.
FILE = "draft.toml"
_FILE = Path(__file__).with_name("words.toml")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_BETWEEN = re.compile(rf"[^\w{LETTERS}?]+|_+")
#: A pattern that is not given matches nothing.
_NOTHING = r"(?!)"

#: Patterns of headers that are surely, and that are likely, of something.
Cue = tuple[re.Pattern[str], re.Pattern[str]]


@dataclass(frozen=True)
class Words:
    """The words of ``words.toml``; values by the id of their code list."""

    headers: Mapping[str, Cue]
    days: Mapping[str, Cue]
    roles: Mapping[str, re.Pattern[str]]
    levels: Mapping[str, re.Pattern[str]]
    place: re.Pattern[str]
    keys: Mapping[str, re.Pattern[str]]
    rows: Mapping[str, re.Pattern[str]]
    missing: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]
    around: Mapping[str, tuple[str, ...]]
    texts: Mapping[str, tuple[str, ...]]
    people: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]


def words_of(header: str) -> str:
    """A header as words: ``case/personSex_code`` is ``case person sex code``."""
    return " ".join(casefold(_BETWEEN.sub(" ", _CAMEL.sub(" ", header))).split())


def _cues(cues: Mapping[str, list[str]]) -> dict[str, Cue]:
    """Patterns for sure and for likely headers, by name."""
    return {k: (re.compile(a or _NOTHING), re.compile(b or _NOTHING)) for k, (a, b) in cues.items()}


def _patterns(texts: Mapping[str, str]) -> dict[str, re.Pattern[str]]:
    """Texts as patterns, by name."""
    return {name: re.compile(pattern or _NOTHING) for name, pattern in texts.items()}


def read_words(own_file: Path, country: Country) -> Words:
    """The words of the product, and those that a country's own file adds where there is one.

    Raises:
        CountryError: If it adds what fits no key of ``words.toml``; names the first.
    """
    tables: dict[str, Any] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    # From fine to coarse: the first that fits is the level.
    levels = [level.code for level in country.levels.values()]
    tables["places"] = {**dict.fromkeys(levels[::-1], ""), **tables["places"]}
    try:
        added = tomllib.loads(own_file.read_text(encoding="utf-8")) if own_file.is_file() else {}
        tables = _merged(tables, added, "")
    except ValueError as problem:
        raise CountryError(f"{own_file.name}: {problem}") from problem
    places = _patterns(tables["places"])
    return Words(
        headers=_cues(tables["headers"]),
        days=_cues(tables["days"]),
        roles=_patterns(tables["roles"]),
        levels={level: pattern for level, pattern in places.items() if level != "any"},
        place=places["any"],
        keys=_patterns(tables["keys"]),
        rows=_patterns(tables["rows"]),
        missing=frozenset(casefold(text) for text in tables["missing"]["texts"]),
        yes=frozenset(tables["yes_no"]["yes"]),
        no=frozenset(tables["yes_no"]["no"]),
        around={name: tuple(texts) for name, texts in tables["around"].items()},
        texts={name: tuple(texts) for name, texts in tables["texts"].items()},
        people=tables["people"],
        values=tables["values"],
    )


def _merged(product: Any, addition: Any, where: str) -> Any:
    """The product's words with those a country's pack adds: to a pattern, to texts, to codes."""
    is_code = where.startswith(("people", "values"))
    is_pair = where.startswith(("headers.", "days."))
    if type(product) is not type(addition) or (is_pair and len(product) != len(addition)):
        raise ValueError(f"{where} has another form than its like in {_FILE.name}")
    if isinstance(addition, dict):
        added = cast(Mapping[str, Any], addition)
        if not is_code and (unknown := added.keys() - product.keys()):
            raise ValueError(f"{where}.{min(unknown)} is no key of {_FILE.name}".lstrip("."))
        joined = {
            key: _merged(product.get(key, type(value)()), value, f"{where}.{key}".lstrip("."))
            for key, value in added.items()
        }
        return {**product, **joined}
    if is_pair:
        return [_merged(*pair, f"one of {where}") for pair in zip(product, addition, strict=True)]
    if isinstance(addition, list):
        return [*product, *cast(list[Any], addition)]
    if is_code:
        return addition
    try:
        re.compile(addition)
    except re.error as problem:
        raise ValueError(f"{where} is no pattern: {problem}") from problem
    return "|".join(filter(None, (product, addition)))


WORDS = read_words(COUNTRY / FILE, PACK)


def has_known_word(header: str) -> bool:
    """Whether a header has a word by which any column is named."""
    text = words_of(header)
    cues = [*WORDS.headers.values(), *WORDS.days.values()]
    patterns = [WORDS.place, *WORDS.levels.values(), *WORDS.roles.values(), *WORDS.keys.values()]
    patterns += [pattern for cue in cues for pattern in cue]
    return any(pattern.search(text) for pattern in patterns)
