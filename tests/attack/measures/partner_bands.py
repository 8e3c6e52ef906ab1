"""Bands of who stopped or began: what one partner learns from them of another's number.

The worst case is taken: the attacker knows his own list, the total of every month exactly, and
which partner stopped or began and when. What is left to him is how many numbers that partner may
have, by one band or by the bands of every month together.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from dashboard.model.facts import PEOPLE
from dashboard.model.partner_share import SOME, THIRD, Band
from dashboard.model.periods import Month
from dashboard.model.protection import EXACT_REMAINDER
from etl.release.contents.partner_share import Reports, bands
from tests.attack.events import Ints
from tests.attack.measures.bounds import PARTNERS, Figures, named

#: Events a month, and shares of the partners of each register; the second changes.
_PER_MONTH = (20, 50)
_REGISTERS = ((0.40, 0.30, 0.20, 0.10), (0.50, 0.35, 0.10, 0.05), (0.60, 0.34, 0.06))
_OF_TWO = (0.60, 0.40)
_CHANGED, _MONTHS, _WHO = 18, 36, 1
_FIRST = Month(2023, 1)
#: Where a band begins and ends.
_ENDS: dict[Band, tuple[float, float]] = {
    "none": (0, SOME), "under_third": (SOME, THIRD), "more": (THIRD, math.inf),
    "untold": (SOME, math.inf),
}  # fmt: skip
_SAID = ("under_third", "more")
#: First and last number that are possible.
_Range = tuple[int, int]


@dataclass
class _Left:
    """How many numbers are left to attackers.

    Attributes:
        by_one: By each band that says how much.
        by_all: By all bands of a register together.
        said: Of each month after the change, whether its band says how much.
    """

    by_one: list[int] = field(default_factory=list[int])
    by_all: list[int] = field(default_factory=list[int])
    said: list[bool] = field(default_factory=list[bool])


def partner_bands(seed: int) -> Figures:
    """What bands leave to another partner, in registers of three and four partners.

    Args:
        seed: Seed of the registers.
    """
    random = np.random.default_rng([seed, 61])
    stopped, began = _Left(), _Left()
    for per_month in _PER_MONTH:
        for shares in _REGISTERS:
            # Nobody else is ever silent, which the attacker may take for granted.
            told = np.maximum(random.poisson(np.outer(shares, np.full(_MONTHS, per_month))), 1)
            _look(_changed(told, stops=True), stopped, stops=True)
            _look(_changed(told, stops=False), began, stops=False)
    two = random.poisson(np.outer(_OF_TWO, np.full(_MONTHS, _PER_MONTH[-1])))
    of_two = [
        band in _SAID
        for stops in (True, False)
        for both in _bands(_changed(two, stops=stops))
        for band in both
    ]
    few = EXACT_REMAINDER * PEOPLE.base
    found: Figures = {"bands that say how much where two partners report": sum(of_two)}
    for name, left in (("stopped", stopped), ("began", began)):
        found |= {
            f"months after a partner {name} whose band says how much, share": _share(left.said),
            f"numbers that who {name} may have, to another partner, by one band, fewest": min(
                left.by_one
            ),
            f"bands of who {name} that leave fewer numbers than two units, share": _share(
                [each < few for each in left.by_one]
            ),
        }
    name = "numbers that who stopped may have, to another partner, by every band"
    found |= {f"{name}, fewest": min(stopped.by_all)}
    found |= {f"{name}, median": float(np.median(stopped.by_all))}
    return named(PARTNERS, found)


def _changed(told: Ints, *, stops: bool) -> Ints:
    """Numbers of which one partner's end or begin, shape (partners, months)."""
    changed = told.copy()
    changed[_WHO, slice(_CHANGED, None) if stops else slice(None, _CHANGED)] = 0
    return changed


def _bands(told: Ints) -> list[tuple[Band, Band]]:
    """Bands of the months after a change."""
    own = Reports(_FIRST, told, told.astype(float))
    return [bands(own, _FIRST.plus(at), PEOPLE.base) for at in range(_CHANGED, _MONTHS)]


def _look(told: Ints, left: _Left, *, stops: bool) -> None:
    """What every partner but the one that changed is left with."""
    both = _bands(told)
    of_change = [pair[0] if stops else pair[1] for pair in both]
    left.said += [band in _SAID for band in of_change]
    ranges = _of_stopped if stops else _of_new
    for attacker in {*range(len(told))} - {_WHO}:
        possible = list(ranges(told, attacker, of_change))
        for (low, high, true), band in zip(possible, of_change, strict=True):
            if band in _SAID:
                if not low <= true <= high:
                    raise RuntimeError("a band says what is not so")
                left.by_one.append(high - low + 1)
        if stops:
            lowest, highest = max(p[0] for p in possible), min(p[1] for p in possible)
            left.by_all.append(highest - lowest + 1)


def _of_stopped(told: Ints, attacker: int, of_change: list[Band]) -> Iterator[tuple[int, int, int]]:
    """Least and most events in all of who stopped, month by month, and how many they were."""
    for at, band in enumerate(of_change, _CHANGED):
        total, own = int(told[:, :at].sum()), int(told[attacker, :at].sum())
        yield *_range(band, total, total - own), int(told[_WHO].sum())


def _of_new(told: Ints, attacker: int, of_change: list[Band]) -> Iterator[tuple[int, int, int]]:
    """Least and most events in a month of who began, and how many they were."""
    for at, band in enumerate(of_change, _CHANGED):
        total, own = int(told[:, at].sum()), int(told[attacker, at].sum())
        counts = 1 - (at - _CHANGED) / at
        yield *_range(band, total / counts, total - own), int(told[_WHO, at])


def _range(band: Band, total: float, most: int) -> _Range:
    """Whole numbers that a band allows, up to a most."""
    low, high = _ENDS[band]
    end = most if math.isinf(high) else min(most, math.ceil(high * total - 1e-6) - 1)
    return math.ceil(low * total - 1e-6), end


def _share(chosen: list[bool]) -> float:
    return float(np.mean(chosen))
