"""The database numbers records as the coding does, without a Python object for each value."""

from __future__ import annotations

from datetime import date

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.model.facts import FACTS, JOURNEYS, PEOPLE, Fact
from dashboard.model.fields import Field
from etl.protect.coding import Coding, Parents
from etl.protect.reading import occurring, read_rows
from tests.support.examples import examples

OPEN = ("BD01", "BD02", "CXB-001", "MY", "o'clock route", 'a "quoted" one')
MONTH = date(2024, 5, 1)


def coding_of(fact: Fact) -> Coding:
    values = {field.name: OPEN for field in fact.dimensions}
    return Coding(fact, values, Parents([]), [MONTH])


def table(connection: duckdb.DuckDBPyConnection, fact: Fact, records: list[dict]) -> None:
    """A relation ``told`` of records, with their number."""
    columns = ", ".join(f'"{field.name}" {field.kind.sql}' for field in fact.dimensions)
    connection.execute(f"CREATE OR REPLACE TABLE told (number INTEGER, {columns})")
    marks = ", ".join("?" * (1 + len(fact.dimensions)))
    for number, record in enumerate(records):
        row = [number, *(record.get(field.name) for field in fact.dimensions)]
        connection.execute(f"INSERT INTO told VALUES ({marks})", row)  # noqa: S608


def values_of(field: Field) -> st.SearchStrategy:
    code = st.sampled_from(OPEN if field.codes is None else field.codes.values)
    return st.none() | (st.lists(code, max_size=6) if field.kind.many else code)


def records_of(fact: Fact) -> st.SearchStrategy[list[dict]]:
    one = st.fixed_dictionaries({field.name: values_of(field) for field in fact.dimensions})
    return st.lists(one, max_size=4)


@settings(max_examples=examples(40), deadline=None)
@given(st.sampled_from(FACTS).flatmap(lambda fact: st.tuples(st.just(fact), records_of(fact))))
def test_reading_numbers_values_as_encoding_does(told: tuple[Fact, list[dict]]) -> None:
    fact, records = told
    coding = coding_of(fact)
    with duckdb.connect(":memory:") as connection:
        table(connection, fact, records)
        rows = read_rows(connection, coding, "told", "number")
    columns = {field.name: [r[field.name] for r in records] for field in fact.dimensions}
    assert rows.dtype == np.int32
    assert rows.tolist() == coding.encode(columns, len(records)).tolist()


def test_rows_stand_in_the_order_asked_for() -> None:
    with duckdb.connect(":memory:") as connection:
        table(connection, PEOPLE, [{"place": "MY"}, {"place": "BD01"}, {"place": "BD02"}])
        rows = read_rows(connection, coding_of(PEOPLE), "told", "number DESC")
    told = coding_of(PEOPLE).decode(rows)
    assert told["place"] == ["BD02", "BD01", "MY"]


def test_a_set_keeps_its_first_three_codes_each_once() -> None:
    twice = ["MY", "BD01", "MY", "BD01", "BD02", "CXB-001"]
    with duckdb.connect(":memory:") as connection:
        table(connection, JOURNEYS, [{"transit": twice}, {"transit": []}])
        rows = read_rows(connection, coding_of(JOURNEYS), "told", "number")
    assert coding_of(JOURNEYS).decode(rows)["transit"] == [["MY", "BD01", "BD02"], None]


@pytest.mark.parametrize(
    ("fact", "record"),
    [(PEOPLE, {"sex": "none of these"}), (JOURNEYS, {"transit": ["MY", "nowhere"]})],
    ids=["one code", "a set"],
)
def test_a_value_without_a_code_is_not_read(fact: Fact, record: dict) -> None:
    with duckdb.connect(":memory:") as connection:
        table(connection, fact, [record])
        with pytest.raises(ValueError, match="holds a value without a code"):
            read_rows(connection, coding_of(fact), "told", "number")


def test_values_that_occur_come_from_events_and_units() -> None:
    with duckdb.connect(":memory:") as connection:
        connection.execute("ATTACH ':memory:' AS units")
        connection.execute("CREATE SCHEMA events")
        for schema, record in (
            ("events", {"origin": "BD01", "transit": ["MY", "MM"]}),
            ("units", {"origin": "BD02", "transit": None, "destination": "IT"}),
        ):
            table(connection, JOURNEYS, [record])
            connection.execute(f"CREATE TABLE {schema}.journeys AS FROM told")  # noqa: S608
        assert occurring(connection, JOURNEYS) == {
            "origin": {"BD01", "BD02"},
            "transit": {"MY", "MM"},
            "destination": {"IT"},
        }
