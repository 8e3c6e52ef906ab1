"""Planted duplicates are found, listed first, and asked about on a sheet that comes back."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from etl.__main__ import main
from etl.duplicates.groups import Group
from etl.duplicates.joining import Open, open_pairs
from etl.release.contents.geography import read_geography
from tests.unit.etl.duplicates.planted import Planted, plant
from tests.unit.etl.stores import Intake

RECORDS, TWICE, FIRST = 3000, 30, 50


@pytest.fixture
def planted(intake: Intake, tmp_path: Path) -> Planted:
    return plant(intake, tmp_path, records=RECORDS, twice=TWICE, seed=7)


@pytest.fixture
def small(intake: Intake, tmp_path: Path) -> Planted:
    return plant(intake, tmp_path, records=300, twice=9, seed=3)


def listed(planted: Planted) -> Open:
    settings = planted.intake.settings
    return open_pairs(settings, read_geography(settings).areas, limit=10_000)


def pairs_of(planted: Planted, groups: tuple[Group, ...]) -> list[set[frozenset[tuple[str, int]]]]:
    """Partner and row of both incidents of each pair, by group."""
    rows: dict[Any, tuple[str, int]] = {
        key: (str(partner), int(str(row)))
        for key, partner, row in planted.intake.ask(
            "SELECT key, partner, row_no FROM arrival JOIN load USING (load_no) "
            "WHERE table_name = 'incident'"
        )
    }
    return [
        {frozenset({rows[p.a.incident_id], rows[p.b.incident_id]}) for p in group.pairs}
        for group in groups
    ]


def test_most_planted_duplicates_are_found_and_half_of_the_first_groups_are_true(
    planted: Planted,
) -> None:
    found = listed(planted)
    groups = pairs_of(planted, found.groups)
    hits = {pair for group in groups for pair in group} & planted.twice
    assert len(hits) >= 0.7 * TWICE
    assert sum(bool(group & planted.twice) for group in groups[:FIRST]) >= FIRST / 2
    odds = [group.weakest.bits for group in found.groups]
    assert odds == sorted(odds, reverse=True)
    assert_true_as_said(planted, found, groups)


def test_of_records_that_tell_little_most_are_found_and_no_more_is_claimed(
    intake: Intake, tmp_path: Path
) -> None:
    records, twice = RECORDS // 2, TWICE // 2
    planted = plant(intake, tmp_path, records=records, twice=twice, seed=7, untold=0.5)
    found = listed(planted)
    groups = pairs_of(planted, found.groups)
    assert len({pair for group in groups for pair in group} & planted.twice) >= 0.7 * twice
    assert found.count < 0.06 * records
    assert_true_as_said(planted, found, groups)


def assert_true_as_said(
    planted: Planted, found: Open, groups: list[set[frozenset[tuple[str, int]]]]
) -> None:
    """As many of the first groups are one event as their probabilities come to."""
    first = found.groups[:FIRST]
    expected = sum(group.weakest.probability for group in first)
    true = sum(bool(group & planted.twice) for group in groups[: len(first)])
    assert abs(true - expected) <= 5


def ask(planted: Planted, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main(["duplicates", *words, "--json"], planted.intake.settings) == 0
    return json.loads(capsys.readouterr().out)


def sheet_of(planted: Planted, capsys: pytest.CaptureFixture[str], folder: Path) -> Path:
    path = folder / "questions.xlsx"
    words = [
        "--sheet",
        str(path),
        "--partner",
        "partner-u",
        "--from",
        str(planted.files["partner-u"]),
    ]
    assert ask(planted, capsys, *words)["asked"] > 0
    return path


def rows_of(path: Path) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def answered(path: Path, planted: Planted) -> dict[str, bool]:
    """Fill the sheet as its partner would, in both languages, and say what was answered."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    told: dict[str, bool] = {}
    for number, row in enumerate(sheet.iter_rows(min_row=2)):
        own, other = ("partner-u", row[2].value), row[6].value
        if other:
            same = frozenset({own, ("partner-u", other)}) in planted.twice
        else:
            same = any(own in pair and len({p for p, _ in pair}) == 2 for pair in planted.twice)
        words = ("yes · হ্যাঁ", "হ্যাঁ", "Yes") if same else ("no · না", "না", "NO")
        row[-1].value = words[number % 3]
        told[row[0].value] = same
    book.save(path)
    return told


def test_a_sheet_names_the_partners_own_file_row_and_case_and_nothing_of_others(
    small: Planted, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = sheet_of(small, capsys, tmp_path)
    assert path.stat().st_mode & 0o777 == 0o600
    lines = small.files["partner-u"].read_text(encoding="utf-8").splitlines()
    rows = rows_of(path)
    assert any(row[6] for row in rows)
    assert any(not row[6] for row in rows)
    for row in rows:
        assert row[1] == "u.csv"
        assert row[3] == lines[row[2] - 1].split(",")[0]
        if row[6]:
            assert row[7] == lines[row[6] - 1].split(",")[0]
        else:
            assert [cell or "" for cell in row[5:8]] == ["another partner · অন্য সংস্থা", "", ""]
        assert "day" in row[8] or "place" in row[8]
        assert not row[10]
    assert "partner-t" not in str(rows)


def test_without_its_file_a_sheet_names_load_and_row_and_no_case(
    small: Planted, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "questions.xlsx"
    ask(small, capsys, "--sheet", str(path), "--partner", "partner-u")
    for row in rows_of(path):
        assert row[1].startswith("load 2 of ")
        assert not row[3]


def test_answers_are_recorded_once_and_contradictions_are_left(
    small: Planted, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = sheet_of(small, capsys, tmp_path)
    told = answered(path, small)
    made = ask(small, capsys, "--answers", str(path), "--by", "Rina")
    assert (made["same"], made["apart"]) == (sum(told.values()), len(told) - sum(told.values()))
    decided = {e["id"]: e["decision"] == "same" for e in ask(small, capsys, "--decided")["decided"]}
    assert decided == told
    again = ask(small, capsys, "--answers", str(path), "--by", "Rina")
    assert (again["same"], again["apart"], again["known"]) == (0, 0, len(told))
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    first = sheet.cell(2, 1).value
    sheet.cell(2, 11).value = "no" if told[str(first)] else "yes"
    book.save(path)
    again = ask(small, capsys, "--answers", str(path), "--by", "Rina")
    assert again["contested"] == [first]


@pytest.mark.parametrize(
    ("answer", "sentence"), [("perhaps", "row 2: the answer is neither"), ("yes no", "neither")]
)
def test_an_answer_that_is_none_is_named_by_its_row(
    small: Planted,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    answer: str,
    sentence: str,
) -> None:
    path = sheet_of(small, capsys, tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    sheet.cell(2, 11).value = answer
    book.save(path)
    words = ["duplicates", "--answers", str(path), "--by", "Rina"]
    assert main(words, small.intake.settings) == 1
    assert sentence in capsys.readouterr().err
    assert ask(small, capsys, "--decided")["decided"] == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--sheet", "x.xlsx"], "goes with --partner"),
        (["--partner", "partner-u"], "goes with --partner"),
        (["--sheet", "{folder}/x.xlsx", "--partner", "partner-u", "--from", "{folder}/other.csv"],
         "is no file that partner-u sent"),
        (["--answers", "{folder}/none.xlsx", "--by", "Rina"], "There is no file"),
        (["--answers", "{folder}/other.csv", "--by", "Rina"], "not of the declared format"),
    ],
)  # fmt: skip
def test_mistakes_are_one_sentence(
    small: Planted,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    words: list[str],
    sentence: str,
) -> None:
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    given = [word.format(folder=tmp_path) for word in words]
    assert main(["duplicates", *given], small.intake.settings) == 1
    assert sentence in capsys.readouterr().err


def test_the_sheet_comes_back_through_libreoffice(
    small: Planted, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    program = shutil.which("soffice")
    assert program, "this test needs LibreOffice: apt install libreoffice-calc-nogui"
    path = sheet_of(small, capsys, tmp_path)
    told = answered(path, small)
    folder = tmp_path / "office"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    words = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder)]
    subprocess.run([*words, str(path)], check=True, timeout=180)
    made = ask(small, capsys, "--answers", str(folder / path.name), "--by", "Rina")
    assert (made["same"], made["apart"]) == (sum(told.values()), len(told) - sum(told.values()))
