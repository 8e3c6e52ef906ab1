"""The map of an area count: its number classes, colours, labels and what pointing at it says.

Which areas there are and how many events they hold stands in ``area_counts``; titles, and what else
may be painted than numbers, in ``hotspots``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from dashboard import queries
from dashboard.analysis.classes import (
    NumberClass,
    class_of,
    number_classes,
)
from dashboard.analysis.expected_error import ExpectedError
from dashboard.exhibits.counts import splits
from dashboard.exhibits.counts.area_counts import (
    LEVELS,
    AreaCount,
    areas_shown,
    box_of,
    centre,
    column_of_level,
    not_told,
    way_down,
)
from dashboard.exhibits.counts.home import COUNTRY
from dashboard.exhibits.counts.new_values import news_of_areas
from dashboard.exhibits.parts import display_rule
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.question import Question
from dashboard.figures import theme
from dashboard.figures.choropleth import Area, MapClass, Outline, choropleth
from dashboard.figures.map_description import Label
from dashboard.model.periods import Span
from dashboard.model.protection import is_few, is_protected
from dashboard.words import numbers
from dashboard.words.catalogue import begin, say

#: How many places without a number a map names.
_NAMED = 9


@dataclass(frozen=True)
class Painted:
    """What a map says of areas by colour and number.

    Attributes:
        title: What its classes are.
        classes: The classes from low to high.
        of: Index of the class of each area of the count.
        marks: Numbers that stand on areas or beside their names where there is room, the most
            important first.
        lines: What pointing at an area says under its name.
        words: What stands behind the numbers of some areas.
    """

    title: str
    classes: Sequence[MapClass]
    of: Mapping[str, int]
    marks: Mapping[str, str]
    lines: Mapping[str, Sequence[str]]
    words: Mapping[str, str] = field(default_factory=dict[str, str])


def figure(question: Question, count: AreaCount, painted: Painted | None = None) -> dict[str, Any]:
    """The map of a count: of its numbers where nothing else is painted."""
    release, lang = question.release, question.lang
    paint = painted or by_number(question, count)
    largest = sorted(count.sizes, key=lambda code: -count.sizes[code])
    drawn = choropleth(
        [
            Area(code, paint.of[code], [question.place_name(code), *paint.lines[code]])
            for code in largest
        ],
        paint.classes,
        level=count.level,
        box=box_of(release, count.view),
        view=":".join((count.level, *sorted(count.view))),
        legend_title=paint.title,
        labels=_labels(question, count, paint),
        outlines=_outlines(question, count),
        notice=say("shell.card.disclaimer", lang),
        lang=lang,
    )
    return drawn | {"way": _way(question, count)}


def classes_of(count: AreaCount, base: int, largest: int = 0) -> tuple[NumberClass, ...]:
    """Classes of the numbers of areas, and of a number that they must serve too."""
    return number_classes(max(largest, *count.sizes.values(), 0), base)


def by_number(question: Question, count: AreaCount, largest: int = 0) -> Painted:
    """Areas in classes of their numbers.

    Args:
        question: What the reader looks at.
        count: The areas.
        largest: A number that the classes must serve too, since another period has it.
    """
    base, lang = question.base(count.fact), question.lang
    classes = classes_of(count, base, largest)
    news, lines = news_of_areas(question, count), number_lines(question, count)
    untold = {} if largest else _untold(question, count)
    looks = map_classes(question, classes, _still(question, count) if largest else count.drawn)
    of = {
        code: index + 1
        for code, index in zip(count.sizes, class_of(count.sizes.values(), classes), strict=True)
    }
    return Painted(
        say(f"hotspots.map.legend_{count.fact.id}", lang),
        [*looks, *_class_of_untold(question, count, untold)],
        {**of, **dict.fromkeys(untold, len(looks))},
        {code: numbers.number(size, lang) for code, size in count.ranked if not is_few(size, base)},
        {
            **lines,
            **{
                code: (*lines[code], question.say(f"hotspots.map.is_{said}"))
                for code, said in news.items()
            },
        },
        {code: question.say(f"hotspots.map.mark_{said}") for code, said in news.items()},
    )


def _still(question: Question, count: AreaCount) -> Drawn:
    """The cut of the last months of the release, as many as are shown: the same in every frame."""
    last = Span.last(question.period.months, until=question.release.span.end)
    by, filters = (column_of_level(count.level),), queries.shown_roles(question.filters)
    return display_rule.drawn(replace(question, period=last), count.fact, by, (), filters=filters)


def _untold(question: Question, count: AreaCount) -> dict[str, str]:
    """Empty areas that a map looks at, in one of which no finer is told, by their code."""
    release = question.release
    seen = None
    if COUNTRY not in count.view:
        seen = {*areas_shown(release, count.level, count.view)}
    around = not_told(release, count)
    return {code: above for code, above in around.items() if seen is None or code in seen}


def _class_of_untold(
    question: Question, count: AreaCount, untold: Mapping[str, str]
) -> list[MapClass]:
    """The look of such areas: it is known that more happened around them and not where."""
    areas = list(dict.fromkeys(untold.values()))
    if not areas:
        return []
    levels = {"level": say(f"hotspots.level_{count.level}", question.lang, n=1).lower()}
    if len(areas) > 1:
        label = question.say("hotspots.map.class_untold", **levels)
    else:
        number = numbers.number(count.within[areas[0]], question.lang)
        name = question.place_name(areas[0])
        label = question.say("hotspots.map.class_untold_in", number=number, area=name, **levels)
    return [MapClass(label, theme.BORDER, apart=True)]


def _way(question: Question, count: AreaCount) -> list[dict[str, Any]]:
    """The areas from the country down to what the map opens on, as links of a card name them."""
    return [
        {"code": code, "label": question.place_name(code), "view": view, "is_now": is_now}
        for code, view, is_now in way_down(question, count.view)
    ]


def _labels(question: Question, count: AreaCount, painted: Painted) -> list[Label]:
    """Each area with a number, beside its name; of a handful also the names of the rest."""
    release, lang, marks = question.release, question.lang, painted.marks
    inside = areas_shown(release, count.level, count.view) if COUNTRY not in count.view else []
    plain = [code for code in inside if code not in marks]

    def said(code: str) -> str:
        return " ".join(filter(None, (marks.get(code), painted.words.get(code))))

    return [
        Label(release.place_name(code, lang), said(code), *point)
        for code in (*marks, *plain[:_NAMED])
        if (point := centre(release, code))
    ]


def map_classes(question: Question, classes: Sequence[NumberClass], drawn: Drawn) -> list[MapClass]:
    """Looks and labels of number classes, before them the one of nothing."""
    lang = question.lang
    colours = theme.shades(splits.ramp(question.filters), len(classes))
    none = "none_or_very_few" if is_protected(drawn.base) else "none"
    return [
        MapClass(say(f"hotspots.map.class_{none}", lang), theme.SURFACE),
        *(
            MapClass(_class_label(entry, drawn.error, lang), colour)
            for entry, colour in zip(classes, colours, strict=True)
        ),
    ]


def _class_label(entry: NumberClass, error: ExpectedError, lang: str) -> str:
    low, high = numbers.number(entry.low, lang), entry.high
    if high is None:
        return say("hotspots.map.class_open", lang, low=low)
    if entry.few:
        ends = [error.interval(size) for size in range(entry.low, high + 1)]
        least, most = min(end for end, _ in ends), max(end for _, end in ends)
        return begin(numbers.few_between(least, most, lang))
    if high == entry.low:
        return low
    return say("hotspots.map.class_range", lang, low=low, high=numbers.number(high, lang))


def _outlines(question: Question, count: AreaCount) -> list[Outline]:
    """A strong line around what was chosen or is looked at, where it has a boundary."""
    by_level: dict[str, list[str]] = {}
    for code in count.chosen or (() if COUNTRY in count.view else count.view):
        by_level.setdefault(question.release.places[code].level, []).append(code)
    return [Outline(level, by_level[level]) for level in LEVELS if level in by_level]


def number_lines(question: Question, count: AreaCount) -> dict[str, tuple[str, ...]]:
    """The number of each area in words, with what it stands for at least and at most."""
    lang, base = question.lang, question.base(count.fact)
    unit = count.fact.unit_in(lang)

    @cache  # most areas of a fine level have the same number: none
    def lines(size: int) -> tuple[str, ...]:
        number = numbers.about(size, base, lang)
        low, high = count.drawn.error.interval(size)
        said = say("hotspots.map.hover", lang, number=number, unit=unit)
        if low == high:
            return (said,)
        return said, question.say("shared.between", range=numbers.span(low, high, lang))

    return {code: lines(size) for code, size in count.sizes.items()}
