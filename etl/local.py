"""Local: texts for partners in the country's language, by their English.

The words are the pack's (``partners.csv``: a text in English, then in each language), which may
leave out any. The words of pages stand in ``dashboard.words``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from dashboard.model.country import read_csv
from dashboard.model.languages import LOCAL
from dashboard.model.shipped import COUNTRY


def local(english: str) -> str:
    """A text in the country's language, '' where the pack has none."""
    return _texts().get(english, "")


def both(english: str, between: str = " · ") -> str:
    """A text in English and, where the pack has it, in the country's language."""
    translation = local(english)
    return f"{english}{between}{translation}" if translation else english


@cache
def _texts() -> Mapping[str, str]:
    """Translation of each English text of the pack; empty where it has none."""
    path = COUNTRY / "partners.csv"
    if not path.is_file():
        return {}
    return {row["en"]: row.get(LOCAL, "") for row in read_csv(path)}
