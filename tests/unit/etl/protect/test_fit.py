"""Every change makes the totals come out better, and the same secret makes the same changes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.protect import fit
from etl.protect.carry import Carry
from etl.protect.chance import Chance
from etl.protect.coding import Rows
from etl.protect.fit import Bundle, Search, Sizes, bundle_of
from etl.protect.layout import Floats, Layout
from tests.support.examples import examples
from tests.unit.etl.protect import coded

SECRET = Chance(b"a secret of a test, 32 bytes long")


class Block:
    """People of a month, and units of them that nobody has fitted yet."""

    def __init__(self, people: int, seed: int) -> None:
        told = coded.people(people, seed)
        self.coding = coded.coding(told)
        self.layout = coded.layout(self.coding)
        self.records = coded.rows(self.coding, told)
        self.random = np.random.default_rng(seed)
        count = len(told) // 5
        self.sizes: Sizes = np.full(count, len(told) // count)
        self.sizes[: len(told) % count] += 1
        self.units: Rows = self.records[self.random.integers(0, len(told), count)].copy()
        carry = Carry(self.layout, [coded.MONTH], base=5, chance=SECRET)
        carry.add_records(coded.MONTH, self.layout.counts(self.records, np.ones(len(told))))
        self.pull = carry.pull(coded.MONTH)

    def bundles(self) -> list[Bundle]:
        return [bundle_of(self.layout, p, self.records) for p in coded.bundles(self.coding)]

    def search(self, units: Rows | None = None) -> Search:
        return Search(self.layout, self.units if units is None else units, self.sizes, self.pull)

    def cost(self, units: Rows) -> float:
        """What the search makes small: weighted squares of the errors, counted anew."""
        return cost(self.layout, units, self.sizes, self.pull)


def cost(layout: Layout, units: Rows, sizes: Sizes, pull: Floats) -> float:
    weight = layout.total_weight
    counts = layout.counts(units, sizes.astype(np.float64))
    forbidden = float((2 * layout.penalty * counts).sum())
    return float((2 * pull * counts + weight * counts**2).sum()) + forbidden


@pytest.mark.parametrize("together", [1, 16])
@pytest.mark.parametrize("seed", range(3))
def test_every_change_lowers_the_sum_of_squares(
    monkeypatch: pytest.MonkeyPatch, seed: int, together: int
) -> None:
    block = Block(150, seed)
    monkeypatch.setattr(fit, "_APART", len(block.units) // together)
    costs = [block.cost(block.units)]
    replace = Search._replace

    def watch(search: Search, *arguments: object) -> None:
        replace(search, *arguments)  # pyright: ignore[reportArgumentType]
        costs.append(block.cost(search.units))

    monkeypatch.setattr(Search, "_replace", watch)
    changes = block.search().run(block.bundles(), block.random, 3)
    assert changes == len(costs) - 1 > 50
    assert all(after < before for before, after in zip(costs, costs[1:], strict=False))
    assert costs[-1] < costs[0]


@settings(max_examples=examples(12), deadline=None)
@given(seed=st.integers(0, 10_000), people=st.integers(10, 90))
def test_the_search_ends_where_no_single_donor_gains(seed: int, people: int) -> None:
    block = Block(people, seed)
    bundles = block.bundles()
    units = block.units.copy()
    assert block.search(units).run(bundles, block.random, 60) > 0
    best = block.cost(units)
    for _ in range(40):
        unit = int(block.random.integers(len(units)))
        bundle = bundles[int(block.random.integers(len(bundles)))]
        changed = units.copy()
        changed[unit, bundle.positions] = bundle.donors[block.random.integers(len(bundle.donors))]
        assert block.cost(changed) >= best


def test_what_belongs_together_in_a_bundle_comes_from_one_donor() -> None:
    block = Block(120, 2)
    block.search().run(block.bundles(), block.random)
    for positions in coded.bundles(block.coding):
        held = {tuple(row) for row in block.records[:, positions].tolist()}
        assert {tuple(row) for row in block.units[:, positions].tolist()} <= held


def test_the_same_draws_give_the_same_units() -> None:
    def fitted(name: str, people: int) -> list[list[int]]:
        block = Block(people, 5)
        block.search().run(block.bundles(), SECRET.generator("block", name))
        return block.units.tolist()

    for people in (60, 300):
        assert fitted("2026-01", people) == fitted("2026-01", people)
        assert fitted("2026-01", people) != fitted("2026-02", people)


@pytest.mark.parametrize("people", [60, 300])
def test_donors_are_scored_alike_by_what_they_and_by_what_units_have_in_common(
    monkeypatch: pytest.MonkeyPatch, people: int
) -> None:
    def fitted(many: int) -> list[list[int]]:
        monkeypatch.setattr(fit, "_MANY", many)
        block = Block(people, 7)
        assert block.search().run(block.bundles(), SECRET.generator("block", "2026-01")) > 0
        return block.units.tolist()

    assert fitted(0) == fitted(10**9)


def test_nothing_changes_once_nothing_gains() -> None:
    block = Block(40, 3)
    bundles = block.bundles()
    block.search().run(bundles, block.random, 60)
    units = block.units.copy()
    assert block.search().run(bundles, block.random) == 0
    assert block.units.tolist() == units.tolist()


def test_a_forbidden_pair_is_left_at_any_price() -> None:
    block = Block(100, 4)
    columns = block.coding.columns
    (scope,), (class_,) = columns["scope"].positions, columns["class"].positions
    smuggled = columns["class"].index["smuggling"]
    internal = columns["scope"].index["internal"]
    block.units[:, class_] = smuggled
    block.units[:, scope] = internal
    assert block.layout.penalty[block.layout.cells_of(block.units)].any()
    block.search().run(block.bundles(), block.random)
    assert not block.layout.penalty[block.layout.cells_of(block.units)].any()


def test_errors_are_summed_without_rounding() -> None:
    block = Block(200, 6)
    search = block.search()
    search.run(block.bundles(), block.random)
    again = Search(block.layout, search.units.copy(), block.sizes, block.pull)
    assert search._costs.tolist() == again._costs.tolist()
    assert (block.pull * 2048 == np.round(block.pull * 2048)).all()


def test_fitted_units_are_nearer_than_drawn_ones() -> None:
    block = Block(300, 8)
    drawn = block.cost(block.units)
    least = -float((block.pull**2 / np.maximum(block.layout.total_weight, 1)).sum())
    block.search().run(block.bundles(), block.random)
    assert block.cost(block.units) - least < 0.35 * (drawn - least)
