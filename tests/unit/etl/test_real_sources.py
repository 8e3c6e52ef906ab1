"""Stories of real and published figures: what is loaded is what was published."""

import csv
import json
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from etl.__main__ import main
from etl.declaration import find_source
from etl.settings import Settings
from tests.support.served import ROOT

CASES = ROOT / "tests" / "cases"
MISSING_MIGRANTS = ROOT.parent / "shared" / "cases" / "missing-migrants-asia-2014-2022.csv"


@pytest.fixture
def places(tmp_path: Path) -> Settings:
    made = Settings(store=tmp_path / "store", secrets=tmp_path / "secrets")
    assert main(["init", "--json"], made) == 0
    return made


def load(places: Settings, path: Path, source: str, capsys: pytest.CaptureFixture[str]) -> dict:
    """Load a file; return the report."""
    capsys.readouterr()
    code = main(["load", str(path), "--source", source, "--json"], places)
    report = json.loads(capsys.readouterr().out)
    assert code == 0, report["findings"][:5]
    return report


@contextmanager
def opened(places: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(places.register), read_only=True) as register:
        yield register


def test_the_sheet_claims_no_class(places: Settings, capsys: pytest.CaptureFixture[str]):
    load(places, CASES / "working-group-2020-11.csv", "published-sheet", capsys)
    with opened(places) as register:
        found = register.execute("SELECT class, sum(n) FROM person GROUP BY class").fetchall()
    assert found == [("undetermined", 49)]


def test_published_tables_share_a_store_but_not_with_invented_files(
    places: Settings, capsys: pytest.CaptureFixture[str]
):
    load(places, CASES / "working-group-2020-11.csv", "published-sheet", capsys)
    load(places, CASES / "iom-2018.csv", "published-iom", capsys)
    invented = ROOT / "data" / "sample" / "partner-b-people-INVENTED.csv"
    assert main(["load", str(invented), "--source", "sample-b-people"], places) == 1
    with opened(places) as register:
        assert register.execute("SELECT sum(n) FROM person").fetchall() == [(148,)]


@pytest.mark.parametrize("name", ["missing-migrants", "published-sheet", "published-iom"])
def test_a_published_source_names_its_publisher(name: str, tmp_path: Path):
    source = find_source(Settings(tmp_path, tmp_path), name)
    assert source.kind == "published"
    assert source.attribution


def test_missing_migrants_is_mapped_by_configuration_alone():
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "etl").rglob("*.py"))
    assert "Missing Migrants" not in code
    declared = tomllib.loads(
        (ROOT / "data" / "sources" / "missing-migrants.toml").read_text(encoding="utf-8")
    )
    assert declared["row"] == "incident"


@pytest.mark.skipif(not MISSING_MIGRANTS.exists(), reason="the shared cases are not here")
def test_every_real_incident_loads(places: Settings, capsys: pytest.CaptureFixture[str]):
    with MISSING_MIGRANTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    report = load(places, MISSING_MIGRANTS, "missing-migrants", capsys)
    assert report["findings"] == []
    with opened(places) as register:
        loaded = register.execute(
            """SELECT count(*), sum(dead_or_missing), count(route), count(source_quality)
               FROM incident"""
        ).fetchall()
        people = register.execute("SELECT count(*) FROM person").fetchall()
        by_year = dict(
            register.execute(
                "SELECT year(incident_month), count(*) FROM incident GROUP BY 1"
            ).fetchall()
        )
        roles = register.execute(
            "SELECT place_role, count(place), count(*) FROM incident_place GROUP BY 1"
        ).fetchall()
        precision = dict(
            register.execute(
                "SELECT location_precision, count(*) FROM incident_place GROUP BY 1"
            ).fetchall()
        )
    assert loaded == [(
        len(rows),
        sum(int(row["Total Number of Dead and Missing"]) for row in rows),
        sum(row["Migration route"] != "" for row in rows),
        sum(row["Source Quality"] != "" for row in rows),
    )]  # fmt: skip
    assert len(rows) == 1623
    assert people == [(0,)]
    years = [int(row["Incident year"]) for row in rows]
    assert by_year == {year: years.count(year) for year in set(years)}
    assert roles == [("transit", 1623, 1623)]
    assert precision["country"] > 1000
    assert precision["sea_area"] > 20
