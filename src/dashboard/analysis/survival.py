"""Survival: how long people wait for an event, where some leave without it and some still wait.

Input are numbers per time, so that a record's exact time and a band of days are the same case: a
time is an instant or a band, and only the order matters. Events, bands and groups of people are
defined by the callers that count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, sqrt
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]

#: Two-sided 95 % point of the normal.
_NORMAL = 1.959963984540054
#: Rounding error of a sum of shares.
_TINY = 1e-12
_HALF = 0.5


@dataclass(frozen=True)
class Waits:
    """What became of people who began to wait, by time waited; each of shape (times,).

    Attributes:
        served: How many had the event at each time, in order of time.
        left: How many left then without it (competing events), so that they cannot have it later.
        censored: How many had waited so long when they were last observed.
    """

    served: Floats
    left: Floats
    censored: Floats

    @property
    def at_risk(self) -> float:
        """How many began to wait."""
        return float(self.served.sum() + self.left.sum() + self.censored.sum())

    def __add__(self, other: Waits) -> Waits:
        return Waits(
            self.served + other.served, self.left + other.left, self.censored + other.censored
        )

    def less(self, some: Waits) -> Waits:
        """The numbers of all less those of some, none below 0.

        Numbers of those still waiting are protected for each group by itself, so some may be more
        than all: then nobody remains.
        """
        return Waits(
            np.maximum(self.served - some.served, 0),
            np.maximum(self.left - some.left, 0),
            np.maximum(self.censored - some.censored, 0),
        )

    def risks(self, censored: Literal["begin", "end"]) -> Floats:
        """How many were waiting at each time, shape (times,).

        Args:
            censored: Whether people last observed in a band count as waiting in it: to its end, or
                only to its beginning. For an instant it is the end.
        """
        gone = self.served + self.left + self.censored
        waiting = gone[::-1].cumsum()[::-1]
        return waiting if censored == "end" else waiting - self.censored


@dataclass(frozen=True)
class Incidence:
    """The share that had the event by the end of each time; each of shape (times,).

    Attributes:
        share: The share, 0 to 1.
        error: Its standard error.
        low, high: Its interval, nineteen times in twenty.
    """

    share: Floats
    error: Floats
    low: Floats
    high: Floats

    @property
    def median(self) -> int | None:
        """Index of the time by which half of all had the event; None where half never did."""
        return _reached(self.share)


def incidence(
    waits: Waits, censored: Literal["begin", "end"] = "end", *, spread: float = 0.0
) -> Incidence:
    """The share that had the event, by Aalen and Johansen (1978) where others leave without it.

    Where none leave it is one less the product-limit estimate of Kaplan and Meier (1958), its error
    is Greenwood's (1926), and its interval is that of the logarithm of the share still waiting.
    Of bands the two ways to count the censored give two bounds: the result of exact times lies
    between them where none leave, and close to them where some do.

    Args:
        waits: What became of them.
        censored: How people last observed in a band count (``risks``).
        spread: Standard deviation of protection's error in a number of them.

    Returns:
        Shares; all 0 where nobody waited.

    >>> waits = Waits(np.array([2.0, 1.0]), np.array([0.0, 1.0]), np.array([1.0, 0.0]))
    >>> incidence(waits).share.round(3).tolist(), incidence(waits).median
    ([0.4, 0.7], 1)
    """
    risks = waits.risks(censored)
    some = np.maximum(risks, 1)
    gone = waits.served + waits.left
    waiting = np.cumprod(1 - np.minimum(gone / some, 1))
    before = np.concatenate(([1.0], waiting[:-1]))
    share = np.cumsum(before * waits.served / some)
    error = np.sqrt(np.maximum(_variance(waits.served, gone, risks, before, share), 0))
    error = np.hypot(error, spread * np.sqrt(1 + share**2) / some.max())
    rest = np.maximum(1 - share, 0)
    reach = np.exp(_NORMAL * np.divide(error, rest, out=np.zeros(len(rest)), where=rest > _TINY))
    return Incidence(share, error, 1 - np.minimum(rest * reach, 1), 1 - rest / reach)


def _variance(served: Floats, gone: Floats, risks: Floats, before: Floats, share: Floats) -> Floats:
    """Variance of the share served by each time, by the delta method.

    Args:
        served: Events at each time.
        gone: Events, and those who left.
        risks: How many were waiting at each time.
        before: Share still waiting before each time.
        share: Share served by the end of it.
    """
    # After a time when nobody waits any more nothing follows, so its first term is nought.
    rest = risks * (risks - gone)
    hazard = np.divide(gone, rest, out=np.zeros(len(rest)), where=rest > _TINY)
    some = np.maximum(risks, 1)
    # Terms of the delta method: of the times since each, of each time itself, and of both together.
    joint = before * served / some**2
    at_time = before**2 * (some - served) * served / some**3
    since = np.tril(share[:, None] - share[None, :])
    return since**2 @ hazard + np.cumsum(at_time) - 2 * since @ joint


def _reached(shares: Floats, level: float = _HALF) -> int | None:
    """Index of the first time by which a share is reached; None for one that never is."""
    times = np.flatnonzero(shares >= level - _TINY)
    return int(times[0]) if len(times) else None


def time_of(shares: Floats, level: float, ends: Sequence[float]) -> float | None:
    """When a share is reached: within its band in proportion on the scale of the logarithm of time.

    Args:
        shares: The share by the end of each band, shape (bands,).
        level: The share that is looked for, above 0 and at most 1.
        ends: The ends of the bands in order, without those that have none; each above 0.

    Returns:
        The time; in the first band its end, since nothing is known before it. None where the share
        is not reached by the last end.

    >>> round(time_of(np.array([0.2, 0.4, 0.8]), 0.5, (1, 4, 16)), 1)
    5.7
    """
    band = _reached(shares, level)
    if band is None or band >= len(ends):
        return None
    if band == 0:
        return ends[0]
    part = (level - float(shares[band - 1])) / float(shares[band] - shares[band - 1])
    return ends[band - 1] * (ends[band] / ends[band - 1]) ** min(max(part, 0.0), 1.0)


def log_rank(one: Waits, other: Waits, *, spread: float = 0.0) -> tuple[float, float]:
    """Whether two groups have the event at the same pace (Mantel 1966), over the same times.

    People who leave without the event count as last observed then.

    Args:
        one: What became of one group.
        other: What became of the other.
        spread: Standard deviation of protection's error in the events of one of them.

    Returns:
        The statistic, chi-squared with one degree of freedom, and its p-value; 0 and 1 where
        nothing can be tested.
    """
    risks, others = one.risks("end"), other.risks("end")
    all_risks = risks + others
    events = one.served + other.served
    some = np.maximum(all_risks, 1)
    expected = events * risks / some
    more = np.maximum(all_risks - 1, 1)
    chance = expected * (others / some) * (all_risks - events) / more
    variance = float(chance.sum()) + spread**2
    if not variance:
        return 0.0, 1.0
    statistic = float((one.served - expected).sum()) ** 2 / variance
    return statistic, erfc(sqrt(statistic / 2))
