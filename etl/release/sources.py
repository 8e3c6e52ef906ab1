"""Sources: of which kind the register's data are, and what a release may say of their origin.

Only published sources are named: an invented one has no origin, and a partner is never named.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from etl.settings import OperatorError

INVENTED_NOTE = "Invented data: no real person, place of an event or agency."


@dataclass(frozen=True)
class Origin:
    """Kind of the data, and where they come from in words."""

    kind: str
    note: str


def read_origin(connection: duckdb.DuckDBPyConnection) -> Origin:
    """Origin of everything in the register.

    Raises:
        OperatorError: If the register is empty, holds several kinds, or holds a source that is
            neither invented nor published.
    """
    kinds = {
        str(row[0])
        for row in connection.execute("SELECT DISTINCT kind FROM register.load").fetchall()
    }
    if not kinds:
        raise OperatorError("The register is empty; load files first.")
    unfit = kinds - {"invented", "published"}
    if unfit:
        raise OperatorError(
            "The store holds sources that are neither invented nor published. Their protection is "
            "not complete yet, so they cannot be published."
        )
    if len(kinds) > 1:
        raise OperatorError("The store mixes invented and published sources; each needs its own.")
    (kind,) = kinds
    if kind == "invented":
        return Origin(kind, INVENTED_NOTE)
    named = connection.execute(
        """SELECT DISTINCT coalesce(nullif(attribution, ''), title) AS origin
        FROM register.load ORDER BY origin"""
    ).fetchall()
    return Origin(kind, "; ".join(str(row[0]) for row in named))
