"""Home: the area on which maps open.

It is the one that the operator chose, else the smallest that holds half of the last twelve months'
incidents. It is a view and no filter: numbers stay those of the filters. It is found once for each
release.
"""

from __future__ import annotations

from collections.abc import Collection

from dashboard import queries
from dashboard.filters import Filters
from dashboard.model.country import FIRST, PACK, SECOND
from dashboard.model.facts import INCIDENTS, LEVELS_ABOVE
from dashboard.release.cached import once_a_release
from dashboard.release.open_release import Release

COUNTRY = PACK.code
#: Levels that a home may have, from small to large; the areas inside it are drawn.
_LEVELS = (SECOND, FIRST)


@once_a_release
def home(release: Release) -> str:
    """Code of the home: a district, a division, or the country."""
    if release.home:
        return release.home
    filters, period = queries.shown_roles(Filters()), release.default_period
    total = queries.total(release, INCIDENTS, filters, period)
    for level in _LEVELS:
        for area, size in queries.counts(release, INCIDENTS, filters, period, (level,)):
            if area is not None and 2 * size >= total > 0:
                return area
    return COUNTRY


def way_up(release: Release, code: str) -> tuple[str, ...]:
    """Codes of a place and of what it lies in, from small to large."""
    return _ways_up(release).get(code, (code,))


def are_nested(release: Release, one: str, other: str) -> bool:
    """Whether one place lies in the other, or both are the same."""
    return one in way_up(release, other) or other in way_up(release, one)


def is_inside(release: Release, code: str, chosen: Collection[str]) -> bool:
    """Whether a place is or lies in a chosen one; always, where none is chosen."""
    return not chosen or not set(chosen).isdisjoint(way_up(release, code))


@once_a_release
def _ways_up(release: Release) -> dict[str, tuple[str, ...]]:
    """Each place of a release with the areas around it, to the country, by its code."""
    ways: dict[str, tuple[str, ...]] = {}
    for code in release.places:
        above = (release.parent(code, level) for level in LEVELS_ABOVE)
        ways[code] = tuple(dict.fromkeys((code, *filter(None, above))))
    return ways
