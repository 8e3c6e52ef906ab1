"""A kit: what is filled by its rules comes back without a finding, by template and by form."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from pyxform.xls2xform import convert

from dashboard.model.codes import CLASS, ENDED_STATUSES, REFERRAL_STATUS
from dashboard.model.codes.crimes import SMUGGLING_CLASSES
from dashboard.model.normalise import normalise
from etl.__main__ import main
from etl.declaration import read_source
from etl.findings import Finding
from etl.kit import template, words
from etl.kit.declared import label
from etl.kit.items import ITEMS, SEVERAL, SHEETS, YES_NO, Item
from etl.kit.layouts import LAYOUTS
from etl.local import local
from etl.settings import Settings
from tests.unit.etl.draft.layouts import SEEN, UNSEEN, Layout
from tests.unit.etl.stores import Intake

PLACES = {
    "district": "Cox's Bazar",
    "upazila": "Ukhia",
    "camp": "Camp 4 Extension",
    "country": "India",
}
CODES = {"district": "BD2022", "upazila": "BD20220094", "camp": "CXB-232", "country": "IN"}
#: Answers that are wrong together with a class, by what the rules say.
EMPTY_FOR_SMUGGLING = ("exploitation", "act", "means")


@pytest.fixture
def kit(intake: Intake, tmp_path: Path) -> Intake:
    """A store with a kit's declarations, in a folder that `kit` made; its files lie beside it."""
    sources = tmp_path / "own" / "sources"
    settings = Settings(intake.settings.store, intake.settings.secrets, sources)
    words = ["kit", "agency-x", "--folder", str(tmp_path), "--kind", "invented"]
    assert main(words, settings) == 0
    return Intake(settings, intake.areas, tmp_path)


Told = Callable[[Item, str], object]


def answered(part: str, at: int, code: Told, place: Told) -> dict[str, list[object]]:
    """Answers to one row; every code of every list stands in some row."""
    made = random.Random(at)  # noqa: S311
    kind = CLASS.values[at % len(CLASS.values)]
    day = date(2025, 1, 1) + timedelta(days=at % 300)
    answers: dict[str, list[object]] = {}
    for ask in ITEMS[part]:
        values: list[object] = []
        if ask.sort == "key":
            values = [f"C-{at:03}" if ask.id == "case_no" else 1]
        elif ask.sort == "date":
            values = [day if ask.id in ("incident_date", "requested") else day + timedelta(days=20)]
        elif ask.sort in ("age", "count", "days"):
            values = [{"age": 20 + at % 60, "count": 1, "days": at % 20}[ask.sort]]
        elif ask.sort == "place":
            values = [place(ask, ask.level)]
        elif ask.sort == "flag":
            values = [code(ask, "false" if kind in SMUGGLING_CLASSES else "true")]
        elif ask.codes is not None:
            chosen = list(ask.codes.values)
            first = chosen[at % len(chosen)]
            values = [code(ask, kind if ask.id == "class" else first)]
            if ask.sort == "codes":
                more = made.sample([c for c in chosen if c not in (first, "unknown")], SEVERAL - 1)
                values += [code(ask, other) for other in more]
        answers[ask.id] = values
    if part == "referrals":
        return _referred(answers, ITEMS[part], at, code)
    return _fitting(answers, kind, code)


def _referred(
    answers: dict[str, list[object]], items: tuple[Item, ...], at: int, code: Told
) -> dict[str, list[object]]:
    """Answers of a referral that its status lets stand together."""
    status = next(ask for ask in items if ask.id == "status")
    told = REFERRAL_STATUS.values[at % len(REFERRAL_STATUS.values)]
    answers["status"] = [code(status, told)]
    if told not in ENDED_STATUSES:
        answers["ended"] = []
    if told != "done":
        answers["days_to_service"] = []
    if told not in ("rejected", "revoked"):
        answers["reason"] = []
    return answers


def _fitting(answers: dict[str, list[object]], kind: str, code: Told) -> dict[str, list[object]]:
    """Answers that the rules of classes let stand together."""
    border = next(ask for ask in ITEMS["people"] if ask.id == "border")
    answers["dead_or_missing"] = [0]
    if kind in SMUGGLING_CLASSES:
        answers |= {name: [] for name in EMPTY_FOR_SMUGGLING}
        answers["stage"] = []
    if "smuggling" in kind:
        answers["border"] = [code(border, "cross_border")]
    return answers


def in_words(item: Item, text: str) -> object:
    return PLACES[text] if item.sort == "place" else label(item, text)


def as_code(item: Item, text: str) -> object:
    return CODES[text] if item.sort == "place" else text


def fill(path: Path, rows: int) -> None:
    """Fill a template as a partner does, below its second row."""
    book = openpyxl.load_workbook(path)
    for part, name in (("people", "People"), ("referrals", "Referrals")):
        sheet = book[name]
        for at in range(rows):
            answers = answered(part, at, in_words, in_words)
            column = 1
            for ask in ITEMS[part]:
                for n in range(len(ask.headers)):
                    values = answers[ask.id]
                    if n < len(values):
                        sheet.cell(at + 3, column, values[n])
                    column += 1
    book.save(path)


def told(findings: list[Finding]) -> list[tuple[str, str | None]]:
    """Rules and columns of findings, but that a partner's first file names new things."""
    return sorted({(f.rule, f.column) for f in findings}, key=str)


def test_a_filled_template_loads_without_a_finding(kit: Intake) -> None:
    path = kit.folder / "agency-x-template.xlsx"
    fill(path, 63)
    people = kit.load("agency-x-people", path)
    assert told(people.findings) == []
    referrals = kit.load("agency-x-referrals", path)
    assert [(rule, column) for rule, column in told(referrals.findings)
            if rule != "consent_unknown"] == []  # fmt: skip
    assert kit.ask("SELECT count(*), count(DISTINCT class) FROM person") == [
        (63, len(CLASS.values))
    ]
    assert kit.ask("SELECT DISTINCT len(promise) FROM person") == [(SEVERAL,)]
    held = referrals.files[0].held
    assert 0 < held < 63
    assert kit.ask("SELECT count(*) FROM referral") == [(63 - held,)]


def test_the_export_of_the_form_loads_without_a_finding(kit: Intake) -> None:
    for part in ITEMS:
        path = kit.folder / f"{part}.csv"
        headers = ["start", "_uuid", *(f"{part}/{ask.id}" for ask in ITEMS[part])]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(headers)
            for at in range(40):
                answers = answered(part, at, as_code, as_code)
                cells = (" ".join(map(str, answers[ask.id])) for ask in ITEMS[part])
                writer.writerow(["2025-01-01T00:00:00", f"uuid-{at}", *cells])
        report = kit.load(f"agency-x-{part}-form", path)
        assert [rule for rule, _ in told(report.findings) if rule != "consent_unknown"] == []


@pytest.mark.parametrize("part", list(ITEMS))
def test_forms_are_whole_to_the_program_that_reads_them(kit: Intake, part: str) -> None:
    made = convert(kit.folder / f"agency-x-{part}-form.xlsx")
    assert made.warnings == []
    for ask in ITEMS[part]:
        assert f'/{part}/{ask.id}"' in made.xform
    assert "নিয়োগ" in made.xform or part == "referrals"


def test_every_code_stands_in_the_list_of_its_column(kit: Intake) -> None:
    book = openpyxl.load_workbook(kit.folder / "agency-x-template.xlsx")
    lists = book["Lists"]
    for part, name in (("people", "People"), ("referrals", "Referrals")):
        sheet = book[name]
        rules = {
            str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation
        }
        columns = [ask for ask in ITEMS[part] for _ in ask.headers]
        assert [sheet.cell(1, at).value for at in range(1, len(columns) + 1)] == [
            header for ask in ITEMS[part] for header in ask.headers
        ]
        for at, ask in enumerate(columns, start=1):
            rule = rules[f"{sheet.cell(3, at).column_letter}3"]
            assert rule.prompt
            if ask.codes is None and ask.sort not in ("flag", "place"):
                assert rule.type in ("date", "whole", None)
                continue
            start, end = rule.formula1.removeprefix("Lists!").split(":")
            offered = [cell.value for (cell,) in lists[f"{start}:{end}".replace("$", "")]]
            if ask.codes is not None:
                assert offered == [label(ask, code) for code in ask.codes.values]
            elif ask.sort == "flag":
                assert offered == ["Yes | হ্যাঁ", "No | না"]
            else:
                found = kit.areas.gazetteer
                assert all(found.resolve(normalise(o), levels=[ask.level]).code for o in offered)


def test_a_kit_writes_over_nothing(
    kit: Intake, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = kit.folder / "agency-x-template.xlsx"
    before = path.read_bytes()
    words = ["kit", "agency-x", "--folder", str(kit.folder), "--kind", "invented"]
    assert main(words, kit.settings) == 1
    assert "is there already" in capsys.readouterr().err
    assert path.read_bytes() == before
    other = tmp_path / "other"
    other.mkdir()
    assert main([*words[:3], str(other), *words[4:]], kit.settings) == 0
    declared = kit.settings.sources / "agency-x-people.toml"
    declared.write_text(declared.read_text(encoding="utf-8") + "\n# by hand\n", encoding="utf-8")
    third = tmp_path / "third"
    third.mkdir()
    assert main([*words[:3], str(third), *words[4:]], kit.settings) == 1
    assert "agency-x-people is declared already" in capsys.readouterr().err
    assert list(third.iterdir()) == []


def test_a_kit_is_of_the_kind_that_the_store_holds(intake: Intake, tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    own = Settings(intake.settings.store, intake.settings.secrets, sources)
    layout = ["--folder", str(tmp_path), "--layout", "primero"]
    assert main(["kit", "agency-x", *layout], own) == 0
    intake.load("line-list", intake.line_list())
    assert main(["kit", "agency-y", *layout], own) == 0
    assert main(["kit", "agency-z", "--folder", str(tmp_path)], own) == 0
    kinds = {path.stem: read_source(path).kind for path in sources.glob("*.toml")}
    assert kinds.pop("agency-x-primero") == "real"
    assert set(kinds.values()) == {"invented"}
    assert len(kinds) == 5


def of(name: str, *without: str) -> tuple[list[str], Layout]:
    layout = next(layout for layout in (*SEEN, *UNSEEN) if layout.name == name)
    return [header for header in layout.headers[0] if header not in without], layout


@pytest.mark.parametrize(
    ("layout", "like", "renamed", "written", "least"),
    [
        ("htcds", "htcds", {"cas_CaseNumber": "_uuid"}, {";": " "}, 60),
        ("ctdc", "ctdc", {}, {}, 60),
        ("primero", "primero-incidents", {}, {}, 15),
        ("gbvims", "primero-incidents",
         {"incident_id": "Incident ID", "incident_date": "Date of Incident",
          "date_of_first_report": "Date of Interview", "date_of_birth": "Date of Birth",
          "sex": "Sex",
          "nationality": "Country of Origin", "incident_location": "County / District",
          "displacement_status": "Displacement Status at time of report",
          "incident_camp_town": "Camp / Town",
          "abduction_status_time_of_incident": "Type of abduction at time of incident"}, {}, 15),
    ],
)  # fmt: skip
def test_ready_layouts_take_invented_rows_of_their_columns(
    kit: Intake,
    layout: str,
    like: str,
    renamed: dict[str, str],
    written: dict[str, str],
    least: int,
) -> None:
    kind = "published" if layout == "ctdc" else "invented"
    # The number of the row is a key of published data alone, which has a store of its own.
    assert main(["kit", "agency-x", "--layout", layout, "--kind", kind], kit.settings) == 0
    headers, source = of(like)
    made = random.Random(layout)  # noqa: S311
    path = kit.folder / "export.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([renamed.get(header, header) for header in headers])
        for at in range(60):
            cells = [str(cell) for cell in source.row(at, made)]
            for old, new in written.items():
                cells = [cell.replace(old, new) for cell in cells]
            writer.writerow(cells)
    report = kit.check(f"agency-x-{layout}", path)
    assert [(f.rule, f.column) for f in report.findings if f.severity == "error"] == []
    assert report.understood[0].rows >= least


def test_a_layout_that_a_kind_of_data_cannot_have_leaves_nothing_behind(
    kit: Intake, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(kit.settings.sources.glob("*.toml"))
    assert main(["kit", "agency-x", "--layout", "ctdc", "--kind", "real"], kit.settings) == 1
    told = capsys.readouterr().err
    assert told.startswith("Nothing was declared: keys.incident: #row is for published lists")
    assert told.endswith("--kind published.\n")
    assert sorted(kit.settings.sources.glob("*.toml")) == before


def test_each_layout_says_what_it_was_checked_against() -> None:
    for layout, what in LAYOUTS.items():
        assert layout and ("alone" in what or "publishes" in what)


def test_all_that_a_kit_says_is_in_both_languages() -> None:
    said = [*template._ABOUT, *words._TEXTS, *YES_NO.values(), *SHEETS.values()]  # pyright: ignore[reportPrivateUsage]
    said += [ask.help for asked in ITEMS.values() for ask in asked if ask.help]
    assert [text for text in said if not local(text)] == []
    assert [ask.id for asked in ITEMS.values() for ask in asked if not ask.local] == []
