from __future__ import annotations

import zipfile
from dataclasses import asdict
from pathlib import Path

import duckdb
import openpyxl
import pytest

from dashboard.model.periods import Month
from etl.declaration import find_source
from etl.intake import shape as module
from etl.intake.shape import earlier_shapes, label_of
from etl.intake.understood import OTHER, UNTOLD, Understood, other_months
from etl.register.access import locked
from etl.settings import OperatorError
from tests.unit.etl.stores import HEADER, ROWS, Intake, workbook

MONTH = "incident.incident_month"


def row(number: int, day: str = "25/03/2025", sex: str = "Female", upazila: str = "Ukhia") -> str:
    return f"{number},1,{day},no,{sex},20,undetermined,,,,Cox's Bazar,{upazila},,,,Rina"


def understood(intake: Intake, *rows: str) -> Understood:
    (told,) = intake.check("line-list", intake.line_list(*rows)).understood
    return told


def counts(told: Understood, field: str) -> dict[str, int]:
    return next(dict(e.counts) for e in (*told.codes, *told.places) if e.field == field)


def test_rows_months_places_codes_and_sums_are_told(intake: Intake) -> None:
    rows = [row(n, sex="Female" if n < 7 else "Male") for n in range(10)]
    told = understood(intake, *rows, row(10, "26/04/2025", "NA", "Teknaf"))
    assert (told.file, told.sheet, told.rows) == ("list.csv", None, 11)
    assert told.months == (("2025-03", 10), ("2025-04", 1))
    assert counts(told, "Sex") == {"Female": 7, OTHER: 4}
    assert counts(told, "Place (recruitment)") == {"Ukhia": 10, OTHER: 1}
    assert counts(told, "Means of control") == {UNTOLD: 11}
    assert told.sums == ((label_of("person.n"), 11),)
    assert [(d.order, d.rows, d.is_shown) for d in told.dates] == [("day before month", 11, True)]
    assert told.empty == ("Act", "Means", "Exploitation", "From", "To", "Transport")
    assert (told.compared, told.odd) == (0, ())


def test_no_value_in_fewer_than_five_rows_is_named(intake: Intake) -> None:
    told = understood(intake, *[row(n, sex="Male" if n < 4 else "Female") for n in range(9)])
    assert "Male" not in str(asdict(told))
    assert counts(told, "Sex") == {"Female": 5, OTHER: 4}


def test_hidden_rows_columns_and_sheets_are_told(intake: Intake) -> None:
    rows = [ROWS[2].replace("2,1,", f"{n},1,").split(",") for n in range(6)]
    path = workbook(intake.folder / "list.xlsx", HEADER.split(","), rows)
    book = openpyxl.load_workbook(path)
    book["Line list"].row_dimensions[3].hidden = True
    book["Line list"].row_dimensions[40].hidden = True  # nothing stands in it
    book["Line list"].column_dimensions["E"].hidden = True
    book.create_sheet("Old").sheet_state = "veryHidden"
    book.save(path)
    (told,) = intake.check("workbook", path).understood
    assert (told.hidden.rows, told.hidden.columns) == (1, 1)
    assert (told.hidden.sheets, told.hidden.sheet) == (("Old",), False)
    assert told.unread == ("Old",)
    assert told.odd == ("1 hidden rows are read as well.",)


def test_what_of_a_workbook_could_act_or_lead_elsewhere_is_told_and_asks(intake: Intake) -> None:
    path = workbook(intake.folder / "list.xlsx", HEADER.split(","), [ROWS[2].split(",")])
    with zipfile.ZipFile(path, "a") as archive:
        for part in ("xl/vbaProject.bin", "xl/embeddings/oleObject1.bin"):
            archive.writestr(part, b"0")
    (told,) = intake.check("workbook", path).understood
    assert told.odd == (
        "The workbook holds macros, embedded objects; nothing of it is run or followed.",
    )


def test_sheets_that_are_not_declared_are_told_without_a_value(intake: Intake) -> None:
    path = workbook(intake.folder / "list.xlsx", HEADER.split(","), [ROWS[2].split(",")])
    book = openpyxl.load_workbook(path)
    for name in ("More", "01712345678", "a\x7fb"):
        book.create_sheet(name)
    book.save(path)
    (told,) = intake.check("workbook", path).understood
    assert told.unread == ("More", "number 2", "a\\x7fb")
    assert told.odd == ()
    assert understood(intake, *ROWS).unread == ()


def test_a_file_of_which_no_row_loaded_is_no_file_to_compare_with(intake: Intake) -> None:
    intake.load("line-list", intake.line_list(*[row(n) for n in range(10)]))
    bad = intake.line_list(row(20, sex="Herr"), name="bad.csv")
    intake.load("line-list", bad, intake.line_list(row(30), name="more.csv"), accept_valid=True)
    assert intake.ask("SELECT rows FROM load ORDER BY rows") == [(0,), (1,), (10,)]
    shapes = earlier_shapes(intake.settings, find_source(intake.settings, "line-list"))
    assert sorted(shape.rows for shape in shapes) == [1, 10]


def test_a_check_takes_no_lock_and_changes_nothing(loaded: Intake) -> None:
    before = loaded.digest()
    with locked(loaded.settings):
        report = loaded.check("line-list", loaded.line_list(*ROWS, row(9)))
    assert [entry.outcome for entry in report.files] == ["loads"]
    assert loaded.digest() == before


def test_a_file_is_compared_with_the_last_three_of_its_source(intake: Intake) -> None:
    for month in range(1, 5):
        rows = [row(100 * month + n, f"25/0{month}/2025") for n in range(10)]
        intake.load("line-list", intake.line_list(*rows, name=f"{month}.csv"))
    source = find_source(intake.settings, "line-list")
    shapes = earlier_shapes(intake.settings, source)
    assert [set(shape.values[MONTH]) for shape in shapes] == [
        {f"2025-0{month}-01"} for month in (2, 3, 4)
    ]
    fine = [row(500 + n, "26/05/2025") for n in range(10)]
    assert understood(intake, *fine).unlike == ()
    exchanged = [row(600 + n, f"05/{n + 1:02}/2025") for n in range(12)]
    told = understood(intake, *exchanged)
    assert any("months far outside" in sentence for sentence in told.odd)
    assert any("no day is above 12" in sentence for sentence in told.odd)
    men = [row(700 + n, "26/05/2025", "Male", "Teknaf") for n in range(10)]
    odd = understood(intake, *men).odd
    assert any(sentence.startswith("Sex: ") for sentence in odd)
    assert (
        "Place (recruitment): 10 of 10 rows name places that the last files never named "
        "(Teknaf)." in odd
    )


def test_months_beside_the_expected_are_counted(intake: Intake) -> None:
    told = understood(intake, row(1), row(2), row(3, "26/04/2025"))
    assert other_months([told], [Month(2025, 4)]) == {Month(2025, 3): 2}
    assert other_months([told], [Month(2025, 3), Month(2025, 4)]) == {}


def test_a_load_that_nobody_agrees_to_changes_nothing(intake: Intake) -> None:
    def refuse(_: object) -> None:
        raise OperatorError("no")

    before = intake.digest()
    with pytest.raises(OperatorError, match="no"):
        intake.load("line-list", intake.line_list(), agree=refuse)
    assert intake.digest() == before


def test_a_refused_file_is_not_asked_about(intake: Intake, tmp_path: Path) -> None:
    asked: list[object] = []
    path = intake.line_list(ROWS[0].replace("Female", "Frau"), ROWS[2])
    intake.load("line-list", path, agree=asked.append)
    assert asked == []
    intake.load("line-list", path, accept_valid=True, agree=asked.append)
    assert len(asked) == 1


@pytest.mark.parametrize("read", ["read_about", "read_extract"])
def test_an_extract_that_another_command_removes_is_passed_over(
    intake: Intake, monkeypatch: pytest.MonkeyPatch, read: str
) -> None:
    for name in ("a.csv", "b.csv"):
        rows = [row(n + (name == "b.csv") * 50) for n in range(4)]
        intake.load("line-list", intake.line_list(*rows, name=name))
    whole = getattr(module, read)
    first = min(intake.settings.extracts.glob("*.parquet"))

    def removed_before(connection: duckdb.DuckDBPyConnection, *rest: object) -> object:
        if rest[-1] == first:
            first.unlink(missing_ok=True)
        return whole(connection, *rest)

    monkeypatch.setattr(module, read, removed_before)
    shapes = earlier_shapes(intake.settings, find_source(intake.settings, "line-list"))
    assert [held.rows for held in shapes] == [4]
