"""The display rule: whether a cut may be drawn with the units that it has, and how exactly said.

Every exhibit comes here with what it is about to draw. The rule compares sizes; it protects nobody
(that was done before publishing) but keeps readers from reading noise. Base and audience are those
of the open release; how far the numbers of a cut are off is read from its echoes. What is offered
instead stands in ``offers``, numbers in words in ``words.numbers``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from dashboard import queries
from dashboard.analysis.compare import Comparison, compared
from dashboard.analysis.expected_error import NO_ERROR, ExpectedError, leads
from dashboard.exhibits.counts.expected_error import Cell, error_of
from dashboard.exhibits.question import Question
from dashboard.filters import Filters, clause
from dashboard.model.cuts import Cut, cut
from dashboard.model.facts import Fact
from dashboard.model.periods import Span
from dashboard.model.protection import is_protected, noise
from dashboard.release.open_release import Release

Grade = Literal["plain", "rough", "refused"]


def grade(shown: int, cells: int, base: int) -> Grade:
    """How a cut may be shown.

    Args:
        shown: Number of events in the cut.
        cells: Cells of the cut that hold anything in any period of the release.
        base: Protection base of the fact; 1 means no rule.

    Returns:
        "plain"; "rough" where the mean cell is below twice the base; "refused" below the base.
    """
    if not is_protected(base):
        return "plain"
    mean = shown / max(cells, 1)
    if mean < base:
        return "refused"
    return "rough" if mean < noise(base) else "plain"


@dataclass(frozen=True)
class Drawn:
    """A cut of the pages with the numbers that an exhibit is about to draw of it.

    Attributes:
        fact: What is counted.
        cut: The cut.
        total: Number of events in it.
        cells: Its cells that hold anything in any period of the release, times the periods drawn.
        base: Protection base of the fact.
        months: Length of the period that each of its numbers stands for.
        is_filtered: Whether its numbers are those of a choice among all events of the period.
    """

    fact: Fact
    cut: Cut
    total: int
    cells: int
    base: int
    months: int
    is_filtered: bool
    _told: Callable[[], ExpectedError] = field(repr=False, compare=False)

    @cached_property
    def error(self) -> ExpectedError:
        """What protection is expected to have done to its numbers."""
        return self._told()

    def leads(self, sizes: Sequence[int]) -> bool:
        """Whether the first of some of its numbers may be called the largest."""
        return leads(sizes, self.error)

    @property
    def grade(self) -> Grade:
        """How it may be shown."""
        return grade(self.total, self.cells, self.base)

    @property
    def may_be_drawn(self) -> bool:
        """Whether it is offered at all, plain or rough."""
        return self.grade != "refused"


def drawn(
    asked: Question,
    fact: Fact,
    by: tuple[str, ...],
    total: int,
    *,
    cells: int | None = None,
    months: int | None = None,
    filters: Filters | None = None,
    cell: Cell | None = None,
) -> Drawn:
    """What an exhibit draws, for the rule to judge.

    Args:
        asked: What the reader looks at.
        fact: What is counted.
        by: Columns of the cut.
        total: Number of events in it.
        cells: Its cells where they are not those of the whole release: fewer inside chosen
            areas, more where each of several periods is drawn.
        months: Length of the period of one number, where it is not the whole period.
        filters: What its numbers obey, where that is not what the reader chose.
        cell: What the exhibit makes of the values of the columns, where it puts some together.

    Raises:
        KeyError: If no page shows this cut.
    """
    columns, release = cut(fact.id, by), asked.release
    chosen = asked.filters if filters is None else filters
    period = asked.period.snapped(fact.grain)
    one = period if months is None else Span.last(months, until=period.end)

    def told() -> ExpectedError:
        if not by and is_exact_total(release, fact, chosen, asked.period):
            return NO_ERROR
        return error_of(release, fact, chosen, one, by, cell=cell)

    return Drawn(
        fact,
        columns,
        total,
        queries.live_cells(release, fact, by) if cells is None else cells,
        release.base(fact.id),
        one.months,
        _is_filtered(fact, chosen, period),
        told,
    )


def comparison(
    shown: Drawn, before: int, now: int | None = None, *, exact: bool = False
) -> Comparison:
    """Two numbers of a cut compared, with the error that protection is expected to have made.

    Args:
        shown: The cut as drawn.
        before: Number of the earlier period.
        now: Number of the period, where it is not the cut's total.
        exact: Whether both are as reported, so that protection added nothing.
    """
    number = shown.total if now is None else now
    return compared(number, before, NO_ERROR if exact else shown.error)


def _is_filtered(fact: Fact, filters: Filters, period: Span) -> bool:
    """Whether a filter beside the period applies to a fact."""
    return bool(set(filters.active) - set(clause(fact, filters, period).inapplicable))


def is_exact_total(release: Release, fact: Fact, filters: Filters, period: Span) -> bool:
    """Whether the number of all events of a period is the one that was reported.

    It is where nothing is protected, and where the release says so for each period and no filter
    but the period applies.
    """
    if not is_protected(release.base(fact.id)):
        return True
    within = period.clipped(release.span)
    if within is None or _is_filtered(fact, filters, period):
        return False
    return all(release.is_exact(fact.id, start) for start in queries.period_starts(fact, within))
