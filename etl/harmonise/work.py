"""One file while it is harmonised: what the steps share."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from etl.declaration.source import Column, Source
from etl.findings import Finding
from etl.harmonise.areas import Areas
from etl.harmonise.cells import Faults, Texts, findings_of
from etl.harmonise.days import Day
from etl.harmonise.orders import DateOrder
from etl.harmonise.unmatched import Unmatched
from etl.read import Cell, Coded, Sheet, combined

#: Working column: child or adult as an age in years tells it; consumed before the end.
DERIVED_CHILD = "person.is_child[age]"


@dataclass
class Work:
    """One file while it is harmonised.

    Attributes:
        sheet: Its declared columns, normalised.
        source: Its declaration.
        areas: The gazetteer, by which places are found.
        secret: The identifiers secret.
        today: The day after which a date lies in the future.
        wide: Name of a wide column to its values, one per row.
        findings: What was found so far.
        orders: In which order the dates of its columns were read.
        unmatched: Values that are not known.
        days: Header to the days of its column, never stored.
    """

    sheet: Sheet
    source: Source
    areas: Areas
    secret: bytes
    today: date
    wide: dict[str, Texts] = field(default_factory=dict[str, Texts])
    findings: list[Finding] = field(default_factory=list[Finding])
    orders: list[DateOrder] = field(default_factory=list[DateOrder])
    unmatched: list[Unmatched] = field(default_factory=list[Unmatched])
    days: dict[str, Coded[Day | None]] = field(default_factory=dict[str, Coded[Day | None]])

    @property
    def size(self) -> int:
        """Number of rows."""
        return len(self.sheet.rows)

    def note(self, faults: Faults, header: str) -> None:
        """Add findings for the rows of a column that break a rule."""
        self.findings += findings_of(faults, self.sheet.rows, self.sheet.place, header)

    def cells(self, column: Column) -> Coded[tuple[Cell, ...]]:
        """Cells of a column, each with that of the column declared to be joined to it."""
        headers = [column.header] if column.joined is None else [column.header, column.joined]
        return combined([self.sheet.columns[header] for header in headers])
