"""Completeness: how much of a month is reported by the time an edition shows it.

A month closes soon after its end; what arrives later is added once a quarter, when the quarter's
last month has closed, so the last months of a release are provisional. How that is drawn and worded
belongs to the exhibits.

A chain ladder (Mack 1993) over numbers of the whole country in earlier editions: by how much a
month of each age grew within the next three months, over the last year, the newest quarter most.
From it follows the expected final number of a month that is still filling up. The series is kept as
``model.release`` says; changes are judged in ``judge``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from dashboard.model.periods import Span

#: Months after which reports of a month are no longer expected.
DELAY = 3
#: Ages, in months, at which a month may still grow.
AGES = 9
#: Months between two editions that are compared: late reports are added once a quarter.
_STEP = 3
#: How many months back editions are compared, and how many pairs are needed.
_BACK, _FEWEST = 15, 3
#: Each quarter back counts half: partners become slower or quicker at once.
FADING = 0.5
#: No month is taken for less complete than this.
_LEAST = 0.2
_NORMAL = 1.96

#: Edition (number of its last month) to what it shows of each month (its number).
Editions = Mapping[int, Mapping[int, float]]


def provisional_span(span: Span, *, final: bool = False) -> Span | None:
    """The last months of a release that may still rise, or None.

    A month is settled when a whole quarter that ends at least ``DELAY`` months after it lies in
    the release.

    Args:
        span: All months of the release.
        final: Whether its figures were final when they were published, so that nothing is late.

    >>> str(provisional_span(Span.parse("2024-01..2026-09")))
    '2026-07..2026-09'
    >>> str(provisional_span(Span.parse("2024-01..2026-08")))
    '2026-04..2026-08'
    """
    if final:
        return None
    ended = span.end.plus(1).quarter_start.plus(-1)
    return Span(max(ended.plus(1 - DELAY), span.start), span.end)


@dataclass(frozen=True)
class Share:
    """Share of a month's reports that has arrived, and the relative variance of that share."""

    value: float = 1.0
    variance: float = 0.0


WHOLE = Share()


def completeness(editions: Editions, at: int, fading: float = FADING) -> Mapping[int, Share]:
    """Share of the reports of a month that an edition shows, by the age of the month.

    Args:
        editions: Numbers of the whole country by edition; missing months are left out.
        at: The edition, by its last month.
        fading: By how much each quarter back counts less; 1 for Mack's own ladder.

    Returns:
        One share for each age of 0 to ``AGES`` less one; none where there are too few editions.
    """
    steps = {age: _step(editions, at, age, fading) for age in range(AGES)}
    if all(step is None for step in steps.values()):
        return {}
    shares = {
        age: _chained([steps[later] or WHOLE for later in range(age, AGES, _STEP)])
        for age in range(AGES)
    }
    measured = [age for age, step in steps.items() if step]
    return shares | dict(zip(measured, _rising([shares[age] for age in measured]), strict=True))


def _step(editions: Editions, at: int, age: int, fading: float) -> Share | None:
    """Share of a month's reports that are there at an age, of those three months later.

    Compares pairs of editions three months apart, up to the one at ``at``; None where there are too
    few, or where nothing was reported.
    """
    pairs = [
        (editions[edition][edition - age], editions[edition + _STEP][edition - age], fading**back)
        for back, edition in enumerate(range(at - _STEP, at - _BACK, -_STEP))
        if edition - age in editions.get(edition, {})
        and edition - age in editions.get(edition + _STEP, {})
    ]
    if len(pairs) < _FEWEST:
        return None
    first, then, weight = (np.array(part, dtype=float) for part in zip(*pairs, strict=True))
    whole = float(weight @ then)
    if not whole:
        return None
    weight /= weight.sum()
    share = min(max(float(weight @ first) / float(weight @ then), _LEAST), 1.0)
    effective_pairs = 1 / float(weight @ weight)
    apart = float(weight @ (first - share * then) ** 2) * len(pairs) / (len(pairs) - 1)
    return Share(share, apart / (share * float(weight @ then)) ** 2 / effective_pairs)


def _chained(steps: Sequence[Share]) -> Share:
    """The product of the shares of steps that follow each other, but at least ``_LEAST``."""
    value = float(np.prod([step.value for step in steps]))
    return Share(max(value, _LEAST), sum(step.variance for step in steps))


def _rising(shares: Sequence[Share]) -> list[Share]:
    """Shares by age of which none is below a younger one's: neighbours that are, pooled.

    Editions only add reports, so an older month is as complete at least (pool adjacent violators,
    Barlow and others 1972).
    """
    pools: list[list[Share]] = []
    for share in shares:
        pools.append([share])
        while len(pools) > 1 and _pooled(pools[-1]).value < _pooled(pools[-2]).value:
            pools[-2:] = [pools[-2] + pools[-1]]
    return [_pooled(pool) for pool in pools for _ in pool]


def _pooled(pool: Sequence[Share]) -> Share:
    """The mean of some shares, with its variance."""
    number = len(pool)
    return Share(
        sum(share.value for share in pool) / number,
        sum(share.variance for share in pool) / number**2,
    )


@dataclass(frozen=True)
class Nowcast:
    """Expected final number of a period that is still filling up, and its range (95 %)."""

    number: float
    low: float
    high: float


def nowcast(sizes: Sequence[float], shares: Sequence[Share], dispersion: float = 1.0,
            spread: float = 0.0) -> Nowcast:  # fmt: skip
    """The expected total of the months of a period once all is reported.

    Args:
        sizes: The number of each month so far.
        shares: How complete each of them is.
        dispersion: Variance over mean of such counts, since late reports come in groups.
        spread: Standard deviation of protection's error in their sum.

    >>> nowcast([40], [Share(0.8, 0.001)]).number, nowcast([40], [WHOLE])
    (50.0, Nowcast(number=40.0, low=40.0, high=40.0))
    """
    whole = [size / share.value for size, share in zip(sizes, shares, strict=True)]
    number, so_far = sum(whole), sum(sizes)
    if number == so_far:
        return Nowcast(number, number, number)
    late = sum(
        dispersion * size * (1 - share.value) / share.value**2 + size**2 * share.variance
        for size, share in zip(whole, shares, strict=True)
    )
    reach = _NORMAL * sqrt(late + spread**2)
    return Nowcast(number, max(number - reach, so_far), number + reach)
