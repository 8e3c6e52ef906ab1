"""Random draws of codes: the only place where chance becomes a value.

A drawn code is the position in its code list, ``NONE`` where nothing is known or applies.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dashboard.model.codes import CodeList

Codes = NDArray[np.int16]
Numbers = NDArray[np.int32]
Mask = NDArray[np.bool_]
Weights = NDArray[np.float64]

NONE = -1


def position(code_list: CodeList, code: str) -> int:
    """Position of a code in its list; ValueError for no such code."""
    return code_list.values.index(code)


def shares(code_list: CodeList, **listed: float) -> Weights:
    """Weights over a code list (length of the list), 0 where a code is not named.

    Raises:
        ValueError: For a code that the list does not have.
    """
    weights = np.zeros(len(code_list.values))
    for code, weight in listed.items():
        weights[position(code_list, code)] = weight
    return weights / weights.sum()


def zipf(rng: np.random.Generator, count: int, exponent: float) -> Weights:
    """Zipf weights (count,) in random order, which sum to 1: few are large, many small."""
    weights: Weights = 1 / np.arange(1, count + 1, dtype=np.float64) ** exponent
    return (weights / weights.sum())[rng.permutation(count)]


def draw(rng: np.random.Generator, weights: Sequence[float] | Weights, count: int) -> Codes:
    """So many positions drawn with the given weights, which need not sum to 1."""
    steps: Weights = np.cumsum(np.asarray(weights, dtype=np.float64))
    drawn: Weights = rng.random(count) * steps[-1]
    positions: NDArray[np.intp] = np.digitize(drawn, steps)
    return np.minimum(positions, len(steps) - 1).astype(np.int16)


def draw_by(rng: np.random.Generator, table: Sequence[Weights] | Weights, group: Codes) -> Codes:
    """One position per element, from the row of the table (groups, codes) that its group names."""
    rows: Weights = np.asarray(table, dtype=np.float64)
    positions = np.full(len(group), NONE, dtype=np.int16)
    for number in np.unique(group):
        members = np.flatnonzero(group == number)
        positions[members] = draw(rng, rows[int(number)], len(members))
    return positions


def chance(rng: np.random.Generator, share: float | Weights, count: int) -> Mask:
    """True with the given probability (count,)."""
    return rng.random(count) < share


def forget(rng: np.random.Generator, values: Codes, share: float, unknown: int = NONE) -> Codes:
    """Codes of which a share is replaced by ``unknown``, as reports leave things out."""
    return np.where(chance(rng, share, len(values)), np.int16(unknown), values)


def with_second(
    rng: np.random.Generator, first: Codes, weights: Weights, share: float, among: Mask
) -> Codes:
    """Sets of one or two different codes (n, 2); ``share`` of those ``among`` have a second."""
    second = draw(rng, weights, len(first))
    has_second = among & (first != NONE) & (second != first) & chance(rng, share, len(first))
    return np.stack([first, np.where(has_second, second, np.int16(NONE))], axis=1)
