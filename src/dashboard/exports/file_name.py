"""Names of files: which exhibit, which period, which release, in which language."""

from __future__ import annotations

from dashboard.model.languages import ENGLISH, words_of
from dashboard.model.periods import Span


def file_name(exhibit_id: str, period: Span, release_id: str, lang: str) -> str:
    """The name of an exhibit's files without the ending; safe on every system and in a header.

    >>> from dashboard.model.periods import Month
    >>> file_name("overview.trend", Span(Month(2025, 10), Month(2026, 9)), "2026-09-x", "en")
    'overview-trend_2025-10-to-2026-09_release-2026-09-x'
    """
    first, last = str(period.start), str(period.end)
    months = first if first == last else f"{first}-to-{last}"
    parts = [exhibit_id.replace(".", "-"), months, f"release-{release_id}"]
    if words_of(lang) != ENGLISH:
        parts.append(words_of(lang))
    return "_".join(parts)
