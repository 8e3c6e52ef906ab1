"""The map of areas. Id: hotspots.map; the overview has the same one by ``number_map``."""

from __future__ import annotations

from dashboard.exhibits.counts.area_counts import AreaCount
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Table
from dashboard.exhibits.hotspots.paints import SHOW, Paint, paint
from dashboard.exhibits.hotspots.said import (
    LEVEL,
    MEASURE,
    PLAY,
    VIEW,
    area_frame,
    close_title,
    counted_fact,
    description,
    few_title,
    first_title,
    level_name,
    notes,
    nothing_counted,
    parent_name,
    refused,
    say_of,
    step_of,
    two_lead,
    unmapped,
)
from dashboard.exhibits.parts import area_map, ranges
from dashboard.exhibits.parts.frame import made
from dashboard.exhibits.parts.offers import offered
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.model import hxl
from dashboard.words import numbers
from dashboard.words.catalogue import begin, say

#: A finding may say that so many areas together hold half.
_MOST_FOR_HALF = 10


@exhibit(
    "hotspots.map",
    facts=("incidents", "people"),
    options=(MEASURE, SHOW, LEVEL, VIEW, PLAY),
    geometry="areas",
)
def hotspots_map(question: Question) -> Exhibit:
    """Areas in number classes; a click gives the code of the area to look into."""
    return number_map("hotspots.map", question)


def number_map(exhibit_id: str, question: Question) -> Exhibit:
    """The map of a measure as an exhibit of any page, at the level that was asked for, if any."""
    fact = counted_fact(question)
    if fact is None:
        return refused(question, exhibit_id)
    step = step_of(question, fact)
    count = step.counted
    if not count.total:
        return offered(exhibit_id, area_frame(question, step), nothing_counted(question, fact))
    shown = paint(question, count)
    told = [*notes(question, count), *shown.notes]
    return made(
        exhibit_id,
        area_frame(question, step, told, note=shown.why, show=shown.show),
        title=shown.title or _map_title(question, count),
        figure=area_map.figure(question, count, shown.painted),
        table=_map_table(question, count, shown),
        description=description(question, count, "map"),
    )


def _map_table(question: Question, count: AreaCount, paint: Paint) -> Table:
    lang, unit = question.lang, count.fact.unit_in(question.lang)
    ranked = sorted(count.sizes.items(), key=lambda entry: -entry[1])
    ends = ranges.columns(question, count.fact, count.drawn)

    def row(code: str, name: str, within: str, size: int) -> tuple[Cell, ...]:
        own = paint.cells.get(code, (None,) * len(paint.columns))
        if code in count.silent:
            return (code, name, within, None, *((None, None) if ends else ()), *own)
        return (code, name, within, size, *(count.drawn.error.interval(size) if ends else ()), *own)

    rows = [
        row(code, question.place_name(code), parent_name(question, code), size)
        for code, size in ranked
    ]
    rows += [row("", label, "", size) for label, size in unmapped(question, count)]
    return Table(
        (
            Column("code", say("hotspots.column_code", lang), hxl=hxl.code_of(count.level)),
            Column("area", level_name(question, count, 1), hxl=hxl.name_of(count.level, lang)),
            Column("within", say("hotspots.column_within", lang)),
            Column(count.fact.unit, begin(unit), unit),
            *ends,
            *paint.columns,
        ),
        tuple(rows),
    )


def _map_title(question: Question, count: AreaCount) -> str:
    """The fewest areas that together hold half, or the first one where that says little."""
    base = question.base(count.fact)
    if not count.ranked:
        return say_of(question, "map.title_none", count)
    if not count.named and len(count.sizes) > 1:
        return few_title(question, count)
    first = question.place_name(count.ranked[0][0])
    held, needed = 0, 0
    for _, size in count.ranked:
        held, needed = held + size, needed + 1
        if 2 * held >= count.total:
            break
    share = numbers.share(held, count.total, base, question.lang)
    if needed == 1 and two_lead(count):
        return close_title(question, count)
    number = numbers.about(count.ranked[0][1], base, question.lang)
    holds_half = 2 * held >= count.total
    if share is None or not holds_half or needed > _MOST_FOR_HALF or held == count.total:
        if two_lead(count):
            return close_title(question, count)
        return first_title(question, count, first, number)
    if needed == 1:
        return say_of(question, "map.title_one", count, first=first, share=share)
    if two_lead(count):
        return say_of(question, "map.title_half_close", count, n=needed, share=share)
    return say_of(
        question, "map.title_half", count, n=needed, share=share, first=first, number=number
    )
