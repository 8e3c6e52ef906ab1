"""Stored units outlive the shape of their tables and of the registry."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from dashboard.model.facts import FACTS, PEOPLE
from dashboard.model.periods import Month
from etl.protect import history, ledger
from etl.release.contents.protection import block_totals
from tests.unit.etl.protect import errors, invented
from tests.unit.etl.protect.store import Store

JUNE = Month(2023, 6)
STEPS = PEOPLE["identification_step"].codes.values[:2]


def books(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for table, column, type_ in connection.execute(
        """SELECT table_name, column_name, data_type FROM duckdb_columns()
        WHERE database_name = 'units'"""
    ).fetchall():
        found.setdefault(table, []).append((column, type_))
    return {table: sorted(columns) for table, columns in found.items()}


def older_units(connection: duckdb.DuckDBPyConnection) -> None:
    """Books as they were before late blocks, with one block of people."""
    connection.execute(
        """CREATE TABLE units.block (fact VARCHAR NOT NULL, period DATE NOT NULL,
            base INTEGER NOT NULL, n BIGINT NOT NULL, PRIMARY KEY (fact, period));
        CREATE TABLE units.ledger (fact VARCHAR NOT NULL, record_key VARCHAR NOT NULL,
            period DATE NOT NULL, PRIMARY KEY (fact, record_key));
        CREATE TABLE units.edition (release_id VARCHAR PRIMARY KEY, blocks BIGINT NOT NULL);
        INSERT INTO units.block VALUES ('people', DATE '2023-01-01', 5, 11);
        INSERT INTO units.ledger VALUES ('people', '000001', DATE '2023-01-01');
        INSERT INTO units.edition VALUES ('2023-01-a', 1)"""
    )
    for fact in FACTS:
        columns = ", ".join(f"{name} {type_}" for name, type_ in ledger.unit_columns(fact))
        connection.execute(f"CREATE TABLE units.{fact.id} ({columns}, shuffle UBIGINT NOT NULL)")
    connection.execute(
        """INSERT INTO units.people BY NAME
        SELECT DATE '2023-01-01' AS month, 'female' AS sex, unnest([5, 6]) AS size, 7 AS shuffle"""
    )


def test_older_units_are_brought_to_the_shape_of_today(tmp_path: Path) -> None:
    new, old = duckdb.connect(":memory:"), duckdb.connect(":memory:")
    new.execute("ATTACH ':memory:' AS units")
    ledger.ensure_tables(new)
    old.execute(f"ATTACH '{tmp_path / ledger.FILE_NAME}' AS units")
    older_units(old)
    for _ in range(2):
        ledger.ensure_tables(old)
        assert books(old) == books(new)
        old.execute("DETACH units")
        old.execute(f"ATTACH '{tmp_path / ledger.FILE_NAME}' AS units")
    assert old.execute("SELECT fact, period, kind, base, n, exact FROM units.block").fetchall() == [
        ("people", date(2023, 1, 1), "closed", 5, 11, True)
    ]
    assert old.execute("SELECT fact, record_key, period, kind FROM units.ledger").fetchall() == [
        ("people", "000001", date(2023, 1, 1), "closed")
    ]
    assert old.execute(
        "SELECT sex, size, block_period, block_kind FROM units.people ORDER BY size"
    ).fetchall() == [
        ("female", 5, date(2023, 1, 1), "closed"),
        ("female", 6, date(2023, 1, 1), "closed"),
    ]
    assert block_totals(old) == [("people", date(2023, 1, 1), True)]
    with pytest.raises(duckdb.ConstraintException):
        old.execute(
            "INSERT INTO units.block VALUES ('people', DATE '2023-01-01', 'closed', 5, 0, true)"
        )


def test_what_waited_in_older_units_is_taken_by_the_first_late_block() -> None:
    store = Store()
    store.connection.execute("DETACH units")
    store.connection.execute("ATTACH ':memory:' AS units")
    older_units(store.connection)
    ledger.ensure_tables(store.connection)
    events = invented.people(20, 6, seed=1)
    store.arrive(events)
    report = store.close(JUNE)["people"]
    assert report.closed[0] == "2023-02"
    assert "2023-Q1 late" in report.closed
    january = sum(event["month"] == date(2023, 1, 1) for event in events)
    late = store.rows("SELECT n FROM units.block WHERE kind = 'late' AND period = '2023-01-01'")
    assert late == [((january - 1) // 5 * 5,)]
    assert (report.late, report.few) == (0, 0)


def forget(store: Store, dimension: str) -> None:
    """Make the stored units as they were before the registry knew a dimension."""
    store.connection.execute("DELETE FROM units.fold WHERE dimension = ?", [dimension])
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


def test_a_new_attribute_that_folds_is_decided_at_its_first_block() -> None:
    events = [e | {"key": f"{n:06d}"} for n, e in enumerate(invented.people(50, 18, seed=1))]
    store = Store()
    store.arrive([event for event in events if event["month"] <= date(2024, 2, 1)])
    store.close(Month(2024, 2))
    forget(store, "promise")
    ledger.ensure_tables(store.connection)
    found = history.read_history(store.connection, PEOPLE, invented.parents())
    assert found.held_since == {"promise": None}
    store.arrive([event for event in events if event["month"] > date(2024, 2, 1)])
    store.close(JUNE.plus(12))
    decided = store.rows(
        "SELECT DISTINCT from_period FROM units.fold WHERE dimension = 'promise' ORDER BY 1"
    )
    assert decided == [(date(2024, 3, 1),), (date(2024, 4, 1),)]
    later = [unit for unit in store.units() if unit["month"] > date(2024, 2, 1)]
    assert len({unit["promise"][0] for unit in later if unit["promise"]}) >= 3
