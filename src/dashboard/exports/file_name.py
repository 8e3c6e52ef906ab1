"""Names of files: which exhibit, asked what, of which period and release, in which language."""

from __future__ import annotations

import re

from dashboard.model.languages import ENGLISH
from dashboard.model.periods import Span

#: Letters that a name says of what is asked; more than that stand in the file alone.
_LONGEST = 80


def file_name(exhibit_id: str, asked: str, period: Span, release_id: str, lang: str) -> str:
    """The name of an exhibit's files without the ending; safe on every system and in a header.

    Args:
        exhibit_id: The exhibit.
        asked: Filters and options as an address has them, without what follows here.
        period: The months that it counts.
        release_id: The release.
        lang: The language of its words.

    >>> from dashboard.model.periods import Month
    >>> file_name("overview.trend", "sex=female", Span(Month(2025, 10), Month(2026, 9)), "x", "en")
    'overview-trend_sex-female_2025-10-to-2026-09_release-x'
    """
    first, last = str(period.start), str(period.end)
    months = first if first == last else f"{first}-to-{last}"
    said = re.sub(r"[^a-zA-Z0-9_]+", "-", asked.replace("&", "_"))[:_LONGEST].strip("-_")
    language = "" if lang == ENGLISH else lang
    parts = (exhibit_id.replace(".", "-"), said, months, f"release-{release_id}", language)
    return "_".join(filter(None, parts))
