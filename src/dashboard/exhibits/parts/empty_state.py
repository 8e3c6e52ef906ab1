"""Empty states: that there is nothing to draw, and the next wider question with an answer.

Numbers that tell little are drawn coarser or rough (``ladder``), not refused. Nothing is drawn only
where nothing was counted, where chosen filters apply to no fact of an exhibit, where the release
reports none, and where an exhibit has no number worth telling.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import urlencode

from dashboard import queries
from dashboard.exhibits.counts.home import way_up
from dashboard.exhibits.exhibit import EmptyState, Exhibit, Frame, Table
from dashboard.exhibits.parts.frame import frame
from dashboard.exhibits.question import Question
from dashboard.filters import Filters
from dashboard.model.country import THIRD
from dashboard.model.facts import Fact
from dashboard.model.periods import Span
from dashboard.words import filters as filter_words
from dashboard.words.catalogue import in_sentence

_NO_TABLE = Table((), ())
#: Turns filters into those that an exhibit counts.
_AsCounted = Callable[[Filters], Filters]
#: Months of a wider period that is offered, before that of the whole release.
_WIDER = (3, 12)


def empty_exhibit(around: Frame, empty_state: EmptyState, table: Table = _NO_TABLE) -> Exhibit:
    """An exhibit that has nothing to draw: its reason is its title, its table has no rows."""
    return Exhibit(
        title=empty_state.reason,
        figure=None,
        table=Table(table.columns, ()),
        description=f"{empty_state.reason} {empty_state.action}".strip(),
        offer=empty_state,
        **vars(replace(around, detail=None, ask="")),
    )


def not_recorded_exhibit(question: Question, *facts: Fact) -> Exhibit:
    """The exhibit where chosen filters do not apply to what is counted."""
    return empty_exhibit(frame(question, *facts), not_recorded(question, facts[0]))


def leading(question: Question, *facts: Fact, drawn_span: Span | None = None) -> Fact | None:
    """The first of some facts that every chosen filter applies to and that has events then.

    Where none of these has events it is the first of them; None where filters apply to none. Facts
    that the release does not report count only where it reports none at all.

    Args:
        question: What the reader looks at.
        facts: The facts, the one that was asked for first.
        drawn_span: The months that are drawn, where these are more than those that were chosen. A
            fact with events only in these serves too.
    """
    reported = [fact for fact in facts if question.release.has(fact)]
    serving = [fact for fact in reported or facts if not unkept(question, fact)]
    if len(serving) < 2:  # noqa: PLR2004 -- no choice to make
        return serving[0] if serving else None
    non_empty = (
        fact
        for period in filter(None, (question.period, drawn_span))
        for fact in serving
        if question.total(fact, period=period)
    )
    return next(non_empty, serving[0])


def unkept(question: Question, fact: Fact) -> tuple[str, ...]:
    """Names of chosen filters that do not apply to a fact."""
    return queries.unkept(question.release, fact, question.filters)


def is_reported(question: Question, fact: Fact) -> bool:
    """Whether the release reports a fact and every chosen filter applies to it."""
    return question.release.has(fact) and not unkept(question, fact)


def not_recorded(question: Question, fact: Fact) -> EmptyState:
    """That chosen filters do not apply to a fact, and the view without them."""
    if not question.release.has(fact):
        return not_reported(question, fact)
    lang, names = question.lang, unkept(question, fact)
    words = filter_words.names_in_words(names, lang)
    reason = question.translate("shared.offer.not_kept", fact=fact.label_in(lang), filters=words)
    filters = question.filters
    if names == ("site",):
        around = (question.release.parent(c, THIRD) or c for c in filters.codes_of("area"))
        areas = tuple(dict.fromkeys(around))
        name = ", ".join(map(question.place_name, areas))
        action = question.translate("shared.offer.around_action", area=name)
        return EmptyState(reason, action, query_of(question, filters.with_codes("area", areas)))
    for name in names:
        filters = filters.with_codes("area" if name == "site" else name, ())
    action = question.translate("shared.offer.not_kept_action", filters=words)
    return EmptyState(reason, action, query_of(question, filters))


def not_reported(question: Question, fact: Fact) -> EmptyState:
    """That the release reports no such fact in any month: nobody was asked, so it is no 0."""
    lang = question.lang
    return EmptyState(question.translate("shared.offer.not_reported", fact=fact.label_in(lang)))


def nothing(
    question: Question, fact: Fact, *, as_counted: _AsCounted = lambda filters: filters
) -> EmptyState:
    """That nothing was counted, with the next wider view that has events and their number.

    Args:
        question: What the reader looks at.
        fact: What was counted; all filters apply to it.
        as_counted: Turns filters into those that the exhibit counts, where it adds some.
    """
    if not question.release.has(fact):
        return not_reported(question, fact)
    return _wider_view(question, fact, "empty", as_counted)


def is_without_data(question: Question) -> bool:
    """Whether the release has no month of the period, so that nothing is known of it."""
    return question.period.clipped(question.release.span) is None


def uncompared(question: Question) -> EmptyState:
    """That changes are not shown since a reader wants none, and the view with them."""
    query = query_of(question, replace(question.filters, compare="usual"))
    action = question.translate("overview.changes.compare_action")
    return EmptyState(question.translate("overview.changes.compare_none"), action, query)


def too_little(question: Question, fact: Fact) -> EmptyState:
    """That an exhibit has no number worth telling, and the next wider view."""
    return _wider_view(question, fact, "too_little", lambda filters: filters)


def _wider_view(question: Question, fact: Fact, why: str, as_counted: _AsCounted) -> EmptyState:
    """The reason ``shared.offer.<why>``, with the nearest wider view that has events.

    Without any, the view of the whole country in the usual period.
    """
    why = "no_data" if is_without_data(question) else why
    period = question.dated(question.counted_span(fact.grain))
    unit = fact.unit_in(question.lang)
    reason = question.translate(f"shared.offer.{why}", unit=unit, period=period)
    for filters, words in _wider(question):
        if total := question.total(fact, as_counted(filters), filters.period):
            number = question.about(total, fact)
            action = question.translate("shared.offer.wider", where=words, number=number)
            return EmptyState(reason, action, query_of(question, filters))
    return usual_view(question, reason)


def usual_view(question: Question, reason: str) -> EmptyState:
    """A reason, with the view of the whole country in the usual period."""
    bare = Filters(lang=question.lang, edition=question.filters.edition)
    action = question.translate("shared.offer.empty_action")
    return EmptyState(reason, action, query_of(question, bare))


def query_of(question: Question, filters: Filters) -> str:
    """Query string of some filters with the options of a question, without '?'."""
    parts = [filters.to_query(), urlencode(sorted(question.options.items()))]
    return "&".join(filter(None, parts))


def _wider(question: Question) -> Iterator[tuple[Filters, str]]:
    """Filters of wider views with words for them, the nearest first.

    They take more months, then all months around the chosen places, then those without one filter.
    """
    lang, filters = question.lang, question.filters
    for span in _longer(question):
        text = question.translate("shared.offer.in_period", period=question.dated(span))
        yield replace(filters, period=span), text
    longest = question.release.span
    release, areas = question.release, filters.codes_of("area")
    # The place just around each chosen one.
    if above := dict.fromkeys(code for area in areas for code in way_up(release, area)[1:2]):
        names = filter_words.either([question.place_name(code) for code in above], lang)
        wider = replace(filters.with_codes("area", tuple(above)), period=longest)
        yield wider, question.translate("shared.offer.in_area", area=names)
    for name in filters.active:
        without = replace(filters.with_codes(name, ()), period=longest)
        label = in_sentence(filter_words.names_in_words((name,), lang))
        yield without, question.translate("shared.offer.without", filter=label)


def _longer(question: Question) -> Iterator[Span]:
    """Longer periods that end as that of a question, the shortest first; the release's last."""
    whole = question.release.span
    until = max(min(question.period.end, whole.end), whole.start)
    for months in _WIDER:
        span = Span.last(months, until=until).clipped(whole) or whole
        if span.months > question.period.months:
            yield span
    if not whole.within(question.period):
        yield whole
