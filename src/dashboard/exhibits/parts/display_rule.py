"""The display rule: whether a cut may be drawn with the units that it has, and how exactly said.

Every exhibit comes here with what it is about to draw. The rule compares sizes; it protects nobody
(that was done before publishing) but keeps readers from reading noise. Base and audience are those
of the open release. What is offered instead stands in ``offers``, numbers in words in
``words.numbers``.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import Literal

from dashboard import queries
from dashboard.analysis.compare import Comparison, compared
from dashboard.exhibits.question import Question
from dashboard.filters import Filters, clause
from dashboard.model.cuts import Cut, cut
from dashboard.model.facts import Fact
from dashboard.model.periods import Span
from dashboard.model.protection import RECORDS, is_protected, noise
from dashboard.release.open_release import Release

Grade = Literal["plain", "rough", "refused"]
Grain = Literal["month", "quarter", "year", "all"]

#: Grains for which a release states errors, with their months; "all" is as long as the release.
GRAINS: tuple[Grain, ...] = ("month", "quarter", "year", "all")
_MONTHS: dict[Grain, int] = {"month": 1, "quarter": 3, "year": 12}


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
    """

    fact: Fact
    cut: Cut
    total: int
    cells: int
    base: int
    months: int

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

    Raises:
        KeyError: If no page shows this cut.
    """
    columns = cut(fact.id, by)
    return Drawn(
        fact,
        columns,
        total,
        queries.live_cells(asked.release, fact, by) if cells is None else cells,
        asked.release.base(fact.id),
        months or asked.period.snapped(fact.grain).months,
    )


def expected_error(release: Release, shown: Drawn) -> tuple[Grain, float] | None:
    """Expected error that a release states for a cut, at the grain nearest to its period.

    None where the release states none. Nearest is by the ratio of the lengths; of two equally near
    grains the longer one is taken.
    """
    known: dict[Grain, tuple[int, float]] = {}
    for grain in GRAINS:
        months = _MONTHS.get(grain, release.span.months)
        error = release.expected_error(shown.fact.id, shown.cut.id, grain)
        if error is not None:
            known[grain] = (months, error)
    if not known:
        return None
    nearest = min(
        known, key=lambda grain: (abs(log(known[grain][0] / shown.months)), -known[grain][0])
    )
    return nearest, known[nearest][1]


def comparison(
    release: Release, shown: Drawn, before: int, now: int | None = None, *, exact: bool = False
) -> Comparison:
    """Two numbers of a cut compared, with the error that the release states for it.

    Args:
        release: Where both come from.
        shown: The cut as drawn.
        before: Number of the earlier period.
        now: Number of the period, where it is not the cut's total.
        exact: Whether both are as reported, so that protection added nothing.
    """
    number = shown.total if now is None else now
    if exact or not is_protected(shown.base):
        return compared(number, before, RECORDS)
    stated = expected_error(release, shown)
    return compared(number, before, shown.base, stated[1] if stated else None)


def is_exact_total(release: Release, fact: Fact, filters: Filters, period: Span) -> bool:
    """Whether the number of all events of a period is the one that was reported.

    It is where nothing is protected, and where the release says so for each period and no filter
    but the period applies.
    """
    if not is_protected(release.base(fact.id)):
        return True
    within = period.clipped(release.span)
    if within is None or set(filters.active) - set(clause(fact, filters, period).inapplicable):
        return False
    return all(release.is_exact(fact.id, start) for start in queries.period_starts(fact, within))
