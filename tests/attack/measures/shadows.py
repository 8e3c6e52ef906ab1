"""Shadow releases: is an unusual person in the data, or an ordinary one in the same place?

A small register is protected again and again under other secrets. In each release a coin decides
for every pair of people who of them is in it. An attacker who makes such shadow releases himself
learns from some of them what tells the two apart, and is asked about others. He knows all other
records of each. For a placebo neither of a pair is in any release.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from sklearn.metrics import roc_auc_score

from dashboard.model.facts import PEOPLE
from tests.attack.attackers import all_but_one
from tests.attack.events import FIRST, Events, Flags, Floats, Ints
from tests.attack.invented import in_memory
from tests.attack.invented.aftermath import population
from tests.attack.invented.population import Arriving, events_of
from tests.attack.measures.bounds import ALL_BUT_ONE, CONTROL, Figures, named

#: People a month of whom half are in the data.
PER_MONTH = 100
#: Pairs of people; in every other of them, which are a placebo, nobody is ever exchanged.
_PAIRS = 48
_FALSE_ALARMS = 0.02
_NAME = "unusual record told from an ordinary one"
#: Columns in which a person may be unusual.
_SEEN = (
    *("place", "population_group", "sex", "age_band", "class", "exploitation", "mode"),
    *("corridor", "destination", "recruitment_place", "promise", "rescuing_authority"),
)


def shadows(seed: int, runs: int = 40) -> Figures:
    """Tell the pairs of one register apart over so many releases, half of them to learn from."""
    register = _register(seed)
    coins = register.coins(runs)
    told = np.stack([register.released(coin, run) for run, coin in enumerate(coins)])
    real, half = register.real, runs // 2
    weighed = all_but_one.as_fitted(register.totals, _flat(told[:, real]))
    true = np.where(coins[:half, real], 1, -1)[..., None, None] * told[:half, real]
    learned, placebo = (
        all_but_one.as_learned(_flat(true), _flat(told[half:, pairs])) for pairs in (real, ~real)
    )
    unusual = coins[half:, real].ravel()
    alarm = np.quantile(learned[~unusual], 1 - _FALSE_ALARMS)
    trained = f"{_NAME}, trained on shadow releases"
    found = {
        f"{_NAME}, area under the curve": _auc(coins[:, real], weighed),
        f"{trained}, area under the curve": _auc(unusual, learned),
        f"{trained}, found at 2 % false alarms": float(np.mean(learned[unusual] > alarm)),
        "placebo of shadow releases: how far from .5": abs(
            _auc(coins[half:, ~real], placebo) - 0.5
        ),
    }
    return named(ALL_BUT_ONE, found)


def shadows_control(seed: int, runs: int = 4) -> Figures:
    """The same where the units are the records themselves."""
    register = _register(seed)
    coins = register.coins(runs)
    told = np.stack([register.bare(coin) for coin in coins])
    weighed = all_but_one.as_fitted(register.totals, _flat(told[:, register.real]))
    area = _auc(coins[:, register.real], weighed)
    return named(CONTROL, {f"{_NAME}, area under the curve": area})


def _flat(told: Floats) -> Floats:
    """Evidence of all releases as if each pair of each release was one of its own."""
    return told.reshape(-1, *told.shape[2:])


def _auc(unusual: Flags, scores: Floats) -> float:
    return float(roc_auc_score(unusual.ravel(), scores))


@dataclass(frozen=True)
class _Register:
    """A register and the pairs of people for whom coins are thrown.

    Attributes:
        seed: Seed of its coins and secrets.
        told: Its people.
        months: Months that are closed.
        slots: Number of the person in whose place each pair stands, shape (pairs,).
        unusual: The unusual person of each pair.
        ordinary: The ordinary one.
    """

    seed: int
    told: Arriving
    months: int
    slots: Ints
    unusual: Events
    ordinary: Events

    @cached_property
    def totals(self) -> all_but_one.Totals:
        """Totals in which all these people have a place."""
        return all_but_one.Totals(
            all_but_one.coding_of([self.told.events, self.unusual, self.ordinary])
        )

    @cached_property
    def real(self) -> Flags:
        """Which pairs are no placebo."""
        return np.arange(len(self.slots)) % 2 == 0

    def coins(self, runs: int) -> Flags:
        """Whether the unusual person of each pair is in each release, shape (runs, pairs)."""
        return np.random.default_rng([self.seed, 13]).random((runs, len(self.slots))) < 0.5

    def released(self, coin: Flags, run: int) -> Floats:
        """What a release under a secret of its own tells of the pairs, for the unusual people."""
        coding, people = self.totals.layout.coding, self._people(coin)
        secret = f"{self.seed} {run}".encode()
        closed = in_memory.protected(
            self.told, coding, all_but_one.as_rows(coding, people), self.months, secret
        )
        first = np.datetime64(FIRST.first_day, "M")
        blocks = [
            all_but_one.Added(
                all_but_one.as_events(
                    coding, block.rows, (block.months - first).astype(int), block.sizes, people
                ),
                people.where(in_memory.numbers(block)),
            )
            for block in closed
        ]
        return self._told(blocks, people, [in_memory.numbers(block) for block in closed])

    def bare(self, coin: Flags) -> Floats:
        """The same where a release shows the records."""
        people = self._people(coin)
        return self._told([all_but_one.Added(people, people)], people, [np.arange(len(people))])

    def _people(self, coin: Flags) -> Events:
        """Everybody in the data as the coins fell."""
        columns: dict[str, Ints] = {}
        for name, values in self.told.events.columns.items():
            columns[name] = values.copy()
            for chosen, part in ((coin, self.unusual), (~coin, self.ordinary)):
                own = chosen & self.real
                columns[name][self.slots[own]] = part.columns[name][own]
        return events_of(PEOPLE, self.told.events.months, columns)

    def _told(self, blocks: list[all_but_one.Added], people: Events, numbers: list[Ints]) -> Floats:
        block = np.full(len(people), len(blocks))
        for number, own in enumerate(numbers):
            block[own] = number
        held = people.where(self.slots)
        asked = all_but_one.which_of_two(held, self.unusual, self.ordinary, block[self.slots])
        return all_but_one.evidence(self.totals, blocks, asked)


def _register(seed: int, years: int = 1) -> _Register:
    """People of a small register who were told in time, and two others of the month for each."""
    told, others = population(PER_MONTH, years, seed).only(PEOPLE.id).halves(seed)
    people, outside = told.people, others.people.events
    in_time = np.flatnonzero(people.arrival == people.events.months)
    slots = np.random.default_rng([seed, 12]).permutation(in_time)[:_PAIRS]
    rare = _rareness(outside, people.events)
    unusual, ordinary = np.empty((2, len(slots)), dtype=np.int64)
    for month in np.unique(people.events.months[slots]):
        own = np.flatnonzero(people.events.months[slots] == month)
        there = np.flatnonzero(outside.months == month)
        ranked = there[np.argsort(rare[there])]
        ordinary[own], unusual[own] = ranked[: len(own)], ranked[::-1][: len(own)]
    return _Register(
        seed, people, 12 * years, slots, outside.where(unusual), outside.where(ordinary)
    )


def _rareness(people: Events, among: Events) -> Floats:
    """How rare the values of people are among others, summed over columns, shape (people,)."""
    rare = np.zeros(len(people))
    for name in _SEEN:
        counts = np.bincount(among.first(name) + 1, minlength=among.cells(name))
        rare -= np.log((counts[people.first(name) + 1] + 1) / len(among))
    return rare
