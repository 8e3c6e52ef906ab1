"""Headlines: the finding that stands above a page, and what it is about.

Only pages that open with a finding have one; it is made of the same numbers as their exhibits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboard.exhibits import coverage, indicators, lateness, making, quality
from dashboard.exhibits.registry import View
from dashboard.words import dates
from dashboard.words import filters as filter_words
from dashboard.words.catalogue import say


@dataclass(frozen=True)
class Headline:
    """The finding above a page, and the sentences under it: periods, filters, what to allow for."""

    title: str
    lead: tuple[str, ...]


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
        return Headline(indicators.headline(view), (say("overview.lead_uncompared", lang, **said),))
    compared = dates.period(before, lang)
    lead = [say("overview.lead", lang, before=compared, **said)]
    interval = indicators.interval(view)
    if interval:
        lead.append(say("overview.lead_interval", lang, interval=interval))
    partners = coverage.moved(release, view.period, before)
    if partners:
        more = "more" if partners > 0 else "fewer"
        lead.append(say(f"overview.lead_partners_{more}", lang, before=compared))
    if lateness.waits(release, view.period, before):
        lead.append(say("overview.lead_late", lang))
    return Headline(indicators.headline(view), tuple(lead))


def _quality(view: View) -> Headline:
    lang = view.filters.lang
    period = dates.period(view.period, lang)
    return Headline(quality.headline(view), (say("quality.lead", lang, period=period),))


_HEADLINES: Mapping[str, Callable[[View], Headline]] = {
    "overview": _overview,
    "quality": _quality,
}
#: Pages that open with a finding.
PAGES = tuple(_HEADLINES)
