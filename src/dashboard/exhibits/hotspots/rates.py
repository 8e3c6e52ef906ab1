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
_UNTOLD = ("sex", "age", "child", "status", "identified_by")
#: Years that a population may be older or newer than the end of the period.
_NEAR = 2
#: Groups of populations that count everybody, for readers who chose no group.
_EVERYBODY = {entry.code for entry in PACK.lists["counted_group"] if not entry.marks}
#: How many areas with a population rates need: fewer have none to be compared with.
_FEWEST = 2
#: Two-sided 95 % point of the normal.
_NORMAL = 1.96
#: Classes of equal width.
_CLASSES = 5
#: Highest rates of the views played last: every frame of a view needs the same.
_LATEST: Latest[float] = Latest(200)
_Cells = dict[str, tuple[Cell, ...]]


def by_rate(count: AreaCount) -> Paint | str:
    """Areas in classes of their rates, or why there are none.

    White is where no population matches, or no agency reported.

    While time is played the classes serve every frame.
    """
    question, lang, lines = count.question, count.lang, number_lines(count)
    people = _populations(question, count.level, count.sizes)
    if not people:
        return count.translate_for_level("rate.unknown")
    rates = _rates(count.sizes, people)
    columns, cells = _columns_and_cells(question, rates, people)
    top = nice_ceiling(_highest_played(count) or max(rates.values(), default=1.0))
    step = top / _CLASSES
    ends = [_rate_text(step * index, lang) for index in range(_CLASSES + 1)]
    one, years = next(iter(people.values())), [each.year for each in people.values()]
    first, last = (digits(str(year), lang) for year in (min(years), max(years)))
    classes = [
        MapClass(count.translate("hotspots.map.class_range", low=low, high=high), colour)
        for low, high, colour in zip(ends, ends[1:], theme.shades("total", _CLASSES), strict=False)
    ]
    for code, rate in rates.items():
        text = count.translate("hotspots.rate.line", rate=_rate_text(rate, lang))
        lines[code] = (text, *lines[code])
    return Paint(
        count.translate_for_level(
            "rate.legend",
            group=question.release.label(COUNTED_GROUP.id, one.group, lang),
            year=first if first == last else f"{first}–{last}",
        ),
        [MapClass(count.translate("hotspots.rate.none"), theme.SURFACE), *classes],
        {
            code: min(int(rates[code] / step), _CLASSES - 1) + 1 if code in rates else 0
            for code in count.sizes
        },
        {code: _rate_text(rate, lang) for code, rate in rates.items() if rate},
        lines,
        title=_title(count, rates, people),
        columns=columns,
        cells=lambda code: cells.get(code, (None, None, None)),
        notes=(count.translate("hotspots.rate.note"),),
    )


def columns_beside(
    question: Question, level: str, sizes: Mapping[str, int]
) -> tuple[Sequence[Column], _Cells]:
    """Columns of rates that a table has beside numbers, and their cells by area; () without."""
    people = _populations(question, level, sizes)
    return _columns_and_cells(question, _rates(sizes, people), people) if people else ((), {})


def _columns_and_cells(
    question: Question, rates: Mapping[str, float], people: Mapping[str, Population]
) -> tuple[Sequence[Column], _Cells]:
    columns = (
        Column("rate", question.translate("hotspots.rate.column"), number=True),
        Column("population", question.translate("hotspots.rate.column_population"), number=True),
        Column("population_year", question.translate("hotspots.rate.column_year")),
    )
    cells: _Cells = {
        code: (round(rate, 2), people[code].people, str(people[code].year))
        for code, rate in rates.items()
    }
    return columns, cells


def _populations(question: Question, level: str, sizes: Mapping[str, int]) -> dict[str, Population]:
    """The population of each area that has one which serves; none of areas shown in part.

    None too where fewer than two areas have one: a rate says something only beside others.
    """
    people = {} if shows_parts(question, level) else _matching(question, sizes)
    return people if len(people) >= _FEWEST else {}


def _matching(question: Question, sizes: Mapping[str, int]) -> dict[str, Population]:
    """The population of each area that has one which serves; none where no agency reported."""
    release, filters, period = question.release, question.filters, question.period
    silent = silent_areas(release, [code for code, n in sizes.items() if not n], period)
    reporting = (code for code in sizes if code not in silent)
    populations = {code: _population_of(release, code, filters, period) for code in reporting}
    return {code: people for code, people in populations.items() if people}


def _population_of(
    release: Release, code: str, filters: Filters, period: Span
) -> Population | None:
    """The count of an area nearest in time that serves a rate, or None.

    It is of the same people, within the boundaries that are drawn, and of about the same year.
    """
    if any(filters.codes_of(name) for name in _UNTOLD):
        return None
    chosen = set(filters.codes_of("group"))
    boundaries = BOUNDARIES_OF.get(release.places[code].level)
    serving = [
        count
        for count in release.population(code)
        if count.boundaries == boundaries
        and (set(count.members) == chosen if chosen else count.group in _EVERYBODY)
        and _is_near(count, period)
    ]
    return min(serving, key=lambda count: abs(count.year - period.end.year), default=None)


def _is_near(count: Population, period: Span) -> bool:
    return abs(count.year - period.end.year) <= _NEAR


@once_a_release
def has_populations(release: Release) -> bool:
    """Whether a release holds any population that is near enough to its months."""
    return any(
        _is_near(count, release.span)
        for code in release.places
        for count in release.population(code)
    )


def _rates(sizes: Mapping[str, int], people: Mapping[str, Population]) -> dict[str, float]:
    """Smoothed events per 100,000 of each area with a population, the highest first."""
    codes = list(people)
    smoothed = PER * smoothed_rates(
        np.array([sizes[code] for code in codes], dtype=np.float64),
        np.array([people[code].people for code in codes], dtype=np.float64),
    )
    rates: dict[str, float] = dict(zip(codes, smoothed.tolist(), strict=True))
    return dict(sorted(rates.items(), key=lambda entry: (-entry[1], entry[0])))


def _highest_played(count: AreaCount) -> float:
    """The highest rate of any area in any window that is played; 0 where nothing is."""
    question = count.question
    release, kind = question.release, played(question)
    spans = windows.windows(kind, release.span)
    if not spans:
        return 0.0

    def highest() -> float:
        months = windows.by_month(question, count.fact, count.level, release.span)
        codes = areas_shown(release, count.level, chosen_areas(release, question.filters))
        top = 0.0
        for span in spans:
            sizes = {code: windows.summed(months.get(code, {}), [span])[0] for code in codes}
            rates = _rates(sizes, _matching(replace(question, period=span), sizes))
            top = max([top, *rates.values()])
        return top

    key = count.fact.id, count.level, kind, question.filters.chosen
    return _LATEST.once(release, key, highest)


def _title(count: AreaCount, rates: Mapping[str, float], people: Mapping[str, Population]) -> str:
    """The area with the highest rate, where neither protection nor chance explains that."""
    first, second = list(rates)[:2]
    if not rates[first]:
        return count.translate_for_level("map.title_none")

    def reach(code: str, side: int) -> float:
        end = count.breakdown.error.interval(count.sizes[code])[side > 0]
        return max(end + side * _NORMAL * sqrt(max(end, 1)), 0.0) / people[code].people

    if reach(first, -1) <= max(reach(code, 1) for code in rates if code != first):
        first, second = distinct_names(count.question, (first, second))
        return count.translate("hotspots.rate.title_close", first=first, second=second)
    rate = _rate_text(rates[first], count.lang)
    return count.translate("hotspots.rate.title", first=count.name(first), rate=rate)


def _rate_text(rate: float, lang: str) -> str:
    """A rate in two figures."""
    return digits(f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}".removesuffix(".0"), lang)
