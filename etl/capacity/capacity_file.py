"""Capacity file: a table of places as capacities, or findings that say why it is none.

It has five columns, in any order: ``area``, ``service``, ``group``, ``places`` and ``as_of``. How
it is read stands in ``read.plain_table``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

from dashboard.model.capacity import Capacity
from dashboard.model.codes import SERVICE, SEX_AGE_GROUP
from etl.findings import Finding
from etl.read.plain_table import PlainRow, plain_table, read_rows
from etl.release.contents.geography import Geography

AREA, SERVED, GROUP, PLACES, DAY = COLUMNS = ("area", "service", "group", "places", "as_of")
#: Levels of areas that a capacity may be of.
_LEVELS = ("country", "division", "district", "upazila")
#: More than any service has; the release keeps the number in 32 bits.
_MOST = 1_000_000


def areas_with_services(geography: Geography) -> frozenset[str]:
    """Codes of the areas of which a capacity can be kept."""
    return frozenset(
        code
        for code, level, *_ in geography.places
        if level in _LEVELS and (level != "country" or code == "BD")
    )


def read_capacities(
    path: Path,
    areas: Collection[str],
    today: date,
    *,
    sheet: str | None = None,
    delimiter: str = "comma",
) -> tuple[list[Capacity], list[Finding]]:
    """The capacities of a file and what is wrong with it; one with findings is not to be used.

    Args:
        path: A CSV in UTF-8, or an XLSX workbook.
        areas: Codes of areas of which a capacity can be kept.
        today: Day after which no ``as_of`` may lie.
        sheet: Sheet of a workbook; its first where None.
        delimiter: Name of what stands between the cells of a CSV.

    Raises:
        OperatorError: If there is no such file, or it is of another format.
    """
    return read_rows(
        path,
        plain_table(path, "capacity", COLUMNS, sheet=sheet, delimiter=delimiter),
        faults=lambda row: _faults(row, areas, today),
        made=_capacity,
        key=lambda held: (held.area, held.service, held.group, held.as_of),
        repeated="repeated_capacity",
    )


def _capacity(row: PlainRow) -> Capacity:
    area, service, group, _, day = (row.text(name) for name in COLUMNS)
    return Capacity(area.upper(), service, group, row.whole(PLACES), date.fromisoformat(day))


def _faults(row: PlainRow, areas: Collection[str], today: date) -> Iterator[Finding]:
    """What is wrong with the cells of a row, in the order of the columns."""
    day = _day(row.text(DAY))
    for column, rule, broken in (
        (AREA, "unknown_place", row.text(AREA).upper() not in areas),
        (SERVED, "unknown_code", row.text(SERVED) not in SERVICE),
        (GROUP, "unknown_code", row.text(GROUP) not in SEX_AGE_GROUP),
        (PLACES, "bad_places", not 0 <= row.whole(PLACES) <= _MOST),
        (DAY, "bad_day", day is None),
        (DAY, "future_day", day is not None and day > today),
    ):
        if broken:
            codes = {SERVED: SERVICE, GROUP: SEX_AGE_GROUP}.get(column)
            yield row.finding(
                rule, column, f"It is one of {', '.join(codes.values)}." if codes else ""
            )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
