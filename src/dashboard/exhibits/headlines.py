"""Headlines: the finding that stands above a page, and what it is about.

Only pages that open with a finding have one; it is made of the same numbers as their exhibits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboard.exhibits.counts import coverage
from dashboard.exhibits.overview import indicators
from dashboard.exhibits.parts import lateness
from dashboard.exhibits.quality import completeness
from dashboard.exhibits.quality import coverage as reporting
from dashboard.exhibits.question import Question
from dashboard.words import dates
from dashboard.words import filters as filter_words
from dashboard.words.catalogue import say


@dataclass(frozen=True)
class Headline:
    """The finding above a page, and the sentences under it: periods, filters, what to allow for."""

    title: str
    lead: tuple[str, ...]


def headline(page: str, question: Question) -> Headline:
    """The headline of a page; KeyError for a page that opens with none."""
    return _HEADLINES[page](question)


def _overview(question: Question) -> Headline:
    release, lang, before = question.release, question.lang, question.compared_span
    values = {
        "period": dates.period(question.period, lang),
        "filters": filter_words.in_words(release, question.filters),
    }
    if before is None:
        return Headline(
            indicators.headline(question), (say("overview.lead_uncompared", lang, **values),)
        )
    compared = dates.period(before, lang)
    lead = [say("overview.lead", lang, before=compared, **values)]
    interval = indicators.interval(question)
    if interval:
        lead.append(say("overview.lead_interval", lang, interval=interval))
    lead.extend(filter(None, [indicators.noticed(question)]))
    partners = coverage.moved(release, question.period, before)
    if partners:
        more = "more" if partners > 0 else "fewer"
        lead.append(say(f"overview.lead_partners_{more}", lang, before=compared))
    if lateness.waits(release, question.period, before):
        lead.append(say("overview.lead_late", lang))
    return Headline(indicators.headline(question), tuple(lead))


def _quality(question: Question) -> Headline:
    lang = question.lang
    period = dates.period(question.period, lang)
    lead = (completeness.weakest_fields(question), say("quality.lead", lang, period=period))
    return Headline(reporting.headline(question), tuple(filter(None, lead)))


_HEADLINES: Mapping[str, Callable[[Question], Headline]] = {
    "overview": _overview,
    "quality": _quality,
}
#: Pages that open with a finding.
PAGES = tuple(_HEADLINES)
