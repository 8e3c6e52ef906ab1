"""Headlines: the finding above a page, and the view that it is about.

Only pages that open with a finding have one; it comes from the same numbers as their exhibits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboard.exhibits.brief.month import month_of
from dashboard.exhibits.brief.sentences import brief_sentences
from dashboard.exhibits.counts.open_referrals import count_all_open
from dashboard.exhibits.counts.referral_counts import whole_quarters
from dashboard.exhibits.hotspots.answer import answer
from dashboard.exhibits.overview import indicators, trend
from dashboard.exhibits.parts import against_usual
from dashboard.exhibits.parts.empty_state import unkept
from dashboard.exhibits.parts.frame import total_in_words
from dashboard.exhibits.parts.lateness import provisional
from dashboard.exhibits.parts.reporting import caution
from dashboard.exhibits.quality import coverage as reporting
from dashboard.exhibits.quality import lateness
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import waiting
from dashboard.exhibits.referrals.bottlenecks import half_within, share_in_time
from dashboard.exhibits.registry import as_opened, exhibit_as_opened
from dashboard.exhibits.routes import corridors
from dashboard.model.facts import REQUESTS
from dashboard.model.periods import Span
from dashboard.words import filters as filter_words


@dataclass(frozen=True)
class Headline:
    """The finding above a page, and the sentences under it: periods, filters, what to allow for."""

    title: str
    lead: tuple[str, ...]


def headline(page: str, question: Question) -> Headline:
    """The headline of a page; KeyError for a page that opens with none."""
    return _HEADLINES[page](question)


def _brief(question: Question) -> Headline:
    """What the sentences say together, and which month they are about."""
    month = month_of(question)
    is_late = provisional(question.release, Span(month, month))
    lead = question.translate(
        f"brief.lead{'_provisional' if is_late else ''}",
        month=question.month(month),
        filters=filter_words.in_words(question.release, question.filters),
    )
    return Headline(brief_sentences(question).title, (lead,))


def _overview(question: Question) -> Headline:
    """The leading number against usual.

    Under it the view, what the number will come to, the last quarter, what may explain a change,
    and the number of the compared period.
    """
    fact, comparison = indicators.headline_comparison(question)
    lead = [_view_in_words(question)]
    if comparison and against_usual.is_filling(comparison):
        expected = question.number(round(comparison.expected))
        lead.append(question.translate("overview.lead_expected", expected=expected))
    if comparison:
        lead.append(trend.last_quarter(question, fact, comparison))
        lead.append(against_usual.why(question, comparison))
    if before := question.compared_span:
        lead.append(indicators.earlier(question, before))
    return Headline(indicators.headline(question), tuple(filter(None, lead)))


def _hotspots(question: Question) -> Headline:
    """Which areas are off usual, which has most, what would be noticed; else the map's title."""
    opening = answer(as_opened(question, "hotspots.map"))
    if opening is None:
        return _with_view(question, exhibit_as_opened(question, "hotspots.map").title)
    title, lead = opening
    view = [_view_in_words(question)] if question.filters.active else []
    return Headline(title, (*lead, *view))


def _routes(question: Question) -> Headline:
    """Which corridors are off usual, which is used most, what cannot be said; or one corridor."""
    title, lead, counted_question = corridors.headline(question)
    return _with_view(counted_question, title, *lead)


def _referrals(question: Question) -> Headline:
    """What is open and for how long, and which share of requests was served in time."""
    open_referrals = None if unkept(question, REQUESTS) else count_all_open(question)
    if open_referrals is None or not open_referrals.everyone.total:
        return _with_view(question, exhibit_as_opened(question, "referrals.waiting").title)
    title = waiting.headline(question, open_referrals)
    whole = whole_quarters(question)
    # The view at the end says the period; whole quarters that are other months are said here.
    key = (
        "lead_in_time"
        if whole.counted_span() == question.counted_span()
        else "lead_in_time_quarters"
    )
    lead: list[str] = []
    if in_time := share_in_time(question):
        lead.append(
            question.translate(
                f"referrals.{key}",
                all=total_in_words(whole, REQUESTS, whole.total(REQUESTS)),
                period=whole.period_in_words,
                share=question.number(in_time.share),
                low=question.number(in_time.low),
                high=question.number(in_time.high),
            )
        )
    if half := half_within(question):
        lead.append(question.translate("referrals.lead_half", half=half))
    return _with_view(question, title, *lead)


def _with_view(question: Question, title: str, *lead: str) -> Headline:
    """A headline whose lead are some phrases, each as a sentence, and the view at the end."""
    sentences = (
        question.translate("shared.as_sentence", text=text.rstrip(".।")) for text in lead if text
    )
    return Headline(title, (*sentences, _view_in_words(question)))


def _view_in_words(question: Question) -> str:
    """Period and filters in words."""
    return question.translate(
        "overview.lead",
        period=question.period_in_words,
        filters=filter_words.in_words(question.release, question.filters),
    )


def _quality(question: Question) -> Headline:
    """Who reported and how much comes late; under it what a change of partners means."""
    title = reporting.headline(question)
    if late_percent := lateness.late_percent(question):
        share = question.percent(late_percent)
        title = question.translate("quality.headline_late", found=title, share=share)
    until = question.month(question.release.span.end)
    lead = (caution(question), question.translate("quality.lead", month=until))
    return Headline(title, tuple(filter(None, lead)))


_HEADLINES: Mapping[str, Callable[[Question], Headline]] = {
    "brief": _brief,
    "overview": _overview,
    "hotspots": _hotspots,
    "routes": _routes,
    "referrals": _referrals,
    "quality": _quality,
}
#: Pages that open with a finding.
PAGES = tuple(_HEADLINES)
