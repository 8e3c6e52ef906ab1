"""The map of areas. Id: hotspots.map; the overview has the same one by ``number_map``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dashboard.exhibits.counts import area_counts, windows
from dashboard.exhibits.counts.area_counts import AreaCount
from dashboard.exhibits.counts.home import COUNTRY, home
from dashboard.exhibits.exhibit import AUTO, Column, Exhibit
from dashboard.exhibits.hotspots import said, unusual
from dashboard.exhibits.hotspots.paints import SHOW, Paint, in_corner, paint, table
from dashboard.exhibits.hotspots.said import LEVEL, MEASURE, PLAY, VIEW
from dashboard.exhibits.parts import area_map
from dashboard.exhibits.parts.frame import made
from dashboard.exhibits.parts.offers import offered
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.figures.choropleth import corner
from dashboard.model import hxl
from dashboard.words import numbers

#: A finding may say that so many areas together hold half.
_MOST_FOR_HALF = 10
#: Areas that are named in the corner of a map.
_IN_CORNER = 5


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
    fact = said.counted_fact(question)
    if fact is None:
        return said.refused(question, exhibit_id)
    step = said.step_of(question, fact)
    count = step.counted
    if not count.total:
        around = said.area_frame(question, step)
        return offered(exhibit_id, around, said.nothing_counted(question, fact))
    shown = paint(count)
    told = [*said.notes(count), *shown.notes]
    columns = (
        Column("code", count.say("hotspots.column_code"), hxl=hxl.code_of(count.level)),
        Column("area", count.level_name(1), hxl=hxl.name_of(count.level, count.lang)),
        Column("within", count.say("hotspots.column_within")),
    )
    return made(
        exhibit_id,
        said.area_frame(
            question, step, told, note=shown.why or said.placed(count), show=shown.show
        ),
        title=shown.title or _title(count),
        figure=_drawn(count, shown),
        table=table(count, columns, lambda code: said.parent_name(question, code), shown),
        description=said.description(count, "map"),
    )


def _drawn(count: AreaCount, shown: Paint) -> dict[str, Any]:
    """The map, with the country beside an area, or its home beside the country."""
    other = _other(count, shown)
    if other is None:
        return area_map.figure(count, shown.painted)
    beside = in_corner(other, shown, area_map.classes_shown(count))
    painted = shown.painted
    if shown.show == "usual":
        painted = unusual.with_classes_of(count, painted, beside)
    named = dict(list(beside.marks.items())[:_IN_CORNER])
    area = COUNTRY if COUNTRY in other.view else home(count.question.release)
    levels = other.level_name(2).lower()
    title = count.say("hotspots.map.corner", area=count.name(area), levels=levels)
    drawn = area_map.figure(other, replace(beside, marks=named))
    return area_map.figure(count, painted, corner(drawn, title, _window(other, shown)))


def _window(other: AreaCount, shown: Paint) -> str:
    """The months that areas in the corner are judged by, where colours say that."""
    found = unusual.against(other.question, other.fact, other.level)
    return other.dated(found.window) if found and shown.show == "usual" else ""


def _other(count: AreaCount, shown: Paint) -> AreaCount | None:
    """What stands beside; nothing of what is chosen or played, nor of rates, which have one level.

    An area beside has no corner of its own.
    """
    question, is_nation = count.question, COUNTRY in count.view
    is_alone = count.chosen or home(question.release) == COUNTRY or shown.show == "rate"
    if is_alone or said.played(question) != windows.OFF:
        return None
    view = {"view": AUTO if is_nation else "country"}
    other = replace(question, options={**question.options, **view})
    level = area_counts.level_ladder(other).rungs[0].id
    return area_counts.count_areas(other, count.fact, level)


def _title(count: AreaCount) -> str:
    """The fewest areas that together hold half, or the first one where that says little."""
    if not count.named:
        return said.share_title(count)
    held, needed = 0, 0
    for _, size in count.ranked:
        held, needed = held + size, needed + 1
        if 2 * held >= count.total:
            break
    told = (held, count.total, count.drawn.base)
    is_close, holds_half = said.two_lead(count), 2 * held >= count.total
    says_little = (
        numbers.percent(*told) is None
        or not holds_half
        or needed > _MOST_FOR_HALF
        or held == count.total
    )
    if is_close and (says_little or needed == 1):
        return said.close_title(count)
    if says_little:
        return said.first_title(count)
    if is_close:
        levels = count.level_name(2).lower()
        return said.say_share(count, "map.title_half_close", held, n=needed, levels=levels)
    code, size = count.ranked[0]
    first, number = count.name(code), count.about(size)
    if needed == 1:
        return said.say_share(count, "map.title_one", held, first=first)
    share = numbers.share(*told, count.lang)
    return count.say_of("map.title_half", n=needed, share=share, first=first, number=number)
