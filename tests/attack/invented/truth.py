"""Truth as a release may show it: the published records, folded and generalised like the units.

Accuracy is scored against this truth. Attacks are not: an attacker wants what really happened.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from dashboard.model.periods import Month
from tests.attack.events import FIRST, GRAINS, Events, Floats, Ints
from tests.attack.invented import country
from tests.attack.invented.country import PLACES
from tests.attack.invented.population import events_of

#: Levels that the public may see, the finest first.
_PUBLIC_LEVELS = ("district", "division", "country")
_OTHER = "other"
#: What a class stands under that is shown in its roll-up alone.
_NO_CODE = ""


@dataclass(frozen=True)
class Fold:
    """A decision: under what a value stands from a period on, itself where there are enough."""

    dimension: str
    code: str
    shown_as: str
    from_period: date


def folded(events: Events, folds: Iterable[Fold]) -> Events:
    """Events with the values under which a release shows them in their own month."""
    decided: dict[str, dict[int, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for fold in folds:
        since = Month.of(fold.from_period).minus(FIRST)
        decided[fold.dimension][since][fold.code] = fold.shown_as
    columns = dict(events.columns)
    for name, epochs in decided.items():
        domain = events.domains[name]
        shown = columns[name].copy()
        for since in sorted(epochs):
            stands = [_stands(code, domain, epochs[since]) for code in domain]
            index = {code: number for number, code in enumerate(domain)} | {_NO_CODE: -1}
            table = np.array([*(index[code] for code in stands), -1])
            begun = events.months >= since
            shown[begun] = table[columns[name][begun]]
        columns[name] = _distinct(shown)
    return replace(events_of(events.fact, events.months, columns), sizes=events.sizes)


def _stands(code: str, domain: tuple[str, ...], decided: Mapping[str, str]) -> str:
    """What a value stands under: a rare code as decided, a rare place as an area above it."""
    if decided.get(code) == code:
        return code
    if domain is not PLACES:
        return decided.get(code, _OTHER)
    above = [area for area in country.areas(code).values() if area != code]
    order = sorted(above, key=lambda area: len(country.areas(area)), reverse=True)
    return next((area for area in order if decided.get(area) == area), order[-1] if order else code)


def _distinct(values: Ints) -> Ints:
    """A code that came twice into a set counts once."""
    if values.ndim == 1:
        return values
    found = values.copy()
    for slot in range(1, found.shape[1]):
        twice = (found[:, :slot] == found[:, slot, None]).any(axis=1)
        found[twice, slot] = -1
    return found


def of_their_own_place(events: Events, shown: Events, units: Events, months: int) -> Floats:
    """How much of what stands at a unit's place is of that very place, shape (units,).

    A rare place stands under the area above it, so a unit there may speak of any place that was
    folded into it.

    Args:
        events: Events as they are.
        shown: The same as they are folded.
        units: Units of a release.
        months: Months that it covers.
    """
    kept = events.where(events.columns["place"] == shown.columns["place"])
    own, every = (part.table(("place",), "year", months) for part in (kept, shown))
    share = np.divide(own, every, out=np.zeros_like(own), where=every > 0)
    return share[units.columns["place"], units.months // GRAINS["year"]]


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
