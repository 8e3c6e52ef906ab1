"""Camps as a tile map: equal hexagons arranged as the camps lie. Id: hotspots.camps.

Where an operator loaded their outlines, these can be drawn instead. Both show what the map of areas
shows, in the same words and colours (``paints``). How tiles are arranged stands in
``counts.camp_tiles``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard import queries
from dashboard.analysis.extents import BANGLADESH, box_around, corners_of
from dashboard.exhibits.counts.area_counts import centre
from dashboard.exhibits.counts.camp_counts import CAMP, CampCount, count_camps
from dashboard.exhibits.counts.camp_tiles import CampTile
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Offer, Table
from dashboard.exhibits.hotspots.paints import SHOW, Paint, paint
from dashboard.exhibits.hotspots.said import (
    MEASURE,
    PLAY,
    areas_named,
    close_title,
    counted_fact,
    description,
    few_title,
    level_name,
    notes,
    nothing_counted,
    refused,
    say_of,
    two_lead,
    unmapped,
)
from dashboard.exhibits.parts import ranges
from dashboard.exhibits.parts.area_map import Painted
from dashboard.exhibits.parts.frame import Frame, frame, made
from dashboard.exhibits.parts.ladder import Ladder, Rung, Step
from dashboard.exhibits.parts.offers import offered
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option, exhibit
from dashboard.figures import theme
from dashboard.figures.choropleth import Area, MapClass, Outline, boundaries_of, choropleth
from dashboard.figures.map_description import Label
from dashboard.figures.tilemap import Tile, TileGroup, tilemap
from dashboard.model import hxl
from dashboard.release.open_release import Release
from dashboard.words.catalogue import begin

_ID = "hotspots.camps"
TILES, OUTLINES = "tiles", "outlines"


def _forms(release: Release) -> tuple[str, ...]:
    return (TILES, OUTLINES) if release.outlines else (TILES,)


#: How camps are drawn.
FORM = Option("shapes", (TILES, OUTLINES), _forms)
#: Camps have one rung: what is coarser is the map of areas beside them.
_LADDER = Ladder("camps", (Rung(CAMP, ("place",)),))
#: Room around outlines as a share of what they take up, and at least so many degrees.
_AROUND, _LEAST = 0.06, 0.02


@exhibit(_ID, facts=("incidents", "people"), options=(MEASURE, SHOW, PLAY, FORM), geometry="points")
def hotspots_camps(question: Question) -> Exhibit:
    """Camps in the classes that the map of areas has; a click gives the code of the camp."""
    fact = counted_fact(question)
    if fact is None:
        return refused(question, _ID)
    if not question.release.edition.offers_level(CAMP):
        return offered(_ID, frame(question, fact), Offer(question.say(f"{_ID}.offer_public")))
    count = count_camps(question, fact)
    shown = paint(question, count.areas)
    if not count.areas.total:
        return offered(_ID, _frame(question, count, shown), nothing_counted(question, fact))
    return made(
        _ID,
        _frame(question, count, shown),
        title=shown.title or _title(question, count),
        figure=_drawn(question, count, shown.painted),
        table=_table(question, count, shown),
        description=description(question, count.areas, "camps"),
    )


def _frame(question: Question, count: CampCount, shown: Paint) -> Frame:
    """The frame with the place roles that are counted, so that the subtitle names them."""
    counted = replace(question, filters=queries.shown_roles(question.filters))
    areas = count.areas
    step = Step(_LADDER, _LADDER.rungs[0], count, areas.drawn, is_chosen=False)
    return frame(
        counted,
        areas.fact,
        drawn=(areas.drawn,),
        note=shown.why,
        notes=[*notes(question, areas), *shown.notes, *_shapeless(question, count)],
        detail=step.detail(question),
        options={"measure": areas.fact.id, SHOW.name: shown.show},
    )


def _is_outlined(question: Question) -> bool:
    return question.options.get(FORM.name) == OUTLINES


def _drawn(question: Question, count: CampCount, painted: Painted) -> dict[str, Any]:
    """Outlines where they were asked for and any of these camps has one, else tiles."""
    classes, index = _classes(question, count, painted)
    tiles = sorted(count.tiles, key=lambda tile: -count.areas.sizes.get(tile.code, -1))
    chosen = [tile.code for tile in tiles if tile.code in question.filters.codes_of("area")]
    if _is_outlined(question) and any(tile.code in question.release.outlines for tile in tiles):
        codes = [tile.code for tile in tiles]
        return _outlines(question, count, painted, classes, index, codes)
    return tilemap(
        [_tile(question, count, tile, index[tile.code], painted) for tile in tiles],
        classes,
        groups=_groups(question, count),
        view="camps",
        legend_title=painted.title,
        notice=question.say(f"{_ID}.notice"),
        lang=question.lang,
        outlined=chosen,
    )


def _classes(
    question: Question, count: CampCount, painted: Painted
) -> tuple[list[MapClass], dict[str, int]]:
    """The classes of a paint and that of camps outside, and the index of each camp's."""
    classes, index = list(painted.classes), dict(painted.of)
    if count.outside:
        index |= dict.fromkeys(count.outside, len(classes))
        label = question.say(f"{_ID}.class_outside")
        classes.append(MapClass(label, theme.SURFACE, apart=True))
    return classes, index


def _outlines(
    question: Question,
    count: CampCount,
    painted: Painted,
    classes: Sequence[MapClass],
    index: Mapping[str, int],
    codes: Sequence[str],
) -> dict[str, Any]:
    """Camps as the ground that they take up, seen from where all of the asked ones are."""
    shapes, lang = question.release.outlines, question.lang
    letters = {tile.code: tile.label for tile in count.tiles}
    outlined = [code for code in codes if code in shapes]
    seen = [code for code in outlined if code not in count.outside] or outlined
    corners = [point for code in seen for point in corners_of(shapes[code])]
    return choropleth(
        [Area(code, index[code], _lines(question, count, code, painted)) for code in outlined],
        classes,
        level=CAMP,
        box=box_around(corners, margin=_AROUND, least=_LEAST) or BANGLADESH,
        view=":".join((OUTLINES, *sorted(seen))),
        legend_title=painted.title,
        labels=[
            Label(letters[code], painted.marks[code], *point)
            for code in painted.marks
            if code in outlined and (point := centre(question.release, code))
        ],
        outlines=[Outline(CAMP, question.filters.codes_of("area"))],
        notice=question.say("shell.card.disclaimer"),
        lang=lang,
        boundaries=boundaries_of(question.release.id),
    )


def _shapeless(question: Question, count: CampCount) -> list[str]:
    """Which camps have no outline, where outlines are drawn."""
    shapes = question.release.outlines
    missing = [tile.code for tile in count.tiles if tile.code not in shapes]
    if not (_is_outlined(question) and missing):
        return []
    names = areas_named(question, count.areas, missing)
    return [question.say(f"{_ID}.note_shapeless", names=names)]


def _tile(
    question: Question, count: CampCount, tile: CampTile, class_index: int, painted: Painted
) -> Tile:
    return Tile(
        tile.code,
        tile.label,
        tile.region,
        tile.column,
        tile.row,
        class_index,
        painted.marks.get(tile.code, ""),
        _lines(question, count, tile.code, painted),
    )


def _groups(question: Question, count: CampCount) -> list[TileGroup]:
    regions = dict.fromkeys(tile.region for tile in count.tiles)
    return [TileGroup(code, question.place_name(code)) for code in regions]


def _lines(question: Question, count: CampCount, code: str, painted: Painted) -> Sequence[str]:
    """What pointing at a camp says."""
    name = question.place_name(code)
    if code in count.outside:
        return [name, question.say(f"{_ID}.class_outside")]
    return [name, *painted.lines[code]]


def _table(question: Question, count: CampCount, shown: Paint) -> Table:
    """Camps from the largest to the smallest, and what is told of areas around them alone."""
    areas = count.areas
    unit = areas.fact.unit_in(question.lang)
    region = {tile.code: question.place_name(tile.region) for tile in count.tiles}
    ends = ranges.columns(question, areas.fact, areas.drawn)

    def row(code: str, name: str, size: int | None) -> tuple[Cell, ...]:
        interval = (None, None) if size is None else areas.drawn.error.interval(size)
        own = shown.cells.get(code, (None,) * len(shown.columns))
        return code, name, region.get(code, ""), size, *(interval if ends else ()), *own

    ranked = sorted(areas.sizes.items(), key=lambda entry: -entry[1])
    rows = [
        row(code, question.place_name(code), None if code in areas.silent else size)
        for code, size in ranked
    ]
    rows += [row("", label, size) for label, size in unmapped(question, areas)]
    lang = question.lang
    return Table(
        (
            Column("code", question.say("hotspots.column_code"), hxl=hxl.code_of("place")),
            Column("camp", level_name(question, areas, 1), hxl=hxl.name_of("place", lang)),
            Column("region", question.say(f"{_ID}.column_region")),
            Column(areas.fact.unit, begin(unit), unit),
            *ends,
            *shown.columns,
        ),
        tuple(rows),
    )


def _title(question: Question, count: CampCount) -> str:
    """The camp that leads, or the two that are too close to rank."""
    areas = count.areas
    if not (count.asked or areas.ranked):
        return question.say(f"{_ID}.title_elsewhere")
    if not areas.ranked:
        heard = areas.sizes.keys() - areas.silent
        return say_of(question, f"camps.title_{'empty' if heard else 'silent'}", areas)
    if not areas.named and count.asked > 1:
        return few_title(question, areas)
    if two_lead(areas):
        return close_title(question, areas)
    code, size = areas.ranked[0]
    key = "title_only" if count.asked == 1 else "title_first"
    number = question.about(size, areas.fact)
    return say_of(question, f"camps.{key}", areas, first=question.place_name(code), number=number)
