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
    """Those areas from which no agency reported in any month of a period.

    Empty where the release does not say where agencies report, or has no month of the period.
    """
    within = period.clipped(release.span)
    if not release.reporting or within is None:
        return frozenset()
    return _silent_places(release, within).intersection(codes)


@latest(200)
def _silent_places(release: Release, within: Span) -> frozenset[str]:
    reporting = {
        area
        for area, spans in release.reporting.items()
        if any(span.clipped(within) for span in spans)
    }
    areas_by_place = ((code, _areas_around(release, code)) for code in release.places)
    return frozenset(code for code, own in areas_by_place if own and own.isdisjoint(reporting))


def _areas_around(release: Release, code: str) -> frozenset[str]:
    """The areas of the release's finest level that a place is, holds or lies in."""
    above = release.parent(code, _finest_level(release))
    return _areas_inside(release).get(code) or frozenset({above} if above else ())


def _finest_level(release: Release) -> str:
    return SECOND if release.edition.is_public else THIRD


@once_a_release
def _areas_inside(release: Release) -> Mapping[str, frozenset[str]]:
    """The areas of the release's finest level, by each area that holds them; each holds itself."""
    level, inside = _finest_level(release), dict[str, set[str]]()
    for code, place in release.places.items():
        for area in way_up(release, code) if place.level == level else ():
            inside.setdefault(area, set()).add(code)
    return {area: frozenset(codes) for area, codes in inside.items()}
