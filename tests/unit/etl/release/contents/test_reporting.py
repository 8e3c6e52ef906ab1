"""Which upazilas somebody reports from: by declared areas, as yes or no, and never by whom."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.periods import Month, Span
from dashboard.release.open_release import Release
from etl.declaration import SourceError
from etl.release.contents.reporting import (
    DeclaredAreas,
    Reported,
    by_district,
    counted_reporting,
    released_reporting,
    reporting_rows,
    reporting_to_publish,
)
from etl.release.publication import Published
from etl.settings import OperatorError, Settings
from tests.support.releases import build_release
from tests.unit.etl.protect import invented
from tests.unit.etl.release import registers
from tests.unit.etl.stores import SOURCES

SPAN = Span.parse("2023-01..2023-08")
MARCH = Month(2023, 3)
FIRST, SECOND, OTHER = invented.UPAZILAS[:3]
EVERYWHERE = frozenset(invented.UPAZILAS)
AREAS = st.sampled_from(["BD2022", "BD2015", "BD3026"])
REPORTED = st.frozensets(st.tuples(AREAS, st.sampled_from(list(SPAN))))


@given(REPORTED)
def test_rows_tell_exactly_the_months_that_were_counted(reported: Reported) -> None:
    rows = reporting_rows(reported, SPAN)
    told = [
        (area, month)
        for area, since, until in rows
        for month in Span(Month.of(since), Month.of(until).plus(-1) if until else SPAN.end)
    ]
    assert sorted(told) == sorted(reported)
    # Runs stand apart: one that ends where another begins would be one.
    assert not {(area, until) for area, _, until in rows} & {(a, since) for a, since, _ in rows}


def test_a_release_gives_back_what_it_was_told(tmp_path: Path) -> None:
    reported = frozenset({("BD2022", month) for month in list(SPAN)[2:]} | {("BD2015", MARCH)})
    rows = [
        (area, str(Month.of(since)), until and str(Month.of(until)))
        for area, since, until in reporting_rows(reported, SPAN)
    ]
    path = tmp_path / "made.duckdb"
    build_release(path, months=SPAN.months, last_month=SPAN.end, units={}, reporting=rows)
    assert released_reporting(path) == reported
    release = Release(path)
    assert release.reporting == {
        "BD2015": (Span(MARCH, MARCH),),
        "BD2022": (Span(MARCH, SPAN.end),),
    }
    release.close()


def test_a_partner_that_declares_nothing_may_work_anywhere() -> None:
    declared = DeclaredAreas({"a": frozenset({FIRST}), "b": None}, EVERYWHERE)
    assert declared.any_declared
    assert declared.covered(["a"]) == {FIRST}
    assert declared.covered(["a", "b"]) == EVERYWHERE
    assert declared.covered(["one of which no file was loaded"]) == EVERYWHERE
    assert declared.covered([]) == frozenset()
    assert not DeclaredAreas({"a": None, "b": None}, EVERYWHERE).any_declared


def test_months_whose_records_are_gone_stay_as_they_were_told() -> None:
    counted = frozenset({(FIRST, Month(2023, 1)), (FIRST, Month(2023, 5))})
    released = frozenset({(SECOND, Month(2023, 1)), (SECOND, Month(2023, 5))})
    assert reporting_to_publish(counted, released, None) == counted
    assert reporting_to_publish(counted, released, MARCH) == {
        (SECOND, Month(2023, 1)), (FIRST, Month(2023, 5)),
    }  # fmt: skip


def test_a_partner_counts_as_reporting_for_two_months_without_an_incident() -> None:
    with duckdb.connect() as connection:
        connection.execute(
            """CREATE SCHEMA events; CREATE SCHEMA units;
            CREATE TABLE events.incidents AS SELECT 'k' AS record_key, DATE '2023-03-01' AS month;
            CREATE TABLE units.ledger AS SELECT 'k' AS record_key, 'incidents' AS fact;
            CREATE TABLE events.partner AS SELECT *, 'a' AS partner FROM units.ledger"""
        )
        declared = DeclaredAreas({"a": frozenset({FIRST})}, EVERYWHERE)
        counted = counted_reporting(connection, SPAN, declared)
    assert counted == {(FIRST, MARCH.plus(later)) for later in range(3)}


def test_the_public_is_told_of_districts() -> None:
    geography = registers.geography()
    reported = frozenset({(FIRST, MARCH), (SECOND, MARCH)})
    assert by_district(reported, geography) == {(invented.HOME, MARCH)}


def declare(settings: Settings, folder: Path, areas: str) -> Settings:
    """A declaration of the register's one source, in a folder of the test."""
    folder.mkdir(exist_ok=True)
    text = (SOURCES / "line-list.toml").read_text(encoding="utf-8")
    named = text.replace('name = "line-list"', f'name = "test"\nareas = {areas}', 1)
    (folder / "test.toml").write_text(named, encoding="utf-8")
    return Settings(store=settings.store, secrets=settings.secrets, sources=folder)


def one_partner(folder: Path) -> Settings:
    """A store of six months in which one partner told of everything."""
    settings = registers.make(folder)
    rows = registers.register_rows(invented.people(60, 6, seed=3), referrals=0)
    for incident in rows["incident"]:
        incident["partner"] = "partner-a"
    registers.fill(settings, rows)
    return settings


def told(published: Published) -> dict[str, tuple[Span, ...]]:
    release = Release(published.path)
    release.scan()
    held = dict(release.reporting)
    release.close()
    return held


def test_declared_areas_make_an_edition_that_tells_them(tmp_path: Path) -> None:
    settings = one_partner(tmp_path)
    june = Month(2023, 6)
    assert told(registers.publish_to(settings, june)) == {}
    declared = declare(settings, tmp_path / "sources", f'["{FIRST}"]')
    seen = registers.preview_to(declared, june)
    (beside,) = seen.faces[0].differences.beside
    assert beside.sentence == "Months of reporting added: of 1 area"
    made = registers.publish_to(declared, june)
    assert told(made) == {FIRST: (Span(Month(2023, 1), june),)}
    with pytest.raises(OperatorError, match="No month is due"):
        registers.publish_to(declared, june)
    wider = declare(settings, tmp_path / "sources", f'["{invented.HOME}"]')
    assert told(registers.publish_to(wider, june)).keys() == EVERYWHERE


def test_the_public_edition_follows_from_that_of_the_members(tmp_path: Path) -> None:
    settings = declare(one_partner(tmp_path), tmp_path / "sources", f'["{FIRST}", "{OTHER}"]')
    made = registers.publish_to(settings, MARCH, public=True)
    assert made.public is not None
    release = Release(made.public)
    assert release.reporting == {invented.HOME: (Span(Month(2023, 1), MARCH),)}
    release.close()


@pytest.mark.parametrize("area", ["CXB-001", "MY", "BD99"])
def test_an_area_that_is_none_stops_the_publication(tmp_path: Path, area: str) -> None:
    settings = declare(one_partner(tmp_path), tmp_path / "sources", f'["{area}"]')
    before = registers.content(settings)
    with pytest.raises(SourceError, match=rf"test\.toml: areas: {area} is no division"):
        registers.publish_to(settings, MARCH)
    assert registers.content(settings) == before
