"""Headlines: the finding that stands above a page, and what it is about.

Only pages that open with a finding have one; it is made of the same numbers as their exhibits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.hotspots.answer import answer
from dashboard.exhibits.overview import indicators
from dashboard.exhibits.parts import against_usual
from dashboard.exhibits.quality import completeness
from dashboard.exhibits.quality import coverage as reporting
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import definition, offered_options
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


def _hotspots(question: Question) -> Headline:
    """Who is off usual, who has most and what would be noticed; else what the map says."""
    found = answer(_as_opened(question, "hotspots.map"))
    if found is None:
        return _of_titles(question, _made(question, "hotspots.map").title)
    title, lead = found
    return Headline(title, (*lead, *([_view(question)] if question.filters.active else [])))


def _routes(question: Question) -> Headline:
    """Which corridors are more than usual, and which is used most."""
    listed = _made(question, "routes.corridors")
    lead = str(listed.figure["lead"]) if listed.figure else ""
    return _of_titles(question, listed.title, lead)


def _of_titles(question: Question, first: str, *more: str) -> Headline:
    rest = (question.say("shared.as_sentence", text=text.rstrip(".।")) for text in more if text)
    return Headline(first, (*rest, _view(question)))


def _view(question: Question) -> str:
    """Period and filters in words."""
    return question.say(
        "overview.lead",
        period=question.period_in_words,
        filters=filter_words.in_words(question.release, question.filters),
    )


def _as_opened(question: Question, exhibit_id: str) -> Question:
    """The question with the options that an exhibit opens with."""
    offered = offered_options(definition(exhibit_id), question.release)
    return replace(question, options={each.name: each.values[0] for each in offered})


def _made(question: Question, exhibit_id: str) -> Exhibit:
    """An exhibit as its page opens with it."""
    return definition(exhibit_id).make(_as_opened(question, exhibit_id))


def _quality(question: Question) -> Headline:
    lang = question.lang
    period = dates.period(question.period, lang)
    lead = (completeness.weakest_fields(question), question.say("quality.lead", period=period))
    return Headline(reporting.headline(question), tuple(filter(None, lead)))


_HEADLINES: Mapping[str, Callable[[Question], Headline]] = {
    "overview": _overview,
    "hotspots": _hotspots,
    "routes": _routes,
    "quality": _quality,
}
#: Pages that open with a finding.
PAGES = tuple(_HEADLINES)
