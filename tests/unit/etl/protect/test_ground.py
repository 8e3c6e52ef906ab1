"""Units are fitted on ground that stands still as they were against errors that moved with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest

from etl.protect.block import unit_sizes
from etl.protect.carry import Carry
from etl.protect.chance import Chance
from etl.protect.coding import Rows
from etl.protect.donors import Donors, draw_rows
from etl.protect.fit import SWEEPS, Search, Sizes
from etl.protect.ground import LATE_PASSES, LATE_SWEEPS, Ground, Part
from etl.protect.layout import Layout
from tests.unit.etl.protect import coded

SECRET = Chance(b"a secret of a test, 32 bytes long")
#: Months of one quarter, of another quarter of the year, and of the year before.
MONTHS = (date(2023, 1, 1), date(2023, 2, 1), date(2023, 4, 1), date(2022, 11, 1))


class Plain:
    """Errors that move: the units of each month are shown, and taken back while they are fitted."""

    def __init__(self, layout: Layout, carry: Carry, parts: Sequence[Part], sizes: Sizes) -> None:
        self.layout, self.carry, self.parts = layout, carry, parts
        self.sizes = sizes.astype(np.float64)

    def show(self, part: Part, rows: Rows, sign: int) -> None:
        counts = self.layout.counts(rows[part.units], sign * self.sizes[part.units])
        self.carry.add_units(part.period, counts)

    def fit(self, rows: Rows, generator: np.random.Generator) -> float:
        for part in self.parts:
            self.show(part, rows, 1)
        one = len(self.parts) == 1
        for _ in range(1 if one else LATE_PASSES):
            changes = 0
            for part in self.parts:
                self.show(part, rows, -1)
                fitted, own = rows[part.units], self.sizes[part.units].astype(np.int64)
                pull = self.carry.pull(part.period) + part.costs
                search = Search(self.layout, fitted, own, pull)
                changes += part.donors.fit(search, generator, sweeps=SWEEPS if one else LATE_SWEEPS)
                rows[part.units] = fitted
                self.show(part, rows, 1)
            if not changes:
                break
        return sum(self.taken_back(part, rows) for part in reversed(self.parts))

    def taken_back(self, part: Part, rows: Rows) -> float:
        self.show(part, rows, -1)
        counts = self.layout.counts(rows[part.units], self.sizes[part.units])
        each = 2 * (self.carry.pull(part.period) + part.costs + self.layout.penalty)
        return float((counts * (each + self.layout.total_weight * counts)).sum())


@pytest.mark.parametrize("months", [1, 2, 4])
@pytest.mark.parametrize("people", [7, 40, 320])
def test_units_come_out_as_against_errors_that_move(people: int, months: int) -> None:
    told = coded.people(people, people)
    coding = coded.coding(told)
    layout, records = coded.layout(coding), coded.rows(coding, told)
    bundles, weights = coded.bundles(coding), np.ones(len(told), dtype=np.int64)
    sizes = unit_sizes(len(told), 5, SECRET.generator("sizes"))
    donors = Donors(layout, records, bundles, len(sizes))
    split = np.array_split(np.arange(len(sizes)), min(months, len(sizes)))
    costs = SECRET.generator("costs").integers(0, 400, (len(split), layout.cells)).astype(float)
    parts = [
        Part(month, own, donors, records, cost)
        for month, own, cost in zip(MONTHS, split, costs, strict=False)
    ]

    def carried() -> Carry:
        carry = Carry(layout, MONTHS, base=5, chance=SECRET)
        for month in MONTHS:
            carry.add_records(month, layout.counts(records, weights.astype(np.float64)))
        return carry

    rows = draw_rows(records, weights, len(sizes), bundles, SECRET.generator("rows"))
    plain, same = rows.copy(), SECRET.generator("same")
    cost = Plain(layout, carried(), parts, sizes).fit(plain, same)

    carry, draws = carried(), SECRET.generator("same")
    before = [carry.pull(month).tolist() for month in MONTHS]
    found = Ground(layout, carry, parts, sizes).fit(rows, draws)
    assert found.rows.tolist() == plain.tolist()
    assert found.cost == cost
    assert draws.random() == same.random()
    assert [carry.pull(month).tolist() for month in MONTHS] == before
    for part, counts in zip(parts, found.counts, strict=True):
        own = sizes[part.units].astype(np.float64)
        assert counts.tolist() == layout.counts(found.rows[part.units], own).tolist()
