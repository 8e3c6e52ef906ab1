"""In time: sizes by month, the same in quarters or years, and which of these was the highest.

How lines are drawn stands with the exhibits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard import queries
from dashboard.exhibits.charts import tables
from dashboard.exhibits.charts.counts import Counted
from dashboard.exhibits.counts import coverage, splits, windows
from dashboard.exhibits.exhibit import Column
from dashboard.exhibits.parts import breakdowns, lateness
from dashboard.exhibits.parts.ladder import DetailLevel, Ladder
from dashboard.exhibits.question import Question
from dashboard.figures.plot import Number
from dashboard.model.facts import Fact
from dashboard.model.periods import Month, Span
from dashboard.words import dates

#: Levels of detail of a line: the length of its steps. The whole period stays the same.
STEPS = Ladder.of("steps", month=(), quarter=(), year=())
_, QUARTER, _ = STEPS.levels
MONTHS = {"month": 1, "quarter": 3, "year": 12}
YEAR = MONTHS["year"]
#: The one line of a trend that is not split by class.
ALL = "all"
#: Steps of a line at least.
_FEWEST = 2


@dataclass(frozen=True, kw_only=True)
class TimeSeries(Counted):
    """Something in steps of time that follow each other; the question is about all of these.

    Attributes:
        spans: The steps, in order of time.
        sizes: The numbers of each line, one a step, by the code of the line.
    """

    spans: tuple[Span, ...]
    sizes: Mapping[str, tuple[int, ...]]

    @property
    def months(self) -> int:
        """Length of a step: 1, 3 or 12."""
        return self.spans[0].months if self.spans else 1

    @property
    def late(self) -> int:
        """How many of the last steps hold a provisional month."""
        return lateness.late_steps(self.question, self.spans)

    @property
    def ticks(self) -> tuple[str, ...]:
        """The name of each step beside the axis."""
        return tuple(_tick(span, self.lang) for span in self.spans)

    @property
    def states(self) -> list[str]:
        """Of each step in words whether it may still rise, and lacks partners; '' for neither."""
        release = self.question.release
        lacking, settled = set(coverage.fewer(release, release.span)), len(self.spans) - self.late

        def state(index: int, span: Span) -> str:
            holds = {
                "provisional": index >= settled,
                "partners_fewer": not lacking.isdisjoint(span),
            }
            return "; ".join(self.translate(f"trend.{kind}") for kind in holds if holds[kind])

        return [state(index, span) for index, span in enumerate(self.spans)]


@dataclass(frozen=True, kw_only=True)
class Trend(TimeSeries):
    """A time series by month, so that it is known what its last steps will come to.

    Attributes:
        by_month: Number of all lines together by month, in order of time.
    """

    by_month: Mapping[Month, int]

    @property
    def expected(self) -> tuple[Number | None, ...]:
        """What each step will come to, where reports of it are still expected."""
        return lateness.expected(self.question, self.fact, self.by_month, self.spans)


def monthly(question: Question, fact: Fact, *, split: bool = False) -> Trend:
    """The months of a question's period: one line ``ALL``, or a line for each part of the classes.

    Args:
        question: What the reader looks at.
        fact: What is counted.
        split: Whether there is a line for each part; those without events are left out.
    """
    by = (splits.by_part(),) if split else ()
    rows = queries.series(question.release, fact, question.filters, question.period, by)
    months = dict.fromkeys((Month.of(start) for start, *_ in rows), 0)
    by_part = {part: {**months} for part in (splits.parts_of(fact) if split else (ALL,))}
    for start, *codes, size in rows:
        part = codes[0] if split else ALL
        by_part[part][Month.of(start)] += int(size)
        months[Month.of(start)] += int(size)
    lines = {part: tuple(sizes.values()) for part, sizes in by_part.items()}
    non_empty = {part: line for part, line in lines.items() if any(line) or not split}
    spans, cells = tuple(Span(month, month) for month in months), sum(non_empty.values(), ())
    breakdown = breakdowns.breakdown_of(question, fact, by, cells, months=1, are_alike=True)
    return Trend(
        question=question,
        fact=fact,
        total=sum(cells),
        breakdown=breakdown,
        spans=spans,
        sizes=non_empty,
        by_month=months,
    )


def in_steps(trend: Trend, level: DetailLevel) -> Trend:
    """A trend by month in the steps of a level of ``STEPS`` that are whole.

    Quarters are those of the calendar; years end with the last month. Months of a step that is cut
    off are left out.
    """
    months = MONTHS[level.id]
    if months == 1:
        return trend
    indices: dict[Month, list[int]] = {}  # of the months of each step, by its first month
    for index, span in enumerate(trend.spans):
        last = trend.spans[-1].start
        first_of_year = last.plus(1 - YEAR * (last.minus(span.start) // YEAR + 1))
        start = span.start.quarter_start if months < YEAR else first_of_year
        indices.setdefault(start, []).append(index)
    whole = {start: of_step for start, of_step in indices.items() if len(of_step) == months}
    spans = tuple(Span(start, start.plus(months - 1)) for start in whole)
    sizes = {
        part: tuple(sum(line[index] for index in of_step) for of_step in whole.values())
        for part, line in trend.sizes.items()
    }
    cells, by = sum(sizes.values(), ()), trend.breakdown.by
    breakdown = breakdowns.breakdown_of(
        trend.question, trend.fact, by, cells, months=months if spans else 1, are_alike=True
    )
    return replace(trend, total=sum(cells), breakdown=breakdown, spans=spans, sizes=sizes)


def ladder(trend: Trend) -> Ladder:
    """The levels of ``STEPS`` of which a trend has at least two steps; months always."""
    finest, *coarser = STEPS.levels
    levels = [level for level in coarser if len(in_steps(trend, level).spans) >= _FEWEST]
    return replace(STEPS, levels=(finest, *levels))


def highest(series: TimeSeries) -> str:
    """A title: which step of a single line is highest; its range where others may be as high."""
    (line,) = series.sizes.values()
    by_size = sorted(range(len(line)), key=line.__getitem__, reverse=True)
    top, sizes = by_size[0], [line[index] for index in by_size]
    values = {
        "unit": series.unit,
        "number": series.about(sizes[0]),
        "least": series.about(sizes[-1]),
        "each": series.translate(f"trend.each_{series.months}"),
    }
    if len(sizes) > 1 and not series.breakdown.leads(sizes):
        key = "alike" if values["least"] == values["number"] else "between"
        return series.translate(f"trend.{key}", **values)
    return series.translate("trend.highest", when=name(series.spans[top], series.lang), **values)


def name(span: Span, lang: str) -> str:
    """A period in words: "Q3 2026", "Jul 2026", "Oct 2025 – Sep 2026"."""
    is_quarter = span.months == MONTHS["quarter"]
    return dates.quarter(span.start, lang) if is_quarter else dates.period(span, lang)


def _tick(span: Span, lang: str) -> str:
    """The name of a period beside the axis, where there is little room."""
    short = {1: dates.month_at_tick, MONTHS["quarter"]: dates.quarter_at_tick}.get(span.months)
    return short(span.start.first_day, lang) if short else dates.period(span, lang)


def code(span: Span) -> str:
    """A period in a file: "2026-07", "2026-Q3", or "2025-10..2026-09"."""
    if span.months == YEAR:
        return str(span)
    return str(span.start) if span.months == 1 else span.start.quarter


def quarter_columns(series: TimeSeries) -> tuple[Column, ...]:
    """Columns of a quarter, its code and its name, and of its number."""
    label = series.translate("trend.column_quarter_code")
    return (
        # Not a date as HXL has it: files give each row's first and last day beside it.
        Column("quarter", label, hxl="#x_quarter+code", in_files=True),
        Column("quarter_name", series.translate("trend.of_3")),
        tables.number(series),
    )


def last_quarters(question: Question, most: int) -> tuple[tuple[Span, ...], Question]:
    """The last quarters of the release, at most so many, and the question about these months."""
    spans = windows.windows(windows.QUARTER, question.release.span)[-most:]
    within = Span(spans[0].start, spans[-1].end) if spans else question.release.span
    return spans, replace(question, period=within)
