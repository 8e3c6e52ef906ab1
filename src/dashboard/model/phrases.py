"""Phrases as catalogues hold them: one TOML file per page in a folder of one language.

English is the product's own (``dashboard/words/en``); the country's languages, and English phrases
about the country, are words of its pack. How a phrase is filled in stands in ``words``.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias, cast

Phrase: TypeAlias = str | Mapping[str, str]

#: Key of a catalogue that waits for somebody who knows the language and the field.
REVIEW = "needs_review"
_FORMS = {"one", "other"}


def read_catalogues(folder: Path) -> dict[str, dict[str, object]]:
    """Content of every catalogue of a folder by its name; none where there is no folder.

    Raises:
        ValueError: If a file is no TOML; its name is in the message.
    """
    catalogues: dict[str, dict[str, object]] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            catalogues[path.stem] = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as problem:
            raise ValueError(f"{folder.name}/{path.name}: is no TOML: {problem}") from problem
    return catalogues


def phrases_of(catalogues: Mapping[str, Mapping[str, object]]) -> dict[str, Phrase]:
    """All phrases by key, ``page.phrase`` or ``page.exhibit.phrase``.

    Raises:
        ValueError: If a catalogue holds something that is no phrase.
    """
    phrases: dict[str, Phrase] = {}
    for name, table in catalogues.items():
        _collect(name, {key: entry for key, entry in table.items() if key != REVIEW}, phrases)
    return phrases


def _collect(prefix: str, table: Mapping[str, object], phrases: dict[str, Phrase]) -> None:
    """Add to ``phrases`` those of a table and of tables in it, with the prefix in their keys."""
    for name, value in table.items():
        key = f"{prefix}.{name}"
        if isinstance(value, str):
            phrases[key] = value
        elif isinstance(value, Mapping):
            inner = cast(Mapping[str, object], value)
            if set(inner) == _FORMS:
                phrases[key] = {form: str(text) for form, text in inner.items()}
            else:
                _collect(key, inner, phrases)
        else:
            raise ValueError(f"{key} is neither a phrase nor a group of phrases")


def placeholders(phrase: Phrase) -> set[str]:
    """Names of the values that a phrase puts in, in whichever form.

    Raises:
        ValueError: If its braces are not whole.
    """
    texts = [phrase] if isinstance(phrase, str) else phrase.values()
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}
