"""Known lists: which of two people was counted, for somebody who knows some of the records or none.

The attack is that of who knows all records but one: he counts every total of the last release and
takes away what he knows, which is a partner's own list, that of two partners together, nine in ten
records drawn by chance, all but the one, or nothing. The people he asks about are none of those he
knows. He may weigh the totals as the fit does, or learn from the records that he knows how much
each total tells; who knows none learns from as many others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.model.facts import PEOPLE
from tests.attack.attackers.all_but_one import (
    Added,
    Asked,
    Guess,
    Totals,
    as_fitted,
    as_learned,
    at_the_end,
    coding_of,
    right,
)
from tests.attack.attackers.changes import records_of
from tests.attack.events import Events, Flags, Ints, joined
from tests.attack.invented.aftermath import population
from tests.attack.invented.population import Arriving
from tests.attack.invented.published import publisher
from tests.attack.measures.bounds import KNOWN_LISTS, LISTS, Figures, in_lists, named

#: People a month of whom half are in the data.
PER_MONTH = 200
#: Nine in ten are known in each of so many draws, which leave others each.
_TENTHS, _DRAWS = 10, 5


@dataclass(frozen=True)
class _Register:
    """A closed register.

    Attributes:
        units: The units of its last release.
        held: The records in it.
        outside: People who are not in the data.
        random: Source of draws.
    """

    units: Events
    held: Arriving
    outside: Events
    random: np.random.Generator

    def known(self) -> Iterator[tuple[str, list[Flags]]]:
        """Which records are known, in the order of ``KNOWN_LISTS``.

        Of nine in ten several draws are put together, since few are left to be asked about in one.
        """
        count = len(self.held.events)
        largest = np.argsort(-np.bincount(self.held.partner))
        tenth = self.random.permutation(count) % _TENTHS
        each = (
            [np.zeros(count, dtype=bool)], [self.held.partner == largest[0]],
            [np.isin(self.held.partner, largest[:2])], [tenth != own for own in range(_DRAWS)],
            [np.ones(count, dtype=bool)],
        )  # fmt: skip
        yield from zip(KNOWN_LISTS, each, strict=True)

    def told(self, draws: Sequence[Flags]) -> tuple[float, float]:
        """Shares of right picks for who knows some records: as fitted, and learned."""
        is_half = np.arange(len(self.outside)) % 2 == 0
        asked = [
            [
                self._beside(part, self.outside.where(half), are_known=known.all())
                for part, half in zip(self._halves(known), (is_half, ~is_half), strict=True)
            ]
            for known in draws
        ]
        every = [each for halves in asked for each in halves]
        totals = Totals(coding_of([self.units, self.held.events, *records_of(*every)]))
        told = [
            [at_the_end(totals, [self._added(known)], each) for each in halves]
            for known, halves in zip(draws, asked, strict=True)
        ]
        taught, shown = (np.concatenate(part) for part in zip(*told, strict=True))
        return right(as_fitted(totals, shown)), right(as_learned(taught, shown))

    def _halves(self, known: Flags) -> list[Ints]:
        """Records to learn from and to ask about: those that are not known, or all."""
        numbers = np.flatnonzero(known if known.all() else ~known)
        return np.array_split(self.random.permutation(numbers), 2)

    def _added(self, known: Flags) -> Added:
        return Added(self.units, self.held.events.where(known))

    def _beside(self, numbers: Ints, pool: Events, *, are_known: bool) -> Asked:
        """Records beside somebody of their month from a pool of people who are not in the data.

        What is known is taken away from the totals, so what is asked about is put back first.
        """
        held = self.held.events.where(numbers)
        rows = [self.random.choice(np.flatnonzero(pool.months == month)) for month in held.months]
        back = (held,) if are_known else ()
        first, second = (Guess((one,), back) for one in (held, pool.where(np.array(rows))))
        return Asked(held.months, np.zeros(len(held), dtype=np.int64), first, second)


def known_lists(seed: int, years: int = 3, per_month: int = PER_MONTH) -> Figures:
    """Shares of right picks by the last release of a register, by what is known of it."""
    told, outside = population(per_month, years, seed).only(PEOPLE.id).halves(seed)
    with publisher(told) as store:
        store.close_all()
        blocks, held = store.blocks(), store.told.people.where(store.held().numbers)
    units = joined([block.units for block in blocks])
    random = np.random.default_rng([seed, 18])
    register = _Register(units, held, outside.people.events, random)
    found: Figures = {}
    for name, draws in register.known():
        found |= dict(zip(in_lists(name), register.told(draws), strict=True))
    return named(LISTS, found)
