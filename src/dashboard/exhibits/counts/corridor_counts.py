"""Corridors: what counts them, and the one order in which every page lists them.

People are counted once, by the corridor of their journey. Where journeys are not kept by what a
reader chose, people identified are counted, and at last legs, which are a reader's other choice.
Counting only; how corridors are worded stands in ``routes``.
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

#: Facts that count corridors, the one that pages ask first in front.
COUNTING = (JOURNEYS, PEOPLE, LEGS)
#: What is no corridor of its own, in the order in which it ends a list.
UNNAMED = (OTHER.code, UNKNOWN.code)


@dataclass(frozen=True, kw_only=True)
class CorridorCount(Counted):
    """Corridors of a view, in the months that are counted; drawn are those of their own.

    Attributes:
        sizes: Numbers by corridor in the order of the list: those with a name, the largest first,
            then what has none.
    """

    sizes: Mapping[str, int]

    @property
    def named(self) -> tuple[str, ...]:
        """Corridors of their own, the largest first."""
        return tuple(code for code in self.sizes if code not in UNNAMED)


def counting_in(*spans: Span) -> tuple[Fact, ...]:
    """Facts that count corridors in just these spans: journeys only in whole quarters."""
    return tuple(
        fact for fact in COUNTING if all(span == span.snapped(fact.grain) for span in spans)
    )


def corridor_count(question: Question, fact: Fact, period: Span | None = None) -> CorridorCount:
    """All corridors that the filters leave, in the order of the list.

    Args:
        question: What the reader looks at.
        fact: What to count: the first of ``COUNTING`` that is kept, unless a reader chose another.
        period: Months to count, where these are not those that were chosen.
    """
    asked = replace(question, period=period or question.period)
    sizes = asked.sums(fact, "corridor", under=lambda code: code or UNKNOWN.code)
    listed = dict(sorted(sizes.items(), key=_in_list))
    own = [size for code, size in listed.items() if code not in UNNAMED]
    return CorridorCount(
        question=asked,
        fact=fact,
        total=sizes.total(),
        breakdown=breakdowns.breakdown_of(asked, fact, ("corridor",), own),
        sizes=listed,
    )


def are_same_people(question: Question) -> bool:
    """Whether what a reader chose leaves the same people of journeys and of people identified.

    An area does not: journeys begin or end in it, and people were identified there.
    """
    return all(
        JOURNEYS.filters.get(name) == PEOPLE.filters.get(name) for name in question.filters.active
    )


def count_in_window(question: Question, window: Span) -> CorridorCount:
    """All corridors in months that were judged, by what their list counts then.

    What is judged are people by month. Lists count journeys, whose protected number is another one
    of the same people; only where they are not the same, people are counted here.

    Args:
        question: What the reader looks at.
        window: The months.
    """
    asked = replace(question, period=window)
    facts = counting_in(window) if are_same_people(question) else (PEOPLE,)
    return corridor_count(asked, leading(asked, *facts) or PEOPLE)


def _in_list(entry: tuple[str, int]) -> tuple[int, int, str]:
    code, size = entry
    return UNNAMED.index(code) + 1 if code in UNNAMED else 0, -size, code
