"""Two editions: which record was erased, corrected or told late between them?

Units that are stored never change, so only the blocks after a change can answer to it. Somebody who
holds the edition before it and the one after, and knows all other records, compares what the new
units make of two records of a month. For a placebo he compares two that did not change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from dashboard.model.facts import PEOPLE
from tests.attack.attackers.all_but_one import (
    Added,
    Totals,
    as_fitted,
    coding_of,
    evidence,
    right,
)
from tests.attack.attackers.changes import (
    corrected,
    records_of,
    which_came,
    which_was_corrected,
    which_was_erased,
    with_more,
)
from tests.attack.events import Events, Ints, added, joined, read_release
from tests.attack.invented.aftermath import population
from tests.attack.invented.population import Arriving, Population
from tests.attack.invented.published import Publisher, publisher
from tests.attack.measures.bounds import CHANGES, CONTROL, EDITIONS, Figures, named

#: People a month of whom half are in the data.
PER_MONTH = 200
#: Records that are erased, corrected or told late at a time.
_AT_A_TIME = 12
_ERASED, _CORRECTED, _LATE = CHANGES
#: Shares of right picks of one quarter: of the truth, of a placebo, and where all is unprotected.
_Picks = tuple[list[float], list[float], list[float]]


def editions(
    seed: int, quarters: Sequence[int] = (4, 5, 6, 7), per_month: int = PER_MONTH
) -> Figures:
    """Changes in the last month of some quarters, by the edition that closes the quarter.

    Args:
        seed: Seed of the register.
        quarters: Numbers of the quarters.
        per_month: People a month of whom half are in the data.
    """
    years = max(quarters) // 4 + 1
    inside, outside = population(per_month, years, seed).only(PEOPLE.id).halves(seed)
    trial = _trial(inside, outside, quarters, seed)
    picks: dict[str, _Picks] = defaultdict(lambda: ([], [], []))
    gone = 0
    with publisher(replace(inside, facts={PEOPLE.id: trial.told})) as store:
        for quarter in range(max(quarters) + 1):
            first, second, last = range(3 * quarter, 3 * quarter + 3)
            store.close(first)
            store.close(second)
            if quarter not in quarters:
                store.close(last)
                continue
            before = store.release()
            trial.change(store, second)
            store.close(last)
            gone += _gone(trial.told.events, before, store.release())
            for name, shares in trial.picks(store, last).items():
                for kept, share in zip(picks[name], shares, strict=True):
                    kept.append(share)
    found: Figures = {"units of an edition that the next one does not have": gone}
    control: Figures = {}
    for name, (true, placebo, bare) in picks.items():
        found[f"{name}, told from another, next edition"] = float(np.mean(true))
        found[f"placebo, {name}: how far from .5"] = abs(float(np.mean(placebo)) - 0.5)
        control[f"{name}, told from another, next edition"] = float(np.mean(bare))
    return named(EDITIONS, found) | named(CONTROL, control)


def _gone(like: Events, before: Path, after: Path) -> int:
    """Units of an edition that the next one does not have."""
    earlier, later = read_release(before, like), read_release(after, like)
    return len(earlier) - (len(later) - len(added(earlier, later)))


def _trial(inside: Population, outside: Population, quarters: Sequence[int], seed: int) -> _Trial:
    """A register to which some people of every quarter are added who are told at its end."""
    random = np.random.default_rng([seed, 14])
    people, others = inside.people, outside.people
    month = others.events.months
    late = np.concatenate(
        [
            random.choice(np.flatnonzero((month // 3 == quarter) & (month % 3 < 2)), _AT_A_TIME)
            for quarter in quarters
        ]
    )
    late = np.unique(late)
    told, rest = with_more(people, others, late, month[late] // 3 * 3 + 2)
    return _Trial(told, told.events, rest, len(people.events), random)


@dataclass
class _Trial:
    """A register that changes, and what is asked of its editions.

    Attributes:
        told: What is told at first.
        now: The people as they are now.
        outside: People who are never in the data.
        first_late: Number of the first who was added to be late.
        random: Source of draws.
        erased: Numbers of those erased so far.
        corrected: Numbers of those corrected so far.
        before: The people as they were before the last correction.
    """

    told: Arriving
    now: Events
    outside: Events
    first_late: int
    random: np.random.Generator
    erased: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    corrected: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    before: Events = field(init=False)
    _new: tuple[Ints, Ints] = field(init=False)

    def change(self, store: Publisher, month: int) -> None:
        """Erase and correct some people of the running quarter, a month of which closed last."""
        held = store.held()
        settled = np.concatenate([self.erased, self.corrected])
        own = held.numbers[~held.late]
        quarter = self.now.months[own] // 3 == month // 3
        chosen = self.random.permutation(np.setdiff1d(own[quarter], settled))[: 2 * _AT_A_TIME]
        erased, changed = np.array_split(chosen, 2)
        self.before = self.now
        self.now = corrected(self.now, changed, self.outside, store, self.random)
        store.erase(erased)
        self.erased = np.concatenate([self.erased, erased])
        self.corrected = np.concatenate([self.corrected, changed])
        self._new = erased, changed

    def picks(self, store: Publisher, last: int) -> dict[str, tuple[float, float, float]]:
        """Shares of right picks by what a last edition added, for each kind of change."""
        made = store.blocks()
        kept = [np.setdiff1d(block.numbers, self.erased) for block in made]
        new = [number for number, block in enumerate(made) if block.last == last]
        old = [number for number in range(len(made)) if number not in new]
        now = self.now
        earlier = Added(
            joined([made[number].units for number in old]),
            now.where(np.concatenate([kept[number] for number in old])),
        )
        blocks = [earlier, *(Added(made[n].units, now.where(kept[n])) for n in new)]
        everybody = now.where(np.concatenate(kept))
        bare, settled = [Added(everybody, everybody)], np.concatenate(kept)
        found: dict[str, tuple[float, float, float]] = {}
        new = settled[(settled >= self.first_late) & (self.told.arrival[settled] == last)]
        pool = np.setdiff1d(settled, self.corrected)
        for name, (true, placebo) in (
            (_ERASED, which_was_erased(self._new[0], pool, now, now, 1, self.random)),
            (_CORRECTED, which_was_corrected(self._new[1], pool, self.before, now, 1, self.random)),
            (_LATE, which_came(new, self.outside, now, 2, self.random)),
        ):
            totals = Totals(
                coding_of([now, *(b.units for b in blocks), *records_of(true, placebo)])
            )
            unprotected = replace(true, block=np.zeros_like(true.block))
            found[name] = (
                right(as_fitted(totals, evidence(totals, blocks, true))),
                right(as_fitted(totals, evidence(totals, blocks, placebo))),
                right(as_fitted(totals, evidence(totals, bare, unprotected))),
            )
        return found
