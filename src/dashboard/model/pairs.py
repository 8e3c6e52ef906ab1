"""Pairs: attributes of a fact that units are fitted to together.

Pages show them or readers filter by them together, such as districts by corridor. A pair that is
fitted with a small weight only drifts towards independence and shows numbers where nobody was.
Which totals are fitted, and with which weight, stands in ``etl.protect.margins``; how much wider
the range of a number of any other pair is, and when it is a direction only, in
``analysis.expected_error``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from types import MappingProxyType

from dashboard.model.country import FIRST, REGION, SECOND, THIRD
from dashboard.model.facts import Fact

#: Fact id to its pairs, as names joined by blanks; after a place stands the level of its areas.
PAIRS: Mapping[str, str] = MappingProxyType(
    {
        "people": f"""sex is_child, class_group sex, class_group is_child,
        class_group age_band, class_group population_group, class_group mode, class_group scope,
        population_group sex, population_group is_child, population_group mode,
        place.{THIRD} class_group, place.{SECOND} class_group, place.{FIRST} class_group,
        place.{THIRD} sex,
        place.{THIRD} population_group, place.{THIRD} place_role,
        mode destination.country, corridor class_group, corridor mode, corridor destination.country,
        exploitation class_group, exploitation sex, exploitation is_child,
        recruitment_place sex, promise sex, rescuing_authority mode,
        exploitation_stage class_group,
        place.{SECOND} corridor, place.{SECOND} mode, place.{SECOND} exploitation,
        place.{REGION} class_group, place.{REGION} sex, corridor sex, corridor is_child""",
        "incidents": f"""place.{THIRD} class_group, place.{SECOND} class_group,
        place.{FIRST} class_group, class_group mode, class_group scope, corridor class_group,
        corridor mode,
        mode destination.country, route dead_or_missing_band, class_group dead_or_missing_band,
        class_group verification, place.{THIRD} place_role,
        place.{SECOND} corridor, place.{SECOND} mode, place.{REGION} class_group""",
        "legs": f"""from_place.{SECOND} to_place.{SECOND}, from_place.{FIRST} to_place.{FIRST},
        from_place.{SECOND} class_group,
        to_place.{SECOND} class_group, corridor class_group, corridor mode, class_group mode,
        class_group completed, corridor completed, mode to_place.country,
        corridor sex, corridor is_child, corridor population_group""",
        "journeys": f"""origin.{SECOND} destination.{SECOND}, origin.{SECOND} corridor,
        origin.{SECOND} class_group, origin.{SECOND} mode,
        destination.{SECOND} class_group, corridor class_group, corridor mode, class_group mode,
        mode destination.country, origin.{SECOND} transit, transit destination.{SECOND},
        corridor transit, transit mode, corridor sex, corridor is_child,
        corridor population_group""",
        "requests": f"""from_agency_type to_agency_type, from_agency_type service,
        to_agency_type service, service step, service priority, place.{THIRD} service,
        place.{SECOND} service, place.{SECOND} class_group, place.{SECOND} to_agency_type,
        service sex, service is_child, service population_group, service class_group,
        step class_group, step to_agency_type, sex class_group, sex is_child,
        service mode, service corridor""",
        "endings": f"""service status, to_agency_type service, to_agency_type status, service step,
        service service_band, service response_band, priority service_band,
        priority response_band, service no_service_reason, to_agency_type service_band,
        status lag_quarters, service lag_quarters, place.{THIRD} service, place.{SECOND} service,
        place.{SECOND} status, place.{SECOND} class_group,
        step status, status sex, status class_group, status population_group, service sex,
        service is_child, service population_group, service class_group, sex class_group,
        sex is_child, service mode, service corridor""",
        "reclassifications": """from_class to_class, to_class decision_band""",
    }
)

#: Of these, pairs that units hold loosely: what few share of a corridor or a transport is replaced
#: by what is common in another place (four invented registers: 83 of 100 ranges of districts by
#: corridor held the true number, by transport 92).
LOOSE = frozenset({("corridor", "place"), ("mode", "place")})


def unfitted(fact: Fact, columns: set[str]) -> list[tuple[str, str]]:
    """Pairs of dimensions to which units are fitted neither as a pair nor in one bundle.

    An area above a place counts as the place, a class as its group.

    Args:
        fact: The fact.
        columns: Columns of its table in a release, whose dimensions are paired.

    Returns:
        Names of two dimensions each, in the order of the alphabet.
    """
    fitted = {
        frozenset(_dimension(fact, name.split(".")[0]) for name in pair.split())
        for pair in PAIRS.get(fact.id, "").split(",")
    }
    bundles = [{_dimension(fact, name) for name in names} for names in fact.bundles]
    return [
        pair
        for pair in _paired(fact, columns)
        if frozenset(pair) not in fitted and not any({*pair} <= bundle for bundle in bundles)
    ]


def loose(fact: Fact, columns: set[str]) -> list[tuple[str, str]]:
    """The pairs of the dimensions of columns that units are fitted to, but hold loosely."""
    return [pair for pair in _paired(fact, columns) if pair in LOOSE]


def _paired(fact: Fact, columns: set[str]) -> Iterator[tuple[str, str]]:
    """Two each of the dimensions of columns, in the order of the alphabet."""
    return combinations(sorted({_dimension(fact, column) for column in columns}), 2)


def _dimension(fact: Fact, column: str) -> str:
    """The dimension that a column is looked up from: the place of an area, the group of a class."""
    for place in fact.place_dimensions:
        if column in fact.parents(place):
            return place
    return "class_group" if column == "class" and "class_group" in fact else column
