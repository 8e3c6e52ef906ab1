"""What a fact is counted by: its columns, groups of their codes, or whole sets.

Here are the questions alone; counting is in ``dashboard.columns`` and the rooms above it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from dashboard.model.camps import REGION_OF
from dashboard.model.country import REGION, SITE
from dashboard.model.facts import Fact, parent_prefix
from dashboard.model.fields import Kind
from dashboard.model.periods import Month, Span


@dataclass(frozen=True)
class Gathered:
    """A column of a fact whose codes are counted in groups.

    Attributes:
        column: The column; of a set each group counts once.
        groups: Group of each code that has one.
        rest: Group of all codes without one; None where each of them counts under itself.
        missing: Group of events without a code; the code of a set is never missing.
    """

    column: str
    groups: Mapping[Any, str] = field(hash=False)
    rest: str | None = None
    missing: str | None = None


@dataclass(frozen=True)
class Whole:
    """A column of sets of which each is one value: its codes in their order, none of them ().

    Attributes:
        column: The column.
    """

    column: str


#: What a fact is counted by: a column, its groups, or its sets.
By = str | Gathered | Whole

#: Steps of time that a fact may be counted by, and how many months each has.
STEPS: Mapping[str, int] = MappingProxyType({"month": 1, "quarter": 3, "year": 12})


def dimensions(fact: Fact) -> tuple[str, ...]:
    """What a fact may be counted by beside time: its dimensions, and areas around its places."""
    names: list[str] = []
    for field_ in fact.dimensions:
        names.append(field_.name)
        if field_.kind is Kind.PLACE:
            # Of where an event was; other places, such as ``origin_place``, have no camp region.
            names += [REGION] if not parent_prefix(field_.name) else []
            names += fact.parents(field_.name)
    return tuple(names)


def place_of(fact: Fact, name: str) -> tuple[str, str] | None:
    """The place that a dimension is or is looked up from, and the level; None of no place.

    A place itself has the finest level.
    """
    if name == REGION:
        return "place", REGION
    if name in fact:
        return (name, SITE) if fact[name].kind in (Kind.PLACE, Kind.PLACES) else None
    place = next(place for place in fact.place_dimensions if name in fact.parents(place))
    return place, name.removeprefix(parent_prefix(place))


def by_dimension(name: str) -> By:
    """How a fact is counted by one of its ``dimensions``."""
    return Gathered("place", REGION_OF) if name == REGION else name


def by_step(fact: Fact, step: str, period: Span) -> Gathered:
    """How a fact is counted by months, quarters or calendar years of a period, in their order."""
    groups = {month.first_day: _step_of(month, step) for month in period}
    return Gathered(fact.time.name, groups)


def _step_of(month: Month, step: str) -> str:
    """The step that a month lies in: ``2026-09``, ``2026-Q3`` or ``2026``."""
    return {"quarter": month.quarter, "year": f"{month.year}"}.get(step, str(month))


def dimension_of(by: By) -> str:
    """The name of a dimension or step of time, as ``dimensions`` and ``STEPS`` have it.

    >>> dimension_of(by_dimension("camp_region")), dimension_of("sex")
    ('camp_region', 'sex')
    """
    groups: Mapping[Any, str] = by.groups if isinstance(by, Gathered) else {}
    first_code, group = next(iter(groups.items()), ("", ""))
    if isinstance(first_code, date):
        return next(step for step in STEPS if _step_of(Month.of(first_code), step) == group)
    return REGION if groups and REGION_OF.items() <= groups.items() else column_of(by)


def column_of(by: By) -> str:
    """The column that a fact is counted by."""
    return by if isinstance(by, str) else by.column


def splits(fact: Fact, by: By) -> bool:
    """Whether an event counts once under each code of a set."""
    return fact.is_set(column_of(by)) and not isinstance(by, Whole)


def group_of(by: By, code: Any) -> Any:
    """The group that a code counts in; where each set is one value, the set.

    A code of a set is never missing, and a missing set is the empty one.
    """
    if isinstance(by, str):
        return code
    if isinstance(by, Whole):
        return tuple(code or ())
    if code is None:
        return by.missing
    return by.groups.get(code, code if by.rest is None else by.rest)


def countable(fact: Fact, name: str) -> str:
    """The name of a column, where its fact can be counted by it.

    Raises:
        KeyError: If the fact has no such column.
    """
    if name == "size" or all(name != column for column, _ in fact.columns):
        raise KeyError(f"{fact.id} cannot be counted by {name!r}")
    return name


def counted_column(fact: Fact, by: By) -> str:
    """The column that a fact is counted by, checked.

    Raises:
        KeyError: If the fact has no such column, or whole sets are counted and it holds none.
    """
    column = countable(fact, column_of(by))
    if isinstance(by, Whole) and not fact.is_set(column):
        raise KeyError(f"{column!r} of {fact.id} has no sets")
    return column
