"""Layouts that real files have: each was refused, with no setting that would take it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.codes import AGE_BAND
from etl.declaration import SourceError, read_source
from etl.declaration.source import Column
from etl.harmonise import days
from etl.harmonise.days import Day
from etl.settings import Settings
from tests.unit.etl.stores import Intake, listed, said

TOP = """
name = "{name}"
title = "Layout of a test (invented)"
partner = "partner-t"
kind = "invented"
row = "person"

[constants]
"person.n" = 1
"person.class" = "undetermined"
[months."incident.report_month"]
from = ["When"]
"""
WHEN = """
[columns.When]
use = "derive"
how = "month"
format = "%d/%m/%Y"
field = "incident.incident_month"
"""
CSV = '[file]\nformat = "csv"\n'
EXPLOITED = 'field = "incident_place.place"\nrole = "exploitation"\n'
XLSX = '[file]\nformat = "xlsx"\nsheet = "List"\n'
KEYED = """
[keys]
incident = ["No"]
person = ["No"]
[columns.No]
use = "key"
"""


@pytest.fixture
def sources(intake: Intake, tmp_path: Path) -> Intake:
    """A store that knows the declarations of a test alone."""
    folder = tmp_path / "sources"
    folder.mkdir()
    settings = Settings(intake.settings.store, intake.settings.secrets, folder)
    return Intake(settings, intake.areas, tmp_path)


def declared(sources: Intake, *parts: str, top: str = TOP) -> str:
    path = sources.settings.sources / "layout.toml"
    path.write_text("".join((top.format(name="layout"), *parts)), encoding="utf-8")
    return "layout"


def in_csv(sources: Intake, *parts: str, top: str = TOP) -> str:
    """A declaration of a CSV with a key and a day in each row."""
    return declared(sources, KEYED, WHEN, CSV, *parts, top=top)


def take(header: str, field: str, more: str = "") -> str:
    return f'[columns."{header}"]\nuse = "take"\nfield = "{field}"\n{more}'


def derive(header: str, how: str, more: str = "") -> str:
    return f'[columns."{header}"]\nuse = "derive"\nhow = "{how}"\n{more}'


def workbook(sources: Intake, rows: Sequence[Sequence[object]], *merged: str) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "List"
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    path = sources.folder / "list.xlsx"
    book.save(path)
    return path


def test_a_header_of_two_rows_with_merged_cells_below_a_title(sources: Intake) -> None:
    rows = (
        ["Cases of October"],
        ["No", "When", "Victim", None, "Place", None],
        [None, None, "Sex", "Age", "District", "Upazila"],
        ["#id", "#date", "#sex", "#age", "#adm2", "#adm3"],
        [7, date(2025, 3, 25), "male", 31, "Cox's Bazar", "Ukhia"],
    )
    path = workbook(sources, rows, "A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:F2")
    columns = (
        take("Victim / Sex", "person.sex"),
        derive("Victim / Age", "age_band"),
        derive("Place / District", "part"),
        derive("Place / Upazila", "place", f'{EXPLOITED}within = "Place / District"\n'),
    )
    rows_of = "header_row = 2\nheader_rows = 2\nfirst_row = 5\n"
    report = sources.load(declared(sources, KEYED, WHEN, XLSX, rows_of, *columns), path)
    assert (said(report.findings), report.files[0].rows) == ([], 1)
    assert sources.ask("SELECT sex, age_band FROM person") == [("male", "25_49")]
    assert sources.ask("SELECT place FROM incident_place") == [("BD20220094",)]


def test_a_header_of_two_rows_in_a_csv(sources: Intake) -> None:
    path = sources.write("list.csv", "No,When,Victim,", ",,Sex,Age", "7,25/03/2025,male,31")
    columns = take("Victim / Sex", "person.sex"), derive("Victim / Age", "age_band")
    name = in_csv(sources, "header_rows = 2\n", *columns)
    assert said(sources.load(name, path).findings) == []
    assert sources.ask("SELECT sex, age_band FROM person") == [("male", "25_49")]


def test_one_merged_row_says_which_setting_it_needs(sources: Intake) -> None:
    path = workbook(sources, (["No", "When"], [1, date(2025, 3, 25)]), "A1:B1")
    (finding,) = sources.check(declared(sources, KEYED, WHEN, XLSX), path).findings
    assert finding.rule == "merged_header"
    assert "header_rows = 2" in finding.message


def test_totals_and_blanks_are_left_out_and_told(sources: Intake) -> None:
    path = sources.write(
        "list.csv", "No,When,Note", "1,25/03/2025,a", "2,26/03/2025,b", ",,", "মোট,2 people,c"
    )
    left_out = '[leave_out]\nNo = ["", "মোট", "Total"]\n'
    report = sources.load(in_csv(sources, '[columns.Note]\nuse = "drop"\n', left_out), path)
    assert (said(report.findings), report.files[0].rows, report.files[0].left_out) == ([], 2, 0)
    assert listed(report.findings) == [("no_data_row", 4), ("no_data_row", 5)]


def test_columns_that_are_not_declared_may_be_dropped_and_are_told(sources: Intake) -> None:
    path = sources.write("list.csv", "No,When,Phone,Notes,Notes,", "1,25/03/2025,01711111111,x,y,z")
    refused = sources.check(in_csv(sources), path)
    assert {rule for rule, *_ in said(refused.findings)} >= {"personal_column", "empty_header"}
    top = TOP.replace('row = "person"', 'row = "person"\nother_columns = "drop"')
    report = sources.check(in_csv(sources, top=top), path)
    assert report.accepted
    assert report.understood[0].passed_over == ("Notes", "Phone")


def test_one_column_is_a_key_and_a_month(sources: Intake) -> None:
    path = sources.write("list.csv", "When,Who", "25/03/2025,a", "26/04/2025,a")
    keys = KEYED.replace('["No"]', '["When", "Who"]').replace("columns.No", "columns.Who")
    when = '[[columns.When]]\nuse = "key"\n' + WHEN.replace("[columns.When]", "[[columns.When]]")
    assert sources.load(declared(sources, CSV, keys, when), path).accepted
    assert sources.ask("SELECT count(*) FROM incident") == [(2,)]


AGGREGATES = """
[file]
format = "csv"
[keys]
incident = ["When", "Area"]
person = ["When", "#row"]
[[columns.When]]
use = "key"
[[columns.When]]
use = "derive"
how = "month"
format = "%m/%Y"
field = "incident.incident_month"
[[columns.Area]]
use = "key"
[[columns.Area]]
use = "derive"
how = "place"
field = "incident_place.place"
role = "recruitment"
levels = ["district"]
[columns.Class]
use = "take"
field = "person.class"
[columns.People]
use = "take"
field = "person.n"
[leave_out]
People = ["0", ""]
"""
COUNTED = TOP.replace('"person.n" = 1\n"person.class" = "undetermined"\n', "")


def test_counted_rows_of_a_published_table_need_no_key_of_their_own(sources: Intake) -> None:
    path = sources.write(
        "table.csv",
        "When,Area,Class,People",
        "03/2025,Cox's Bazar,smuggling,12",
        "03/2025,Cox's Bazar,smuggling,12",
        "03/2025,Cox's Bazar,kidnap_for_ransom,0",
        "04/2025,Sylhet,smuggling,5",
    )
    top = COUNTED.replace('"invented"', '"published"')
    report = sources.load(declared(sources, AGGREGATES, top=top), path)
    assert said(report.findings) == []
    assert sources.ask("SELECT sum(n), count(*) FROM person") == [(29, 3)]
    assert sources.ask("SELECT count(*) FROM incident") == [(2,)]


def test_no_partner_numbers_its_rows(sources: Intake) -> None:
    top = COUNTED.replace('"invented"', '"real"')
    declared(sources, AGGREGATES, top=top)
    with pytest.raises(SourceError, match="rows of a partner's list move"):
        read_source(sources.settings.sources / "layout.toml")


def test_a_birth_date_keeps_the_age_of_sixty_of_sixty_and_nothing_of_itself(
    sources: Intake,
) -> None:
    born = [(1955 + at, 1 + at % 12, 1 + at % 28) for at in range(60)]
    rows = [f"{at},25/03/2025,{d:02}/{m:02}/{y}" for at, (y, m, d) in enumerate(born)]
    path = sources.write("list.csv", "No,When,Date of birth", *rows)
    birth = derive("Date of birth", "birth_date", 'format = "%d/%m/%Y"\non = "When"\n')
    report = sources.load(in_csv(sources, birth), path)
    assert said(report.findings) == []
    told = sources.ask("SELECT age_band, is_child FROM person WHERE age_band <> 'unknown'")
    assert len(told) == 60
    assert {child for _, child in told} == {"yes", "no"}
    kept = b"".join(p.read_bytes() for p in sources.settings.store.rglob("*") if p.is_file())
    assert not any(f"{y}-{m:02}-{d:02}".encode() in kept for y, m, d in born)


BORN = Column("Born", "derive", "birth_date", formats=("%d/%m/%Y", "%Y"), on="When")


@given(st.dates(date(1930, 1, 1), date(2025, 1, 1)), st.dates(date(2025, 1, 1), date(2026, 6, 1)))
def test_an_age_is_told_as_years_are_counted(born: date, on: date) -> None:
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    told = days.age_on(BORN, (born, Day(on, "month"))).value
    assert told == days.age(Column("Age", "derive", "age_band"), str(years)).value
    band, child = days.age_on(BORN, (str(born.year), Day(on, "month"))).value or ("", "")
    assert band in (told[0], "unknown") and child in (told[1], "unknown")


@pytest.mark.parametrize("cell", ["26/03/2026", "01/01/1890", "soon"])
def test_who_is_born_after_the_day_or_never_is_refused(cell: str) -> None:
    answer = days.age_on(BORN, (cell, Day(date(2025, 3, 25), "month")))
    assert answer.rule == "bad_birth_date"


def test_words_around_a_number_and_values_that_stand_for_an_age(sources: Intake) -> None:
    cells = ("23 yrs", "approx. 17", "৩১ বছর", "6 months", "adult", "", "19")
    rows = [f"{at},25/03/2025,{cell}" for at, cell in enumerate(cells)]
    path = sources.write("list.csv", "No,When,Age", *rows)
    age = derive("Age", "age_band")
    refused = said(sources.check(in_csv(sources, age), path).findings)
    assert [row for rule, row, _ in refused if rule == "bad_age"] == [2, 3, 4, 5, 6]
    age += 'around = ["yrs", "approx.", "বছর"]\nvalues = { "6 months" = "0" }\nothers = "missing"\n'
    report = sources.load(in_csv(sources, age), path)
    assert (said(report.findings), listed(report.findings)) == ([], [("other_value", 6)])
    bands = ("15_18", "19_24", "19_24", "25_49", "under_15", "unknown", "unknown")
    assert sources.ask("SELECT age_band FROM person ORDER BY 1") == [(band,) for band in bands]


def test_values_that_are_not_listed_may_be_not_known_or_one_code(sources: Intake) -> None:
    path = sources.write(
        "list.csv",
        "No,When,Sex,Class,Where",
        "1,25/03/2025,male,smuggling,Teknaf",
        "2,25/03/2025,m,,Kutupalong megacamp",
        "3,25/03/2025,m,odd,Nowhere",
    )
    values = 'values = { "smuggling" = "smuggling", "" = "undetermined" }\n'
    places = 'values = { "Kutupalong megacamp" = "BD20220094" }\nothers = "missing"\n'
    columns = (
        take("Sex", "person.sex", 'others = "missing"\n'),
        take("Class", "person.class", f'others = "undetermined"\n{values}'),
        derive("Where", "place", EXPLOITED + places),
    )
    top = TOP.replace('"person.class" = "undetermined"\n', "")
    report = sources.load(in_csv(sources, *columns, top=top), path)
    assert (said(report.findings), report.accepted) == ([], True)
    assert listed(report.findings) == [("other_value", 3), *[("other_value", 4)] * 3]
    assert sources.ask("SELECT sex, class FROM person ORDER BY ALL") == [
        ("male", "smuggling"), ("unknown", "undetermined"), ("unknown", "undetermined")
    ]  # fmt: skip
    assert sources.ask("SELECT count(*) FROM incident_place") == [(2,)]


def test_months_and_days_may_be_named_in_bangla(sources: Intake) -> None:
    path = sources.write("list.csv", "No,When", "1,মঙ্গলবার ২৫ মার্চ ২০২৫", "2,বুধবার ২৬ ফেব্রুয়ারী ২০২৫")
    when = WHEN.replace("%d/%m/%Y", "%A %d %B %Y")
    assert said(sources.load(declared(sources, KEYED, when, CSV), path).findings) == []
    assert sources.ask("SELECT strftime(incident_month, '%Y-%m') FROM incident ORDER BY 1") == [
        ("2025-02",), ("2025-03",)
    ]  # fmt: skip


def test_all_faults_of_a_declaration_are_told_at_once(sources: Intake) -> None:
    faulty = """
[file]
format = "ods"
[keys]
incident = ["No"]
person = ["Nobody"]
[columns.No]
use = "key"
[columns.Sex]
use = "take"
field = "person.gender"
colour = "red"
[columns.Age]
use = "derive"
how = "age_band"
around = ["12"]
[columns.When]
use = "derive"
how = "month"
format = ["%d/%m/%Y", "%m/%d/%Y"]
field = "incident.incident_month"
"""
    declared(sources, faulty, top=TOP.replace("title =", 'colour = "red"\ntitle ='))
    with pytest.raises(SourceError) as raised:
        read_source(sources.settings.sources / "layout.toml")
    told = str(raised.value).splitlines()
    assert len(told) == 6
    for key in ("file.format", "keys.person", "columns.Sex.field", "columns.Age.around",
                "columns: the formats", "colour: is not a key"):  # fmt: skip
        assert sum(key in line for line in told) == 1, key


def test_the_bands_of_values_are_those_of_the_code_list() -> None:
    age = Column("Age", "derive", "age_band", values={band: band for band in AGE_BAND.values})
    for band in AGE_BAND.values:
        answer = days.age(age, band).value
        assert answer is not None and answer[0] == band
