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
        now: Corridors as they are counted, all of them together.
        compared: The period to compare with.
        before: The number then of each corridor that holds anything now.
        news: Which of them are new, or back after a year without.
        modes: Transport whose number rose clearly, by corridor; the one that rose most.
    """

    now: CorridorCount
    compared: Span
    before: Mapping[str, int]
    news: Mapping[str, News]
    modes: Mapping[str, str]

    def change(self, code: str) -> tuple[int, int]:
        """The number of a corridor now and then."""
        return self.now.sizes[code], self.before[code]

    def rise(self, code: str) -> int:
        """How many more a corridor clearly holds than then, less than nothing for fewer."""
        return clear_change(*self.change(code), self.now.drawn.error)

    def mode_label(self, code: str) -> str:
        """The transport that grew on a corridor, or ''."""
        mode, question = self.modes.get(code), self.now.question
        return question.release.label(MODE.id, mode, question.lang) if mode else ""


def growth(now: CorridorCount, compared: Span) -> Growth:
    """How corridors stood in the compared period."""
    question = now.question
    then = corridor_count(question, now.fact, compared).sizes
    before = {code: then.get(code, 0) for code in now.sizes}
    news = news_of(
        question.release,
        now.fact,
        question.filters,
        "corridor",
        question.period.snapped(now.fact.grain),
        {code: (now.sizes[code], before[code]) for code in now.named},
        now.drawn.error,
    )
    return Growth(now, compared, before, news, _modes(question, now.fact, compared))


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


def said(grown: Growth) -> str:
    """Which corridor grew most and by which transport, or what would have been noticed."""
    question, now = grown.now.question, grown.now
    period = dates.period(grown.compared, question.lang)
    ranked = sorted(now.named, key=lambda code: (grown.before[code] - now.sizes[code], code))
    rising = [code for code in ranked if grown.rise(code) > 0]
    if not rising:
        none = question.say("routes.grew.none", period=period)
        _, before = max(map(grown.change, ranked), default=(0, 0))
        # What would have been noticed of the largest one.
        return f"{none} {noticed.would_show(before, now.drawn.error, question.lang)}".strip()
    first, *others = rising
    if grew_most([grown.change(code) for code in ranked], now.drawn.error):
        return _rise(grown, grown.news.get(first, "most"), first)
    if not others:
        return _rise(grown, "one", first)
    names = [_named(grown, code) for code in (first, others[0])]
    return question.say("routes.grew.close", first=names[0], second=names[1], period=period)


def _named(grown: Growth, code: str) -> str:
    """A corridor with the transport that grew on it, where one did clearly."""
    question = grown.now.question
    name = question.release.label("corridor", code, question.lang)
    mode = in_sentence(grown.mode_label(code))
    return question.say("shared.named", name=name, number=mode) if mode else name


def _rise(grown: Growth, kind: str, code: str) -> str:
    """That a corridor grew, by how much, and by which transport where one did clearly."""
    question, fact = grown.now.question, grown.now.fact
    return question.say(
        f"routes.grew.{kind}{'_by' if code in grown.modes else ''}",
        corridor=question.release.label("corridor", code, question.lang),
        number=question.about(grown.rise(code), fact),
        unit=fact.unit_in(question.lang),
        period=dates.period(grown.compared, question.lang),
        mode=in_sentence(grown.mode_label(code)),
    )
