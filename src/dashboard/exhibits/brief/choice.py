"""Choice: what a brief tells, in the order in which a meeting must decide.

First the country, then what is off usual, the clearest first, then what has been open for long. A
window is a quarter or half a year that ends with the month of the brief, since a month alone holds
little. A change is told once, in the window in which it is clearest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.analysis.judge import Comparison
from dashboard.exhibits.brief.month import month_of
from dashboard.exhibits.counts.comparisons import compare_total
from dashboard.exhibits.counts.open_referrals import AllOpen, count_all_open
from dashboard.exhibits.overview.changes import Change, look_through
from dashboard.exhibits.parts.empty_state import is_reported
from dashboard.exhibits.question import Question
from dashboard.model.facts import INCIDENTS, PEOPLE, REQUESTS, Fact
from dashboard.model.periods import Span
from dashboard.release.cached import Latest

#: Sentences of a brief at most.
MOST = 5
#: Months of the windows in which values are compared.
WINDOWS = (3, 6)


@dataclass(frozen=True)
class Whole:
    """All incidents or people, against what is usual.

    Attributes:
        fact: What is counted.
        window: The window in which they are most clearly off usual; the month where they are not.
        comparison: What the judge says of them there.
        of_month: What it says of the month alone.
    """

    fact: Fact
    window: Span
    comparison: Comparison
    of_month: Comparison


@dataclass(frozen=True)
class Brief:
    """What a brief tells.

    Attributes:
        month: The month, as a span.
        country: Incidents, and people where there is room.
        called: What is more, fewer or new, the clearest first.
        remaining: What else is more, fewer or new, for which there is no room.
        open: Open referrals, where any are older than the last four quarters.
        value_count: How many values were compared.
    """

    month: Span
    country: tuple[Whole, ...]
    called: tuple[Change, ...]
    remaining: tuple[Change, ...]
    open: AllOpen | None
    value_count: int

    @property
    def is_early(self) -> bool:
        """Whether there is too little data before the month to compare anything."""
        return not (self.value_count or any(whole.comparison.has_usual for whole in self.country))


def choose(question: Question) -> Brief:
    """What the brief of a month tells, under the filters of a view."""
    end = month_of(question)
    in_month = replace(question, period=Span(end, end))
    key = question.filters.chosen, end
    return _LATEST.once(question.release, key, lambda: _choose(in_month))


#: Briefs that were made last: page, headline and files ask the same.
_LATEST: Latest[Brief] = Latest(60)


def _choose(question: Question) -> Brief:
    """The brief of a question whose period is the month."""
    country = [whole for fact in (INCIDENTS, PEOPLE) if (whole := _whole(question, fact))]
    compared = [look_through(_until(question, months)) for months in WINDOWS]
    called = _without_repeats([change for changes in compared for change in changes.called])
    waits = _open(question)
    room = MOST - (waits is not None)
    # People without a change give way to what is off usual.
    if len(called) + len(country) > room:
        country = [whole for whole in country if whole is country[0] or whole.comparison.direction]
    room -= len(country)
    value_count = max(changes.value_count for changes in compared)
    return Brief(
        question.period, tuple(country), tuple(called[:room]), tuple(called[room:]), waits,
        value_count,
    )  # fmt: skip


def _until(question: Question, months: int) -> Question:
    """The question over so many months that end as its period does."""
    return replace(question, period=Span.last(months, until=question.period.end))


def _whole(question: Question, fact: Fact) -> Whole | None:
    """All events of a fact against usual; None where they are not reported, or not compared."""
    if not is_reported(question, fact):
        return None
    views = [_until(question, months) for months in (1, *WINDOWS)]
    judged = [(view.period, total) for view in views if (total := compare_total(view, fact))]
    if not judged:
        return None
    month, of_month = judged[0]
    off_usual = [(window, total) for window, total in judged if total.direction]
    clearest = max(off_usual, key=lambda pair: abs(pair[1].score), default=(month, of_month))
    return Whole(fact, *clearest, of_month)


def _without_repeats(rows: list[Change]) -> list[Change]:
    """Changes of several windows, each row only in the window in which its change is clearest."""
    distinct: list[Change] = []
    for change in sorted(rows, key=lambda change: -abs(change.comparison.score)):
        if not any(_row_keys(other) & _row_keys(change) for other in distinct):
            distinct.append(change)
    return distinct


def _row_keys(change: Change) -> set[tuple[str, str]]:
    """Group and code of a change's row, and of other rows about the same events."""
    return {(row.group, row.code) for row in (change, *change.others)}


def _open(question: Question) -> AllOpen | None:
    """Open referrals, where any are older than the last four quarters; else None."""
    if not is_reported(question, REQUESTS):
        return None
    all_open = count_all_open(question)
    return all_open if all_open and all_open.everyone.older else None
