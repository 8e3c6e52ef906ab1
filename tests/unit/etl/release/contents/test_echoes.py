"""A release carries its echoes, and anybody can make them again from the file alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.edition import PUBLIC_LEVELS
from dashboard.model.facts import FACTS, PEOPLE
from dashboard.model.periods import Month
from dashboard.model.protection import ECHOES, FEWER_ECHOES, MANY_EVENTS, echoes_of
from dashboard.model.release import echo_columns, echo_table
from dashboard.model.shipped import COUNTRY
from etl.places.gazetteer import Gazetteer
from etl.protect.coding import Parents
from etl.release import assembly
from etl.release.contents import echoes
from etl.release.contents.geography import geography_of
from etl.release.contents.stored_echoes import StoredEchoes
from etl.release.publication import Published
from etl.settings import Settings
from tests.unit.etl.protect import invented
from tests.unit.etl.protect.test_second_process import Numbered
from tests.unit.etl.release import registers

Store = tuple[Settings, Published]
pytestmark = pytest.mark.usefixtures("one_echo_here")
MONTHS = 4


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    settings = registers.make(tmp_path_factory.mktemp("echoes"))
    registers.fill(settings, registers.register_rows(invented.people(30, MONTHS, seed=5)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(echoes, "echoes_of", lambda events, base: min(2, echoes_of(events, base)))
        return settings, registers.publish_to(settings, Month(2023, MONTHS), public=True)


def made_again(path: Path, fact_id: str, replicate: int, folder: Path) -> list[tuple]:
    """Rows of an echo made from a copy of a release without echoes, and of nothing else.

    The connection knows no events, no ledger and no secret.
    """
    copied = folder / "copied.duckdb"
    copied.write_bytes(path.read_bytes())
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{copied}' AS release")
        (fact,) = [each for each in FACTS if each.id == fact_id]
        connection.execute(f"TRUNCATE release.{echo_table(fact)}")
        parents = Parents(echoes.released_areas(connection))
        echoes.create_areas(connection, echoes.released_areas(connection))
        repeat = echoes.Repeat(echoes.read_originals(connection, fact, parents), replicate)
        echoes._insert(connection, repeat, repeat.make(), f"release.{echo_table(fact)}")
        return connection.execute(f"FROM release.{echo_table(fact)} ORDER BY ALL").fetchall()  # noqa: S608


@pytest.mark.parametrize("audience", ["member", "public"])
@pytest.mark.parametrize("fact_id", ["people", "legs", "endings"])
def test_the_file_alone_gives_its_echoes_again(
    store: Store, audience: str, fact_id: str, tmp_path: Path
) -> None:
    path = store[1].path if audience == "member" else store[1].public
    assert path
    held = registers.ask(path, f"FROM echo_{fact_id} WHERE replicate = 2 ORDER BY ALL")  # noqa: S608
    assert held
    assert made_again(path, fact_id, 2, tmp_path) == held


def test_the_order_of_rows_in_the_file_does_not_matter(store: Store, tmp_path: Path) -> None:
    shuffled = tmp_path / "shuffled.duckdb"
    shuffled.write_bytes(store[1].path.read_bytes())
    with duckdb.connect(str(shuffled)) as connection:
        connection.execute("CREATE TABLE other AS FROM people ORDER BY hash(people)")
        connection.execute("DELETE FROM people")
        connection.execute("INSERT INTO people FROM other")
        connection.execute("DROP TABLE other")
        held = connection.execute("FROM echo_people WHERE replicate = 1 ORDER BY ALL").fetchall()
    assert made_again(shuffled, "people", 1, tmp_path) == held


def test_an_echo_has_the_columns_of_its_fact_and_sums_to_its_records(store: Store) -> None:
    for fact in FACTS:
        assert echo_columns(fact) == (("replicate", "INTEGER"), *fact.columns)
        for replicate, both, units, records in registers.read(
            store[1],
            f"""SELECT replicate, sum(size), min(size) FILTER (size > 0),
                count(*) FILTER (size = -1) FROM echo_{fact.id} GROUP BY ALL""",  # noqa: S608
        ):
            assert replicate in (1, 2)
            assert -2 * fact.base < both <= 0
            assert units >= fact.base
            assert records > 0


@pytest.mark.parametrize(("audience", "every"), [("member", False), ("public", True)])
def test_what_is_not_told_as_exact_is_not_exact_in_echoes_of_the_public(
    store: Store, audience: str, every: bool, tmp_path: Path
) -> None:
    """Sizes of the members' units tell what made a total inexact, those of the public do not."""
    path = store[1].path if audience == "member" else store[1].public
    assert path
    copied = tmp_path / "copied.duckdb"
    copied.write_bytes(path.read_bytes())
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{copied}' AS release")
        parents = Parents(echoes.released_areas(connection))
        connection.execute("UPDATE release.block_total SET exact = true")
        assert not echoes.read_originals(connection, PEOPLE, parents).inexact.any()
        connection.execute("UPDATE release.block_total SET exact = false")
        shown = echoes.read_originals(connection, PEOPLE, parents)
        assert shown.inexact.all() == every


def test_areas_of_an_echo_are_those_of_its_places(store: Store) -> None:
    above = "SELECT DISTINCT place, upazila, district, division, country FROM {}"
    of_units = dict((row[0], row[1:]) for row in registers.read(store[1], above.format("people")))
    for place, *areas in registers.read(store[1], above.format("echo_people")):
        if place in of_units:
            assert of_units[place] == tuple(areas)


def test_echoes_of_the_public_name_no_place_below_the_district(store: Store) -> None:
    assert store[1].public
    finer = """SELECT count(*) FROM echo_people LEFT JOIN place ON code = echo_people.place
        WHERE upazila IS NOT NULL OR NOT list_contains(?, level)"""
    assert registers.ask(store[1].public, finer, list(PUBLIC_LEVELS)) == [(0,)]


def test_areas_are_told_by_the_tables_of_a_release() -> None:
    """Also those of places that belonged to another of their level for a time."""
    for geography in (known := geography_of(Gazetteer.load(COUNTRY)), known.public):
        with duckdb.connect() as connection:
            connection.execute("CREATE SCHEMA release")
            connection.execute("CREATE TABLE release.place (code VARCHAR, level VARCHAR)")
            connection.execute(
                "INSERT INTO release.place SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[])",
                [[place[n] for place in geography.places] for n in range(2)],
            )
            types = ("VARCHAR", "VARCHAR", "VARCHAR", "DATE", "DATE")
            columns = ", ".join(
                f"unnest(?::{type_}[]) AS {name}"
                for name, type_ in zip(
                    ("code", "level", "parent", "valid_from", "valid_to"), types, strict=True
                )
            )
            connection.execute(
                f"CREATE TABLE release.place_parent AS SELECT {columns}",
                [[row[n] for row in geography.ancestors] for n in range(5)],
            )
            assert set(echoes.released_areas(connection)) == set(geography.areas)


def test_times_outside_some_spans() -> None:
    one, two, three = (date(year, 1, 1) for year in (2021, 2022, 2023))
    assert [*echoes._gaps([])] == [(None, None)]
    assert [*echoes._gaps([(one, two)])] == [(None, one), (two, None)]
    assert [*echoes._gaps([(two, None), (None, one)])] == [(one, two)]
    assert [*echoes._gaps([(None, one), (one, two)])] == [(two, None)]
    assert [*echoes._gaps([(one, two), (three, None)])] == [(None, one), (two, three)]


def test_how_many_echoes_a_fact_has() -> None:
    assert echoes_of(MANY_EVENTS - 1, PEOPLE.base) == ECHOES == 4
    assert echoes_of(MANY_EVENTS, PEOPLE.base) == FEWER_ECHOES == 2
    assert echoes_of(MANY_EVENTS, 1) == 0


def test_records_have_no_echoes(tmp_path: Path) -> None:
    settings = registers.make(tmp_path)
    registers.fill(settings, registers.register_rows(invented.people(20, 1, seed=1), referrals=0))
    release = registers.publish_to(settings, Month(2023, 1), base=1)
    for fact in FACTS:
        assert registers.read(release, f"SELECT count(*) FROM echo_{fact.id}") == [(0,)]  # noqa: S608


@pytest.mark.parametrize(
    ("tampering", "finding"),
    [
        ("DELETE FROM release.echo_people", "echo_people has not 1 echoes"),
        ("UPDATE release.echo_people SET sex = 'male'", "echo_people is not what its units give"),
        (
            "UPDATE release.echo_people SET month = month + INTERVAL 9 YEAR WHERE size > 0",
            "echo_people is not what its units give",
        ),
        ("UPDATE release.echo_people SET size = 20 WHERE size > 0", "does not sum to its records"),
        ("UPDATE release.echo_people SET replicate = 2", "echo_people has not 1 echoes"),
    ],
)
def test_echoes_of_something_else_stop_a_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tampering: str, finding: str
) -> None:
    def spoiled(connection: duckdb.DuckDBPyConnection, kept: StoredEchoes) -> echoes.Filling:
        filled = echoes.fill_echoes(connection, kept)
        connection.execute(tampering)
        return filled

    monkeypatch.setattr(assembly, "fill_echoes", spoiled)
    settings = registers.make(tmp_path)
    registers.fill(settings, registers.register_rows(invented.people(20, 1, seed=1), referrals=0))
    with pytest.raises(RuntimeError, match=finding):
        registers.publish_to(settings, Month(2023, 1))


def test_two_processes_make_the_echoes_that_one_makes(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    copied = tmp_path / "copied.duckdb"
    copied.write_bytes(store[1].path.read_bytes())
    held = {f.id: registers.ask(copied, f"FROM {echo_table(f)} ORDER BY ALL") for f in FACTS}
    monkeypatch.setattr(echoes, "echoes_of", lambda events, base: min(2, echoes_of(events, base)))
    monkeypatch.setattr(echoes, "is_worth", lambda events, blocks: True)
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{copied}' AS release")
        for fact in FACTS:
            connection.execute(f"TRUNCATE release.{echo_table(fact)}")
        echoes.fill_echoes(connection)
        again = {
            fact.id: connection.execute(
                f"FROM release.{echo_table(fact)} ORDER BY ALL"  # noqa: S608
            ).fetchall()
            for fact in FACTS
        }
    assert again == held
    assert {row[0] for row in held["people"]} == {1, 2}


@pytest.mark.parametrize(
    ("again", "unlike"),
    [
        ("(2025, 1), (2025, 1), (2026, 2)", False),
        ("(2026, 2), (2025, 1), (2025, 1)", False),
        ("(2025, 1), (2026, 2)", True),  # a row that stands twice is two
        ("(2025, 1), (2025, 1), (2026, 2), (2026, 2)", True),
        ("(2025, 1), (2025, 2), (2026, 2)", True),
        ("(2025, 1), (2025, 1), (2027, 2)", True),
        ("(2025, 1), (2025, 1), (2026, 2), (NULL, 2)", True),
    ],
)
def test_rows_are_compared_as_often_as_they_stand(again: str, *, unlike: bool) -> None:
    held = "FROM (VALUES (2025, 1), (2025, 1), (2026, 2)) AS t(part, value)"
    with duckdb.connect() as connection:
        other = f"FROM (VALUES {again}) AS t(other_part, value)"
        one, two = (echoes.row_sum(connection, query, {}) for query in (held, other))
        assert (one != two) is unlike


class Slow:
    """Answers of which one more is ready at every other look."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self._left = list(numbers)
        self._looks = 0

    def is_ready(self) -> bool:
        self._looks += 1
        return bool(self._left) and self._looks % 2 == 0

    def __next__(self) -> int:
        return self._left.pop(0)


@given(there=st.sets(st.integers(0, 9)))
def test_echoes_come_in_their_order_wherever_they_are_made(there: set[int]) -> None:
    every: Any = [Numbered(number) for number in range(10)]
    here = [number for number in range(10) if number not in there]
    answers: Any = Slow(sorted(there))
    assert [*echoes._in_order(every, here, sorted(there), answers)] == list(range(10))


def test_an_echo_made_here_waits_for_none_from_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Slow, "is_ready", lambda self: bool(self._left))
    every: Any = [Numbered(number) for number in range(4)]
    answers: Any = Slow([2, 3])
    made = echoes._in_order(every, [0, 1], [2, 3], answers)
    assert [next(made), next(made)] == [0, 1]
    assert answers._left == [2, 3]
    assert list(made) == [2, 3]
