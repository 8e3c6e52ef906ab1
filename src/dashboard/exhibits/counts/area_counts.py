"""Areas: which part of the country a reader looks at, at which level, how many events each holds.

Maps draw levels with boundaries; lists go on to camp regions and camps. Words and colours stand
with the exhibits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dashboard import queries
from dashboard.analysis.extents import Box, box_around
from dashboard.exhibits.charts.counts import Counted
from dashboard.exhibits.counts.camp_tiles import camp_tiles
from dashboard.exhibits.counts.home import COUNTRY, home, is_inside, way_up
from dashboard.exhibits.counts.reporting import silent_areas
from dashboard.exhibits.exhibit import AUTO
from dashboard.exhibits.parts import breakdowns
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.parts.ladder import (
    ChosenDetail,
    DetailLevel,
    Ladder,
    choose_detail,
    has_events,
)
from dashboard.exhibits.question import Question
from dashboard.filters import Filters
from dashboard.model.camps import REGION_OF
from dashboard.model.counted_by import By, Gathered
from dashboard.model.country import FIRST, PACK, REGION, SECOND, SITE, THIRD
from dashboard.model.facts import PARENT_LEVELS, Fact
from dashboard.model.periods import Span
from dashboard.release.cached import latest, once_a_release
from dashboard.release.open_release import Release

#: Levels with boundaries, from coarse to fine.
LEVELS = (FIRST, SECOND, THIRD)
#: Levels below them that only lists have, from coarse to fine: their areas are places themselves.
CAMPS = (REGION, SITE)
#: The next finer level of an area, and the next coarser one.
_FINER = {"country": SECOND, FIRST: SECOND, SECOND: THIRD}
_COARSER = {THIRD: SECOND, SECOND: FIRST}
#: What a map looks at: the chosen areas, else its home (AUTO), or what these lie in.
VIEWS = (AUTO, SECOND, FIRST, "country")


def chosen_areas(release: Release, filters: Filters) -> tuple[str, ...]:
    """Chosen areas inside the country, which itself is none."""
    return tuple(
        code for code in filters.codes_of("area")
        if release.places[code].level in (*LEVELS, *CAMPS, "anchor")
    )  # fmt: skip


def name_of_area(question: Question, code: str) -> str:
    """Name of an area that is shown; where only a part of it is chosen, that part and the area."""
    chosen, name = chosen_areas(question.release, question.filters), question.place_name(code)
    is_whole = not set(chosen).isdisjoint(way_up(question.release, code))
    parts = [part for part in chosen if code in way_up(question.release, part)[1:]]
    if is_whole or not parts:
        return name
    part, *more = map(question.place_name, parts)
    if more:
        part = question.translate("shared.and_others", names=part, n=len(more))
    return question.translate("shared.named", name=part, number=name)


def looked_at(question: Question) -> tuple[str, ...]:
    """Areas that a map looks at: the chosen ones, else its home; or what these lie in."""
    release = question.release
    areas = chosen_areas(release, question.filters) or (home(release),)
    view = question.options.get("view", AUTO)
    if view == AUTO:
        return areas
    if view == "country":
        return (COUNTRY,)
    return tuple(dict.fromkeys(release.parent(code, view) or code for code in areas))


def way_down(question: Question, now: tuple[str, ...]) -> list[tuple[str, str, bool]]:
    """The areas from the country down to what is chosen, else to the home.

    Args:
        question: What the reader looks at.
        now: Areas that the map looks at.

    Returns:
        Code, value of the option ``view`` that looks at it, and whether the map does so now.
    """
    release = question.release
    areas = chosen_areas(release, question.filters) or (home(release),)
    ways = [way_up(release, area) for area in areas]
    shared = [code for code in ways[0] if all(code in way for way in ways)]
    return [
        (code, AUTO if (code,) == areas else _level_of(release, code), now == (code,))
        for code in reversed(shared)
        if (code,) == areas or _level_of(release, code) in VIEWS
    ]


def level_ladder(question: Question, *, camps: bool = False) -> Ladder:
    """Levels that areas may be shown at, from the one below what is looked at to the coarsest.

    None is finer than the release offers, nor coarser than a chosen area.

    Args:
        question: What the reader looks at.
        camps: Whether camps and their regions may be shown inside a third area.
    """
    release = question.release
    below = _camp_levels(question) if camps else []
    if below and all(_level_of(release, code) in CAMPS for code in looked_at(question)):
        return _ladder(below)
    offered = available_levels(release)

    def nearest(level: str) -> str:
        return level if level in offered else offered[-1]

    chosen = [release.places[code].level for code in chosen_areas(release, question.filters)]
    coarsest = max(map(nearest, chosen), key=LEVELS.index, default=LEVELS[0])
    finest = nearest(_finer_level(release, looked_at(question)))
    finest = max(finest, coarsest, key=LEVELS.index)
    levels = LEVELS[LEVELS.index(coarsest) : LEVELS.index(finest) + 1]
    return _ladder((*below, *reversed(levels)))


def _ladder(levels: Iterable[str]) -> Ladder:
    """Levels of areas, from fine to coarse, as a ladder."""
    return Ladder.of("level", **{level: (level,) for level in levels})


def _camp_levels(question: Question) -> list[str]:
    """Levels of camps in what is looked at, from fine to coarse; none where that is too large.

    It may be a third area (the finest level with boundaries), a camp region or a camp.
    """
    release, areas = question.release, looked_at(question)
    levels = {_level_of(release, code) for code in areas}
    offered = _levels_inside(release, areas) if levels <= {THIRD, *CAMPS} else ()
    return [level for level in offered if level == SITE or levels != {SITE}]


def _level_of(release: Release, code: str) -> str:
    """The level of an area; that of the country is "country"."""
    return "country" if code == COUNTRY else release.places[code].level


def available_levels(release: Release) -> tuple[str, ...]:
    """Levels with boundaries that a release's readers may ask for, from coarse to fine."""
    return tuple(level for level in LEVELS if release.edition.offers_level(level))


def areas_shown(release: Release, level: str, chosen: Sequence[str]) -> tuple[str, ...]:
    """Codes of a level that lie in the chosen areas, or hold them; all without a choice."""
    return _areas_shown(release, level, frozenset(chosen))


@latest(200)
def _areas_shown(release: Release, level: str, chosen: frozenset[str]) -> tuple[str, ...]:
    """Codes of a level that lie in the chosen areas, or hold them, kept for the latest choices."""
    codes = tuple(code for code, place in release.places.items() if place.level == level)
    if not chosen:
        return codes
    around = {release.parent(code, level) for code in chosen}
    return tuple(
        code for code in codes if code in around or not chosen.isdisjoint(way_up(release, code))
    )


def _finer_level(release: Release, areas: Sequence[str]) -> str:
    """The level with boundaries just below some areas; the finest, where they differ."""
    levels = (_FINER.get(_level_of(release, code), THIRD) for code in areas)
    return max(levels, key=LEVELS.index)


def box_of(release: Release, areas: Sequence[str]) -> Box:
    """The box around what lies in some areas, for a map that looks at them."""
    if COUNTRY in areas:
        return PACK.box
    inside = areas_shown(release, _finer_level(release, areas), areas)
    points = [point for code in inside if (point := centre(release, code))]
    return box_around(points, margin=0.4, least=0.25) or PACK.box


def centre(release: Release, code: str) -> tuple[float, float] | None:
    """Centre of a place in degrees, or None where it has none."""
    place = release.places.get(code)
    if place is None or place.lon is None or place.lat is None:
        return None
    return place.lon, place.lat


@dataclass(frozen=True, kw_only=True)
class AreaCount(Counted):
    """Events of a fact by area of one level, and those outside any such area.

    Attributes:
        level: Level of the areas.
        chosen: Areas in the country that the reader chose.
        view: Areas that a map looks at.
        sizes: Events by area, the empty ones too.
        within: Events known only to lie in a coarser area, by its code; at levels of camps, in an
            area that holds camps.
        elsewhere: Events outside the country or without a place, by ``abroad``, ``sea``,
            ``unknown``; at levels of camps also ``anywhere`` else.
        silent: Areas without events from which no agency reported in the period.
    """

    level: str
    chosen: tuple[str, ...]
    view: tuple[str, ...]
    sizes: dict[str, int]
    within: dict[str, int]
    elsewhere: dict[str, int]
    silent: frozenset[str] = frozenset()

    def name(self, code: str) -> str:
        """Name of a place; of a counted area as ``name_of_area`` has it, with the part of it."""
        if code in self.sizes:
            return name_of_area(self.question, code)
        return self.question.place_name(code)

    def level_name(self, n: int) -> str:
        """What so many areas of the level are called."""
        return self.translate(f"hotspots.level_{self.level}", n=n)

    def translate_for_level(self, key: str, **values: object) -> str:
        """A phrase of the hotspots page that may say the unit and the level."""
        level, levels = (self.level_name(n).lower() for n in (1, 2))
        return self.translate(
            f"hotspots.{key}", unit=self.unit, level=level, levels=levels, **values
        )

    def numbered(self, size: int) -> tuple[str, str]:
        """A number where there is little room, and its range: "27", "17–37"."""
        return self.mark(size), self.reach(*self.breakdown.error.interval(size))

    @property
    def in_view(self) -> frozenset[str]:
        """Areas that lie in what the map looks at."""
        if COUNTRY in self.view:
            return frozenset(self.sizes)
        return frozenset(areas_shown(self.question.release, self.level, self.view))

    @property
    def ranked(self) -> list[tuple[str, int]]:
        """Areas that hold anything, the largest first."""
        areas = [(code, size) for code, size in self.sizes.items() if size > 0]
        return sorted(areas, key=lambda entry: (-entry[1], entry[0]))

    @property
    def named(self) -> list[tuple[str, int]]:
        """``ranked`` without areas of too few, unless the reader chose them."""
        return [
            (code, size)
            for code, size in self.ranked
            if self.breakdown.is_nameable(size) or code in self.chosen
        ]


ELSEWHERE: tuple[str, ...] = ("abroad", "sea", "unknown")
#: Where events count that lie in no area that holds camps.
ANYWHERE = "anywhere"
#: Levels of areas that hold camps; coarser ones hold too much else.
_AROUND_CAMPS = (REGION, THIRD, SECOND)


def area_step(question: Question, fact: Fact, *, camps: bool = False) -> ChosenDetail[AreaCount]:
    """Areas at the level that a reader asked for, else at the finest that tells something.

    A map opens on its home only if that holds half of all events, else on the country. No level is
    coarser than a chosen area.

    Args:
        question: What the reader looks at.
        fact: What is counted.
        camps: Whether camps and their regions are levels too.
    """
    step = _area_step(question, fact, camps=camps)
    count = step.counted
    opens = question.options.get("view", AUTO) == AUTO and not count.chosen
    sizes = {**count.sizes, **count.within}
    in_view = (n for c, n in sizes.items() if is_inside(question.release, c, count.view))
    if opens and 2 * sum(in_view) < count.total:
        return _area_step(_with_options(question, view="country"), fact, camps=camps)
    return step


def still_step(
    question: Question, fact: Fact, like: Span, *, camps: bool = False
) -> ChosenDetail[AreaCount]:
    """Areas of a period, with the level and the view of another period.

    So a map keeps still while its period moves.

    Args:
        question: What the reader looks at.
        fact: What is counted.
        like: The period that decides the level and what a map looks at.
        camps: Whether camps and their regions are levels too, as in ``area_step``.
    """
    still = area_step(replace(question, period=like), fact, camps=camps)
    view = {"view": "country"} if still.counted.view == (COUNTRY,) else {}
    question = _with_options(question, level=still.level.id, **view)
    step = _area_step(question, fact, camps=camps)
    return replace(step, ladder=still.ladder, is_chosen=still.is_chosen)


def _with_options(question: Question, **options: str) -> Question:
    """A question with some options changed."""
    return replace(question, options={**question.options, **options})


def _area_step(question: Question, fact: Fact, *, camps: bool) -> ChosenDetail[AreaCount]:
    """Areas at the level asked for, else the finest that tells something, in the view asked for.

    A level that is asked for and not offered, or coarser than a chosen area, gives the nearest one.
    """
    ladder, requested = level_ladder(question, camps=camps), question.options.get("level", AUTO)
    if requested == AUTO:
        return choose_detail(
            question,
            ladder,
            lambda level: count_areas(question, fact, level.id),
            drawn=_drawn,
            is_shown=has_events,
        )
    levels = (*LEVELS, *CAMPS) if camps else LEVELS
    offered = tuple(name for name in levels if question.release.edition.offers_level(name))
    coarsest = ladder.levels[-1].id
    level = max(requested if requested in offered else offered[-1], coarsest, key=levels.index)
    finer = levels[levels.index(coarsest) :]
    all_levels = _ladder(name for name in reversed(finer) if name in offered)
    chosen, areas = DetailLevel(level, (level,)), count_areas(question, fact, level)
    return ChosenDetail(all_levels, chosen, areas, _drawn(areas), is_chosen=level == requested)


def _drawn(count: AreaCount) -> Breakdown:
    """The numbers of areas in what a map looks at."""
    in_view = count.in_view
    sizes = (size for code, size in count.sizes.items() if size and code in in_view)
    return replace(count.breakdown, sizes=tuple(sizes))


def count_areas(
    question: Question,
    fact: Fact,
    level: str,
    period: Span | None = None,
    *,
    every_role: bool = False,
) -> AreaCount:
    """Count a fact by area, leaving checkpoints out unless they, or every role, are asked for."""
    question = replace(question, period=period or question.period)
    release, filters = question.release, question.filters
    filters = filters if every_role else queries.shown_roles(filters)
    chosen = chosen_areas(release, question.filters)
    sizes = dict.fromkeys(areas_shown(release, level, chosen), 0)
    within, elsewhere = Counter[str](), Counter(dict.fromkeys(ELSEWHERE, 0))
    by = ("country", "place") if level in CAMPS else (level, "country", "place")
    region_of = REGION_OF if level == REGION else {}
    for *areas, country, place, size in queries.counts(release, fact, filters, question.period, by):
        # At levels of camps the area is the place itself, or its region.
        area = areas[0] if areas else region_of.get(place, place)
        around = place if place in release.places else COUNTRY
        if area in sizes:
            sizes[area] += size
        elif country != COUNTRY:
            elsewhere[_whereabouts(release, country, place)] += size
        elif level in CAMPS and around not in _areas_with_camps(release):
            elsewhere[ANYWHERE] += size
        else:
            within[around] += size
    by, numbers = (column_of_level(level),), [size for size in sizes.values() if size]
    return AreaCount(
        question=question,
        fact=fact,
        total=sum(sizes.values()) + within.total() + elsewhere.total(),
        breakdown=breakdowns.breakdown_of(
            question, fact, by, numbers, filters=filters, may_lead=True
        ),
        level=level,
        chosen=chosen,
        view=looked_at(question),
        sizes=sizes,
        within=within,
        elsewhere=elsewhere,
        silent=silent_areas(release, [c for c, n in sizes.items() if not n], question.period),
    )


@once_a_release
def _areas_with_camps(release: Release) -> set[str]:
    """Codes of camp regions, and of the areas around their camps, third and second level alone.

    Camps without a region are left out: events around them have little to do with the others.
    """
    in_regions = [camp for camp in camp_tiles() if camp.region != camp.code]
    regions = {camp.region for camp in in_regions}
    above = {area for camp in in_regions for area in way_up(release, camp.code)[1:]}
    areas = {code for code in regions | above if code in release.places}
    return {code for code in areas if release.places[code].level in _AROUND_CAMPS}


def areas_without_finer(count: AreaCount) -> dict[str, str]:
    """Empty areas in view, in an area with more than a few events of which no finer area is known.

    Returns:
        The area around each, by its code.
    """
    release, in_view, level = count.question.release, count.in_view, _COARSER.get(count.level, "")
    around = {
        code
        for code, size in count.within.items()
        if _level_of(release, code) == level and not count.breakdown.is_few(size)
    }
    empty = (c for c, n in count.sizes.items() if not n and c in in_view and c not in count.silent)
    parents = ((code, release.parent(code, level)) for code in empty) if around else ()
    return {code: above for code, above in parents if above in around}


def camps_inside(question: Question) -> tuple[str, ...]:
    """Levels of the camps in the chosen areas, from fine to coarse; none where these hold none."""
    return _levels_inside(question.release, chosen_areas(question.release, question.filters))


def _levels_inside(release: Release, areas: Sequence[str]) -> tuple[str, ...]:
    """Levels of the camps in some areas that readers may ask for, from fine to coarse."""
    return tuple(
        level
        for level in reversed(CAMPS)
        if release.edition.offers_level(level) and areas_shown(release, level, areas)
    )


def shows_parts(question: Question, level: str) -> bool:
    """Whether areas of a level are counted in part only, since the reader chose a smaller one."""
    release, order = question.release, (*LEVELS, *CAMPS)
    finer = order[order.index(level) + 1 :] if level in order else ()
    chosen = chosen_areas(release, question.filters)
    return any(release.places[code].level in finer for code in chosen)


def column_of_level(level: str) -> By:
    """What units are counted by for the areas of a level; finer ones are places themselves."""
    if level == REGION:
        return Gathered("place", REGION_OF)
    return level if level in PARENT_LEVELS else "place"


def _whereabouts(release: Release, country: str | None, place: str | None) -> str:
    """Where an event outside the country, or without a place, was: one of ``ELSEWHERE``."""
    if country:
        return "abroad"
    place_ = release.places.get(place or "")
    return "sea" if place_ and place_.level == "sea_area" else "unknown"
