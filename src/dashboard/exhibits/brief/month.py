"""The month of a brief, which its address names as ``month``; without it the last one."""

from __future__ import annotations

from dashboard.exhibits import registry
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option
from dashboard.model.periods import Month
from dashboard.release.open_release import Release

#: The last month of the chosen period; the last closed one where none is chosen.
LAST = "last"


def _months(release: Release) -> tuple[str, ...]:
    """Values of ``MONTH`` in a release."""
    return (LAST, *map(str, release.span))


MONTH = Option(registry.MONTH, (LAST,), available=_months, pattern=r"last|\d{4}-\d{2}")


def month_of(question: Question) -> Month:
    """The month that a brief is about."""
    month = question.options.get(MONTH.name, LAST)
    if month != LAST:
        return Month.parse(month)
    return (question.period.clipped(question.release.span) or question.period).end
