"""Seasons: month of the year by year, for the corridors that a reader chose, else for all.

Id: routes.seasons. By month people are counted in that of their incident; by quarter once each by
their journey, as in the list of corridors, since journeys have no months. The whole release counts,
whatever period is chosen: a season is seen against other years.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard import queries
from dashboard.exhibits.exhibit import Column, Exhibit, Table
from dashboard.exhibits.parts import display_rule, lateness, ranges
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made, number_format
from dashboard.exhibits.parts.ladder import Ladder, Rung, climb
from dashboard.exhibits.parts.offers import leading, nothing, offered
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.figures.heatmap import heatmap
from dashboard.figures.plot import Plot, Series
from dashboard.model.facts import JOURNEYS, PEOPLE, Fact
from dashboard.model.languages import digits
from dashboard.model.periods import Month, Span
from dashboard.words import dates
from dashboard.words.catalogue import begin

_ID = "routes.seasons"
_STEPS = Ladder("steps", (Rung("month"), Rung("quarter")))
_MONTHS = {"month": 1, "quarter": 3}
_YEAR, _QUARTERS = 12, 4
#: Years that a season is told from at least.
_FEWEST_YEARS = 2
#: Pixels of a month, of a quarter, and of the names of years: quarters stand on a phone.
_NARROW, _WIDE, _NAMES = 42, 66, 60


@dataclass(frozen=True)
class _Seasons:
    """People by step: the first month of each, in order of time; every step of the release."""

    fact: Fact
    months: int
    sizes: Mapping[Month, int]

    @property
    def years(self) -> tuple[int, ...]:
        """Calendar years, the first one first."""
        return tuple(dict.fromkeys(start.year for start in self.sizes))

    @property
    def columns(self) -> tuple[int, ...]:
        """First months of the steps of a year."""
        return tuple(range(1, _YEAR + 1, self.months))

    def label(self, start: int, lang: str) -> str:
        """A step of any year in words, by its first month."""
        if self.months == 1:
            return dates.month_of_year(start, lang)
        return dates.quarter_of_year((start + 2) // 3, lang)


@exhibit(_ID, facts=("people", "journeys"), options=(_STEPS.option,))
def routes_seasons(question: Question) -> Exhibit:
    """People by month of the year and year, or by quarter where months tell too little."""
    whole = replace(question, period=question.release.span)
    step = climb(whole, _STEPS, lambda rung: _count(whole, rung))
    seasons = step.counted
    fact = seasons.fact
    around = frame(
        whole,
        fact,
        drawn=(step.drawn,),
        what=question.say(f"routes.what_{fact.id}"),
        notes=[
            question.say(f"routes.seasons.note_{fact.id}"),
            *lateness.notes(whole.release, whole.period, question.lang),
        ],
        detail=step.detail(whole),
    )
    if not any(seasons.sizes.values()):
        return offered(_ID, around, nothing(question, fact))
    said = number_format(whole, fact, error=step.drawn.error, rough=step.is_rough)
    plot = Plot(
        "matrix",
        tuple(seasons.label(start, question.lang) for start in seasons.columns),
        tuple(
            Series(
                digits(str(year), question.lang),
                said.numbers(seasons.sizes.get(Month(year, at), 0) for at in seasons.columns),
            )
            for year in seasons.years
        ),
        is_rough=step.is_rough,
    )
    return made(
        _ID,
        around,
        title=_title(whole, seasons, step.drawn),
        plot=plot,
        figure=heatmap(
            plot,
            joined=", ",
            width=_NARROW if seasons.months == 1 else _WIDE,
            names=_NAMES,
        ),
        table=_table(whole, seasons, step.drawn),
        description=_description(whole, seasons),
    )


def _count(whole: Question, rung: Rung) -> tuple[_Seasons, Drawn]:
    """People by month or quarter of the release, and what they would draw."""
    months = _MONTHS[rung.id]
    fact = PEOPLE if months == 1 else leading(whole, JOURNEYS, PEOPLE) or PEOPLE
    sizes: Counter[Month] = Counter()
    for start, size in queries.series(whole.release, fact, whole.filters, whole.period):
        month = Month.of(start)
        sizes[month if months == 1 else month.quarter_start] += size
    drawn = display_rule.drawn(whole, fact, (), list(sizes.values()), months=months, are_alike=True)
    return _Seasons(fact, months, dict(sizes)), drawn


def name_of(question: Question) -> str:
    """The chosen corridor, how many are chosen, or all of them."""
    chosen = question.filters.codes_of("corridor")
    match chosen:
        case ():
            return question.say("routes.seasons.all")
        case (one,):
            return question.release.label("corridor", one, question.lang)
        case _:
            return question.say("routes.seasons.several", n=len(chosen))


def _title(whole: Question, seasons: _Seasons, drawn: Drawn) -> str:
    """The quarter of the year with most people, where it clearly has, and in most of the years.

    One bad quarter is no season, so it has to come first in more than half of the years.
    """
    name, years = name_of(whole), _by_year(whole.period, seasons)
    if len(years) < _FEWEST_YEARS:
        return whole.say("routes.seasons.title_short", name=name)
    # The mean of a year's quarter is surer than a quarter, so this says too little, never too much.
    means = Counter(
        {quarter: round(sum(year[quarter] for year in years) / len(years)) for quarter in years[0]}
    )
    (first, _), *_ = means.most_common(1)
    led = sum(1 for year in years if year[first] == max(year.values()))
    if 2 * led <= len(years) or not drawn.leads([mean for _, mean in means.most_common()]):
        return whole.say("routes.seasons.title_none", name=name)
    season = dates.quarter_of_year(first, whole.lang)
    return whole.say("routes.seasons.title", name=name, season=season)


def _by_year(span: Span, seasons: _Seasons) -> list[dict[int, int]]:
    """People by quarter of the year in each stretch of twelve months up to the end of a span."""
    years: list[dict[int, int]] = []
    for back in range(span.months // _YEAR):
        year = Span.last(_YEAR, until=span.end.plus(-_YEAR * back))
        sizes = dict.fromkeys(range(1, _QUARTERS + 1), 0)
        for start, size in seasons.sizes.items():
            if year.start <= start <= year.end:
                sizes[(start.month + 2) // 3] += size
        years.append(sizes)
    return years


def _table(whole: Question, seasons: _Seasons, drawn: Drawn) -> Table:
    lang, fact = whole.lang, seasons.fact
    unit, ends = fact.unit_in(lang), ranges.columns(whole, fact, drawn)
    timed = PEOPLE if seasons.months == 1 else JOURNEYS
    name = timed.grain
    return Table(
        (
            # A column of this name tells files which months a row counts.
            Column(name, timed.time.label_in(lang)),
            Column("step", whole.say("routes.seasons.column_step")),
            Column(fact.unit, begin(unit), unit),
            *ends,
        ),
        tuple(
            (
                str(start) if seasons.months == 1 else start.quarter,
                seasons.label(start.month, lang),
                size,
                *(drawn.error.interval(size) if ends else ()),
            )
            for start, size in seasons.sizes.items()
        ),
    )


def _description(whole: Question, seasons: _Seasons) -> str:
    largest = max(seasons.sizes, key=lambda start: seasons.sizes[start])
    in_words = dates.month if seasons.months == 1 else dates.quarter
    return whole.say(
        "routes.seasons.description",
        name=name_of(whole),
        period=dates.period(whole.period, whole.lang),
        step=in_words(largest, whole.lang),
        number=whole.about(seasons.sizes[largest], seasons.fact),
    )
