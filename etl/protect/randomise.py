"""Randomise: a few records that totals count with the values of another record.

Noise on totals averages out to somebody who knows all records but one: hundreds of totals hold
each record, every one with noise of its own. A record that is counted as another puts the same
noise into all of them. This is post-randomisation (PRAM: Gouweleeuw, Kooiman, Willenborg and de
Wolf, 1998), with the records of the same period as what is drawn from, so that no share moves on
average and no total changes. Which records, follows from the secret, for good. A record of several
events stays as it is: it shows in its month anyway, and would move a total by all of them.
"""

from __future__ import annotations

import numpy as np

from etl.protect.chance import Chance, mixed
from etl.protect.coding import Rows
from etl.protect.history import History


def randomised(history: History, share: float, chance: Chance) -> Rows:
    """The records as totals count them.

    The first bundle stays, which says where: maps are what readers look at most, and somebody who
    knows all other records learns least from it.

    Args:
        history: The records.
        share: About how many of them get the values of another, from 0 to less than 1.
        chance: Source of the draws.

    Returns:
        Rows without areas, shape (records, width).
    """
    if not share or not len(history.keys):
        return history.rows
    keys = chance.keys("randomise", history.fact.id, values=history.keys)
    chosen = np.flatnonzero((keys < np.uint64(round(share * 2**64))) & (history.n == 1))
    order = np.lexsort((mixed(keys), history.periods))
    # The next in this order, from the last of a period back to its first.
    begins = np.unique(history.periods[order], return_index=True)[1]
    follower = np.empty(len(order), dtype=np.intp)
    follower[order] = np.roll(order, -1)
    follower[order[np.append(begins[1:], len(order)) - 1]] = order[begins]
    rows = history.rows.copy()
    for names in history.fact.bundles[1:]:
        positions = history.coding.bundle_positions(names)
        rows[chosen[:, None], positions] = history.rows[follower[chosen][:, None], positions]
    return rows
