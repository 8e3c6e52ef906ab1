"""A file that breaks the contract is never published."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dashboard.model.periods import Month
from etl.protect.ledger import FILE_NAME
from etl.release import publication
from etl.settings import Settings
from tests.unit.etl.protect import invented
from tests.unit.etl.release import registers

ONE = "WHERE rowid = (SELECT min(rowid) FROM people)"


@pytest.fixture
def store(tmp_path: Path) -> Settings:
    settings = registers.make(tmp_path)
    registers.fill(settings, registers.register_rows(invented.people(20, 2, seed=1)))
    registers.publish_to(settings, Month(2023, 1), base=1)
    return settings


@pytest.mark.parametrize(
    ("tampering", "finding"),
    [
        (f"UPDATE people SET size = size + 1 {ONE}", "people of 2023-01 do not sum"),  # noqa: S608
        (f"UPDATE people SET size = 0 {ONE}", "people has units below 1"),  # noqa: S608
        (
            f"UPDATE people SET class = 'smuggling', scope = 'internal' {ONE}",  # noqa: S608
            "people has smuggling inside",
        ),
        (f"UPDATE people SET sex = 'x' {ONE}", r"people\.sex has unknown codes"),  # noqa: S608
        (f"UPDATE people SET place = 'BD99' {ONE}", r"people\.place has unknown codes"),  # noqa: S608
        (f"UPDATE people SET promise = ['x'] {ONE}", r"people\.promise has unknown"),  # noqa: S608
        (
            f"UPDATE people SET month = DATE '2019-01-01' {ONE}",  # noqa: S608
            "people has units outside the edition",
        ),
    ],
)
def test_a_fault_in_the_units_stops_the_release(
    store: Settings, tampering: str, finding: str
) -> None:
    before = sorted(path.name for path in store.releases.iterdir())
    with duckdb.connect(str(store.units / FILE_NAME)) as connection:
        connection.execute(tampering)
    with pytest.raises(RuntimeError, match=finding):
        registers.publish_to(store, Month(2023, 2))
    assert sorted(path.name for path in store.releases.iterdir()) == before


def test_a_table_that_the_contract_does_not_know_stops_the_release(
    store: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill = publication.build_release

    def with_more(connection: duckdb.DuckDBPyConnection, *rest: object) -> None:
        fill(connection, *rest)
        connection.execute("CREATE TABLE release.truth AS SELECT 1 AS n")

    monkeypatch.setattr(publication, "build_release", with_more)
    with pytest.raises(RuntimeError, match="table truth is not that of the contract"):
        registers.publish_to(store, Month(2023, 2))
