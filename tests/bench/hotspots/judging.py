"""Judging: a register's camps or upazilas in a window, by the product's own rules."""

from __future__ import annotations

from functools import cache
from typing import Literal

import numpy as np

from dashboard.analysis.expected_error import ExpectedError, Sums, expected_error
from dashboard.analysis.own_past import ByMonth, Spreads, Told, Window, told
from dashboard.model.facts import INCIDENTS
from tests.attack.events import Floats
from tests.attack.invented.country import CAMPS, PLACES, UPAZILAS
from tests.bench.hotspots.registers import MONTHS, Register, in_upazilas

Level = Literal["camp", "upazila"]
LEVELS: tuple[Level, ...] = ("camp", "upazila")
_CODES = {"camp": CAMPS, "upazila": UPAZILAS}


@cache
def own(level: Level) -> list[int]:
    """Numbers of the places of a level."""
    return [PLACES.index(code) for code in _CODES[level]]


def of_level(level: Level, table: Floats) -> Floats:
    """A table by place and month as one by area of a level, what lies below it included."""
    return table[..., own("camp"), :] if level == "camp" else in_upazilas(table)


def by_month(level: Level, register: Register) -> ByMonth:
    """What a release of a register tells of a level."""
    return ByMonth(
        _CODES[level],
        of_level(level, register.shown),
        register.shown.sum(axis=0),
    )


def judged(level: Level, register: Register, start: int, months: int, spreads: Spreads) -> Told:
    """The map of a window."""
    return told(by_month(level, register), Window.of(start, months), spreads)


def stretched(table: Floats, months: int) -> Floats:
    """Sums over stretches of months from the last one back, shape (..., stretches)."""
    first = MONTHS % months
    parts = table[..., first:].reshape(*table.shape[:-1], -1, months)
    return parts.sum(axis=-1)


def error_of(level: Level, register: Register, months: int) -> ExpectedError:
    """The expected error of counts of so many months by a register's echoes, as pages have it."""
    shown, errors = register.echo_shown, register.echo_error
    live = register.shown.any(axis=1)
    if level == "camp":  # by place, as a release is asked
        shown, errors = shown[:, live], errors[:, live]
    else:
        shown, errors = of_level(level, shown), of_level(level, errors)
    sums = Sums.of(stretched(shown, months).ravel(), stretched(errors, months).ravel())
    return expected_error(sums, base=INCIDENTS.base)


def spreads_of(level: Level, register: Register, months: int, history: int) -> Spreads:
    """Standard deviations by a register's echoes."""
    return Spreads(*(error_of(level, register, length).error for length in (months, history)))


def mean_spreads(found: list[Spreads]) -> Spreads:
    """The root of the mean square of several."""
    now, before = (
        np.sqrt(np.mean(np.square(each))) for each in zip(*map(_pair, found), strict=True)
    )
    return Spreads(float(now), float(before))


def _pair(spreads: Spreads) -> tuple[float, float]:
    return spreads.now, spreads.before
