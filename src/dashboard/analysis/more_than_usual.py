"""More than usual: which places have more, or fewer, events than their past share of all events.

A place is compared with itself: what it had before, times how many more events there are in all
now. So nothing is said of where most is, and a rise of the whole is a rise of no place. The law
stands in ``predictive_tail``; which places may be judged at all, and over which months, is decided
by those who count (``exhibits.counts.usual_areas``); what would have been noticed stands in
``power``; words stand in the catalogues.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np

from dashboard.analysis.benjamini_hochberg import found
from dashboard.analysis.predictive_tail import Floats, tails, tails_against_rest

Verdict = Literal["more", "fewer", "none"]

#: A place with more than this share of all events is compared with all others together.
LARGE = 1 / 3
#: What the two tails are multiplied by before the step-up: half of what may be chance is spent on
#: rises, a tenth on falls.
RISES_WEIGH, FALLS_WEIGH = 2, 10


@dataclass(frozen=True)
class Observed:
    """A place as it is shown.

    Attributes:
        code: Its code.
        now: Events of the period.
        before: Events of the history.
    """

    code: str
    now: int
    before: int


@dataclass(frozen=True)
class Setting:
    """What all places of a map have in common.

    Attributes:
        total_now: All events of the period, wherever they happened.
        total_before: All events of the history.
        spread_now: Standard deviation of what protection does to ``Observed.now``; 0 for none.
        spread_before: The same for ``Observed.before``.
        dispersion: By how much the rate of a place varies between periods beside chance, as a
            share of it; see ``dispersion_of``.
        together: How many events come together, as people of one incident do: chance then makes
            so many times as much of each.
    """

    total_now: int
    total_before: int
    spread_now: float
    spread_before: float
    dispersion: float = 0.0
    together: float = 1.0


@dataclass(frozen=True)
class Judgement:
    """What may be said of a place.

    Attributes:
        code: Its code.
        now: Events of the period, as they are shown.
        expected: Events that its past share of all would have made.
        p_more: How likely so many or more would be if it only kept that share.
        p_fewer: The same for so many or fewer.
        verdict: Whether it has more or fewer than usual, or "none" where chance or protection
            could explain it.
    """

    code: str
    now: int
    expected: float
    p_more: float
    p_fewer: float
    verdict: Verdict

    @property
    def chance(self) -> float:
        """How likely something so far off would be, as the step-up weighs rises and falls."""
        return min(RISES_WEIGH * self.p_more, FALLS_WEIGH * self.p_fewer, 1.0)


def judge(places: Sequence[Observed], setting: Setting) -> tuple[Judgement, ...]:
    """Judge every place of a map against its own past, all of them together.

    Rises and falls are one question: one chance of each place goes into Benjamini and Hochberg's
    step-up over all places, so of all that a map calls more or fewer at most one in twenty is
    chance. The question is where there is more, so falls are looked at more strictly; where nothing
    changed, three maps in a hundred call anything at most.

    Args:
        places: Places that may be judged.
        setting: What they have in common.

    Returns:
        One judgement a place, in their order. Without any event in the history, or in the period
        and the history of a place, nothing is said of it.

    >>> found = judge([Observed("A", 31, 40), Observed("B", 8, 60)], Setting(90, 720, 2.6, 3.5))
    >>> [(one.code, one.expected, one.verdict) for one in found]
    [('A', 5.0, 'more'), ('B', 7.5, 'none')]
    """
    expected, high, low = _tails(places, setting)
    chances = np.minimum(RISES_WEIGH * high, FALLS_WEIGH * low).clip(max=1.0)
    return tuple(
        Judgement(
            place.code, place.now, mean, more, fewer, _verdict(more, fewer) if sure else "none"
        )
        for place, mean, more, fewer, sure in zip(
            places,
            expected.tolist(),
            high.tolist(),
            low.tolist(),
            found(chances.tolist()),
            strict=True,
        )
    )


def _verdict(more: float, fewer: float) -> Verdict:
    return "more" if more < fewer else "fewer"


def _tails(places: Sequence[Observed], setting: Setting) -> tuple[Floats, Floats, Floats]:
    """Expected count and both tails of each place, shape (places,) each."""
    now, before = (
        np.array(counts, dtype=np.float64)
        for counts in ([p.now for p in places], [p.before for p in places])
    )
    # What protection adds can put a place above the whole of a few months.
    whole = np.maximum(float(setting.total_now), now)
    history = np.maximum(float(setting.total_before), before)
    known = (history > 0) & (whole > 0)
    ratio = np.where(known, whole, 1.0) / np.where(known, history, 1.0)
    spread = np.hypot(setting.spread_now, ratio * setting.spread_before)
    counts = (values / setting.together for values in (now, before, whole, history, spread))
    high, low = tails_of_each(*counts, dispersion=setting.dispersion)
    return np.where(known, before * ratio, 0.0), high, low


def tails_of_each(
    now: Floats,
    before: Floats,
    whole: Floats,
    history: Floats,
    spread: Floats,
    dispersion: float = 0.0,
) -> tuple[Floats, Floats]:
    """Both tails of each place, by the law that suits its share; 1 where there is nothing at all.

    Args:
        now: Events of each place in the period, or groups of them that come together, shape
            (places,), as all that follow.
        before: Its events in the history.
        whole: All events of the period, at least ``now``.
        history: All events of the history, at least ``before``.
        spread: Standard deviation of what protection does to what is shown less what is expected.
        dispersion: As in ``Setting``.
    """
    known = (history > 0) & (whole > 0)
    ratio = np.where(known, whole, 1.0) / np.where(known, history, 1.0)
    high, low = tails(now, before, ratio, spread, dispersion)
    for place in np.flatnonzero(known & (now + before > LARGE * (whole + history))):
        own, past, total, total_past, wide = (
            float(values[place]) for values in (now, before, whole, history, spread)
        )
        high[place], low[place] = tails_against_rest(
            own, past, (total, total_past), wide, dispersion
        )
    return np.where(known, high, 1.0), np.where(known, low, 1.0)


def dispersion_of(counts: Floats, totals: Floats, spread: float) -> float:
    """By how much rates of places vary between periods of the history beside chance.

    What the counts of a place differ from its share of each period by, squared, less what chance
    and protection do. The middle of all places stands for them, so that one that rose once does not
    hide the next that does; of few degrees of freedom the middle is less than the mean, by the
    factor of Wilson and Hilferty (1931).

    Args:
        counts: Events of each place in each period of the history, shape (places, periods).
        totals: All events of each period, shape (periods,).
        spread: Standard deviation of what protection does to a count.

    Returns:
        A share of the rate, 0 where nothing tells of more than chance. Only places with
        ``FEWEST_EVENTS`` a period tell anything.
    """
    periods, whole = counts.shape[1], float(totals.sum())
    if periods < FEWEST_PERIODS or not whole:
        return 0.0
    told = counts[counts.mean(axis=1) >= FEWEST_EVENTS]
    if not len(told):
        return 0.0
    shares = totals / whole
    expected = told.sum(axis=1, keepdims=True) * shares
    # Each place's mean is told from the same counts, which takes its part of the variance away.
    left = 1 - shares
    apart = ((told - expected) ** 2).sum(axis=1) / (1 - 2 / (9 * (periods - 1))) ** 3
    by_chance = ((expected + spread**2) * left).sum(axis=1)
    beside = (apart - by_chance) / (expected**2 * left).sum(axis=1)
    return sqrt(max(float(np.median(beside)), 0.0))


#: From fewer periods than this no dispersion is told, nor from a place with fewer events in each.
FEWEST_PERIODS = 4
FEWEST_EVENTS = 5
