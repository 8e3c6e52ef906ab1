"""Ratios of two rates estimated from counts: their quantiles, and normal scores.

A rate estimated from ``k`` events is about a gamma variable of shape ``k``, so the ratio of two
follows F with twice as many degrees of freedom each. Both directions use Paulson's cube root
(1942), which needs no table: scores up to 2.5 are right to .08 where the lower rate has three
events or more, up to 3.2 to .17; with fewer events they are too close to 0, so that less is called.
Changes are judged in ``judge``.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]


def end_of(k1: Floats, k0: Floats, z: float) -> Floats:
    """The point of F(2 ``k1``, 2 ``k0``) at a normal score: 0 or infinite where it has none.

    Args:
        k1: Events of the upper rate, above 0; shape (rows,).
        k0: Events of the lower one, likewise.
        z: Normal score of the point.

    >>> end_of(np.array([10.0]), np.array([10.0]), 1.96).round(2)
    array([2.47])
    """
    a, b = 1 / (9 * k1), 1 / (9 * k0)
    square, line, rest = (1 - b) ** 2 - z * z * b, (1 - a) * (1 - b), (1 - a) ** 2 - z * z * a
    reach = np.sqrt(np.maximum(line * line - square * rest, 0))
    has_end = square > 0
    root = (line + np.sign(z) * reach) / np.where(has_end, square, 1)
    return np.where(has_end, np.maximum(root, 0) ** 3, np.inf if z > 0 else 0.0)


def score_of(ratio: Floats, k1: Floats, k0: Floats) -> Floats:
    """The normal score of a ratio under F(2 ``k1``, 2 ``k0``): below 0 where it is low.

    >>> score_of(np.array([2.4675]), np.array([10.0]), np.array([10.0])).round(2)
    array([1.96])
    """
    a, b, root = 1 / (9 * k1), 1 / (9 * k0), np.cbrt(ratio)
    return ((1 - b) * root - (1 - a)) / np.sqrt(b * root * root + a)
