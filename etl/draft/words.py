"""Words: what headers and values are called in files of the field, from ``words.toml``.

What a country's files add stands in its pack.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
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
#: Tables that hold patterns.
_PATTERNS = ("headers", "days", "roles", "places", "keys", "rows")
Table = Mapping[str, Any]

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


def spoken(header: str) -> str:
    """A header as words: ``case/personSex_code`` is ``case person sex code``."""
    return " ".join(casefold(_BETWEEN.sub(" ", _CAMEL.sub(" ", header))).split())


def _by_key(tables: Iterable[Table]) -> dict[str, list[Any]]:
    """What each table has of a key, in their order."""
    found: dict[str, list[Any]] = {}
    for table in tables:
        for key, value in table.items():
            found.setdefault(key, []).append(value)
    return found


def _either(patterns: Iterable[str]) -> re.Pattern[str]:
    # A pattern that is not given matches nothing.
    return re.compile("|".join(filter(None, patterns)) or "(?!)")


def _cues(tables: Iterable[Table]) -> dict[str, Cue]:
    return {
        name: (_either(sure for sure, _ in pairs), _either(likely for _, likely in pairs))
        for name, pairs in _by_key(tables).items()
    }


def _joined(tables: Iterable[Table]) -> dict[str, str]:
    return {text: code for table in tables for text, code in table.items()}


def _patterns(tables: Iterable[Table]) -> dict[str, re.Pattern[str]]:
    return {name: _either(patterns) for name, patterns in _by_key(tables).items()}


def _texts(tables: Iterable[Table]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(chain(*texts)) for name, texts in _by_key(tables).items()}


def read_words(own: Path, country: Country) -> Words:
    """The words of the product, and those that a country's own file adds where there is one.

    Raises:
        CountryError: If the country's file adds what is no such word.
    """
    product = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    try:
        added = tomllib.loads(own.read_text(encoding="utf-8")) if own.is_file() else {}
    except tomllib.TOMLDecodeError as problem:
        raise CountryError(f"{own.name}: is no TOML: {problem}") from problem
    if faults := [f"{own.name}: {fault}" for fault in _faults(added, product, country)]:
        raise CountryError("\n".join(faults))

    def of(name: str) -> list[Table]:
        return [file.get(name, {}) for file in (product, added)]

    places = _patterns(reversed(of("places")))  # levels of the country are finer than that of all
    yes_no = _texts(of("yes_no"))
    return Words(
        headers=_cues(of("headers")),
        days=_cues(of("days")),
        roles=_patterns(of("roles")),
        levels={level: pattern for level, pattern in places.items() if level != "any"},
        place=places["any"],
        keys=_patterns(of("keys")),
        rows=_patterns(of("rows")),
        missing=frozenset(casefold(text) for text in _texts(of("missing"))["texts"]),
        yes=frozenset(yes_no["yes"]),
        no=frozenset(yes_no["no"]),
        around=_texts(of("around")),
        texts=_texts(of("texts")),
        people=_joined(of("people")),
        values={name: _joined(tables) for name, tables in _by_key(of("values")).items()},
    )


def _faults(added: Table, product: Table, country: Country) -> Iterator[str]:
    """What a country adds that no file is asked for, or that has another form."""
    levels = {level.code: "" for level in country.levels.values()}
    for name, table in added.items():
        if not isinstance(table, dict):
            yield f"{name} is a table"
            continue
        like = {**product.get(name, {}), **(levels if name == "places" else {})}
        for key, value in cast(Table, table).items():
            texts: Sequence[str] = [value] if isinstance(value, str) else value
            if name not in ("people", "values") and key not in like:
                yield f"{name}.{key} is no key of {_FILE.name}"
            elif type(value) is not type(next(iter(like.values()))) or (
                name in ("headers", "days") and len(texts) != 2
            ):
                yield f"{name}.{key} has another form than its like in {_FILE.name}"
            elif name in _PATTERNS:
                try:
                    _either(texts)
                except (re.error, TypeError) as problem:
                    yield f"{name}.{key} is no pattern: {problem}"


WORDS = read_words(COUNTRY / FILE, PACK)


def says_something(header: str) -> bool:
    """Whether a header has a word by which any column is named."""
    text = spoken(header)
    cues = [
        pattern for held in (WORDS.headers, WORDS.days) for cue in held.values() for pattern in cue
    ]
    named = [WORDS.place, *WORDS.levels.values(), *WORDS.roles.values(), *WORDS.keys.values()]
    return any(pattern.search(text) for pattern in (*cues, *named))
