"""Power: which rise of a place would have been called more than usual, had there been one.

Said beside "no clear change", so that it is not read as "no change". The test is that of
``more_than_usual``, at the chance that its step-up asks of a place that stands out alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dashboard.analysis.benjamini_hochberg import FALSE_DISCOVERIES
from dashboard.analysis.more_than_usual import RISES_WEIGH, tails_of_each
from dashboard.analysis.predictive_tail import PRIOR, Floats, at_least

#: Rises by which it is said what would have been noticed, from small to large.
RISES = (1.5, 2.0, 3.0, 5.0)
#: How likely a rise must be found to be one that would have been noticed.
NOTICED = 0.8
#: Share of all events of a place of which nothing else is known: it is one of very many.
_SMALL = 1e-4
#: Doublings after which a count is not looked for any more: the place is nearly the whole.
_DOUBLINGS = 7


@dataclass(frozen=True)
class Sight:
    """How well a map sees: what its power follows from beside the place itself.

    Attributes:
        history: How many times as many events the history holds as the period.
        places: How many places are judged together.
        dispersion: By how much the rate of a place varies beside chance, as in ``Setting``.
        together: How many events come together, as in ``Setting``.
    """

    history: float = 8.0
    places: int = 10
    dispersion: float = 0.0
    together: float = 1.0


#: A quarter against eight before it, ten places at once.
USUAL = Sight()


def noticed(
    expected: float, spread: float, sight: Sight = USUAL, *, share: float = _SMALL
) -> float | None:
    """The smallest rise of ``RISES`` that would have been found four times in five.

    Args:
        expected: Events that the place would have had.
        spread: Standard deviation of what protection does to what is shown less what is expected.
        sight: How well the map sees.
        share: Share of all events that the place has; all events rise with it.

    Returns:
        A factor, or None where not even the largest would have been found.

    >>> [noticed(mean, 2.6) for mean in (1.0, 5.0, 15.0, 45.0)]
    [None, 5.0, 3.0, 2.0]
    """
    one = np.array([[expected], [spread], [share]], dtype=np.float64)
    return noticed_by_place(one[0], one[1], one[2], sight)[0]


def noticed_by_place(
    expected: Floats, spread: Floats, share: Floats, sight: Sight = USUAL
) -> tuple[float | None, ...]:
    """The same for many places at once, each array of shape (places,)."""
    chances = likelihoods(expected, spread, share, sight)
    return tuple(
        next((rise for rise, chance in zip(RISES, own, strict=True) if chance >= NOTICED), None)
        for own in chances.tolist()
    )


def likelihoods(expected: Floats, spread: Floats, share: Floats, sight: Sight = USUAL) -> Floats:
    """How likely each rise of ``RISES`` would have been called more than usual.

    It is when the upper tail is at most what the step-up asks of a place that stands out alone
    among those judged; others that stand out beside it make it somewhat likelier. What rises is the
    place's true rate, which is known from its history only.

    Args:
        expected: As in ``noticed``, shape (places,), as all that follow.
        spread: As in ``noticed``.
        share: As in ``noticed``.
        sight: How well the map sees.

    Returns:
        Chances, shape (places, rises); 0 for places of which nothing was expected.
    """
    some = expected > 0
    mean = np.where(some, expected, 1.0) / sight.together
    spread = spread / sight.together
    least = _least_found(mean, spread, np.clip(share, _SMALL, 1.0), sight)
    known = mean * sight.history + PRIOR
    apart = np.sqrt(1 / known + sight.dispersion**2 * (1 + 1 / known))
    chances = [at_least(least, rise * mean, spread, apart) for rise in RISES]
    return np.where(some[:, None], np.stack(chances, axis=1), 0.0)


def _least_found(expected: Floats, spread: Floats, share: Floats, sight: Sight) -> Floats:
    """The smallest count of each place that would be called more than usual."""
    limit = FALSE_DISCOVERIES / (RISES_WEIGH * max(sight.places, 1))
    before = np.rint(expected * sight.history)
    rest = np.rint(expected / share - expected)

    def is_found(now: Floats) -> npt.NDArray[np.bool_]:
        history = np.maximum(np.rint(expected / share * sight.history), before)
        return tails_of_each(now, before, rest + now, history, spread, sight.dispersion)[0] <= limit

    low, high = np.floor(expected), np.ceil(2 * expected + 8 * spread + 10)
    for _ in range(_DOUBLINGS):
        if (seen := is_found(high)).all():
            break
        low, high = np.where(seen, low, high), np.where(seen, high, 2 * high)
    while (high - low > 1).any():
        middle = np.floor((low + high) / 2)
        seen = is_found(middle)
        low, high = np.where(seen, low, middle), np.where(seen, middle, high)
    return high
