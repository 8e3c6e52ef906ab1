"""Goals: what a plan wants of an indicator, as the line that a chart over time draws.

A target is of some months together; a period of the chart has its part of it. Only a target of the
very people whom a reader sees is drawn. Results against targets stand in ``referrals.targets``.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.exhibits.parts.in_time import Trend
from dashboard.exhibits.question import Question
from dashboard.figures import theme
from dashboard.figures.plot import Number, Series
from dashboard.filters import Filters
from dashboard.model.codes import SEX_AND_CHILD_OF
from dashboard.model.periods import Span
from dashboard.model.target import Target


@dataclass(frozen=True)
class Goal:
    """The part of a target that each period of a chart has.

    Attributes:
        target: The target.
        parts: One number a period, rounded; None for a period that does not lie in its months.
    """

    target: Target
    parts: tuple[int | None, ...]

    def line(self, question: Question) -> Series:
        """The line that is drawn."""

        def exact(part: int) -> Number:
            text = question.number(part)
            return Number(part, part, part, text, text)

        said = tuple(None if part is None else exact(part) for part in self.parts)
        return Series(
            question.translate("trend.target"), said, theme.TEXT_2, dash="dash", is_target=True
        )


def goal_of(trend: Trend) -> Goal | None:
    """The latest target of what a line counts that any of its steps lies in; None for none."""
    question = trend.question
    goals = [
        Goal(target, tuple(_part(target, period) for period in trend.spans))
        for target in question.release.targets
        if target.indicator == trend.fact.id
        and filters_of(target).chosen == question.filters.chosen
    ]
    drawn = [goal for goal in goals if any(part is not None for part in goal.parts)]
    return max(drawn, key=lambda goal: goal.target.span.end, default=None)


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
