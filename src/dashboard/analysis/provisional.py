"""Provisional months: those for which late reports are still expected.

A month closes soon after its end. What arrives later is added once a quarter, when the quarter's
last month has closed. Reports arrive up to ``DELAY`` months late, so a month is settled when a
whole quarter that ends at least so long after it lies in the release. This is the one place that
says so; how provisional months are drawn and worded belongs to the exhibits.
"""

from __future__ import annotations

from dashboard.model.periods import Month, Span

#: Months after which reports of a month are no longer expected.
DELAY = 3


def provisional_span(span: Span, *, final: bool = False) -> Span | None:
    """The last months of a release that may still rise, or None.

    Args:
        span: All months of the release.
        final: Whether its figures were final when they were published, so that nothing is late.

    >>> str(provisional_span(Span.parse("2024-01..2026-09")))
    '2026-07..2026-09'
    >>> str(provisional_span(Span.parse("2024-01..2026-08")))
    '2026-04..2026-08'
    """
    if final:
        return None
    settled = _last_whole_quarter(span.end).plus(-DELAY)
    return Span(max(settled.plus(1), span.start), span.end)


def _last_whole_quarter(end: Month) -> Month:
    """Last month of the last quarter that has ended by the end of a month."""
    last = end.quarter_start.plus(2)
    return last if last == end else last.plus(-3)
