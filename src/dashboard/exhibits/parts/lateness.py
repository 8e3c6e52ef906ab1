"""Provisional months of a release: which they are, what they will come to, and the note on them.

The rule, and what a month comes to, stand in ``analysis.completeness``; figures mark the months,
exhibits add the note.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import ceil, floor

import numpy as np

from dashboard.analysis.completeness import DELAY, WHOLE, Nowcast, nowcast, provisional_span
from dashboard.analysis.dispersion import by_lag
from dashboard.analysis.judge import Spreads
from dashboard.exhibits.counts.reports import shares_by_age
from dashboard.exhibits.question import Question
from dashboard.figures import theme
from dashboard.figures.plot import Number, Series
from dashboard.model.facts import Fact
from dashboard.model.periods import Month, Span
from dashboard.release.open_release import Release

#: Events from which it matters that more are expected.
_MATTERS = 1.0


def provisional(release: Release, within: Span) -> Span | None:
    """Months of a span for which late reports are still expected, or None.

    Published figures were final when they were published, so nothing of them is late.
    """
    late = provisional_span(release.span, final=release.edition.kind == "published")
    return late.clipped(within) if late else None


def late_steps(question: Question, steps: Iterable[Span]) -> int:
    """How many of some steps of time of a question hold a provisional month."""
    late = provisional(question.release, question.period)
    return sum(late is not None and step.end >= late.start for step in steps)


def notes(question: Question) -> list[str]:
    """The note on provisional months of a question's period, or nothing where it has none."""
    late = provisional(question.release, question.period)
    if late is None:
        return []
    return [question.translate("trend.provisional_note", period=question.dated(late), n=DELAY)]


def expected(
    question: Question, fact: Fact, sizes: Mapping[Month, int], periods: Sequence[Span]
) -> tuple[Number | None, ...]:
    """What periods that are still filling up will come to; None for those that are nearly whole.

    Args:
        question: What the reader looks at.
        fact: What is counted, by month.
        sizes: Its number in each month, in order of time.
        periods: The periods, in order of time; each is of months that ``sizes`` holds, or empty.
    """
    shares, end = shares_by_age(question.release, fact), question.release.span.end
    spread = Spreads.of_base(question.base(fact)).total
    dispersion = float(by_lag(np.array(list(sizes.values()), dtype=float), 1, spread))
    numbers: list[Number | None] = []
    for period in periods:
        months = [month for month in period if month in sizes]
        so_far = [float(sizes[month]) for month in months]
        completeness = [shares.get(end.minus(month), WHOLE) for month in months]
        estimate = nowcast(so_far, completeness, dispersion=dispersion, spread=spread)
        is_told = shares and estimate.number - sum(so_far) >= _MATTERS
        numbers.append(_number(question, estimate) if is_told else None)
    return tuple(numbers)


def _number(question: Question, estimate: Nowcast) -> Number:
    """An estimate in whole events, as a line draws it."""
    value, low, high = round(estimate.number), floor(estimate.low), ceil(estimate.high)
    text = question.number(value)
    sentence = question.translate("trend.expected", number=text, range=question.reach(low, high))
    return Number(value, low, high, text, sentence)


def line(question: Question, numbers: Sequence[Number | None]) -> list[Series]:
    """The line of what is expected, or nothing where all periods are whole."""
    if not any(numbers):
        return []
    return [Series(question.translate("trend.nowcast"), tuple(numbers), theme.TEXT_2, dash="dot")]
