"""Goals: what a plan wants of an indicator, as the line that a chart over time draws.

A target is of some months together; a period of the chart has its part of it. Only a target of the
very people whom a reader sees is drawn. Results against targets stand in ``referrals.targets``.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.exhibits.parts.in_time import Trend
from dashboard.exhibits.question import Question
from dashboard.figures import theme
from dashboard.figures.plot import NumberFormat, Series
from dashboard.filters import Filters
from dashboard.model.codes import SEX_AND_CHILD_OF
from dashboard.model.target import Target


@dataclass(frozen=True)
class Goal:
    """The part of a target that each step of a line has.

    Attributes:
        target: The target.
        parts: One number a step, rounded; None of a step that does not lie in its months.
    """

    target: Target
    parts: tuple[int | None, ...]


def goal_of(trend: Trend) -> Goal | None:
    """The latest target for what a line counts that spans any of its steps; None without one."""
    question = trend.question
    matching = [
        target
        for target in question.release.targets
        if target.indicator == trend.fact.id
        and filters_of(target).chosen == question.filters.chosen
        and any(span.within(target.span) for span in trend.spans)
    ]
    latest = max(matching, key=lambda target: target.span.end, default=None)
    if latest is None:
        return None
    whole = latest.span
    parts = (
        round(latest.number * span.months / whole.months) if span.within(whole) else None
        for span in trend.spans
    )
    return Goal(latest, tuple(parts))


def goal_line(question: Question, goal: Goal) -> Series:
    """The dashed line that a chart draws of a goal."""
    exact = NumberFormat(question.number, question.number, question.number)
    name = question.translate("trend.target")
    return Series(name, exact.numbers(goal.parts), theme.TEXT_2, dash="dash", is_target=True)


def filters_of(target: Target) -> Filters:
    """What a reader has chosen who sees the people whom a target is of."""
    sex, child = SEX_AND_CHILD_OF.get(target.group, ("", ""))
    chosen = Filters(compare="none")
    for name, code in {"area": target.area, "sex": sex, "child": child}.items():
        chosen = chosen.with_codes(name, (code,) if code else ())
    return chosen
