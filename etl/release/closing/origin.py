"""Origin: of which kind the register's data are, and what a release may say of their origin.

Only published sources are named: an invented one has no origin, and a partner is never named.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from etl.register.access import number_of_rows
from etl.settings import OperatorError

#: What a release says of the origin of data that name no publisher, by their kind.
NOTES = {
    "invented": "Invented data: no real person, place of an event or agency.",
    "real": "Reported by member agencies of the working group, checked and protected.",
}


@dataclass(frozen=True)
class Origin:
    """Kind of the data, where they come from in words, and whether voyages are among them."""

    kind: str
    note: str
    counts_voyages: bool = False


def read_origin(connection: duckdb.DuckDBPyConnection) -> Origin:
    """Origin of everything in the register.

    Raises:
        OperatorError: If the register is empty or holds several kinds.
    """
    kinds = sorted(
        str(kind)
        for (kind,) in connection.execute("SELECT DISTINCT kind FROM register.load").fetchall()
    )
    if not kinds:
        raise OperatorError("The register is empty; load files first.")
    if len(kinds) > 1:
        raise OperatorError(
            f"The store mixes {' and '.join(kinds)} sources; each kind needs its own store."
        )
    (kind,) = kinds
    voyages = number_of_rows(connection, "register.voyage") > 0
    if kind in NOTES:
        return Origin(kind, NOTES[kind], voyages)
    rows = connection.execute(
        """SELECT DISTINCT coalesce(nullif(attribution, ''), title) AS origin
        FROM register.load ORDER BY origin"""
    ).fetchall()
    return Origin(kind, "; ".join(str(origin) for (origin,) in rows), voyages)
