"""Camps: how many events each camp holds, and what is told of areas around them alone.

Words and colours stand with the exhibit.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.exhibits.counts.area_counts import ANYWHERE, AreaCount, count_areas
from dashboard.exhibits.counts.camp_tiles import CampTile, camp_tiles
from dashboard.exhibits.counts.home import COUNTRY, is_inside
from dashboard.exhibits.question import Question
from dashboard.model.country import SITE
from dashboard.model.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CampCount(AreaCount):
    """Events of a fact by camp: the camps of the chosen areas, the empty ones too.

    ``within`` has what lies in an area that holds camps, and outside of them or in one that is not
    told. ``elsewhere`` has all the rest together, as ``anywhere``.

    Attributes:
        tiles: The tiles that are drawn: those of all open camps, and of a closed one that is
            chosen or holds anything.
        outside: Camps with a tile that lie outside of the chosen areas.
    """

    tiles: tuple[CampTile, ...]
    outside: frozenset[str]

    @property
    def tiles_in_view(self) -> int:
        """How many tiles lie in the chosen areas."""
        return len(self.tiles) - len(self.outside)


def count_camps(question: Question, fact: Fact) -> CampCount:
    """Count a fact by camp, leaving checkpoints out unless they are asked for."""
    release = question.release
    count = count_areas(question, fact, SITE)
    held = {code for code, size in {**count.sizes, **count.within}.items() if size}
    tiles = tuple(
        tile for tile in camp_tiles()
        if tile.code in release.places and (tile.is_open or tile.code in {*held, *count.chosen})
    )  # fmt: skip
    inside = {tile.code for tile in tiles if is_inside(release, tile.code, count.chosen)}
    sizes = {code: size for code, size in count.sizes.items() if code in inside or size}
    away = count.total - sum(sizes.values()) - sum(count.within.values())
    shown = {
        # tiles stand for all camps, wherever maps open
        "view": count.view if count.chosen else (COUNTRY,),
        "sizes": sizes,
        "elsewhere": {ANYWHERE: away},
        "silent": count.silent.intersection(inside),
    }
    outside = frozenset(tile.code for tile in tiles if tile.code not in inside)
    return CampCount(**vars(count) | shown, tiles=tiles, outside=outside)
