"""Provisional months of a release: which they are, and the note that says so.

The rule stands in ``analysis.provisional``; figures mark the months, exhibits add the note.
"""

from __future__ import annotations

from fractions import Fraction

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


def waits(release: Release, period: Span, before: Span) -> bool:
    """Whether at least half of a period is provisional, and less of what it is compared with.

    A fall may then be nothing but reports that have not arrived.
    """
    now, then = (_share(release, span) for span in (period, before))
    return 2 * now >= 1 and now > then


def _share(release: Release, span: Span) -> Fraction:
    """Share of a span's months that are provisional."""
    late = provisional(release, span)
    return Fraction(late.months if late else 0, span.months)


def notes(release: Release, within: Span, lang: str) -> list[str]:
    """The note on provisional months of a span, or nothing where it has none."""
    late = provisional(release, within)
    if late is None:
        return []
    return [say("trend.provisional_note", lang, period=dates.period(late, lang), n=DELAY)]
