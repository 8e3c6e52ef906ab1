"""Camps as a tile map: equal hexagons arranged as the camps lie. Id: hotspots.camps.

Where an operator loaded their outlines, these can be drawn instead. Both show what the map of areas
shows, in the same words and colours (``paints``). How tiles are arranged stands in
``counts.camp_tiles``. A region around tiles has its number, the range of that, and its word against
what is usual; camps inside are ranked only as far as their numbers clearly differ, and what is
listed beside them makes parts sum to the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dashboard.analysis.extents import box_around, corners_of
from dashboard.exhibits.counts.area_counts import AreaCount, centre, count_areas
from dashboard.exhibits.counts.camp_counts import CampCount, count_camps
from dashboard.exhibits.counts.comparisons import Comparisons
from dashboard.exhibits.exhibit import Column, EmptyState, Exhibit
from dashboard.exhibits.hotspots import unusual, wording
from dashboard.exhibits.hotspots.paints import SHOW, choose_paint, table
from dashboard.exhibits.hotspots.wording import MEASURE, PLAY
from dashboard.exhibits.parts.area_map import Paint
from dashboard.exhibits.parts.empty_state import empty_exhibit, not_recorded_exhibit
from dashboard.exhibits.parts.frame import frame, make_exhibit
from dashboard.exhibits.parts.ladder import ChosenDetail, Ladder
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option, exhibit
from dashboard.figures import theme
from dashboard.figures.choropleth import Area, MapClass, Outline, boundaries_of, choropleth
from dashboard.figures.map_description import Label
from dashboard.figures.tilemap import PanelPart, PanelRow, Tile, TileGroup, tilemap
from dashboard.model import hxl
from dashboard.model.country import PACK, REGION, SITE
from dashboard.model.facts import PEOPLE

_ID = "hotspots.camps"
TILES, OUTLINES = "tiles", "outlines"
#: How camps are drawn.
FORM = Option(
    "shapes",
    (TILES, OUTLINES),
    lambda release: (TILES, OUTLINES) if release.outlines else (TILES,),
)
#: Camps have one level: what is coarser is the map of areas beside them.
_LADDER = Ladder.of("camps", camp=("place",))
#: Room around outlines as a share of what they take up, and at least so many degrees.
_AROUND, _LEAST = 0.06, 0.02
#: Camps that are named beside the tiles.
_NAMED = 6


@exhibit(_ID, facts=("incidents", "people"), options=(MEASURE, SHOW, PLAY, FORM), geometry="points")
def hotspots_camps(question: Question) -> Exhibit:
    """Camps in the classes that the map of areas has; a click gives the code of the camp."""
    fact = wording.counted_fact(question)
    if fact is None:
        return not_recorded_exhibit(question, PEOPLE)
    if not question.release.edition.offers_level(SITE):
        reason = question.translate(f"{_ID}.offer_public")
        return empty_exhibit(frame(question, fact), EmptyState(reason))
    count = count_camps(question, fact)
    paint = choose_paint(count)
    step = ChosenDetail(_LADDER, _LADDER.levels[0], count, count.breakdown, is_chosen=False)
    around = frame(
        wording.with_roles(question),
        fact,
        cuts=(count.breakdown,),
        note=paint.note,
        notes=[*wording.notes(count), *paint.notes, *_note_without_outlines(count)],
        detail=step.detail(question),
        options={"measure": fact.id, SHOW.name: paint.show},
    )
    if not count.total:
        return empty_exhibit(around, wording.nothing_counted(question, fact))
    if not (count.tiles_in_view or count.ranked):
        elsewhere = EmptyState(question.translate(f"{_ID}.title_elsewhere"))
        return empty_exhibit(around, elsewhere)
    region = {tile.code: question.place_name(tile.region) for tile in count.tiles}
    columns = (
        Column("code", question.translate("hotspots.column_code"), hxl=hxl.code_of("place")),
        Column(SITE, count.level_name(1), hxl=hxl.name_of("place", question.lang)),
        Column("region", question.translate(f"{_ID}.column_region")),
    )
    return make_exhibit(
        around,
        title=paint.title or _title(count),
        figure=_map(count, paint),
        table=table(count, columns, lambda code: region.get(code, ""), paint),
        description=wording.description(count, "camps"),
    )


def _asks_for_outlines(question: Question) -> bool:
    return question.options.get(FORM.name) == OUTLINES


def _map(count: CampCount, paint: Paint) -> dict[str, Any]:
    """Outlines where they were asked for and any of these camps has one, else tiles.

    Camps outside of the chosen areas have a class of their own.
    """
    question, sizes = count.question, count.sizes
    if count.outside:
        label, last = question.translate(f"{_ID}.class_outside"), len(paint.classes)
        paint = replace(
            paint,
            classes=[*paint.classes, MapClass(label, theme.SURFACE, apart=True)],
            class_of={**paint.class_of, **dict.fromkeys(count.outside, last)},
            lines={**paint.lines, **dict.fromkeys(count.outside, (label,))},
        )
    tiles = sorted(count.tiles, key=lambda tile: -sizes.get(tile.code, -1))
    codes = [tile.code for tile in tiles]
    if _asks_for_outlines(question) and not question.release.outlines.keys().isdisjoint(codes):
        return _outlines(count, paint, codes)
    return tilemap(
        [
            Tile(
                tile.code,
                tile.label,
                tile.region,
                tile.column,
                tile.row,
                paint.class_of[tile.code],
                paint.marks.get(tile.code, ""),
                [count.name(tile.code), *paint.lines[tile.code]],
            )
            for tile in tiles
        ],
        paint.classes,
        groups=_regions(count),
        view="camps",
        legend_title=paint.legend,
        notice=question.translate(f"{_ID}.notice"),
        lang=question.lang,
        outlined=[code for code in codes if code in question.filters.codes_of("area")],
        panel=[_leading(count), _outside(count)],
    )


def _outlines(count: CampCount, paint: Paint, codes: Sequence[str]) -> dict[str, Any]:
    """Camps by their outlines; the map opens on those in the chosen areas, if these have any."""
    question, shapes = count.question, count.question.release.outlines
    tile_labels = {tile.code: tile.label for tile in count.tiles}
    outlined = [code for code in codes if code in shapes]
    in_view = [code for code in outlined if code not in count.outside] or outlined
    corners = [point for code in in_view for point in corners_of(shapes[code])]
    return choropleth(
        [Area(c, paint.class_of[c], [count.name(c), *paint.lines[c]]) for c in outlined],
        paint.classes,
        level=SITE,
        box=box_around(corners, margin=_AROUND, least=_LEAST) or PACK.box,
        view=":".join((OUTLINES, *sorted(in_view))),
        legend_title=paint.legend,
        labels=[
            Label(tile_labels[code], paint.marks[code], *point)
            for code in paint.marks
            if code in outlined and (point := centre(question.release, code))
        ],
        outlines=[Outline(SITE, question.filters.codes_of("area"))],
        notice=question.translate("shell.card.disclaimer"),
        lang=question.lang,
        boundaries=boundaries_of(question.release.id),
    )


def _note_without_outlines(count: CampCount) -> list[str]:
    """A note on the camps that have no outline, where outlines are asked for; else none."""
    question = count.question
    missing = [tile.code for tile in count.tiles if tile.code not in question.release.outlines]
    if not (_asks_for_outlines(question) and missing):
        return []
    return [question.translate(f"{_ID}.note_shapeless", names=wording.areas_named(count, missing))]


def _title(count: CampCount) -> str:
    """The camp with most, or that the first are too close to rank, or that there is nothing."""
    if not count.ranked:
        reporting = count.sizes.keys() - count.silent
        return count.translate_for_level(f"camps.title_{'empty' if reporting else 'silent'}")
    if not count.named and count.tiles_in_view > 1:
        return wording.few_title(count)
    if wording.two_lead(count):
        return wording.close_title(count, _in_front(count))
    code, size = count.ranked[0]
    key = "title_only" if count.tiles_in_view == 1 else "title_first"
    return count.translate_for_level(
        f"camps.{key}", first=count.name(code), number=count.about(size)
    )


def _regions(count: CampCount) -> list[TileGroup]:
    """A group of tiles for each camp region, with the number and the word of the region.

    A camp that is in no region is a group of its own, whose number is on its tile.
    """
    question = count.question
    area_count = count_areas(question, count.fact, REGION)
    comparisons = unusual.against(question, count.fact, REGION)
    codes = dict.fromkeys(tile.region for tile in count.tiles)
    return [_region_group(area_count, code, comparisons) for code in codes]


def _region_group(count: AreaCount, code: str, comparisons: Comparisons | None) -> TileGroup:
    """The group of a region: its number with range and word against usual, or that it is few.

    Args:
        count: Events by camp region.
        code: The region; one that is not counted has its name alone.
        comparisons: Those of regions, or None.
    """
    size = count.sizes.get(code)
    if size is None:
        return TileGroup(code, count.name(code))
    if count.breakdown.is_few(size) or not size:
        return TileGroup(code, count.name(code), "", ["", count.about(size)])
    number, *notes = count.numbered(size)
    if comparisons and code in comparisons.rows and comparisons.rows[code].word != "unsaid":
        notes += unusual.comparison_text(count, comparisons, code)
    return TileGroup(code, count.name(code), number, notes)


def _leading(count: CampCount) -> PanelPart:
    """The part of the panel on the camps with most: six rows, then how many have fewer or none."""
    numbered = wording.numbered(count)
    # A single further one is named too: that takes no more room than how many there are.
    n = len(numbered) if len(numbered) <= _NAMED + 1 else _NAMED
    listed, more = numbered[:n], len(numbered[n:])
    reach = [count.breakdown.error.interval(size) for _, size in listed]
    most = max((high for _, high in reach), default=1)
    rows = [
        PanelRow(count.name(code), *count.numbered(size), low / most, size / most, high / most)
        for (code, size), (low, high) in zip(listed, reach, strict=True)
    ]
    known_sizes = [size for code, size in count.sizes.items() if code not in count.silent]
    few = sum(map(count.breakdown.is_few, known_sizes))
    none = sum(not size for size in known_sizes)
    for name, number in (("camps", more), ("few", few), ("none", none)):
        if number:
            rows.append(PanelRow(count.translate(f"hotspots.camps.more_{name}", n=number), ""))
    is_band = 1 < len(listed) <= _in_front(count)
    return PanelPart(count.translate(f"hotspots.camps.{'band' if is_band else 'leading'}"), rows)


def _in_front(count: AreaCount) -> int:
    """How many camps come first and are too close to rank."""
    return wording.in_front(count, wording.numbered(count))


def _outside(count: AreaCount) -> PanelPart:
    """The part of the panel on events around camps, known to lie in none or in an unknown one."""
    rows = [
        PanelRow(wording.name_among(count, code), *count.numbered(size))
        for code, size in sorted(count.within.items(), key=lambda entry: (-entry[1], entry[0]))
        if size
    ]
    return PanelPart(count.translate("hotspots.camps.outside"), rows)
