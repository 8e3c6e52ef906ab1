"""The usual value of a month: the mean of the twelve months before it.

Said and drawn beside the numbers of a single month, so that the sheet of a month can be read
alone. Whether a month differs clearly from another period is decided in ``analysis``.
"""

from __future__ import annotations

from dashboard import queries
from dashboard.exhibits.question import Question
from dashboard.model.counted_by import By, column_of
from dashboard.model.facts import Fact
from dashboard.model.periods import Span

#: Months whose mean is usual.
MONTHS = 12
#: What a value that was not recorded is counted under.
_UNKNOWN = "unknown"


def span(question: Question) -> Span | None:
    """The months before a single month; None for a longer period, or where some have no data."""
    period = question.period
    before = Span.last(MONTHS, until=period.start.plus(-1))
    return before if period.months == 1 and before.within(question.release.span) else None


def sizes(question: Question, fact: Fact, by: By) -> dict[str, int] | None:
    """Usual size of each code or group in a month, rounded; None where ``span`` is None."""
    before = span(question)
    if before is None:
        return None
    rows = question.counts(fact, by, period=before)
    counts = queries.summed(rows, lambda code: code or _UNKNOWN)
    if fact.is_set(column_of(by)):
        arguments = (question.release, fact, question.filters, before)
        counts[_UNKNOWN] = queries.total(*arguments) - queries.answered(*arguments, column_of(by))
    return {code: round(size / MONTHS) for code, size in counts.items()}


def what(question: Question, fact: Fact) -> str:
    """What an exhibit counts, with the usual number of a month; '' where ``span`` is None."""
    before = span(question)
    if before is None:
        return ""
    lang = question.lang
    total = question.total(fact, period=before)
    number = question.about(round(total / MONTHS), fact)
    return question.translate("breakdown.what_usual", what=fact.label_in(lang), number=number)
