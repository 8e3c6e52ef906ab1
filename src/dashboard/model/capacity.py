"""Capacity: how many places a service has in an area for a group of people, on a day.

The operator loads it, a release carries it as a row of ``capacity``. It is no number about people:
how many came is counted where both are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Capacity:
    """The places of one service.

    Attributes:
        area: Code of the country or of an area in it.
        service: Code of the list ``service``.
        group: Whom the places are for, a code of ``sex_age_group``.
        places: How many, at least 0.
        as_of: The day on which somebody counted them.
    """

    area: str
    service: str
    group: str
    places: int
    as_of: date

    @classmethod
    def of_row(cls, row: Sequence[Any]) -> Capacity:
        """The capacity of a row in the contract's order."""
        return cls(*row)

    @property
    def row(self) -> tuple[str, str, str, int, date]:
        """Its row, in the contract's order."""
        return self.area, self.service, self.group, self.places, self.as_of
