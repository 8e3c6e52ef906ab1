"""In time: sizes by month, the same in quarters or years, and which of these held most.

How lines are drawn stands with the exhibits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard import queries
from dashboard.exhibits.counts import coverage, splits
from dashboard.exhibits.parts import breakdowns, lateness
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.parts.ladder import DetailLevel, Ladder
from dashboard.exhibits.question import Question
from dashboard.figures.plot import Number
from dashboard.model.facts import Fact
from dashboard.model.periods import Month, Span
from dashboard.words import dates, numbers

#: Steps of a line by the months that one holds; the range that is drawn stays.
STEPS = Ladder.of("steps", month=(), quarter=(), year=())
MONTHS = {"month": 1, "quarter": 3, "year": 12}
YEAR = MONTHS["year"]
#: The one line of a trend that is not split by class.
ALL = "all"
#: Steps of a line at least.
_FEWEST = 2


@dataclass(frozen=True)
class Trend:
    """Sizes per period and part.

    Attributes:
        fact: What is counted.
        months: Length of a period: 1, 3 or 12.
        spans: The periods in order of time.
        sizes: Numbers by part, one a period.
    """

    fact: Fact
    months: int
    spans: tuple[Span, ...]
    sizes: Mapping[str, tuple[int, ...]]

    @property
    def total(self) -> int:
        """Sum of everything drawn."""
        return sum(map(sum, self.sizes.values()))

    @property
    def by_month(self) -> dict[Month, int]:
        """The only line of a trend by month."""
        (line,) = self.sizes.values()
        return {span.start: size for span, size in zip(self.spans, line, strict=True)}

    def late(self, question: Question) -> int:
        """How many of the last periods hold a provisional month."""
        late = lateness.provisional(question.release, question.period)
        return sum(1 for span in self.spans if late and span.end >= late.start)

    def expected(self, question: Question, by_month: Trend) -> tuple[Number | None, ...]:
        """What each period will come to, where reports of it are still expected."""
        return lateness.expected(question, self.fact, by_month.by_month, self.spans)


def by_month(question: Question, fact: Fact, *, split: bool = False) -> Trend:
    """Sizes of each month of a question's period, all together or by class."""
    by = (splits.by_part(),) if split else ()
    rows = queries.series(question.release, fact, question.filters, question.period, by)
    months = dict.fromkeys(Month.of(row[0]) for row in rows)
    sizes = {
        part: dict.fromkeys(months, 0) for part in (splits.parts_of(fact) if split else (ALL,))
    }
    for start, *part, size in rows:
        sizes[(*part, ALL)[0]][Month.of(start)] += int(size)
    lines = {part: tuple(line.values()) for part, line in sizes.items()}
    held = {part: line for part, line in lines.items() if any(line) or not split}
    return Trend(fact, 1, tuple(Span(month, month) for month in months), held)


def in_steps(by_month: Trend, months: int) -> Trend:
    """The same sizes in longer steps that are whole.

    Quarters are those of the calendar; years end with the last month. Months of a step that is cut
    off are left out.
    """
    if months == 1:
        return by_month
    firsts = [span.start for span in by_month.spans]
    groups: dict[Month, list[int]] = {}
    for index, first in enumerate(firsts):
        years = firsts[-1].minus(first) // months
        start = first.quarter_start if months < YEAR else firsts[-1].plus(1 - months * (years + 1))
        groups.setdefault(start, []).append(index)
    whole = {start: own for start, own in groups.items() if len(own) == months}
    return Trend(
        by_month.fact,
        months,
        tuple(Span(start, start.plus(months - 1)) for start in whole),
        {
            part: tuple(sum(line[index] for index in own) for own in whole.values())
            for part, line in by_month.sizes.items()
        },
    )


def ladder(by_month: Trend) -> Ladder:
    """The steps of which a range holds at least two, since one makes no line; months always."""
    finest, *coarser = STEPS.levels
    kept = [r for r in coarser if len(in_steps(by_month, MONTHS[r.id]).spans) >= _FEWEST]
    return replace(STEPS, levels=(finest, *kept))


def count(question: Question, by_month: Trend, level: DetailLevel) -> tuple[Trend, Breakdown]:
    """A trend in steps of a level, and what it would draw: each line in each step is a number."""
    shown = in_steps(by_month, MONTHS[level.id])
    by = () if ALL in shown.sizes else (splits.by_part(),)
    sizes = sum(shown.sizes.values(), ())
    breakdown = breakdowns.breakdown_of(
        question, shown.fact, by, sizes, months=shown.months, are_alike=True
    )
    return shown, breakdown


def highest(question: Question, trend: Trend, breakdown: Breakdown) -> str:
    """Which month or quarter held most; the range where the next one is as high."""
    lang, base = question.lang, question.base(trend.fact)
    (line,) = trend.sizes.values()
    ranked = sorted(range(len(line)), key=line.__getitem__, reverse=True)
    top = ranked[0]
    values = {
        "unit": trend.fact.unit_in(lang),
        "number": numbers.about(line[top], base, lang),
        "least": numbers.about(line[ranked[-1]], base, lang),
        "each": question.translate(f"trend.each_{trend.months}"),
    }
    sizes = [line[index] for index in ranked]
    if len(sizes) > 1 and not breakdown.leads(sizes):
        return question.translate("trend.between", **values)
    return question.translate("trend.highest", when=name(trend.spans[top], lang), **values)


def name(span: Span, lang: str) -> str:
    """A period in words."""
    is_quarter = span.months == MONTHS["quarter"]
    return dates.quarter(span.start, lang) if is_quarter else dates.period(span, lang)


def tick(span: Span, lang: str) -> str:
    """A period beside the axis."""
    short = {1: dates.month_at_tick, MONTHS["quarter"]: dates.quarter_at_tick}.get(span.months)
    return short(span.start.first_day, lang) if short else dates.period(span, lang)


def code(span: Span) -> str:
    """A period in a file: "2026-07", "2026-Q3", or "2025-10..2026-09"."""
    if span.months == YEAR:
        return str(span)
    return str(span.start) if span.months == 1 else span.start.quarter


def states(question: Question, spans: Sequence[Span], late: int) -> list[str]:
    """What must be known of each period beside its number: that it may rise, who reported; or ''.

    Args:
        question: What the reader looks at.
        spans: The periods in order of time.
        late: How many of the last ones may still rise.
    """
    lacking = set(coverage.fewer(question.release, question.release.span))
    return [
        "; ".join(
            question.translate(f"trend.{kind}")
            for kind, holds in (
                ("provisional", at >= len(spans) - late),
                ("partners_fewer", not lacking.isdisjoint(span)),
            )
            if holds
        )
        for at, span in enumerate(spans)
    ]
