"""Power: which rise of a place would have been called more than usual, had there been one.

Said beside "no clear change", so that it is not read as "no change". The test is that of
``more_than_usual``, at the chance that its step-up asks of one more place beside those called. What
is known of each place is put together in ``own_past``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dashboard.analysis.benjamini_hochberg import FALSE_DISCOVERIES
from dashboard.analysis.more_than_usual import RISES_WEIGH, Setting, tails_of_each
from dashboard.analysis.predictive_tail import PRIOR, Floats, at_least

#: Rises by which it is said what would have been noticed, from small to large.
RISES = (1.5, 2.0, 3.0, 5.0)
#: How likely a rise must be found to be one that would have been noticed.
NOTICED = 0.8
#: Standard deviations above the largest rise up to which a count is looked for: none so high comes
#: of that rise, so a place that would only be called beyond, as one that is nearly the whole, is
#: never noticed.
_REACH = 12


@dataclass(frozen=True)
class Past:
    """What is known of the past of places that are judged together; each of shape (places,).

    Attributes:
        before: Events of the history with which each is compared.
        history: All events of those months, wherever they happened.
    """

    before: Floats
    history: Floats


def noticed(past: Past, setting: Setting, beside: Floats) -> tuple[float | None, ...]:
    """The smallest rise of ``RISES`` of each place that would be found four times in five.

    Args:
        past: What is known of the places.
        setting: What they have in common.
        beside: How many others of the map are called more or fewer, shape (places,).

    Returns:
        A factor for each place, None where not even the largest would be found.

    >>> before, all_ = np.array([8.0, 40.0, 120.0, 360.0]), np.full(4, 80_000.0)
    >>> noticed(Past(before, all_), Setting(10_000, 80_000, 2.6, 0.0), np.zeros(4))
    (None, 5.0, 3.0, 2.0)
    """
    return tuple(
        next((rise for rise, chance in zip(RISES, own, strict=True) if chance >= NOTICED), None)
        for own in likelihoods(past, setting, beside).tolist()
    )


def likelihoods(
    past: Past, setting: Setting, beside: Floats, rises: Sequence[float] = RISES
) -> Floats:
    """How likely each rise would be called more than usual.

    It is when the upper tail is at most what the step-up asks of one more place beside those that
    are called. What rises is the place's true rate, known from its past only, with what chance and
    protection do to that. How much rates vary between periods is in the test alone: a rise says
    what the rate of the period is.

    Args:
        past: As in ``noticed``.
        setting: As in ``noticed``.
        beside: As in ``noticed``.
        rises: Factors.

    Returns:
        Chances, shape (places, rises); 0 for places of which nothing was expected, and for those
        that would be called only at counts which no rise brings.
    """
    some = (past.before > 0) & (past.history > 0) & (setting.total_now > 0)
    chances = np.zeros((len(some), len(rises)))
    if not some.any():
        return chances
    group = setting.together
    before, history = past.before[some] / group, past.history[some] / group
    history = np.maximum(history, before)
    told = before + PRIOR
    mean = told / history * setting.total_now / group
    apart = np.sqrt(told + (setting.spread_before / group) ** 2) / told
    spread = np.full(len(mean), setting.spread_now / group)
    highest = max(rises) * mean
    most = highest + _REACH * np.sqrt(highest + (apart * highest) ** 2 + spread**2)
    limit = FALSE_DISCOVERIES * (1 + beside[some]) / (RISES_WEIGH * len(some))
    least, is_any = _least_found(before, history, setting, limit, most)
    for column, rise in enumerate(rises):
        chances[some, column] = np.where(is_any, at_least(least, rise * mean, spread, apart), 0.0)
    return chances


def _least_found(
    before: Floats, history: Floats, setting: Setting, limit: Floats, most: Floats
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """The smallest count of each place, in groups, that would be called more than usual.

    Args:
        before: Groups of events of the history of each place, above 0; shape (places,), as all.
        history: All groups of those months.
        setting: As in ``noticed``.
        limit: Upper tails up to which a place is called.
        most: Counts beyond which it is not looked for.

    Returns:
        The counts, and whether any up to ``most`` would be.
    """
    group = setting.together
    ratio = setting.total_now / group / history
    expected = before * ratio
    rest = setting.total_now / group - expected
    spread = np.hypot(setting.spread_now, ratio * setting.spread_before) / group

    def is_found(now: Floats) -> npt.NDArray[np.bool_]:
        return (
            tails_of_each(now, before, rest + now, history, spread, setting.dispersion)[0] <= limit
        )

    low, high = np.floor(expected), np.ceil(np.maximum(most, expected + 1))
    is_any = is_found(high)
    low = np.where(is_any, low, high)
    while (high - low > 1).any():
        middle = np.floor((low + high) / 2)
        seen = is_found(middle)
        low, high = np.where(seen, low, middle), np.where(seen, middle, high)
    return high, is_any
