"""A release that was built through the publisher is what the contract says, and nothing more."""

from __future__ import annotations

import re

import duckdb
import pytest

from dashboard.model.codes import CODE_LISTS
from dashboard.model.facts import FACTS, MEMBER_FACTS, Fact
from dashboard.model.fields import Kind
from dashboard.model.release import CONTRACT_VERSION, TABLES
from etl.protect.ledger import FILE_NAME
from etl.release.contents.labels import registry_digest
from etl.release.publication import Published
from etl.settings import Settings
from tests.unit.etl.release import registers

Store = tuple[Settings, Published]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return registers.published(tmp_path_factory.mktemp("contract"), people=40, months=9)


def test_the_file_has_the_tables_and_columns_of_the_contract(store: Store) -> None:
    found = registers.read(
        store[1],
        "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal",
    )
    expected = [
        (table, name, type_) for table, columns in TABLES.items() for name, type_ in columns
    ]
    assert sorted(found) == sorted(expected)


def test_the_file_has_no_view_sequence_or_index(store: Store) -> None:
    for kind in ("views() WHERE NOT internal", "sequences()", "indexes()"):
        assert registers.read(store[1], f"SELECT count(*) FROM duckdb_{kind}") == [(0,)]  # noqa: S608


@pytest.mark.parametrize("fact", MEMBER_FACTS, ids=lambda fact: fact.id)
def test_units_sum_to_their_block_and_none_is_below_the_base(store: Store, fact: Fact) -> None:
    settings, release = store
    shown = registers.read(
        release,
        f"SELECT {fact.time.name}, sum(size)::BIGINT FROM {fact.id} GROUP BY ALL ORDER BY ALL",  # noqa: S608
    )
    with duckdb.connect(str(settings.units / FILE_NAME), read_only=True) as connection:
        blocks = connection.execute(
            "SELECT period, n FROM block WHERE fact = ? AND n > 0 ORDER BY ALL", [fact.id]
        ).fetchall()
    assert shown
    assert shown == blocks
    assert registers.read(release, f"SELECT min(size) >= {fact.base} FROM {fact.id}") == [(True,)]  # noqa: S608


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.id)
def test_units_lie_in_the_order_of_time(store: Store, fact: Fact) -> None:
    periods = registers.read(store[1], f"SELECT {fact.time.name} FROM {fact.id}")  # noqa: S608
    assert periods == sorted(periods)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.id)
def test_every_code_has_a_label(store: Store, fact: Fact) -> None:
    for field in fact.dimensions:
        value = f"unnest({field.name})" if field.kind.many else field.name
        listed = (
            "SELECT code FROM place"
            if field.kind in (Kind.PLACE, Kind.PLACES)
            else f"""SELECT code FROM code JOIN dimension USING (code_list)
                WHERE fact = '{fact.id}' AND name = '{field.name}'"""  # noqa: S608
        )
        unknown = registers.read(
            store[1],
            f"""SELECT DISTINCT code FROM (SELECT {value} AS code FROM {fact.id})
            WHERE code IS NOT NULL AND code NOT IN ({listed})""",  # noqa: S608
        )
        assert unknown == [], field.name


def test_the_release_describes_every_dimension_and_code(store: Store) -> None:
    dimensions = registers.read(store[1], "SELECT fact, name FROM dimension ORDER BY ALL")
    assert dimensions == sorted(
        (fact.id, field.name) for fact in FACTS for field in (fact.time, *fact.dimensions)
    )
    labels = registers.read(store[1], "SELECT code_list, code, label_en FROM code")
    assert {(c.id, code.code, code.en) for c in CODE_LISTS for code in c} < set(labels)
    assert ("route", "Route one", "Route one") in labels


def test_there_is_one_edition_of_this_registry(store: Store) -> None:
    (edition,) = registers.read(
        store[1], "SELECT release_id, contract_version, registry_digest FROM edition"
    )
    assert edition == (store[1].release_id, CONTRACT_VERSION, registry_digest())
    assert re.fullmatch(r"\d{4}-\d{2}-\d{8}T\d{6}-[0-9a-f]{8}", edition[0])


def test_every_check_is_recorded_as_passed(store: Store) -> None:
    checks = registers.read(store[1], "SELECT name, passed FROM build_check")
    assert len(checks) == store[1].checks >= 11
    assert all(passed for _, passed in checks)


def test_it_says_of_every_closed_block_whether_its_total_is_exact(store: Store) -> None:
    settings, release = store
    told = registers.read(release, "SELECT fact, period, exact FROM block_total ORDER BY ALL")
    stored = registers.ask(
        settings.units / FILE_NAME,
        "SELECT fact, period, exact AND n > 0 FROM block WHERE kind = 'closed' ORDER BY ALL",
    )
    late = registers.ask(
        settings.units / FILE_NAME,
        " UNION ALL ".join(
            f"SELECT DISTINCT '{fact.id}', {fact.time.name} FROM {fact.id} "  # noqa: S608
            "WHERE block_kind = 'late'"
            for fact in FACTS
        ),
    )
    assert told == [(fact, period, exact and (fact, period) not in late)
                    for fact, period, exact in stored]  # fmt: skip
    assert any(exact for *_, exact in told)


def test_every_month_of_the_span_has_a_band_of_coverage(store: Store) -> None:
    assert registers.read(
        store[1],
        """SELECT count(*) = date_diff('month', any_value(first_month), any_value(last_month)) + 1
        FROM coverage, edition""",
    ) == [(True,)]


def test_its_many_small_tables_lie_in_small_blocks(store: Store) -> None:
    size = "SELECT block_size FROM pragma_database_size() WHERE database_name = 'asked'"
    assert registers.read(store[1], size) == [(65_536,)]


def test_no_key_partner_or_title_of_a_source_is_in_the_file(store: Store) -> None:
    settings, release = store
    texts: set[str] = set()
    for table, columns in TABLES.items():
        for name, type_ in columns:
            if type_.startswith("VARCHAR"):
                value = f"unnest({name})" if type_.endswith("[]") else name
                found = registers.read(release, f"SELECT DISTINCT {value} FROM {table}")  # noqa: S608
                texts |= {text for (text,) in found if text is not None}
    with duckdb.connect(str(settings.register), read_only=True) as connection:
        keys = connection.execute("SELECT person_id FROM person").fetchall()
    assert "recruitment" in texts
    assert not texts & ({key for (key,) in keys} | {"partner-a", "partner-b", "A title"})
