"""What a fact is counted by: its columns, groups of their codes, or whole sets.

Only what the question is. Who counts stands in ``dashboard.columns`` and the rooms above it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dashboard.model.facts import Fact


@dataclass(frozen=True)
class Gathered:
    """A column of a fact whose codes are counted in groups.

    Attributes:
        column: The column; of a set each group counts once.
        groups: Group of each code that has one.
        rest: What a code without a group counts under; under itself where this is None.
        missing: What no code at all counts under; the code of a set is never missing.
    """

    column: str
    groups: Mapping[str, str] = field(hash=False)
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


def column_of(by: By) -> str:
    """The column that a fact is counted by."""
    return by if isinstance(by, str) else by.column


def splits(fact: Fact, by: By) -> bool:
    """Whether an event counts once under each code of a set."""
    return fact.is_set(column_of(by)) and not isinstance(by, Whole)


def group_of(by: By, code: Any) -> Any:
    """The group that a code counts in, or a set where each is one value.

    A code of a set is never missing, and no set is the empty one.
    """
    if isinstance(by, str):
        return code
    if isinstance(by, Whole):
        return tuple(code or ())
    if code is None:
        return by.missing
    return by.groups.get(code, code if by.rest is None else by.rest)


def countable(fact: Fact, name: str) -> str:
    """A column of a fact that it can be counted by.

    Raises:
        KeyError: If the fact has no such column.
    """
    if name == "size" or all(name != column for column, _ in fact.columns):
        raise KeyError(f"{fact.id} cannot be counted by {name!r}")
    return name


def counted_column(fact: Fact, by: By) -> str:
    """The column that a fact is counted by.

    Raises:
        KeyError: If the fact has no such column, or it has no sets that could be whole.
    """
    column = countable(fact, column_of(by))
    if isinstance(by, Whole) and not fact.is_set(column):
        raise KeyError(f"{column!r} of {fact.id} has no sets")
    return column
