"""Counted file: a table of populations as counts, or findings that say why it is none.

It has five columns, in any order: ``area_code``, ``population``, ``year``, ``boundaries`` and
``population_group``. How it is read stands in ``read.plain_table``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from dashboard.model.codes import BOUNDARIES, COUNTED_GROUP
from dashboard.model.population import Population
from etl.findings import Finding
from etl.read.plain_table import PlainRow, plain_table, read_rows

AREA, PEOPLE, YEAR, LINES, GROUP = COLUMNS = (
    "area_code",
    "population",
    "year",
    "boundaries",
    "population_group",
)
#: Levels of areas that are shown within boundaries.
_LEVELS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "adm_v03": ("country", "division", "district", "upazila"),
        "camps_2023": ("camp", "camp_region"),
    }
)
_OLDEST = 1950
#: More than any place has; the release keeps the number in 32 bits.
_MOST = 1_000_000_000


@dataclass(frozen=True)
class Areas:
    """The areas of which a population can be kept.

    Attributes:
        levels: Code to level, of Bangladesh alone.
    """

    levels: Mapping[str, str]

    @classmethod
    def of(cls, places: Collection[tuple[str, str]]) -> Areas:
        """The areas among codes with their levels."""
        shown = {level for levels in _LEVELS.values() for level in levels}
        kept = {
            code: level
            for code, level in places
            if level in shown and (level != "country" or code == "BD")
        }
        return cls(MappingProxyType(kept))


def read_counts(
    path: Path, areas: Areas, today: date, *, sheet: str | None = None, delimiter: str = "comma"
) -> tuple[list[Population], list[Finding]]:
    """The counts of a file and what is wrong with it; one that has findings is not to be used.

    Args:
        path: A CSV in UTF-8, or an XLSX workbook.
        areas: Areas of which a population can be kept.
        today: Day after which no year may lie.
        sheet: Sheet of a workbook; its first where None.
        delimiter: Name of what stands between the cells of a CSV, one of ``DELIMITERS``.

    Raises:
        OperatorError: If there is no such file, or it is of another format.
    """
    return read_rows(
        path,
        plain_table(path, "population", COLUMNS, sheet=sheet, delimiter=delimiter),
        faults=lambda row: _faults(row, areas, today),
        made=_count,
        key=lambda count: (count.place, count.group, count.year),
        repeated="repeated_count",
    )


def _count(row: PlainRow) -> Population:
    place, _, _, lines, group = (row.text(name) for name in COLUMNS)
    return Population(place.upper(), group, row.whole(YEAR), lines, row.whole(PEOPLE))


def _faults(row: PlainRow, areas: Areas, today: date) -> Iterator[Finding]:
    """What is wrong with the cells of a row, in the order of the columns."""
    level = areas.levels.get(row.text(AREA).upper())
    lines = row.text(LINES)
    faults = (
        (AREA, "unknown_place", level is None),
        (PEOPLE, "bad_population", not 1 <= row.whole(PEOPLE) <= _MOST),
        (YEAR, "bad_year", not _OLDEST <= row.whole(YEAR) <= today.year),
        (LINES, "unknown_code", lines not in BOUNDARIES),
        (
            LINES,
            "other_boundaries",
            level is not None and lines in BOUNDARIES and level not in _LEVELS[lines],
        ),
        (GROUP, "unknown_code", row.text(GROUP) not in COUNTED_GROUP),
    )
    for column, rule, broken in faults:
        if broken:
            allowed = {LINES: BOUNDARIES, GROUP: COUNTED_GROUP}.get(column)
            known = rule == "unknown_code" and allowed is not None
            detail = f"It is one of {', '.join(allowed.values)}." if known and allowed else ""
            yield row.finding(rule, column, detail)
