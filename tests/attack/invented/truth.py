"""Truth as the public may be shown it: the records as they are, at places as coarse as theirs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tests.attack.events import Events
from tests.attack.invented import country
from tests.attack.invented.country import PLACES
from tests.attack.invented.population import events_of

#: Levels that the public may see, the finest first.
_PUBLIC_LEVELS = ("district", "division", "country")


def for_public(events: Events) -> Events:
    """Events whose places are as coarse as the public may see them."""
    table = np.array([*(country.number(_coarse(place)) for place in PLACES), -1])
    columns = dict(events.columns)
    for name in events.fact.place_dimensions:
        columns[name] = table[columns[name]]
    return replace(events_of(events.fact, events.months, columns), sizes=events.sizes)


def _coarse(place: str) -> str:
    above = country.areas(place)
    return next(above[level] for level in _PUBLIC_LEVELS if level in above)
