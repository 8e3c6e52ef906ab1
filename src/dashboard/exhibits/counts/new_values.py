"""New values: whether what grew from nothing is new, or came back since an earlier year had it.

Counting only; when a number may be called more than before is decided in ``analysis.compare``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from dashboard import queries
from dashboard.analysis.compare import clear_change
from dashboard.analysis.expected_error import ExpectedError
from dashboard.exhibits.counts.area_counts import AreaCount, column_of_level, count_areas
from dashboard.exhibits.counts.expected_error import error_of
from dashboard.filters import Filters
from dashboard.model.counted_by import By
from dashboard.model.facts import Fact
from dashboard.model.periods import Span
from dashboard.model.protection import is_few
from dashboard.release.open_release import Release

News = Literal["new", "back"]
_YEAR = 12


def is_nothing(size: int, error: ExpectedError) -> bool:
    """Whether a number is none or a few, and may well be none."""
    return size == 0 or (is_few(size, error.base) and error.interval(size)[0] == 0)


def news_of(
    release: Release,
    fact: Fact,
    filters: Filters,
    by: By,
    period: Span,
    changes: Mapping[str, tuple[int, int]],
    error: ExpectedError,
) -> dict[str, News]:
    """Values that grew clearly from nothing: each new, or back where an earlier year had it.

    Args:
        release: The open release.
        fact: What is counted.
        filters: What the numbers obey.
        by: What they are counted by.
        period: The months of the later numbers.
        changes: The number of each value and the one before it.
        error: Their expected error.
    """
    grew = [
        code
        for code, (now, before) in changes.items()
        if is_nothing(before, error) and clear_change(now, before, error) > 0
    ]
    if not grew:
        return {}
    had: set[str] = set()
    for year in _years_before(period, release.span):
        of_a_year = error_of(release, fact, filters, year, (by,))
        sizes = dict(queries.counts(release, fact, filters, year, (by,)))
        had.update(code for code in grew if of_a_year.interval(sizes.get(code, 0))[0] > 0)
    return {code: "back" if code in had else "new" for code in grew}


def news_of_areas(count: AreaCount) -> dict[str, News]:
    """The areas of a count that are new or back against the compared period, if there is one."""
    question, compared = count.question, count.question.compared_span
    if compared is None:
        return {}
    before = count_areas(question, count.fact, count.level, compared).sizes
    return news_of(
        question.release,
        count.fact,
        queries.shown_roles(question.filters),
        column_of_level(count.level),
        question.period,
        {code: (size, before[code]) for code, size in count.sizes.items()},
        count.drawn.error,
    )


def _years_before(period: Span, known: Span) -> Iterator[Span]:
    """Years that end before a period, the latest first, and what is left of the first one."""
    end = period.start.plus(-1)
    while known.start <= end:
        yield Span(max(end.plus(1 - _YEAR), known.start), end)
        end = end.plus(-_YEAR)
