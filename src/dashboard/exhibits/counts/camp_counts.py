"""Camps: how many events each camp holds, and how many are known only by an area around camps.

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

    ``within`` has events in an area that holds camps, either outside of them or in an unknown one.
    ``elsewhere`` has all other events together, as ``anywhere``.

    Attributes:
        tiles: The tiles that are drawn: those of all open camps, and of a closed one that is
            chosen or holds anything.
        outside: Camps with a tile that lie outside of the chosen areas.
    """

    tiles: tuple[CampTile, ...]
    outside: frozenset[str]

    @property
    def tiles_in_view(self) -> int:
        """How many camps that the map draws, each as a tile, lie in the chosen areas."""
        return len(self.tiles) - len(self.outside)


def count_camps(question: Question, fact: Fact) -> CampCount:
    """Count a fact by camp, leaving checkpoints out unless they are asked for."""
    release = question.release
    count = count_areas(question, fact, SITE)
    with_events = {code for code, size in {**count.sizes, **count.within}.items() if size}
    kept_though_closed = {*with_events, *count.chosen}
    tiles = tuple(
        tile for tile in camp_tiles()
        if tile.code in release.places and (tile.is_open or tile.code in kept_though_closed)
    )  # fmt: skip
    inside = {tile.code for tile in tiles if is_inside(release, tile.code, count.chosen)}
    sizes = {code: size for code, size in count.sizes.items() if code in inside or size}
    elsewhere = count.total - sum(sizes.values()) - sum(count.within.values())
    replaced = {
        # The tile map shows all camps, wherever maps open.
        "view": count.view if count.chosen else (COUNTRY,),
        "sizes": sizes,
        "elsewhere": {ANYWHERE: elsewhere},
        "silent": count.silent.intersection(inside),
    }
    outside = frozenset(tile.code for tile in tiles if tile.code not in inside)
    return CampCount(**vars(count) | replaced, tiles=tiles, outside=outside)
