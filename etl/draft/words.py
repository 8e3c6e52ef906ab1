"""Words: what headers and values are called in files of the field, from ``words.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboard.model.normalise import casefold

_FILE = Path(__file__).with_name("words.toml")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_BETWEEN = re.compile(r"[^\w\u0980-\u09ff?]+|_+")

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
    people: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]


def spoken(header: str) -> str:
    """A header as words: ``case/personSex_code`` is ``case person sex code``."""
    return " ".join(casefold(_BETWEEN.sub(" ", _CAMEL.sub(" ", header))).split())


def _cues(held: Mapping[str, list[str]]) -> dict[str, Cue]:
    # A pattern that is not given matches nothing.
    return {k: (re.compile(a or r"(?!)"), re.compile(b or r"(?!)")) for k, (a, b) in held.items()}


def _patterns(held: Mapping[str, str]) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in held.items()}


def _read() -> Words:
    held: dict[str, Any] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    places = _patterns(held["places"])
    return Words(
        headers=_cues(held["headers"]),
        days=_cues(held["days"]),
        roles=_patterns(held["roles"]),
        levels={level: pattern for level, pattern in places.items() if level != "any"},
        place=places["any"],
        keys=_patterns(held["keys"]),
        rows=_patterns(held["rows"]),
        missing=frozenset(casefold(text) for text in held["missing"]["texts"]),
        yes=frozenset(held["yes_no"]["yes"]),
        no=frozenset(held["yes_no"]["no"]),
        around={name: tuple(texts) for name, texts in held["around"].items()},
        people=held["people"],
        values=held["values"],
    )


WORDS = _read()


def says_something(header: str) -> bool:
    """Whether a header has a word by which any column is named."""
    text = spoken(header)
    cues = [
        pattern for held in (WORDS.headers, WORDS.days) for cue in held.values() for pattern in cue
    ]
    named = [WORDS.place, *WORDS.levels.values(), *WORDS.roles.values(), *WORDS.keys.values()]
    return any(pattern.search(text) for pattern in (*cues, *named))
