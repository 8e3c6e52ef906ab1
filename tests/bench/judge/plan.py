"""Plan: which registers are made, in rounds, so that a run that is stopped has some of each.

Seeds of the plan begin at ``FIRST``. Nothing was tuned on them: what was tried while the judge was
written had smaller ones, or such from 900,000 on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

#: Rounds after which a cell rests on thirty registers, one or two of each kind a round.
ROUNDS = 30
#: The first seed of the plan.
FIRST = 5001

Unit = Literal["incidents", "people"]
#: The rates of the product's invented country, or some of another making.
Making = Literal["own", "other"]
Late = Literal["ten", "many", "jump"]
Change = Literal["none", "stopped", "started", "drift", "camp", "corridor", "camps"]


@dataclass(frozen=True)
class Kind:
    """A kind of register.

    Attributes:
        per_month: Events a month.
        unit: What they are.
        making: Whose rates they follow.
        late: Reports that come one to four months late: a tenth, 35 in a hundred, or first the one
            and from ``registers.JUMP`` on the other.
        change: What changes.
    """

    per_month: int
    unit: Unit = "incidents"
    making: Making = "own"
    late: Late = "ten"
    change: Change = "none"

    @property
    def name(self) -> str:
        """Its name, as files have it."""
        return f"{self.unit}-{self.per_month}-{self.late}-{self.change}-{self.making}"


@dataclass(frozen=True)
class Made:
    """A register of the plan."""

    kind: Kind
    seed: int
    echoed: bool = False


def both(kind: Kind) -> tuple[Kind, Kind]:
    """A kind by either making."""
    return kind, replace(kind, making="other")


INCIDENTS = {rate: Kind(rate) for rate in (50, 20, 200)}
PEOPLE = {rate: Kind(rate, "people") for rate in (50, 20, 200)}
LATE = (Kind(50, late="many"), Kind(50, late="jump"))
PEOPLE_LATE = (Kind(50, "people", late="many"), Kind(50, "people", late="jump"))
STOPPED, STARTED, DRIFT = (Kind(50, change=change) for change in ("stopped", "started", "drift"))
CAMP, CORRIDOR, CAMPS = (
    Kind(50, change="camp"),
    Kind(50, change="corridor"),
    Kind(200, change="camps"),
)
_QUICK = (INCIDENTS[50], INCIDENTS[20], *LATE, STOPPED, STARTED, CAMP, CORRIDOR, DRIFT)
_SLOW = (PEOPLE[50], PEOPLE[20], *PEOPLE_LATE, INCIDENTS[200], CAMPS, PEOPLE[200])
KINDS = tuple(one for kind in (*_QUICK, *_SLOW) for one in both(kind))


def plan(rounds: int = ROUNDS) -> Iterator[Made]:
    """Every register of so many rounds, in order; makings that take long take turns."""
    for seed in range(FIRST, FIRST + rounds):
        for kind in _QUICK:
            for one in both(kind):
                yield Made(one, seed, echoed=one == INCIDENTS[50] and seed % 4 == 1)
        for number, kind in enumerate(_SLOW):
            yield Made(both(kind)[(seed + number) % 2], seed)
