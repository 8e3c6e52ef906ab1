"""Resampling: the interval of a rate where events come in groups.

People of one boat share its fate, so that boats and not people are resampled (Efron 1979).
Protection's error does not belong here: see ``expected_error``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dashboard.analysis.wilson import wilson

#: Number of resamples, their seed, and the percentiles of 19 times in 20.
_DRAWS, _SEED, _ENDS = 2_000, 20_260_930, (2.5, 97.5)


def rate_of_groups(groups: Sequence[tuple[int, int]]) -> tuple[float, float]:
    """The ends of the rate of all groups together, each from 0 to 1, nineteen times in twenty.

    Never narrower than for people who come one by one (``wilson``), as that of few groups would be.

    Args:
        groups: Of each group the part and the whole; not all of the wholes are 0.

    >>> [round(end, 3) for end in rate_of_groups([(50, 50), *[(0, 50)] * 19])]
    [0.0, 0.15]
    """
    parts, wholes = (np.array(column, dtype=float) for column in zip(*groups, strict=True))
    low, high = wilson(int(parts.sum()), int(wholes.sum()))
    draws = np.random.default_rng(_SEED).multinomial(
        len(groups), np.full(len(groups), 1 / len(groups)), _DRAWS
    )
    whole = draws @ wholes
    rates = (draws @ parts)[whole > 0] / whole[whole > 0]
    ends = np.percentile(rates, _ENDS)
    return min(low, float(ends[0])), max(high, float(ends[1]))
