"""An operator loads populations: all rows or none, with file, row and rule of each fault."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dashboard.model.population import Population
from etl.__main__ import main
from etl.population.counts import all_counts, counts_file, loaded_counts
from etl.register.seal import seal_all
from etl.settings import Settings
from tests.unit.etl.stores import Intake

HEADER = "area_code,population,year,boundaries,population_group"
CAMP = "CXB-201,39800,2026,camps_2023,refugees"
DISTRICT = "BD2022,2823265,2022,adm_v03,host"


def ask(
    capsys: pytest.CaptureFixture[str], settings: Settings, *words: str
) -> tuple[int, dict[str, Any]]:
    code = main(["population", *words, "--json"], settings)
    return code, json.loads(capsys.readouterr().out)


def given(intake: Intake, *rows: str, header: str = HEADER) -> str:
    return str(intake.write("people.csv", header, *rows))


def test_a_csv_is_loaded_and_listed(intake: Intake, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = ask(capsys, intake.settings, given(intake, CAMP, DISTRICT))
    assert (code, told["loaded"], told["held"]) == (0, 2, 2)
    assert loaded_counts(intake.settings) == (
        Population("BD2022", "host", 2022, "adm_v03", 2823265),
        Population("CXB-201", "refugees", 2026, "camps_2023", 39800),
    )
    code, told = ask(capsys, intake.settings)
    assert code == 0
    assert told["populations"][1] == {
        "area_code": "CXB-201",
        "population": 39800,
        "year": 2026,
        "boundaries": "camps_2023",
        "population_group": "refugees",
    }


def test_a_workbook_is_read_from_its_first_sheet_or_the_named_one(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    path = intake.folder / "people.xlsx"
    book = openpyxl.Workbook()
    for number, code in enumerate(("CXB-201", "CXB-202")):
        sheet = book.create_sheet(f"Camps {number}", number)
        sheet.append(HEADER.split(",")[::-1])
        sheet.append(["refugees", "camps_2023", 2026, 40000.0 + number, code])
    book.save(path)
    assert ask(capsys, intake.settings, str(path))[0] == 0
    assert [c.place for c in loaded_counts(intake.settings)] == ["CXB-201"]
    assert ask(capsys, intake.settings, str(path), "--sheet", "Camps 1")[0] == 0
    assert [(c.place, c.people) for c in loaded_counts(intake.settings)] == [
        ("CXB-201", 40000),
        ("CXB-202", 40001),
    ]
    code, told = ask(capsys, intake.settings, str(path), "--sheet", "Camps 7")
    assert (code, told["findings"][0]["rule"]) == (1, "missing_sheet")


def test_what_a_workbook_may_unpack_to_is_set_by_the_operator(
    intake: Intake, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = intake.folder / "people.xlsx"
    book = openpyxl.Workbook()
    for row in (HEADER, CAMP):
        book.worksheets[0].append(row.split(","))
    book.save(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/more.bin", bytes(2_000_000))
    monkeypatch.setenv("ATLAS_MOST_UNPACKED_MB", "1")
    code, told = ask(capsys, intake.settings, str(path))
    assert (code, told["loaded"], told["findings"][0]["rule"]) == (1, 0, "not_readable")
    assert "unpacks to 2 MB or more; at most 1 MB are read" in told["findings"][0]["message"]
    monkeypatch.setenv("ATLAS_MOST_UNPACKED_MB", "much")
    code, told = ask(capsys, intake.settings, str(path))
    assert code == 1
    assert told["error"].startswith("ATLAS_MOST_UNPACKED_MB is 'much'; use a whole number")
    monkeypatch.setenv("ATLAS_MOST_UNPACKED_MB", "2")
    assert ask(capsys, intake.settings, str(path))[0] == 0


@pytest.mark.parametrize(
    ("row", "column", "rule"),
    [
        ("BD9999,10,2026,adm_v03,host", "area_code", "unknown_place"),
        ("MY,10,2026,adm_v03,host", "area_code", "unknown_place"),
        (",10,2026,adm_v03,host", "area_code", "unknown_place"),
        ("BD2022,ten,2026,adm_v03,host", "population", "bad_population"),
        ("BD2022,0,2026,adm_v03,host", "population", "bad_population"),
        ("BD2022,-5,2026,adm_v03,host", "population", "bad_population"),
        ("BD2022,99999999999,2026,adm_v03,host", "population", "bad_population"),
        ("BD2022,10,2999,adm_v03,host", "year", "bad_year"),
        ("BD2022,10,26,adm_v03,host", "year", "bad_year"),
        ("BD2022,10,2026,adm_v02,host", "boundaries", "unknown_code"),
        ("BD2022,10,2026,camps_2023,host", "boundaries", "other_boundaries"),
        ("CXB-202,10,2026,adm_v03,refugees", "boundaries", "other_boundaries"),
        ("BD2022,10,2026,adm_v03,rohingya", "population_group", "unknown_code"),
        (CAMP, "area_code", "repeated_count"),
        ("BD2022,10,2026,adm_v03", None, "cell_count"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_loaded(
    intake: Intake,
    capsys: pytest.CaptureFixture[str],
    row: str,
    column: str | None,
    rule: str,
) -> None:
    assert ask(capsys, intake.settings, given(intake, DISTRICT))[0] == 0
    before = intake.digest()
    code, told = ask(capsys, intake.settings, given(intake, CAMP, row))
    assert (code, told["loaded"]) == (1, 0)
    found = [(f["file"], f["row"], f["column"], f["rule"]) for f in told["findings"]]
    assert found == [("people.csv", 3, column, rule)]
    assert intake.digest() == before
    assert main(["population", given(intake, CAMP, row)], intake.settings) == 1
    said = capsys.readouterr().out
    assert "nothing of it was loaded" in said
    assert "people.csv, row 3" in said


@pytest.mark.parametrize(
    ("header", "rule"),
    [
        (HEADER.replace(",year", ",date"), "missing_column"),
        (f"{HEADER},name", "personal_column"),
        ("a,b,c,d,e", "no_header"),
    ],
)
def test_other_columns_are_refused(
    intake: Intake, capsys: pytest.CaptureFixture[str], header: str, rule: str
) -> None:
    row = f"{CAMP},x" if header.endswith("name") else CAMP
    code, told = ask(capsys, intake.settings, given(intake, row, header=header))
    assert code == 1
    assert rule in {finding["rule"] for finding in told["findings"]}
    assert not counts_file(intake.settings).exists()


def test_a_later_file_corrects_adds_or_replaces(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    ask(capsys, intake.settings, given(intake, CAMP, DISTRICT))
    corrected = CAMP.replace("39800", "39900")
    _, told = ask(capsys, intake.settings, given(intake, corrected, CAMP.replace("2026", "2025")))
    assert told["held"] == 3
    assert [(c.year, c.people) for c in loaded_counts(intake.settings) if c.place == "CXB-201"] == [
        (2025, 39800),
        (2026, 39900),
    ]
    _, told = ask(capsys, intake.settings, given(intake, DISTRICT), "--replace")
    assert told["held"] == 1
    _, told = ask(capsys, intake.settings, "--clear")
    assert told == {"populations": []}
    assert not counts_file(intake.settings).exists()


def test_semicolons_are_told(intake: Intake, capsys: pytest.CaptureFixture[str]) -> None:
    path = given(intake, CAMP.replace(",", ";"), header=HEADER.replace(",", ";"))
    assert ask(capsys, intake.settings, path)[0] == 1
    assert ask(capsys, intake.settings, path, "--delimiter", "semicolon")[0] == 0


def test_the_census_stands_in_for_districts_of_which_nothing_newer_was_loaded(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    places = {"BD2022", "BD2015", "BD20220094", "CXB-201"}
    by_place = {c.place: (c.group, c.year) for c in all_counts(intake.settings, places)}
    assert by_place == {"BD2022": ("host", 2011), "BD2015": ("host", 2011)}
    rows = [DISTRICT, DISTRICT.replace("host", "refugees"), CAMP]
    assert ask(capsys, intake.settings, given(intake, *rows))[0] == 0
    told = [(c.place, c.group, c.year) for c in all_counts(intake.settings, places)]
    assert told == [
        ("BD2015", "host", 2011),
        ("BD2022", "host", 2022),
        ("BD2022", "refugees", 2022),
        ("CXB-201", "refugees", 2026),
    ]


def test_refugees_alone_do_not_hide_the_census(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(capsys, intake.settings, given(intake, DISTRICT.replace("host", "refugees")))[0] == 0
    told = [(c.group, c.year) for c in all_counts(intake.settings, {"BD2022"})]
    assert told == [("host", 2011), ("refugees", 2022)]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--replace"], "--replace needs FILE"),
        (["x.csv", "--clear"], "--clear goes with nothing else"),
        (["x.csv"], "There is no file x.csv"),
    ],
)
def test_words_that_do_not_fit_are_one_sentence(
    intake: Intake, capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    assert main(["population", *words], intake.settings) == 1
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1


def test_another_format_and_a_damaged_file_are_told(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    path: Path = intake.write("people.ods", CAMP)
    assert main(["population", str(path)], intake.settings) == 1
    assert ".csv or .xlsx" in capsys.readouterr().err
    fake = intake.write("people.xlsx", CAMP)
    code, told = ask(capsys, intake.settings, str(fake))
    assert (code, told["findings"][0]["rule"]) == (1, "not_readable")
    counts_file(intake.settings).write_text("a,b\n", encoding="utf-8")
    assert main(["population"], intake.settings) == 1
    assert "population.csv lies in the operator's half" in capsys.readouterr().err
    seal_all(intake.settings)
    assert main(["population"], intake.settings) == 1
    assert "population.csv in" in capsys.readouterr().err
