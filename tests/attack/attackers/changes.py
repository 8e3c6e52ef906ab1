"""Questions about records that changed: was it this one or another?

Each changed record is asked about beside others that might have changed in its place. For a placebo
two of those, of which neither did, are held against each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from dashboard.model.facts import PEOPLE
from tests.attack.attackers.all_but_one import Asked, Guess, Several
from tests.attack.events import Events, Ints
from tests.attack.invented.population import Arriving, events_of
from tests.attack.invented.published import Publisher

#: With how many others each record is compared.
AGAINST = 8
_CLASS = ("class", "class_group")


def beside(
    changed: Ints, pool: Ints, people: Events, random: np.random.Generator, *alike: str
) -> tuple[Ints, tuple[Ints, Ints]]:
    """Each changed person with others of a pool of the same month and values."""
    rows: list[Ints] = []
    for number in changed.tolist():
        like = people.months[pool] == people.months[number]
        for name in alike:
            like &= people.columns[name][pool] == people.columns[name][number]
        rows.append(random.permutation(pool[like])[: 2 * AGAINST])
    return pairs(changed, rows)


def pairs(changed: Ints, rows: Sequence[Ints]) -> tuple[Ints, tuple[Ints, Ints]]:
    """Each changed person as often as there are two others for it, and these two."""
    halves = [(row[: len(row) // 2], row[len(row) // 2 :][: len(row) // 2]) for row in rows]
    one, two = (np.concatenate([half[side] for half in halves]) for side in (0, 1))
    return np.repeat(changed, [len(half[0]) for half in halves]), (one, two)


def asked_of(months: Ints, block: int, one: Guess, other: Guess) -> tuple[Asked, Asked]:
    """The truth held against a guess, and that guess against another."""
    first = np.full(len(months), block)
    return Asked(months, first, Guess((), ()), one), Asked(months, first, one, other)


def records_of(*asked: Asked) -> Iterator[Events]:
    """All records that are asked about."""
    for each in asked:
        for guess in (each.first, each.second):
            for part in (*guess.more, *guess.less):
                yield part.events if isinstance(part, Several) else part


def of_another_class(people: Events, others: Events, random: np.random.Generator) -> Events:
    """For each person somebody of another group of classes and the same scope.

    Within a group nothing but the totals of the classes tells a correction, and these are the same
    whoever was corrected. Smuggling is never internal.
    """
    group, scope = others.columns["class_group"], others.columns["scope"]
    own = zip(people.columns["class_group"], people.columns["scope"], strict=True)
    rows = [random.choice(np.flatnonzero((group != one) & (scope == two))) for one, two in own]
    return others.where(np.array(rows))


def corrected(
    people: Events, chosen: Ints, outside: Events, store: Publisher, random: np.random.Generator
) -> Events:
    """People of whom some are given another class, in a store as well."""
    columns = {name: values.copy() for name, values in people.columns.items()}
    others = of_another_class(people.where(chosen), outside, random)
    for name in _CLASS:
        columns[name][chosen] = others.columns[name]
        codes = [people.domains[name][code] for code in others.columns[name].tolist()]
        store.correct(chosen, name, codes)
    return events_of(PEOPLE, people.months, columns)


def with_more(
    people: Arriving, others: Arriving, chosen: Ints, arrival: Ints
) -> tuple[Arriving, Events]:
    """People with some of others, who arrive when it is said, and the rest of these."""
    told = people.and_more(others.events.where(chosen), arrival, others.partner[chosen])
    return told, others.events.where(np.setdiff1d(np.arange(len(others.events)), chosen))


def which_was_erased(
    erased: Ints, pool: Ints, before: Events, now: Events, block: int, random: np.random.Generator
) -> tuple[Asked, Asked]:
    """Was it one or another of the same month who was erased?"""
    true, others = beside(erased, pool, before, random)

    def instead(others: Ints) -> Guess:
        return Guess((before.where(true),), (now.where(others),))

    return asked_of(now.months[true], block, *map(instead, others))


def which_was_corrected(
    changed: Ints, pool: Ints, before: Events, now: Events, block: int, random: np.random.Generator
) -> tuple[Asked, Asked]:
    """Was it one or another of the same month and class who has another now?"""
    true, others = beside(changed, pool, before, random, "class")

    def instead(others: Ints) -> Guess:
        other, new = now.where(others), now.where(true)
        columns = dict(other.columns) | {name: new.columns[name] for name in _CLASS}
        return Guess((before.where(true), events_of(PEOPLE, other.months, columns)), (new, other))

    return asked_of(now.months[true], block, *map(instead, others))


def which_came(
    came: Ints, outside: Events, now: Events, block: int, random: np.random.Generator
) -> tuple[Asked, Asked]:
    """Was it one or another of the same month who was told?"""
    rows = [
        random.choice(np.flatnonzero(outside.months == month), 2 * AGAINST)
        for month in now.months[came]
    ]
    true, others = pairs(came, rows)

    def instead(others: Ints) -> Guess:
        return Guess((outside.where(others),), (now.where(true),))

    return asked_of(now.months[true], block, *map(instead, others))
