"""Expected error: what a figure's own echoes say of its numbers, by the figure's own query.

Counting only. How an error is drawn and worded belongs to the exhibits; how it follows from the
numbers of echoes stands in ``analysis.expected_error``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence

import numpy as np

from dashboard import queries
from dashboard.analysis.expected_error import (
    EDGES,
    NO_ERROR,
    ExpectedError,
    Sums,
    assumed,
    expected_error,
)
from dashboard.filters import Filters, clause
from dashboard.model.facts import Fact
from dashboard.model.periods import Span
from dashboard.model.protection import is_protected
from dashboard.queries import Row, Stretches
from dashboard.release.once import Latest
from dashboard.release.open_release import Release

Cell = Callable[[Row], Hashable]

#: Figures of one view ask for the same errors; those of this many questions are kept.
_LATEST: Latest[ExpectedError] = Latest(400)


def error_of(
    release: Release,
    fact: Fact,
    filters: Filters,
    period: Span,
    by: Sequence[str] = (),
    *,
    cell: Cell | None = None,
) -> ExpectedError:
    """The expected error of the numbers of a figure.

    It is told from the period and all others of its length in the release, since how protection
    works is the same in each of them.

    Args:
        release: The open release.
        fact: What the figure counts.
        filters: What the reader chose, as the figure asks for it.
        period: The months that one number counts: those of the figure, or one step of a series.
        by: Columns that the figure is grouped by.
        cell: What a figure makes of the values of these columns, where it puts some together.

    Returns:
        The error; that of a unit where the release was made before there were echoes.

    Raises:
        KeyError: If the fact has no such column.
    """
    if not is_protected(release.base(fact.id)):
        return NO_ERROR
    if not release.replicates(fact.id):
        return assumed(release.base(fact.id))
    stretches = Stretches.like(period.snapped(fact.grain), release.span.snapped(fact.grain))
    asked = clause(fact, filters, stretches.span)
    key = (fact.id, asked.sql, str(asked.values), stretches, tuple(by), cell)
    known = _LATEST.get(release, key)
    if known is None:
        sums = (
            _sums(release, fact, filters, stretches, by)
            if cell is None
            else _sums_of_cells(release, fact, filters, stretches, by, cell)
        )
        known = expected_error(sums, base=release.base(fact.id))
        _LATEST.keep(release, key, known)
    return known


def _sums(
    release: Release, fact: Fact, filters: Filters, stretches: Stretches, by: Sequence[str]
) -> Sums:
    """The errors of every cell that the figure shows, by size."""
    rows, live = queries.errors_by_size(release, fact, filters, stretches, by, EDGES)
    sums = np.zeros((3, len(EDGES) + 1))
    for size, *own in rows:
        sums[:, size] = own
    # Where an echo has neither units nor records, it shows nothing and is right.
    sums[0, 0] += live * stretches.number * release.replicates(fact.id) - sums[0].sum()
    return Sums(*sums)


def _sums_of_cells(
    release: Release,
    fact: Fact,
    filters: Filters,
    stretches: Stretches,
    by: Sequence[str],
    cell: Cell,
) -> Sums:
    """The same where a figure puts cells together."""
    shown = queries.counts(release, fact, filters, stretches.span, by)
    live = {cell(row[:-1]) for row in shown}
    numbers: defaultdict[tuple[Hashable, int, int], list[int]] = defaultdict(lambda: [0, 0])
    for *values, stretch, replicate, units, error in queries.echoes(
        release, fact, filters, stretches, by
    ):
        if (own := cell(tuple(values))) in live:
            number = numbers[own, stretch, replicate]
            number[0] += units
            number[1] += error
    found = np.zeros((len(live) * stretches.number * release.replicates(fact.id), 2))
    if numbers:
        found[: len(numbers)] = [*numbers.values()]
    return Sums.of(found[:, 0], found[:, 1])
