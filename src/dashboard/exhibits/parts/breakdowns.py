"""The display rule: what a figure draws, how far its numbers are off, and whether they tell much.

Every exhibit comes here with the numbers that it is about to draw. The rule protects nobody (that
was done before publishing) and refuses nothing: where numbers tell too little, ``ladder`` takes
coarser ones, or they are drawn as rough. Base and audience are those of the open release; how far
the numbers of one are off is read from its echoes. Numbers in words stand in ``words.numbers``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from dashboard import queries
from dashboard.analysis.expected_error import NO_ERROR, ExpectedError, leads, telling
from dashboard.exhibits.counts.expected_error import error_of
from dashboard.exhibits.question import Question
from dashboard.filters import Filters, conditions
from dashboard.model.counted_by import By
from dashboard.model.facts import Fact
from dashboard.model.periods import Span
from dashboard.model.protection import is_few, is_protected
from dashboard.release.open_release import Release


@dataclass(frozen=True)
class Breakdown:
    """What an exhibit counts by, with the numbers that it is about to draw and their error.

    Attributes:
        fact: What is counted.
        by: Columns that it is counted by, or groups of their codes.
        sizes: Its numbers.
        base: Smallest size of a unit of the fact; 1 where numbers are exact.
        months: Length of the period that each of its numbers stands for.
        are_alike: Whether its numbers are all seen alike, as in lines, however large.
        may_lead: Whether the largest of its numbers is an answer, whatever the others are.
        filters: The filters that its numbers are counted with.
    """

    fact: Fact
    by: tuple[By, ...]
    sizes: tuple[int, ...]
    base: int
    months: int
    are_alike: bool
    may_lead: bool
    filters: Filters = field(repr=False, compare=False)
    _read_error: Callable[[], ExpectedError] = field(repr=False, compare=False)

    @cached_property
    def error(self) -> ExpectedError:
        """What protection is expected to have done to its numbers."""
        return self._read_error()

    @property
    def is_filtered(self) -> bool:
        """Whether its numbers are those of a choice among all events of the period."""
        return bool(conditions(self.fact, self.filters))

    @property
    def total(self) -> int:
        """Sum of its numbers; of a set more than the events, which count under each code."""
        return sum(self.sizes)

    @cached_property
    def is_informative(self) -> bool:
        """Whether its numbers tell something (``expected_error.telling``), or one surely leads."""
        if not is_protected(self.base):
            return True
        return telling(self.sizes, self.error, are_alike=self.are_alike) or self._has_leader

    @property
    def _has_leader(self) -> bool:
        ordered = sorted(self.sizes, reverse=True)
        return self.may_lead and self.is_nameable(ordered[0]) and self.leads(ordered)

    def is_few(self, size: int) -> bool:
        """Whether one of its numbers is read as a few."""
        return is_few(size, self.base)

    def is_nameable(self, size: int) -> bool:
        """Whether a list ranks and names one of its numbers: more than a few, surely not nothing.

        That is two bases at least, in a range that begins above half of one.
        """
        return not self.is_few(size) and 2 * self.error.interval(size)[0] > self.base

    def leads(self, sizes: Sequence[int]) -> bool:
        """Whether the first of some of its numbers may be called the largest."""
        return leads(sizes, self.error)


def breakdown_of(
    question: Question,
    fact: Fact,
    by: Sequence[By],
    sizes: Sequence[int],
    *,
    months: int | None = None,
    filters: Filters | None = None,
    are_alike: bool = False,
    may_lead: bool = False,
) -> Breakdown:
    """The numbers that an exhibit is about to draw, with what decides how exactly they are shown.

    Args:
        question: What the reader looks at.
        fact: What is counted.
        by: Columns that it is counted by, or groups of their codes.
        sizes: Its numbers.
        months: Length of the period of one number, where it is not the whole period.
        filters: The filters that its numbers are counted with, where the reader chose others.
        are_alike: Whether its numbers are all seen alike, however large.
        may_lead: Whether the largest of its numbers is an answer, whatever the others are.
    """
    release = question.release
    chosen = question.filters if filters is None else filters
    period = question.period.snapped(fact.grain)
    of_one = period if months is None else Span.last(months, until=period.end)

    def read_error() -> ExpectedError:
        if not by and is_exact_total(release, fact, chosen, question.period):
            return NO_ERROR
        return error_of(release, fact, chosen, of_one, by)

    base, length = release.base(fact.id), of_one.months
    return Breakdown(
        fact, tuple(by), tuple(sizes), base, length, are_alike, may_lead, chosen, read_error
    )


def with_error(breakdown: Breakdown, read_error: Callable[[], ExpectedError]) -> Breakdown:
    """A breakdown with another error, which is read when it is first asked for."""
    return replace(breakdown, _read_error=read_error)


def difference(one: Breakdown, other: Breakdown, sizes: Sequence[int]) -> Breakdown:
    """Numbers that are those of one breakdown less another's, with the errors of both.

    Args:
        one: What is subtracted from.
        other: What is subtracted.
        sizes: The differences.
    """
    return replace(one, sizes=tuple(sizes), _read_error=lambda: one.error.less(other.error))


def rest_of(question: Question, drawn: Breakdown, rest: int, others: Sequence[int]) -> Breakdown:
    """What is left of a total, with the error of the total and of all that is taken from it.

    Args:
        question: What the reader looks at.
        drawn: The breakdown of which the others are numbers.
        rest: What is left.
        others: What is taken from the total.
    """
    total = rest + sum(others)
    whole = breakdown_of(question, drawn.fact, (), (total,), filters=drawn.filters)
    one = replace(drawn, sizes=(rest,))
    return with_error(one, lambda: drawn.error.of_rest(total, whole.error, others))


def is_exact_total(release: Release, fact: Fact, filters: Filters, period: Span) -> bool:
    """Whether the number of all events of a period is the one that was reported.

    It is where nothing is protected, and where the release says so for each period and no filter
    but the period applies.
    """
    if not is_protected(release.base(fact.id)):
        return True
    within = period.clipped(release.span)
    if within is None or conditions(fact, filters):
        return False
    return all(release.is_exact(fact.id, start) for start in queries.period_starts(fact, within))
