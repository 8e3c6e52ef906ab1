"""Context: what an edition holds beside its units, such as notes, populations and targets.

None of it comes from a record. Which audience gets what is decided here; reading and checking it
belong to ``etl.operator_tables``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from dashboard.model.codes import COUNTED_GROUP
from dashboard.model.edition import Audience
from dashboard.model.periods import Month, Span
from dashboard.model.population import Population
from dashboard.model.release import TABLES
from etl.operator_tables.kind import Reference, ReleaseValue, Values
from etl.operator_tables.kinds import POPULATIONS, RELEASED
from etl.operator_tables.stored import all_rows
from etl.release.contents.coverage import Band
from etl.release.contents.geography import Geography, PlaceRow
from etl.release.contents.partner_share import ShareRow
from etl.release.contents.reporting import ReportingRow
from etl.release.contents.series import SeriesRow
from etl.release.files import ask_release
from etl.settings import Settings

_GROUPS = {group: number for number, group in enumerate(COUNTED_GROUP.values)}


@dataclass(frozen=True)
class EditionContext:
    """What one edition holds beside its units.

    Attributes:
        tables: Its rows of handed tables, by the table of a release.
        home: Area on which maps open, '' where none was chosen.
        coverage: Band of reporting partners of each month.
        reporting: Areas and the months in which some agency reported from them.
        series: What editions showed of the months up to their last one.
        shares: By fact and month, how much came from who is silent and who is new.
    """

    tables: Mapping[str, Sequence[ReleaseValue]] = field(
        default_factory=dict[str, Sequence[ReleaseValue]]
    )
    home: str = ""
    coverage: Sequence[Band] = ()
    reporting: Sequence[ReportingRow] = ()
    series: Sequence[SeriesRow] = ()
    shares: Sequence[ShareRow] = ()

    def with_population(self, places: Sequence[PlaceRow]) -> list[PlaceRow]:
        """Places with their newest population: of everybody, where that year has several groups."""
        counts = cast("Sequence[Population]", self.tables.get(POPULATIONS.table, ()))
        newest: Mapping[str, Population] = {
            count.place: count
            for count in sorted(counts, key=lambda count: (count.year, -_GROUPS[count.group]))
        }
        rows: list[PlaceRow] = []
        for place in places:
            count = newest.get(place[0])
            rows.append((*place[:6], count.people, count.year, count.group) if count else place)
        return rows


@dataclass(frozen=True)
class Context:
    """What a store holds for editions, before one is chosen.

    Attributes:
        rows: Rows of handed tables, with the shipped ones, by the name of their kind.
        home: Area on which maps open, '' where none was chosen.
    """

    rows: Mapping[str, Sequence[Values]]
    home: str = ""

    def of(self, audience: Audience, span: Span, geography: Geography, kind: str) -> EditionContext:
        """What an edition holds: of an audience, some months and a kind of data.

        Left out are rows of other months, of areas that the audience may not see, and those that
        their kind keeps from the audience or from this kind of data.
        """
        areas = {"", *(code for code, *_ in geography.places)}
        tables = {
            handed_kind.table: [
                handed_kind.to_release(row)
                for row in self.rows.get(name, ())
                if row[handed_kind.area] in areas
                and (handed_kind.months is None or handed_kind.months(row).meets(span))
                and handed_kind.is_for(row, audience, kind)
            ]
            for name, handed_kind in RELEASED.items()
        }
        return EditionContext(tables, self.home)


def read_context(settings: Settings, geography: Geography, partners: Sequence[str]) -> Context:
    """What a store holds for editions.

    Args:
        settings: Paths of the store.
        geography: The places that a release may name.
        partners: Names of partners, which no note may hold.

    Raises:
        OperatorError: With file, row, column and rule, if a row breaks one or a file is damaged.
    """
    reference = Reference.of(geography.places, partners)
    rows = {name: all_rows(settings, kind, reference) for name, kind in RELEASED.items()}
    return Context(rows, settings.home)


def is_changed(path: Path, context: Context, geography: Geography) -> bool:
    """Whether a release holds other notes, populations, targets and so on than it would today."""
    ((audience, first, last, kind),) = ask_release(
        path, "SELECT audience, first_month, last_month, kind FROM edition"
    )
    today = context.of(audience, Span(Month.of(first), Month.of(last)), geography, kind)
    return any(
        sorted(_released(path, table), key=repr) != sorted((value.row for value in rows), key=repr)
        for table, rows in today.tables.items()
    )


def _released(path: Path, table: str) -> list[tuple[object, ...]]:
    """Rows of a table of a release, in the contract's columns."""
    names = ", ".join(name for name, _ in TABLES[table])
    return ask_release(path, f"SELECT {names} FROM {table}")  # noqa: S608
