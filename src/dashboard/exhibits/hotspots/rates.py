"""Areas by events per 100,000 people, smoothed so that small areas do not lead by chance.

Only areas whose population matches what is counted have a rate (``counts.populations``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import sqrt

import numpy as np

from dashboard.analysis.empirical_bayes import smoothed_rates
from dashboard.exhibits.counts import windows
from dashboard.exhibits.counts.area_counts import AreaCount, areas_shown, chosen_areas, shows_parts
from dashboard.exhibits.counts.populations import population_of
from dashboard.exhibits.exhibit import Column
from dashboard.exhibits.hotspots.wording import played
from dashboard.exhibits.parts.area_map import Painted, number_lines
from dashboard.exhibits.question import Question
from dashboard.figures import theme
from dashboard.figures.choropleth import MapClass
from dashboard.figures.text import nice_ceiling
from dashboard.model.codes import COUNTED_GROUP
from dashboard.model.languages import digits
from dashboard.model.population import Population
from dashboard.release.once import Latest

PER = 100_000
#: Areas below which rates are compared with nobody's.
_FEWEST = 2
#: Two-sided 95 % point of the normal.
_NORMAL = 1.96
#: Classes of equal width.
_CLASSES = 5
#: Highest rates of the views that were played last: each frame of one asks for the same.
_LATEST: Latest[float] = Latest(200)


def populations(question: Question, level: str, codes: Iterable[str]) -> dict[str, Population]:
    """The population of each area that has one which serves; none of areas shown in a part.

    Fewer than two are none: a rate says something beside others alone.
    """
    people = {} if shows_parts(question, level) else _matching(question, codes)
    return people if len(people) >= _FEWEST else {}


def _matching(question: Question, codes: Iterable[str]) -> dict[str, Population]:
    found = {
        code: population_of(question.release, code, question.filters, question.period)
        for code in codes
    }
    return {code: people for code, people in found.items() if people}


def rates(sizes: Mapping[str, int], people: Mapping[str, Population]) -> dict[str, float]:
    """Smoothed events per 100,000 of each area with a population, the highest first."""
    codes = list(people)
    smoothed = PER * smoothed_rates(
        np.array([sizes[code] for code in codes], dtype=np.float64),
        np.array([people[code].people for code in codes], dtype=np.float64),
    )
    ranked = sorted(
        zip(codes, smoothed.tolist(), strict=True), key=lambda entry: (-entry[1], entry[0])
    )
    return dict(ranked)


def painted(count: AreaCount, people: Mapping[str, Population], by: Mapping[str, float]) -> Painted:
    """Areas in classes of their rates; white where no population matches.

    While time is played the classes are those of all that is played.
    """
    lang, lines = count.lang, number_lines(count)
    top = nice_ceiling(_highest_played(count) or max(by.values(), default=1.0))
    step = top / _CLASSES
    ends = [rate_text(step * index, lang) for index in range(_CLASSES + 1)]
    one = next(iter(people.values()))
    group = count.question.release.label(COUNTED_GROUP.id, one.group, lang)
    years = [digits(str(population.year), lang) for population in people.values()]
    first, last = min(years), max(years)
    classes = [
        MapClass(count.translate("hotspots.map.class_range", low=low, high=high), colour)
        for low, high, colour in zip(ends, ends[1:], theme.shades("total", _CLASSES), strict=False)
    ]
    for code, rate in by.items():
        lines[code] = (
            count.translate("hotspots.rate.line", rate=rate_text(rate, lang)),
            *lines[code],
        )
    return Painted(
        count.translate_for_level(
            "rate.legend", group=group, year=first if first == last else f"{first}–{last}"
        ),
        [MapClass(count.translate("hotspots.rate.none"), theme.SURFACE), *classes],
        {
            code: min(int(by[code] / step), _CLASSES - 1) + 1 if code in by else 0
            for code in count.sizes
        },
        {code: rate_text(rate, lang) for code, rate in by.items() if rate},
        lines,
    )


def _highest_played(count: AreaCount) -> float:
    """The highest rate of any area in any window that is played; 0 where nothing is."""
    question = count.question
    release, kind = question.release, played(question)
    spans = windows.windows(kind, release.span)
    if not spans:
        return 0.0

    def highest() -> float:
        months = windows.by_month(question, count.fact, count.level, release.span)
        shown = areas_shown(release, count.level, chosen_areas(release, question.filters))
        frames = (
            rates(
                {code: windows.summed(months.get(code, {}), [span])[0] for code in shown},
                _matching(replace(question, period=span), shown),
            )
            for span in spans
        )
        return max((max(by.values()) for by in frames if by), default=0.0)

    asked = count.fact.id, count.level, kind, question.filters.chosen
    return _LATEST.once(release, asked, highest)


def title(count: AreaCount, by: Mapping[str, float], people: Mapping[str, Population]) -> str:
    """The area with the highest rate, where neither protection nor chance can have put it there."""
    first, second = list(by)[:2]
    if not by[first]:
        return count.translate_for_level("map.title_none")

    def reach(code: str, side: int) -> float:
        end = count.breakdown.error.interval(count.sizes[code])[side > 0]
        return max(end + side * _NORMAL * sqrt(max(end, 1)), 0.0) / people[code].people

    if reach(first, -1) <= max(reach(code, 1) for code in by if code != first):
        names = count.name(first), count.name(second)
        return count.translate("hotspots.rate.title_close", first=names[0], second=names[1])
    rate = rate_text(by[first], count.lang)
    return count.translate("hotspots.rate.title", first=count.name(first), rate=rate)


def columns(question: Question) -> Sequence[Column]:
    """What the table says of each area beside its number."""
    return (
        Column("rate", question.translate("hotspots.rate.column"), number=True),
        Column("population", question.translate("hotspots.rate.column_population"), number=True),
        Column("population_year", question.translate("hotspots.rate.column_year")),
    )


def cells(
    by: Mapping[str, float], people: Mapping[str, Population]
) -> dict[str, tuple[float | int | str | None, ...]]:
    """The cells of each area that has a rate."""
    return {
        code: (round(rate, 2), people[code].people, str(people[code].year))
        for code, rate in by.items()
    }


def rate_text(rate: float, lang: str) -> str:
    """A rate in two figures."""
    return digits(f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}".removesuffix(".0"), lang)
