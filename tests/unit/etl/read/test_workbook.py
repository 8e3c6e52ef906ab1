"""A workbook is looked at before it is read: whatever way its XML is written, nothing hides."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.declaration.source import FileFormat
from etl.findings import Place
from etl.read.grid import Unreadable
from etl.read.workbook import NoSheet, NoWorkbook, inspect, sheet_names
from etl.read.xlsx_file import read_xlsx
from etl.settings import OperatorError

XLSX = FileFormat("xlsx", sheet="Line list")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = """<?xml version="1.0"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType=
 "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType=
 "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"""
ROOT = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Target="xl/workbook.xml" Type=
"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>
</Relationships>"""
BOOK = f"""<workbook xmlns="{MAIN}"
xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<sheets><sheet
 name='Line list' sheetId='1' r:id='rId1'/></sheets></workbook>"""
RELATIONS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Target='worksheets/sheet1.xml' Id='rId1' Type=
"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>
</Relationships>"""
HEADER = """<row r="1"><c r="A1" t="inlineStr"><is><t>A</t></is></c>
<c r="B1" t="inlineStr"><is><t>B</t></is></c></row>"""


def packed(path: Path, cells: str, *, prologue: str = "", **parts: str) -> Path:
    """A workbook whose sheet has a header of two columns and these rows, as XML says them."""
    sheet = (
        f'{prologue}<worksheet xmlns="{MAIN}"><sheetData>{HEADER}{cells}</sheetData></worksheet>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", ROOT)
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, content in parts.items():
            archive.writestr(f"xl/{name}.xml", content)
    return path


FAULTY = {
    "single quotes": "<c t='e' r='B2'><f>1/0</f><v>#DIV/0!</v></c>",
    "line breaks": '<c\n r="B2"\n t="e"\n><f>1/0</f><v>#DIV/0!</v></c>',
    "spaces around the sign": '<c r = "B2" t = "e"><f>1/0</f><v>#DIV/0!</v></c>',
    "another attribute first": '<c s="1" t="e" r="B2"><v>#REF!</v></c>',
    "no reference": '<c t="inlineStr"><is><t>x</t></is></c><c t="e"><v>#REF!</v></c>',
}
UNCALCULATED = {
    "nothing": '<c r="B2"><f>1+1</f></c>',
    "an empty value": '<c r="B2"><f>1+1</f><v></v></c>',
    "a closed value": '<c r="B2"><f>1+1</f><v/></c>',
    "a shared formula": '<c r="B2"><f t="shared" si="0"/></c>',
    "markup in the formula": '<c r="B2"><f>A1<!-- x -->&lt;2</f></c>',
    "single quotes": "<c r='B2'><f ca='1'>1+1</f><v\n/></c>",
}


@pytest.mark.parametrize("cell", FAULTY.values(), ids=FAULTY)
def test_the_error_of_a_formula_is_found_however_it_is_written(tmp_path: Path, cell: str) -> None:
    path = packed(tmp_path / "a.xlsx", f'<row r="2">{cell}</row>')
    assert inspect(path, "Line list").faults == [(2, 1, "error")]
    found = read_xlsx(path, XLSX, Place("x")).findings
    assert [(f.rule, f.row, f.column) for f in found] == [("cell_error", 2, "B")]


@pytest.mark.parametrize(
    ("state", "hidden"), [("", False), (" state='visible'", False), (" state='veryHidden'", True)]
)
def test_a_sheet_is_hidden_where_its_workbook_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state: str, hidden: bool
) -> None:
    monkeypatch.setattr(f"{__name__}.BOOK", BOOK.replace("sheetId='1'", f"sheetId='1'{state}"))
    facts = inspect(packed(tmp_path / "a.xlsx", ""), "Line list")
    assert (facts.hidden, facts.hidden_sheets) == (hidden, ("Line list",) * hidden)


@pytest.mark.parametrize("cell", UNCALCULATED.values(), ids=UNCALCULATED)
def test_a_formula_that_was_never_calculated_says_so(tmp_path: Path, cell: str) -> None:
    path = packed(tmp_path / "a.xlsx", f'<row r="2">{cell}</row>')
    found = read_xlsx(path, XLSX, Place("x")).findings
    assert [(f.rule, f.row, f.column) for f in found] == [("formula_without_value", 2, "B")]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="B2"><f>1+1</f><v>2</v></c>', "2"),
        ('<c r="B2" t="str"><f>""</f><v></v></c>', ""),
        ('<c r="B2" t="b"><f>1=1</f><v>1</v></c>', "TRUE"),
    ],
)
def test_a_formula_with_its_value_is_no_fault(tmp_path: Path, cell: str, value: str) -> None:
    row = f'<row r="2"><c r="A2"><v>7</v></c>{cell}</row>'
    grid = read_xlsx(packed(tmp_path / "a.xlsx", row), XLSX, Place("x"))
    assert not grid.findings
    assert [column.cells() for column in grid.columns] == [["7"], [value]]


def test_in_a_dropped_column_a_formula_does_not_matter(tmp_path: Path) -> None:
    row = f'<row r="2"><c r="A2"><v>7</v></c>{FAULTY["single quotes"]}</row>'
    grid = read_xlsx(packed(tmp_path / "a.xlsx", row), XLSX, Place("x"), {"B"})
    assert not read_xlsx(packed(tmp_path / "b.xlsx", row), XLSX, Place("x"), {"A"}).numbers
    assert not grid.findings
    assert grid.numbers == [2]


FAR = {
    "single quotes": "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
    "line breaks": '<row\nr="1048576"><c\n\nr="XFD1048576"><v>1</v></c></row>',
    "a row without a reference": '<row r="1048576"><c r="XFD1048576"/></row><row><c/></row>',
    "beyond any sheet": '<row r="2"><c r="ZZZZ2"><v>1</v></c></row>',
    "below any sheet": '<row r="9999999999"><c r="A9999999"><v>1</v></c></row>',
    "a row of another number": '<row r="two"><c><v>1</v></c></row>',
    "a row of many digits": f'<row r="{"9" * 5000}"><c><v>1</v></c></row>',
    "no place": '<row r="2"><c r="2A"><v>1</v></c></row>',
}


@pytest.mark.parametrize("row", FAR.values(), ids=FAR)
def test_a_cell_far_outside_is_refused_however_it_is_written(tmp_path: Path, row: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_xlsx(packed(tmp_path / "a.xlsx", row), XLSX, Place("x"))
    assert [finding.rule for finding in refusal.value.findings] == ["not_readable"]


def test_what_unpacks_to_too_much_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = packed(tmp_path / "a.xlsx", "", sharedStrings=" " * 2_000_000)
    monkeypatch.setenv("ATLAS_MOST_UNPACKED_MB", "")
    assert inspect(path, "Line list").rows == 1
    monkeypatch.setenv("ATLAS_MOST_UNPACKED_MB", "1")
    with pytest.raises(NoWorkbook, match="unpacks to 2 MB or more; at most 1 MB"):
        inspect(path, "Line list")
    with pytest.raises(NoWorkbook, match="unpacks to 2 MB or more; at most 1 MB"):
        sheet_names(path)


@pytest.mark.parametrize("told", ["0", "-1", "many", "1.5", "100000", "\u0661"])
def test_a_setting_of_what_is_unpacked_that_is_none_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    monkeypatch.setenv("ATLAS_MOST_UNPACKED_MB", told)
    with pytest.raises(OperatorError, match="ATLAS_MOST_UNPACKED_MB is .*; use a whole number"):
        inspect(packed(tmp_path / "a.xlsx", ""), "Line list")


def test_an_archive_that_lies_about_its_size_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = packed(tmp_path / "a.xlsx", "", sharedStrings=" " * 2_000_000)
    content = path.read_bytes()
    false = content.replace((2_000_000).to_bytes(4, "little"), (20).to_bytes(4, "little"))
    assert false.count((20).to_bytes(4, "little")) >= 2
    path.write_bytes(false)
    monkeypatch.setenv("ATLAS_MOST_UNPACKED_MB", "1")
    with pytest.raises(NoWorkbook):
        inspect(path, "Line list")
    with pytest.raises(NoWorkbook):
        sheet_names(path)


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    with pytest.raises(NoWorkbook, match="document type"):
        inspect(packed(tmp_path / "a.xlsx", "", prologue=bomb), "Line list")


def test_a_document_type_is_refused_where_sheets_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", f"<!DOCTYPE x>{BOOK}")
    with pytest.raises(NoWorkbook, match="document type"):
        sheet_names(path)


def test_sheets_are_told_as_the_workbook_lists_them(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.xlsx", "")
    assert sheet_names(path) == ("Line list",)
    assert inspect(path, "Line list").other_sheets == ()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", f"<workbook xmlns='{MAIN}'><sheets/></workbook>")
    assert sheet_names(path) == ()


def test_a_sheet_that_is_not_there_is_told_apart_from_damage(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.xlsx", "")
    with pytest.raises(NoSheet):
        inspect(path, "Summary")
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(NoWorkbook, match="damaged"):
        inspect(path, "Line list")


@pytest.mark.parametrize(
    ("at", "value"), [(8, 1), (10, 99)], ids=["asks for a password", "packed in an unknown way"]
)
def test_flags_that_no_workbook_has_are_damage(tmp_path: Path, at: int, value: int) -> None:
    path = packed(tmp_path / "a.xlsx", "")
    content = bytearray(path.read_bytes())
    content[content.rindex(b"PK\x01\x02") + at] = value  # flags and method of the last part
    path.write_bytes(content)
    with pytest.raises(NoWorkbook, match="damaged"):
        inspect(path, "Line list")


@given(st.binary(max_size=400))
def test_bytes_that_are_no_workbook_are_refused_in_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("odd") / "a.xlsx"
    path.write_bytes(b"PK\x03\x04" + content)
    with pytest.raises(NoWorkbook):
        inspect(path, "Line list")
