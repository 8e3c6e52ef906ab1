"""Counted file: a table of populations as counts, or findings that say why it is none.

It has five columns, in any order: ``area_code``, ``population``, ``year``, ``boundaries`` and
``population_group``. The readers are those of partners' files. Either every row is taken or none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from dashboard.model.codes import BOUNDARIES, COUNTED_GROUP
from dashboard.model.population import Population
from etl.findings import Finding, in_order
from etl.read import Cell, Sheet, read_sheet
from etl.read.plain_table import plain_table

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
    layout = plain_table(path, "population", COLUMNS, sheet=sheet, delimiter=delimiter)
    read, findings = read_sheet(path, layout)
    if read is None:
        return [], in_order(findings)
    counts: list[Population] = []
    seen: set[tuple[str, str, int]] = set()
    columns = [read.columns[name].cells() for name in COLUMNS]
    for row, cells in zip(read.rows, zip(*columns, strict=True), strict=True):
        found = _Row(read, row, dict(zip(COLUMNS, cells, strict=True)), areas, today)
        faults = list(found.faults())
        findings += faults
        if faults:
            continue
        count = found.count
        key = count.place, count.group, count.year
        if key in seen:
            findings.append(read.place.finding("repeated_count", row=row, column=AREA))
        seen.add(key)
        counts.append(count)
    return counts, in_order(findings)


@dataclass(frozen=True)
class _Row:
    """A row of the file: its number, its cells by column, and what they are held against."""

    sheet: Sheet
    number: int
    cells: Mapping[str, Cell]
    areas: Areas
    today: date

    @property
    def count(self) -> Population:
        """The row as a count; only for one without faults."""
        place, people, year, lines, group = (str(self.cells[name]) for name in COLUMNS)
        return Population(self._code(place), group, int(year), lines, int(people))

    def faults(self) -> Iterator[Finding]:
        """What is wrong with its cells, in the order of the columns."""
        level = self.areas.levels.get(self._code(self._text(AREA)))
        lines = self._text(LINES)
        faults = (
            (AREA, "unknown_place", level is None),
            (PEOPLE, "bad_population", not 1 <= self._number(PEOPLE) <= _MOST),
            (YEAR, "bad_year", not _OLDEST <= self._number(YEAR) <= self.today.year),
            (LINES, "unknown_code", lines not in BOUNDARIES),
            (
                LINES,
                "other_boundaries",
                level is not None and lines in BOUNDARIES and level not in _LEVELS[lines],
            ),
            (GROUP, "unknown_code", self._text(GROUP) not in COUNTED_GROUP),
        )
        for column, rule, broken in faults:
            if broken:
                allowed = {LINES: BOUNDARIES, GROUP: COUNTED_GROUP}.get(column)
                known = rule == "unknown_code" and allowed is not None
                detail = f"It is one of {', '.join(allowed.values)}." if known and allowed else ""
                yield self.sheet.place.finding(rule, row=self.number, column=column, detail=detail)

    def _code(self, text: str) -> str:
        return text.upper()

    def _text(self, name: str) -> str:
        cell = self.cells[name]
        return cell if isinstance(cell, str) else ""

    def _number(self, name: str) -> int:
        """The whole number of a cell, -1 where it holds none."""
        text = self._text(name)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else -1
