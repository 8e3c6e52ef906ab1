"""Reporting by area: where no agency reported, as far as partners declare where they work.

A release says it of third areas, a public one of districts; for places around or in these it
follows. How many partners report in the country stands in ``coverage``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dashboard.exhibits.counts.home import way_up
from dashboard.model.country import SECOND, THIRD
from dashboard.model.periods import Span
from dashboard.release.cached import latest, once_a_release
from dashboard.release.open_release import Release


def silent_areas(release: Release, codes: Iterable[str], period: Span) -> frozenset[str]:
    """Those of some areas from which no agency reported in any month of a period.

    Empty where the release does not say where agencies report, or has no month of the period.
    """
    within = period.clipped(release.span)
    if not release.reporting or within is None:
        return frozenset()
    return _silent_places(release, within).intersection(codes)


@latest(200)
def _silent_places(release: Release, within: Span) -> frozenset[str]:
    """All places from which no agency reported in any month of a span of the release."""
    reporting = {
        area
        for area, spans in release.reporting.items()
        if any(span.clipped(within) for span in spans)
    }
    places = ((code, _finest_areas(release, code)) for code in release.places)
    return frozenset(code for code, areas in places if areas and areas.isdisjoint(reporting))


def _finest_areas(release: Release, code: str) -> frozenset[str]:
    """The areas that a place is, holds or lies in, of the level on which reporting is known."""
    above = release.parent(code, _finest_level(release))
    return _areas_inside(release).get(code) or frozenset({above} if above else ())


def _finest_level(release: Release) -> str:
    """The level on which a release says where agencies report."""
    return SECOND if release.edition.is_public else THIRD


@once_a_release
def _areas_inside(release: Release) -> Mapping[str, frozenset[str]]:
    """The areas on which reporting is known, by each area that holds them; each holds itself."""
    level, inside = _finest_level(release), dict[str, set[str]]()
    for code, place in release.places.items():
        for area in way_up(release, code) if place.level == level else ():
            inside.setdefault(area, set()).add(code)
    return {area: frozenset(codes) for area, codes in inside.items()}
