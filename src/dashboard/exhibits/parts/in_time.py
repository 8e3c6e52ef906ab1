"""In time: sizes by month, the same in quarters or years, and which of these held most.

What is counted by month, and how it is drawn, stands with the exhibits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.question import Question
from dashboard.model.facts import Fact
from dashboard.model.periods import Month, Span
from dashboard.words import dates, numbers
from dashboard.words.catalogue import say

YEAR = 12


@dataclass(frozen=True)
class Trend:
    """Sizes per period and part. ``months`` is the length of a period: 1, 3 or 12."""

    fact: Fact
    months: int
    starts: tuple[date, ...]
    sizes: Mapping[str, tuple[int, ...]]

    @property
    def total(self) -> int:
        """Sum of everything drawn."""
        return sum(map(sum, self.sizes.values()))


def in_steps(by_month: Trend, months: int) -> Trend:
    """The same sizes in longer steps that are whole.

    Quarters are those of the calendar; years end with the last month. Months of a step that is cut
    off are left out.
    """
    if months == 1:
        return by_month
    firsts = [Month.of(start) for start in by_month.starts]
    groups: dict[Month, list[int]] = {}
    for index, first in enumerate(firsts):
        years = firsts[-1].minus(first) // months
        start = first.quarter_start if months < YEAR else firsts[-1].plus(1 - months * (years + 1))
        groups.setdefault(start, []).append(index)
    whole = {start: own for start, own in groups.items() if len(own) == months}
    return Trend(
        by_month.fact,
        months,
        tuple(start.first_day for start in whole),
        {
            part: tuple(sum(line[index] for index in own) for own in whole.values())
            for part, line in by_month.sizes.items()
        },
    )


def highest(question: Question, trend: Trend, drawn: Drawn) -> str:
    """Which month or quarter held most; the range where the next one is as high."""
    lang, base = question.lang, question.base(trend.fact)
    (line,) = trend.sizes.values()
    ranked = sorted(range(len(line)), key=line.__getitem__, reverse=True)
    top = ranked[0]
    values = {
        "unit": trend.fact.unit_in(lang),
        "number": numbers.about(line[top], base, lang),
        "least": numbers.about(line[ranked[-1]], base, lang),
        "each": say(f"trend.each_{trend.months}", lang),
    }
    sizes = [line[index] for index in ranked]
    if len(sizes) > 1 and not drawn.leads(sizes):
        return say("trend.between", lang, **values)
    when = trend.starts[top]
    return say("trend.highest", lang, when=name(trend, when, lang), **values)


def name(trend: Trend, start: date, lang: str) -> str:
    """A period in words."""
    if trend.months == 1:
        return dates.month(start, lang)
    return dates.quarter(start, lang) if trend.months < YEAR else year(start, lang)


def year(start: date, lang: str) -> str:
    """The twelve months from a day on, in words."""
    return dates.period(Span(Month.of(start), Month.of(start).plus(YEAR - 1)), lang)
