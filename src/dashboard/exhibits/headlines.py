"""Headlines: the finding that stands above a page, and what it is about.

Only pages that open with a finding have one; it is made of the same numbers as their exhibits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboard.exhibits import indicators, lateness, making, quality
from dashboard.exhibits.registry import View
from dashboard.words import dates
from dashboard.words import filters as filter_words
from dashboard.words.catalogue import say


@dataclass(frozen=True)
class Headline:
    """The sentence above a page, and the line under it with periods and filters."""

    title: str
    lead: str


def headline(page: str, view: View) -> Headline:
    """The headline of a page; KeyError for a page that opens with none."""
    return _HEADLINES[page](view)


def _overview(view: View) -> Headline:
    release, lang, before = view.release, view.filters.lang, making.compared_span(view)
    said = {
        "period": dates.period(view.period, lang),
        "filters": filter_words.in_words(release, view.filters),
    }
    if before is None:
        return Headline(indicators.headline(view), say("overview.lead_uncompared", lang, **said))
    said["before"] = dates.period(before, lang)
    lead = say("overview.lead", lang, **said)
    interval = indicators.interval(view)
    if interval:
        lead = say("overview.lead_interval", lang, lead=lead, interval=interval)
    if lateness.waits(release, view.period, before):
        lead = say("overview.lead_late", lang, lead=lead)
    return Headline(indicators.headline(view), lead)


def _quality(view: View) -> Headline:
    lang = view.filters.lang
    period = dates.period(view.period, lang)
    return Headline(quality.headline(view), say("quality.lead", lang, period=period))


_HEADLINES: Mapping[str, Callable[[View], Headline]] = {
    "overview": _overview,
    "quality": _quality,
}
#: Pages that open with a finding.
PAGES = tuple(_HEADLINES)
