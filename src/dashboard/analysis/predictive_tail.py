"""How likely a count so high, or so low, is if a place only kept its past share of all events.

Two laws of the count that is expected, each with what protection adds to it. For most places it is
negative binomial: a Poisson count whose rate is known from the past only (Gelman et al. 2013,
Bayesian Data Analysis, 2.6). For a place that makes up much of the whole, the whole rises with it;
there the count is one of a known number of events, against the odds of the past (beta-binomial).
What protection does to both sides is normal, and summed over the nine points of Gauss and Hermite.
When a chance is small enough stands in ``more_than_usual``.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_NODES, _RAW = np.polynomial.hermite_e.hermegauss(9)
#: Points and weights over which the error of protection is summed, in its own spread.
POINTS: Floats = _NODES
WEIGHTS: Floats = _RAW / _RAW.sum()
#: What a past count is raised by before a rate is told from it (Jeffreys).
PRIOR = 0.5
#: Below this, a next step of the continued fraction adds nothing.
_ENOUGH = 1e-13
_MOST_STEPS = 20_000
#: Counts that are looked at together, so that wide spreads take time and no memory.
_BLOCK = 32
#: Standard deviations around its mean within which all of a large beta-binomial count lies; a
#: small one is summed whole.
_REACH, _ALL = 14, 1000


def tails(
    now: Floats, before: Floats, ratio: Floats, spread: Floats, dispersion: float = 0.0
) -> tuple[Floats, Floats]:
    """Chance of a count at least, and at most, as high as each that is shown.

    Let X be negative binomial with shape ``before + 1/2`` and mean ``(before + 1/2) ratio``, and e
    normal about 0 with ``spread``: the two are P(X + e >= now) and P(X + e <= now), each whole
    number standing for half a step to either side.

    Args:
        now: Counts of the period, at least 0; shape (n,), as all that follow.
        before: Counts of the history, at least 0.
        ratio: All events of the period over all of the history, above 0.
        spread: Standard deviation of what protection does to ``now - before * ratio``.
        dispersion: By how much a place's rate varies between periods beside chance, as a share of
            it (coefficient of variation); it widens the law and leaves its mean.

    Returns:
        Both chances, shape (n,).

    >>> high, low = tails(*(np.array([x]) for x in (12.0, 16.0, 0.125, 2.6)))
    >>> round(float(high[0]), 4), round(float(low[0]), 4)
    (0.0011, 0.9996)
    """
    shape = before + PRIOR
    mean = shape * ratio
    spread_out = dispersion**2 * (1 + 1 / shape)
    shape = 1 / (1 / shape + spread_out)
    share = mean / (mean + shape)
    # What is at most so much is not at least one more.
    high = _at_least(np.stack([now, np.floor(now) + 1]), shape, share, spread)
    return high[0], 1 - high[1]


def tails_against_rest(
    now: float,
    before: float,
    totals: tuple[float, float],
    spread: float,
    dispersion: float = 0.0,
) -> tuple[float, float]:
    """The same for a place that makes up much of the whole, which is compared with all the rest.

    Comparing the odds (N - y) / (H - h) as if they were known would call more than twice as many
    false alarms as it should where a place holds half, since the rest varies too. Given all N
    events of the period, the count is beta-binomial: the share of the history, as well as the
    history tells it.

    Args:
        now: Count of the period, at most all of it.
        before: Count of the history, at most all of it.
        totals: All events of the period, and of the history.
        spread: As in ``tails``.
        dispersion: As in ``tails``.
    """
    whole, history = totals
    share = (before + PRIOR) / (history + 2 * PRIOR)
    known = 1 / (history + 2 * PRIOR + 1) + share * (1 - share) * dispersion**2
    known = 1 / min(known, 0.5) - 1
    spread_out = np.sqrt(whole * share * (1 - share) * (known + whole) / (known + 1))
    reach = max(_REACH * float(spread_out), _ALL)
    low, high = np.floor(whole * share - reach), np.ceil(whole * share + reach)
    # People of one incident come together, so that a whole of them may be no whole number.
    counts = np.arange(max(float(low), 0.0), min(float(high), np.floor(whole)) + 1)
    chances = _log_beta_binomial(counts, whole, share * known, (1 - share) * known)
    chances = np.exp(chances - chances.max())
    chances /= chances.sum()
    first, next_up = (
        float(chances @ ((counts[:, None] >= _steps(np.array([one]), spread)) @ WEIGHTS))
        for one in (now, np.floor(now) + 1)
    )
    return min(first, 1.0), max(1 - next_up, 0.0)


def at_least(counts: Floats, means: Floats, spread: Floats, apart: Floats) -> Floats:
    """Chance that a count with the error of protection is at least so high.

    Args:
        counts: Whole numbers, at least 0; shape (n,), as all that follow.
        means: Means of the counts, above 0.
        spread: Standard deviation of the error of protection.
        apart: By how much the rate varies, as a share of it; a Poisson count where this is 0.
    """
    shape = 1 / (apart**2 + _ALMOST_POISSON)
    return _at_least(counts[None], shape, means / (means + shape), spread)[0]


#: A negative binomial whose rate varies by the root of this is a Poisson count.
_ALMOST_POISSON = 1e-7


def _steps(counts: Floats, spread: Floats | float) -> Floats:
    """From which whole number on X + e is at least each count, at each point of e: (..., 9)."""
    wide = np.asarray(spread)[..., None]
    return np.maximum(np.ceil(counts[..., None] - 0.5 - wide * POINTS), 0)


def _at_least(counts: Floats, shape: Floats, share: Floats, spread: Floats) -> Floats:
    """P(X + e >= count), X negative binomial by its shape and P(X = k + 1) / P(X = k) at last.

    Only the tail beyond the highest step is a continued fraction; the others are summed down.

    Args:
        counts: Whole numbers, shape (rows, n).
        shape: Shape of X, shape (n,), as all that follow.
        share: Mean of X over its mean and shape together.
        spread: Standard deviation of e.
    """
    steps = _steps(counts, spread)
    shape = np.broadcast_to(shape, counts.shape)
    share = np.broadcast_to(share, counts.shape)
    at: Floats = steps.max(axis=-1)
    lowest: Floats = steps.min(axis=-1)
    total = _beyond(at, shape, share, _log_chance(at, shape, share))
    for first in range(0, int((at - lowest).max(initial=0)), _BLOCK):
        # Downwards from the highest step, so many counts at a time, shape (rows, n, counts). Each
        # block begins anew: the chance of a high count may be less than a float can say.
        start = np.maximum(at - first, 0.0)
        count: Floats = start[..., None] - np.arange(_BLOCK, dtype=np.float64)
        is_above = count > lowest[..., None]
        count = np.where(is_above, count, 1.0)
        down = count / ((count - 1 + shape[..., None]) * share[..., None])
        down[..., 0] *= np.exp(_log_chance(start, shape, share))
        chances = np.cumprod(np.where(is_above, down, 0.0), axis=-1)
        summed = np.concatenate([np.zeros((*at.shape, 1)), np.cumsum(chances, axis=-1)], axis=-1)
        reached = np.clip(start[..., None] - steps, 0, _BLOCK).astype(np.int64)
        total = total + np.take_along_axis(summed, reached, axis=-1) @ WEIGHTS
    return np.minimum(total, 1.0)


def _log_chance(count: Floats, shape: Floats, share: Floats) -> Floats:
    """Logarithm of P(X = count)."""
    ways = _log_gamma(count + shape) - _log_gamma(shape) - _log_gamma(count + 1)
    return ways + shape * np.log1p(-share) + count * np.log(share)


def _beyond(at: Floats, shape: Floats, share: Floats, log_chance: Floats) -> Floats:
    """P(X >= at) for a negative binomial X: the incomplete beta function of (at, shape) at share.

    Its continued fraction (NIST Digital Library of Mathematical Functions, 8.17.22) converges fast
    on one side of the mean, so the other side is one less the other tail.
    """
    some = np.maximum(at, 0.5)  # whatever is at least nothing is certain, see below
    above = share * (some + shape + 2) <= some + 1
    first, second = np.where(above, some, shape), np.where(above, shape, some)
    point = np.where(above, share, 1 - share)
    # Both tails begin with x^a (1 - x)^b / B(a, b), which is P(X = at) at (1 - share).
    start = np.exp(log_chance + np.log(some))
    tail = start * _fraction(first, second, point) / first
    return np.where(at <= 0, 1.0, np.where(above, tail, 1 - tail))


def _fraction(first: Floats, second: Floats, point: Floats) -> Floats:
    """1 / (1 + d1 / (1 + d2 / (1 + ...))) by the method of Lentz and Thompson."""
    upper = np.ones_like(point)
    lower = np.zeros_like(point)
    value = np.ones_like(point)
    for step in range(1, _MOST_STEPS):
        half = step // 2
        odd = step % 2 == 1
        term = -(first + half) * (first + second + half) if odd else half * (second - half)
        ends = first + step
        term = term * point / ((ends - 1) * ends)
        lower = 1 / _not_zero(1 + term * lower)
        upper = _not_zero(1 + term / upper)
        factor = upper * lower
        value = value * factor
        if np.abs(factor - 1).max(initial=0.0) < _ENOUGH:
            break
    return 1 / value


def _not_zero(values: Floats) -> Floats:
    return np.where(np.abs(values) < 1e-300, 1e-300, values)


def _log_beta_binomial(counts: Floats, whole: float, first: float, second: float) -> Floats:
    """Logarithm of the chances of some counts out of a whole, up to what all have in common."""
    rest = whole - counts
    return (
        _log_gamma(counts + first)
        + _log_gamma(rest + second)
        - _log_gamma(counts + 1)
        - _log_gamma(rest + 1)
    )


def _log_gamma(values: Floats) -> Floats:
    """Logarithm of the gamma function, by Stirling's series eight steps further up."""
    product = np.ones_like(values)
    for step in range(8):
        product = product * (values + step)
    far = values + 8
    square = 1 / far**2
    series = 1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)))
    stirling = (far - 0.5) * np.log(far) - far + 0.5 * np.log(2 * np.pi) + series / far
    return stirling - np.log(product)
