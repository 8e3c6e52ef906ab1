"""The ranked list of areas: it does all that the map does, and goes on to camps.

Id: hotspots.ranking. Each area has a dot at its number and a line over what that number stands for;
those with a few each stand together (``together``).
"""

from __future__ import annotations

from collections.abc import Mapping

from dashboard import queries
from dashboard.analysis.expected_error import AMONG_FIRST, likelihood_among_first
from dashboard.exhibits.counts import splits
from dashboard.exhibits.counts.area_counts import CAMPS, AreaCount, camps_inside, count_areas
from dashboard.exhibits.counts.new_values import news_of_areas
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.hotspots import unusual
from dashboard.exhibits.hotspots.said import (
    LIST_LEVEL,
    MEASURE,
    PLAY,
    VIEW,
    area_frame,
    areas_named,
    counted_fact,
    description,
    level_name,
    notes,
    nothing_counted,
    parent_name,
    refused,
    share_title,
    silent_here,
    step_of,
    unmapped,
)
from dashboard.exhibits.hotspots.together import together
from dashboard.exhibits.parts import display_rule, rankings
from dashboard.exhibits.parts.frame import made
from dashboard.exhibits.parts.offers import offered
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option, exhibit

_TOP = Option("top", ("15", "50", "all"))
#: How many areas are the top few, and the months of a period of which that is said: a month tells
#: too little.
_TOP_FEW, _RANKED = 3, (3, 12)
#: Areas without reporting that are named; of more it is said how many they are.
_SILENT = 5


@exhibit(
    "hotspots.ranking",
    facts=("incidents", "people"),
    options=(MEASURE, LIST_LEVEL, VIEW, PLAY, _TOP),
)
def hotspots_ranking(question: Question) -> Exhibit:
    """Areas by number, each with its range, share, change, and the link that looks into it."""
    fact = counted_fact(question)
    if fact is None:
        return refused(question, "hotspots.ranking")
    step = step_of(question, fact, camps=True)
    count = step.counted
    if not count.total:
        around = area_frame(question, step)
        return offered("hotspots.ranking", around, nothing_counted(question, fact))
    split = _split(question, count)
    compared = question.compared_span
    before = count_areas(question, fact, count.level, compared).sizes if compared else None
    marks, news = _marks(question, count), news_of_areas(question, count)
    named = {code for code, _ in count.named}
    rows = [
        rankings.Row(
            code,
            question.place_name(code),
            size,
            split.get(code) if split else None,
            before[code] if before is not None else None,
            rankings.query(question, question.filters.with_codes("area", (code,)), keep=(MEASURE,)),
            note=parent_name(question, code),
            marks=marks.get(code, {}),
            is_ranked=code in named,
            is_new=news.get(code) == "new",
            is_back=news.get(code) == "back",
        )
        for code, size in count.ranked
    ]
    away = [
        rankings.Row("", label, size, None, None, "", is_ranked=False)
        for label, size in unmapped(question, count)
    ]
    silent = _silent(question, count)
    return made(
        "hotspots.ranking",
        area_frame(
            question,
            step,
            [*notes(question, count), *rankings.notes(question, compared)],
            camps_inside(question),
        ),
        title=share_title(question, count),
        figure=rankings.figure(
            question,
            count.drawn,
            [*(row for row in rows if row.is_ranked), *together(question, count), *silent],
            label=level_name(question, count, 1),
            top=question.options["top"],
            as_dots=True,
        ),
        table=rankings.table(
            question,
            count.drawn,
            [*rows, *away, *silent],
            column=count.level,
            label=level_name(question, count, 1),
            note_label=question.say("hotspots.column_within"),
            compared=compared,
            as_dots=True,
        ),
        description=description(question, count, "ranking"),
    )


def _silent(question: Question, count: AreaCount) -> list[rankings.Row]:
    """Areas from which no agency reported: a few by name, more by their number."""
    silent = silent_here(question, count)
    marks = {"silent": question.say("hotspots.silent.said")}
    if len(silent) > _SILENT:
        label = areas_named(question, count, silent)
        return [
            rankings.Row("", label, 0, None, None, "", is_ranked=False, marks=marks, is_known=False)
        ]
    return [
        rankings.Row(
            code,
            question.place_name(code),
            0,
            None,
            None,
            rankings.query(question, question.filters.with_codes("area", (code,)), keep=(MEASURE,)),
            note=parent_name(question, code),
            is_ranked=False,
            marks=marks,
            is_known=False,
        )
        for code in silent
    ]


def _marks(question: Question, count: AreaCount) -> Mapping[str, Mapping[str, str]]:
    """What is said of areas in a word: likely in the top three, more or fewer than usual."""
    found = unusual.against_usual(question, count.fact, count.level)
    marks = {code: dict(of) for code, of in unusual.marks(question, found).items()}
    if question.period.months in _RANKED and len(count.ranked) > _TOP_FEW:
        sizes = [size for _, size in count.ranked]
        likely = likelihood_among_first(sizes, count.drawn.error, _TOP_FEW)
        said = question.say("hotspots.ranking.top_three")
        for (code, _), chance in zip(count.ranked, likely, strict=True):
            if chance >= AMONG_FIRST:
                marks[code] = {"top": said, **marks.get(code, {})}
    return marks


def _split(question: Question, count: AreaCount) -> Mapping[str, dict[str, int]] | None:
    """Sizes by area and part, or None where such numbers tell too little, as those of camps do."""
    if count.level in CAMPS:
        return None
    filters = queries.shown_roles(question.filters)
    rows = queries.counts(
        question.release, count.fact, filters, question.period, (count.level, "class_group")
    )
    sizes = splits.split(rows)
    by = (count.level, splits.by_part())
    cells = [size for area, parts in sizes.items() if area for size in parts.values() if size]
    drawn = display_rule.drawn(question, count.fact, by, cells, filters=filters)
    return sizes if drawn.holds else None
