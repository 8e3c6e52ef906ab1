"""Task: the terms on which an audience gets the blocks of a fact.

What a task is and how it is done stands in ``walk``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.model.edition import Audience
from dashboard.model.protection import HOLDERS, PUBLIC_DITHER, RANDOMISED_ONE_IN
from etl.protect.block import BlockKind
from etl.protect.chance import Chance
from etl.protect.history import History
from etl.protect.margins import MARGINS, PUBLIC_MARGINS
from etl.protect.walk import Task


def task_of(
    history: History,
    due: Sequence[tuple[date, BlockKind]],
    *,
    base: int,
    audience: Audience,
    chance: Chance,
) -> Task:
    """The task of making an audience's units.

    Whoever knows all records but one would recognise that one by the totals too often (``make
    attack``). So totals of the members count a few records as others; those of the public, which
    are made of units, are blurred by more instead, and larger units are off by more anyway.

    Args:
        history: The records: those of the register, or units of the members for the public.
        due: First day and kind of each block, in order.
        base: Smallest size of a unit.
        audience: Who the units are for.
        chance: Source of every draw.
    """
    public = audience == "public"
    return Task(
        history=history,
        due=due,
        margins=(PUBLIC_MARGINS if public else MARGINS)[history.fact.id],
        base=base,
        dither=int(PUBLIC_DITHER * base) if public else base,
        holders=HOLDERS,
        randomise=0 if public else 1 / RANDOMISED_ONE_IN,
        chance=Chance(chance.digest("public")) if public else chance,
        always_exact=public,
    )
