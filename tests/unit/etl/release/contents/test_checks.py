"""A file that breaks the contract is never published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from dashboard.model.periods import Month
from etl.protect.ledger import FILE_NAME
from etl.release import assembly
from etl.release.contents.build import build_release
from etl.settings import OperatorError, Settings
from tests.support.sealing import seal_all
from tests.unit.etl.protect import invented
from tests.unit.etl.release import registers

FEBRUARY = Month(2023, 2)
ONE = "WHERE rowid = (SELECT min(rowid) FROM {}people WHERE month = DATE '2023-02-01')"
UNIT = ONE.format("")
SHOWN = ONE.format("release.")


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Settings]:
    """By base, a store with January published and February closed, which no release shows yet."""
    made = {base: registers.make(tmp_path_factory.mktemp(f"base-{base}")) for base in (1, 5)}
    for base, settings in made.items():
        registers.fill(settings, registers.register_rows(invented.people(20, 2, seed=1)))
        registers.publish_to(settings, Month(2023, 1), base=base)
        registers.close_to(settings, FEBRUARY)
    return made


def of_base(made_once: dict[int, Settings], folder: Path, base: int) -> Settings:
    """A copy of one of them, for a test to change."""
    return registers.copied(made_once[base], [], folder)[0]


@pytest.fixture
def records(made_once: dict[int, Settings], tmp_path: Path) -> Settings:
    return of_base(made_once, tmp_path, 1)


@pytest.fixture
def protected(made_once: dict[int, Settings], tmp_path: Path) -> Settings:
    return of_base(made_once, tmp_path, 5)


def refused(settings: Settings, finding: str, **options: bool) -> None:
    before = registers.content(settings)
    with pytest.raises(RuntimeError, match=finding):
        registers.publish_to(settings, FEBRUARY, **options)
    assert registers.content(settings) == before


@pytest.mark.parametrize(
    ("tampering", "finding"),
    [
        (f"UPDATE people SET size = size + 1 {UNIT}", "people of 2023-02 do not sum"),  # noqa: S608
        (f"UPDATE people SET size = 0 {UNIT}", "people has units below 1"),  # noqa: S608
        (
            f"UPDATE people SET class_group = 'smuggling', scope = 'internal' {UNIT}",  # noqa: S608
            "people has smuggling inside",
        ),
        (f"UPDATE people SET sex = 'x' {UNIT}", r"people\.sex has unknown codes"),  # noqa: S608
        (f"UPDATE people SET place = 'BD99' {UNIT}", r"people\.place has unknown codes"),  # noqa: S608
        (f"UPDATE people SET promise = ['x'] {UNIT}", r"people\.promise has unknown"),  # noqa: S608
    ],
)
def test_a_fault_in_the_units_stops_the_release(
    records: Settings, tampering: str, finding: str
) -> None:
    with duckdb.connect(str(records.units / FILE_NAME)) as connection:
        connection.execute(tampering)
    seal_all(records)
    refused(records, finding)


def tamper(monkeypatch: pytest.MonkeyPatch, *statements: str) -> None:
    """Spoil every file after it was filled and before it is checked."""
    fill: Callable[..., None] = build_release

    def spoiled(connection: duckdb.DuckDBPyConnection, *rest: object) -> None:
        fill(connection, *rest)
        for statement in statements:
            connection.execute(statement)

    monkeypatch.setattr(assembly, "build_release", spoiled)


@pytest.mark.parametrize(
    ("tampering", "finding"),
    [
        ("CREATE TABLE release.truth AS SELECT 1 AS n", "table truth is not that of the contract"),
        ("CREATE TABLE release.more AS SELECT 1 AS dither", r"more\.dither is the operator's"),
        (f"DELETE FROM release.people {SHOWN}", "people of 2023-02 do not sum to their units"),  # noqa: S608
        (f"UPDATE release.people SET size = 4 {SHOWN}", "people has units below 5"),  # noqa: S608
        (
            "UPDATE release.people SET month = DATE '2019-01-01'",
            "people has units outside the edition",
        ),
        (
            """INSERT INTO release.event_note
            VALUES (DATE '2023-02-01', DATE '2023-02-01', 'flood', 'BD99', 'A flood', '')""",
            "event_note names places that the release does not",
        ),
        (
            """INSERT INTO release.event_note
            VALUES (DATE '2023-03-01', DATE '2023-03-01', 'war', NULL, 'A war', '')""",
            r"event_note\.kind has unknown codes; event_note tells of no month of the edition",
        ),
        (
            "INSERT INTO release.population VALUES ('BD9', 'nobody', 2023, 'adm_v02', 0)",
            r"population_group has unknown codes; population\.boundaries has unknown codes; "
            "population has places without people",
        ),
    ],
)
def test_a_file_that_shows_something_else_is_stopped(
    protected: Settings, monkeypatch: pytest.MonkeyPatch, tampering: str, finding: str
) -> None:
    tamper(monkeypatch, tampering)
    refused(protected, finding)


@pytest.mark.parametrize("base", [1, 5])
def test_what_published_sources_count_stands_in_no_release_of_partners(
    made_once: dict[int, Settings], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, base: int
) -> None:
    boats = """INSERT INTO release.boats BY NAME
        SELECT DATE '2023-02-01' AS month, 'SEA-BOB' AS sea_area, 7 AS size"""
    settings = of_base(made_once, tmp_path, base)
    tamper(monkeypatch, boats)
    refused(settings, "boats stands beside what partners reported")


@pytest.mark.parametrize(
    ("base", "refusal", "told"),
    [
        (5, OperatorError, "published already"),
        (1, RuntimeError, "voyages stands beside what partners reported"),
    ],
)
def test_voyages_in_the_register_of_partners_reach_no_release(
    made_once: dict[int, Settings], tmp_path: Path, base: int, refusal: type[Exception], told: str
) -> None:
    settings = of_base(made_once, tmp_path, base)
    voyage = {"voyage_id": "v", "month": FEBRUARY.first_day, "sea_area": "SEA-BOB", "arrived": 7}
    registers.fill(settings, {"voyage": [voyage]})
    before = registers.content(settings)
    with pytest.raises(refusal, match=told):
        registers.publish_to(settings, Month(2023, 5))
    assert registers.content(settings) == before


def test_a_public_file_that_names_an_upazila_is_stopped(
    protected: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    fine = f"""UPDATE release.people SET upazila = '{invented.UPAZILAS[0]}'
        WHERE (SELECT audience FROM release.edition) = 'public'"""  # noqa: S608
    tamper(monkeypatch, fine)
    refused(protected, "people names places below the district", public=True)
