"""An operator loads, lists and removes what is told beside the numbers, with one command."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dashboard.model.target import MEASURED
from etl.__main__ import main
from etl.operator_tables.kinds import KINDS, POPULATIONS, TARGETS
from etl.operator_tables.stored import all_rows, reference_of
from etl.settings import OperatorError, Settings
from tests.support.sealing import seal_all
from tests.unit.etl.operator_tables.asking import GOOD, Rows, row
from tests.unit.etl.stores import Ask, Intake

PEOPLE = "area_code,population,year,boundaries,population_group"
CAMP = "CXB-201,39800,2026,camps_2023,refugees"
DISTRICT = "BD2022,2823265,2022,adm_v03,host"
NOTE = "[[note]]\nmonth = '2026-05'\nkind = 'flood'\ntext = 'A flood'\npublic = false\n"


def given(intake: Intake, *lines: str, header: str = PEOPLE) -> tuple[str, str]:
    return "populations", str(intake.write("people.csv", header, *lines))


@pytest.mark.parametrize("kind", GOOD)
def test_a_row_of_each_kind_is_kept_listed_read_again_and_removed(
    intake: Intake, ask: Ask, rows: Rows, kind: str
) -> None:
    settings = intake.settings
    assert ask(*row(kind)) == (
        0, {"file": "--row", "findings": [], "loaded": 1, "held": 1},
    )  # fmt: skip
    before = intake.digest()
    assert ask(*row(kind))[1]["held"] == 1
    assert intake.digest() == before, "the same row is kept once"
    (held,) = ask(kind)[1][kind]
    assert GOOD[kind].items() <= held.items()
    copy = settings.operator / f"{kind}.csv"
    handed_on = intake.write(f"copy-{kind}.csv", *copy.read_text(encoding="utf-8").splitlines())
    assert ask(kind, "--clear")[1] == {kind: [], "findings": []}
    assert not copy.exists()
    assert ask(kind, str(handed_on))[0] == 0
    assert ask()[1] == {name: int(name == kind) for name in KINDS}
    assert ask(kind, "--remove", held["id"]) == (0, {"removed": held})
    assert rows(kind) == []


def test_a_list_names_each_row_or_counts_them(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    for kind in ("notes", "populations"):
        assert main(["tables", *row(kind)], intake.settings) == 0
    assert "Readers see them from the next `publish` on." in capsys.readouterr().out
    assert main(["tables", "notes"], intake.settings) == 0
    assert "  month=2026-07  kind=flood  text=Flood along" in capsys.readouterr().out
    assert main(["tables", "populations"], intake.settings) == 0
    assert "  2022, host, adm_v03: 1\n" in capsys.readouterr().out


def test_a_later_file_corrects_adds_or_replaces(intake: Intake, ask: Ask, rows: Rows) -> None:
    assert ask(*given(intake, CAMP, DISTRICT))[1]["held"] == 2
    corrected = CAMP.replace("39800", "39900")
    earlier = CAMP.replace("2026", "2025")
    assert ask(*given(intake, corrected, earlier))[1]["held"] == 3
    held = [(r["year"], r["population"]) for r in rows("populations")]
    assert held == [("2022", "2823265"), ("2025", "39800"), ("2026", "39900")]
    assert ask(*given(intake, CAMP), "--replace")[1]["held"] == 1


def test_a_bad_row_is_named_and_nothing_is_loaded(
    intake: Intake, ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(*given(intake, DISTRICT))[0] == 0
    before = intake.digest()
    bad = (CAMP, CAMP, "BD2022,ten,2026,adm_v03,none", "BD2022,10,2026,adm_v03")
    code, told = ask(*given(intake, *bad))
    assert (code, told["loaded"]) == (1, 0)
    assert [(f["file"], f["row"], f["column"], f["rule"]) for f in told["findings"]] == [
        ("people.csv", 3, "area_code", "repeated_row"),
        ("people.csv", 4, "population", "bad_count"),
        ("people.csv", 4, "population_group", "unknown_code"),
        ("people.csv", 5, None, "cell_count"),
    ]
    assert main(["tables", *given(intake, *bad)], intake.settings) == 1
    said = capsys.readouterr().out
    assert "nothing of it was loaded" in said
    assert "people.csv, row 3, column area_code: " in said
    assert intake.digest() == before


@pytest.mark.parametrize(
    ("header", "rule"),
    [
        (PEOPLE.replace(",year", ",date"), "missing_column"),
        (f"{PEOPLE},name", "personal_column"),
        (f"{PEOPLE},year", "duplicate_header"),
        ("a,b,c,d,e", "no_header"),
    ],
)
def test_other_columns_are_refused(intake: Intake, ask: Ask, header: str, rule: str) -> None:
    line = f"{CAMP},x" if header.count(",") > CAMP.count(",") else CAMP
    code, told = ask(*given(intake, line, header=header))
    assert (code, {f["rule"] for f in told["findings"]} >= {rule}) == (1, True)
    assert not (intake.settings.operator / "populations.csv").exists()


def test_semicolons_are_told(intake: Intake, ask: Ask) -> None:
    words = given(intake, CAMP.replace(",", ";"), header=PEOPLE.replace(",", ";"))
    assert ask(*words)[0] == 1
    assert ask(*words, "--delimiter", "semicolon")[0] == 0


def workbook(path: Path, *sheets: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    for number, lines in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet {number}", number)
        for line in lines:
            sheet.append(line)
    book.save(path)
    return path


def test_a_workbook_is_read_from_its_first_sheet_or_the_named_one(
    intake: Intake, ask: Ask, rows: Rows
) -> None:
    header = [*GOOD["capacities"]][::-1]
    sheets = [[header, [day, places, "boys", "safe_shelter", "bd2022"]]
              for day, places in ((date(2026, 7, 1), 12.0), ("2026-08-01", 14))]  # fmt: skip
    path = str(workbook(intake.folder / "places.xlsx", *sheets))
    assert ask("capacities", path)[0] == 0
    assert ask("capacities", path, "--sheet", "Sheet 1")[0] == 0
    held = [(r["area"], r["places"], r["as_of"])
            for r in rows("capacities")]  # fmt: skip
    assert held == [("BD2022", "12", "2026-07-01"), ("BD2022", "14", "2026-08-01")]
    code, told = ask("capacities", path, "--sheet", "Sheet 7")
    assert (code, told["findings"][0]["rule"]) == (1, "missing_sheet")


def test_what_a_workbook_may_unpack_to_is_set_by_the_operator(
    intake: Intake, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(intake.folder / "people.xlsx", [PEOPLE.split(","), CAMP.split(",")])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/more.bin", bytes(2_000_000))
    words = ("populations", str(path))
    monkeypatch.setenv("ATLAS_MOST_UNPACKED_MB", "1")
    code, told = ask(*words)
    assert (code, told["loaded"], told["findings"][0]["rule"]) == (1, 0, "not_readable")
    assert "unpacks to 2 MB or more; at most 1 MB are read" in told["findings"][0]["message"]
    monkeypatch.setenv("ATLAS_MOST_UNPACKED_MB", "much")
    code, told = ask(*words)
    assert code == 1
    assert told["error"].startswith("ATLAS_MOST_UNPACKED_MB is 'much'; use a whole number")
    monkeypatch.setenv("ATLAS_MOST_UNPACKED_MB", "2")
    assert ask(*words)[0] == 0


def test_toml_is_read_and_its_faults_are_told(intake: Intake, ask: Ask, rows: Rows) -> None:
    path = intake.write("mine.toml", "# from May", NOTE, NOTE.replace("A flood", "A cyclone"))
    assert ask("notes", str(path))[1]["loaded"] == 2
    assert {r["public"] for r in rows("notes")} == {"no"}
    target = "[[target]]\nindicator='open'\nperiod='2026-01..2026-03'\ntarget=30\nsource='Plan'\n"
    assert ask("targets", str(intake.write("t.toml", target)))[0] == 0
    assert rows("targets")[0]["target"] == "30"


@pytest.mark.parametrize(
    ("text", "number", "column", "rule"),
    [
        (NOTE + NOTE, 2, "month", "repeated_row"),
        (NOTE + NOTE.replace("'A flood'", "['A flood']"), 2, "text", "no_cell"),
        (NOTE.replace("false", "0.5"), 1, "public", "no_cell"),
        (NOTE + "area = ['BD2022', 'BD2015']\n", 1, "area", "no_cell"),
        (NOTE.replace("'2026-05'", "2026-05-01"), 1, "month", "bad_month"),
        (NOTE.replace("false", "1"), 1, "public", "bad_flag"),
        (NOTE + "who = 'x'\n", 1, "who", "undeclared_column"),
        ("[note]\nmonth = 3\n", 1, "kind", "unknown_code"),
        ("note = [1]\n", None, None, "not_readable"),
        ("notes = []\n", None, None, "not_readable"),
        ("[[note]\n", None, None, "not_readable"),
        ("", None, None, "empty_file"),
    ],
)
def test_toml_that_is_no_table_says_where(
    intake: Intake, ask: Ask, text: str, number: int | None, column: str | None, rule: str
) -> None:
    path = intake.write("mine.toml", text)
    code, told = ask("notes", str(path))
    found = [(f["file"], f["row"], f["column"], f["rule"]) for f in told["findings"]]
    assert code == 1
    assert ("mine.toml", number, column, rule) in found


def test_toml_of_another_encoding_is_told(intake: Intake, ask: Ask) -> None:
    path = intake.folder / "mine.toml"
    path.write_bytes(NOTE.encode("utf-16"))
    _, told = ask("notes", str(path))
    assert [finding["rule"] for finding in told["findings"]] == ["wrong_encoding"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["--clear"],
            "Say which table: notes, populations, capacities, targets, outlines, partners.",
        ),
        (["notes", "x.csv", "--clear"], "go one at a time"),
        (["notes", "--remove", "abc", "--clear"], "go one at a time"),
        (["populations", "--replace"], "need FILE"),
        (["outlines", "--key", "code"], "need FILE"),
        (["notes", "x.csv"], "There is no file x.csv"),
        (["notes", "--remove", "abc"], "There is no note abc"),
        (["notes", "--row", "month"], "--row is COLUMN=CELL each"),
        (["notes", "--row", "who=x"], "with columns of month, until, kind"),
        (["notes", "--row", "month=2026-01", "month=2026-02"], "--row gives month twice"),
    ],
)
def test_words_that_do_not_fit_are_one_sentence(
    intake: Intake, capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    assert main(["tables", *words], intake.settings) == 1
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "more", "told"),
    [
        ("people.ods", [], "populations are read from .csv, .xlsx, .toml."),
        ("people.geojson", [], "populations are read from .csv, .xlsx, .toml."),
        ("people.csv", ["--sheet", "One"], "a sheet is one of .xlsx."),
    ],
)
def test_another_format_is_told(
    intake: Intake, capsys: pytest.CaptureFixture[str], name: str, more: list[str], told: str
) -> None:
    path = intake.write(name, PEOPLE, CAMP)
    assert main(["tables", "populations", str(path), *more], intake.settings) == 1
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("text", ["a,b\n", f"{PEOPLE}\nBD2022,1\n", "", f'{PEOPLE}\n"BD'])
def test_a_damaged_file_is_named_by_each_command_that_needs_it(
    intake: Intake, ask: Ask, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    settings = intake.settings
    (settings.operator / "populations.csv").write_text(text, encoding="utf-8")
    assert main(["tables", "populations"], settings) == 1
    assert "populations.csv lies in the operator's half" in capsys.readouterr().err
    seal_all(settings)
    assert main(["tables", "populations"], settings) == 1
    again = "load the populations again with `tables populations FILE --replace`."
    assert again in capsys.readouterr().err
    assert main(["status", "--json"], settings) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["notes"] is None
    assert data["beside_trouble"].endswith(again)
    assert ask(*given(intake, CAMP), "--replace")[0] == 0


def told(settings: Settings) -> list[tuple[str, str, int]]:
    """Place, group and year of the populations of two districts that an edition may tell."""
    counts = all_rows(settings, POPULATIONS, reference_of(settings))
    return sorted((c["area_code"], c["population_group"], c["year"]) for c in counts
                  if c["area_code"] in ("BD2022", "BD2015"))  # fmt: skip


def test_the_census_stands_in_for_districts_of_which_nothing_newer_was_loaded(
    intake: Intake, ask: Ask
) -> None:
    census = [("BD2015", "host", 2011), ("BD2022", "host", 2011)]
    assert told(intake.settings) == census
    refugees = DISTRICT.replace("host", "refugees")
    assert ask(*given(intake, refugees))[0] == 0
    assert told(intake.settings) == [*census, ("BD2022", "refugees", 2022)]
    assert ask(*given(intake, DISTRICT))[0] == 0
    assert told(intake.settings) == [
        ("BD2015", "host", 2011), ("BD2022", "host", 2022), ("BD2022", "refugees", 2022),
    ]  # fmt: skip


def test_the_examples_of_targets_are_right_invented_and_stand_in_where_none_is_kept(
    intake: Intake, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = reference_of(intake.settings)
    examples = all_rows(intake.settings, TARGETS, reference)
    assert all(each["invented"] and "invented" in each["source"] for each in examples)
    assert {each["indicator"].partition(".")[0] for each in examples} <= set(MEASURED)
    aided = {each["group"] for each in examples if each["indicator"] == "services.legal_aid"}
    assert aided >= {"girls", "boys", "women", "men"}
    assert ask(*row("targets"))[0] == 0
    assert [each["target"] for each in all_rows(intake.settings, TARGETS, reference)] == [30]
    monkeypatch.setenv("ATLAS_TARGETS", "mine.toml")
    with pytest.raises(OperatorError, match="ATLAS_TARGETS is read no more"):
        all_rows(intake.settings, TARGETS, reference)


def test_the_help_says_that_no_person_is_named(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["tables", "--help"], settings)
    said = " ".join(capsys.readouterr().out.split())
    assert "name no person and no partner" in said
    assert all(column in said for kind in KINDS.values() for column in kind.names)
