"""Expected error: what a figure's own echoes say of its numbers, by the figure's own query.

Counting only. How an error is drawn and worded belongs to the exhibits; how it follows from the
numbers of echoes stands in ``analysis.expected_error``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence

import numpy as np

from dashboard import queries
from dashboard.analysis.expected_error import NO_ERROR, ExpectedError, assumed, expected_error
from dashboard.filters import Filters
from dashboard.model.facts import Fact
from dashboard.model.periods import Span
from dashboard.model.protection import is_protected
from dashboard.queries import Row, Stretches
from dashboard.release.open_release import Release


def error_of(
    release: Release,
    fact: Fact,
    filters: Filters,
    period: Span,
    by: Sequence[str] = (),
    *,
    cell: Callable[[Row], Hashable] = tuple,
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
    """
    if not is_protected(release.base(fact.id)):
        return NO_ERROR
    replicates = release.replicates(fact.id)
    if not replicates:
        return assumed(release.base(fact.id))
    stretches = Stretches.like(period.snapped(fact.grain), release.span.snapped(fact.grain))
    asked = queries.counts(release, fact, filters, stretches.span, by) if by else [(0,)]
    live = {cell(row[:-1]) for row in asked}
    numbers: defaultdict[tuple[Hashable, int, int], list[int]] = defaultdict(lambda: [0, 0])
    for *values, stretch, replicate, shown, error in queries.echoes(
        release, fact, filters, stretches, by
    ):
        if (own := cell(tuple(values))) in live:
            number = numbers[own, stretch, replicate]
            number[0] += shown
            number[1] += error
    # Where an echo has neither units nor records, it shows nothing and is right.
    found = np.zeros((len(live) * stretches.number * replicates, 2))
    if numbers:
        found[: len(numbers)] = [*numbers.values()]
    return expected_error(found[:, 0], found[:, 1], base=release.base(fact.id))
