"""What a reader chose among flows, corridors or a place: which lines are lit and which faint.

A choice never empties a map: flows that are not chosen stay as faint lines. Counting stands in
``leg_counts``; how flows are drawn and worded in ``parts.leg_map`` and in ``routes``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from operator import itemgetter

from dashboard.exhibits.charts.counts import Counted
from dashboard.exhibits.counts import leg_counts as legs
from dashboard.exhibits.counts.home import COUNTRY, way_up
from dashboard.exhibits.counts.leg_counts import FlowCount, Pair
from dashboard.exhibits.parts.ladder import DetailLevel
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option
from dashboard.queries import summed
from dashboard.release.cached import once_a_release
from dashboard.release.open_release import Release

#: Most lines that are drawn of the chosen flows, and of all others.
_MOST = 60
#: Values of ``PLACE``: no place is chosen; ends that are not known are.
ANY, NOT_KNOWN = "any", "unknown"


@once_a_release
def _available(release: Release) -> tuple[str, ...]:
    """Values of ``PLACE`` in a release: its places, and areas that ends may be known by alone."""
    codes = [code for code in release.places if release.is_place(code)]
    coarse_ends = (f"{legs.COARSE}{code}" for code in codes if is_at_home(release, code))
    return (ANY, NOT_KNOWN, *codes, *coarse_ends)


#: The place whose flows are lit.
PLACE = Option("place", (ANY,), _available, pattern=rf"^({legs.COARSE})?[A-Za-z0-9-]+$")


@dataclass(frozen=True, kw_only=True)
class Choice(Counted):
    """The flows that a reader looks at; its total is that of the chosen ones.

    Attributes:
        count: The flows in the filters.
        around: The same in all corridors; those that are not chosen are faint.
        place: The end whose flows are drawn as chosen (lit): an area's code, UNKNOWN, or COARSE and
            the code of the area around it; None for all.
        ends: Ends of flows that lie in the place; none where the place is not known.
    """

    count: FlowCount
    around: FlowCount
    place: str | None
    ends: frozenset[str]

    @property
    def is_part(self) -> bool:
        """Whether a place or corridors are chosen among all flows."""
        return self.place is not None or self.around is not self.count

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Every chosen pair, the largest first."""
        return tuple(pair for pair in self.count.ranked if self._contains(pair))

    @cached_property
    def between(self) -> tuple[Pair, ...]:
        """Chosen pairs of known ends apart from each other, the largest first."""
        return tuple(pair for pair in self.count.drawable if self._contains(pair))

    @cached_property
    def lit(self) -> tuple[Pair, ...]:
        """Chosen pairs that are drawn, the largest first."""
        return tuple(pair for pair in self.count.lines if self._contains(pair))[:_MOST]

    @cached_property
    def faint(self) -> tuple[Pair, ...]:
        """Pairs that are drawn although they are not chosen; none where all are."""
        if not self.is_part:
            return ()
        lit = set(self.lit)
        return tuple(pair for pair in self.around.lines[:_MOST] if pair not in lit)

    @cached_property
    def without_line(self) -> dict[str, int]:
        """Chosen numbers without a line, by why they have none, the largest first.

        Keys are what ``FlowCount.without_line`` gives for a pair: an end that is not known, both
        ends in one area, an end known coarsely alone, or left out, as beyond the most lines. With
        the pairs that have a line they sum to the total.
        """
        lit = set(self.lit)
        others = ((pair, self.count.sizes[pair]) for pair in self.pairs if pair not in lit)
        sizes = summed(others, self.count.without_line)
        return dict(sorted(sizes.items(), key=lambda entry: (-entry[1], entry[0])))

    @cached_property
    def by_end(self) -> tuple[Counter[str], Counter[str]]:
        """Chosen numbers that begin in each place, and that end there."""
        return self._by_end(self.pairs, 0), self._by_end(self.pairs, 1)

    @cached_property
    def lit_by_end(self) -> tuple[Counter[str], Counter[str]]:
        """Numbers of lit lines that begin in each place, and that end there."""
        return self._by_end(self.lit, 0), self._by_end(self.lit, 1)

    def within(self, place: str) -> int:
        """How many of the chosen stay within a place."""
        is_chosen = legs.is_place(place) and self._contains((place, place))
        return self.count.sizes.get((place, place), 0) if is_chosen else 0

    def at_end(self, end: int) -> int:
        """How many of the chosen begin in the chosen place (0), or end there (1)."""
        return sum(self.count.sizes[pair] for pair in self.pairs if pair[end] in self.ends)

    def _by_end(self, pairs: tuple[Pair, ...], end: int) -> Counter[str]:
        """Numbers of some pairs by the place where they begin (0), or end (1)."""
        sizes = ((pair, self.count.sizes[pair]) for pair in pairs if pair[end] != legs.UNKNOWN)
        return summed(sizes, itemgetter(end))

    def _contains(self, pair: Pair) -> bool:
        """Whether a pair is chosen: begins or ends in the chosen place, or lies within it."""
        if self.place is None:
            return True
        return not self.ends.isdisjoint(pair) if self.ends else self.place in pair


def flow_choice(question: Question, count: FlowCount, level: DetailLevel) -> Choice:
    """What a question chooses among the flows of a level; flows of other corridors stay around it.

    Args:
        question: What the reader looks at.
        count: The flows in the question's filters.
        level: The level of their ends.
    """
    around = count
    if question.filters.codes_of("corridor"):
        wider = replace(question, filters=question.filters.with_codes("corridor", ()))
        around = legs.flow_count(wider, count.fact, level)
    place = _place(question, level)
    choice = Choice(
        question=question,
        fact=count.fact,
        total=count.total,
        breakdown=count.breakdown,
        count=count,
        around=around,
        place=place,
        ends=_ends_in(question.release, place, around) if place else frozenset(),
    )
    return replace(choice, total=sum(count.sizes[pair] for pair in choice.pairs))


def _place(question: Question, level: DetailLevel) -> str | None:
    """The chosen end as the level counts it: a finer place stands for its area."""
    end, release = question.options[PLACE.name], question.release
    if end in (ANY, NOT_KNOWN):
        return None if end == ANY else legs.UNKNOWN
    code = legs.area_of(end)
    area = code if release.places[code].level == level.id else release.parent(code, level.id)
    return area or end


def _ends_in(release: Release, place: str, count: FlowCount) -> frozenset[str]:
    """The place itself, and of one coarser than the level the ends that lie in it."""
    ends = {end for pair in count.sizes for end in pair} if legs.is_place(place) else ()
    inside = (end for end in ends if place in way_up(release, legs.area_of(end)))
    return frozenset({place, *inside})


def is_at_home(release: Release, end: str) -> bool:
    """Whether an end lies in the country."""
    return COUNTRY in way_up(release, legs.area_of(end))
