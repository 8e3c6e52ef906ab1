"""Capacities: the places that services have in a view, where an operator loaded any.

Counting only. A capacity is what somebody counted on a day; nothing here is about people. The
operator loads them (``etl.operator_tables``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.exhibits.counts.home import way_up
from dashboard.exhibits.question import Question
from dashboard.filters import Filters
from dashboard.model.capacity import Capacity
from dashboard.model.codes import SEX_AND_CHILD_OF
from dashboard.release.open_release import Release

EVERYBODY = "all"


@dataclass(frozen=True)
class Places:
    """Places in a view.

    Attributes:
        by_service: All places of each service.
        by_group: Those that are for one group, by service and group.
        by_area: Those of an area of any level, by service and area.
        days: The first and the last day on which they were counted; None where there are none.
        is_left_out: Whether places for everybody are left out, since the reader chose a sex or age.
    """

    by_service: Mapping[str, int]
    by_group: Mapping[tuple[str, str], int]
    by_area: Mapping[tuple[str, str], int]
    days: tuple[date, date] | None
    is_left_out: bool


def count_places(question: Question) -> Places | None:
    """The places known at the end of a view's period; None where none are.

    The latest count of each area, service and group counts. Places of an area are part of those of
    the same service in an area around it, and those for everybody include those by group.
    """
    release, latest = question.release, _latest_capacities(question)
    groups = groups_in_filters(question.filters)
    # With a sex or an age chosen, only the places of those groups count.
    is_chosen = any(map(question.filters.codes_of, ("sex", "child")))
    capacities = [capacity for capacity in latest if not is_chosen or capacity.group in groups]
    is_left_out = is_chosen and any(capacity.group == EVERYBODY for capacity in latest)
    if not capacities and not is_left_out:
        return None
    places: _Places = defaultdict(dict)
    for capacity in capacities:
        places[capacity.service, capacity.area][capacity.group] = capacity.places
    outermost = _outermost(release, places)
    by_service, by_group = Counter[str](), Counter[tuple[str, str]]()
    by_area = Counter[tuple[str, str]]()
    for (service, _), groups in outermost.items():
        by_service[service] += _total(groups)
        by_group.update({(service, group): groups[group] for group in groups.keys() - {EVERYBODY}})
    around = {(service, area): _areas_around(release, area) for service, area in places}
    for area in set[str]().union(*around.values()):
        # The places of an area itself, else those inside it.
        inside = {key: places[key] for key, areas in around.items() if area in areas}
        for (service, _), groups in _outermost(release, inside).items():
            by_area[service, area] += _total(groups)
    days = [capacity.as_of for capacity in capacities]
    first_and_last = (min(days), max(days)) if days else None
    return Places(by_service, by_group, by_area, first_and_last, is_left_out)


#: Places by service and area, then by group.
_Places = dict[tuple[str, str], dict[str, int]]


def _total(groups: Mapping[str, int]) -> int:
    """Places for everybody, which include those of each group; without them the sum of these."""
    return groups[EVERYBODY] if EVERYBODY in groups else sum(groups.values())


def _latest_capacities(question: Question) -> list[Capacity]:
    """The latest count of each area, service and group by the end of the period.

    Of areas that the reader chose, or that lie in one; of all areas where none is chosen.
    """
    release, end = question.release, question.period.end.last_day
    areas = set(question.filters.codes_of("area"))
    latest = {
        (capacity.area, capacity.service, capacity.group): capacity
        for capacity in sorted(release.capacities, key=lambda capacity: capacity.as_of)
        if capacity.as_of <= end and (not areas or areas & _areas_around(release, capacity.area))
    }
    return [*latest.values()]


def groups_in_filters(filters: Filters) -> tuple[str, ...]:
    """Groups by sex and age that the filters leave."""
    chosen = [set(filters.codes_of(name)) for name in ("sex", "child")]
    return tuple(
        group
        for group, sex_and_child in SEX_AND_CHILD_OF.items()
        if all(
            not codes or code in codes for code, codes in zip(sex_and_child, chosen, strict=True)
        )
    )


def _outermost(release: Release, places: _Places) -> _Places:
    """Places without those in an area inside another that has places of the same service."""
    return {
        (service, area): groups
        for (service, area), groups in places.items()
        if not any((service, other) in places for other in _areas_around(release, area) - {area})
    }


def _areas_around(release: Release, area: str) -> set[str]:
    """The areas that an area lies in, itself included."""
    return {*way_up(release, area)}
