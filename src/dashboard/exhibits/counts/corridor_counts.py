"""Corridors: which fact counts them, and the one order in which every page lists them.

People are counted once, by the corridor of their journey; where some filter does not apply to
journeys, people identified are counted, and else legs, which a reader may also choose. Counting
only; how corridors are worded stands in ``routes``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard.exhibits.charts.counts import Counted
from dashboard.exhibits.parts import breakdowns
from dashboard.exhibits.parts.empty_state import leading
from dashboard.exhibits.question import Question
from dashboard.model.codes.code_list import OTHER, UNKNOWN
from dashboard.model.facts import JOURNEYS, LEGS, PEOPLE, Fact
from dashboard.model.periods import Span

#: Facts that count corridors, in the order of preference.
COUNTING = (JOURNEYS, PEOPLE, LEGS)
#: Codes that name no corridor, in the order in which they end a list.
UNNAMED = (OTHER.code, UNKNOWN.code)


@dataclass(frozen=True, kw_only=True)
class CorridorCount(Counted):
    """Corridors of a view; its breakdown holds those with a name.

    Attributes:
        sizes: Numbers by corridor in the order of the list: those with a name, the largest first,
            then ``UNNAMED``.
    """

    sizes: Mapping[str, int]

    @property
    def named(self) -> tuple[str, ...]:
        """Corridors with a name that anybody used, the largest first."""
        return tuple(code for code, size in self.sizes.items() if size and code not in UNNAMED)


def counting_in(*spans: Span) -> tuple[Fact, ...]:
    """Facts that count corridors in exactly these spans: journeys only in whole quarters."""
    return tuple(
        fact for fact in COUNTING if all(span == span.snapped(fact.grain) for span in spans)
    )


def corridor_count(question: Question, fact: Fact, period: Span | None = None) -> CorridorCount:
    """All corridors that the filters leave, in the order of the list.

    Args:
        question: What the reader looks at.
        fact: What to count: one of ``COUNTING``.
        period: Months to count, where these are not those that were chosen.
    """
    question = replace(question, period=period or question.period)
    sizes = question.sums(fact, "corridor", key=lambda code: code or UNKNOWN.code)
    ordered = in_list_order(sizes)
    named = [size for code, size in ordered.items() if code not in UNNAMED]
    breakdown = breakdowns.breakdown_of(question, fact, ("corridor",), named)
    return CorridorCount(question, fact, sizes.total(), breakdown, sizes=ordered)


def are_same_people(question: Question) -> bool:
    """Whether the filters choose the same people among journeys and among people identified.

    An area does not: journeys begin or end in it, while people were identified there.
    """
    return all(
        JOURNEYS.filters.get(name) == PEOPLE.filters.get(name) for name in question.filters.active
    )


def count_in_window(question: Question, window: Span) -> CorridorCount:
    """All corridors in months that were judged, by the fact that their list counts then.

    People by month are judged. Lists count journeys, whose number is protected apart though the
    people are the same; people are counted only where they are not the same.

    Args:
        question: What the reader looks at.
        window: The months.
    """
    question = replace(question, period=window)
    facts = counting_in(window) if are_same_people(question) else (PEOPLE,)
    return corridor_count(question, leading(question, *facts) or PEOPLE)


def in_list_order(sizes: Mapping[str, int]) -> dict[str, int]:
    """Numbers by corridor: those with a name first, then by number, then by code."""

    def order(entry: tuple[str, int]) -> tuple[int, int, str]:
        code, size = entry
        return UNNAMED.index(code) + 1 if code in UNNAMED else 0, -size, code

    return dict(sorted(sizes.items(), key=order))
