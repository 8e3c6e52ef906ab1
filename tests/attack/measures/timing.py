"""Time that closing takes: five years of a small register, and a hundred thousand people.

Bounds are seconds on one core, so the time of the processor is held to them: it adds up what every
core did, and work that shares the machine does not lengthen it. The time by the clock is told too.
"""

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
SMALL = "5 years at 50 people a month, all facts"
LARGE = "100,000 people"
#: Ends the name of a time by the clock, which no bound holds.
CLOCK = ", seconds by the clock"


def timing(seed: int) -> Figures:
    """Seconds to make all blocks of two histories, each in one go: processor's and clock's."""
    small = population(_PER_MONTH, _YEARS, seed)
    large = population(_MANY // (12 * _YEARS), _YEARS, seed).only(PEOPLE.id)
    many = np.arange(len(large.people.events)) < _MANY
    found: Figures = {}
    for name, told in ((SMALL, small), (LARGE, large.of(many))):
        found[f"{name}, seconds"], found[f"{name}{CLOCK}"] = _seconds(told)
    return named(TIME, found)


def _seconds(told: Population) -> tuple[float, float]:
    """Time of the processor, in all threads, and of the clock."""
    with publisher(told) as store:
        clock, processor = time.perf_counter(), time.process_time()
        store.close_at_once()
        return time.process_time() - processor, time.perf_counter() - clock
