"""Capacities: the places that services have in a view, where an operator loaded any.

Counting only. Places are as somebody counted them on a day; nothing here is about people. Loading
them is the operator's (``etl.capacity``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.exhibits.question import Question
from dashboard.model.capacity import Capacity
from dashboard.model.codes import SEX_AND_CHILD_OF
from dashboard.model.facts import PARENT_LEVELS
from dashboard.release.open_release import Release

EVERYBODY = "all"
_AREA = "area"
_CHILD_AND_SEX = ("sex", "child")


@dataclass(frozen=True)
class Places:
    """Places in a view.

    Attributes:
        by_service: All places of each service.
        by_group: Those that are for one group, by service and group.
        by_area: Those inside an area of any level, by service and area.
        counted: The first and the last day on which they were counted.
    """

    by_service: Mapping[str, int]
    by_group: Mapping[tuple[str, str], int]
    by_area: Mapping[tuple[str, str], int]
    counted: tuple[date, date]


def count_places(question: Question) -> Places | None:
    """The places known at the end of a view's period; None where none are.

    Of each area, service and group the latest count until then holds. An area inside another one
    with places of the same service is part of it, and those for all hold before those by group.
    """
    held = _outermost(question.release, _in_view(question, _latest(question)))
    if not held:
        return None
    by_service, by_group = Counter[str](), Counter[tuple[str, str]]()
    by_area = Counter[tuple[str, str]]()
    for (service, area), by in held.items():
        total = by[EVERYBODY].places if EVERYBODY in by else sum(c.places for c in by.values())
        by_service[service] += total
        for around in _above(question.release, area).values():
            by_area[service, around] += total
        for group, capacity in by.items():
            if group != EVERYBODY:
                by_group[service, group] += capacity.places
    days = [capacity.as_of for by in held.values() for capacity in by.values()]
    return Places(by_service, by_group, by_area, (min(days), max(days)))


_ByArea = dict[tuple[str, str], dict[str, Capacity]]


def _latest(question: Question) -> Iterable[Capacity]:
    """The latest count of each area, service and group until the end of the period."""
    end = question.period.end.last_day
    known = (capacity for capacity in question.release.capacities if capacity.as_of <= end)
    latest = {
        (capacity.area, capacity.service, capacity.group): capacity
        for capacity in sorted(known, key=lambda capacity: capacity.as_of)
    }
    return latest.values()


def _in_view(question: Question, capacities: Iterable[Capacity]) -> _ByArea:
    """Capacities by service and area, of the areas and groups that a reader chose."""
    areas = set(question.filters.codes_of(_AREA))
    groups = _groups(question)
    found: _ByArea = {}
    for capacity in capacities:
        above = {capacity.area, *_above(question.release, capacity.area).values()}
        if (not areas or areas & above) and (groups is None or capacity.group in groups):
            by = found.setdefault((capacity.service, capacity.area), {})
            by[capacity.group] = capacity
    return found


def _groups(question: Question) -> set[str] | None:
    """Groups whose places a reader by sex or age may see; None where nobody chose any."""
    chosen = [set(question.filters.codes_of(name)) for name in _CHILD_AND_SEX]
    if not any(chosen):
        return None
    return {
        group
        for group, own in SEX_AND_CHILD_OF.items()
        if all(not codes or code in codes for code, codes in zip(own, chosen, strict=True))
    }


def _outermost(release: Release, held: _ByArea) -> _ByArea:
    """Without areas inside others that have places of the same service."""
    return {
        (service, area): by
        for (service, area), by in held.items()
        if not any(
            (service, other) in held for other in _above(release, area).values() if other != area
        )
    }


def _above(release: Release, area: str) -> dict[str, str]:
    """The areas above an area by level, itself included."""
    place = release.places.get(area)
    own = {place.level: area} if place else {}
    found = ((level, release.parent(area, level)) for level in PARENT_LEVELS)
    return {**{level: code for level, code in found if code}, **own}
