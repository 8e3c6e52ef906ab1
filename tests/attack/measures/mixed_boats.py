"""Mixed boats: what a release tells of the people of one, beside that it came.

A boat of thirty is one incident that one report tells. How many of its people are women, were
trafficked or are bound for Malaysia is drawn anew for each boat, so that a guess of half is off by
7.5 on average. Somebody who knows month, way and size of the boat guesses from the units.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from dashboard.model import codes
from dashboard.model.facts import PEOPLE
from tests.attack.events import Events, Flags, Floats, Ints, joined
from tests.attack.invented.aftermath import population
from tests.attack.invented.country import number
from tests.attack.invented.draws import code
from tests.attack.invented.population import PARTNERS, Arriving
from tests.attack.invented.published import publisher
from tests.attack.measures.bounds import EDITIONS, GUESSED, Figures, named

#: People a month beside the boats.
PER_MONTH = 50
_PEOPLE = 30
#: Months between two boats.
_APART = 3
_SEA = code(codes.MODE, "sea")
_GROUPS = [code(codes.CLASS_GROUP, group) for group in codes.TRAFFICKING_GROUPS]
#: What is guessed, in the order of ``GUESSED``: a column, what its people have there, and the
#: bundle that goes with it.
_TOLD: Mapping[str, Sequence[int]] = {
    "sex": [code(codes.SEX, "female")],
    "class_group": _GROUPS,
    "destination": [number("MY")],
}


def mixed_boats(seed: int, years: int = 3) -> Figures:
    """How far guesses about the people of boats are off, in people of thirty."""
    country = population(PER_MONTH, years, seed).only(PEOPLE.id)
    random = np.random.default_rng([seed, 19])
    months = np.arange(2, 12 * years, _APART)
    counts = random.integers(0, _PEOPLE + 1, (len(months), len(_TOLD)))
    told = _with_boats(country.people, months, counts, random)
    with publisher(replace(country, facts={PEOPLE.id: told})) as store:
        store.close_all()
        units = joined([block.units for block in store.blocks()])
    found: Figures = {}
    for what, (column, chosen), true in zip(GUESSED, _TOLD.items(), counts.T, strict=True):
        guesses = _guesses(units, np.isin(units.first(column), chosen), months, 12 * years)
        found[what] = min(float(np.abs(guess - true).mean()) for guess in guesses)
        found[f"{what}, without the release"] = float(np.abs(_PEOPLE / 2 - true).mean())
    return named(EDITIONS, found)


def _with_boats(
    people: Arriving, months: Ints, counts: Ints, random: np.random.Generator
) -> Arriving:
    """A register with a boat in each of some months, of people put together from those at sea."""
    at_sea = people.events.where(people.events.columns["mode"] == _SEA)
    boats = at_sea.where(random.integers(len(at_sea), size=len(months) * _PEOPLE))
    columns = dict(boats.columns)
    for (column, chosen), number_of in zip(_TOLD.items(), counts.T, strict=True):
        have = random.permuted(np.arange(_PEOPLE) < number_of[:, None], axis=1).ravel()
        is_so = np.isin(at_sea.first(column), chosen)
        rows = np.where(
            have,
            random.choice(np.flatnonzero(is_so), len(have)),
            random.choice(np.flatnonzero(~is_so), len(have)),
        )
        (bundle,) = (names for names in PEOPLE.bundles if column in names)
        columns |= {name: at_sea.columns[name][rows] for name in bundle}
    boat = np.repeat(np.arange(len(months)), _PEOPLE)
    events = replace(boats, months=months[boat], columns=columns)
    partner = random.integers(0, len(PARTNERS), len(months))[boat]
    return people.and_more(events, events.months, partner, boat)


def _guesses(units: Events, own: Flags, boats: Ints, months: int) -> list[Floats]:
    """Guesses of how many of each boat have something, shape (boats,) each."""
    sea = units.first("mode") == _SEA

    def by_month(chosen: Flags) -> Floats:
        return np.bincount(units.months[chosen], units.sizes[chosen], minlength=months)

    at_sea, all_at_sea, everywhere = by_month(sea & own), by_month(sea), by_month(own)
    usual = np.delete(everywhere, boats).mean()
    share = np.divide(
        at_sea[boats], all_at_sea[boats], out=np.full(len(boats), 0.5), where=all_at_sea[boats] > 0
    )
    above = np.clip(everywhere[boats] - usual, 0, _PEOPLE)
    by_share = _PEOPLE * share
    return [by_share, above, (by_share + above) / 2]
