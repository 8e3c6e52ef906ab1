"""Camps: how many events each camp holds, and which are counted under the area around them.

A camp with too few events does not stand for itself in a release: these stand under its camp
region, or whatever around it stands for itself. Words and colours stand with the exhibit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.exhibits.counts.area_counts import AreaCount, chosen_areas, count_areas
from dashboard.exhibits.counts.camp_tiles import CampTile, camp_tiles
from dashboard.exhibits.counts.home import COUNTRY, way_up
from dashboard.exhibits.parts.folds import standing_places
from dashboard.exhibits.question import Question
from dashboard.model.facts import Fact
from dashboard.model.protection import is_protected
from dashboard.release.open_release import Release

CAMP = "camp"
#: What lies in no area that holds camps.
ANYWHERE = "anywhere"
#: Levels of areas that hold camps; coarser ones hold too much else.
_AROUND = ("camp_region", "upazila", "district")


@dataclass(frozen=True)
class CampCount:
    """Events of a fact by camp.

    Attributes:
        areas: The camps that stand for themselves, the empty ones too, and those from which no
            agency reported. ``within`` has what is counted somewhere in an area that holds camps:
            that of the camps under it, and what lies outside of any camp. ``elsewhere`` has all the
            rest together, as ``anywhere``.
        tiles: The tiles that are drawn: those of all open camps, and of a closed one that is
            chosen or holds anything.
        under: Camps with a tile that do not stand for themselves, each with the area that its
            events are counted under.
        outside: Camps with a tile that lie outside of the chosen areas.
    """

    areas: AreaCount
    tiles: tuple[CampTile, ...]
    under: dict[str, str]
    outside: frozenset[str]

    @property
    def asked(self) -> int:
        """How many tiles lie in the chosen areas."""
        return len(self.tiles) - len(self.outside)


def count_camps(question: Question, fact: Fact) -> CampCount:
    """Count a fact by camp, leaving checkpoints out unless they are asked for."""
    release = question.release
    count = count_areas(question, fact, CAMP)
    held = {code for code, size in {**count.sizes, **count.within}.items() if size}
    chosen = chosen_areas(release, question.filters)
    tiles = tuple(
        tile for tile in camp_tiles()
        if tile.code in release.places and (tile.is_open or tile.code in {*held, *chosen})
    )  # fmt: skip
    inside = [tile.code for tile in tiles if _is_inside(release, tile.code, chosen)]
    alone = _alone(question, fact, inside, count.sizes)
    around = _areas_with_camps(release)
    # What is counted under a chosen area may lie in a camp outside of it, such as where a
    # journey went: that is no number of this camp.
    within = {code: size for code, size in count.within.items() if code in around}
    silent = {
        code for code in inside if code in count.silent and not _held_around(release, code, within)
    }
    away = count.total - sum(count.sizes.values()) - sum(within.values())
    return CampCount(
        replace(
            count,
            sizes={
                code: size for code, size in count.sizes.items() if code in alone or code in silent
            },
            within=within,
            elsewhere={ANYWHERE: away},
            silent=frozenset(silent),
        ),
        tiles,
        {
            code: _under(question, fact, code)
            for code in inside
            if code not in alone and code not in silent
        },
        frozenset(tile.code for tile in tiles).difference(inside),
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
    question: Question, fact: Fact, tiled: Sequence[str], held: Mapping[str, int]
) -> set[str]:
    """Camps that hold anything, and those with a tile that stand for themselves in any month.

    Where nothing is protected all of these do.
    """
    alone = set(tiled)
    if is_protected(question.base(fact)):
        alone &= standing_places(question.release, fact, question.period)
    return alone | {code for code, size in held.items() if size}


def _held_around(release: Release, camp: str, within: Mapping[str, int]) -> bool:
    """Whether anything is counted around a camp that may lie in it: in its region or upazila."""
    around = (release.parent(camp, level) for level in _AROUND[:2])
    return any(within.get(area or "") for area in around)


def _under(question: Question, fact: Fact, camp: str) -> str:
    """The finest area around a camp that stands for itself, or the one that it lies in."""
    standing = standing_places(question.release, fact, question.period)
    above = [area for area in way_up(question.release, camp)[1:] if area != COUNTRY]
    if not above:
        return COUNTRY
    return next((area for area in above if area in standing), above[0])
