"""Growth of corridors against the compared period: which grew most, and by which transport.

What is said of it stands here too, since list and title say it alike. The list itself stands in
``corridors``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard import queries
from dashboard.analysis.compare import clear_change
from dashboard.analysis.expected_error import grew_most
from dashboard.exhibits.counts.corridor_counts import CorridorCount, corridor_count
from dashboard.exhibits.counts.new_values import News, news_of
from dashboard.exhibits.parts import display_rule, noticed
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.question import Question
from dashboard.model.codes import MODE
from dashboard.model.facts import Fact
from dashboard.model.periods import Span
from dashboard.words import dates
from dashboard.words.catalogue import in_sentence


@dataclass(frozen=True)
class Growth:
    """Corridors in the compared period.

    Attributes:
        compared: The period.
        before: The number then of each corridor that holds anything now.
        news: Which of them are new, or back after a year without.
        modes: Transport whose number rose clearly, by corridor; the one that rose most.
    """

    compared: Span
    before: Mapping[str, int]
    news: Mapping[str, News]
    modes: Mapping[str, str]


def growth(question: Question, drawn: Drawn, now: CorridorCount, compared: Span) -> Growth:
    """How corridors stood in the compared period.

    Args:
        question: What the reader looks at, all corridors together.
        drawn: The corridors of its own period as a cut.
        now: The same as they are counted.
        compared: The period to compare with.
    """
    then = corridor_count(question, now.fact, compared).sizes
    before = {code: then.get(code, 0) for code in now.sizes}
    news = news_of(
        question.release,
        now.fact,
        question.filters,
        "corridor",
        question.period.snapped(now.fact.grain),
        {code: (now.sizes[code], before[code]) for code in now.named},
        drawn.error,
    )
    return Growth(compared, before, news, _modes(question, now.fact, compared))


def _modes(question: Question, fact: Fact, compared: Span) -> Mapping[str, str]:
    """By corridor the transport that rose most among those that rose clearly."""
    by = ("corridor", "mode")
    now, then = (
        {
            (corridor, mode): size
            for corridor, mode, size in queries.counts(
                question.release, fact, question.filters, period, by
            )
        }
        for period in (question.period, compared)
    )
    error = display_rule.drawn(question, fact, by, list(now.values())).error
    rises: dict[str, tuple[int, str]] = {}
    for (corridor, mode), size in now.items():
        rise = clear_change(size, then.get((corridor, mode), 0), error)
        if rise > 0 and corridor and mode not in (None, "unknown"):
            rises[corridor] = max(rises.get(corridor, (0, "")), (rise, str(mode)))
    return {corridor: mode for corridor, (_, mode) in rises.items()}


def said(question: Question, drawn: Drawn, now: CorridorCount, grown: Growth) -> str:
    """Which corridor grew most and by which transport, or what would have been noticed."""
    period = dates.period(grown.compared, question.lang)
    changes = {code: (now.sizes[code], grown.before[code]) for code in now.named}
    ranked = sorted(changes, key=lambda code: (changes[code][1] - changes[code][0], code))
    rising = [code for code in ranked if clear_change(*changes[code], drawn.error) > 0]
    if not rising:
        return _none(question, drawn, changes, period)
    first, *others = rising
    if grew_most([changes[code] for code in ranked], drawn.error):
        kind = grown.news.get(first, "most")
        return _rise(question, drawn, kind, first, changes[first], grown)
    if not others:
        return _rise(question, drawn, "one", first, changes[first], grown)
    names = [_named(question, grown, code) for code in (first, others[0])]
    return question.say("routes.grew.close", first=names[0], second=names[1], period=period)


def _named(question: Question, grown: Growth, code: str) -> str:
    """A corridor with the transport that grew on it, where one did clearly."""
    name = question.release.label("corridor", code, question.lang)
    mode = in_sentence(mode_label(question, grown, code))
    return question.say("shared.named", name=name, number=mode) if mode else name


def _rise(
    question: Question,
    drawn: Drawn,
    kind: str,
    code: str,
    change: tuple[int, int],
    grown: Growth,
) -> str:
    """That a corridor grew, by how much, and by which transport where one did clearly."""
    mode = grown.modes.get(code)
    values = {
        "corridor": question.release.label("corridor", code, question.lang),
        "number": question.about(clear_change(*change, drawn.error), drawn.fact),
        "unit": drawn.fact.unit_in(question.lang),
        "period": dates.period(grown.compared, question.lang),
        "mode": in_sentence(mode_label(question, grown, code)),
    }
    return question.say(f"routes.grew.{kind}{'_by' if mode else ''}", **values)


def _none(
    question: Question, drawn: Drawn, changes: Mapping[str, tuple[int, int]], period: str
) -> str:
    """That none grew clearly, and what would have been noticed of the largest one."""
    none = question.say("routes.grew.none", period=period)
    if not changes:
        return none
    largest = max(changes.values())
    return f"{none} {noticed.would_show(largest[1], drawn.error, question.lang)}".strip()


def mode_label(question: Question, grown: Growth, code: str) -> str:
    """The transport that grew on a corridor, or ''."""
    mode = grown.modes.get(code)
    return question.release.label(MODE.id, mode, question.lang) if mode else ""
