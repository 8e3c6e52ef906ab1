"""Choice: what a brief tells, in the order of what a meeting must decide.

First the country, then what is off usual by the strength of the judge, then what is open for long.
A window is a quarter or half a year that ends with the month of the brief, since a month alone
holds little. What happened is told once, in the window in which it is clearest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.analysis.judge import Comparison
from dashboard.exhibits.brief.month import month_of
from dashboard.exhibits.counts.comparisons import compare_total
from dashboard.exhibits.counts.open_referrals import AllOpen, count_all_open
from dashboard.exhibits.overview.changes import Moved, look_through
from dashboard.exhibits.parts.empty_state import is_reported
from dashboard.exhibits.question import Question
from dashboard.model.facts import INCIDENTS, PEOPLE, REQUESTS, Fact
from dashboard.model.periods import Span
from dashboard.release.once import Latest

#: Sentences of a brief at most.
MOST = 5
#: Months of the windows in which rows are looked through.
WINDOWS = (3, 6)


@dataclass(frozen=True)
class Whole:
    """All incidents or people, against what is usual.

    Attributes:
        fact: What is counted.
        window: The window in which they are clearest off usual, as rows are told; else the month.
        comparison: What is said of them there.
        of_month: What is said of the month alone.
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
        left: What else is, for which there is no room.
        open: Open referrals, where any are older than the last four quarters.
        looked: How many values were looked through.
    """

    month: Span
    country: tuple[Whole, ...]
    called: tuple[Moved, ...]
    left: tuple[Moved, ...]
    open: AllOpen | None
    looked: int


def chosen(question: Question) -> Brief:
    """What the brief of a month tells, under the filters of a view."""
    end = month_of(question)
    asked = replace(question, period=Span(end, end))
    key = question.filters.chosen, end
    return _LATEST.once(question.release, key, lambda: _chosen(asked))


#: Briefs that were made last: page, headline and files ask the same.
_LATEST: Latest[Brief] = Latest(60)


def _chosen(question: Question) -> Brief:
    country = [whole for fact in (INCIDENTS, PEOPLE) if (whole := _whole(question, fact))]
    found = [look_through(_until(question, months)) for months in WINDOWS]
    called = _without_repeats([moved for each in found for moved in each.called])
    waits = _open(question)
    room = MOST - (waits is not None)
    # People without a change give way to what is off usual.
    if len(called) + len(country) > room:
        country = [
            whole for at, whole in enumerate(country) if at == 0 or whole.comparison.direction
        ]
    room -= len(country)
    told, left = tuple(called[:room]), tuple(called[room:])
    looked = max(each.looked for each in found)
    return Brief(question.period, tuple(country), told, left, waits, looked)


def _until(question: Question, months: int) -> Question:
    return replace(question, period=Span.last(months, until=question.period.end))


def _whole(question: Question, fact: Fact) -> Whole | None:
    """All events of a fact; None where the release does not report them by what was chosen."""
    if not is_reported(question, fact):
        return None
    spans = [_until(question, months) for months in (1, *WINDOWS)]
    found = [(each.period, compare_total(each, fact)) for each in spans]
    told = [(window, one) for window, one in found if one is not None]
    if not told:
        return None
    off = [each for each in told if each[1].direction]
    window, judged = max(off, key=lambda each: abs(each[1].score), default=told[0])
    return Whole(fact, window, judged, told[0][1])


def _without_repeats(rows: list[Moved]) -> list[Moved]:
    """Rows of several windows, each in the window in which it is clearest."""
    told: list[Moved] = []
    for moved in sorted(rows, key=lambda moved: -abs(moved.comparison.score)):
        if not any(_rows(other) & _rows(moved) for other in told):
            told.append(moved)
    return told


def _rows(moved: Moved) -> set[tuple[str, str]]:
    """A row and what tells of the same events, by group and code."""
    return {(each.group, each.code) for each in (moved, *moved.others)}


def _open(question: Question) -> AllOpen | None:
    if not is_reported(question, REQUESTS):
        return None
    all_open = count_all_open(question)
    return all_open if all_open and all_open.everyone.older else None
