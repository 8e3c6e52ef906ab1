"""Partners: what one of them could learn of another from the total of a block.

A partner knows its own records. From an exact total it learns how many the others reported
together; two that put their numbers together learn what the rest did. Who reported an event is
decided in ``etl.events``.
"""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import duckdb
import numpy as np
import numpy.typing as npt

from dashboard.model.protection import EXACT_PARTNERS, EXACT_REMAINDER, EXACT_SHARE, RECORDS


def hides_partners(
    by_partner: npt.NDArray[np.floating[Any] | np.integer[Any]], total: int, base: int
) -> bool:
    """Whether a total may be exact: what is left without one's own shows no other's number.

    Args:
        by_partner: Events that each partner reported, alone or with others, shape (partners,).
        total: Events in all.
        base: Smallest size of a unit.

    >>> hides_partners(np.array([20.0, 20.0, 9.0]), 49, 5)
    True
    >>> hides_partners(np.array([46.0, 2.0, 1.0]), 49, 5)
    False
    """
    if len(by_partner) < EXACT_PARTNERS:
        return False
    largest = by_partner.max()
    return bool(largest <= EXACT_SHARE * total and total - largest >= EXACT_REMAINDER * base)


def periods_of_three(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, date]]:
    """Exact totals from which two partners together could work out a third one's number.

    That is where only as many partners reported as an exact total needs, which is allowed: the
    operator may know it, since no rule of numbers keeps partners from putting theirs together.

    Args:
        connection: Has the events as ``events`` and the stored units attached as ``units``.

    Returns:
        Fact and first day of each such block, the latest last.
    """
    rows = connection.execute(
        """SELECT block.fact, block.period
        FROM units.block AS block
        JOIN units.ledger AS ledger USING (fact, period, kind)
        JOIN events.partner AS partner USING (fact, record_key)
        WHERE block.exact AND block.n > 0 AND block.base <> ?
        GROUP BY ALL
        HAVING count(DISTINCT partner.partner) = ?
        ORDER BY block.period, block.fact""",
        [RECORDS, EXACT_PARTNERS],
    ).fetchall()
    return cast("list[tuple[str, date]]", rows)
