"""The map of an area count: its number classes, colours, labels and hover texts.

Which areas there are and how many events they hold stands in ``areas``; titles in ``hotspots``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.analysis.classes import (
    NumberClass,
    class_of,
    is_few,
    number_classes,
    ramp_steps,
)
from dashboard.exhibits import splits
from dashboard.exhibits.areas import LEVELS, AreaCount, box_of, centre
from dashboard.exhibits.registry import View
from dashboard.figures import theme
from dashboard.figures.choropleth import Area, MapClass, Outline, choropleth
from dashboard.figures.mapstyle import Label
from dashboard.words import numbers
from dashboard.words.catalogue import say

#: How many places a map names.
_NAMED = 9


def figure(view: View, count: AreaCount) -> dict[str, Any]:
    """The map of a count."""
    release, lang = view.release, view.filters.lang
    base = release.base(count.fact.id)
    classes = number_classes(max(count.sizes.values(), default=0), base)
    areas = [
        Area(code, index + 1, _hover(view, count, code))
        for code, index in zip(count.sizes, class_of(count.sizes.values(), classes), strict=True)
    ]
    return choropleth(
        areas,
        _map_classes(view, classes, base),
        level=count.level,
        box=box_of(release, list(count.sizes), count.chosen),
        view=":".join((count.level, *sorted(count.chosen))),
        legend_title=say(f"hotspots.map.legend_{count.fact.id}", lang),
        labels=_labels(view, count, base),
        outlines=_outlines(view, count),
        notice=say("shell.card.disclaimer", lang),
        lang=lang,
    )


def _labels(view: View, count: AreaCount, base: int) -> list[Label]:
    """The largest areas with their numbers; of a handful of areas also the names of the rest."""
    release, lang = view.release, view.filters.lang
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


def _map_classes(view: View, classes: Sequence[NumberClass], base: int) -> list[MapClass]:
    lang = view.filters.lang
    ramp = theme.SEQUENTIAL[splits.ramp(view.filters)]
    steps = ramp_steps(len(classes), len(ramp))
    none = "none" if base == 1 else "none_or_very_few"
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


def _outlines(view: View, count: AreaCount) -> list[Outline]:
    """A strong line around what was chosen, where it has a boundary."""
    by_level: dict[str, list[str]] = {}
    for code in count.chosen:
        by_level.setdefault(view.release.places[code].level, []).append(code)
    return [Outline(level, by_level[level]) for level in LEVELS if level in by_level]


def _hover(view: View, count: AreaCount, code: str) -> list[str]:
    lang, base = view.filters.lang, view.release.base(count.fact.id)
    number = numbers.about(count.sizes[code], base, lang)
    return [
        view.release.place_name(code, lang),
        say("hotspots.map.hover", lang, number=number, unit=count.fact.unit_in(lang)),
    ]
