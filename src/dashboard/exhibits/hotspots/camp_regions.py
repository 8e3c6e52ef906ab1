"""Regions of camps around their tiles, and what stands beside them so that parts sum to the whole.

A region is told with its number, what that stands for, and its word against what is usual; camps
inside are ranked only as far as they can be told apart.
"""

from __future__ import annotations

from dashboard.exhibits.counts.area_counts import AreaCount, count_areas
from dashboard.exhibits.counts.camp_counts import CampCount
from dashboard.exhibits.counts.comparisons import Comparisons
from dashboard.exhibits.hotspots import unusual, wording
from dashboard.figures.tilemap import PanelPart, PanelRow, TileGroup
from dashboard.model.country import REGION

#: Camps that are named beside the tiles.
_NAMED = 6


def regions(count: CampCount) -> list[TileGroup]:
    """Groups of tiles, each with the number of its region and what is said of it.

    A camp that is in no region is a group of its own, whose number stands on its tile.
    """
    question = count.question
    area_count = count_areas(question, count.fact, REGION)
    judged = unusual.against(question, count.fact, REGION)
    return [
        TileGroup(code, count.name(code))
        if (size := area_count.sizes.get(code)) is None
        else _group(area_count, code, size, judged)
        for code in dict.fromkeys(tile.region for tile in count.tiles)
    ]


def _group(count: AreaCount, code: str, size: int, comparisons: Comparisons | None) -> TileGroup:
    """A region: a number with its range, or in words that there are few, and what is usual."""
    name, number, reach = count.name(code), *count.numbered(size)
    one = comparisons.of.get(code) if comparisons else None
    said = (
        unusual.comparison_text(count, comparisons, code)
        if comparisons and one and one.word != "unsaid"
        else ()
    )
    if count.breakdown.is_few(size) or not size:
        return TileGroup(code, name, "", ["", count.about(size)])
    return TileGroup(code, name, number, [reach, *said])


def beside(count: CampCount) -> list[PanelPart]:
    """Camps that lead, how many have a few or none, and what lies outside of camps."""
    return [_leading(count), _outside(count)] if count.total else []


def _leading(areas: CampCount) -> PanelPart:
    error = areas.breakdown.error
    numbered = wording.numbered(areas)
    named, more = numbered[:_NAMED], len(numbered[_NAMED:])
    most = max((error.interval(size)[1] for _, size in named), default=1)
    rows = [_row(areas, code, size, most) for code, size in named]
    known = [size for code, size in areas.sizes.items() if code not in areas.silent]
    few = sum(map(areas.breakdown.is_few, known))
    none = sum(not size for size in known)
    for name, number in (("camps", more), ("few", few), ("none", none)):
        if number:
            rows.append(PanelRow(areas.translate(f"hotspots.camps.more_{name}", n=number), ""))
    is_band = 1 < len(named) <= together(areas)
    return PanelPart(areas.translate(f"hotspots.camps.{'band' if is_band else 'leading'}"), rows)


def together(areas: AreaCount) -> int:
    """How many camps come first, too close to rank, of those that have a number."""
    return wording.together(areas, [size for _, size in wording.numbered(areas)])


def _row(areas: AreaCount, code: str, size: int, most: int) -> PanelRow:
    low, high = areas.breakdown.error.interval(size)
    text, reach = areas.numbered(size)
    return PanelRow(areas.name(code), text, reach, (low / most, size / most, high / most))


def _outside(areas: AreaCount) -> PanelPart:
    rows = [
        PanelRow(wording.name_among(areas, code), *areas.numbered(size))
        for code, size in sorted(areas.within.items(), key=lambda entry: (-entry[1], entry[0]))
        if size
    ]
    return PanelPart(areas.translate("hotspots.camps.outside"), rows)
