"""Seasons: month of the year by year, for the corridors that a reader chose, else for all.

Id: routes.seasons. By month people are counted in that of their incident; by quarter once each by
their journey, as in the list of corridors, since journeys have no months. The whole release counts,
whatever period is chosen: a season is seen against other years. The card of a corridor has a strip
of its last years by quarter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from dashboard.exhibits.charts import tables
from dashboard.exhibits.charts.chart import Chart
from dashboard.exhibits.charts.counts import Counted
from dashboard.exhibits.counts.comparisons import season_of
from dashboard.exhibits.exhibit import Column, Table
from dashboard.exhibits.parts import breakdowns, in_time, lateness, ranges
from dashboard.exhibits.parts.empty_state import is_reported, leading
from dashboard.exhibits.parts.groups import Strip
from dashboard.exhibits.parts.ladder import DetailLevel, Ladder
from dashboard.exhibits.question import Question
from dashboard.figures.drawing import draw
from dashboard.figures.plot import Plot, Series
from dashboard.model.codes import CORRIDOR
from dashboard.model.facts import JOURNEYS, PEOPLE, Fact
from dashboard.model.languages import digits
from dashboard.model.periods import Month, Span
from dashboard.queries import summed
from dashboard.words import dates

_YEAR, _QUARTERS = in_time.YEAR, 4
#: Years that a strip draws, and its shades above that of none.
_YEARS, _SHADES = 3, 4
#: Percent of people from which on a season has nearly all of them, and all of them.
_NEARLY, _ALL = 90, 100
#: Pixels of a month, of a quarter, and of the names of years: quarters stand on a phone.
_NARROW, _WIDE, _NAMES = 42, 66, 60
#: Ends of phrases on a season: too short a time, none, and one of most people, nearly all, all.
_TITLE_KEYS = ("title_short", "title_none", "title", "title", "title_nearly_all")
_STRIP_KEYS = ("short", "none", "most", "nearly_all", "all_years")


@dataclass(frozen=True, kw_only=True)
class _Seasons(Counted):
    """People by month or quarter of the whole release.

    Attributes:
        months: Months of a step: 1 or 3.
        sizes: People by the first month of each step, in order of time, the empty ones too.
    """

    months: int
    sizes: Mapping[Month, int]

    @property
    def name(self) -> str:
        """The chosen corridor in words; of several how many, without a choice all."""
        match self.question.filters.codes_of("corridor"):
            case ():
                return self.translate("routes.seasons.all")
            case (code,):
                return self.question.label(CORRIDOR, code)
            case chosen:
                return self.translate("routes.seasons.several", n=len(chosen))

    def label(self, month: int) -> str:
        """The step of any year that begins with a month, 1 to 12, in words: "May", "Q2"."""
        if self.months == 1:
            return dates.month_of_year(month, self.lang)
        return dates.quarter_of_year((month + 2) // 3, self.lang)


def _count(whole: Question, fact: Fact, level: DetailLevel) -> _Seasons:
    """People by month or quarter of a view, whichever the level is; quarters by their journey.

    Args:
        whole: The view over all its months.
        fact: What is counted by month.
        level: Of ``month`` and ``quarter``.
    """
    months = in_time.MONTHS[level.id]
    if months > 1:
        fact = leading(whole, JOURNEYS, PEOPLE) or fact
    sizes = summed(
        whole.by_month(fact).items(), lambda month: month if months == 1 else month.quarter_start
    )
    cells = [*sizes.values()]
    breakdown = breakdowns.breakdown_of(whole, fact, (), cells, months=months, are_alike=True)
    return _Seasons(whole, fact, sizes.total(), breakdown, months=months, sizes=sizes)


def _matrix(seasons: _Seasons) -> Plot:
    """A row for each calendar year, the first one first."""
    months = range(1, _YEAR + 1, seasons.months)
    years = dict.fromkeys(start.year for start in seasons.sizes)
    return Plot(
        "matrix",
        tuple(map(seasons.label, months)),
        tuple(
            Series(
                digits(str(year), seasons.lang),
                seasons.format_of().numbers(
                    seasons.sizes.get(Month(year, month)) for month in months
                ),
            )
            for year in years
        ),
        is_rough=seasons.is_rough,
    )


def _draw(plot: Plot) -> Mapping[str, Any]:
    """The matrix as a figure, with columns as wide as months or quarters need."""
    width = _WIDE if len(plot.categories) == _QUARTERS else _NARROW
    return draw(plot, joined=", ", width=width, names=_NAMES)


def _title(seasons: _Seasons) -> str:
    """The season of the chosen corridors, or that the years show none or are too few."""
    return _season_text(seasons, _TITLE_KEYS, name=seasons.name)


def _season_text(seasons: _Seasons, keys: Sequence[str], **names: str) -> str:
    """A phrase on the season of what is counted.

    Args:
        seasons: The counts.
        keys: ``_TITLE_KEYS`` or ``_STRIP_KEYS``.
        **names: What else the phrase says.
    """
    season = season_of(seasons.question, seasons.fact)
    short, none, most, nearly, all_ = (f"routes.seasons.{key}" for key in keys)
    if season is None:
        return seasons.translate(short, **names)
    if not season.months:
        return seasons.translate(none, **names)
    first, last = (dates.month_of_year(month, seasons.lang) for month in season.months)
    key = all_ if season.percent >= _ALL else nearly if season.percent >= _NEARLY else most
    share = seasons.question.percent(season.percent)
    return seasons.translate(key, **names, first=first, last=last, share=share)


def _table(seasons: _Seasons) -> Table:
    """A row a month or quarter of the release, with the name of the step in any year."""
    by_month = seasons.months == 1
    timed = PEOPLE if by_month else JOURNEYS
    columns = (
        # A column of this name tells files which months a row counts.
        Column(timed.grain, timed.time.label_in(seasons.lang)),
        Column("step", seasons.translate("routes.seasons.column_step")),
        tables.number(seasons),
    )
    rows = (
        (str(start) if by_month else start.quarter, seasons.label(start.month), size)
        for start, size in seasons.sizes.items()
    )
    return tables.ranged(seasons, columns, rows)


def _description(seasons: _Seasons) -> str:
    """The chosen corridors and their largest month or quarter, in a sentence."""
    lang, largest = seasons.lang, max(seasons.sizes, key=lambda start: seasons.sizes[start])
    in_words = dates.month if seasons.months == 1 else dates.quarter
    return seasons.translate(
        "routes.seasons.description",
        name=seasons.name,
        period=seasons.question.period_in_words,
        step=in_words(largest, lang),
        number=seasons.about(seasons.sizes[largest]),
    )


def strip(question: Question) -> Strip:
    """The last years by quarter with the season of the whole release; nothing of under a year.

    As data it holds ``title``, ``said`` (the finding), ``columns`` (quarters), and ``rows`` of
    label and cells: text, said (the number in words with its range) and level, 0 for none to 4.

    Args:
        question: The question with one corridor chosen, in whole quarters.
    """
    years = last_years(question)
    if not years or not (is_reported(question, JOURNEYS) or is_reported(question, PEOPLE)):
        return Strip()
    whole = replace(question, period=Span(years[0].start, years[-1].end))
    seasons = _count(whole, PEOPLE, DetailLevel("quarter"))
    breakdown, unit = seasons.breakdown, seasons.unit
    most, title = max(seasons.sizes.values(), default=0), seasons.translate("routes.seasons.strip")

    def cell(start: Month) -> Mapping[str, Any]:
        """The cell of the quarter that begins with a month."""
        size = seasons.sizes.get(start, 0)
        between = ranges.in_words(whole, breakdown, size)
        return {
            "text": seasons.mark(size) if size else "·",
            "said": " ".join(filter(None, (seasons.about(size), between))),
            "level": ceil(_SHADES * size / most) if most else 0,
        }

    quarters = [tuple(year)[:: in_time.MONTHS["quarter"]] for year in years]
    figure = {
        "title": title,
        "said": _season_text(seasons, _STRIP_KEYS),
        "columns": [seasons.label(start.month) for start in quarters[0]],
        "rows": [
            {"label": whole.dated(year), "cells": list(map(cell, starts))}
            for year, starts in zip(years, quarters, strict=True)
        ],
    }
    rows = (
        (title, start.quarter, whole.quarter(start), size, *breakdown.error.interval(size), unit)
        for start, size in seasons.sizes.items()
    )
    return Strip(figure, tuple(rows), (breakdown,), (f"{title}: {figure['said']}",))


def last_years(question: Question) -> tuple[Span, ...]:
    """The last stretches of twelve months, at most three, in order of time.

    They end with the period's last quarter; those that begin before the release are left out.
    """
    covered = question.period.snapped("quarter").clipped(question.release.span)
    end = (covered or question.release.span).end
    spans = (Span.last(_YEAR, until=end.plus(-_YEAR * back)) for back in reversed(range(_YEARS)))
    return tuple(span for span in spans if span.within(question.release.span))


Chart(
    "routes.seasons",
    (PEOPLE, JOURNEYS),
    Ladder.of("steps", month=(), quarter=()),
    _matrix,
    _title,
    count=_count,
    table=_table,
    description=_description,
    what=lambda whole, fact: whole.translate(f"routes.what_{fact.id}"),
    notes=lambda seasons: [
        seasons.translate(f"routes.seasons.note_{seasons.fact.id}"),
        *lateness.notes(seasons.question),
    ],
    view=lambda question: replace(question, period=question.release.span),
    draw=_draw,
).declare()
