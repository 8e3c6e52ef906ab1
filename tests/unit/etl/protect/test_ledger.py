"""Stored units outlive the shape of their tables and of the registry."""

from __future__ import annotations

from dashboard.model.facts import PEOPLE
from dashboard.model.periods import Month
from etl.protect import ledger
from tests.unit.etl.protect import errors, invented
from tests.unit.etl.protect.store import Store

JUNE = Month(2023, 6)
STEPS = PEOPLE["identification_step"].codes.values[:2]


def forget(store: Store, dimension: str) -> None:
    """Make the stored units as they were before the registry knew a dimension."""
    store.connection.execute(f"ALTER TABLE units.people DROP COLUMN {dimension}")


def test_a_new_attribute_is_not_recorded_in_older_units() -> None:
    events = [e | {"key": f"{n:06d}"} for n, e in enumerate(invented.people(50, 12, seed=1))]
    for number, event in enumerate(events):
        event["identification_step"] = STEPS[number % 2]
    store = Store()
    store.arrive([event for event in events if event["month"] <= JUNE.first_day])
    store.close(JUNE)
    forget(store, "identification_step")
    before = store.rows("SELECT * FROM units.people ORDER BY ALL")
    ledger.ensure_tables(store.connection)
    assert (
        store.rows("SELECT * EXCLUDE (identification_step) FROM units.people ORDER BY ALL")
        == before
    )
    assert store.rows("SELECT DISTINCT identification_step FROM units.people") == [(None,)]
    of_people = store.rows("FROM units.block WHERE fact = 'people'")
    assert len(store.rows("FROM units.lack")) == len(of_people)

    store.arrive([event for event in events if event["month"] > JUNE.first_day])
    store.close(Month(2023, 12))
    new = [unit for unit in store.units() if unit["month"] > JUNE.first_day]
    old = [unit for unit in store.units() if unit["month"] <= JUNE.first_day]
    assert {unit["identification_step"] for unit in old} == {None}
    assert {unit["identification_step"] for unit in new} == set(STEPS)
    told = store.truth()
    assert {e["identification_step"] for e in told if e["month"] <= JUNE.first_day} == {None}
    assert max(errors.errors(told, store.units(), ("identification_step",), errors.quarter)) <= 10
