"""Capacities of a store: what was loaded lies in ``operator/capacity.csv``, which no rebuild loses.

The file is replaced in one step. How a file is read stands in ``capacity_file``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from dashboard.model.capacity import Capacity
from etl.register.kept_rows import keep_rows, kept_rows
from etl.settings import Settings

FILE_NAME = "capacity.csv"
_HEADER = ("area", "service", "group", "places", "as_of")


def capacities_file(settings: Settings) -> Path:
    """Where the capacities of a store are kept."""
    return settings.operator / FILE_NAME


def loaded_capacities(settings: Settings) -> tuple[Capacity, ...]:
    """What was loaded, by area, service, group and day.

    Raises:
        OperatorError: If the file is damaged.
    """
    return kept_rows(
        capacities_file(settings),
        _HEADER,
        _capacity,
        again="load the capacities again with `capacity FILE --replace`",
    )


def _capacity(cells: Sequence[str]) -> Capacity:
    area, service, group, places, day = cells
    return Capacity(area, service, group, int(places), date.fromisoformat(day))


def keep_capacities(settings: Settings, given: Iterable[Capacity], *, replace: bool = False) -> int:
    """Keep capacities; those of the same area, service, group and day are replaced.

    Call it under the store's lock.

    Args:
        settings: Paths of the store.
        given: New capacities.
        replace: Whether they take the place of all others.

    Returns:
        How many capacities the store holds now.
    """
    held = () if replace else loaded_capacities(settings)
    merged = {(c.area, c.service, c.group, c.as_of): c for c in (*held, *given)}
    rows = [merged[key].row for key in sorted(merged)]
    keep_rows(settings, capacities_file(settings), _HEADER, rows)
    return len(rows)
