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


def counted(register: duckdb.DuckDBPyConnection, *by: str) -> dict:
    """People of the register by some fields."""
    names = ", ".join(by)
    question = f"SELECT {names}, sum(n) FROM person GROUP BY {names}"  # noqa: S608
    rows = register.execute(question).fetchall()
    return {(row[0] if len(by) == 1 else row[:-1]): row[-1] for row in rows}


def test_the_sheet_of_november_2020_shows_49_people(
    places: Settings, capsys: pytest.CaptureFixture[str]
):
    load(places, CASES / "working-group-2020-11.csv", "published-sheet", capsys)
    with opened(places) as register:
        assert register.execute("SELECT sum(n) FROM person").fetchall() == [(49,)]
        assert counted(register, "sex") == {"female": 26, "male": 23}
        by_age = counted(register, "sex", "age_band")
        bands = ("under_15", "15_18", "19_24", "25_49", "50_60", "over_60")
        assert [by_age.get(("female", b), 0) for b in bands] == [5, 7, 0, 2, 4, 8]
        assert [by_age.get(("male", b), 0) for b in bands] == [5, 6, 0, 1, 3, 8]
        recruited = counted(register, "sex", "recruitment_place")
        women = sorted((n for (sex, _), n in recruited.items() if sex == "female"), reverse=True)
        men = sorted((n for (sex, _), n in recruited.items() if sex == "male"), reverse=True)
        assert (women, men) == ([23, 2, 1], [20, 3])
        by_mode = register.execute(
            """SELECT coalesce(m.mode, 'unknown'), sum(p.n) FROM person p
               LEFT JOIN movement m USING (person_id) GROUP BY 1 ORDER BY 2 DESC"""
        ).fetchall()
        assert by_mode == [("land", 47), ("unknown", 2)]
        months = register.execute("SELECT DISTINCT incident_month::VARCHAR FROM incident")
        assert months.fetchall() == [("2020-11-01",)]


def test_the_sheet_claims_no_class(places: Settings, capsys: pytest.CaptureFixture[str]):
    load(places, CASES / "working-group-2020-11.csv", "published-sheet", capsys)
    with opened(places) as register:
        assert counted(register, "class") == {"undetermined": 49}


def test_the_table_of_2018_closes_in_both_directions(
    places: Settings, capsys: pytest.CaptureFixture[str]
):
    load(places, CASES / "iom-2018.csv", "published-iom", capsys)
    with opened(places) as register:
        found = counted(register, "sex", "is_child", "exploitation[1]", "exploitation_stage")
        assert counted(register, "sex", "is_child") == {
            ("female", "yes"): 35, ("female", "no"): 31, ("male", "yes"): 8, ("male", "no"): 25,
        }  # fmt: skip
        assert counted(register, "exploitation[1]") == {
            "forced_labour": 86, "sexual_exploitation": 9, None: 4,
        }  # fmt: skip
    assert sum(found.values()) == 99
    assert found == {
        ("female", "yes", "forced_labour", "exploited"): 31,
        ("female", "yes", "sexual_exploitation", "exploited"): 4,
        ("female", "no", "forced_labour", "exploited"): 26,
        ("female", "no", "sexual_exploitation", "exploited"): 5,
        ("male", "yes", "forced_labour", "exploited"): 4,
        ("male", "yes", None, "none_yet"): 4,
        ("male", "no", "forced_labour", "exploited"): 25,
    }


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
