"""Seasons: month of the year by year, for the corridors that a reader chose, else for all.

Id: routes.seasons. By month people are counted in that of their incident; by quarter once each by
their journey, as in the list of corridors, since journeys have no months. The whole release counts,
whatever period is chosen: a season is seen against other years.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from dashboard import queries
from dashboard.exhibits.charts import tables
from dashboard.exhibits.charts.chart import Chart, declare
from dashboard.exhibits.charts.counts import Counted
from dashboard.exhibits.exhibit import Column, Table
from dashboard.exhibits.parts import display_rule, lateness
from dashboard.exhibits.parts.ladder import Ladder, Rung
from dashboard.exhibits.parts.offers import leading
from dashboard.exhibits.question import Question
from dashboard.figures.drawing import draw
from dashboard.figures.plot import Plot, Series
from dashboard.model.facts import JOURNEYS, PEOPLE, Fact
from dashboard.model.languages import digits
from dashboard.model.periods import Month, Span
from dashboard.words import dates

_MONTHS = {"month": 1, "quarter": 3}
_YEAR, _QUARTERS = 12, 4
#: Years that a season is told from at least.
_FEWEST_YEARS = 2
#: Pixels of a month, of a quarter, and of the names of years: quarters stand on a phone.
_NARROW, _WIDE, _NAMES = 42, 66, 60


@dataclass(frozen=True, kw_only=True)
class _Seasons(Counted):
    """People by step: the first month of each, in order of time; every step of the release."""

    months: int
    sizes: Mapping[Month, int]

    @property
    def name(self) -> str:
        """The chosen corridor, how many are chosen, or all of them."""
        match self.question.filters.codes_of("corridor"):
            case ():
                return self.say("routes.seasons.all")
            case (one,):
                return self.question.release.label("corridor", one, self.lang)
            case chosen:
                return self.say("routes.seasons.several", n=len(chosen))

    def label(self, start: int) -> str:
        """A step of any year in words, by its first month."""
        if self.months == 1:
            return dates.month_of_year(start, self.lang)
        return dates.quarter_of_year((start + 2) // 3, self.lang)


def _count(whole: Question, fact: Fact, rung: Rung) -> _Seasons:
    """People by month or quarter of the release, and what they would draw."""
    months = _MONTHS[rung.id]
    if months > 1:
        fact = leading(whole, JOURNEYS, PEOPLE) or fact
    sizes = Counter[Month]()
    for start, size in queries.series(whole.release, fact, whole.filters, whole.period):
        month = Month.of(start)
        sizes[month if months == 1 else month.quarter_start] += size
    drawn = display_rule.drawn(whole, fact, (), [*sizes.values()], months=months, are_alike=True)
    return _Seasons(
        question=whole, fact=fact, total=sizes.total(), drawn=drawn, months=months, sizes=sizes
    )


def _matrix(seasons: _Seasons) -> Plot:
    """A row for each calendar year, the first one first."""
    starts = range(1, _YEAR + 1, seasons.months)
    years = dict.fromkeys(start.year for start in seasons.sizes)
    return Plot(
        "matrix",
        tuple(map(seasons.label, starts)),
        tuple(
            Series(
                digits(str(year), seasons.lang),
                seasons.numbers(seasons.sizes.get(Month(year, at), 0) for at in starts),
            )
            for year in years
        ),
        is_rough=seasons.is_rough,
    )


def _draw(plot: Plot) -> Mapping[str, Any]:
    width = _WIDE if len(plot.categories) == _QUARTERS else _NARROW
    return draw(plot, joined=", ", width=width, names=_NAMES)


def _title(seasons: _Seasons) -> str:
    """The quarter of the year with most people, where it clearly has, and in most of the years.

    One bad quarter is no season, so it has to come first in more than half of the years.
    """
    name, years = seasons.name, _by_year(seasons)
    if len(years) < _FEWEST_YEARS:
        return seasons.say("routes.seasons.title_short", name=name)
    # The mean of a year's quarter is surer than a quarter, so this says too little, never too much.
    means = Counter(
        {quarter: round(sum(year[quarter] for year in years) / len(years)) for quarter in years[0]}
    )
    (first, _), *_ = means.most_common(1)
    led = sum(1 for year in years if year[first] == max(year.values()))
    if 2 * led <= len(years) or not seasons.drawn.leads([mean for _, mean in means.most_common()]):
        return seasons.say("routes.seasons.title_none", name=name)
    season = dates.quarter_of_year(first, seasons.lang)
    return seasons.say("routes.seasons.title", name=name, season=season)


def _by_year(seasons: _Seasons) -> list[dict[int, int]]:
    """People by quarter of the year in each stretch of twelve months up to the end of a span."""
    span, years = seasons.question.period, list[dict[int, int]]()
    for back in range(span.months // _YEAR):
        year = Span.last(_YEAR, until=span.end.plus(-_YEAR * back))
        sizes = dict.fromkeys(range(1, _QUARTERS + 1), 0)
        for start, size in seasons.sizes.items():
            if year.start <= start <= year.end:
                sizes[(start.month + 2) // 3] += size
        years.append(sizes)
    return years


def _table(seasons: _Seasons) -> Table:
    by_month = seasons.months == 1
    timed = PEOPLE if by_month else JOURNEYS
    columns = (
        # A column of this name tells files which months a row counts.
        Column(timed.grain, timed.time.label_in(seasons.lang)),
        Column("step", seasons.say("routes.seasons.column_step")),
        tables.number(seasons),
    )
    rows = (
        (str(start) if by_month else start.quarter, seasons.label(start.month), size)
        for start, size in seasons.sizes.items()
    )
    return tables.ranged(seasons, columns, rows)


def _description(seasons: _Seasons) -> str:
    lang, largest = seasons.lang, max(seasons.sizes, key=lambda start: seasons.sizes[start])
    in_words = dates.month if seasons.months == 1 else dates.quarter
    return seasons.say(
        "routes.seasons.description",
        name=seasons.name,
        period=dates.period(seasons.question.period, lang),
        step=in_words(largest, lang),
        number=seasons.about(seasons.sizes[largest]),
    )


def _notes(seasons: _Seasons) -> list[str]:
    whole = seasons.question
    counted = seasons.say(f"routes.seasons.note_{seasons.fact.id}")
    return [counted, *lateness.notes(whole.release, whole.period, whole.lang)]


declare(
    Chart(
        "routes.seasons",
        (PEOPLE, JOURNEYS),
        Ladder("steps", (Rung("month"), Rung("quarter"))),
        _matrix,
        _title,
        count=_count,
        table=_table,
        description=_description,
        what=lambda whole, fact: whole.say(f"routes.what_{fact.id}"),
        notes=_notes,
        view=lambda question: replace(question, period=question.release.span),
        draw=_draw,
    )
)
