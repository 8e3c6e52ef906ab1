"""Offers: why a figure is not drawn, and the next wider question that would answer.

When a figure may be drawn is decided in ``display_rule``; what surrounds it stands in ``frame``.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from dashboard.exhibits.exhibit import Exhibit, Offer, Table
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import Frame, total_in_words
from dashboard.exhibits.question import Question
from dashboard.filters import Filters, clause
from dashboard.model.facts import PARENT_LEVELS, Fact
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from dashboard.words import dates
from dashboard.words import filters as filter_words
from dashboard.words.catalogue import say

_NO_TABLE = Table((), ())


def offered(exhibit_id: str, around: Frame, offer: Offer, table: Table = _NO_TABLE) -> Exhibit:
    """An exhibit that has nothing to draw: its reason is its title, its table has no rows."""
    return Exhibit(
        exhibit_id,
        title=offer.reason,
        subtitle=around.subtitle,
        unit=around.unit,
        figure=None,
        table=Table(table.columns, ()),
        description=f"{offer.reason} {offer.action}".strip(),
        notes=around.notes,
        source=around.source,
        release=around.release,
        offer=offer,
    )


def too_small(
    question: Question, drawn: Drawn, *, unit: str = "", longer: bool = True
) -> Offer | None:
    """Why a cut is not drawn, with the next wider one; None when it may be drawn.

    Args:
        question: What the reader looks at.
        drawn: What would be drawn.
        unit: What is counted, where it is not the fact's own unit.
        longer: Whether a longer period would help; it does not where each month is drawn.
    """
    lang, fact = question.lang, drawn.fact
    unit = unit or fact.unit_in(lang)
    period = dates.period(
        clause(fact, question.filters, question.period).snapped or question.period, lang
    )
    if drawn.total == 0:
        return Offer(
            say("shared.offer.empty", lang, unit=unit, period=period),
            say("shared.offer.empty_action", lang),
            query_of(question, Filters(lang=lang, edition=question.filters.edition)),
        )
    if drawn.may_be_drawn:
        return None
    reason = say("shared.offer.small", lang, unit=unit, period=period)
    offer = _wider(question, fact, reason, longer=longer)
    return offer or Offer(say("shared.offer.small_end", lang, unit=unit))


def query_of(question: Question, filters: Filters) -> str:
    """Query string of other filters with this view's options, without '?'."""
    parts = [filters.to_query(), urlencode(sorted(question.options.items()))]
    return "&".join(filter(None, parts))


def none_known(question: Question, fact: Fact, total: int) -> Offer:
    """The offer of a view in which something happened but what is asked was never recorded."""
    lang = question.lang
    period = dates.period(question.period, lang)
    number = total_in_words(question, fact, total)
    reason = say(
        "shared.offer.unknown", lang, number=number, unit=fact.unit_in(lang), period=period
    )
    return _wider(question, fact, reason) or Offer(reason)


def _wider(question: Question, fact: Fact, reason: str, *, longer: bool = True) -> Offer | None:
    """The next wider view: a year, the whole release, else the area around."""
    lang = question.lang
    wider = _wider_period(question) if longer else None
    if wider:
        action = say("shared.offer.small_action_period", lang, period=dates.period(wider, lang))
        return Offer(reason, action, query_of(question, replace(question.filters, period=wider)))
    if "area" in question.filters.active and "area" in fact.filters:
        return _wider_area(question, reason)
    return None


def _wider_period(question: Question) -> Span | None:
    whole = question.release.span
    until = max(min(question.period.end, whole.end), whole.start)
    year = Span.last(12, until=until).clipped(whole) or whole
    return next((s for s in (year, whole) if s.months > question.period.months), None)


def _wider_area(question: Question, reason: str) -> Offer:
    lang = question.lang
    above = tuple(dict.fromkeys(filter(None, (
        _parent(question.release, code) for code in question.filters.codes_of("area")
    ))))  # fmt: skip
    if not above:
        action = say("shared.offer.small_action_all_areas", lang)
        return Offer(reason, action, query_of(question, question.filters.with_codes("area", ())))
    names = filter_words.either([question.place_name(code) for code in above], lang)
    action = say("shared.offer.small_action_area", lang, area=names)
    return Offer(reason, action, query_of(question, question.filters.with_codes("area", above)))


def _parent(release: Release, code: str) -> str | None:
    above = (release.parent(code, level) for level in PARENT_LEVELS)
    return next((parent for parent in above if parent and parent != code), None)
