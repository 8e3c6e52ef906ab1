"""The map of areas. Id: hotspots.map; the overview has the same one."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import Any

from dashboard.exhibits.counts import area_counts, windows
from dashboard.exhibits.counts.area_counts import AreaCount
from dashboard.exhibits.counts.comparisons import window_of
from dashboard.exhibits.counts.home import COUNTRY, home
from dashboard.exhibits.exhibit import AUTO, Column, Exhibit
from dashboard.exhibits.hotspots import unusual, wording
from dashboard.exhibits.hotspots.paints import SHOW, choose_paint, corner_paint, table
from dashboard.exhibits.hotspots.wording import LEVEL, MEASURE, PLAY, VIEW
from dashboard.exhibits.parts import area_map
from dashboard.exhibits.parts.area_map import Paint
from dashboard.exhibits.parts.empty_state import empty_exhibit, not_recorded_exhibit
from dashboard.exhibits.parts.frame import make_exhibit
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.figures.choropleth import corner
from dashboard.model import hxl
from dashboard.model.facts import PEOPLE
from dashboard.words import numbers

#: A title says how many areas hold half of all events, if they are no more than this.
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
    fact = wording.counted_fact(question)
    if fact is None:
        return not_recorded_exhibit(question, PEOPLE)
    step = wording.choose_level(question, fact)
    count = step.counted
    if not count.total:
        offer = wording.nothing_counted(question, fact)
        return empty_exhibit(wording.area_frame(step), offer)
    paint = choose_paint(count)
    notes = [*wording.notes(count), *paint.notes]
    columns = (
        Column("code", count.translate("hotspots.column_code"), hxl=hxl.code_of(count.level)),
        Column("area", count.level_name(1), hxl=hxl.name_of(count.level, count.lang)),
        Column("within", count.translate("hotspots.column_within")),
    )
    note = paint.note or wording.placed_note(count)
    return make_exhibit(
        wording.area_frame(step, notes, note=note, show=paint.show),
        title=paint.title or _title(count),
        figure=_map(count, paint),
        table=table(count, columns, lambda code: wording.parent_name(question, code), paint),
        description=wording.description(count, "map"),
    )


def _map(count: AreaCount, paint: Paint) -> dict[str, Any]:
    """The map, with the country in its corner; where it shows the country, with its home there."""
    aside = _corner_count(count, paint.show)
    if aside is None:
        return area_map.figure(count, paint)
    aside_paint = corner_paint(aside, paint.show, area_map.classes_shown(count))
    if paint.show == "usual":
        paint = unusual.with_classes_of(count, paint, aside_paint)
    marks = dict(list(aside_paint.marks.items())[:_IN_CORNER])
    area = COUNTRY if COUNTRY in aside.view else home(count.question.release)
    levels = aside.level_name(2).lower()
    title = count.translate("hotspots.map.corner", area=count.name(area), levels=levels)
    corner_map = area_map.figure(aside, replace(aside_paint, marks=marks))
    window = aside.dated(aside.question.period) if paint.show == "usual" else ""
    return area_map.figure(count, paint, corner(corner_map, title, window))


def _corner_count(count: AreaCount, show: str) -> AreaCount | None:
    """Events of the areas in the corner of a map; None where it has no second map.

    It has none where areas are chosen, where the map always shows the country, while time is
    played, and with rates, which have one level.

    Args:
        count: The areas of the map.
        show: What the map shows, as the address names it.
    """
    question, is_nation = count.question, COUNTRY in count.view
    is_alone = count.chosen or home(question.release) == COUNTRY or show == "rate"
    if is_alone or wording.played(question) != windows.OFF:
        return None
    view = {"view": AUTO if is_nation else "country"}
    other_view = replace(question, options={**question.options, **view})
    level = area_counts.level_ladder(other_view).levels[0].id
    window = window_of(question.release, question.period, level)
    if show == "usual" and window:
        # Its numbers are of the months that its colours are about.
        other_view = replace(other_view, period=window)
    return area_counts.count_areas(other_view, count.fact, level)


def _title(count: AreaCount) -> str:
    """How many of the largest areas hold half of all events; where those are too many, the first.

    Of areas too close to rank no first one is named.
    """
    if not count.named:
        return wording.share_title(count)
    sums = [*accumulate(size for _, size in count.ranked)]
    needed = next((n for n, size in enumerate(sums, 1) if 2 * size >= count.total), len(sums))
    covered = sums[needed - 1]
    base, is_close = count.breakdown.base, wording.two_lead(count)
    says_little = (
        numbers.percent(covered, count.total, base) is None
        or 2 * covered < count.total
        or needed > _MOST_FOR_HALF
        or covered == count.total
    )
    if is_close and (says_little or needed == 1):
        return wording.close_title(count)
    if says_little:
        return wording.first_title(count)
    if is_close:
        levels = count.level_name(2).lower()
        return wording.share_phrase(count, "map.title_half_close", covered, n=needed, levels=levels)
    code, size = count.ranked[0]
    first, number = count.name(code), count.about(size)
    if needed == 1:
        return wording.share_phrase(count, "map.title_one", covered, first=first)
    share = numbers.share(covered, count.total, base, count.lang)
    return count.translate_for_level(
        "map.title_half", n=needed, share=share, first=first, number=number
    )
