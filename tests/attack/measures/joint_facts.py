"""Several facts of the same people put together, and the same where together they tell all.

What the attacker knows marks no single person among a hundred a month, so no release of them could
tell him much. He is tried on a register of few people too, where it does. For the control each fact
shows the records of other people than the rest do, as they are: alone it tells of some, together
they tell of everybody. Without any protection one fact would tell all, and joining gain nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.model.facts import ENDINGS, LEGS, PEOPLE, REQUESTS
from tests.attack.attackers import joint
from tests.attack.events import Events, read_release
from tests.attack.invented.aftermath import population
from tests.attack.invented.published import publisher
from tests.attack.measures.bounds import CONTROL, FEW, JOINED, MEMBERS, Figures, named

#: Facts in the order in which they are joined.
FACTS = (PEOPLE.id, REQUESTS.id, ENDINGS.id, LEGS.id)
#: How many facts are joined, and what is known of a person, by the words of the report.
_KNOWN = dict(
    zip(
        JOINED,
        ((3, joint.KNOWN), (3, joint.KNOWN_WITH_UPAZILA), (4, joint.KNOWN_WITH_WAY)),
        strict=True,
    )
)
#: People a month of whom half are in the data, where they are few.
_FEW = 8
#: Long enough that as many people are asked about as where they are many.
_YEARS = 40


def joint_facts(inside: Events, outside: Events, facts: Sequence[Events], seed: int) -> Figures:
    """What is gained over the best single fact.

    Args:
        inside: People in the data.
        outside: People who are not.
        facts: Units of people, requests, endings and legs.
        seed: Seed of the attacker's draws.
    """
    found: Figures = {}
    for name, (number, known) in _KNOWN.items():
        found |= _gains(name, inside, outside, facts[:number], seed, known)
    return found


def joint_of_few(seed: int, years: int = _YEARS) -> Figures:
    """The attack on a register of few people a month."""
    told, others = population(_FEW, years, seed).only(*FACTS).halves(seed)
    with publisher(told) as store:
        # By year: few late records are of another one, and each closing reads the whole history.
        for month in range(11, told.months, 12):
            store.close(month)
        path = store.release()
        facts = [read_release(path, told.facts[fact_id].events) for fact_id in FACTS]
        found = joint_facts(store.truth(), others.people.events, facts, seed)
    return named(MEMBERS, {f"{FEW}, {name}": value for name, value in found.items()})


def joint_control(seed: int, years: int = _YEARS) -> Figures:
    """The same where each fact shows other people, and all facts together everybody."""
    told, others = population(_FEW, years, seed).only(*FACTS).halves(seed)
    inside, outside = told.people.events, others.people.events
    found: Figures = {}
    for name, (number, known) in _KNOWN.items():
        facts = [
            told.facts[fact_id].where(told.facts[fact_id].person % number == own).events
            for own, fact_id in enumerate(FACTS[:number])
        ]
        found |= _gains(name, inside, outside, facts, seed, known)
    return named(CONTROL, {f"{FEW}, {name}": value for name, value in found.items()})


def _gains(
    name: str, inside: Events, outside: Events, facts: Sequence[Events], seed: int,
    known: Sequence[str],
) -> Figures:  # fmt: skip
    telling = joint.membership_gain(inside, outside, facts, seed, known)
    reading = joint.class_gain(inside, facts, seed, known)
    return {
        f"joint attack on {name}: gain in telling members": telling,
        f"joint attack on {name}: gain in reading the class": reading,
    }
