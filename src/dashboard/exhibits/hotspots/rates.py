"""Areas by events per 100,000 people, smoothed so that small areas do not lead by chance.

Only areas whose population matches what is counted have a rate (``counts.populations``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

import numpy as np

from dashboard.analysis.empirical_bayes import smoothed_rates
from dashboard.exhibits.counts.area_counts import AreaCount, chosen_areas, is_finer
from dashboard.exhibits.counts.populations import population_of
from dashboard.exhibits.exhibit import Column
from dashboard.exhibits.hotspots.said import say_of
from dashboard.exhibits.parts.area_map import Painted, number_lines
from dashboard.exhibits.question import Question
from dashboard.figures import theme
from dashboard.figures.choropleth import MapClass
from dashboard.figures.text import nice_ceiling
from dashboard.model.codes import COUNTED_GROUP
from dashboard.model.languages import digits
from dashboard.model.population import Population

PER = 100_000
#: Areas below which rates are compared with nobody's.
FEWEST = 2
#: Two-sided 95 % point of the normal.
_NORMAL = 1.96
#: Classes of equal width, and how many areas have their rate beside their name.
_CLASSES, _MARKED = 5, 9


def populations(question: Question, count: AreaCount) -> dict[str, Population]:
    """The population of each area that has one which serves; none of areas shown in a part."""
    chosen = chosen_areas(question.release, question.filters)
    if any(is_finer(question.release.places[code].level, count.level) for code in chosen):
        return {}
    found = {
        code: population_of(question.release, code, question.filters, question.period)
        for code in count.sizes
    }
    return {code: people for code, people in found.items() if people}


def rates(count: AreaCount, people: Mapping[str, Population]) -> dict[str, float]:
    """Smoothed events per 100,000 by area, the highest first."""
    codes = list(people)
    smoothed = PER * smoothed_rates(
        np.array([count.sizes[code] for code in codes], dtype=np.float64),
        np.array([people[code].people for code in codes], dtype=np.float64),
    )
    ranked = sorted(zip(codes, smoothed.tolist(), strict=True), key=lambda entry: -entry[1])
    return dict(ranked)


def painted(
    question: Question, count: AreaCount, people: Mapping[str, Population], by: Mapping[str, float]
) -> Painted:
    """Areas in classes of their rates; white where no population matches."""
    top = nice_ceiling(max(by.values(), default=1.0))
    step = top / _CLASSES
    ends = [said(step * index, question.lang) for index in range(_CLASSES + 1)]
    one = next(iter(people.values()))
    group = question.release.label(COUNTED_GROUP.id, one.group, question.lang)
    classes = [
        MapClass(question.say("hotspots.rate.none"), theme.SURFACE),
        *(
            MapClass(question.say("hotspots.map.class_range", low=low, high=high), colour)
            for low, high, colour in zip(
                ends, ends[1:], theme.SEQUENTIAL["total"][1:], strict=False
            )
        ),
    ]
    return Painted(
        say_of(question, "rate.legend", count, group=group, year=_years(question, people)),
        classes,
        {
            code: min(int(by[code] / step), _CLASSES - 1) + 1 if code in by else 0
            for code in count.sizes
        },
        {code: said(rate, question.lang) for code, rate in list(by.items())[:_MARKED] if rate},
        {
            code: [
                *([_line(question, by[code])] if code in by else []),
                *number_lines(question, count, code),
            ]
            for code in count.sizes
        },
    )


def _line(question: Question, rate: float) -> str:
    return question.say("hotspots.rate.line", rate=said(rate, question.lang))


def _years(question: Question, people: Mapping[str, Population]) -> str:
    years = [count.year for count in people.values()]
    first, last = digits(str(min(years)), question.lang), digits(str(max(years)), question.lang)
    return first if first == last else f"{first}–{last}"


def title(
    question: Question, count: AreaCount, by: Mapping[str, float], people: Mapping[str, Population]
) -> str:
    """The area with the highest rate, where neither protection nor chance can have put it there."""
    first, second = list(by)[:2]
    if not by[first]:
        return say_of(question, "map.title_none", count)

    def reach(code: str, side: int) -> float:
        end = count.drawn.error.interval(count.sizes[code])[side > 0]
        return max(end + side * _NORMAL * sqrt(max(end, 1)), 0.0) / people[code].people

    names = question.place_name(first), question.place_name(second)
    if reach(first, -1) <= max(reach(code, 1) for code in by if code != first):
        return question.say("hotspots.rate.title_close", first=names[0], second=names[1])
    return question.say("hotspots.rate.title", first=names[0], rate=said(by[first], question.lang))


def columns(question: Question) -> Sequence[Column]:
    """What the table says of each area beside its number."""
    return (
        Column("rate", question.say("hotspots.rate.column"), number=True),
        Column("population", question.say("hotspots.rate.column_population"), number=True),
        Column("population_year", question.say("hotspots.rate.column_year")),
    )


def cells(
    by: Mapping[str, float], people: Mapping[str, Population]
) -> dict[str, tuple[float | int | str | None, ...]]:
    """The cells of each area that has a rate."""
    return {
        code: (round(rate, 2), people[code].people, str(people[code].year))
        for code, rate in by.items()
    }


def said(rate: float, lang: str) -> str:
    """A rate in two figures."""
    return digits(f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}".removesuffix(".0"), lang)
