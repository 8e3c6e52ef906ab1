"""Boats: how visible thirty like people of one month are, as readers are told that they are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dashboard.model import codes
from dashboard.model.facts import PEOPLE
from tests.attack.events import Events, Flags, joined
from tests.attack.invented.aftermath import population
from tests.attack.invented.draws import code
from tests.attack.invented.population import PARTNERS
from tests.attack.invented.published import publisher
from tests.attack.measures.bounds import BOATS, EDITIONS, Figures, named

#: People a month beside the boats.
PER_MONTH = 50
_PEOPLE = 30
#: Months between two boats.
_APART = 4
_SEA = code(codes.MODE, "sea")
_WAY = ("mode", "corridor", "destination", "class_group")


def boats(seed: int, years: int = 2) -> Figures:
    """Put boats into a register and look for them in its release."""
    population_ = population(PER_MONTH, years, seed).only(PEOPLE.id)
    people = population_.people
    at_sea = np.flatnonzero(people.events.columns["mode"] == _SEA)
    random = np.random.default_rng([seed, 15])
    months = np.arange(2, 12 * years, _APART)
    first = random.choice(at_sea, len(months), replace=False)
    events = people.events.where(np.repeat(first, _PEOPLE))
    events = replace(events, months=np.repeat(months, _PEOPLE))
    partner = random.integers(0, len(PARTNERS), len(events))
    boat = np.repeat(np.arange(len(months)), _PEOPLE)
    told = people.and_more(events, events.months, partner, boat)
    with publisher(replace(population_, facts={PEOPLE.id: told})) as store:
        store.close_all()
        units = joined([block.units for block in store.blocks()])
    boats_ = replace(people.events.where(first), months=months)
    return named(EDITIONS, _seen(boats_, told.events, units, 12 * years))


def _seen(boats: Events, true: Events, units: Events, months: int) -> Figures:
    """How the people of each boat are shown, in its month and in others."""
    over, elsewhere, largest, like = [], [], [], []
    for row in range(len(boats)):
        boat = boats.where(np.array([row]))
        month = int(boat.months[0])
        shown, truth = (
            np.bincount(part.months, part.sizes * _agree(part, boat, _WAY), minlength=months)
            for part in (units, true)
        )
        over.append(shown[month] / truth[month])
        elsewhere.append(np.delete(shown, boats.months).mean())
        largest.append(shown.argmax() == month)
        same = _agree(units, boat, tuple(boat.columns)) & (units.months == month)
        like.append(units.sizes[same].sum())
    means = [float(np.mean(values)) for values in (over, elsewhere, largest, like)]
    return {f"boat of 30 like people: {name}": m for name, m in zip(BOATS, means, strict=True)}


def _agree(events: Events, boat: Events, names: tuple[str, ...]) -> Flags:
    """Which events have the values of a boat."""
    agree = np.ones(len(events), dtype=bool)
    for name in names:
        same = events.columns[name] == boat.columns[name]
        agree &= same if same.ndim == 1 else same.all(axis=1)
    return agree
