"""Who comes when and where: incidents whose rates are known, of one of two makings.

The product's making has camps by Zipf's law, groups and boats of its invented people and their
seasons at sea. The other one shares nothing with it but the form of records: places by gamma
weights, months and places that vary by gamma (negative binomial counts), group sizes that are
negative binomial, corridors with weights and one season of their own. How records become units
stands in ``registers``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from dashboard.model.codes import CORRIDOR
from dashboard.model.facts import INCIDENTS, PEOPLE
from tests.attack.events import Events, Floats, Ints
from tests.attack.invented.aftermath import population
from tests.attack.invented.country import CAMPS, DISTRICTS, UPAZILAS
from tests.attack.invented.draws import Draws
from tests.bench.judge.plan import Kind

MONTHS = 48
#: First month of a rise, of late reports that jump, and of a partner that stops or starts.
RISE, JUMP, TURN = 39, 36, 27
PEOPLED = len(CAMPS) + len(UPAZILAS) + len(DISTRICTS)
#: Share of all events that lie in camps, in upazilas outside them and in other districts.
_SHARES = {"own": (0.50, 0.38, 0.12), "other": (0.35, 0.35, 0.30)}
#: Shares of what rises: 6.5, 7.9 and 1.0 a quarter where 50 come a month.
_CAMP, _CORRIDOR, _DISTRICT = 6.5 / 150, 7.9 / 150, 1.0 / 150
#: What a new place has a month.
_NEW = 5.5 / 3
_PARTNERS, _CHANGING = (0.3, 0.3, 0.2, 0.2), 1
_LATE, _MANY, _LATEST = 0.10, 0.35, 4
_DRIFT = 1.3
_TOGETHER = 0.6
#: Of the other making: shapes of months and of places by month, and sizes beyond one of groups.
_MONTHS_VARY, _PLACES_VARY = 60.0, 8.0
_GROUP_SHAPE, _GROUP_MEAN = 0.4, 1.2
_SEASON = 0.7


@dataclass(frozen=True)
class Donors:
    """Whole incidents that records take their attributes from, and the people of each.

    Attributes:
        incidents, people: Them.
        first, size: Number of the first of an incident's people, and how many they are.
    """

    incidents: Events
    people: Events
    first: Ints
    size: Ints


@dataclass(frozen=True)
class Drawn:
    """Incidents of a register, in any order, and what is known of how they came.

    Attributes:
        place, month, donor, size, partner: Of each, shape (incidents,).
        arrival: Month in which each is reported, -1 where in its own.
        elsewhere: Place of each of its people, one after the other.
        person: Number of the donor of each of its people.
        rates: Events that are expected, by place and month, shape (places, months).
        ways: The same by corridor.
        shares: Share of all events of each place where nothing changes.
        risen: Rows that rise: number of a camp, a district, a new camp, a corridor; -1 for none.
    """

    place: Ints
    month: Ints
    donor: Ints
    size: Ints
    partner: Ints
    arrival: Ints
    elsewhere: Ints
    person: Ints
    rates: Floats
    ways: Floats
    shares: Floats
    risen: Ints


@cache
def donors() -> Donors:
    """Of four years, enough for each month of the year."""
    made = population(200, 4, 77)
    told, people = made.facts[INCIDENTS.id], made.facts[PEOPLE.id]
    size = np.bincount(people.incident)[told.incident]
    return Donors(told.events, people.events, np.cumsum(size) - size, size)


def drawn(kind: Kind, random: np.random.Generator) -> Drawn:
    """Incidents of a kind of register."""
    shares, (weights, mean) = _shares(kind, random), _weights(kind, random)
    risen = _risen(kind, shares, weights)
    if risen[2] >= 0:
        shares[risen[2]] = 0  # what is new had nothing
        shares /= shares.sum()
    rates = np.tile(shares[:, None] * kind.per_month, MONTHS)
    if kind.change == "drift":
        rates *= _DRIFT ** ((np.arange(MONTHS) - MONTHS / 2) / 12)
    _raise(kind, rates, risen)
    corridor = donors().incidents.columns["corridor"]
    moy = np.arange(MONTHS) % 12
    scale = np.where(kind.unit == "people", mean, 1.0)[moy]
    way_shares = _ways(weights, kind)[:, moy]
    ways = way_shares * rates.sum(axis=0)
    counts = random.poisson(rates / scale * _varying(kind, random))
    place, month = (
        np.repeat(index, counts.ravel()) for index in np.indices(counts.shape).reshape(2, -1)
    )
    donor = _of_months(weights, month % 12, random)
    if risen[3] >= 0:
        more = 2 * ways[risen[3]] * (np.arange(MONTHS) >= RISE)
        own = random.poisson(more / scale)
        extra = np.repeat(np.arange(MONTHS), own)
        beside = np.where(np.arange(PEOPLED) == risen[0], 0, shares)
        place = np.r_[place, random.choice(PEOPLED, len(extra), p=beside / beside.sum())]
        month = np.r_[month, extra]
        donor = np.r_[donor, random.choice(np.flatnonzero(corridor == risen[3]), len(extra))]
        rates += beside[:, None] / beside.sum() * more
        ways[risen[3]] += more
    order = random.permutation(len(place))
    place, month, donor = place[order], month[order], donor[order]
    partner = random.choice(len(_PARTNERS), len(place), p=_PARTNERS)
    gone = {"stopped": month >= TURN, "started": month < TURN}.get(kind.change, month < 0)
    kept = ~(gone & (partner == _CHANGING))
    place, month, donor, partner = place[kept], month[kept], donor[kept], partner[kept]
    size = _sizes(kind, donor, random)
    return Drawn(place, month, donor, size, partner, _arrival(kind, month, random),
                 *_people(place, donor, size, month, rates, kind, random),
                 rates, ways, shares, risen)  # fmt: skip


def _shares(kind: Kind, random: np.random.Generator) -> Floats:
    """Share of all events of each place."""
    draws = Draws(int(random.integers(2**31)))
    own = (draws.camps, draws.upazilas, draws.districts)
    if kind.making == "other":
        own = tuple(random.gamma(0.6, size=len(part)) for part in own)
    return np.concatenate(
        [whole * part / part.sum() for whole, part in zip(_SHARES[kind.making], own, strict=True)]
    )


def _weights(kind: Kind, random: np.random.Generator) -> tuple[Floats, Floats]:
    """Chance of each donor by month of the year, shape (12, donors), and their mean size."""
    told, size = donors().incidents, donors().size
    corridor, month = told.columns["corridor"], told.months % 12
    if kind.making == "own":
        weights = (month == np.arange(12)[:, None]).astype(float)
    else:
        number = len(CORRIDOR.values)
        held = np.bincount(corridor, minlength=number)
        own = np.where(held > 0, random.gamma(0.8, size=number), 0)
        one, sailed = random.choice(np.flatnonzero(held > 0), 2, replace=False)
        own[one], own[sailed] = 0, max(own[sailed], 0.1 * own.sum())
        own *= (1 - _CORRIDOR) / own.sum()
        own[one] = _CORRIDOR
        year = np.tile(own, (12, 1))
        year[:, sailed] *= 1 + _SEASON * np.cos(2 * np.pi * np.arange(12) / 12)
        weights = year[:, corridor] / held[corridor]
    weights /= weights.sum(axis=1, keepdims=True)
    mean = weights @ size if kind.making == "own" else np.full(12, 1 + _GROUP_MEAN)
    return weights, mean


def _ways(weights: Floats, kind: Kind) -> Floats:
    """Share of all events of each corridor by month of the year, shape (corridors, 12)."""
    corridor, size = donors().incidents.columns["corridor"], donors().size
    sized = kind.unit == "people" and kind.making == "own"
    own = weights * (size if sized else 1)
    found = np.stack([own[:, corridor == way].sum(axis=1) for way in range(len(CORRIDOR.values))])
    return found / found.sum(axis=0)


def _risen(kind: Kind, shares: Floats, weights: Floats) -> Ints:
    found = np.full(4, -1)
    if kind.change not in ("camp", "corridor", "camps"):
        return found
    camps = shares[: len(CAMPS)]
    found[0] = np.abs(camps - _CAMP).argmin()
    if kind.change == "camp":
        from_ = len(CAMPS) + len(UPAZILAS)
        found[1] = from_ + np.abs(shares[from_:] - _DISTRICT).argmin()
        found[2] = camps.argmin()
    if kind.change == "corridor":
        found[3] = np.abs(_ways(weights, kind).mean(axis=1) - _CORRIDOR).argmin()
    return found


def _raise(kind: Kind, rates: Floats, risen: Ints) -> None:
    """Rates of places that rise, in place."""
    camp, district, new, _ = risen.tolist()
    if kind.change == "camp":
        rates[camp, RISE:] *= 3
        rates[district, RISE:] *= 5
        rates[new, RISE:] = _NEW
    elif kind.change == "corridor":
        rates[camp, RISE:] *= 5
    elif kind.change == "camps":
        rates[risen_camps(rates), RISE:] *= 3


def risen_camps(rates: Floats) -> Ints:
    """Camps that rise where several do: the first, third, fifth and ninth by size before."""
    return np.argsort(-rates[: len(CAMPS), 0])[[0, 2, 4, 8]]


def _varying(kind: Kind, random: np.random.Generator) -> Floats:
    if kind.making == "own":
        return np.ones((PEOPLED, MONTHS))
    months = random.gamma(_MONTHS_VARY, 1 / _MONTHS_VARY, MONTHS)
    return months * random.gamma(_PLACES_VARY, 1 / _PLACES_VARY, (PEOPLED, MONTHS))


def _of_months(weights: Floats, month: Ints, random: np.random.Generator) -> Ints:
    found = np.zeros(len(month), dtype=np.int64)
    for number, own in enumerate(np.cumsum(weights, axis=1)):
        held = month == number
        found[held] = np.searchsorted(own, random.random(held.sum()) * own[-1], side="right")
    return found


def _sizes(kind: Kind, donor: Ints, random: np.random.Generator) -> Ints:
    if kind.making == "own":
        return donors().size[donor]
    chance = _GROUP_SHAPE / (_GROUP_SHAPE + _GROUP_MEAN)
    return 1 + random.negative_binomial(_GROUP_SHAPE, chance, len(donor))


def _arrival(kind: Kind, month: Ints, random: np.random.Generator) -> Ints:
    share = {"ten": _LATE, "many": _MANY}.get(kind.late, np.where(month < JUMP, _LATE, _MANY))
    late = random.random(len(month)) < share
    return np.where(late, month + random.integers(1, _LATEST + 1, len(month)), -1)


def _people(
    place: Ints, donor: Ints, size: Ints, month: Ints, rates: Floats, kind: Kind,
    random: np.random.Generator,
) -> tuple[Ints, Ints]:  # fmt: skip
    """Place and donor of each person; companions often share the place of the first one."""
    if kind.unit == "incidents":
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    who = np.repeat(np.arange(len(size)), size)
    nth = np.arange(len(who)) - (np.cumsum(size) - size)[who]
    person = donors().first[donor[who]] + nth % donors().size[donor[who]]
    alone = (nth > 0) & (random.random(len(who)) >= _TOGETHER)
    return np.where(alone, _of_months(rates.T, month[who], random), place[who]), person
