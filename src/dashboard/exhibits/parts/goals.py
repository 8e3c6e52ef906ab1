"""Goals: what a plan wants of an indicator, as the line that a chart over time draws.

A target is of some months together; a period of the chart has its part of it. Only a target of the
very people whom a reader sees is drawn. Results against targets stand in ``referrals.targets``.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.exhibits.parts.in_time import Trend
from dashboard.exhibits.question import Question
from dashboard.figures import theme
from dashboard.figures.plot import NumberFormat, Series
from dashboard.filters import Filters
from dashboard.model.codes import SEX_AND_CHILD_OF
from dashboard.model.periods import Span
from dashboard.model.target import Target

#: A target, and the part of it that each step of a line has, rounded; None of what is not in it.
Goal = tuple[Target, tuple[int | None, ...]]


def goal_of(trend: Trend) -> Goal | None:
    """The latest target of what a line counts that any of its steps lies in; None for none."""
    question = trend.question
    goals = [
        (target, tuple(_part(target, period) for period in trend.spans))
        for target in question.release.targets
        if target.indicator == trend.fact.id
        and filters_of(target).chosen == question.filters.chosen
    ]
    drawn = [goal for goal in goals if any(part is not None for part in goal[1])]
    return max(drawn, key=lambda goal: goal[0].span.end, default=None)


def goal_line(question: Question, parts: Sequence[int | None]) -> Series:
    """The line that is drawn of the parts of a target."""
    exact = NumberFormat(question.number, question.number, question.number)
    name = question.translate("trend.target")
    return Series(name, exact.numbers(parts), theme.TEXT_2, dash="dash", is_target=True)


def _part(target: Target, period: Span) -> int | None:
    if not period.within(target.span):
        return None
    return round(target.number * period.months / target.span.months)


def filters_of(target: Target) -> Filters:
    """What a reader has chosen who sees the people whom a target is of."""
    sex, child = SEX_AND_CHILD_OF.get(target.group, ("", ""))
    chosen = Filters(compare="none")
    for name, code in {"area": target.area, "sex": sex, "child": child}.items():
        chosen = chosen.with_codes(name, (code,) if code else ())
    return chosen
