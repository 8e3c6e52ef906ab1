"""Time that closing takes: five years of a small register, and a hundred thousand people."""

from __future__ import annotations

import time

import numpy as np

from dashboard.model.facts import PEOPLE
from tests.attack.invented.aftermath import population
from tests.attack.invented.population import Population
from tests.attack.invented.published import publisher
from tests.attack.measures.bounds import TIME, Figures, named

_PER_MONTH = 50
_MANY = 100_000
_YEARS = 5


def timing(seed: int) -> Figures:
    """Seconds to make all blocks of two histories, each in one go."""
    small = population(_PER_MONTH, _YEARS, seed)
    large = population(_MANY // (12 * _YEARS), _YEARS, seed).only(PEOPLE.id)
    many = np.arange(len(large.people.events)) < _MANY
    return named(
        TIME,
        {
            "5 years at 50 people a month, all facts, seconds": _seconds(small),
            "100,000 people, seconds": _seconds(large.of(many)),
        },
    )


def _seconds(told: Population) -> float:
    with publisher(told) as store:
        started = time.perf_counter()
        store.close_at_once()
        return time.perf_counter() - started
