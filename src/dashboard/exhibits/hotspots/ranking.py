"""The ranked list of areas: it does all that the map does, and goes on to camps.

Id: hotspots.ranking. Each area has a dot at its number and a line over its range. Areas with a few
each are one row by the area around them; beside it is what is known to be in that area, and not
where in it. Ranks that are too close to tell apart are in one band (``bands``). The table has every
area by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from math import sqrt
from typing import Any

from dashboard import queries
from dashboard.analysis.expected_error import AMONG_FIRST, likelihood_among_first
from dashboard.exhibits.counts import area_counts, splits
from dashboard.exhibits.counts.area_counts import CAMPS, AreaCount
from dashboard.exhibits.counts.comparisons import Comparisons
from dashboard.exhibits.counts.home import way_up
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.hotspots import bands, unusual, wording
from dashboard.exhibits.hotspots.wording import LIST_LEVEL, MEASURE, PLAY, VIEW
from dashboard.exhibits.parts import against_usual, breakdowns, rankings, reporting
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.parts.empty_state import empty_exhibit, not_recorded_exhibit
from dashboard.exhibits.parts.frame import make_exhibit
from dashboard.exhibits.parts.rankings import Row
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option, exhibit
from dashboard.model.camps import REGION_OF
from dashboard.model.counted_by import Gathered, column_of
from dashboard.model.facts import PEOPLE

_ID = "hotspots.ranking"
_TOP = Option("top", ("15", "50", "all"))
#: How many areas are the top few, and the lengths in months of periods that say which they are: one
#: month tells too little.
_TOP_FEW, _TOP_MONTHS = 3, (3, 12)
#: How many areas with a few events a row of the list names, and a line below it; of more they say
#: how many they are.
_NAMED, _IN_LINE = 3, 5
#: In place of the code of the area around: small areas of several areas around, as one row.
_REST = ""
#: Areas without reporting that are named; more are only counted.
_SILENT = 5


@exhibit(
    _ID,
    facts=("incidents", "people"),
    options=(MEASURE, LIST_LEVEL, VIEW, PLAY, _TOP),
    compares=True,
)
def hotspots_ranking(question: Question) -> Exhibit:
    """Areas by number, each with its range, share, change, and the link that looks into it."""
    fact = wording.counted_fact(question)
    if fact is None:
        return not_recorded_exhibit(question, PEOPLE)
    step = wording.choose_level(question, fact, camps=True)
    count, compared = step.counted, question.compared_span
    if not count.total:
        offer = wording.nothing_counted(question, fact)
        return empty_exhibit(wording.area_frame(step), offer)
    comparisons = unusual.against(question, count.fact, count.level)
    rows, few, silent = _rows(count, comparisons), _few_by_parent(count), _silent_rows(count)
    unmapped = [_unranked_row(label, size) for label, size in wording.unmapped(count)]
    notes = [
        *wording.notes(count),
        *([against_usual.note(question, comparisons)] if comparisons else []),
        *reporting.notes(question, compared),
    ]
    figure = rankings.figure(
        question,
        count.breakdown,
        [*(row for row in rows if row.is_ranked), *_unranked_rows(count, few), *silent],
        label=count.level_name(1),
        top=question.options["top"],
        as_dots=True,
        judged_label=against_usual.header(question, comparisons, count.fact),
        compared=compared,
    )
    listed_codes = [row["code"] for row in figure["rows"] if row["rank"] is not None]
    return make_exhibit(
        wording.area_frame(step, notes, *area_counts.camps_inside(question)),
        title=wording.share_title(count),
        figure={
            **figure,
            **bands.in_bands(count, listed_codes, comparisons),
            "small": _small_lines(count, few),
        },
        table=rankings.table(
            question,
            count.breakdown,
            [*rows, *unmapped, *silent],
            column=count.level,
            label=count.level_name(1),
            note_label=question.translate("hotspots.column_within"),
            compared=compared,
            comparisons=comparisons,
            as_dots=True,
        ),
        description=wording.description(count, "ranking"),
    )


def _rows(count: AreaCount, comparisons: Comparisons | None) -> list[Row]:
    """A row for every area with events; those with enough to be named have a rank."""
    question, before = count.question, None
    if compared := question.compared_span:
        before = area_counts.count_areas(question, count.fact, count.level, compared).sizes
    split, marks = _split(count), _marks(count)
    named_codes = dict(count.named)
    return [
        Row(
            code,
            count.name(code),
            size,
            split.get(code),
            before.get(code, 0) if before is not None else None,
            _link(question, code),
            note=wording.parent_name(question, code),
            marks=marks.get(code, {}),
            is_ranked=code in named_codes,
            comparison=comparisons.rows.get(code) if comparisons else None,
            usual=against_usual.in_list(question, comparisons, code, count.fact),
        )
        for code, size in count.ranked
    ]


def _unranked_row(label: str, size: int) -> Row:
    """A row without a rank, for events that lie in no area of the list."""
    return Row("", label, size, is_ranked=False)


def _link(question: Question, code: str) -> str:
    """Query string of the view that looks into an area."""
    filters = question.filters.with_codes("area", (code,))
    return rankings.query(question, filters, keep=(MEASURE,))


def _silent_rows(count: AreaCount) -> list[Row]:
    """A row for each area from which no agency reported; one row for all where they are many."""
    silent, question = wording.silent_here(count), count.question
    marks = {"silent": count.translate("hotspots.silent.said")}
    row = partial(Row, value=0, is_ranked=False, marks=marks, is_known=False)
    if len(silent) > _SILENT:
        return [row("", wording.areas_named(count, silent))]
    notes = (wording.parent_name(question, code) for code in silent)
    return [
        row(code, count.name(code), query=_link(question, code), note=note)
        for code, note in zip(silent, notes, strict=True)
    ]


def _marks(count: AreaCount) -> Mapping[str, Mapping[str, str]]:
    """Marks, by area and code of the mark: which areas are likely among the top three."""
    if count.question.period.months not in _TOP_MONTHS or len(count.ranked) <= _TOP_FEW:
        return {}
    sizes = dict(count.ranked)
    likely = likelihood_among_first([*sizes.values()], count.breakdown.error, _TOP_FEW)
    top = {"top": count.translate("hotspots.ranking.top_three")}
    return {code: top for code, p in zip(sizes, likely, strict=True) if p >= AMONG_FIRST}


def _split(count: AreaCount) -> Mapping[str, dict[str, int]]:
    """Events by area, then by part of the classes; none where these are too uncertain to show.

    Those of camps always are.
    """
    if count.level in CAMPS:
        return {}
    question, filters = count.question, queries.shown_roles(count.question.filters)
    by, sizes = (count.level, splits.by_part()), dict[str, dict[str, int]]()
    rows = question.counts(count.fact, *by, filters=filters)
    for area, part, size in rows:
        sizes.setdefault(area, dict.fromkeys(splits.PARTS, 0))[part] = size
    cells = [size for area, _, size in rows if area and size]
    breakdown = breakdowns.breakdown_of(question, count.fact, by, cells, filters=filters)
    return sizes if breakdown.is_informative else {}


def _unranked_rows(count: AreaCount, few: Mapping[str, Sequence[str]]) -> list[Row]:
    """Rows without a rank, by area around: its areas with a few, and events of no finer area.

    Args:
        count: The areas.
        few: Areas with a few events, by the area around them or _REST.
    """
    within = count.within
    breakdown = _breakdown_of_sums(count, few)
    small = [code for code, size in within.items() if count.breakdown.is_few(size)]
    rows: list[Row] = []
    for around in _areas_around(count, few):
        if around in few:
            rows.append(_row_of_few(count, around, few[around], breakdown))
        if around in within and around not in small:
            rows.append(_unranked_row(wording.within_label(count, around), within[around]))
    if few.get(_REST):
        rows.append(_row_of_few(count, _REST, few[_REST], breakdown))
    if small:
        only = wording.within_label(count, small[0]) if len(small) == 1 else ""
        label = only or count.translate_for_level("not_told_in", n=len(small))
        sizes = [within[code] for code in small]
        rows.append(replace(_unranked_row(label, sum(sizes)), breakdown=_of_sum(count, len(sizes))))
    return [*rows, *(_unranked_row(label, size) for label, size in wording.elsewhere(count))]


def _areas_around(count: AreaCount, few: Mapping[str, Sequence[str]]) -> list[str]:
    """Codes of the areas around that have lines of their own, the one with most first.

    They hold areas with a few, or more than a few events of which no finer area is known.

    Args:
        count: The areas.
        few: Areas with a few events, by the area around them or _REST.
    """
    totals = Counter(count.within)
    totals.update({code: sum(map(count.sizes.__getitem__, codes)) for code, codes in few.items()})
    large = {code for code, size in count.within.items() if not count.breakdown.is_few(size)}
    return sorted(({*few} | large) - {_REST}, key=lambda code: (-totals[code], code))


def _small_lines(count: AreaCount, few: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The lines below the list on what has no rank, one for each area around.

    Args:
        count: The areas.
        few: Areas with a few events, by the area around them or _REST.

    Returns:
        ``label`` and ``aside_label``, headers of the lines and of their numbers, and ``lines``,
        each with ``label``, ``query``, ``names`` (of its areas with a few), ``aside`` (events of
        which no finer area is known) and ``range`` (of that number).
    """
    within, around = count.within, _areas_around(count, few)
    lines = list[dict[str, str]]()
    for code in around:
        query = _link(count.question, code) if code in few else ""
        name, names = wording.name_among(count, code), _names_or_number(count, few.get(code, ()))
        lines.append(_line(count, name, within.get(code, 0), names=names, query=query))
    if rest := few.get(_REST):
        lines.append(_line(count, _others_label(count, rest), names=_names_or_number(count, rest)))
    if rest := [size for code, size in within.items() if code not in around]:
        label = count.translate_for_level("list.more", n=len(rest))
        lines.append(_line(count, label, sum(rest), parts=len(rest)))
    lines += [_line(count, label, size) for label, size in wording.elsewhere(count)]
    if silent := wording.silent_here(count):
        text = count.translate("hotspots.silent.said")
        lines.append(_line(count, wording.areas_named(count, silent), names=text))
    aside = "list.outside" if count.level in CAMPS else "list.unknown"
    return {
        "label": count.translate_for_level("list.few"),
        "aside_label": count.translate_for_level(aside),
        "lines": lines,
    }


def _line(
    count: AreaCount, label: str, size: int = 0, *, names: str = "", query: str = "", parts: int = 1
) -> dict[str, str]:
    """A line below the list on what has no rank; a number of 0 is left empty.

    Args:
        count: The areas.
        label: What the line is about.
        size: The number beside it, a sum of so many ``parts``.
        names: Areas with a few.
        query: The view that looks into it.
        parts: How many numbers are added up.
    """
    summed = replace(count, breakdown=_of_sum(count, parts))
    aside, reach = summed.numbered(size) if size else ("", "")
    return {"label": label, "names": names, "query": query, "aside": aside, "range": reach}


def _of_sum(count: AreaCount, parts: int) -> Breakdown:
    """The breakdown of a sum of so many numbers, whose errors add up as independent ones do."""
    return breakdowns.with_error(count.breakdown, lambda: count.breakdown.error.wider(sqrt(parts)))


def _names_or_number(count: AreaCount, codes: Sequence[str]) -> str:
    """At most five areas by name; of more how many they are."""
    if len(codes) > _IN_LINE:
        return wording.number_of_areas(count, len(codes))
    return ", ".join(sorted(map(count.name, codes)))


def _few_by_parent(count: AreaCount) -> dict[str, list[str]]:
    """Areas with too few events for a rank, by the area around them.

    Those of areas around with a few in all, if there are several, stand together under ``_REST``.
    """
    named, by_parent = dict(count.named), dict[str, list[str]]()
    for code in (code for code, _ in count.ranked if code not in named):
        by_parent.setdefault(_parent(count, code), []).append(code)
    sums = {around: sum(map(count.sizes.__getitem__, own)) for around, own in by_parent.items()}
    small = [around for around, size in sums.items() if count.breakdown.is_few(size)]
    if len(small) > 1:
        by_parent[_REST] = [code for around in small for code in by_parent.pop(around)]
    return by_parent


def _parent(count: AreaCount, code: str) -> str:
    """The code of the area around an area, which comes after its own on the way up."""
    return way_up(count.question.release, code)[1]


def _breakdown_of_sums(count: AreaCount, few: Mapping[str, Sequence[str]]) -> Breakdown:
    """The breakdown of the sums of areas with a few, so that these have an error of their own.

    Args:
        count: The areas.
        few: Areas with a few events, by the area around them or _REST.
    """
    by = area_counts.column_of_level(count.level)
    # The area around may be a row by its own code, so the sum of its areas has another code.
    group = {code: f"{around}+" for around, codes in few.items() for code in codes}
    if isinstance(by, Gathered):
        group |= {camp: group[region] for camp, region in REGION_OF.items() if region in group}
    gathered, filters = Gathered(column_of(by), group), count.breakdown.filters
    return breakdowns.breakdown_of(count.question, count.fact, (gathered,), (), filters=filters)


def _row_of_few(count: AreaCount, around: str, codes: Sequence[str], breakdown: Breakdown) -> Row:
    """One row for areas with a few each that lie in one area, which its link looks into.

    Args:
        count: The areas.
        around: Code of the area around them; _REST for several.
        codes: The areas with a few.
        breakdown: That of such sums.
    """
    levels, size = count.level_name(len(codes)).lower(), sum(map(count.sizes.__getitem__, codes))
    few = count.translate("hotspots.ranking.few", n=len(codes), levels=levels)
    row = partial(Row, "", value=size, is_ranked=False, breakdown=breakdown)
    if around == _REST:
        return row(_others_label(count, codes), note=few)
    if len(codes) <= _NAMED:
        names = ", ".join(sorted(map(count.name, codes)))
        few = count.translate("hotspots.ranking.few_named", few=few, names=names)
    label, query = wording.name_among(count, around), _link(count.question, around)
    return row(label, query=query, note=few)


def _others_label(count: AreaCount, codes: Sequence[str]) -> str:
    """The label of all other areas with a few events together: how many areas are around them."""
    areas = {_parent(count, code) for code in codes}
    level = count.question.release.places[min(areas)].level
    levels = count.translate(f"hotspots.level_{level}", n=len(areas)).lower()
    return count.translate("hotspots.ranking.others", n=len(areas), levels=levels)
