"""Windows: the quarters or twelve months that a reader plays through, and their numbers.

All of them come from one count by month. Which is shown, and how, stands with the exhibits.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from dashboard import queries
from dashboard.exhibits.counts.area_counts import areas_shown, chosen_areas, column_of_level
from dashboard.exhibits.question import Question
from dashboard.model.facts import Fact
from dashboard.model.periods import Month, Span
from dashboard.release.cached import Latest
from dashboard.release.open_release import Release

#: What is played: nothing, calendar quarters, or the twelve months up to each month.
OFF, QUARTER, YEAR = "off", "quarter", "year"
#: Months of a window.
MONTHS: Mapping[str, int] = {QUARTER: 3, YEAR: 12}
#: Fewest windows that can be played.
_FEWEST = 2
#: The latest answers of ``largest``: each frame of a view asks for the same.
_LATEST: Latest[int] = Latest(200)


def windows(kind: str, within: Span) -> tuple[Span, ...]:
    """Windows of a kind that lie whole in a span, in order of time; none of ``OFF``.

    >>> [str(window) for window in windows("quarter", Span.parse("2025-12..2026-07"))]
    ['2026-01..2026-03', '2026-04..2026-06']
    >>> [str(window) for window in windows("year", Span.parse("2025-01..2026-02"))]
    ['2025-01..2025-12', '2025-02..2026-01', '2025-03..2026-02']
    """
    if kind not in MONTHS:
        return ()
    months = MONTHS[kind]
    starts = (month for month in within if kind == YEAR or month == month.quarter_start)
    spans = (Span(start, start.plus(months - 1)) for start in starts)
    return tuple(span for span in spans if span.within(within))


def available_kinds(release: Release) -> tuple[str, ...]:
    """``OFF``, and the kinds that a release is long enough for."""
    kinds = (kind for kind in MONTHS if len(windows(kind, release.span)) >= _FEWEST)
    return (OFF, *kinds)


def nearest(kind: str, period: Span, within: Span) -> Span | None:
    """The last window that ends no later than a period, else the first; None where there is none.

    >>> str(nearest("quarter", Span.parse("2025-09..2026-08"), Span.parse("2025-01..2026-12")))
    '2026-04..2026-06'
    """
    spans = windows(kind, within)
    earlier = [window for window in spans if window.end <= period.end]
    return next(iter([*earlier[-1:], *spans]), None)


def around(kind: str, period: Span, within: Span) -> tuple[Span | None, Span | None]:
    """The windows before and after a period; of ``OFF`` the spans of its length beside it.

    >>> march = Span.parse("2026-03")
    >>> [str(side) for side in around("quarter", march, Span.parse("2025-07..2026-08"))]
    ['2025-10..2025-12', '2026-04..2026-06']
    """
    if kind not in MONTHS:
        sides = period.previous(), period.following()
        before, after = (side if side.within(within) else None for side in sides)
        return before, after
    spans = windows(kind, within)
    before = [w for w in spans if w.end < period.end and w.start < period.start]
    after = [w for w in spans if w.end > period.end and w.start > period.start]
    return next(reversed(before), None), next(iter(after), None)


def middle(question: Question, fact: Fact, kind: str) -> Span | None:
    """The window of median size, the larger middle one of an even number; None where there is none.

    A level of detail that tells something in it does so in most windows, so all are shown with it.
    """
    filters = queries.shown_roles(question.filters)
    sizes = question.by_month(fact, filters, question.release.span)
    by_size = sorted(
        (sum(sizes.get(month, 0) for month in window), window.start, window)
        for window in windows(kind, question.release.span)
    )
    *_, window = by_size[len(by_size) // 2] if by_size else (None,)
    return window


def by_month(
    question: Question, fact: Fact, level: str, within: Span
) -> Mapping[str, Mapping[Month, int]]:
    """Events by area of a level, then by month, for the areas shown and the roles that maps count.

    Areas and months without events are left out.
    """
    release = question.release
    filters = queries.shown_roles(question.filters)
    areas = set(areas_shown(release, level, chosen_areas(release, question.filters)))
    months_by_area = defaultdict[str, Counter[Month]](Counter)
    rows = queries.counts(release, fact, filters, within, (column_of_level(level), fact.time.name))
    for area, start, size in rows:
        if area in areas:
            months_by_area[area][Month.of(start)] += size
    return months_by_area


def summed(by_month: Mapping[Month, int], spans: Sequence[Span]) -> list[int]:
    """How many events one area has in each of some spans, from those of its months."""
    return [sum(by_month.get(month, 0) for month in span) for span in spans]


def largest(question: Question, fact: Fact, level: str, kind: str) -> int:
    """The largest number that any area has in any window of a kind; 0 where nothing is played.

    Number classes that follow from it mean the same in each frame.
    """
    release = question.release
    spans = windows(kind, release.span)
    if not spans:
        return 0

    def most() -> int:
        areas = by_month(question, fact, level, release.span).values()
        return max((max(summed(sizes, spans)) for sizes in areas), default=0)

    return _LATEST.once(release, (fact.id, level, kind, question.filters.chosen), most)
