"""The public gets units of units: twice as large, as coarse as districts, and nothing else."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from dashboard.model.facts import FACTS, INCIDENTS, JOURNEYS, PEOPLE
from dashboard.model.fields import Kind
from dashboard.model.periods import Month
from etl.release.contents.protection import block_totals
from tests.unit.etl.protect import errors, invented
from tests.unit.etl.protect.store import Store, closed, closed_as_they_arrive, public_of

FIRST = Month(2023, 1)
LAST = Month(2024, 6)
COARSE = {invented.HOME, *invented.DISTRICTS, "BD9", "BD", *invented.ABROAD, "SEA-BOB", None}


@pytest.fixture(scope="module")
def members() -> Store:
    events = invented.people(60, 18, seed=3)
    random = np.random.default_rng(3)
    lags = np.where(random.random(len(events)) < 0.15, random.integers(1, 4, len(events)), 0)
    arrivals = [
        Month.of(e["month"]).plus(lag).first_day
        for e, lag in zip(events, lags.tolist(), strict=True)
    ]
    store = closed_as_they_arrive(events, arrivals, [FIRST.plus(step) for step in range(18)])
    journeys = [
        event
        | {
            "month": Month.of(event["month"]).quarter_start.first_day,
            "origin": event["place"],
            "transit": [invented.CAMPS[0], invented.UPAZILAS[1], "SEA-BOB"],
        }
        for event in events
    ]
    store.arrive(journeys, JOURNEYS)
    store.arrive([event | {"route": "Route one"} for event in events], INCIDENTS)
    store.close(LAST)
    return store


@pytest.fixture(scope="module")
def public(members: Store) -> Store:
    store = public_of(members)
    store.close(LAST, audience="public")
    return store


def test_public_units_are_at_least_twice_the_base(public: Store) -> None:
    for fact in (PEOPLE, INCIDENTS, JOURNEYS):
        units = public.units(fact)
        assert units
        assert min(unit["size"] for unit in units) >= 2 * fact.base


def test_public_places_are_districts_divisions_countries_and_seas(public: Store) -> None:
    for fact in FACTS:
        for field in fact.dimensions:
            for unit in public.units(fact):
                if field.kind is Kind.PLACE:
                    assert unit[field.name] in COARSE
                elif field.kind is Kind.PLACES:
                    assert set(unit[field.name] or ()) <= COARSE
                elif field.kind is Kind.NAME:
                    assert unit[field.name] is None


def test_the_members_places_are_finer(members: Store) -> None:
    assert not {unit["place"] for unit in members.units()} <= COARSE
    assert {unit["route"] for unit in members.units(INCIDENTS)} == {"Route one"}


def test_a_set_of_places_is_generalised_in_its_order(public: Store) -> None:
    told = {tuple(event["transit"] or ()) for event in public.events(JOURNEYS)}
    assert told == {(invented.HOME, "SEA-BOB")}


def test_public_events_are_the_members_units(members: Store, public: Store) -> None:
    sizes = sorted(event["n"] for event in public.events())
    assert sizes == sorted(unit["size"] for unit in members.units())
    keys = [event["record_key"] for event in public.events()]
    assert len(set(keys)) == len(keys)


def test_public_totals_are_those_the_members_see(members: Store, public: Store) -> None:
    shown = errors.counts(
        [u for u in members.units() if u["block_kind"] == "closed"], (), errors.month
    )
    exact = {
        p: told for fact, p, told in block_totals(public.connection, "public") if fact == "people"
    }
    for period, n in public.rows(
        "SELECT period, n FROM units.block WHERE fact = 'people' AND kind = 'closed'"
    ):
        assert shown[errors.month(period), ()] == n
    touched = {unit["month"] for unit in public.units() if unit["block_kind"] == "late"}
    assert touched
    assert {period for period, told in exact.items() if not told} == touched


def test_a_total_of_two_partners_is_no_more_exact_for_the_public_than_for_members() -> None:
    events = invented.people(33, 3, seed=5)
    for number, event in enumerate(events):
        event["partner"] = "ab"[number % 2]
    next(event for event in events if event["month"] == date(2023, 2, 1))["partner"] = "c"
    members = closed(events, Month(2023, 3))
    public = public_of(members)
    public.close(Month(2023, 3), audience="public")
    told = [
        {period: exact for fact, period, exact in found if fact == "people"}
        for found in (
            block_totals(members.connection),
            block_totals(public.connection, "public"),
        )
    ]
    assert told[0] == told[1]
    assert list(told[0].values()) == [False, True, False]


def test_a_late_member_unit_becomes_part_of_a_public_late_block(public: Store) -> None:
    rows = public.rows(
        """SELECT ledger.kind, ledger.period >= late.quarter
        FROM units.ledger
        JOIN events.late USING (fact, record_key)"""
    )
    assert rows
    assert set(rows) == {("late", True)}


def test_a_member_unit_is_taken_up_once(members: Store, public: Store) -> None:
    taken = public.rows(
        """SELECT count(*), count(DISTINCT record_key) FROM units.ledger WHERE fact = 'people'"""
    )
    waiting = public.rows(
        """SELECT count(*) FROM events.people
        ANTI JOIN (FROM units.ledger WHERE fact = 'people') USING (record_key)"""
    )
    assert taken == [(len(members.units()) - waiting[0][0],) * 2]
    assert public.close(LAST, audience="public")["people"].units == 0


def test_public_units_differ_from_what_one_secret_alone_would_give(members: Store) -> None:
    again = public_of(members)
    again.close(LAST, audience="public")
    keys = {unit["shuffle"] for unit in again.units()}
    assert not keys & {unit["shuffle"] for unit in members.units()}


def test_public_totals_of_a_class_are_right_enough(public: Store) -> None:
    truth, units = public.truth(), public.units()
    assert errors.mean_error(truth, units, ("class_group",), errors.year) <= 10
    assert errors.mean_error(truth, units, ("class_group",), errors.month) <= 6
    assert date(2023, 1, 1) in {unit["month"] for unit in units}
