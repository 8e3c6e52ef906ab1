"""Coverage: how the number of reporting partners changed, as far as its bands show.

Used where a change in numbers may be a change in reporting. The exhibit of coverage itself stands
in ``quality``.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard import queries
from dashboard.model import codes
from dashboard.model.periods import Month, Span
from dashboard.release.open_release import Release

#: Least change between two periods' mean bands, in bands.
_MOVED = 0.25
#: Months that a band must last before and after a change for that to be lasting.
_LASTING = 3


@dataclass(frozen=True)
class Step:
    """A month from which lastingly more (1) or fewer (-1) partners report."""

    month: Month
    sign: int


def moved(release: Release, now: Span, before: Span) -> int:
    """Whether more (1), fewer (-1) or as many (0) partners reported than in an earlier period.

    0 too where the release has no month of one of the two.
    """
    later, earlier = (_levels(release, span) for span in (now, before))
    if not later or not earlier:
        return 0
    change = sum(later) / len(later) - sum(earlier) / len(earlier)
    if abs(change) < _MOVED:
        return 0
    return 1 if change > 0 else -1


def steps(release: Release, span: Span) -> tuple[Step, ...]:
    """Lasting changes in the band of reporting partners within a span, in order of time."""
    levels = _levels(release, span)
    start = max(span.start, release.span.start)
    steps: list[Step] = []
    for index in range(_LASTING, len(levels) - _LASTING + 1):
        before, after = levels[index - _LASTING : index], levels[index : index + _LASTING]
        if len(set(before)) == len(set(after)) == 1 and before[0] != after[0]:
            steps.append(Step(start.plus(index), 1 if after[0] > before[0] else -1))
    return tuple(steps)


def fewer(release: Release, span: Span) -> tuple[Month, ...]:
    """Months of a span in which fewer partners reported than in most months of the release.

    Of two bands that as many months have, the higher one is usual.
    """
    levels = _levels(release, release.span)
    usual = max(set(levels), key=lambda level: (levels.count(level), level), default=0)
    months = zip(release.span, levels, strict=False)
    return tuple(m for m, level in months if level < usual and span.start <= m <= span.end)


def _levels(release: Release, span: Span) -> list[int]:
    """The index of the band of reporting partners in each month of a span that the release has."""
    bands = codes.REPORTING_BAND.values
    return [bands.index(band) for _, band in queries.coverage(release, span)]
