"""``capacity``: load how many places services have, or list what was loaded."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from dashboard.model.capacity import Capacity
from dashboard.model.codes import SEX_AGE_GROUP
from etl.capacity.capacities import FILE_NAME, keep_capacities, loaded_capacities
from etl.capacity.capacity_file import COLUMNS, areas_with_services, read_capacities
from etl.commands.handed_table import HandedTable, configure_table, run_table
from etl.findings import Finding
from etl.release.contents.geography import Geography
from etl.settings import Settings

NAME = "capacity"
HELP = (
    f"load how many places services have: a CSV or XLSX with the columns {', '.join(COLUMNS)} "
    f"(groups: {', '.join(SEX_AGE_GROUP.values)}). Without FILE, list what was loaded"
)
configure = configure_table


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Load all rows or none, or list; 1 when the file is refused.

    Raises:
        OperatorError: If the words do not fit together, there is no store, or no such file.
    """
    return run_table(_CAPACITIES, arguments, settings)


def _read(
    path: Path, geography: Geography, today: date, *, sheet: str | None, delimiter: str
) -> tuple[list[Capacity], list[Finding]]:
    areas = areas_with_services(geography)
    return read_capacities(path, areas, today, sheet=sheet, delimiter=delimiter)


def _summary(capacities: Sequence[Capacity]) -> list[str]:
    """How many areas each service has places in, and when they were counted last."""
    last: dict[str, date] = {}
    for one in capacities:
        last[one.service] = max(one.as_of, last.get(one.service, one.as_of))
    areas = Counter(service for service, _ in {(one.service, one.area) for one in capacities})
    return [
        f"  {service}: {number} areas, last counted on {last[service]}"
        for service, number in sorted(areas.items())
    ]


def _as_json(capacity: Capacity) -> dict[str, object]:
    return dict(zip(COLUMNS, (*capacity.row[:4], str(capacity.as_of)), strict=True))


_CAPACITIES = HandedTable(
    "capacities", FILE_NAME, _read, keep_capacities, loaded_capacities, _summary, _as_json
)
