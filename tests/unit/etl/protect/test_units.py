"""An operator closes months and the units say what they may and no more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.model.facts import LEGS, PEOPLE
from etl.protect.block import protect_block, unit_sizes
from etl.protect.chance import Chance
from etl.protect.close import Block, close_periods
from etl.protect.coding import Coding
from etl.protect.fit import Search, bundle_of
from etl.protect.layout import Layout
from etl.protect.margins import MARGINS
from tests.unit.etl.protect import errors, invented

SECRET = Chance(b"a secret of a test, 32 bytes long")
OTHER_SECRET = Chance(b"another secret, 32 bytes, no less")


def closed(events: list[dict], chance: Chance = SECRET, *, base: int = 5) -> tuple[Block, ...]:
    return close_periods(
        invented.history(events),
        invented.months_of(events),
        base=base,
        chance=chance,
        parents=invented.parents(),
    )


@pytest.fixture(scope="module")
def three_years() -> tuple[list[dict], list[dict]]:
    events = invented.people(50, 36, seed=3)
    return events, errors.unit_events(closed(events))


def encoded(events: list[dict]) -> tuple[Coding, np.ndarray]:
    history = invented.history(events)
    domains = {name: {e[name] for e in events if e[name]} for name in ("place", "destination")}
    coding = Coding(PEOPLE, domains, invented.parents(), history.periods)
    rows = coding.encode(history.values, len(events))
    return coding, coding.with_areas(rows, history.periods[0])


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


def test_every_block_total_is_exact(three_years: tuple) -> None:
    events, units = three_years
    assert set(errors.errors(events, units, (), errors.month)) == {0}


@settings(max_examples=15, deadline=None)
@given(people=st.integers(5, 120), seed=st.integers(0, 10_000), base=st.sampled_from([5, 10]))
def test_fitting_never_makes_the_weighted_error_worse(people: int, seed: int, base: int) -> None:
    events = invented.people(people, 1, seed)
    coding, rows = encoded(events)
    layout = Layout(coding, MARGINS["people"])
    generator = np.random.default_rng(seed)
    sizes = unit_sizes(max(len(events), base), base, generator)
    start = rows[generator.integers(0, len(rows), len(sizes))]
    weight = sum(layout.weights.values())
    pull = -weight * layout.counts(rows, np.ones(len(rows))) + layout.penalty

    def weighted(units: np.ndarray) -> float:
        shown = layout.counts(units, sizes.astype(float))
        return float((2 * pull * shown + weight * shown**2).sum())

    fitted = start.copy()
    positions = [coding.bundle_positions(bundle) for bundle in PEOPLE.bundles]
    search = Search(layout, fitted, sizes, pull - layout.penalty)
    changes = search.run([bundle_of(layout, own, rows) for own in positions], generator)
    before, after = weighted(start), weighted(fitted)
    assert after <= before + 1e-6 * abs(before)
    assert (after < before) == (changes > 0)


def test_a_bundle_of_a_unit_was_seen_together_in_a_record(three_years: tuple) -> None:
    events, units = three_years
    for bundle in PEOPLE.bundles:
        seen = {tuple(str(_cut(event[name])) for name in bundle) for event in events}
        assert {tuple(str(unit[name]) for name in bundle) for unit in units} <= seen


def _cut(value: object) -> object:
    return value[:3] if isinstance(value, list) else value


def test_smuggling_is_never_internal(three_years: tuple) -> None:
    _, units = three_years
    assert any(unit["class"].startswith("smuggling") for unit in units)
    assert not any(
        unit["scope"] == "internal" and unit["class"] in ("smuggling", "smuggling_aggravated")
        for unit in units
    )


def test_class_totals_are_right_enough_at_every_grain(three_years: tuple) -> None:
    events, units = three_years
    view = ("class_group",)
    assert errors.mean_error(events, units, view, errors.month) <= 3.5
    assert errors.mean_error(events, units, view, errors.quarter) <= 4
    assert errors.mean_error(events, units, view, errors.year) <= 4


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
    three_years: tuple, view: tuple[str, ...]
) -> None:
    events, units = three_years
    assert errors.mean_error(events, units, view, errors.year) <= 3


def test_a_fact_of_quarters_is_right_enough_over_a_year(three_years: tuple) -> None:
    legs = invented.legs(three_years[0])
    blocks = close_periods(
        invented.history(legs, LEGS),
        invented.months_of(legs),
        base=LEGS.base,
        chance=SECRET,
        parents=invented.parents(),
    )
    units = errors.unit_events(blocks)
    for view in ("mode", "class_group", "corridor"):
        assert errors.mean_error(legs, units, (view,), errors.year) <= 6.5
        assert max(errors.errors(legs, units, (view,), errors.year)) <= 20


def test_a_fact_of_quarters_weighs_no_month() -> None:
    legs = invented.legs(invented.people(30, 3, seed=1))
    months = invented.months_of(legs)
    places = {name: {leg[name] for leg in legs} for name in ("from_place", "to_place")}
    layout = Layout(Coding(LEGS, places, invented.parents(), months), MARGINS["legs"])
    assert set(layout.weights) == {"quarter", "year", "all"}


def test_the_carry_keeps_every_one_way_total_within_four_bases(three_years: tuple) -> None:
    events, units = three_years
    for field in PEOPLE.dimensions:
        worst = max(errors.errors(events, units, (field.name,), errors.year))
        assert worst <= 20, field.name


def test_without_the_carry_the_year_would_be_worse() -> None:
    events = invented.people(50, 24, seed=5)
    units = errors.unit_events(closed(events))
    alone = [
        unit
        for month in invented.months_of(events)
        for unit in errors.unit_events(closed([e for e in events if e["month"] == month]))
    ]
    view = ("place",)
    with_carry = errors.mean_error(events, units, view, errors.year)
    assert with_carry <= 0.7 * errors.mean_error(events, alone, view, errors.year)


def test_same_records_and_secret_give_the_same_units() -> None:
    events = invented.people(40, 4, seed=2)
    first, second = closed(events), closed(events)
    assert errors.unit_events(first) == errors.unit_events(second)
    assert [b.order.tolist() for b in first] == [b.order.tolist() for b in second]


def test_another_secret_gives_other_units() -> None:
    events = invented.people(40, 4, seed=2)
    units = errors.unit_events(closed(events))
    assert units != errors.unit_events(closed(events, OTHER_SECRET))


def test_a_month_with_too_few_people_is_closed_without_units() -> None:
    events = invented.people(40, 1, seed=2)[:4]
    (block,) = closed(events)
    assert (block.n, block.keys, block.waiting) == (0, (), 4)


def test_a_group_counts_once_for_each_of_its_people() -> None:
    events = invented.people(40, 1, seed=2)[:6]
    history = invented.history(events)
    history.n[:] = [1, 30, 1, 1, 1, 1]
    done = close_periods(
        history, [events[0]["month"]], base=5, chance=SECRET, parents=invented.parents()
    )
    (block,) = done
    assert block.n == 35
    places = errors.counts(errors.unit_events([block]), ("place",), errors.month)
    group = next(n for (_, (place,)), n in places.items() if place == events[1]["place"])
    assert group >= 20


def test_closing_month_by_month_is_the_same_as_closing_at_once() -> None:
    events = invented.people(30, 3, seed=4)
    at_once = closed(events)
    first, second, third = invented.months_of(events)
    known = [event for event in events if event["month"] <= second]
    before = close_periods(
        invented.history(known), [first, second], base=5, chance=SECRET, parents=invented.parents()
    )
    units = errors.unit_events(before)
    history = invented.history(events, published=len(known))
    later = close_periods(
        _with_units(history, units), [third], base=5, chance=SECRET, parents=invented.parents()
    )
    assert errors.unit_events(later) == errors.unit_events(at_once[2:])


def _with_units(history, units: list[dict]):
    return replace(
        history,
        unit_periods=[unit["month"] for unit in units],
        unit_sizes=np.array([unit["size"] for unit in units]),
        unit_values={f.name: [unit[f.name] for unit in units] for f in PEOPLE.dimensions},
    )


def test_a_block_that_can_only_be_forbidden_is_refused() -> None:
    events = [
        {**event, "class": "smuggling", "class_group": "smuggling", "scope": "internal"}
        for event in invented.people(20, 1, seed=1)
    ]
    coding, rows = encoded(events)
    layout = Layout(coding, MARGINS["people"])
    with pytest.raises(RuntimeError, match="smuggling inside"):
        protect_block(
            rows,
            np.ones(len(rows), dtype=np.int64),
            base=5,
            layout=layout,
            pool=rows,
            pull=np.zeros(layout.cells + 1),
            generator=np.random.default_rng(1),
        )
