"""Expected error: the error of a figure's numbers, from its echoes counted by its own query.

Counting only. How an error is drawn and worded belongs to the exhibits; how it follows from the
numbers of echoes stands in ``analysis.expected_error``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from dashboard import queries
from dashboard.analysis import expected_error as errors
from dashboard.analysis.association import association
from dashboard.analysis.expected_error import ExpectedError
from dashboard.echoes import echoed
from dashboard.filters import Filters, conditions
from dashboard.model.counted_by import By, column_of
from dashboard.model.facts import Fact
from dashboard.model.filters import filter_named
from dashboard.model.pairs import loose, unfitted
from dashboard.model.periods import Span
from dashboard.model.protection import is_protected
from dashboard.queries import Stretches
from dashboard.release.cached import Latest, latest
from dashboard.release.open_release import Release

#: The latest errors: figures of one view ask for the same.
_LATEST: Latest[ExpectedError] = Latest(400)


def error_of(
    release: Release, fact: Fact, filters: Filters, period: Span, by: Sequence[By] = ()
) -> ExpectedError:
    """The expected error of the numbers of a figure.

    It is estimated from the period and all others of its length in the release, since protection
    works alike in each. It is wider where units are not fitted to two of the columns that a figure
    is grouped and filtered by, or hold them loosely, and wider still where these are associated;
    those not fitted may then be a direction only.

    Args:
        release: The open release.
        fact: What the figure counts.
        filters: What the reader chose, as the figure asks for it.
        period: The months that one number counts: those of the figure, or one step of a series.
        by: Columns that the figure is grouped by, or groups of their codes.

    Returns:
        The error; that of a unit where the release has no echoes.

    Raises:
        KeyError: If the fact has no such column.
    """
    if not is_protected(release.base(fact.id)):
        return errors.NO_ERROR
    if not release.replicates(fact.id):
        return errors.assumed(release.base(fact.id))
    stretches = Stretches.like(period.snapped(fact.grain), release.span.snapped(fact.grain))
    key = (fact.id, conditions(fact, filters), stretches, str(by))

    def error() -> ExpectedError:
        echoes = echoed(release, fact, filters, stretches, by)
        columns = columns_used(fact, filters, by)
        fitted = errors.expected_error(
            errors.Sums.of(echoes.shown, echoes.errors),
            base=release.base(fact.id),
            drift=errors.drift(release.edition.audience, columns),
        )
        pairs = unfitted(fact, columns)
        drifting = [*pairs, *loose(fact, columns)]
        if not drifting:
            return fitted
        strength = {pair: association_of(release, fact, pair) for pair in drifting}
        weakly_associated, associated = errors.APART
        is_strong = max(strength.values()) >= errors.TOGETHER
        wider = fitted.wider(associated if is_strong else weakly_associated)
        is_direction = any(strength[pair] >= errors.DIRECTION for pair in pairs)
        return replace(wider, is_direction=is_direction)

    return _LATEST.once(release, key, error)


def columns_used(fact: Fact, filters: Filters, by: Sequence[By]) -> set[str]:
    """Columns of a fact by which a figure is grouped, or filtered by a code of theirs."""
    filter_codes = (
        (column, filter_named(name).expanded(filters.codes_of(name)))
        for name in filters.active
        for column in fact.filters.get(name, ())
    )
    # A group of classes is no class. A column without a list of codes may have any.
    filtered = {
        column
        for column, codes in filter_codes
        if any(code in (fact[column].codes or codes) for code in codes)
    }
    return filtered.union(map(column_of, by))


@latest(200)
def association_of(release: Release, fact: Fact, pair: tuple[str, str]) -> float:
    """How strongly two columns go together in all that a release shows of a fact, 0 to 1."""
    rows = queries.counts(release, fact, Filters(), release.span.snapped(fact.grain), pair)
    first_codes, second_codes = ([*dict.fromkeys(row[side] for row in rows)] for side in (0, 1))
    table = np.zeros((len(first_codes), len(second_codes)), dtype=np.int64)
    for first, second, size in rows:
        table[first_codes.index(first), second_codes.index(second)] = size
    return association(table, release.base(fact.id))
