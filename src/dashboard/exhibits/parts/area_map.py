"""The map of an area count: its number classes, colours, labels and what pointing at it says.

Which areas there are and how many events they hold stands in ``area_counts``; titles, and what else
may be painted than numbers, in ``hotspots``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Literal

from dashboard.analysis.classes import NumberClass, class_of, classes_of, number_classes
from dashboard.analysis.expected_error import ExpectedError
from dashboard.exhibits.counts import area_counts, splits
from dashboard.exhibits.counts.area_counts import LEVELS, AreaCount
from dashboard.exhibits.counts.home import COUNTRY
from dashboard.exhibits.exhibit import Cell, Column
from dashboard.exhibits.parts import breakdowns, ranges
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.question import Question
from dashboard.figures import theme
from dashboard.figures.choropleth import Area, MapClass, Outline, choropleth
from dashboard.figures.map_description import Label
from dashboard.model.periods import Span
from dashboard.model.protection import is_protected
from dashboard.words import numbers
from dashboard.words.catalogue import begin, translate

#: The paint that there always is.
NUMBER = "number"
#: How many places without a number a map names.
_NAMED = 9
#: Direction of a line of text; '' where it has none.
Tone = Literal["", "more", "fewer"]


@dataclass(frozen=True)
class Word:
    """What an area is against usual.

    Attributes:
        text: The word.
        tone: Its direction.
        more: The numbers behind it, where it has a direction.
    """

    text: str
    tone: Tone = ""
    more: str = ""


@dataclass(frozen=True)
class Paint:
    """What a map shows of areas by colour and number, with its title and notes.

    Attributes:
        legend: What its classes are.
        classes: The classes from low to high.
        class_of: Index of a class of each area of the count, by the area's code.
        marks: Numbers that stand on areas or beside their names where there is room, the most
            important first.
        lines: What pointing at an area says under its name, by its code.
        words: What some areas are against usual, by code.
        title: The finding, or None for that of the numbers.
        columns: Columns that the table has beside the numbers.
        cells: Their cells of an area.
        notes: What must be known to read it.
        show: Name of the paint, as the address has it.
        note: Why numbers are shown instead of what was asked for, or ''.
    """

    legend: str
    classes: Sequence[MapClass]
    class_of: Mapping[str, int]
    marks: Mapping[str, str]
    lines: Mapping[str, Sequence[str]]
    words: Mapping[str, Word] = field(default_factory=dict[str, Word])
    title: str | None = None
    columns: Sequence[Column] = ()
    cells: Callable[[str], Sequence[Cell]] = lambda _: ()
    notes: Sequence[str] = ()
    show: str = NUMBER
    note: str = ""


def figure(count: AreaCount, paint: Paint, beside: dict[str, Any] | None = None) -> dict[str, Any]:
    """The map of a count as data; areas outside its view are plain where nothing was counted.

    Args:
        count: The areas.
        paint: What is shown of them.
        beside: Another map, which stands in its corner.
    """
    largest_first = sorted(count.sizes, key=lambda code: -count.sizes[code])
    plain = {code for code, size in count.sizes.items() if not size and code not in count.in_view}
    class_of = {**paint.class_of, **dict.fromkeys(plain, len(paint.classes))}
    drawing = choropleth(
        [Area(c, class_of[c], [count.name(c), *paint.lines[c]]) for c in largest_first],
        [*paint.classes, MapClass("", theme.LAND, is_ground=True)],
        level=count.level,
        box=area_counts.box_of(count.question.release, count.view),
        view=":".join((count.level, *sorted(count.view))),
        legend_title=paint.legend,
        labels=_labels(count, paint),
        outlines=_outlines(count),
        notice=count.translate("shell.card.disclaimer"),
        lang=count.lang,
        fit=_opening_outline(count),
        beside=beside,
    )
    # Areas from the country down to what the map opens on, as links of its card.
    way = area_counts.way_down(count.question, count.view)
    return drawing | {
        "way": [
            {"code": code, "label": count.name(code), "view": view, "is_now": is_now}
            for code, view, is_now in way
        ]
    }


def _opening_outline(count: AreaCount) -> Outline | None:
    """What the map opens on, where that has a boundary."""
    if COUNTRY in count.view:
        return None
    levels = {count.question.release.places[code].level for code in count.view}
    return Outline(levels.pop(), count.view) if len(levels) == 1 and levels <= {*LEVELS} else None


def by_number(
    count: AreaCount, largest: int = 0, classes: Sequence[NumberClass] | None = None
) -> Paint:
    """Areas in classes of their numbers.

    Args:
        count: The areas.
        largest: A number that the classes must serve too, since another period has it.
        classes: The classes of another map, where it is beside that.
    """
    classes = classes_shown(count, largest) if classes is None else classes
    lines = number_lines(count)
    around = {} if largest else area_counts.areas_without_finer(count)
    breakdown = _breakdown_of_frames(count) if largest else count.breakdown
    looks = map_classes(count.question, classes, breakdown)
    classed = zip(count.sizes, class_of(count.sizes.values(), classes), strict=True)
    return Paint(
        count.fact.label_in(count.lang),
        [*looks, *class_of_untold(count, around)],
        {code: index + 1 for code, index in classed} | dict.fromkeys(around, len(looks)),
        marks(count),
        lines,
    )


def marks(count: AreaCount) -> dict[str, str]:
    """Numbers beside the names of areas, by code, the largest first: those of more than a few."""
    is_few = count.breakdown.is_few
    return {code: count.number(size) for code, size in count.ranked if not is_few(size)}


def classes_shown(count: AreaCount, largest: int = 0) -> tuple[NumberClass, ...]:
    """Classes of the numbers of a count.

    Args:
        count: The areas.
        largest: Largest number of all frames while time is played, which the classes must serve
            too; 0 where it is not.
    """
    if largest:
        return number_classes(max(largest, *count.sizes.values(), 0), count.breakdown.base)
    return classes_of(count.sizes.values(), count.breakdown.base)


def _breakdown_of_frames(count: AreaCount) -> Breakdown:
    """The breakdown of the release's last months, as many as are shown: the same in every frame."""
    question, drawn = count.question, count.breakdown
    last = Span.last(question.period.months, until=question.release.span.end)
    recent = replace(question, period=last)
    return breakdowns.breakdown_of(recent, count.fact, drawn.by, (), filters=drawn.filters)


def class_of_untold(count: AreaCount, around: Mapping[str, str]) -> list[MapClass]:
    """The class of empty areas that lie in an area with events of which no finer place is known.

    Args:
        count: The areas.
        around: The area around each empty one, by code (``areas_without_finer``); without any there
            is no class.
    """
    areas = list(dict.fromkeys(around.values()))
    if not areas:
        return []
    if len(areas) > 1:
        label = count.translate_for_level("map.class_untold")
    else:
        number = count.number(count.within[areas[0]])
        label = count.translate_for_level(
            "map.class_untold_in", number=number, area=count.name(areas[0])
        )
    return [MapClass(label, theme.BORDER, apart=True)]


def _labels(count: AreaCount, paint: Paint) -> list[Label]:
    """Labels of areas: those with a mark have number, range and word; a few others their name."""
    release, marks = count.question.release, paint.marks
    inside = area_counts.areas_shown(release, count.level, count.view)
    by_name = [c for c in inside if COUNTRY not in count.view and c not in marks]
    return [
        Label(count.name(code), marks.get(code, ""), *point, code, _notes(count, code, paint.words))
        for code in (*marks, *by_name[:_NAMED])
        if (point := area_counts.centre(release, code))
    ]


def _notes(count: AreaCount, code: str, words: Mapping[str, Word]) -> Sequence[tuple[str, Tone]]:
    """Lines under an area's number, each with its direction: the range, and the word if any.

    A word with a direction has a line of its own.
    """
    if code not in count.sizes:  # what lies around the chosen areas has a name alone
        return []
    reach = count.reach(*count.breakdown.error.interval(count.sizes[code]))
    word = words.get(code, Word(""))
    if word.tone:
        return [(reach, ""), (word.text, word.tone), (word.more, "")]
    return [(" · ".join(filter(None, (reach, word.text))), "")]


def map_classes(
    question: Question, classes: Sequence[NumberClass], breakdown: Breakdown
) -> list[MapClass]:
    """Colours and labels of number classes, after the class of none."""
    lang = question.lang
    colours = theme.shades(splits.ramp(question.filters), len(classes))
    none = "none_or_very_few" if is_protected(breakdown.base) else "none"
    return [
        MapClass(question.translate(f"hotspots.map.class_{none}"), theme.SURFACE),
        *(
            MapClass(_class_label(entry, breakdown.error, lang), colour)
            for entry, colour in zip(classes, colours, strict=True)
        ),
    ]


def _class_label(entry: NumberClass, error: ExpectedError, lang: str) -> str:
    """The ends of a class in words; a class of a few by what these may be."""
    low, high = entry.low, entry.high
    if high is not None and entry.few:
        ends = [error.interval(size) for size in range(low, high + 1)]
        least, most = min(end for end, _ in ends), max(end for _, end in ends)
        return begin(numbers.few_between(least, most, lang))
    return class_text(entry, lambda size: numbers.number(size, lang), lang)


def class_text(entry: NumberClass, text: Callable[[int], str], lang: str) -> str:
    """A class in words: one number, both of its ends, or the lower one and more.

    Args:
        entry: The class.
        text: How its ends are written.
        lang: Language.
    """
    low = text(entry.low)
    if entry.high is None:
        return translate("hotspots.map.class_open", lang, low=low)
    high = text(entry.high)
    return low if low == high else translate("hotspots.map.class_range", lang, low=low, high=high)


def _outlines(count: AreaCount) -> list[Outline]:
    """A strong line around what was chosen or is looked at, where it has a boundary."""
    codes = count.chosen or (() if COUNTRY in count.view else count.view)
    level_of = {code: count.question.release.places[code].level for code in codes}
    by_level = {level: [code for code in codes if level_of[code] == level] for level in LEVELS}
    return [Outline(level, of_level) for level, of_level in by_level.items() if of_level]


def number_lines(count: AreaCount) -> dict[str, tuple[str, ...]]:
    """The number of each area in words and its range, as lines by code."""

    @cache  # most areas of a fine level have the same number: none
    def lines(size: int) -> tuple[str, ...]:
        text = count.translate("hotspots.map.hover", number=count.about(size), unit=count.unit)
        return tuple(filter(None, (text, ranges.in_words(count.question, count.breakdown, size))))

    return {code: lines(size) for code, size in count.sizes.items()}
