"""Echoes are drawn from units, protected like records, and follow from the units alone."""

from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np
import pytest

from dashboard.model.edition import Audience
from dashboard.model.facts import LEGS, PEOPLE, RECLASSIFICATIONS, Fact
from dashboard.model.periods import Month
from etl.protect import echoes
from etl.protect.echoes import NEAR, WIDE, Echo, Originals, Repeat
from etl.protect.history import History, read_history
from tests.unit.etl.protect import invented
from tests.unit.etl.protect.store import Store, closed

LAST = Month(2023, 12)


def shown_of(store: Store, fact: Fact = PEOPLE, audience: Audience = "member") -> Originals:
    """The stored units of a fact as a release shows them."""
    history = read_history(store.connection, fact, invented.parents())
    return Originals(
        fact=fact,
        coding=history.coding,
        parents=history.parents,
        base=fact.base * (2 if audience == "public" else 1),
        audience=audience,
        last=LAST,
        periods=history.unit_periods,
        sizes=history.unit_sizes,
        rows=history.unit_rows,
        inexact=np.zeros(len(history.unit_sizes), dtype=bool),
    )


@pytest.fixture(scope="module")
def year() -> Store:
    return closed(invented.people(40, 12, seed=3), LAST)


@pytest.fixture(scope="module")
def shown(year: Store) -> Originals:
    return shown_of(year)


@pytest.fixture(scope="module")
def echo(shown: Originals) -> Echo:
    return Repeat(shown, 1).make()


def drawn_records(shown: Originals) -> History:
    return echoes._history(shown, echoes.public_chance(shown.fact, 1))


def position(shown: Originals, name: str) -> int:
    return shown.coding.columns[name].positions[0]


def test_units_of_an_echo_have_at_least_the_base_and_stand_for_its_records(
    shown: Originals, echo: Echo
) -> None:
    assert set(echo.sizes[echo.sizes < 0].tolist()) == {-1}
    assert echo.sizes[echo.sizes > 0].min() >= PEOPLE.base
    assert -PEOPLE.base < echo.sizes.sum() <= 0
    assert (echo.sizes < 0).sum() <= shown.sizes.sum()


def test_the_same_units_give_the_same_echo_and_another_replicate_another(
    shown: Originals, echo: Echo
) -> None:
    again, other = Repeat(shown, 1).make(), Repeat(shown, 2).make()
    for name in ("periods", "rows", "sizes"):
        assert np.array_equal(getattr(echo, name), getattr(again, name))
    assert not np.array_equal(echo.rows, other.rows)


def test_each_month_has_as_many_records_as_it_shows_people(shown: Originals) -> None:
    records = drawn_records(shown)
    told: Counter[np.datetime64] = Counter()
    for period, size in zip(shown.periods, shown.sizes.tolist(), strict=True):
        told[period] += size
    assert Counter(records.periods) == told
    assert set(records.n.tolist()) == {1}
    assert not records.published.any()
    assert len(records.unit_sizes) == 0


def test_a_tenth_is_late_and_for_a_block_that_there_is(shown: Originals) -> None:
    records = drawn_records(shown)
    late = ~np.isnat(records.late_from)
    assert 0.05 < late.mean() < 0.15
    quarters = records.late_from[late].astype(np.int64)
    months = records.periods[late].astype(np.int64)
    assert (quarters % 3 == 0).all()
    assert (quarters + 2 <= np.datetime64(LAST.first_day, "M").astype(np.int64)).all()
    assert (quarters + 2 >= months + 1).all()
    assert (quarters <= months + 3).all()


def test_bundles_come_from_units_about_the_time_and_the_class_of_a_record(shown: Originals) -> None:
    records = drawn_records(shown)
    kind = position(shown, "class_group")
    for names in PEOPLE.bundles:
        positions = [place for name in names for place in shown.coding.columns[name].positions]
        within = NEAR if "class_group" in names else WIDE
        for month in np.unique(records.periods):
            near = np.abs((shown.periods - month).astype(int)) <= within
            given = shown.rows[near][:, [kind, *positions]]
            own = records.rows[records.periods == month][:, [kind, *positions]]
            assert set(map(tuple, own.tolist())) <= set(map(tuple, given.tolist()))


def test_records_are_not_their_units_over_and_over(shown: Originals) -> None:
    """Who is drawn bundle by bundle agrees with no unit on everything, as a clump would."""
    width = shown.coding.own_width
    held = set(map(tuple, shown.rows[:, :width].tolist()))
    rows = drawn_records(shown).rows[:, :width].tolist()
    assert np.mean([tuple(row) in held for row in rows]) < 0.1


@pytest.mark.parametrize("fact", [LEGS, RECLASSIFICATIONS], ids=lambda fact: fact.id)
def test_facts_of_quarters_have_echoes_and_such_without_a_class(year: Store, fact: Fact) -> None:
    store = Store()
    events = year.events()
    told = invented.legs(events) if fact is LEGS else [
        {"month": date(2023, 1 + 3 * (n % 4), 1), "from_class": "smuggling",
         "to_class": event["class"], "decision_band": "2_3"}
        for n, event in enumerate(events[:120])
    ]  # fmt: skip
    store.arrive(told, fact)
    store.close(LAST)
    found = Repeat(shown_of(store, fact), 1).make()
    assert found.sizes[found.sizes > 0].min() >= fact.base
    assert -fact.base < found.sizes.sum() <= 0


def test_the_public_is_protected_in_two_steps(shown: Originals) -> None:
    """Units of the public are made of units; so is their echo, and it is off by both steps."""
    public = Originals(**{**vars(shown), "base": 2 * PEOPLE.base, "audience": "public"})
    found = Repeat(public, 1).make()
    assert found.sizes[found.sizes > 0].min() >= 2 * PEOPLE.base
    assert -4 * PEOPLE.base < found.sizes.sum() <= 0


def test_a_period_that_is_not_exact_is_not_exact_in_an_echo(shown: Originals) -> None:
    blurred = Originals(**{**vars(shown), "inexact": np.ones(len(shown.sizes), dtype=bool)})
    found = Repeat(blurred, 1).make()
    assert set(found.sizes[found.sizes > 0].tolist()) == {PEOPLE.base}


@pytest.mark.parametrize("audience", ["member", "public"])
def test_a_total_that_is_not_exact_is_off_in_an_echo_where_nothing_is_late(
    shown: Originals, audience: Audience, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whole units leave nothing over, so as many records as they stand for would never be off."""
    monkeypatch.setattr(echoes, "_late_from", lambda _, period, count, generator: (
        np.full(count, np.datetime64("NaT"), dtype="datetime64[M]")
    ))  # fmt: skip
    base = PEOPLE.base if audience == "member" else 2 * PEOPLE.base
    whole = Originals(
        **{
            **vars(shown),
            "audience": audience,
            "base": base,
            "sizes": np.full(len(shown.sizes), base),
            "inexact": np.ones(len(shown.sizes), dtype=bool),
        }
    )
    told = Repeat(whole, 1).make()
    off = [int(told.sizes[told.periods == month].sum()) for month in np.unique(told.periods)]
    assert len(set(off)) > 2
    assert max(map(abs, off)) <= PEOPLE.base


def test_equal_records_of_a_unit_fit_too_well(year: Store) -> None:
    """The control: units expanded to equal records say far less than what a month is off by."""
    shown = shown_of(year)

    def off() -> float:
        place = position(shown, "class_group")
        sums: Counter[tuple[int, np.datetime64, int]] = Counter()
        for replicate in (1, 2, 3):
            echo = Repeat(shown, replicate).make()
            for period, code, size in zip(
                echo.periods, echo.rows[:, place].tolist(), echo.sizes.tolist(), strict=True
            ):
                sums[replicate, period, code] += size
        return float(np.sqrt(np.mean(np.square([*sums.values()]))))

    drawn = off()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(echoes, "_draw_records", lambda _, pool, periods, period, *rest: (
            pool[periods == period]
        ))  # fmt: skip
        patch.setattr(echoes, "_late_from", lambda _, period, count, generator: (
            np.full(count, np.datetime64("NaT"), dtype="datetime64[M]")
        ))  # fmt: skip
        assert off() < 0.8 * drawn


@pytest.mark.parametrize("audience", ["member", "public"])
@pytest.mark.parametrize("units", [1, 2, 3])
def test_however_few_units_there_are_each_echo_has_rows(
    year: Store, audience: Audience, units: int
) -> None:
    """Where totals are not exact too; a release without an echo is not published."""
    whole = shown_of(year, audience=audience)
    few = {name: getattr(whole, name)[:units] for name in ("periods", "rows")} | {
        "periods": np.repeat(whole.periods[:1], units),
        "sizes": np.full(units, whole.base),
        "inexact": np.ones(units, dtype=bool),
    }
    for replicate in range(1, 13):
        made = Repeat(Originals(**{**vars(whole), **few}), replicate).make()
        assert len(made.sizes), replicate
