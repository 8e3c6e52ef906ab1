"""Time that closing takes: five years of a small register, and a hundred thousand people.

Bounds are seconds on one core, so the time of the processor is held to them: it adds up what every
core did, and work that shares the machine does not lengthen it. The time by the clock is told too.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from functools import partial

import numpy as np

from dashboard.model.facts import PEOPLE
from tests.attack.invented.aftermath import population
from tests.attack.invented.published import Publisher, publisher
from tests.attack.measures.bounds import TIME, Figures, named

_PER_MONTH = 50
#: A few of them are never told of in time, and a release of 100,000 has fewer echoes.
_MANY = 104_000
_YEARS = 5
SMALL = "5 years at 50 people a month, all facts"
LARGE = "100,000 people"
#: Ends the name of a time by the clock, which no bound holds.
CLOCK = ", seconds by the clock"
#: Where all has arrived before the first block is closed none has a late block; echoes have theirs.
_AT_ONCE = f"{LARGE}, time of their echoes over that of protection"
_AS_THEY_CAME = f"{_AT_ONCE} month by month, with late blocks"


def timing(seed: int) -> Figures:
    """Seconds to make all blocks of two histories, each in one go: processor's and clock's.

    What echoes take is held to that, and to what blocks take as they come, a tenth of them late.
    """
    small = population(_PER_MONTH, _YEARS, seed)
    large = population(_MANY // (12 * _YEARS), _YEARS, seed).only(PEOPLE.id)
    many = np.arange(len(large.people.events)) < _MANY
    large = large.of(many)
    found: Figures = {}
    for name, told in ((SMALL, small), (LARGE, large)):
        with publisher(told) as store:
            found[f"{name}, seconds"], found[f"{name}{CLOCK}"] = _seconds(store.close_at_once)
            if name == LARGE:
                found[_AT_ONCE] = _of_echoes(store) / found[f"{name}, seconds"]
    with publisher(large) as store:
        seconds, _ = _seconds(store.close_all)
        found[_AS_THEY_CAME] = _of_echoes(store) / seconds
    return named(TIME, found)


def _of_echoes(store: Publisher) -> float:
    """Time of the processor that a release with echoes takes more than one without."""
    plain, _ = _seconds(partial(store.release, checked=False))
    echoed, _ = _seconds(partial(store.release, echoed=True, checked=False))
    return echoed - plain


def _seconds(make: Callable[[], object]) -> tuple[float, float]:
    """Time of the processor, in all threads and processes, and of the clock."""
    clock, processor = time.perf_counter(), _processor()
    make()
    return _processor() - processor, time.perf_counter() - clock


def _processor() -> float:
    """Seconds of the processor so far, those of processes that were begun and are done included."""
    return sum(os.times()[:4])
