"""One record of which everything else is known: which of two is it, by every total of a release?

A hundred people a month are in the data; a record of which the other candidate is made comes from
as many who are not. Half of the pairs are other records, which the attacker knows and learns from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.model.edition import Audience
from dashboard.model.facts import PEOPLE
from tests.attack.attackers.all_but_one import (
    Added,
    Asked,
    Totals,
    as_fitted,
    as_learned,
    at_the_end,
    coding_of,
    evidence,
    right,
    which_of_two,
)
from tests.attack.attackers.changes import records_of
from tests.attack.events import Events, Floats, Ints
from tests.attack.invented.aftermath import population
from tests.attack.invented.population import Population, events_of
from tests.attack.invented.published import RECORDS, Made, Publisher, publisher
from tests.attack.invented.truth import for_public
from tests.attack.measures.bounds import (
    ALL_BUT_ONE,
    CONTROL,
    DIFFERING,
    MEANS,
    RELEASES,
    Figures,
    named,
)

#: People a month of whom half are in the data.
PER_MONTH = 200
#: Pairs of records, half of them to learn from.
_PAIRS = 1600


@dataclass(frozen=True)
class Register:
    """A closed register and pairs of records.

    Attributes:
        people: Everybody it was told of, by their numbers.
        made: Its blocks, for each audience.
        held: Records that are in it.
        block: Number of the block of each.
        others: Two other records of the same month for each, not in the data.
        outside: Everybody who is not in the data.
        random: Source of further draws.
    """

    people: Events
    made: Mapping[Audience, list[Made]]
    held: Events
    block: Ints
    others: tuple[Events, Events]
    outside: Events
    random: np.random.Generator

    def asked(self, first: Events, second: Events, audience: Audience = "member") -> Asked:
        """Pairs of records as a release may show them."""
        held, one, other = (self.shown(part, audience) for part in (self.held, first, second))
        return which_of_two(held, one, other, self.block)

    def shown(self, events: Events, audience: Audience = "member") -> Events:
        """Events with places as coarse as a release may show them."""
        return for_public(events) if audience == "public" else events

    def added(self, audience: Audience = "member") -> list[Added]:
        """What each block added, with its records."""
        people = self.shown(self.people, audience)
        return [Added(block.units, people.where(block.numbers)) for block in self.made[audience]]


def one_record(
    seed: int, years: int = 3, per_month: int = PER_MONTH, pairs: int = _PAIRS
) -> Figures:
    """Attacks on the members' release and the public one made from it.

    Args:
        seed: Seed of the register.
        years: Its length.
        per_month: People a month, of whom half are in the data.
        pairs: Pairs of records that are asked about.
    """
    told, outside = population(per_month, years, seed).only(PEOPLE.id).halves(seed)
    with publisher(told) as store:
        store.close_all()
        register = _register(store, ("member", "public"), outside, seed, pairs)
    return named(ALL_BUT_ONE, _whole(register) | _parts(register))


def one_record_control(seed: int, years: int = 1) -> Figures:
    """The same where nothing is protected."""
    told, outside = population(PER_MONTH, years, seed).only(PEOPLE.id).halves(seed)
    with publisher(told, base=RECORDS) as store:
        store.close_all()
        register = _register(store, ("member",), outside, seed, _PAIRS // 4)
        blocks, first = register.added(), register.asked(register.held, register.others[0])
    totals = _totals(blocks, first)
    name = f"whole record told from another, {RELEASES[1]}"
    return named(CONTROL, {name: right(as_fitted(totals, evidence(totals, blocks, first)))})


def _register(
    store: Publisher, audiences: Sequence[Audience], outside: Population, seed: int, pairs: int
) -> Register:
    """A closed register, with records of which two others are drawn for each."""
    random = np.random.default_rng([seed, 11])
    made: dict[Audience, list[Made]] = {to: store.blocks(to) for to in audiences}
    people, others = store.told.people.events, outside.people.events
    own = [block.numbers for block in made["member"]]
    numbers, block = np.concatenate(own), np.repeat(np.arange(len(own)), [*map(len, own)])
    chosen = random.permutation(len(numbers))[:pairs]
    held = people.where(numbers[chosen])
    first, second = (_of_the_months(held.months, others, random) for _ in range(2))
    return Register(people, made, held, block[chosen], (first, second), others, random)


def _of_the_months(months: Ints, others: Events, random: np.random.Generator) -> Events:
    """For each month one of the people of it: of the second half of months nobody of the first."""
    known = np.arange(len(others)) % 2 == 0
    rows = [
        random.choice(np.flatnonzero((others.months == month) & whose))
        for part, whose in zip(np.array_split(months, 2), (known, ~known), strict=True)
        for month in part
    ]
    return others.where(np.array(rows))


def _totals(blocks: Sequence[Added], *asked: Asked, audience: Audience = "member") -> Totals:
    """Totals in which every value of some blocks and pairs has a place."""
    of_blocks = [part for block in blocks for part in (block.units, block.records)]
    return Totals(coding_of([*records_of(*asked), *of_blocks]), audience)


@dataclass(frozen=True)
class _Told:
    """What blocks tell of pairs: of the true record and another, and of two others.

    Attributes:
        totals: The totals that tell it.
        true: Evidence for the record that is in the data, shape (pairs, grains, margins).
        placebo: Evidence where neither is.
    """

    totals: Totals
    true: Floats
    placebo: Floats

    @property
    def fitted(self) -> tuple[float, float]:
        """Share of right picks by the weights of the fit; of the placebo too."""
        true, placebo = (as_fitted(self.totals, told) for told in (self.true, self.placebo))
        return right(true), right(placebo)

    @property
    def learned(self) -> tuple[float, float]:
        """The same by weights learned from half of the true pairs, for the other half."""
        known, asked = np.array_split(self.true, 2)
        _, placebo = np.array_split(self.placebo, 2)
        return right(as_learned(known, asked)), right(as_learned(known, placebo))


def _whole(register: Register) -> Figures:
    """Whole records, by ever more of what was released."""
    member, at_end, public = (
        _told_of(register, "member"),
        _told_of(register, "member", last_alone=True),
        _told_of(register, "public"),
    )
    both = _Told(
        member.totals, _beside(member.true, public.true), _beside(member.placebo, public.placebo)
    )
    shares = {
        RELEASES[0]: at_end.fitted, RELEASES[1]: member.fitted, RELEASES[2]: member.learned,
        _PUBLIC: public.learned,
    }  # fmt: skip
    found = {
        f"whole record told from another, {name}": share for name, (share, _) in shares.items()
    }
    found |= {f"placebo, {name}: how far from .5": abs(p - 0.5) for name, (_, p) in shares.items()}
    means = (at_end.fitted, at_end.learned, public.learned)
    found |= {name: share for name, (share, _) in zip(MEANS, means, strict=True)}
    gain = both.learned[0] - member.learned[0]
    return found | {"gain of holding the public release beside the members'": gain}


def _beside(one: Floats, more: Floats) -> Floats:
    """Evidence of two releases, shape (pairs, 1, both)."""
    return np.hstack([one.reshape(len(one), -1), more.reshape(len(more), -1)])[:, None]


_PUBLIC = "the public release alone"


def _told_of(register: Register, audience: Audience, *, last_alone: bool = False) -> _Told:
    blocks = register.added(audience)
    one, other = register.others
    true = register.asked(register.held, one, audience)
    placebo = register.asked(one, other, audience)
    totals = _totals(blocks, true, placebo, audience=audience)
    look = at_the_end if last_alone else evidence
    return _Told(totals, look(totals, blocks, true), look(totals, blocks, placebo))


def _parts(register: Register) -> Figures:
    """Records of which something alone differs."""
    blocks, found = register.added(), {}
    for what, names in DIFFERING.items():
        asked = register.asked(register.held, _differing(register, names))
        totals = _totals(blocks, asked)
        told = evidence(totals, blocks, asked)
        known, unknown = np.array_split(told, 2)
        name = f"{what} of a record told from another, every edition"
        found[name] = right(as_fitted(totals, told))
        found[f"{name}, weights learned"] = right(as_learned(known, unknown))
    return found


def _differing(register: Register, names: Sequence[str]) -> Events:
    """The held records with some values of somebody whose first of them is another.

    Their scope is the same, since smuggling is never inside the country.
    """
    held, others = register.held, register.outside
    first = names[0]
    rows = [
        register.random.choice(
            np.flatnonzero((others.columns[first] != value) & (others.columns["scope"] == scope))
        )
        for value, scope in zip(held.columns[first], held.columns["scope"], strict=True)
    ]
    other = others.where(np.array(rows))
    columns = dict(held.columns) | {name: other.columns[name] for name in names}
    return events_of(PEOPLE, held.months, columns)
