"""All outputs together: what a reader of each role can tell of a person by everything at once.

A person leaves a record in each of seven facts, which know the same attributes, and stands in the
members' editions and in the public's. The attacker holds all that his role is ever given: units of
every fact, those of the public, every edition of people where the role may open older ones. He
knows nobody, his own list, or everybody but the one he asks about, and takes away from every total
what he knows. He learns from pairs of the same kind how much each total of each output tells.

What is left out tells nothing more of a person: echoes follow from the units (``echo_control``), a
partner's feedback and the faces of a sign-off from its own records and from sums of units to be
published, and bands of who reported from sums over months (``partner_bands``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from dashboard.model.edition import Audience
from dashboard.model.facts import MEMBER_FACTS, PEOPLE
from tests.attack.attackers.all_but_one import (
    Added,
    Asked,
    Guess,
    Several,
    Totals,
    as_learned,
    at_the_end,
    coding_of,
    evidence,
    right,
)
from tests.attack.attackers.changes import records_of
from tests.attack.events import Events, Flags, Floats, Ints, joined
from tests.attack.invented.aftermath import population
from tests.attack.invented.population import Arriving, Population, events_of
from tests.attack.invented.published import RECORDS, Made, Publisher, publisher
from tests.attack.invented.truth import for_public
from tests.attack.measures import bounds

#: People a month of whom half are in the data, and pairs of them that are asked about.
PER_MONTH, _PAIRS = 120, 1200
_FACTS = tuple(fact.id for fact in MEMBER_FACTS)
_CLASS = ("class", "class_group")
#: What one reader holds: units by audience, and whether every edition of people.
_HOLDS: Mapping[str, tuple[tuple[Audience, ...], bool]] = {
    "the public": (("public",), False), "a member": (("member", "public"), False),
    "a partner": (("member", "public"), False), "an analyst": (("member", "public"), True),
}  # fmt: skip
#: Records of one fact, and the pair to which each belongs.
_Records = tuple[Events, Ints]
_Side = Callable[[str], _Records]


def all_outputs(
    seed: int, years: int = 2, per_month: int = PER_MONTH, pairs: int = _PAIRS
) -> bounds.Figures:
    """Shares of right picks by role, by what the attacker knows and by what he asks.

    Args:
        seed: Seed of the register.
        years: Its length.
        per_month: People a month, of whom half are in the data.
        pairs: Pairs that are asked about, half of them to learn from.
    """
    told, outside = population(per_month, years, seed).halves(seed)
    found: bounds.Figures = {}
    with publisher(told) as store:
        store.close_all()
        register = _Register.of(store, outside, seed, pairs)
    for role in bounds.ROLES:
        for knows, what in bounds.in_outputs(role):
            name, beside = bounds.in_outputs(role)[knows, what]
            of_counted, of_others = map(right, register.told(role, knows, what))
            found[name] = of_counted
            found[beside] = of_counted - of_others if what == "class" else abs(of_others - 0.5)
    return bounds.named(bounds.OUTPUTS, found)


def all_outputs_control(seed: int, years: int = 1) -> bounds.Figures:
    """The same for a member who knows nobody, where nothing is protected."""
    told, outside = population(PER_MONTH, years, seed).halves(seed)
    with publisher(told, base=RECORDS) as store:
        store.close_all()
        register = _Register.of(store, outside, seed, _PAIRS // 3, ("member",))
    name, _ = bounds.in_outputs("a member")["all but one", "person"]
    true, _ = register.told("a member", "all but one", "person", ("member",))
    return bounds.named(bounds.CONTROL, {f"all outputs, {name}": right(true)})


@dataclass(frozen=True)
class _Register:
    """A closed register, and people in and out of it.

    Attributes:
        facts: What was told and is in blocks, by fact.
        numbers: Number among the told of each of its people.
        made: Blocks of each audience and fact.
        outside: What happened to people who are not in the data, by fact.
        random: Source of draws.
        pairs: How many are asked about.
    """

    facts: Mapping[str, Arriving]
    numbers: Ints
    made: Mapping[tuple[Audience, str], list[Made]]
    outside: Mapping[str, Arriving]
    random: np.random.Generator
    pairs: int

    @classmethod
    def of(
        cls, store: Publisher, outside: Population, seed: int, pairs: int,
        audiences: tuple[Audience, ...] = ("member", "public"),
    ) -> _Register:  # fmt: skip
        """The register of a store that has closed all its months."""
        held = {fact: store.told.facts[fact].where(store.held(fact).numbers) for fact in _FACTS}
        made: dict[tuple[Audience, str], list[Made]] = {
            (to, fact): store.blocks(to, fact) for to in audiences for fact in _FACTS
        }
        random = np.random.default_rng([seed, 71])
        return cls(held, store.held().numbers, made, outside.facts, random, pairs)

    def told(
        self,
        role: str,
        knows: bounds.Knows,
        what: bounds.What,
        audiences: tuple[Audience, ...] | None = None,
    ) -> tuple[Floats, Floats]:
        """What is told of people who were counted, and of others for whom nothing should be.

        Args:
            role: Whose outputs are held.
            knows: Whom the attacker knows.
            what: "person" for a person or another, "class" for a person of one class or another.
            audiences: Whose units; those of the role unless given.
        """
        holds, series = _HOLDS[role]
        known = self._known(knows)
        asked = self._asked(known, what)
        true, placebo = (
            np.hstack(
                [
                    *self._outputs(audiences or holds, known, asked, *sides),
                    *(self._series(asked.rows, asked.back, *sides) if series else ()),
                ]
            )
            for sides in (asked.true, asked.placebo)
        )
        learn, ask = np.array_split(np.arange(len(true)), 2)
        return as_learned(true[learn], true[ask]), as_learned(true[learn], placebo[ask])

    def _known(self, knows: bounds.Knows) -> Flags:
        """Which people of the data are known, by their numbers in it."""
        people = self.facts[PEOPLE.id]
        if knows == "own list":
            return people.partner == np.argmax(np.bincount(people.partner))
        return np.full(len(people.person), knows == "all but one")

    def _asked(self, known: Flags, what: bounds.What) -> _Question:
        """Pairs of somebody in the data and somebody else, or another class.

        Beside them stand pairs of which neither is in the data; of classes the first is true, so
        that what is right of those is what anybody can tell of such a person.
        """
        people, others = self.facts[PEOPLE.id], self.outside[PEOPLE.id]
        rows = np.arange(len(known)) if known.all() else np.flatnonzero(~known)
        chosen = self.random.permutation(rows)[: self.pairs]
        person = people.person[chosen]
        events = people.events.where(chosen)
        held = partial(_of_people, self.facts, person)
        back = held if known.all() else None
        if what == "person":
            one, two = (
                partial(_of_people, self.outside, _like(events, others, self.random))
                for _ in range(2)
            )
            return _Question(chosen, back, (held, one), (one, two))
        counted = _like(events, others, self.random, unlike="class")
        other = _like(events, others, self.random)
        place = np.argsort(others.person)
        asked = others.events.where(place[np.searchsorted(others.person[place], other)])
        instead = _like(asked, others, self.random, unlike="class")
        outsider = partial(_of_people, self.outside, other)
        return _Question(
            chosen, back, (held, partial(_of_class, held, self.outside, counted)),
            (outsider, partial(_of_class, outsider, self.outside, instead)),
        )  # fmt: skip

    def _outputs(
        self, audiences: tuple[Audience, ...], known: Flags, question: _Question, first: _Side,
        second: _Side,
    ) -> Iterator[Floats]:  # fmt: skip
        """What the last edition of each fact of each audience tells, shape (pairs, totals)."""
        for audience in audiences:
            for fact in _FACTS:
                units = joined([block.units for block in self.made[audience, fact]])
                records = self._records(fact, known)
                asked, pair = _of_fact(fact, audience, question.back, first, second)
                added = Added(units, _shown(records, audience))
                totals = Totals(coding_of([units, added.records, *records_of(asked)]), audience)
                told = at_the_end(totals, [added], asked)
                yield self._of_pairs(told, pair, len(question.rows))

    def _series(
        self, rows: Ints, back: _Side | None, first: _Side, second: _Side
    ) -> Iterator[Floats]:
        """What every edition of people tells, as it stood after each block, to who knows all."""
        people, blocks = self.facts[PEOPLE.id].events, self.made["member", PEOPLE.id]
        own = [np.flatnonzero(np.isin(self.numbers, block.numbers)) for block in blocks]
        of = np.empty(len(people), dtype=np.int64)
        for number, part in enumerate(own):
            of[part] = number
        added = [Added(b.units, people.where(part)) for b, part in zip(blocks, own, strict=True)]
        asked, pair = _of_fact(PEOPLE.id, "member", back, first, second)
        parts = [part for each in added for part in (each.units, each.records)]
        totals = Totals(coding_of([*parts, *records_of(asked)]))
        told = evidence(totals, added, replace(asked, block=of[rows[pair]]))
        yield self._of_pairs(told, pair, len(rows))

    def _records(self, fact: str, known: Flags) -> Events:
        own = self.facts[PEOPLE.id].person[known]
        return self.facts[fact].where(np.isin(self.facts[fact].person, own)).events

    @staticmethod
    def _of_pairs(told: Floats, pair: Ints, pairs: int) -> Floats:
        """Evidence of all months of a pair added up, by total."""
        found = np.zeros((pairs, *told.shape[1:]))
        np.add.at(found, pair, told)
        return found.reshape(len(found), -1)


@dataclass(frozen=True)
class _Question:
    """Who is asked about.

    Attributes:
        rows: Rows of those who are in the data, among the people of it.
        back: Who is taken out of what is known first; None where he is not known.
        true: Who is in the data, and what he is told from.
        placebo: Two of which neither is in the data.
    """

    rows: Ints
    back: _Side | None
    true: tuple[_Side, _Side]
    placebo: tuple[_Side, _Side]


def _like(
    events: Events, others: Arriving, random: np.random.Generator, *, unlike: str = ""
) -> Ints:
    """Somebody of the same month for each of some people, with another value of one column."""
    found = np.empty(len(events), dtype=np.int64)
    for number, month in enumerate(events.months.tolist()):
        there = others.events.months == month
        if unlike:
            there &= others.events.columns[unlike] != events.columns[unlike][number]
        found[number] = others.person[random.choice(np.flatnonzero(there))]
    return found


def _of_people(facts: Mapping[str, Arriving], person: Ints, fact: str) -> _Records:
    """What happened to each of some people, of a fact."""
    held = facts[fact]
    order = np.argsort(held.person, kind="stable")
    first, end = (np.searchsorted(held.person[order], person, side) for side in ("left", "right"))
    pair = np.repeat(np.arange(len(person)), end - first)
    rows = [order[start:stop] for start, stop in zip(first, end, strict=True)]
    return held.events.where(np.concatenate(rows)), pair


def _of_class(held: _Side, outside: Mapping[str, Arriving], other: Ints, fact: str) -> _Records:
    """What happened to each of some people, had their class been that of another."""
    events, pair = held(fact)
    if "class" not in events.columns:
        return events, pair
    theirs, _ = _of_people(outside, other, PEOPLE.id)  # one record each
    columns = dict(events.columns)
    for name in _CLASS:
        codes = np.array([events.domains[name].index(code) for code in theirs.domains[name]])
        columns[name] = codes[theirs.columns[name][pair]]
    return events_of(events.fact, events.months, columns), pair


def _of_fact(
    fact: str, audience: Audience, back: _Side | None, first: _Side, second: _Side
) -> tuple[Asked, Ints]:
    """One question for each month in which either of a pair has a record; pairs of them."""
    sides = [first(fact), second(fact), *([back(fact)] if back else [])]
    months = 1 + max(int(events.months.max(initial=0)) for events, _ in sides)
    keys = [pair * months + events.months for events, pair in sides]
    asked = np.unique(np.concatenate(keys))
    one, two, *known = (
        Several(_shown(events, audience), np.searchsorted(asked, key))
        for (events, _), key in zip(sides, keys, strict=True)
    )
    guesses = (Guess((side,), tuple(known)) for side in (one, two))
    return Asked(asked % months, np.zeros(len(asked), dtype=np.int64), *guesses), asked // months


def _shown(events: Events, audience: Audience) -> Events:
    """Events with places as coarse as an audience sees them."""
    return for_public(events) if audience == "public" else events
