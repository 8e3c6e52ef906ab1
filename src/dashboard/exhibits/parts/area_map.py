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
from dashboard.exhibits.counts.area_counts import LEVELS, AreaCount, box_of, centre
from dashboard.exhibits.question import Question
from dashboard.figures import theme
from dashboard.figures.choropleth import Area, MapClass, Outline, choropleth
from dashboard.figures.map_description import Label
from dashboard.model.protection import is_few, is_protected
from dashboard.words import numbers
from dashboard.words.catalogue import say

#: How many places a map names.
_NAMED = 9


def figure(question: Question, count: AreaCount) -> dict[str, Any]:
    """The map of a count."""
    release, lang = question.release, question.lang
    base = release.base(count.fact.id)
    classes = number_classes(max(count.sizes.values(), default=0), base)
    largest = sorted(count.sizes, key=lambda code: -count.sizes[code])
    areas = [
        Area(code, index + 1, _lines(question, count, code))
        for code, index in zip(
            largest, class_of([count.sizes[code] for code in largest], classes), strict=True
        )
    ]
    return choropleth(
        areas,
        _map_classes(question, classes, base),
        level=count.level,
        box=box_of(release, list(count.sizes), count.chosen),
        view=":".join((count.level, *sorted(count.chosen))),
        legend_title=say(f"hotspots.map.legend_{count.fact.id}", lang),
        labels=_labels(question, count, base),
        outlines=_outlines(question, count),
        notice=say("shell.card.disclaimer", lang),
        lang=lang,
    )


def _labels(question: Question, count: AreaCount, base: int) -> list[Label]:
    """The largest areas with their numbers; of a handful of areas also the names of the rest."""
    release, lang = question.release, question.lang
    numbered = [code for code, size in count.ranked[:_NAMED] if size and not is_few(size, base)]
    plain = [code for code in count.sizes if code not in numbered] if count.chosen else []
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
    """A strong line around what was chosen, where it has a boundary."""
    by_level: dict[str, list[str]] = {}
    for code in count.chosen:
        by_level.setdefault(question.release.places[code].level, []).append(code)
    return [Outline(level, by_level[level]) for level in LEVELS if level in by_level]


def _lines(question: Question, count: AreaCount, code: str) -> list[str]:
    lang, base = question.lang, question.base(count.fact)
    number = numbers.about(count.sizes[code], base, lang)
    return [
        question.place_name(code),
        say("hotspots.map.hover", lang, number=number, unit=count.fact.unit_in(lang)),
    ]
