"""Camps as a tile map: equal hexagons arranged as the camps lie. Id: hotspots.camps.

A camp with too few events has no number of its own: its tile is paler, and the table says which
area it is counted under. How tiles are arranged stands in ``counts.camp_tiles``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dashboard import queries
from dashboard.analysis.classes import class_of, number_classes
from dashboard.exhibits.counts import windows
from dashboard.exhibits.counts.camp_counts import PLACE, CampCount, count_camps
from dashboard.exhibits.counts.camp_tiles import CampTile
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Offer, Table
from dashboard.exhibits.hotspots.said import MEASURE, PLAY, counted_fact, played, refused
from dashboard.exhibits.parts import area_map, folds, ranges
from dashboard.exhibits.parts.frame import Frame, frame, made
from dashboard.exhibits.parts.ladder import Ladder, Rung, Step
from dashboard.exhibits.parts.offers import nothing, offered
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.figures import theme
from dashboard.figures.choropleth import MapClass
from dashboard.figures.tilemap import Tile, TileGroup, tilemap
from dashboard.model import hxl
from dashboard.model.protection import is_few
from dashboard.words import dates, numbers
from dashboard.words import filters as filter_words
from dashboard.words.catalogue import begin

_ID = "hotspots.camps"
#: Camps have one rung: what is coarser is the map of areas beside them.
_LADDER = Ladder("camps", (Rung("camp", (PLACE,)),))
#: How many areas outside of camps a sentence names.
_AWAY = 2
#: How many camps a description names.
_DESCRIBED = 5


@exhibit(_ID, facts=("incidents", "people"), options=(MEASURE, PLAY), geometry="points")
def hotspots_camps(question: Question) -> Exhibit:
    """Camps in number classes; a click gives the code of the camp to look into."""
    fact = counted_fact(question)
    if fact is None:
        return refused(question, _ID)
    if not question.release.edition.offers_level("camp"):
        return offered(_ID, frame(question, fact), Offer(question.say(f"{_ID}.offer_public")))
    count = count_camps(question, fact)
    if not count.total:
        away = nothing(question, fact, counted=queries.shown_roles)
        return offered(_ID, _frame(question, count), away)
    return made(
        _ID,
        _frame(question, count),
        title=_title(question, count),
        figure=_figure(question, count),
        table=_table(question, count),
        description=_description(question, count),
    )


def _frame(question: Question, count: CampCount) -> Frame:
    """The frame with the place roles that are counted, so that the subtitle names them."""
    counted = replace(question, filters=queries.shown_roles(question.filters))
    unsteady = folds.unsteady_places(question.release, count.fact, question.period)
    own = [code for code, _ in count.ranked if code in unsteady]
    step = Step(_LADDER, _LADDER.rungs[0], count, count.drawn, is_chosen=False)
    return frame(
        counted,
        count.fact,
        drawn=(count.drawn,),
        note=folds.unsteady_note(question.release, own, question.lang) if own else "",
        notes=[*_folded(question, count), *_away(question, count), *_stopped(question, count)],
        detail=step.detail(question),
        options={"measure": count.fact.id},
    )


def _figure(question: Question, count: CampCount) -> dict[str, Any]:
    base = question.base(count.fact)
    most = windows.largest(question, count.fact, "camp", played(question))
    numbered = number_classes(max(most, *count.sizes.values(), 0), base)
    classes = area_map.map_classes(question, numbered, base)
    index = {
        code: found + 1
        for code, found in zip(count.sizes, class_of(count.sizes.values(), numbered), strict=True)
    }
    for codes, name, colour in (
        (count.under, "class_under", theme.SUNKEN),
        (count.outside, "class_outside", theme.SURFACE),
    ):
        if codes:
            index |= dict.fromkeys(codes, len(classes))
            classes.append(MapClass(question.say(f"{_ID}.{name}"), colour, apart=True))
    largest = sorted(count.tiles, key=lambda tile: -count.sizes.get(tile.code, -1))
    return tilemap(
        [_tile(question, count, tile, index[tile.code]) for tile in largest],
        classes,
        groups=_groups(question, count),
        view="camps",
        legend_title=question.say(f"hotspots.map.legend_{count.fact.id}"),
        notice=question.say(f"{_ID}.notice"),
        lang=question.lang,
        outlined=[
            tile.code for tile in count.tiles if tile.code in question.filters.codes_of("area")
        ],
    )


def _tile(question: Question, count: CampCount, tile: CampTile, class_index: int) -> Tile:
    size = count.sizes.get(tile.code, 0)
    few = is_few(size, question.base(count.fact))
    return Tile(
        tile.code,
        tile.label,
        tile.region,
        tile.column,
        tile.row,
        class_index,
        numbers.number(size, question.lang) if size and not few else "",
        _lines(question, count, tile.code),
    )


def _groups(question: Question, count: CampCount) -> list[TileGroup]:
    regions = dict.fromkeys(tile.region for tile in count.tiles)
    return [TileGroup(code, question.place_name(code)) for code in regions]


def _lines(question: Question, count: CampCount, code: str) -> list[str]:
    """What pointing at a camp says."""
    name, fact = question.place_name(code), count.fact
    if code in count.outside:
        return [name, question.say(f"{_ID}.class_outside")]
    if code in count.under:
        area = question.place_name(count.under[code])
        return [name, question.say(f"{_ID}.hover_under", area=area)]
    size = count.sizes[code]
    number, unit = question.about(size, fact), fact.unit_in(question.lang)
    low, high = count.drawn.error.interval(size)
    span = numbers.span(low, high, question.lang)
    between = [] if low == high else [question.say("shared.between", range=span)]
    return [name, question.say("hotspots.map.hover", number=number, unit=unit), *between]


def _table(question: Question, count: CampCount) -> Table:
    """Camps from the largest to the smallest, those counted under an area, and that area."""
    lang, unit = question.lang, count.fact.unit_in(question.lang)
    region = {tile.code: question.place_name(tile.region) for tile in count.tiles}
    ranked = sorted({**count.sizes, **count.tileless}.items(), key=lambda entry: -entry[1])
    rows: list[tuple[str, str, str, int | None, str]] = [
        (code, question.place_name(code), region.get(code, ""), size, "") for code, size in ranked
    ]
    rows += [
        (code, question.place_name(code), region[code], None, question.place_name(area))
        for code, area in count.under.items()
    ]
    rows += [("", label, "", size, "") for label, size in _areas(question, count)]
    ends = ranges.columns(question, count.fact, count.drawn)
    return Table(
        (
            Column("code", question.say("hotspots.column_code"), hxl=hxl.code_of(PLACE)),
            Column("camp", question.say("hotspots.level_camp", n=1), hxl=hxl.name_of(PLACE, lang)),
            Column("region", question.say(f"{_ID}.column_region")),
            Column(count.fact.unit, begin(unit), unit),
            *ends,
            *_under_column(question, count),
        ),
        tuple(
            (
                *row[:4],
                *(_ends(count, row[3]) if ends else ()),
                *(row[4:] if count.under else ()),
            )
            for row in rows
        ),
    )


def _under_column(question: Question, count: CampCount) -> list[Column]:
    return [Column("under", question.say(f"{_ID}.column_under"))] if count.under else []


def _ends(count: CampCount, size: int | None) -> tuple[Cell, Cell]:
    return (None, None) if size is None else count.drawn.error.interval(size)


def _areas(question: Question, count: CampCount) -> list[tuple[str, int]]:
    """What lies in no camp, the largest area first, and at last what lies anywhere else."""
    around = sorted(count.around.items(), key=lambda entry: -entry[1])
    named = [
        (question.say("hotspots.elsewhere_in", area=question.place_name(code)), size)
        for code, size in around
    ]
    rest = [(question.say(f"{_ID}.elsewhere"), count.away)] if count.away else []
    return [*named, *rest]


def _title(question: Question, count: CampCount) -> str:
    """The camp that leads, or the two that are too close to rank."""
    unit = count.fact.unit_in(question.lang)
    sizes = [size for _, size in count.ranked]
    if not (count.asked or sizes):
        return question.say(f"{_ID}.title_elsewhere")
    if not sizes:
        key = "title_empty" if count.sizes else "title_none"
        return question.say(f"{_ID}.{key}", unit=unit)
    first = question.place_name(count.ranked[0][0])
    if len(sizes) > 1 and not count.drawn.leads(sizes):
        second = question.place_name(count.ranked[1][0])
        return question.say(f"{_ID}.title_close", first=first, second=second)
    number = question.about(sizes[0], count.fact)
    key = _first_key(question, count, sizes[0])
    return question.say(f"{_ID}.{key}", first=first, number=number, unit=unit)


def _first_key(question: Question, count: CampCount, size: int) -> str:
    """Whether a camp comes first of all, or of those that are shown alone."""
    if count.asked == 1:
        return "title_only"
    most = folds.most_while_folded(question.release, count.fact, question.period)
    return "title_shown" if count.under and size <= most else "title_first"


def _description(question: Question, count: CampCount) -> str:
    lang, base = question.lang, question.base(count.fact)
    period = dates.period(question.period, lang)
    unit = count.fact.unit_in(lang)
    named = [
        question.say("hotspots.named", name=question.place_name(code),
            number=numbers.about(size, base, lang))
        for at, (code, size) in enumerate(count.ranked[:_DESCRIBED])
        if at == 0 or not is_few(size, base)
    ]  # fmt: skip
    parts = [question.say(f"{_ID}.description", unit=unit, period=period)]
    if named:
        parts.append(question.say("hotspots.described", names=", ".join(named)))
    return " ".join([*parts, *_folded(question, count), *_away(question, count)])


def _folded(question: Question, count: CampCount) -> list[str]:
    """How many camps have no number of their own, and where they are counted instead."""
    if not count.under:
        return []
    areas = dict.fromkeys(map(question.place_name, count.under.values()))
    return [
        question.say(
            f"{_ID}.note_under",
            n=len(count.under),
            all=count.asked,
            unit=count.fact.unit_in(question.lang),
            areas=filter_words.either(list(areas), question.lang),
        )
    ]


def _away(question: Question, count: CampCount) -> list[str]:
    """What lies in no camp, in one short sentence, or nothing; the table has all of it."""
    parts: list[str] = []
    areas = sorted(_areas(question, count), key=lambda entry: -entry[1])
    for label, size in areas[:_AWAY]:
        where = f"{label[:1].lower()}{label[1:]}"
        number = question.about(size, count.fact)
        parts.append(question.say("hotspots.away", number=number, where=where))
    if rest := areas[_AWAY:]:
        number = question.about(sum(size for _, size in rest), count.fact)
        parts.append(question.say("hotspots.away_rest", n=len(rest), number=number))
    return _note(question, count, "note_away", parts="; ".join(parts)) if parts else []


def _stopped(question: Question, count: CampCount) -> list[str]:
    """That checkpoints are left out, and how much that is."""
    if question.filters.codes_of("role"):
        return []
    asked = (question.release, count.fact, question.filters, question.period)
    stopped = queries.total(*asked) - count.total
    if not stopped:
        return []
    return _note(question, count, "note_stopped", number=question.about(stopped, count.fact))


def _note(question: Question, count: CampCount, key: str, **values: object) -> list[str]:
    level = question.say("hotspots.level_camp", n=1).lower()
    unit = count.fact.unit_in(question.lang)
    return [question.say(f"hotspots.{key}", unit=unit, level=level, **values)]
