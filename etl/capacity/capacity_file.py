"""Capacity file: a table of places as capacities, or findings that say why it is none.

It has five columns, in any order: ``area``, ``service``, ``group``, ``places`` and ``as_of``. The
readers are those of partners' files. Either every row is taken or none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dashboard.model.capacity import Capacity
from dashboard.model.codes import SERVICE, SEX_AGE_GROUP
from etl.findings import Finding, in_order
from etl.read import Cell, Sheet, read_sheet
from etl.read.plain_table import plain_table
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
    layout = plain_table(path, "capacity", COLUMNS, sheet=sheet, delimiter=delimiter)
    read, findings = read_sheet(path, layout)
    if read is None:
        return [], in_order(findings)
    capacities: list[Capacity] = []
    seen: set[tuple[str, str, str, date]] = set()
    columns = [read.columns[name].cells() for name in COLUMNS]
    for number, cells in zip(read.rows, zip(*columns, strict=True), strict=True):
        row = _Row(read, number, dict(zip(COLUMNS, cells, strict=True)), areas, today)
        faults = list(row.faults())
        findings += faults
        if faults:
            continue
        held = row.capacity
        key = held.area, held.service, held.group, held.as_of
        if key in seen:
            findings.append(read.place.finding("repeated_capacity", row=number, column=AREA))
        seen.add(key)
        capacities.append(held)
    return capacities, in_order(findings)


@dataclass(frozen=True)
class _Row:
    """A row of the file: its number, its cells by column, and what they are held against."""

    sheet: Sheet
    number: int
    cells: Mapping[str, Cell]
    areas: Collection[str]
    today: date

    @property
    def capacity(self) -> Capacity:
        """The row as a capacity; only for one without faults."""
        area, service, group, places, day = (self._text(name) for name in COLUMNS)
        return Capacity(area.upper(), service, group, int(places), date.fromisoformat(day))

    def faults(self) -> Iterator[Finding]:
        """What is wrong with its cells, in the order of the columns."""
        day = self._day()
        for column, rule, broken in (
            (AREA, "unknown_place", self._text(AREA).upper() not in self.areas),
            (SERVED, "unknown_code", self._text(SERVED) not in SERVICE),
            (GROUP, "unknown_code", self._text(GROUP) not in SEX_AGE_GROUP),
            (PLACES, "bad_places", not 0 <= self._places() <= _MOST),
            (DAY, "bad_day", day is None),
            (DAY, "future_day", day is not None and day > self.today),
        ):
            if broken:
                codes = {SERVED: SERVICE, GROUP: SEX_AGE_GROUP}.get(column)
                detail = f"It is one of {', '.join(codes.values)}." if codes else ""
                yield self.sheet.place.finding(rule, row=self.number, column=column, detail=detail)

    def _text(self, name: str) -> str:
        cell = self.cells[name]
        return cell if isinstance(cell, str) else ""

    def _places(self) -> int:
        """The whole number of its cell, -1 where it holds none."""
        text = self._text(PLACES)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1

    def _day(self) -> date | None:
        try:
            return date.fromisoformat(self._text(DAY))
        except ValueError:
            return None
