"""An operator loads places of services: all rows or none, each fault with file, row and rule."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dashboard.model.capacity import Capacity
from dashboard.model.periods import Month
from dashboard.release.open_release import Release
from etl.__main__ import main
from etl.capacity.capacities import capacities_file, keep_capacities, loaded_capacities
from etl.register.seal import seal_all
from etl.settings import OperatorError, Settings
from tests.unit.etl.protect import invented
from tests.unit.etl.release import registers
from tests.unit.etl.stores import Intake

HEADER = "area,service,group,places,as_of"
WOMEN = "BD2022,safe_shelter,women,30,2026-07-01"
ALL = "BD20220094,legal_aid,all,0,2026-07-01"
MARCH = Month(2023, 3)


def ask(
    capsys: pytest.CaptureFixture[str], settings: Settings, *words: str
) -> tuple[int, dict[str, Any]]:
    code = main(["capacity", *words, "--json"], settings)
    return code, json.loads(capsys.readouterr().out)


def given(intake: Intake, *rows: str, header: str = HEADER) -> str:
    return str(intake.write("places.csv", header, *rows))


def test_a_csv_is_loaded_and_listed(intake: Intake, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = ask(capsys, intake.settings, given(intake, WOMEN, ALL))
    assert (code, told["loaded"], told["held"]) == (0, 2, 2)
    assert loaded_capacities(intake.settings) == (
        Capacity("BD2022", "safe_shelter", "women", 30, date(2026, 7, 1)),
        Capacity("BD20220094", "legal_aid", "all", 0, date(2026, 7, 1)),
    )
    code, told = ask(capsys, intake.settings)
    assert code == 0
    assert told["capacities"][0] == dict(
        zip(HEADER.split(","), ("BD2022", "safe_shelter", "women", 30, "2026-07-01"), strict=True)
    )
    assert main(["capacity"], intake.settings) == 0
    assert "safe_shelter: 1 areas, last counted on 2026-07-01" in capsys.readouterr().out


def test_a_workbook_is_read(intake: Intake, capsys: pytest.CaptureFixture[str]) -> None:
    path = intake.folder / "places.xlsx"
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEADER.split(",")[::-1])
    sheet.append(["2026-07-01", 12, "boys", "safe_shelter", "bd2022"])
    book.save(path)
    assert ask(capsys, intake.settings, str(path))[0] == 0
    assert [(c.area, c.places) for c in loaded_capacities(intake.settings)] == [("BD2022", 12)]


@pytest.mark.parametrize(
    ("row", "column", "rule"),
    [
        ("BD9999,legal_aid,all,1,2026-07-01", "area", "unknown_place"),
        ("CXB-201,legal_aid,all,1,2026-07-01", "area", "unknown_place"),
        ("MY,legal_aid,all,1,2026-07-01", "area", "unknown_place"),
        ("BD2022,lawyers,all,1,2026-07-01", "service", "unknown_code"),
        ("BD2022,legal_aid,children,1,2026-07-01", "group", "unknown_code"),
        ("BD2022,legal_aid,all,-1,2026-07-01", "places", "bad_places"),
        ("BD2022,legal_aid,all,some,2026-07-01", "places", "bad_places"),
        ("BD2022,legal_aid,all,1000001,2026-07-01", "places", "bad_places"),
        ("BD2022,legal_aid,all,1,July 2026", "as_of", "bad_day"),
        ("BD2022,legal_aid,all,1,2999-01-01", "as_of", "future_day"),
        (WOMEN, "area", "repeated_capacity"),
        ("BD2022,legal_aid,all,1", None, "cell_count"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_loaded(
    intake: Intake, capsys: pytest.CaptureFixture[str], row: str, column: str | None, rule: str
) -> None:
    assert ask(capsys, intake.settings, given(intake, ALL))[0] == 0
    before = intake.digest()
    code, told = ask(capsys, intake.settings, given(intake, WOMEN, row))
    assert (code, told["loaded"]) == (1, 0)
    found = [(f["file"], f["row"], f["column"], f["rule"]) for f in told["findings"]]
    assert found == [("places.csv", 3, column, rule)]
    assert intake.digest() == before
    assert main(["capacity", given(intake, WOMEN, row)], intake.settings) == 1
    assert "nothing of it was loaded" in capsys.readouterr().out


def test_a_later_file_corrects_adds_or_replaces(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    ask(capsys, intake.settings, given(intake, WOMEN, ALL))
    later = WOMEN.replace("2026-07", "2026-08")
    _, told = ask(capsys, intake.settings, given(intake, WOMEN.replace("30", "31"), later))
    assert told["held"] == 3
    women = [c.places for c in loaded_capacities(intake.settings) if c.group == "women"]
    assert women == [31, 30]
    _, told = ask(capsys, intake.settings, given(intake, ALL), "--replace")
    assert told["held"] == 1
    assert ask(capsys, intake.settings, "--clear") == (0, {"capacities": []})
    assert not capacities_file(intake.settings).exists()


@pytest.mark.parametrize("words", [("--replace",), ("x.csv", "--clear"), ("none.csv",)])
def test_words_that_do_not_fit_are_refused(
    intake: Intake, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert main(["capacity", *words], intake.settings) == 1
    assert capsys.readouterr().err


@pytest.mark.parametrize("text", ["a,b\n", "area,service,group,places,as_of\nBD,x,all,many,1\n"])
def test_a_damaged_file_is_named_and_told_by_status(
    intake: Intake, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    capacities_file(intake.settings).write_text(text, encoding="utf-8")
    with pytest.raises(OperatorError, match=r"capacity\.csv in .* is damaged"):
        loaded_capacities(intake.settings)
    assert main(["capacity"], intake.settings) == 1
    assert "capacity.csv lies in the operator's half" in capsys.readouterr().err
    seal_all(intake.settings)
    assert main(["capacity"], intake.settings) == 1
    assert "capacity.csv in" in capsys.readouterr().err
    assert main(["status", "--json"], intake.settings) == 0
    assert "capacity.csv" in json.loads(capsys.readouterr().out)["beside_trouble"]


def places_of(path: Path) -> set[Capacity]:
    release = Release(path)
    release.scan()
    held = set(release.capacities)
    release.close()
    return held


def test_places_alone_make_an_edition_with_the_areas_that_its_readers_see(tmp_path: Path) -> None:
    settings = registers.make(tmp_path)
    registers.fill(settings, registers.register_rows(invented.people(40, 3, seed=4), referrals=0))
    first = registers.publish_to(settings, MARCH, public=True)
    assert places_of(first.path) == set()
    district, upazila = (
        Capacity(area, "legal_aid", "all", 9, date(2023, 1, 1))
        for area in (invented.HOME, invented.UPAZILAS[0])
    )
    unknown = Capacity("BD9999", "legal_aid", "all", 9, date(2023, 1, 1))
    keep_capacities(settings, [district, upazila, unknown])
    looked_at = registers.preview_to(settings, MARCH)
    (beside,) = looked_at.faces[0].differences.beside
    assert beside.sentence == "Places of services added: 2 numbers"
    second = registers.publish_to(settings, MARCH)
    assert places_of(second.path) == {district, upazila}
    assert second.public is not None
    assert places_of(second.public) == {district}
    with pytest.raises(OperatorError, match="No month is due"):
        registers.publish_to(settings, MARCH)
