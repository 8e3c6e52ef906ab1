from __future__ import annotations

from dataclasses import replace
from datetime import date

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.periods import Month
from etl.register import decisions
from etl.register.decisions import Decisions, Duplicate, Erased, Unfinished
from etl.register.tables import create_statements
from etl.settings import OperatorError, Settings
from tests.unit.etl.stores import Intake

DAY = date(2026, 5, 4)


def same(first: str, second: str, kept: str) -> Duplicate:
    a, b = sorted((first, second))
    return Duplicate((a, b), "same", kept, "Rina", DAY)


@pytest.fixture
def store(intake: Intake) -> Settings:
    return intake.settings


def test_nothing_was_decided_in_a_new_store(store: Settings) -> None:
    assert decisions.read(store) == Decisions()
    assert decisions.read(store).erased_ids == frozenset()
    assert decisions.unfinished(store) is None


def test_decisions_are_read_as_they_were_written(store: Settings) -> None:
    every = Decisions(
        (Erased("person", "f" * 32, DAY), Erased("incident", "e" * 32, DAY)),
        (same("a", "b", "b"), Duplicate(("a", "c"), "apart", None, "Rina", DAY)),
        Month(2020, 12),
        Unfinished("erase", ("f" * 32,), ("c" * 32,)),
    )
    decisions.write(store, every)
    assert decisions.read(store) == every
    assert decisions.read(store).erased_ids == {"f" * 32, "e" * 32}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "decisions.json in .* is damaged; restore it from your backup"),
        ("{}", "is damaged"),
        ("[" * 9000, "is damaged"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(
    store: Settings, text: str, sentence: str
) -> None:
    (store.operator / "decisions.json").write_text(text)
    with pytest.raises(OperatorError, match=sentence):
        decisions.read(store)


@pytest.mark.parametrize("work", ["erase", "retain", "join"])
def test_what_was_begun_is_refused_by_name(store: Settings, work: str) -> None:
    decisions.write(store, Decisions(unfinished=Unfinished(work)))
    with pytest.raises(OperatorError, match=r"run `(erase --finish|duplicates)` first"):
        decisions.refuse_unfinished(store)


def test_a_chain_counts_under_one_incident() -> None:
    chain = [same("a", "b", "a"), same("b", "c", "c")]
    assert decisions.counted_incidents(chain) == {"a": "c", "b": "c"}
    ring = [*chain, same("c", "a", "a")]
    assert decisions.counted_incidents(ring) == {"a": "c", "b": "c"}


@given(
    st.lists(
        st.tuples(st.integers(0, 7), st.integers(0, 7), st.booleans()).filter(
            lambda pair: pair[0] != pair[1]
        )
    )
)
def test_whatever_is_joined_counts_once_and_never_in_a_circle(
    pairs: list[tuple[int, int, bool]],
) -> None:
    made = [same(f"i{a}", f"i{b}", f"i{a if first else b}") for a, b, first in pairs]
    counted = decisions.counted_incidents(made)
    assert not set(counted) & set(counted.values())
    groups: list[set[str]] = []
    for entry in made:
        joined = [group for group in groups if group & set(entry.incidents)]
        groups = [group for group in groups if group not in joined]
        groups.append(set(entry.incidents).union(*joined))
    for group in groups:
        roots = {counted.get(id_, id_) for id_ in group}
        assert len(roots) == 1
        assert roots <= group


@pytest.fixture
def register() -> duckdb.DuckDBPyConnection:
    """A register with an incident of two people, one of them referred, and three more."""
    connection = duckdb.connect(":memory:")
    connection.execute("ATTACH ':memory:' AS register")
    for statement in create_statements("register"):
        connection.execute(statement)
    for id_, partner in (("i1", "a"), ("i2", "b"), ("i3", "c"), ("i4", "a")):
        connection.execute(
            "INSERT INTO register.incident (incident_id, partner, report_month, incident_month) "
            "VALUES (?, ?, '2026-05-01', '2026-05-01')",
            [id_, partner],
        )
    connection.execute(
        """INSERT INTO register.person (person_id, incident_id, n, class)
        VALUES ('p1', 'i1', 1, 'undetermined'), ('p2', 'i1', 1, 'undetermined'),
            ('p3', 'i2', 1, 'undetermined')"""
    )
    connection.execute(
        """INSERT INTO register.referral (referral_id, person_id, step, service, status,
            requested_month, consent)
        VALUES ('r1', 'p1', 'first', 'health', 'done', '2026-05-01', 'given'),
            ('r3', 'p3', 'first', 'health', 'done', '2026-05-01', 'given')"""
    )
    connection.execute(
        """INSERT INTO register.classification (person_id, seq, class, decided_month)
        VALUES ('p2', 1, 'undetermined', '2026-05-01')"""
    )
    connection.execute(
        """INSERT INTO register.arrival (table_name, key, load_no, row_no) VALUES
        ('incident', 'i1', 1, 1), ('person', 'p1', 1, 1), ('classification', 'p2|1', 1, 2),
        ('referral', 'r3', 1, 3)"""
    )
    return connection


def ids(connection: duckdb.DuckDBPyConnection, question: str) -> list[str]:
    return [str(row[0]) for row in connection.execute(f"{question} ORDER BY 1").fetchall()]


def test_erased_records_leave_with_everything_that_hangs_on_them(
    store: Settings, register: duckdb.DuckDBPyConnection
) -> None:
    decisions.write(store, Decisions((Erased("incident", "i1", DAY),)))
    decisions.apply(register, store)
    assert ids(register, "SELECT incident_id FROM register.incident") == ["i2", "i3", "i4"]
    assert ids(register, "SELECT person_id FROM register.person") == ["p3"]
    assert ids(register, "SELECT referral_id FROM register.referral") == ["r3"]
    assert ids(register, "SELECT person_id FROM register.classification") == []
    assert ids(register, "SELECT key FROM register.arrival") == ["r3"]


def test_duplicates_name_the_incident_that_counts(
    store: Settings, register: duckdb.DuckDBPyConnection
) -> None:
    joined = Decisions(duplicates=(same("i1", "i2", "i1"), same("i2", "i3", "i3")))
    decisions.write(store, joined)
    question = "SELECT incident_id, duplicate_of FROM register.incident ORDER BY ALL"
    told = [("i1", "i3"), ("i2", "i3"), ("i3", None), ("i4", None)]
    for _ in range(2):
        decisions.apply(register, store)
        assert register.execute(question).fetchall() == told
    decisions.write(store, replace(joined, duplicates=joined.duplicates[:1]))
    decisions.apply(register, store)
    assert ("i2", "i1") in register.execute(question).fetchall()
    assert ("i1", None) in register.execute(question).fetchall()


def test_an_incident_that_is_gone_hides_no_other(
    store: Settings, register: duckdb.DuckDBPyConnection
) -> None:
    decisions.write(store, Decisions((Erased("incident", "i1", DAY),), (same("i1", "i2", "i1"),)))
    decisions.apply(register, store)
    hidden = "SELECT incident_id FROM register.incident WHERE duplicate_of IS NOT NULL"
    assert ids(register, hidden) == []
