"""``population``: load how many people live in places, or list what was loaded."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from dashboard.model.codes import BOUNDARIES, COUNTED_GROUP
from dashboard.model.population import Population
from etl.commands.handed_table import HandedTable, configure_table, run_table
from etl.findings import Finding
from etl.population.counted_file import COLUMNS, Areas, read_counts
from etl.population.counts import FILE_NAME, keep, loaded_counts
from etl.release.contents.geography import Geography
from etl.settings import Settings

NAME = "population"
HELP = (
    f"load how many people live in places: a CSV or XLSX with the columns {', '.join(COLUMNS)} "
    f"(boundaries: {', '.join(BOUNDARIES.values)}; groups: {', '.join(COUNTED_GROUP.values)}). "
    "Without FILE, list what was loaded"
)
configure = configure_table


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Load all rows or none, or list; 1 when the file is refused.

    Raises:
        OperatorError: If the words do not fit together, there is no store, or no such file.
    """
    return run_table(_POPULATIONS, arguments, settings)


def _read(
    path: Path, geography: Geography, today: date, *, sheet: str | None, delimiter: str
) -> tuple[list[Population], list[Finding]]:
    areas = Areas.of([(place[0], place[1]) for place in geography.places])
    return read_counts(path, areas, today, sheet=sheet, delimiter=delimiter)


def _summary(counts: Sequence[Population]) -> list[str]:
    """How many areas each group, year and kind of boundaries has."""
    numbers = Counter((c.year, c.group, c.boundaries) for c in counts)
    return [
        f"  {year}, {group}, {boundaries}: {number} areas"
        for (year, group, boundaries), number in sorted(numbers.items(), reverse=True)
    ]


def _as_json(count: Population) -> dict[str, object]:
    cells = (count.place, count.people, count.year, count.boundaries, count.group)
    return dict(zip(COLUMNS, cells, strict=True))


_POPULATIONS = HandedTable("populations", FILE_NAME, _read, keep, loaded_counts, _summary, _as_json)
