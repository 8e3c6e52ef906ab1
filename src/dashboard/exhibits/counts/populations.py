"""Populations: who stands below the line of a rate, where anybody may.

A count serves a rate only where it is of the same people, within the boundaries that are drawn, and
of about the same year; else there is no rate. Loading populations is the operator's.
"""

from __future__ import annotations

from dashboard.filters import Filters
from dashboard.model.codes import BOUNDARIES_OF
from dashboard.model.country import PACK
from dashboard.model.periods import Span
from dashboard.model.population import Population
from dashboard.release.once import once_a_release
from dashboard.release.open_release import Release

#: Filters by who people are, of which no population is told.
_UNTOLD = ("sex", "age", "child", "status", "identified_by")
#: Years that a count may be older or newer than the end of what is counted.
_NEAR = 2
#: Who is counted where a reader chose no group.
_EVERYBODY = {entry.code for entry in PACK.lists["counted_group"] if not entry.marks}


def population_of(release: Release, code: str, filters: Filters, period: Span) -> Population | None:
    """The count of an area nearest in time that serves a rate, or None."""
    if any(filters.codes_of(name) for name in _UNTOLD):
        return None
    chosen = set(filters.codes_of("group"))
    boundaries = BOUNDARIES_OF.get(release.places[code].level)
    serving = [
        count
        for count in release.population(code)
        if count.boundaries == boundaries
        and (set(count.members) == chosen if chosen else count.group in _EVERYBODY)
        and _is_near(count, period)
    ]
    return min(serving, key=lambda count: abs(count.year - period.end.year), default=None)


def _is_near(count: Population, period: Span) -> bool:
    return abs(count.year - period.end.year) <= _NEAR


@once_a_release
def has_recent(release: Release) -> bool:
    """Whether a release holds any count that is near enough to its months."""
    return any(
        _is_near(count, release.span)
        for code in release.places
        for count in release.population(code)
    )
