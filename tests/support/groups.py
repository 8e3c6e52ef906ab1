"""Columns of facts by groups of their codes, and the groups of a value by hand."""

from __future__ import annotations

from dashboard.model.facts import INCIDENTS, LEGS, PEOPLE
from dashboard.queries import Gathered

#: A column of each kind by groups: with a rest, without one, and of a set.
GROUPED = (
    (PEOPLE, Gathered("sex", {"female": "girls", "male": "boys"}, rest="rest", missing="none")),
    (PEOPLE, Gathered("rescuing_authority", {"police": "state", "navy": "state"})),
    (
        PEOPLE,
        Gathered("promise", {"job": "work", "business": "work", "loan": "money"}, rest="rest"),
    ),
    (PEOPLE, Gathered("promise", {"job": "work", "business": "work"})),
    (INCIDENTS, Gathered("class_group", {"smuggling": "s"}, rest="t", missing="o")),
    (LEGS, Gathered("mode", {"land": "dry", "air": "dry"})),
)


def groups_by_hand(by: Gathered, value: object) -> set[str | None]:
    """Groups that a value of a unit counts under."""
    if isinstance(value, list):
        return {by.groups.get(code, by.rest or code) for code in value}
    return {by.missing if value is None else by.groups.get(str(value), by.rest or str(value))}
