"""The map of an area count: its number classes, colours, labels and what pointing at it says.

Which areas there are and how many events they hold stands in ``area_counts``; titles stand in
``hotspots``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.analysis.classes import (
    NumberClass,
    class_of,
    number_classes,
    ramp_steps,
)
from dashboard.exhibits.counts import splits
from dashboard.exhibits.counts.area_counts import (
    LEVELS,
    AreaCount,
    areas_shown,
    box_of,
    centre,
    way_down,
)
from dashboard.exhibits.counts.home import COUNTRY
from dashboard.exhibits.question import Question
from dashboard.figures import theme
from dashboard.figures.choropleth import Area, MapClass, Outline, choropleth
from dashboard.figures.map_description import Label
from dashboard.model.protection import is_few, is_protected
from dashboard.words import numbers
from dashboard.words.catalogue import say

#: How many places a map names.
_NAMED = 9


def figure(question: Question, count: AreaCount, *, largest: int = 0) -> dict[str, Any]:
    """The map of a count.

    Args:
        question: What the reader looks at.
        count: The areas.
        largest: A number that the classes must serve too, since another period has it.
    """
    release, lang = question.release, question.lang
    base = release.base(count.fact.id)
    classes = number_classes(max(largest, *count.sizes.values(), 0), base)
    ranked = sorted(count.sizes, key=lambda code: -count.sizes[code])
    areas = [
        Area(code, index + 1, _lines(question, count, code))
        for code, index in zip(
            ranked, class_of([count.sizes[code] for code in ranked], classes), strict=True
        )
    ]
    drawn = choropleth(
        areas,
        _map_classes(question, classes, base),
        level=count.level,
        box=box_of(release, count.view),
        view=":".join((count.level, *sorted(count.view))),
        legend_title=say(f"hotspots.map.legend_{count.fact.id}", lang),
        labels=_labels(question, count, base),
        outlines=_outlines(question, count),
        notice=say("shell.card.disclaimer", lang),
        lang=lang,
    )
    return drawn | {"way": _way(question, count)}


def _way(question: Question, count: AreaCount) -> list[dict[str, Any]]:
    """The areas from the country down to what the map opens on, as links of a card name them."""
    return [
        {"code": code, "label": question.place_name(code), "view": view, "is_now": is_now}
        for code, view, is_now in way_down(question, count.view)
    ]


def _labels(question: Question, count: AreaCount, base: int) -> list[Label]:
    """The largest areas with their numbers; of a handful of areas also the names of the rest."""
    release, lang = question.release, question.lang
    numbered = [code for code, size in count.ranked[:_NAMED] if size and not is_few(size, base)]
    inside = areas_shown(release, count.level, count.view) if COUNTRY not in count.view else []
    plain = [code for code in inside if code not in numbered]
    return [
        Label(
            release.place_name(code, lang),
            numbers.number(count.sizes[code], lang) if code in numbered else "",
            *point,
        )
        for code in (*numbered, *plain[:_NAMED])
        if (point := centre(release, code))
    ]


def _map_classes(question: Question, classes: Sequence[NumberClass], base: int) -> list[MapClass]:
    lang = question.lang
    ramp = theme.SEQUENTIAL[splits.ramp(question.filters)]
    steps = ramp_steps(len(classes), len(ramp))
    none = "none_or_very_few" if is_protected(base) else "none"
    return [
        MapClass(say(f"hotspots.map.class_{none}", lang), theme.SURFACE),
        *(
            MapClass(_class_label(entry, lang), ramp[step])
            for entry, step in zip(classes, steps, strict=True)
        ),
    ]


def _class_label(entry: NumberClass, lang: str) -> str:
    low, high = numbers.number(entry.low, lang), entry.high
    if high is None:
        return say("hotspots.map.class_open", lang, low=low)
    if entry.few:
        return say("hotspots.map.class_few", lang, low=low, high=numbers.number(high, lang))
    if high == entry.low:
        return low
    return say("hotspots.map.class_range", lang, low=low, high=numbers.number(high, lang))


def _outlines(question: Question, count: AreaCount) -> list[Outline]:
    """A strong line around what was chosen or is looked at, where it has a boundary."""
    by_level: dict[str, list[str]] = {}
    for code in count.chosen or (() if COUNTRY in count.view else count.view):
        by_level.setdefault(question.release.places[code].level, []).append(code)
    return [Outline(level, by_level[level]) for level in LEVELS if level in by_level]


def _lines(question: Question, count: AreaCount, code: str) -> list[str]:
    lang, base = question.lang, question.base(count.fact)
    number = numbers.about(count.sizes[code], base, lang)
    return [
        question.place_name(code),
        say("hotspots.map.hover", lang, number=number, unit=count.fact.unit_in(lang)),
        *_range(question, count, code),
    ]


def _range(question: Question, count: AreaCount, code: str) -> list[str]:
    """What a number stands for at least and at most, where it is protected."""
    low, high = count.drawn.error.interval(count.sizes[code])
    if low == high:
        return []
    return [question.say("shared.between", range=numbers.span(low, high, question.lang))]
