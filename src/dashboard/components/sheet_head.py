"""The head of the monthly sheet: what it shows, what its marks are, its usual periods, and print.

The sheet is passed on alone, so its marks are explained on it and not only for the page.
"""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from dashboard.components import links
from dashboard.components.filter_panels import presets
from dashboard.components.writer import write
from dashboard.exhibits.parts.usual import span as usual_span
from dashboard.exhibits.question import Question
from dashboard.filters import Filters, Reading
from dashboard.model.facts import PEOPLE
from dashboard.model.periods import Span
from dashboard.model.protection import is_protected
from dashboard.release.open_release import Release
from dashboard.words import dates
from dashboard.words import filters as filter_words
from dashboard.words.catalogue import translate

#: Periods that are one click away, the month of the meeting first.
_OFFERED = ("last_month", "this_quarter", "last_12")


def sheet_head(release: Release, reading: Reading) -> Markup:
    """Period and filters of the sheet in words, links to its usual periods, and print."""
    filters, lang = reading.filters, reading.filters.lang
    period = filters.period or Span(release.span.end, release.span.end)
    sentence = translate(
        "shell.section.sheet_shown",
        lang,
        period=dates.period(period, lang),
        filters=filter_words.in_words(release, filters),
    )
    usual = presets(release.span, release.default_period)
    offered = {name: usual[name] for name in _OFFERED if name in usual}
    periods = [
        (name, links.href(replace(filters, period=span), reading.options), span == period)
        for name, span in offered.items()
    ]
    return write(
        "sheet_head",
        lang,
        sentences=[sentence, *_marks(release, period, lang)],
        periods=periods,
    )


def _marks(release: Release, period: Span, lang: str) -> list[str]:
    """Sentences on what rings and thin lines are, where the panels of the sheet have them."""
    marks: list[str] = []
    if usual_span(Question(release, Filters(), period, {})):
        marks.append(translate("shared.note.ring", lang))
    if is_protected(release.base(PEOPLE.id)):
        marks.append(translate("shared.note.whiskers", lang))
    return marks
