"""Plan: which registers are made, in rounds, so that a run that is stopped has some of each.

Seeds of the plan begin at ``FIRST``. Nothing was tuned on them: what was tried while the rules were
written had smaller ones, or such from 900,000 on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.hotspots.registers import Kind

#: Rounds after which rows rest on what was asked: 400 maps of quarters in which nothing changes.
ROUNDS = 50
#: The first seed of the plan.
FIRST = 10
NULL = {per_month: Kind(per_month) for per_month in (25, 50, 100, 300)}
FIVEFOLD = {per_month: Kind(per_month, 5) for per_month in (50, 100)}
THREEFOLD = Kind(300, 3)
DOUBLED_YEAR = Kind(300, 2, 12)


@dataclass(frozen=True)
class Made:
    """A register of the plan."""

    kind: Kind
    seed: int
    echoed: bool = False


def plan(rounds: int = ROUNDS) -> Iterator[Made]:
    """Every register of so many rounds, in order; what takes long is not in each of them."""
    for seed in range(FIRST, FIRST + rounds):
        yield Made(NULL[50], seed, echoed=seed % 4 == 2)
        yield from (Made(kind, seed) for kind in (NULL[100], NULL[300], FIVEFOLD[50]))
        if seed % 2 == 0:
            yield Made(NULL[25], seed)
            yield Made(FIVEFOLD[100], seed)
        if seed % 3 == 0:
            yield Made(DOUBLED_YEAR, seed)
        if seed % 4 == 0:
            yield Made(THREEFOLD, seed)
