"""Legs and journeys by their two ends, journeys by their stops: areas, countries or sea areas.

Counting only; each person counts once. How flows, chains and stops are drawn and worded stands in
``routes``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import Any

from dashboard.exhibits.charts.counts import Counted
from dashboard.exhibits.counts import splits
from dashboard.exhibits.counts.area_counts import centre
from dashboard.exhibits.counts.home import COUNTRY
from dashboard.exhibits.parts import breakdowns
from dashboard.exhibits.parts.ladder import (
    ChosenDetail,
    DetailLevel,
    Ladder,
    choose_detail,
    has_events,
)
from dashboard.exhibits.question import Question
from dashboard.model.codes.code_list import UNKNOWN as UNKNOWN_CODE
from dashboard.model.counted_by import By, Gathered, Whole
from dashboard.model.country import FIRST, SECOND
from dashboard.model.facts import JOURNEYS, LEGS, Fact
from dashboard.model.protection import noise
from dashboard.release.open_release import Release

#: End of a leg whose place is not known.
UNKNOWN = ""
#: Before the code of an area coarser than the level of the ends: nothing finer is known.
COARSE = "in:"

#: A class or transport that is not known, or not recorded.
_NOT_RECORDED = UNKNOWN_CODE.code
#: Why flows have no line, beside UNKNOWN: they stay within one area, an end is known coarsely alone
#: (COARSE), or they are left out.
WITHIN, UNTOLD, REST = "within", "untold", "rest"

Pair = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class FlowCount(Counted):
    """Journeys or legs by pair of ends; its breakdown holds the pairs drawn between ``is_place``.

    Attributes:
        level: Level of the areas in the country; ends abroad are countries.
        sizes: Numbers by (from, to), where an end may be UNKNOWN, or COARSE and an area's code.
        main_part: The main class of a pair, ``splits.OTHER`` where none leads clearly.
        main_mode: The main transport of a pair, where one is known and leads clearly.
        drawable: Pairs of two known ends with a centre, apart from each other, the largest first.
    """

    level: str
    sizes: dict[Pair, int]
    main_part: Callable[[Pair], str]
    main_mode: Callable[[Pair], str]
    drawable: tuple[Pair, ...]

    @cached_property
    def ranked(self) -> list[Pair]:
        """Every pair, the largest first."""
        return sorted(self.sizes, key=lambda pair: (-self.sizes[pair], pair))

    @property
    def smallest_line(self) -> int:
        """The smallest number with a line: a unit, but of journeys two.

        A fifth of the flows of journeys that show a single unit were nobody's (docs/protection.md).
        """
        base = self.breakdown.base
        return max(noise(base), base) if self.fact == JOURNEYS else base

    @cached_property
    def lines(self) -> list[Pair]:
        """Pairs with a line, where there is room for all, the largest first."""
        return [pair for pair in self.drawable if self.sizes[pair] >= self.smallest_line]

    @cached_property
    def _drawable_set(self) -> frozenset[Pair]:
        return frozenset(self.drawable)

    def without_line(self, pair: Pair) -> str:
        """Why a pair has no line: UNKNOWN, WITHIN, UNTOLD or REST."""
        if UNKNOWN in pair:
            return UNKNOWN
        if pair in self._drawable_set:
            return REST
        if not all(map(is_place, pair)):
            return UNTOLD
        return WITHIN if pair[0] == pair[1] else REST


def is_place(end: str) -> bool:
    """Whether an end is an area of the level, a country or a sea area: not UNKNOWN, not COARSE."""
    return end != UNKNOWN and not end.startswith(COARSE)


def area_of(end: str) -> str:
    """Code of the place of an end; '' where none is known."""
    return end.removeprefix(COARSE)


def by_level(*ends: str, between: tuple[str, ...] = ()) -> Ladder:
    """Levels of two ends, from fine to coarse, with the columns that each is counted by.

    Args:
        *ends: Beginning of the columns of either end: "from", "to".
        between: Columns between those of the ends.
    """

    def by(level: str) -> tuple[str, ...]:
        first, last = ((f"{end}_{level}", f"{end}_country") for end in ends)
        return tuple(dict.fromkeys((*first, *between, *last)))

    levels = (SECOND, FIRST, "country")
    return Ladder("level", tuple(DetailLevel(level, by(level)) for level in levels), has_events)


#: Levels of the ends of a leg, and of those of a journey.
ENDS = by_level("from", "to")
_JOURNEY_ENDS = by_level("origin", "destination")
#: Columns with the place of each end.
_PLACES = {LEGS: ("from_place", "to_place"), JOURNEYS: ("origin", "destination")}


def flow_step(question: Question, fact: Fact) -> ChosenDetail[FlowCount]:
    """Flows on the level that a reader asked for, else on the finest that tells something.

    Args:
        question: What the reader looks at.
        fact: What is counted: ``JOURNEYS`` from origin to destination, or ``LEGS``.
    """
    ladder = ENDS if fact == LEGS else _JOURNEY_ENDS
    return choose_detail(question, ladder, partial(flow_count, question, fact))


def flow_count(question: Question, fact: Fact, level: DetailLevel) -> FlowCount:
    """Journeys or legs on one level."""
    parts = _by_pair(question, fact, level, splits.by_part())
    modes = _by_pair(question, fact, level, Gathered("mode", {}, missing=_NOT_RECORDED))
    sizes = {pair: sum(by_part.values()) for pair, by_part in parts.items()}
    drawable = _drawable(question.release, sizes)
    sizes_drawn = [sizes[pair] for pair in drawable if all(map(is_place, pair))]
    return FlowCount(
        question=question,
        fact=fact,
        total=sum(sizes.values()),
        breakdown=breakdowns.breakdown_of(question, fact, level.by, sizes_drawn, may_lead=True),
        level=level.id,
        sizes=sizes,
        main_part=_main_code(question, fact, splits.by_part(), parts),
        main_mode=_main_code(question, fact, "mode", modes),
        drawable=drawable,
    )


def _by_pair(
    question: Question, fact: Fact, level: DetailLevel, of: Gathered
) -> dict[Pair, dict[str, int]]:
    """Numbers by pair of ends, then by group of a column's codes; a code without one is its own."""
    release, by, sizes = question.release, list[str](), dict[Pair, dict[str, int]]()
    for place in _PLACES[fact]:
        end = place.removesuffix("_place")
        by += (f"{end}_{level.id}", f"{end}_country", place)
    # Each end has three columns: area, country, place. Counted by codes and not by groups, so that
    # pairs of one size keep the order of these rows.
    for *ends, code, size in question.counts(fact, *by, of.column):
        pair = end_of(release, *ends[:3]), end_of(release, *ends[3:])
        by_group = sizes.setdefault(pair, dict.fromkeys(of.groups.values(), 0))
        group = str(of.groups.get(code, code or of.missing))
        by_group[group] = by_group.get(group, 0) + int(size)
    return sizes


def _main_code(
    question: Question, fact: Fact, column: By, by_pair: Mapping[Pair, Mapping[str, int]]
) -> Callable[[Pair], str]:
    """A function from a pair to the code that leads clearly in it, else ``splits.OTHER``."""
    cells = [size for sizes in by_pair.values() for size in sizes.values() if size]
    breakdown = breakdowns.breakdown_of(question, fact, ("corridor", column), cells)

    @cache  # many pairs have the same numbers
    def main(sizes: frozenset[tuple[str, int]]) -> str:
        code = splits.main_part(dict(sizes), breakdown.error)
        return splits.OTHER if code == _NOT_RECORDED else code

    return lambda pair: main(frozenset(by_pair[pair].items()))


def _drawable(release: Release, sizes: Mapping[Pair, int]) -> tuple[Pair, ...]:
    """Pairs whose ends have a centre each and do not lie in each other, the largest first."""
    pairs = [
        pair
        for pair in sizes
        if all(centre(release, area_of(end)) is not None for end in pair)
        and not any(_lies_in(release, *ends) for ends in (pair, pair[::-1]))
    ]
    return tuple(sorted(pairs, key=lambda pair: (-sizes[pair], pair)))


def _lies_in(release: Release, inner: str, outer: str) -> bool:
    """Whether an end is the outer one, or lies in it where that is a COARSE area."""
    if inner == outer:
        return True
    around = release.places[area_of(outer)]
    return not is_place(outer) and release.parent(area_of(inner), around.level) == around.code


def end_of(release: Release, area: str | None, country: str | None, place: str | None) -> str:
    """An end of a leg or a journey: an area, a country, a sea area, or UNKNOWN.

    An end in the country that is known only by an area above the level is COARSE.

    Args:
        release: The open release.
        area: The area of the level that is counted by, where the place lies in one.
        country: The country that it lies in.
        place: The place itself as it was recorded.
    """
    if area:
        return area
    if country:
        return f"{COARSE}{place or country}" if country == COUNTRY else country
    place_ = release.places.get(place or "")
    return place_.code if place_ and place_.level == "sea_area" else UNKNOWN


@dataclass(frozen=True, order=True)
class Chain:
    """The stops of a journey: where it began, places on the way in order, where it ended."""

    origin: str
    transit: tuple[str, ...]
    destination: str

    @property
    def stops(self) -> tuple[str, ...]:
        """All stops in order."""
        return (self.origin, *self.transit, self.destination)


#: Levels of the stops of a journey in the country.
STOPS = by_level("origin", "destination", between=("transit",))

#: Places on the way, in their order.
_TRANSIT = Whole("transit")


def chains(question: Question, level: str) -> dict[Chain, int]:
    """People per chain of stops at a level, the largest first; they sum to all journeys."""
    release = question.release
    ends = [(f"{end}_{level}", f"{end}_country", end) for end in ("origin", "destination")]

    def chain(*codes: Any) -> Chain:
        # Area, country and place of the origin, the places on the way, and the three of the end.
        origin, (places, *destination) = codes[:3], codes[3:]
        # Several places on the way in one area are one stop.
        transit = dict.fromkeys(_stop(release, place, level) for place in places)
        return Chain(end_of(release, *origin), tuple(transit), end_of(release, *destination))

    sizes = question.sums(JOURNEYS, *ends[0], _TRANSIT, *ends[1], key=chain)
    return dict(sorted(sizes.items(), key=lambda entry: (-entry[1], entry[0])))


def ways(question: Question) -> Counter[tuple[str, ...]]:
    """People by way, the places between the ends in their order; () where none is known.

    Places are those that were recorded; a division is COARSE. A way never holds the ends of its
    own journey (``etl.events.movements``); units hold ways and ends apart, so an end that a unit
    has is not taken out of its way. They sum to all journeys.
    """
    return question.sums(JOURNEYS, _TRANSIT, key=partial(_way, question.release))


def _way(release: Release, codes: Sequence[str]) -> tuple[str, ...]:
    """The places of a way that are known, each once."""
    places = (release.places[code] for code in codes if code in release.places)
    return tuple(dict.fromkeys(f"{COARSE}{p.code}" if p.level == FIRST else p.code for p in places))


def _stop(release: Release, code: str, level: str) -> str:
    """A place on the way at a level, as an end of a journey has it."""
    place = release.places.get(code)
    if place is None:
        return UNKNOWN
    area = code if place.level == level else release.parent(code, level)
    country = code if place.level == "country" else release.parent(code, "country")
    return end_of(release, area, country, code)
