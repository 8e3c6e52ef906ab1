"""Encodings of text files, with bytes as spreadsheets and exports write them."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from etl.declaration.source import FileFormat
from etl.findings import Place
from etl.read.csv_file import read_csv
from etl.read.grid import Unreadable
from tests.unit.etl.read.test_readers import rows
from tests.unit.etl.stores import HEADER, ROWS, Intake, said

BANGLA = "উখিয়া"
TABS = FileFormat("csv", delimiter="\t")
WESTERN = FileFormat("csv", encoding="cp1252")
#: A sheet as Excel saves it under "Unicode text": UTF-16, little end first, tabs, CRLF.
SHEET = f'Place\tNumber\r\n{BANGLA}\t১২\r\n"two\r\nlines"\tx\r\n'


def refusal(path: Path, raw: bytes, form: FileFormat) -> list[tuple[str, int | None]]:
    path.write_bytes(raw)
    with pytest.raises(Unreadable) as raised:
        read_csv(path, form, Place("x"))
    return [(finding.rule, finding.row) for finding in raised.value.findings]


@pytest.mark.parametrize(
    ("mark", "codec"),
    [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
    ids=["little end first", "big end first"],
)
@pytest.mark.parametrize("declared", ["utf-8", "cp1252"])
def test_unicode_text_of_a_spreadsheet_is_read_by_its_mark(
    tmp_path: Path, mark: bytes, codec: str, declared: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(mark + SHEET.encode(codec))
    form = FileFormat("csv", delimiter="\t", encoding=declared)  # type: ignore[arg-type]
    grid = read_csv(path, form, Place("x"))
    assert grid.header == ["Place", "Number"]
    assert rows(grid) == [[BANGLA, "১২"], ["two\r\nlines", "x"]]
    assert grid.numbers == [2, 3]


def test_a_declared_western_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"A,B\nCox\x92s Bazar,\x80 5\n")
    assert rows(read_csv(path, WESTERN, Place("x"))) == [["Cox’s Bazar", "€ 5"]]


@pytest.mark.parametrize("byte", [0x81, 0x8D, 0x8F, 0x90, 0x9D])
def test_a_byte_that_no_western_letter_has_is_refused_with_its_row(
    tmp_path: Path, byte: int
) -> None:
    raw = b'A,B\n"one\ntwo",2\n3,' + bytes([byte]) + b"\n"
    assert refusal(tmp_path / "a.csv", raw, WESTERN) == [("wrong_encoding", 3)]


@pytest.mark.parametrize(
    ("raw", "form", "rule"),
    [
        ("A,B\n1,2\nক,3\n".encode(), WESTERN, "wrong_encoding"),
        (b"A,B\n1,2\nCox\x92s,3\n", FileFormat("csv"), "wrong_encoding"),
        (codecs.BOM_UTF8 + b"A,B\n1,2\nCox\x92s,3\n", WESTERN, "wrong_encoding"),
        (codecs.BOM_UTF16_LE + "A\n1\n".encode("utf-16-le") + b"\x00\xd8", TABS, "wrong_encoding"),
        (codecs.BOM_UTF16_LE + "A\n1\nx".encode("utf-16-le") + b"\x41", TABS, "wrong_encoding"),
        (codecs.BOM_UTF32_LE + "A\n1\n".encode("utf-32-le"), TABS, "nul_byte"),
        ("A\n1\nx".encode("utf-16-le"), TABS, "nul_byte"),
    ],
    ids=[
        "UTF-8 that is declared as Western",
        "Western that is not declared",
        "Western with the mark of UTF-8",
        "half of a pair in UTF-16",
        "half a letter in UTF-16",
        "UTF-32",
        "UTF-16 without a mark",
    ],
)
def test_bytes_that_are_no_text_are_refused_with_their_row(
    tmp_path: Path, raw: bytes, form: FileFormat, rule: str
) -> None:
    row = 1 if rule == "nul_byte" else 3
    assert refusal(tmp_path / "a.csv", raw, form) == [(rule, row)]


@pytest.mark.parametrize(
    "letters",
    [
        BANGLA.encode().decode("cp1252", errors="replace"),
        "নাম".encode().decode("latin-1"),
        "Cox’s".encode().decode("cp1252"),
        "São".encode().decode("cp1252"),
        "\N{PILE OF POO}".encode().decode("latin-1"),
        "lost \N{REPLACEMENT CHARACTER}",
    ],
    ids=["Bangla", "Bangla by bytes", "an apostrophe", "an accent", "a picture", "a lost letter"],
)
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF16_BE], ids=["UTF-8", "UTF-16"])
def test_text_that_was_read_in_a_wrong_encoding_is_refused_with_its_row(
    tmp_path: Path, letters: str, mark: bytes
) -> None:
    text = f'A,B\n"one\ntwo",2\n{letters},3\n'
    raw = mark + text.encode("utf-16-be" if mark else "utf-8")
    assert refusal(tmp_path / "a.csv", raw, FileFormat("csv")) == [("wrong_letters", 3)]


@pytest.mark.parametrize(
    "letters",
    ["São Tomé", "NÃO", "Côte d’Ivoire", "Malé", "Ærø", "Åland", BANGLA, "ব্লক", "Đà Nẵng"],
)
def test_letters_that_only_look_odd_are_read(tmp_path: Path, letters: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"A,B\n{letters},2\n", encoding="utf-8")
    assert rows(read_csv(path, FileFormat("csv"), Place("x"))) == [[letters, "2"]]


def test_a_line_list_saved_as_unicode_text_loads_as_the_other_does(
    loaded: Intake, tmp_path: Path
) -> None:
    path = loaded.folder / "unicode.csv"
    text = "".join(f"{line}\r\n" for line in (HEADER, *ROWS))
    path.write_bytes(codecs.BOM_UTF16_LE + text.encode("utf-16-le"))
    report = loaded.load("line-list", path)
    assert [entry.outcome for entry in report.files] == ["known"]


def test_a_file_with_wrong_letters_is_refused_as_a_whole(intake: Intake) -> None:
    wrong = ROWS[1].replace("Rina", "নাম".encode().decode("latin-1"))
    path = intake.line_list(ROWS[0], wrong)
    report = intake.load("line-list", path, accept_valid=True)
    assert said(report.findings) == [("wrong_letters", 3, None)]
    assert [entry.outcome for entry in report.files] == ["refused"]
