"""Block: the records of one closed period become units whose sizes sum to their number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from etl.protect.coding import Rows
from etl.protect.fit import Search, Sizes, bundle_of
from etl.protect.layout import Cells, Floats, Layout

#: Donor values scored for one bundle of one unit.
DONORS = 256


@dataclass(frozen=True)
class Units:
    """Units of one block: their rows, shape (units, width), and sizes, shape (units,)."""

    rows: Rows
    sizes: Sizes


def unit_sizes(n: int, base: int, generator: np.random.Generator) -> Sizes:
    """Sizes n//k and n//k + 1 of the k = n//base units that n events make, shuffled.

    Raises:
        ValueError: If there are fewer events than the base.
    """
    units = n // base
    if units == 0:
        raise ValueError("a block needs at least as many events as its base")
    sizes = np.full(units, n // units, dtype=np.int64)
    sizes[: n % units] += 1
    return generator.permutation(sizes)


def protect_block(
    records: Rows,
    weights: Sizes,
    *,
    base: int,
    layout: Layout,
    pool: Rows,
    pull: Floats,
    generator: np.random.Generator,
) -> Units:
    """Units of one block.

    Args:
        records: Rows of the block, shape (records, width).
        weights: Events each record stands for, at least 1, shape (records,).
        base: Smallest size of a unit.
        layout: Cells of the fact's margins.
        pool: Rows whose bundles may be chosen, areas as they stand in the block's month.
        pull: Weighted error of each cell with the block's truth taken out and none of its units
            put in, shape (cells + 1,).
        generator: Source of every draw.

    Raises:
        ValueError: If there are fewer events than the base.
        RuntimeError: If a forbidden pair could not be avoided.
    """
    sizes = unit_sizes(int(weights.sum()), base, generator)
    positions = [layout.coding.bundle_positions(names) for names in layout.coding.fact.bundles]
    rows = _drawn(records, weights, len(sizes), positions, generator)
    bundles = [bundle_of(layout, own, _donors(pool, own, generator)) for own in positions]
    Search(layout, rows, sizes, pull).run(bundles, generator)
    if layout.penalty[layout.cells_of(rows)].any():
        raise RuntimeError("a block cannot be told without smuggling inside the country")
    return Units(rows, sizes)


def _drawn(
    records: Rows,
    weights: Sizes,
    units: int,
    bundles: Sequence[Cells],
    generator: np.random.Generator,
) -> Rows:
    """Rows whose bundles are drawn independently from the records."""
    rows = np.empty((units, records.shape[1]), dtype=np.int32)
    share = weights / weights.sum()
    for positions in bundles:
        drawn = generator.choice(len(records), size=units, p=share)
        rows[:, positions] = records[drawn][:, positions]
    return rows


def _donors(pool: Rows, positions: Cells, generator: np.random.Generator) -> Rows:
    """Rows that show each distinct value of a bundle once, at most ``DONORS`` of them."""
    _, first = np.unique(pool[:, positions], axis=0, return_index=True)
    if len(first) > DONORS:
        first = np.sort(generator.choice(first, DONORS, replace=False))
    return pool[first]
