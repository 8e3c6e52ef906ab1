"""Ten malformed files: each is refused with its rule and row, and the store keeps every byte."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from etl.declaration import read_source
from etl.read import read_sheet
from tests.unit.etl.stores import HEADER, ROWS, SOURCES, Intake, said, workbook

Expected = list[tuple[str, int | None, str | None]]


def text(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def missing_cell(path: Path) -> None:
    path.write_bytes(text(HEADER, ROWS[0], ROWS[1].removesuffix(",Rina"), ROWS[2] + ",extra"))


def unclosed_quote(path: Path) -> None:
    path.write_bytes(text(HEADER, ROWS[0], '"' + ROWS[1], ROWS[2]))


def empty_file(path: Path) -> None:
    path.write_bytes(b"\n\n")


def archive_named_csv(path: Path) -> None:
    workbook(path.with_suffix(".xlsx"), HEADER.split(","), [])
    path.with_suffix(".xlsx").rename(path)


def nul_bytes(path: Path) -> None:
    path.write_bytes(text(HEADER, *ROWS).replace(b"Babul", b"Ba\0ul"))


def wrong_encoding(path: Path) -> None:
    path.write_bytes(text(HEADER, *ROWS).replace(b"undetermined", "não".encode("latin-1")))


def wrong_header(path: Path) -> None:
    header = HEADER.replace("Ransom", "Sex").replace("Age", "Mobile number").replace("Act,", ",")
    path.write_bytes(text(header, *ROWS))


def csv_named_xlsx(path: Path) -> None:
    path.write_bytes(text(HEADER, *ROWS))


def wrong_sheet(path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(path)


def broken_formulas(path: Path) -> None:
    cells: list[object] = list(ROWS[0].split(","))
    cells[2] = date(2025, 3, 5)
    cells[3] = "#REF!"
    workbook(path, HEADER.split(","), [cells])


CASES: list[tuple[str, str, Callable[[Path], None], Expected]] = [
    ("line-list", "a.csv", missing_cell, [("cell_count", 3, None), ("cell_count", 4, None)]),
    ("line-list", "b.csv", unclosed_quote, [("unclosed_quote", 3, None)]),
    ("line-list", "c.csv", empty_file, [("empty_file", None, None)]),
    ("line-list", "d.csv", archive_named_csv, [("not_readable", None, None)]),
    ("line-list", "e.csv", nul_bytes, [("nul_byte", 4, None)]),
    ("line-list", "f.csv", wrong_encoding, [("wrong_encoding", 4, None)]),
    (
        "line-list",
        "g.csv",
        wrong_header,
        [
            ("missing_column", 1, "Act"),
            ("missing_column", 1, "Age"),
            ("personal_column", 1, "Mobile number"),
            ("missing_column", 1, "Ransom"),
            ("duplicate_header", 1, "Sex"),
            ("empty_header", 1, "number 8"),
        ],
    ),
    ("workbook", "h.xlsx", csv_named_xlsx, [("not_readable", None, None)]),
    ("workbook", "i.xlsx", wrong_sheet, [("missing_sheet", None, None)]),
    ("workbook", "j.xlsx", broken_formulas, [("cell_error", 2, "Ransom")]),
]


@pytest.mark.parametrize(("source", "name", "spoil", "expected"), CASES, ids=lambda v: str(v)[:24])
def test_a_malformed_file_is_refused_and_the_store_keeps_every_byte(
    intake: Intake, source: str, name: str, spoil: Callable[[Path], None], expected: Expected
) -> None:
    intake.load("line-list", intake.line_list(name="good.csv"))
    path = intake.folder / name
    spoil(path)
    before = intake.digest()

    report = intake.load(source, path)

    assert sorted(said(report.findings), key=str) == sorted(expected, key=str)
    assert [entry.outcome for entry in report.files] == ["refused"]
    assert intake.digest() == before


@pytest.mark.parametrize(
    ("stream", "rule"), [("EncryptedPackage", "encrypted"), ("Workbook", "old_workbook")]
)
def test_an_encrypted_and_an_old_workbook_are_named_as_such(
    intake: Intake, stream: str, rule: str
) -> None:
    path = intake.folder / "locked.xlsx"
    folder = bytes(600) + stream.encode("utf-16-le") + bytes(600)
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + folder)
    assert said(intake.load("workbook", path).findings) == [(rule, None, None)]


def test_a_damaged_workbook_is_a_finding_and_never_a_crash(intake: Intake) -> None:
    path = workbook(intake.folder / "ok.xlsx", HEADER.split(","), [ROWS[0].split(",")])
    whole = path.read_bytes()
    for at in range(0, len(whole), 97):
        damaged = intake.folder / "damaged.xlsx"
        damaged.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        sheet, findings = read_sheet(damaged, read_source(SOURCES / "workbook.toml"))
        assert (sheet is None) == bool(findings)


def test_a_merged_header_is_refused(intake: Intake) -> None:
    path = workbook(intake.folder / "merged.xlsx", HEADER.split(","), [ROWS[0].split(",")])
    book = openpyxl.load_workbook(path)
    book["Line list"].merge_cells("A1:B1")
    book.save(path)
    assert ("merged_header", 1, None) in said(intake.load("workbook", path).findings)


def test_a_formula_that_was_never_calculated_is_refused(intake: Intake) -> None:
    cells: list[object] = list(ROWS[0].split(","))
    cells[5] = "=10+7"
    path = workbook(intake.folder / "formula.xlsx", HEADER.split(","), [cells])
    assert ("formula_without_value", 2, "Age") in said(intake.load("workbook", path).findings)


def test_a_file_without_header_is_refused_without_naming_its_cells(intake: Intake) -> None:
    report = intake.load("line-list", intake.write("bare.csv", *ROWS))
    assert said(report.findings) == [("no_header", 1, None)]


def test_a_header_that_could_be_a_value_is_only_counted(intake: Intake) -> None:
    report = intake.load(
        "line-list", intake.write("odd.csv", HEADER + ",01712345678", ROWS[0] + ",x")
    )
    assert said(report.findings) == [("undeclared_column", 1, "number 17")]


def test_one_bad_file_of_a_set_keeps_the_others_out(intake: Intake) -> None:
    good = intake.line_list(name="good.csv")
    bad = intake.line_list(ROWS[0].replace("Female", "Frau"), name="bad.csv")
    before = intake.digest()

    report = intake.load("line-list", good, bad)

    assert ("unknown_code", 2, "Sex") in said(report.findings)
    assert {entry.outcome for entry in report.files} == {"refused"}
    assert intake.digest() == before
