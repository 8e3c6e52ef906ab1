"""Camps: how many events each camp holds, and which are counted under the area around them.

A camp with too few events does not stand for itself in a release: these stand under its camp
region, or whatever around it stands for itself. Words and colours stand with the exhibit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard import queries
from dashboard.exhibits.counts.area_counts import chosen_areas
from dashboard.exhibits.counts.camp_tiles import CampTile, camp_tiles
from dashboard.exhibits.counts.home import COUNTRY, way_up
from dashboard.exhibits.parts import display_rule
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.folds import standing_places
from dashboard.exhibits.question import Question
from dashboard.model.facts import Fact
from dashboard.model.protection import is_protected
from dashboard.release.open_release import Release

#: The column of a fact that names camps.
PLACE = "place"
#: Levels of areas that hold camps; coarser ones hold too much else.
_AROUND = ("camp_region", "upazila", "district")


@dataclass(frozen=True)
class CampCount:
    """Events of a fact by camp.

    Attributes:
        fact: What is counted.
        tiles: The tiles that are drawn: those of all open camps, and of a closed one that is
            chosen or holds anything.
        sizes: Events by camp that stands for itself, the empty ones too.
        under: Camps that do not, each with the area that its events are counted under.
        outside: Camps outside of the chosen areas.
        tileless: Events by camp that has no tile.
        around: Events somewhere in an area that holds camps, by its code: those of the camps under
            it, and those outside of any camp.
        away: Events anywhere else.
        drawn: The camps as a cut, for the display rule.
    """

    fact: Fact
    tiles: tuple[CampTile, ...]
    sizes: dict[str, int]
    under: dict[str, str]
    outside: frozenset[str]
    tileless: dict[str, int]
    around: dict[str, int]
    away: int
    drawn: Drawn

    @property
    def total(self) -> int:
        """All events."""
        held = (self.sizes, self.tileless, self.around)
        return self.away + sum(sum(sizes.values()) for sizes in held)

    @property
    def ranked(self) -> list[tuple[str, int]]:
        """Camps that hold anything, the largest first."""
        held = {**self.sizes, **self.tileless}
        return sorted(
            ((code, size) for code, size in held.items() if size), key=lambda entry: -entry[1]
        )

    @property
    def asked(self) -> int:
        """How many tiles lie in the chosen areas."""
        return len(self.sizes) + len(self.under)


def count_camps(question: Question, fact: Fact) -> CampCount:
    """Count a fact by camp, leaving checkpoints out unless they are asked for."""
    release = question.release
    filters = queries.shown_roles(question.filters)
    chosen = chosen_areas(release, question.filters)
    camps: dict[str, int] = {}
    around: dict[str, int] = {}
    away = 0
    areas = _areas_with_camps(release)
    for place, size in queries.counts(release, fact, filters, question.period, (PLACE,)):
        if place in areas:
            around[place] = size
        elif place in release.places and release.places[place].level == "camp":
            camps[place] = size
        else:
            away += size
    tiles = tuple(
        tile for tile in camp_tiles()
        if tile.code in release.places and (tile.is_open or tile.code in {*camps, *chosen})
    )  # fmt: skip
    inside = [tile.code for tile in tiles if _is_inside(release, tile.code, chosen)]
    # What is counted under a chosen area may lie in a camp outside of it, such as where a
    # journey went: that is no number of this camp.
    outside = frozenset(tile.code for tile in tiles).difference(inside)
    alone = _alone(question, fact, inside, camps)
    return CampCount(
        fact,
        tiles,
        {code: camps.get(code, 0) for code in inside if code in alone},
        {code: _under(question, fact, code) for code in inside if code not in alone},
        outside,
        {code: size for code, size in camps.items() if code not in {*inside, *outside}},
        around,
        away + sum(camps.get(code, 0) for code in outside),
        display_rule.drawn(question, fact, (PLACE,), tuple(camps.values()), filters=filters),
    )


def _areas_with_camps(release: Release) -> set[str]:
    """Camp regions, and the upazilas and districts around their camps.

    Bhasan Char is in no camp region: what is counted around it has little to do with it.
    """
    within = [tile for tile in camp_tiles() if tile.region != tile.code]
    regions = {tile.region for tile in within}
    above = {area for tile in within for area in way_up(release, tile.code)[1:]}
    known = {code for code in regions | above if code in release.places}
    return {code for code in known if release.places[code].level in _AROUND}


def _is_inside(release: Release, camp: str, chosen: Sequence[str]) -> bool:
    return not chosen or not set(chosen).isdisjoint(way_up(release, camp))


def _alone(
    question: Question, fact: Fact, camps: Sequence[str], held: Mapping[str, int]
) -> set[str]:
    """Camps that stand for themselves in any month; all of them where nothing is protected."""
    if not is_protected(question.base(fact)):
        return set(camps)
    standing = standing_places(question.release, fact, question.period)
    return {code for code in camps if code in standing or held.get(code)}


def _under(question: Question, fact: Fact, camp: str) -> str:
    """The finest area around a camp that stands for itself, or the one that it lies in."""
    standing = standing_places(question.release, fact, question.period)
    above = [area for area in way_up(question.release, camp)[1:] if area != COUNTRY]
    if not above:
        return COUNTRY
    return next((area for area in above if area in standing), above[0])
