"""Provisional months of a release: which they are, and the note that says so.

The rule stands in ``analysis.provisional``; figures mark the months, exhibits add the note.
"""

from __future__ import annotations

from dashboard.analysis.provisional import DELAY, provisional_span
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from dashboard.words import dates
from dashboard.words.catalogue import say


def provisional(release: Release, within: Span) -> Span | None:
    """Months of a span for which late reports are still expected, or None.

    Published figures were final when they were published, so nothing of them is late.
    """
    late = provisional_span(release.span, final=release.edition.kind == "published")
    return late.clipped(within) if late else None


def notes(release: Release, within: Span, lang: str) -> list[str]:
    """The note on provisional months of a span, or nothing where it has none."""
    late = provisional(release, within)
    if late is None:
        return []
    return [say("trend.provisional_note", lang, period=dates.period(late, lang), n=DELAY)]
