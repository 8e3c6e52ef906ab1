"""Capacities of a store: what was loaded lies in ``operator/capacity.csv``, which no rebuild loses.

The file is replaced in one step. How a file is read stands in ``capacity_file``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from dashboard.model.capacity import Capacity
from etl.register import seal
from etl.settings import OperatorError, Settings

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
    path = capacities_file(settings)
    if not path.exists():
        return ()
    try:
        header, *rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
        if tuple(header) != _HEADER:
            raise ValueError("another header")
        return tuple(
            Capacity(area, service, group, int(places), date.fromisoformat(day))
            for area, service, group, places, day in rows
        )
    except (ValueError, csv.Error) as problem:
        raise OperatorError(
            f"{path.name} in {path.parent} is damaged; restore it from your backup, or load the "
            "capacities again with `capacity FILE --replace`."
        ) from problem


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
    path = capacities_file(settings)
    if not merged:
        seal.drop(settings, path)
        return 0
    new = path.with_suffix(".new")
    with new.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_HEADER)
        writer.writerows(merged[key].row for key in sorted(merged))
    seal.keep(settings, new, path)
    return len(merged)
