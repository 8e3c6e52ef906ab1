"""Description: what a release file says about itself, read once when it is opened.

Its edition row, places with their parents and populations, labels, expected errors,
exact totals, the operator's notes, and where agencies report. The connection stands
in ``open_release``, questions of the units in ``queries``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from dashboard.model import release as contract
from dashboard.model.codes import CODE_LISTS, COUNTED_GROUP
from dashboard.model.edition import Edition
from dashboard.model.facts import FACTS, LEVELS_ABOVE
from dashboard.model.languages import LOCAL
from dashboard.model.partner_share import Band
from dashboard.model.periods import Month, Span
from dashboard.model.population import Population
from dashboard.model.signoff import BANDS

#: Runs one statement with bound values, and gives its rows.
Ask = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]


class NoRelease(Exception):  # noqa: N818 -- says a state, as its page does
    """There is no release that can be shown; the message says why in one sentence."""


class DamagedRelease(Exception):  # noqa: N818 -- a state of a file, as its page says it
    """A file is not a whole release of the present contract."""


@dataclass(frozen=True)
class Place:
    """A place of the gazetteer as the release carries it; ``lon`` and ``lat`` of its centroid."""

    code: str
    level: str
    name_en: str
    name_local: str
    lon: float | None
    lat: float | None


@dataclass(frozen=True)
class Parents:
    """Parents of places, as they were on one day.

    Attributes:
        above: By code of a place and a level, the code of its ancestor there.
        below: By code of a place, the codes of those directly below it, sorted by their names.
    """

    above: Mapping[tuple[str, str], str]
    below: Mapping[str, tuple[str, ...]]


def check_shape(ask: Ask) -> None:
    """Raise DamagedRelease where the tables of the file are not those of the contract."""
    columns_by_table: dict[str, list[tuple[str, str]]] = {}
    for table, column, type_ in ask(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() "
        "WHERE NOT internal ORDER BY table_name, column_index",
        (),
    ):
        columns_by_table.setdefault(table, []).append((column, type_))
    if "edition" in columns_by_table:
        _require_version(ask)
    _require_country([column for column, _ in columns_by_table.get("place", ())])
    for table, columns in contract.TABLES.items():
        if columns_by_table.get(table) != list(columns):
            raise DamagedRelease(f"table {table} does not follow the contract")


def _require_version(ask: Ask) -> None:
    """Raise DamagedRelease for a file of another version of the contract."""
    rows = ask("SELECT contract_version FROM edition", ())
    if len(rows) != 1:
        raise DamagedRelease(f"{len(rows)} editions in one file")
    version = rows[0][0]
    if version != contract.CONTRACT_VERSION:
        raise DamagedRelease(
            f"it was made by another version of the product (contract {version}, here "
            f"{contract.CONTRACT_VERSION}) and has to be made anew"
        )


def _require_country(columns: Sequence[str]) -> None:
    """Raise DamagedRelease for a file with names in the language of another country's pack."""
    names = {column for column in columns if column.startswith("name_")}
    if len(names) > 1 and f"name_{LOCAL}" not in names:
        raise DamagedRelease(
            f"its places have {', '.join(sorted(names))}, but the country's pack here "
            f"(ATLAS_COUNTRY) names them in {LOCAL}"
        )


def read_edition(ask: Ask) -> Edition:
    """The edition of a file whose shape was checked, with the band of partners that signed."""
    (row,) = read_rows(ask, "edition")
    bands = ask("SELECT band FROM sign_off", ())
    if len(bands) > 1 or any(band not in BANDS for (band,) in bands):
        raise DamagedRelease("how many partners signed is no band")
    return replace(Edition.of_row(row), signed=bands[0][0] if bands else "")


def read_places(ask: Ask) -> Mapping[str, Place]:
    """All places by code."""
    # The first six columns are the attributes of ``Place``, in their order.
    names = ", ".join(name for name, _ in contract.TABLES["place"][:6])
    rows = ask(f"SELECT {names} FROM place ORDER BY code", ())  # noqa: S608
    return MappingProxyType({row[0]: Place(*row) for row in rows})


def read_parents(ask: Ask, places: Mapping[str, Place], day: date) -> Parents:
    """Ancestors of all places as they are on a day."""
    above = {
        (code, level): parent
        for code, level, parent in ask(
            "SELECT code, level, parent FROM place_parent "
            "WHERE (valid_from IS NULL OR valid_from <= ?) AND (valid_to IS NULL OR valid_to > ?)",
            (day, day),
        )
    }
    below: dict[str, list[str]] = {}
    for place in sorted(places.values(), key=lambda entry: (entry.name_en, entry.code)):
        chain = (above.get((place.code, level)) for level in LEVELS_ABOVE)
        nearest = next((parent for parent in chain if parent and parent != place.code), None)
        if nearest:
            below.setdefault(nearest, []).append(place.code)
    return Parents(above, {code: tuple(codes) for code, codes in below.items()})


def read_labels(ask: Ask) -> Mapping[tuple[str, str], tuple[str, str]]:
    """English label and that in the country's language ('' where unknown) by code list and code.

    A code that the model has is called as it is called there, so that a renamed one reads the same
    in every edition; the edition's own labels serve for codes that the model no longer has.
    """
    rows = ask(f"SELECT code_list, code, label_en, label_{LOCAL} FROM code", ())  # noqa: S608
    of_edition = {(code_list, code): (en, local or "") for code_list, code, en, local in rows}
    return {
        **of_edition,
        **{(codes.id, code.code): (code.en, code.local) for codes in CODE_LISTS for code in codes},
    }


def read_replicates(ask: Ask) -> Mapping[str, int]:
    """How many echoes each fact has."""
    statement = " UNION ALL ".join(
        f"SELECT '{fact.id}', count(DISTINCT replicate) FROM {contract.echo_table(fact)}"  # noqa: S608
        for fact in FACTS
    )
    return dict(ask(statement, ()))


def read_rows(ask: Ask, table: str) -> list[tuple[Any, ...]]:
    """Every row of a table of the contract, sorted by its columns from the first on."""
    names = ", ".join(name for name, _ in contract.TABLES[table])
    return ask(f"SELECT {names} FROM {table} ORDER BY ALL", ())  # noqa: S608


def read_reporting(ask: Ask, last: Month) -> Mapping[str, tuple[Span, ...]]:
    """Months in which some agency reported from an area, by its code; may be empty."""
    spans_of: dict[str, list[Span]] = {}
    for area, since, until in ask(
        "SELECT area, from_month, until_month FROM reporting ORDER BY ALL", ()
    ):
        end = Month.of(until).plus(-1) if until else last
        spans_of.setdefault(area, []).append(Span(Month.of(since), end))
    return MappingProxyType({area: tuple(spans) for area, spans in spans_of.items()})


def read_edition_series(ask: Ask, fact_id: str) -> Mapping[Month, Mapping[Month, int]]:
    """By last month of an edition, the size of each month as it showed that; may be empty."""
    series: dict[Month, dict[Month, int]] = {}
    for edition, month, size in ask(
        "SELECT edition, month, size FROM edition_series WHERE fact = ? ORDER BY ALL", (fact_id,)
    ):
        series.setdefault(Month.of(edition), {})[Month.of(month)] = size
    return MappingProxyType({last: MappingProxyType(sizes) for last, sizes in series.items()})


def read_partner_share(ask: Ask, fact_id: str) -> Mapping[Month, tuple[Band, Band]]:
    """By month the shares of silent and of new partners, as bands; may be empty."""
    rows = ask(
        "SELECT month, silent, new FROM partner_share WHERE fact = ? ORDER BY month", (fact_id,)
    )
    return MappingProxyType({Month.of(month): (silent, new) for month, silent, new in rows})


def read_populations(ask: Ask) -> Mapping[str, tuple[Population, ...]]:
    """Counts by place, the newest year first and groups in the order of their list."""
    counts_of: dict[str, list[Population]] = {}
    for count in map(Population.of_row, read_rows(ask, "population")):
        counts_of.setdefault(count.place, []).append(count)
    order = {group: number for number, group in enumerate(COUNTED_GROUP.values)}
    return MappingProxyType(
        {
            place: tuple(sorted(counts, key=lambda c: (-c.year, order.get(c.group, len(order)))))
            for place, counts in counts_of.items()
        }
    )
