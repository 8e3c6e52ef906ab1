"""An operator closes months and the units say what they may and no more."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.model import codes
from dashboard.model.facts import LEGS, PEOPLE
from dashboard.model.periods import Month
from etl.protect import donors
from etl.protect.block import months_of_units, unit_sizes
from etl.protect.chance import Chance
from etl.protect.donors import distinct_values, draw_rows
from etl.protect.fit import Bundle
from etl.protect.layout import Layout
from etl.release.contents.protection import block_totals
from tests.support.examples import examples
from tests.unit.etl.protect import errors, invented
from tests.unit.etl.protect.store import SECRET, Store, closed

OTHER_SECRET = Chance(b"another secret, 32 bytes, no less")
FIRST = Month(2023, 1)
DECEMBER = Month(2025, 12)


@pytest.fixture(scope="module")
def three_years() -> Store:
    return closed(invented.people(50, 36, seed=3), DECEMBER)


@given(n=st.integers(5, 3000), base=st.integers(2, 12), seed=st.integers(0, 99))
def test_sizes_sum_to_the_block_and_differ_by_one_at_most(n: int, base: int, seed: int) -> None:
    if n < base:
        with pytest.raises(ValueError, match="at least as many"):
            unit_sizes(n, base, np.random.default_rng(seed))
        return
    sizes = unit_sizes(n, base, np.random.default_rng(seed))
    each = n // (n // base)
    assert sizes.sum() == n
    assert len(sizes) == n // base
    assert set(sizes.tolist()) <= {each, each + 1}
    assert sizes.min() >= base


@given(
    sizes=st.lists(st.integers(5, 6), min_size=1, max_size=40),
    short=st.lists(st.integers(-10, 60), min_size=1, max_size=6),
)
def test_late_units_go_where_most_is_missing(sizes: list[int], short: list[int]) -> None:
    months = np.datetime64("2023-01", "M") + np.arange(len(short))
    chosen = months_of_units(np.array(sizes), months, np.array(short))
    given_ = Counter(dict.fromkeys(months.tolist(), 0))
    for month, size in zip(chosen.tolist(), sizes, strict=True):
        given_[month] += size
    left = [s - given_[m] for s, m in zip(short, months.tolist(), strict=True)]
    served = [rest for rest, m in zip(left, months.tolist(), strict=True) if given_[m]]
    assert max(left) - min(served) <= max(sizes)


@given(
    st.lists(st.tuples(*[st.integers(-1, 2000)] * 9), min_size=1, max_size=30),
    st.permutations(range(9)),
    st.integers(1, 9),
)
def test_each_value_of_a_bundle_is_offered_once(
    rows: list[tuple[int, ...]], order: list[int], width: int
) -> None:
    positions = np.array(order[:width])
    found = distinct_values(np.array(rows, dtype=np.int32), positions)
    values = [tuple(row) for row in found[:, positions].tolist()]
    assert values == sorted({tuple(row[p] for p in order[:width]) for row in rows})


def test_bundles_are_drawn_by_the_shares_of_records() -> None:
    random = np.random.default_rng(5)
    records = random.integers(0, 9, (30, 6)).astype(np.int32)
    weights = random.integers(0, 7, 30)
    bundles = [np.array([0, 2]), np.array([1]), np.array([3, 4, 5])]
    rows = draw_rows(records, weights, 50, bundles, np.random.default_rng(8))
    same = np.random.default_rng(8)
    for positions in bundles:
        chosen = same.choice(len(records), size=50, p=weights / weights.sum())
        assert rows[:, positions].tolist() == records[chosen][:, positions].tolist()


def test_a_large_block_offers_few_values_at_a_time_and_is_right_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(donors, "LARGE", 1)
    offered: list[int] = []
    prepare = donors.bundle_of

    def watched(layout: Layout, positions: np.ndarray, values: np.ndarray) -> Bundle:
        offered.append(len(values))
        return prepare(layout, positions, values)

    monkeypatch.setattr(donors, "bundle_of", watched)
    store = closed(invented.people(60, 12, seed=3), DECEMBER)
    assert max(offered) == donors.FEW_DONORS
    truth, units = store.truth(), store.units()
    assert set(errors.errors(truth, units, (), errors.month)) == {0}
    for view in (("class_group",), ("place",), ("exploitation",)):
        assert errors.mean_error(truth, units, view, errors.year) <= 4


def test_every_block_total_is_exact(three_years: Store) -> None:
    assert set(errors.errors(three_years.truth(), three_years.units(), (), errors.month)) == {0}
    assert {exact for fact, _, exact in block_totals(three_years.connection)} == {True}


def test_class_totals_are_right_enough_at_every_grain(three_years: Store) -> None:
    truth, units = three_years.truth(), three_years.units()
    view = ("class_group",)
    assert errors.mean_error(truth, units, view, errors.month) <= 3.5
    assert errors.mean_error(truth, units, view, errors.quarter) <= 4
    assert errors.mean_error(truth, units, view, errors.year) <= 4


@pytest.mark.parametrize(
    "view",
    [
        ("sex", "age_band"),
        ("exploitation",),
        ("mode", "destination"),
        ("corridor",),
        ("promise",),
        ("rescuing_authority",),
        ("recruitment_place", "sex"),
        ("place",),
    ],
    ids=" x ".join,
)
def test_the_views_of_the_pages_are_right_enough_over_a_year(
    three_years: Store, view: tuple[str, ...]
) -> None:
    truth, units = three_years.truth(), three_years.units()
    assert errors.mean_error(truth, units, view, errors.year) <= 3


def test_a_fact_of_quarters_is_right_enough_over_a_year(three_years: Store) -> None:
    store = Store()
    store.arrive(invented.legs(three_years.events()), LEGS)
    assert store.close(DECEMBER)["legs"].closed[:2] == ("2023-Q1", "2023-Q2")
    truth, units = store.truth(LEGS), store.units(LEGS)
    assert min(unit["size"] for unit in units) >= LEGS.base
    for view in ("mode", "class_group", "corridor"):
        assert errors.mean_error(truth, units, (view,), errors.year) <= 6.5
        assert max(errors.errors(truth, units, (view,), errors.year)) <= 20


def test_the_carry_keeps_every_one_way_total_within_four_bases(three_years: Store) -> None:
    truth, units = three_years.truth(), three_years.units()
    for field in PEOPLE.dimensions:
        worst = max(errors.errors(truth, units, (field.name,), errors.year))
        assert worst <= 20, field.name


def test_without_the_carry_the_year_would_be_worse() -> None:
    events = invented.people(50, 24, seed=5)
    whole = closed(events, Month(2024, 12))
    truth = whole.truth()
    alone = [
        unit
        for month in invented.months_of(events)
        for unit in closed([e for e in truth if e["month"] == month], Month(2024, 12)).units()
    ]
    view = ("sex", "age_band")
    with_carry = errors.mean_error(truth, whole.units(), view, errors.year)
    assert with_carry <= 0.7 * errors.mean_error(truth, alone, view, errors.year)


def test_another_secret_gives_other_units() -> None:
    events = invented.people(40, 4, seed=2)
    assert closed(events, DECEMBER).units() != closed(events, DECEMBER, chance=OTHER_SECRET).units()


def test_a_month_with_too_few_people_is_closed_without_units() -> None:
    store = Store(SECRET)
    store.arrive(invented.people(40, 1, seed=2)[:4])
    report = store.close(FIRST)["people"]
    assert (report.closed, report.units, report.few, report.late) == (("2023-01",), 0, 4, 0)
    assert store.units() == []
    assert store.rows("SELECT n, exact FROM units.block") == [(0, False)]
    assert store.rows("SELECT * FROM units.ledger") == []


def test_a_group_counts_once_for_each_of_its_people() -> None:
    events = invented.people(40, 1, seed=2)[:6]
    events[1] = events[1] | {"n": 30, "sex": "male"}
    events[2] = events[2] | {"sex": "male"}
    others = [event | {"sex": "female"} for event in (events[0], *events[3:])]
    male = []
    for secret in range(6):
        store = closed([*events[1:3], *others], FIRST, chance=Chance(bytes([secret]) * 32))
        assert sum(unit["size"] for unit in store.units()) == 35
        sexes = errors.counts(store.units(), ("sex",), errors.month)
        male.append(sum(n for (_, (sex,)), n in sexes.items() if sex == "male"))
    # Counted once, it would be one of two in six, of whom 35 events show 12.
    assert np.mean(male) >= 17


@settings(max_examples=examples(15), deadline=None)
@given(people=st.integers(1, 25), months=st.integers(1, 5), seed=st.integers(0, 10_000))
def test_whatever_arrives_units_keep_their_promises(people: int, months: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    events = [e for e in invented.people(people + 5, months, seed) if random.random() < 0.5]
    store = closed([e | {"n": int(random.integers(1, 4))} for e in events], DECEMBER)
    units = store.units()
    assert all(unit["size"] >= 5 for unit in units)
    assert not any(
        unit["scope"] == "internal" and unit["class"] in codes.SMUGGLING_CLASSES for unit in units
    )
    blocks = store.rows(
        """SELECT block.period, block.kind, any_value(block.n), any_value(block.exact),
            coalesce(sum(event.n), 0)
        FROM units.block
        LEFT JOIN units.ledger USING (fact, period, kind)
        LEFT JOIN events.people AS event USING (record_key)
        GROUP BY ALL"""
    )
    for period, kind, n, exact, taken in blocks:
        sizes = [u["size"] for u in units if (u["block_period"], u["block_kind"]) == (period, kind)]
        assert sum(sizes) == n
        assert n == taken if exact else set(sizes) <= {5}
    assert 0 <= sum(block[4] for block in blocks) - sum(block[2] for block in blocks) < 5
