"""Edition: what a release file says about itself, read once when it is opened.

Its edition row, places with their parents of today, labels and protection bases. The connection
and the units stand in ``releases``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from dashboard.model import release as contract
from dashboard.model.facts import PARENT_LEVELS
from dashboard.model.periods import Month

Ask = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]


class DamagedRelease(Exception):  # noqa: N818 -- a state of a file, as its page says it
    """A file is not a whole release of the present contract."""


@dataclass(frozen=True)
class Edition:
    """What a release says about itself: its row of ``edition``."""

    release_id: str
    contract_version: int
    kind: str
    audience: str
    title: str
    source_note: str
    first_month: Month
    last_month: Month
    as_of: date
    built_at: datetime
    approved_by: str
    registry_digest: str


@dataclass(frozen=True)
class Place:
    """A place of the gazetteer as the release carries it; ``lon`` and ``lat`` of its centroid."""

    code: str
    level: str
    name_en: str
    name_bn: str
    lon: float | None
    lat: float | None


@dataclass(frozen=True)
class Parents:
    """Ancestors by code and level, and the codes directly below a place by name."""

    above: Mapping[tuple[str, str], str]
    below: Mapping[str, tuple[str, ...]]


def check_shape(ask: Ask) -> None:
    """Compare tables and columns with the contract; raise DamagedRelease where they differ."""
    found: dict[str, list[tuple[str, str]]] = {}
    for table, column, type_ in ask(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() "
        "WHERE NOT internal ORDER BY table_name, column_index",
        (),
    ):
        found.setdefault(table, []).append((column, type_))
    for table, columns in contract.TABLES.items():
        if found.get(table) != list(columns):
            raise DamagedRelease(f"table {table} does not follow the contract")


def read_edition(ask: Ask) -> Edition:
    """The one row of ``edition``; raise DamagedRelease for another contract's."""
    names = ", ".join(name for name, _ in contract.EDITION)
    rows = ask(f"SELECT {names} FROM edition", ())  # noqa: S608
    if len(rows) != 1:
        raise DamagedRelease(f"{len(rows)} editions in one file")
    row = dict(zip(names.split(", "), rows[0], strict=True))
    if row["contract_version"] != contract.CONTRACT_VERSION:
        raise DamagedRelease(f"made for contract {row['contract_version']}")
    for name in ("first_month", "last_month"):
        row[name] = Month.of(row[name])
    for name in ("audience", "title", "source_note", "approved_by"):
        row[name] = row[name] or ""
    return Edition(**row)


def read_places(ask: Ask) -> Mapping[str, Place]:
    """All places by code."""
    rows = ask("SELECT code, level, name_en, name_bn, lon, lat FROM place ORDER BY code", ())
    return MappingProxyType({row[0]: Place(*row) for row in rows})


def read_parents(ask: Ask, places: Mapping[str, Place], today: date) -> Parents:
    """Ancestors of all places as they are on a day."""
    above = {
        (code, level): parent
        for code, level, parent in ask(
            "SELECT code, level, parent FROM place_parent "
            "WHERE (valid_from IS NULL OR valid_from <= ?) AND (valid_to IS NULL OR valid_to > ?)",
            (today, today),
        )
    }
    below: dict[str, list[str]] = {}
    for place in sorted(places.values(), key=lambda entry: (entry.name_en, entry.code)):
        chain = (above.get((place.code, level)) for level in PARENT_LEVELS)
        nearest = next((parent for parent in chain if parent and parent != place.code), None)
        if nearest:
            below.setdefault(nearest, []).append(place.code)
    return Parents(above, {code: tuple(codes) for code, codes in below.items()})


def read_labels(ask: Ask) -> Mapping[tuple[str, str], tuple[str, str]]:
    """English and Bangla label ('' where unknown) by code list and code."""
    rows = ask("SELECT code_list, code, label_en, label_bn FROM code", ())
    return {(code_list, code): (en, bn or "") for code_list, code, en, bn in rows}
