"""Population: how many people of a group lived in a place, by one count.

The operator loads it, a release carries it as a row of ``population``. What a rate is made of is
decided where it is drawn: it has a meaning only for people of the same group, within the same
boundaries, and near the year of the count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.model.codes import MEMBERS_OF


@dataclass(frozen=True, slots=True)
class Population:
    """One count of a place.

    Attributes:
        place: Code of the place.
        group: Who was counted, a code of the list ``counted_group``.
        year: Year of the count.
        boundaries: Within which lines, a code of the list ``boundaries``.
        people: How many, at least 1.
    """

    place: str
    group: str
    year: int
    boundaries: str
    people: int

    @classmethod
    def of_row(cls, row: Sequence[Any]) -> Population:
        """The count of a row in the contract's order."""
        return cls(*row)

    @property
    def row(self) -> tuple[str, str, int, str, int]:
        """Its row, in the contract's order."""
        return self.place, self.group, self.year, self.boundaries, self.people

    @property
    def members(self) -> tuple[str, ...]:
        """Population groups (codes of ``population_group``) of the people who were counted."""
        return MEMBERS_OF[self.group]
