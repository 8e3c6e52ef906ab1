"""Capacity of the invented sample: a few places of services, as an operator would load them.

The numbers are written by hand, and are those of no shelter and no office.
"""

from __future__ import annotations

import csv
from pathlib import Path

from dashboard.model.capacity import Capacity
from dashboard.model.periods import Month
from etl.capacity.capacity_file import COLUMNS

FILE_NAME = "capacity-INVENTED.csv"
_HOME, _BESIDE = "BD2022", "BD2015"
#: Area, service, group and places.
_PLACES = (
    (_HOME, "safe_shelter", "girls", 24),
    (_HOME, "safe_shelter", "boys", 12),
    (_HOME, "safe_shelter", "women", 30),
    (_HOME, "safe_shelter", "men", 0),
    (_HOME, "legal_aid", "all", 60),
    (_HOME, "psychosocial", "all", 140),
    (_BESIDE, "safe_shelter", "women", 16),
    (_BESIDE, "legal_aid", "all", 25),
)


def invented_capacities(until: Month) -> tuple[Capacity, ...]:
    """Capacities counted at the beginning of the quarter that ends with the last month."""
    day = until.plus(-2).first_day
    return tuple(Capacity(*place, day) for place in _PLACES)


def write_capacities(folder: Path, until: Month) -> Path:
    """Write the capacities of an invention into the folder of its files."""
    path = folder / FILE_NAME
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(capacity.row for capacity in invented_capacities(until))
    return path
