"""Source: a declared layout; there is one TOML file per layout that a partner sends.

The words of the format stand in docs/sources.md. Here stand the values it becomes; reading the
file, strictly, stands in ``reader``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from dashboard.model.country import FIRST, PACK, SECOND, THIRD
from dashboard.model.fields import Field, Kind
from dashboard.model.normalise import casefold
from etl.settings import OperatorError

DataKind = Literal["invented", "published", "real"]
RowIs = Literal["incident", "person", "referral", "classification", "voyage"]
Use = Literal["take", "derive", "key", "drop"]
How = Literal["month", "age_band", "birth_date", "place", "point", "days_between", "part"]
PointFormat = Literal["wkt", "lon_lat", "lat_lon"]
Expects = Literal["monthly"]
Files = Literal["months", "whole_list"]
Encoding = Literal["utf-8", "cp1252"]

#: Tables that a row of each sort may fill.
TABLES_OF: Mapping[str, tuple[str, ...]] = {
    "incident": ("incident", "incident_place", "movement"),
    "person": ("incident", "incident_place", "movement", "person", "classification"),
    "referral": ("referral",),
    "classification": ("classification",),
    "voyage": ("voyage",),
}
#: Keys that a row of each sort must have.
KEYS_OF: Mapping[str, tuple[str, ...]] = {
    "incident": ("incident",),
    "person": ("incident", "person"),
    "referral": ("referral", "person"),
    "classification": ("person",),
    "voyage": ("voyage",),
}

#: What stands in a key for the number of the row in its file.
ROW_NUMBER = "#row"
#: What ``others`` of a column says where values that are not listed are taken as not known.
AS_MISSING = "missing"

#: Columns that collection tools add; never read unless a source declares them.
_TECHNICAL = frozenset((
    "_uuid", "_id", "_index", "_status", "_notes", "_tags", "_submission_time", "_submitted_by",
    "_validation_status", "_geolocation", "_attachments", "_version", "_version_", "__version__",
    "_parent_index", "_parent_table_name", "_submission__id", "_submission__uuid",
    "_submission__submission_time", "_submission__submitted_by", "_submission__status",
    "_submission__validation_status", "_submission__notes", "_submission__tags", "deviceid",
    "start", "end", "today", "username", "simserial", "subscriberid", "phonenumber", "audit",
    "meta/instanceid", "meta/instancename", "formhub/uuid", "_xform_id_string",
))  # fmt: skip
_GEOPOINT = re.compile(r"_(?:.*_)?(?:latitude|longitude|altitude|precision)")


def is_technical(header: str) -> bool:
    """Whether a collection tool added the column."""
    name = casefold(header)
    return name in _TECHNICAL or _GEOPOINT.fullmatch(name) is not None


@dataclass(frozen=True)
class Target:
    """Where a value goes: a register field, with its role or leg where the table has several.

    Attributes:
        table: Name of the register table.
        field: The register field.
        role: Role of an incident's place, else None.
        leg: Number of a journey's leg, else None.
    """

    table: str
    field: Field
    role: str | None = None
    leg: int | None = None

    @property
    def name(self) -> str:
        """Column name in an extract, such as ``incident_place.place[transit]``."""
        part = self.role if self.role is not None else self.leg
        return f"{self.table}.{self.field.name}" + ("" if part is None else f"[{part}]")


@dataclass(frozen=True)
class Column:
    """One use of a declared column; a column that is used twice stands twice.

    Attributes:
        header: Header, normalised.
        use: take (kept), derive (consumed in memory), key (hashed) or drop.
        how: How a derived column is consumed.
        target: Where its value goes; None for key, drop and part.
        rank: Of several columns with one target the lowest rank that is known wins.
        formats: Date formats, or the one format of a point.
        values: Casefolded text to code, to a number of years or to a code of the gazetteer; None
            where the file holds these themselves.
        missing: Casefolded texts that mean "not known"; an empty cell always does.
        split: Text between several values of one cell.
        within: Column that holds the area in which a place's name is looked up.
        joined: Column whose text is added to this one's, after a space.
        since: Column with the day from which days are counted.
        levels: Levels of the gazetteer that a place may have; all where empty.
        summed: Whether its counts are added to those of the other columns with its target.
        on: Column with the day for which an age follows from a birth date.
        around: Casefolded texts beside a number that are no part of it, such as "yrs".
        others: The code of every value that is not listed, or ``AS_MISSING``; None refuses them.
    """

    header: str
    use: Use
    how: How | None = None
    target: Target | None = None
    rank: int = 1
    formats: tuple[str, ...] = ()
    values: Mapping[str, str] | None = None
    missing: frozenset[str] = frozenset()
    split: str | None = None
    within: str | None = None
    joined: str | None = None
    since: str | None = None
    levels: tuple[str, ...] = ()
    summed: bool = False
    on: str | None = None
    around: tuple[str, ...] = ()
    others: str | None = None


@dataclass(frozen=True)
class MonthRule:
    """How a month follows from a day of the file when no column says it.

    Attributes:
        target: The month field.
        columns: Columns with the day, the first known wins.
        plus: Columns with a number of days to add, the first known wins; none adds nothing.
    """

    target: Target
    columns: tuple[str, ...]
    plus: tuple[str, ...] = ()


@dataclass(frozen=True)
class FileFormat:
    """What kind of file is read, and from where in it; the encoding is that of a CSV.

    A header of two rows begins at ``header_row``; data begin at ``first_row``, or right below the
    header where that is None. ``parent`` is the sheet of which each row repeats a part (Kobo).
    """

    format: Literal["csv", "xlsx"]
    sheet: str | None = None
    delimiter: str = ","
    encoding: Encoding = "utf-8"
    header_row: int = 1
    header_rows: int = 1
    first_row: int | None = None
    parent: str | None = None

    @property
    def data_row(self) -> int:
        """Number of the first row that may hold data."""
        return self.first_row or self.header_row + self.header_rows


@dataclass(frozen=True)
class Source:
    """A declared layout of one partner.

    Attributes:
        name: Name of the declaration, the same as its file.
        title: What the source is called in editions and notes.
        partner: Agency that sends it; part of every key.
        kind: invented, published or real.
        row: What one row of the file is.
        attribution: Words owed to the publisher, or "".
        file: Format of the file.
        keys: Record kind to the headers of its key columns.
        constants: Values that hold for every row, as text.
        months: Months that follow from other columns.
        columns: Every column of the file.
        areas: P-codes of the areas of any level in which the partner works; empty
            where it says none.
        expects: How often a file of it is awaited; None where whenever one comes.
        files: Whether a file holds months, or the whole list as it stands today.
        leave_out: Header to the casefolded texts by which a row is no data, such as a total.
        drops_others: Whether columns that are not declared are passed over.
    """

    name: str
    title: str
    partner: str
    kind: DataKind
    row: RowIs
    attribution: str
    file: FileFormat
    keys: Mapping[str, tuple[str, ...]]
    constants: tuple[tuple[Target, str], ...]
    months: tuple[MonthRule, ...]
    columns: tuple[Column, ...]
    areas: tuple[str, ...] = ()
    expects: Expects | None = None
    files: Files = "months"
    leave_out: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    drops_others: bool = False

    def column(self, header: str, *hows: How) -> Column:
        """The declared column of a header, by how it is derived where several uses are declared.

        Raises:
            KeyError: For no such column.
        """
        for column in self.columns:
            if column.header == header and (not hows or column.how in hows):
                return column
        raise KeyError(f"{self.name} declares no column {header!r}")

    @property
    def declares(self) -> frozenset[str]:
        """Names of the targets that the file or the declaration fills, without role and leg."""
        targets = (
            *(c.target for c in self.columns if c.target is not None),
            *(t for t, _ in self.constants),
            *(m.target for m in self.months),
        )
        return frozenset(f"{t.table}.{t.field.name}" for t in targets)

    @property
    def headers(self) -> dict[str, tuple[str, ...]]:
        """Register field (``table.field``) to the headers of the columns from which it follows."""
        headers: dict[str, tuple[str, ...]] = {}
        targets = [(c.target, (c.header,)) for c in self.columns if c.target is not None]
        targets += [(rule.target, rule.columns) for rule in self.months]
        for target, columns in targets:
            name = f"{target.table}.{target.field.name}"
            headers[name] = (*headers.get(name, ()), *columns)
        return headers

    @property
    def legs(self) -> tuple[int, ...]:
        """Numbers of the declared legs, in order."""
        numbers = {c.target.leg for c in self.columns if c.target and c.target.leg}
        if not numbers and any(t.table == "movement" for t, _ in self.constants):
            return (1,)
        return tuple(sorted(numbers))


#: Levels of the areas in which a declaration may say a partner works.
_WORKED_IN = ("country", FIRST, SECOND, THIRD)


class SourceError(OperatorError):
    """A declaration that cannot be used; the message names file and key."""


def require_areas(source: Source, levels: Mapping[str, str]) -> None:
    """Make sure that a declaration names areas that there are.

    Args:
        source: The declaration.
        levels: Level of every known place by its code.

    Raises:
        SourceError: For the first that is no area of the country, nor the country.
    """
    for code in source.areas:
        if levels.get(code) not in _WORKED_IN or (levels[code] == "country" and code != PACK.code):
            raise SourceError(
                f"{source.name}.toml: areas: {code} is no {FIRST}, {SECOND} or {THIRD}; use "
                f"P-codes such as {PACK.example}, or {PACK.code} for the whole country"
            )


def is_list(target: Target) -> bool:
    """Whether several columns may add to the target."""
    return target.field.kind is Kind.CODES
