"""Headlines: the finding that stands above a page, and what it is about.

Only pages that open with a finding have one; it is made of the same numbers as their exhibits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.overview import indicators
from dashboard.exhibits.parts import against_usual
from dashboard.exhibits.quality import coverage as reporting
from dashboard.exhibits.quality import lateness
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
    """What is off usual on the map, else what comes first; the other of both under it."""
    map_, listed = (_made(question, name) for name in ("hotspots.map", "hotspots.ranking"))
    titles = dict.fromkeys((map_.title, listed.title))
    return _of_titles(question, *titles)


def _routes(question: Question) -> Headline:
    """Which corridors are more than usual, and which is used most."""
    listed = _made(question, "routes.corridors")
    lead = str(listed.figure["lead"]) if listed.figure else ""
    return _of_titles(question, listed.title, lead)


def _of_titles(question: Question, first: str, *more: str) -> Headline:
    view = question.say(
        "overview.lead",
        period=question.period_in_words,
        filters=filter_words.in_words(question.release, question.filters),
    )
    rest = (question.say("shared.as_sentence", text=text.rstrip(".।")) for text in more if text)
    return Headline(first, (*rest, view))


def _made(question: Question, exhibit_id: str) -> Exhibit:
    """An exhibit as its page opens with it."""
    entry = definition(exhibit_id)
    options = {each.name: each.values[0] for each in offered_options(entry, question.release)}
    return entry.make(replace(question, options=options))


def _quality(question: Question) -> Headline:
    """Who reported and how much comes late; under it what a change of partners means."""
    found, late = reporting.headline(question), lateness.late(question)
    title = found
    if late:
        title = question.say("quality.headline_late", found=found, share=question.percent(late))
    until = dates.month(question.release.span.end, question.lang)
    lead = (reporting.caution(question), question.say("quality.lead", month=until))
    return Headline(title, tuple(filter(None, lead)))


_HEADLINES: Mapping[str, Callable[[Question], Headline]] = {
    "overview": _overview,
    "hotspots": _hotspots,
    "routes": _routes,
    "quality": _quality,
}
#: Pages that open with a finding.
PAGES = tuple(_HEADLINES)
