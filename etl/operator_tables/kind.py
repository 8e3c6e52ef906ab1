"""Kind: what a handed table is, as the registry in ``kinds`` describes each of them.

How a file is read stands in ``reader``, where rows are kept in ``stored``; neither knows a kind by
its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Protocol

from dashboard.model.periods import Span
from etl.release.contents.geography import PlaceRow
from etl.settings import Settings

#: Cells of a row as text, by column; "" or absent where it is empty.
Cells = Mapping[str, str]
#: What the cells of a row say, by column.
Values = Mapping[str, Any]


class BrokenRule(Exception):  # noqa: N818 - what is wrong with a cell, not a fault of the program
    """A cell breaks a rule of ``findings``; ``detail`` is added to its sentence."""

    def __init__(self, rule: str, detail: str = "") -> None:
        super().__init__(rule)
        self.rule, self.detail = rule, detail


@dataclass(frozen=True)
class Reference:
    """What cells are held against.

    Attributes:
        places: Places of the gazetteer by code, as rows of the contract's ``place``.
        partners: Names of the partners that have sent files, which no text may name.
        today: Day after which nothing was counted.
    """

    places: Mapping[str, PlaceRow]
    partners: frozenset[str]
    today: date

    @classmethod
    def of(cls, places: Iterable[PlaceRow], partners: Iterable[str]) -> Reference:
        """The reference of today."""
        by_code = MappingProxyType({place[0]: place for place in places})
        return cls(by_code, frozenset(partners), date.today())

    def level(self, code: str) -> str | None:
        """Level of a place, None for a code that is of none."""
        place = self.places.get(code)
        return place[1] if place else None


@dataclass(frozen=True)
class Column:
    """A column of a handed table.

    Attributes:
        name: Its header.
        read: Reads the text of a cell; raises ``BrokenRule``.
        absent: Text for an empty or absent cell; a column that has None must be there.
    """

    name: str
    read: Callable[[str, Reference], object]
    absent: str | None = None


class ReleaseValue(Protocol):
    """What a release holds of a row, a value of ``dashboard.model``."""

    @property
    def row(self) -> tuple[object, ...]:
        """Its row, in the contract's order."""
        ...


def never_released(_: Values) -> ReleaseValue:
    """Serve as ``to_release`` of a kind that no release may hold.

    Raises:
        TypeError: Always.
    """
    raise TypeError("no release holds this")


def _always(_: Values, __: str, ___: str) -> bool:
    """Serve as ``is_for`` of a kind that is for every edition."""
    return True


def _nothing(*_: object) -> Sequence[Any]:
    """Serve as any attribute of a kind that gives no rows, faults or lines."""
    return ()


@dataclass(frozen=True)
class Kind:
    """A kind of handed tables.

    Attributes:
        name: Its name: of the command, of the file that keeps it, in the plural.
        one: Name of one of its rows, as in the headings of a TOML file.
        table: Table of a release that holds it; "" for what no release may hold.
        help: What it is, for the help of the command.
        columns: Its columns, in the order in which a store keeps them.
        key: Columns by which two rows are of the same thing: a later one replaces an earlier.
        area: Column with the place that a row is about, "" for everywhere; "" without one.
        to_release: What a release holds of a row.
        faults: Column and rule of each fault of a row whose cells are right one by one.
        months: Months that a row is about, None where it holds in all.
        is_for: Whether editions of an audience and a kind of data may hold a row.
        along: Rows that come with the product beside those that are kept.
        grouped: Columns by which a listing counts rows, where it does not name each.
        remarks: Further lines about the rows of a listing.
        of_shapes: Whether it is read from files of maps, in place of all before, not from tables.
    """

    name: str
    one: str
    table: str
    help: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    area: str
    to_release: Callable[[Values], ReleaseValue]
    faults: Callable[[Values, Reference], Iterable[tuple[str, str]]] = _nothing
    months: Callable[[Values], Span] | None = None
    is_for: Callable[[Values, str, str], bool] = _always
    along: Callable[[Kind, Settings, Sequence[Values], Reference], Iterable[Values]] = _nothing
    grouped: tuple[str, ...] = ()
    remarks: Callable[[Sequence[Cells], Reference], Sequence[str]] = _nothing
    of_shapes: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Names of its columns."""
        return tuple(column.name for column in self.columns)

    @property
    def file_name(self) -> str:
        """Name of the file of a store that keeps it."""
        return f"{self.name}.csv"
