"""Areas by events per 100,000 people, smoothed so that small areas do not lead by chance.

Only areas whose population matches what is counted have a rate. Loading populations is the
operator's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import sqrt

import numpy as np

from dashboard.analysis.empirical_bayes import smoothed_rates
from dashboard.exhibits.counts import windows
from dashboard.exhibits.counts.area_counts import AreaCount, areas_shown, chosen_areas, shows_parts
from dashboard.exhibits.counts.reporting import silent_areas
from dashboard.exhibits.exhibit import Cell, Column
from dashboard.exhibits.hotspots.wording import distinct_names, played
from dashboard.exhibits.parts.area_map import Paint, number_lines
from dashboard.exhibits.question import Question
from dashboard.figures import theme
from dashboard.figures.choropleth import MapClass
from dashboard.figures.text import nice_ceiling
from dashboard.filters import Filters
from dashboard.model.codes import BOUNDARIES_OF, COUNTED_GROUP
from dashboard.model.country import PACK
from dashboard.model.languages import digits
from dashboard.model.periods import Span
from dashboard.model.population import Population
from dashboard.release.cached import Latest, once_a_release
from dashboard.release.open_release import Release

PER = 100_000
#: Filters by who people are, for which there is no population.
_WITHOUT_POPULATION = ("sex", "age", "child", "status", "identified_by")
#: Years that a population may be older or newer than the end of the period.
_NEAR = 2
#: Groups of populations that count everybody, for readers who chose no group.
_EVERYBODY = {entry.code for entry in PACK.lists["counted_group"] if not entry.marks}
#: How many areas with a population rates need: fewer have none to be compared with.
_FEWEST = 2
#: Two-sided 95 % point of the normal.
_NORMAL = 1.96
#: Number of classes, which are of equal width.
_CLASSES = 5
#: Highest rates of the views that were played last: every window of a view needs the same.
_LATEST: Latest[float] = Latest(200)
#: Cells of a table, and populations, by code of the area.
_Cells = dict[str, tuple[Cell, ...]]
_Populations = Mapping[str, Population]


def by_rate(count: AreaCount) -> Paint | str:
    """Areas in classes of their rates, or why there are none.

    White is where no population matches, or no agency reported.

    While time is played the classes serve every window.
    """
    question, lang, lines = count.question, count.lang, number_lines(count)
    populations = _populations(question, count.level, count.sizes)
    if not populations:
        return count.translate_for_level("rate.unknown")
    rates = _rates(count.sizes, populations)
    columns, cells = _columns_and_cells(question, rates, populations)
    top = nice_ceiling(_highest_played(count) or max(rates.values(), default=1.0))
    step = top / _CLASSES
    ends = [_rate_text(step * index, lang) for index in range(_CLASSES + 1)]
    group, *_ = (population.group for population in populations.values())
    years = [population.year for population in populations.values()]
    first, last = (digits(str(year), lang) for year in (min(years), max(years)))
    classes = [
        MapClass(count.translate("hotspots.map.class_range", low=low, high=high), colour)
        for low, high, colour in zip(ends, ends[1:], theme.shades("total", _CLASSES), strict=False)
    ]
    for code, rate in rates.items():
        text = count.translate("hotspots.rate.line", rate=_rate_text(rate, lang))
        lines[code] = (text, *lines[code])
    # Class 0 is of areas without a rate.
    class_of = {code: min(int(rate / step), _CLASSES - 1) + 1 for code, rate in rates.items()}
    return Paint(
        count.translate_for_level(
            "rate.legend",
            group=question.release.label(COUNTED_GROUP.id, group, lang),
            year=first if first == last else f"{first}–{last}",
        ),
        [MapClass(count.translate("hotspots.rate.none"), theme.SURFACE), *classes],
        dict.fromkeys(count.sizes, 0) | class_of,
        {code: _rate_text(rate, lang) for code, rate in rates.items() if rate},
        lines,
        title=_title(count, rates, populations),
        columns=columns,
        cells=lambda code: cells.get(code, (None, None, None)),
        notes=(count.translate("hotspots.rate.note"),),
    )


def columns_beside(
    question: Question, level: str, sizes: Mapping[str, int]
) -> tuple[Sequence[Column], _Cells]:
    """Columns of rates that a table has beside numbers, and their cells by area; () without.

    Args:
        question: What the reader looks at.
        level: Level of the areas.
        sizes: Events by area.
    """
    populations = _populations(question, level, sizes)
    if not populations:
        return (), {}
    return _columns_and_cells(question, _rates(sizes, populations), populations)


def _columns_and_cells(
    question: Question, rates: Mapping[str, float], populations: _Populations
) -> tuple[Sequence[Column], _Cells]:
    """Columns of rate, population and its year, and their cells by area."""
    columns = (
        Column("rate", question.translate("hotspots.rate.column"), number=True),
        Column("population", question.translate("hotspots.rate.column_population"), number=True),
        Column("population_year", question.translate("hotspots.rate.column_year")),
    )
    cells: _Cells = {
        code: (round(rate, 2), populations[code].people, str(populations[code].year))
        for code, rate in rates.items()
    }
    return columns, cells


def _populations(question: Question, level: str, sizes: Mapping[str, int]) -> dict[str, Population]:
    """The population of each area that has a fitting one, by code.

    None where areas are shown in part, nor where fewer than two areas have one: a rate says
    something only beside others.
    """
    populations = {} if shows_parts(question, level) else _fitting(question, sizes)
    return populations if len(populations) >= _FEWEST else {}


def _fitting(question: Question, sizes: Mapping[str, int]) -> dict[str, Population]:
    """The population of each area that has a fitting one, by code; none of silent areas."""
    release, filters, period = question.release, question.filters, question.period
    silent = silent_areas(release, [code for code, n in sizes.items() if not n], period)
    reporting = (code for code in sizes if code not in silent)
    populations = {code: _population_of(release, code, filters, period) for code in reporting}
    return {code: people for code, people in populations.items() if people}


def _population_of(
    release: Release, code: str, filters: Filters, period: Span
) -> Population | None:
    """The population of an area that fits a rate and is nearest in time, or None.

    It is of the same groups of people, within the boundaries that are drawn, and of a near year.
    """
    if any(filters.codes_of(name) for name in _WITHOUT_POPULATION):
        return None
    chosen = set(filters.codes_of("group"))
    boundaries = BOUNDARIES_OF.get(release.places[code].level)
    fitting = [
        one
        for one in release.population(code)
        if one.boundaries == boundaries
        and (set(one.members) == chosen if chosen else one.group in _EVERYBODY)
        and _is_near(one, period)
    ]
    return min(fitting, key=lambda one: abs(one.year - period.end.year), default=None)


def _is_near(population: Population, period: Span) -> bool:
    return abs(population.year - period.end.year) <= _NEAR


@once_a_release
def has_populations(release: Release) -> bool:
    """Whether a release holds any population that is near enough to its months."""
    return any(
        _is_near(population, release.span)
        for code in release.places
        for population in release.population(code)
    )


def _rates(sizes: Mapping[str, int], populations: _Populations) -> dict[str, float]:
    """Smoothed events per 100,000 people, by area with a population, the highest first."""
    codes = list(populations)
    smoothed = PER * smoothed_rates(
        np.array([sizes[code] for code in codes], dtype=np.float64),
        np.array([populations[code].people for code in codes], dtype=np.float64),
    )
    rates: dict[str, float] = dict(zip(codes, smoothed.tolist(), strict=True))
    return dict(sorted(rates.items(), key=lambda entry: (-entry[1], entry[0])))


def _highest_played(count: AreaCount) -> float:
    """The highest rate of any area in any window that is played; 0 where time is not played."""
    question = count.question
    release, kind = question.release, played(question)
    spans = windows.windows(kind, release.span)
    if not spans:
        return 0.0

    def highest() -> float:
        """The highest rate of any area in any window, counted anew."""
        months = windows.by_month(question, count.fact, count.level, release.span)
        codes = areas_shown(release, count.level, chosen_areas(release, question.filters))
        top = 0.0
        for span in spans:
            sizes = {code: windows.summed(months.get(code, {}), [span])[0] for code in codes}
            rates = _rates(sizes, _fitting(replace(question, period=span), sizes))
            top = max([top, *rates.values()])
        return top

    key = count.fact.id, count.level, kind, question.filters.chosen
    return _LATEST.once(release, key, highest)


def _title(count: AreaCount, rates: Mapping[str, float], populations: _Populations) -> str:
    """The area with the highest rate; two where protection or chance may explain the difference.

    Args:
        count: The areas.
        rates: Rates by area, the highest first.
        populations: Populations by area.
    """
    first, second = list(rates)[:2]
    if not rates[first]:
        return count.translate_for_level("map.title_none")

    def end_of_range(code: str, side: int) -> float:
        """The least (-1) or most (1) that a rate may be, for protection and chance."""
        low, high = count.breakdown.error.interval(count.sizes[code])
        size = high if side > 0 else low
        return max(size + side * _NORMAL * sqrt(max(size, 1)), 0.0) / populations[code].people

    if end_of_range(first, -1) <= max(end_of_range(code, 1) for code in rates if code != first):
        first, second = distinct_names(count.question, (first, second))
        return count.translate("hotspots.rate.title_close", first=first, second=second)
    rate = _rate_text(rates[first], count.lang)
    return count.translate("hotspots.rate.title", first=count.name(first), rate=rate)


def _rate_text(rate: float, lang: str) -> str:
    """A rate as text: "0.4", "12"; from 10 on without decimals."""
    return digits(f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}".removesuffix(".0"), lang)
