"""Reporting: in which months any agency reported from each third area, by what partners declare.

A declaration may name the areas in which its partner works (``areas``). A release says of each
third area and month whether any of the partners that reported then works there: yes or no, never
who and never how many. Where no partner declares areas it says nothing; one that declares none may
work anywhere. Only incidents that are published count, as for the bands of coverage.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

import duckdb

from dashboard.model.country import PACK, SECOND, THIRD
from dashboard.model.periods import Month, Span
from etl.declaration.reader import read_source
from etl.declaration.source import require_areas
from etl.release.contents.geography import Geography
from etl.release.files import ask_release
from etl.settings import Settings

#: Areas, each with a month in which some agency reported from it.
Reported = frozenset[tuple[str, Month]]
#: A row of the contract's table ``reporting``.
ReportingRow = tuple[str, date, date | None]

#: Months after its last incident in which a partner still counts as reporting. A small partner has
#: months without any, and whether it had one must not show.
_QUIET = 2
_COUNTRY = PACK.code


@dataclass(frozen=True)
class DeclaredAreas:
    """The areas of the third level ("third areas") in which each partner works.

    Attributes:
        by_partner: Third areas of each; None for one that declares none and may work anywhere.
        everywhere: All third areas.
    """

    by_partner: Mapping[str, frozenset[str] | None]
    everywhere: frozenset[str]

    @property
    def any_declared(self) -> bool:
        """Whether any partner declares where it works."""
        return any(areas is not None for areas in self.by_partner.values())

    def covered(self, partners: Iterable[str]) -> frozenset[str]:
        """Third areas in which any of some partners works."""
        covered: set[str] = set()
        for partner in partners:
            areas = self.by_partner.get(partner)
            covered |= self.everywhere if areas is None else areas
        return frozenset(covered)


def declared_areas(
    connection: duckdb.DuckDBPyConnection, settings: Settings, geography: Geography
) -> DeclaredAreas:
    """The areas that the declarations of all loaded sources name.

    Args:
        connection: Has the register attached as ``register``.
        settings: Paths of the store.
        geography: Places and the areas above them.

    Raises:
        OperatorError: With file and key, if a declaration cannot be read or names an area that is
            none.
    """
    levels = {code: level for code, level, *_ in geography.places}
    everywhere = frozenset(code for code, level in levels.items() if level == THIRD)
    #: Area to the third areas in it.
    inside: dict[str, set[str]] = {_COUNTRY: set(everywhere)}
    for code, _, parent, *_ in geography.areas:
        if code in everywhere:
            inside.setdefault(parent, set()).add(code)
    areas_of: dict[str, set[str]] = {}
    rows = connection.execute("SELECT DISTINCT partner, source FROM register.load").fetchall()
    for partner, source in cast("list[tuple[str, str]]", rows):
        works_in = areas_of.setdefault(partner, set())
        path = settings.sources / f"{source}.toml"
        if path.is_file():
            declaration = read_source(path)
            require_areas(declaration, levels)
            works_in |= {code for area in declaration.areas for code in inside.get(area, ())}
    return DeclaredAreas(
        {partner: frozenset(areas) or None for partner, areas in areas_of.items()}, everywhere
    )


def counted_reporting(
    connection: duckdb.DuckDBPyConnection, span: Span, declared: DeclaredAreas
) -> Reported:
    """Third areas and months of a span in which any agency reported; none where none is declared.

    Args:
        connection: Has the events as ``events`` and the stored units as ``units``.
        span: The months.
        declared: Where partners work.
    """
    if not declared.any_declared:
        return frozenset()
    rows = connection.execute(
        """SELECT DISTINCT event.month, partner.partner FROM events.incidents AS event
        JOIN events.partner AS partner USING (record_key)
        JOIN units.ledger AS ledger USING (fact, record_key)
        WHERE fact = 'incidents'"""
    ).fetchall()
    partners: dict[Month, set[str]] = {}
    for day, partner in cast("list[tuple[date, str]]", rows):
        for later in range(_QUIET + 1):
            partners.setdefault(Month.of(day).plus(later), set()).add(partner)
    return frozenset(
        (area, month) for month in span for area in declared.covered(partners.get(month, ()))
    )


def released_reporting(path: Path) -> Reported:
    """Areas and months in which a release says that some agency reported."""
    rows = ask_release(
        path,
        """SELECT area, greatest(from_month, first_month),
            coalesce(until_month, last_month + INTERVAL 1 MONTH)::DATE FROM reporting, edition""",
    )
    return frozenset(
        (area, month)
        for area, since, until in rows
        for month in Span(Month.of(since), Month.of(until).plus(-1))
    )


def reporting_to_publish(current: Reported, released: Reported, after: Month | None) -> Reported:
    """What is counted now; up to the retention horizon what a release said before.

    The records of those months are gone, so that counting them now would say that nobody reported.
    """
    if after is None:
        return current
    return frozenset(
        {(area, month) for area, month in current if month > after}
        | {(area, month) for area, month in released if month <= after}
    )


def by_district(reported: Reported, geography: Geography) -> Reported:
    """Districts and months in which any agency reported from any area of the district."""
    above = {code: parent for code, level, parent, *_ in geography.areas if level == SECOND}
    return frozenset((above[area], month) for area, month in reported if area in above)


def reporting_rows(reported: Reported, span: Span) -> list[ReportingRow]:
    """Rows of the contract: each area's runs of months, open where they go on to the last month."""
    months: dict[str, set[Month]] = {}
    for area, month in reported:
        if span.start <= month <= span.end:
            months.setdefault(area, set()).add(month)
    return [row for area in sorted(months) for row in _runs(area, months[area], span)]


def _runs(area: str, months: Set[Month], span: Span) -> list[ReportingRow]:
    """Rows of an area: each run of successive months, from the first to the one after the last."""
    starts = sorted(month for month in months if month.plus(-1) not in months)
    ends = sorted(month for month in months if month.plus(1) not in months)
    return [
        (area, start.first_day, None if end == span.end else end.plus(1).first_day)
        for start, end in zip(starts, ends, strict=True)
    ]
