"""Headlines: the finding that stands above a page, and what it is about.

Only pages that open with a finding have one; it is made of the same numbers as their exhibits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboard.exhibits.overview import indicators
from dashboard.exhibits.parts import against_usual
from dashboard.exhibits.quality import completeness
from dashboard.exhibits.quality import coverage as reporting
from dashboard.exhibits.question import Question
from dashboard.words import dates, numbers
from dashboard.words import filters as filter_words


@dataclass(frozen=True)
class Headline:
    """The finding above a page, and the sentences under it: periods, filters, what to allow for."""

    title: str
    lead: tuple[str, ...]


def headline(page: str, question: Question) -> Headline:
    """The headline of a page; KeyError for a page that opens with none."""
    return _HEADLINES[page](question)


def _overview(question: Question) -> Headline:
    lang, one, before = question.lang, indicators.told(question), question.compared_span
    lead = [
        question.say(
            "overview.lead",
            period=question.period_in_words,
            filters=filter_words.in_words(question.release, question.filters),
        )
    ]
    if one and against_usual.is_filling(one):
        expected = numbers.number(round(one.expected), lang)
        lead.append(question.say("overview.lead_expected", expected=expected))
    if one:
        lead.append(against_usual.why(question, one))
    if before:
        lead.append(indicators.earlier(question, before))
    return Headline(indicators.headline(question), tuple(filter(None, lead)))


def _quality(question: Question) -> Headline:
    lang = question.lang
    period = dates.period(question.period, lang)
    lead = (completeness.weakest_fields(question), question.say("quality.lead", period=period))
    return Headline(reporting.headline(question), tuple(filter(None, lead)))


_HEADLINES: Mapping[str, Callable[[Question], Headline]] = {
    "overview": _overview,
    "quality": _quality,
}
#: Pages that open with a finding.
PAGES = tuple(_HEADLINES)
