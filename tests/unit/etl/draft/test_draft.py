"""``draft`` as an operator uses it: what it writes, asks, shows, and never writes."""

from __future__ import annotations

import io
import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st
from openpyxl import Workbook

from dashboard.model.codes import EXPLOITATION
from etl.__main__ import main
from etl.declaration import find_source, read_source
from etl.draft.dates import dates_of
from etl.draft.layout import draft
from etl.draft.table import Table, open_table
from etl.draft.vocabulary import FIELDS, load_vocabulary
from etl.draft.words import WORDS, words_of
from etl.draft.work import SourceDetails
from etl.harmonise.areas import Areas
from etl.places.gazetteer import normalise_name
from etl.settings import OperatorError, Settings
from tests.unit.etl.draft.layouts import SEEN
from tests.unit.etl.draft.measure import drafted_uses
from tests.unit.etl.stores import TODAY, Ask, Intake, Terminal

RARE = "Zorkmidian"
PHONE = "01712345678"
HEADER = "Case no,Date of incident,Sex,Age,Type of case,District,Upazila,Group,Notes,Phone no"


@pytest.fixture
def store(intake: Intake, tmp_path: Path) -> Settings:
    """A store with no declaration yet."""
    folder = tmp_path / "sources"
    folder.mkdir()
    return Settings(intake.settings.store, intake.settings.secrets, folder)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    made = random.Random(7)  # noqa: S311
    rows = [
        f"C-{at:03},{1 + at % 12:02}/03/2025,{made.choice(['Female', 'Male'])},"
        f"{made.randrange(9, 50)} yrs,{made.choice(['Human trafficking', 'Migrant smuggling'])},"
        f"Cox's Bazar,Ukhia,{made.choice(['Rohingya', 'Host', RARE])},a note {at},{PHONE}"
        for at in range(30)
    ]
    path = tmp_path / "october.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def ask(store: Settings, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Give a command; its code and all that it prints."""
    return lambda words, of=store: (main(words, of), "".join(capsys.readouterr()))


def listed(folder: Path, header: str, *rows: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([header, *rows]), encoding="utf-8")
    return path


def test_a_file_is_drafted_checked_accepted_and_loaded_without_a_line_by_hand(
    store: Settings, sheet: Path, ask: Ask
) -> None:
    words = ["draft", str(sheet), "--source", "partner-n", "--kind", "invented"]
    code, told = ask(words)
    assert code == 0
    assert "Sex: sex" in told
    assert "dropped: Notes, Phone no" in told
    assert "Column Date of incident: no day is above 12" in told
    check = ["check", str(sheet), "--source", "partner-n"]
    assert ask(check)[0] == 0
    code, told = ask(["load", str(sheet), "--source", "partner-n"])
    assert (code, "is a draft: accept it with" in told) == (1, True)
    assert ask(["draft", "--accept", "partner-n"])[0] == 0
    code, told = ask(["load", str(sheet), "--source", "partner-n", "--yes"])
    assert code == 0, told
    assert not (store.sources / "drafts" / "partner-n.toml").exists()


def test_what_matches_nothing_is_shown_on_the_screen_alone(
    store: Settings, sheet: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["draft", str(sheet), "--source", "partner-n", "--kind", "invented"]
    path = store.sources / "drafts" / "partner-n.toml"
    for form in ([], ["--json"]):
        assert RARE not in ask([*words, *form])[1]
        assert RARE not in path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o077 == 0
    monkeypatch.setattr("sys.stdin", Terminal("²\n2\n1\n4\nyes\n"))
    code, told = ask(words)
    assert code == 0
    assert RARE in told
    assert PHONE not in told
    source = find_source(store, "partner-n", drafted=True)
    assert source.column("Date of incident").formats == ("%m/%d/%Y",)
    values = source.column("Group").values or {}
    assert values.get(RARE.casefold()) in ("other_foreign", "rohingya_refugee")


def test_answers_of_an_earlier_draft_are_kept(
    store: Settings, sheet: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["draft", str(sheet), "--source", "partner-n", "--kind", "invented"]
    monkeypatch.setattr("sys.stdin", Terminal("1\n1\n4\n4\n"))
    ask(words)
    path = store.sources / "drafts" / "partner-n.toml"
    assert RARE in path.read_text(encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO())
    for form in ([], ["--json"]):
        code, told = ask([*words, *form])
        assert (code, RARE in told) == (0, False), told
        assert RARE in path.read_text(encoding="utf-8")


def test_a_draft_that_was_changed_is_written_over_only_by_a_yes(
    store: Settings, sheet: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["draft", str(sheet), "--source", "partner-n", "--kind", "invented"]
    assert ask(words)[0] == 0
    path = store.sources / "drafts" / "partner-n.toml"
    text = path.read_text(encoding="utf-8")
    changed = text.replace('title = "partner-n"', 'title = "Cases of N"') + "# seen by me\n"
    path.write_text(changed, encoding="utf-8")
    for form in ([], ["--json"]):
        code, told = ask([*words, *form])
        assert code == 1
        assert "partner-n.toml is there already and says otherwise" in told
        assert "choose another name with --source" in told
        assert path.read_text(encoding="utf-8") == changed
    monkeypatch.setattr("sys.stdin", Terminal("\n" * 9))
    code, told = ask(words)
    assert (code, "partner-n.toml was left as it is." in told) == (1, True)
    assert path.read_text(encoding="utf-8") == changed
    open_ = text.count("# Open: ")
    monkeypatch.setattr("sys.stdin", Terminal("\n" * open_ + "yes\n"))
    assert ask(words)[0] == 0
    assert path.read_text(encoding="utf-8") == text
    assert [entry.name for entry in path.parent.iterdir()] == ["partner-n.toml"]


def test_what_stands_beside_a_total_is_in_no_declaration(
    store: Settings, ask: Ask, tmp_path: Path
) -> None:
    rows = [f"C-{at},{at % 28 + 1}/03/2025,Female" for at in range(20)]
    path = listed(tmp_path, "Case no,Date,Sex", *rows, "Total,,", f"Total of {RARE},,")
    told = ask(["draft", str(path), "--kind", "invented"])[1]
    text = (store.sources / "drafts" / "list.toml").read_text(encoding="utf-8")
    assert RARE not in text + told


@pytest.mark.parametrize("total", ["Total / মোট", "মোট (Total)", "Grand total | সর্বমোট:"])
def test_a_total_in_both_languages_is_no_row_of_data(
    store: Settings, ask: Ask, tmp_path: Path, total: str
) -> None:
    rows = [f"K{at:03},{at % 28 + 1}/03/2025,Female,1" for at in range(20)]
    beside = [f"{total},,,20", f"Total / {RARE},,,20"]
    path = listed(tmp_path, "Case no,Date,Sex,Persons", *rows, beside[0])
    words = ["draft", str(path), "--kind", "invented"]
    assert ask(words)[0] == 0
    assert find_source(store, "list", drafted=True).leave_out == {"Case no": {total.casefold()}}
    assert ask(["check", str(path), "--source", "list"])[0] == 0
    path.write_text("\n".join(["Case no,Date,Sex,Persons", *rows, beside[1]]), encoding="utf-8")
    told = ask([*words, "--source", "other"])[1]
    text = (store.sources / "drafts" / "other.toml").read_text(encoding="utf-8")
    assert RARE not in text + told


def aggregate(path: Path, header: str, *, more: str = "", odd: str = "2") -> Path:
    rows = [
        f"{at + 1},{at % 28 + 1}/03/2025,{('Female', 'Male')[at % 2]},"
        f"{('Ukhia', 'Teknaf', 'Ramu')[at % 3]},{at % 5 + 1 if at else odd}"
        + (more and f",{20 + at}")
        for at in range(30)
    ]
    path.write_text("\n".join([f"Sl no,Date,Sex,Upazila,{header}{more}", *rows]), encoding="utf-8")
    return path


@pytest.mark.parametrize("header", ["Number of victims", "Victims", "People"])
@pytest.mark.parametrize("kind", ["real", "invented"])
def test_rows_of_counts_with_a_running_number_are_so_many_people(
    store: Settings, ask: Ask, tmp_path: Path, header: str, kind: str
) -> None:
    path = aggregate(tmp_path / "list.csv", header)
    code, told = ask(["draft", str(path), "--kind", kind])
    assert code == 0
    assert f"Open: Column {header}: how many people is one row?" in told
    source = find_source(store, "list", drafted=True)
    target = source.column(header).target
    assert target is not None
    assert target.name == "person.n"
    assert "person.n" not in {target.name for target, _ in source.constants}


def test_where_ages_are_told_a_row_is_one_person_until_it_is_answered(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = aggregate(tmp_path / "list.csv", "Victims", more=",Age")
    words = ["draft", str(path), "--kind", "invented", "--source"]
    assert "Victims: people in the incident" in ask([*words, "one"])[1]
    monkeypatch.setattr("sys.stdin", Terminal("2\n" * 6))
    assert "Victims: people\n" in ask([*words, "several"])[1]


def test_a_count_that_is_dropped_for_a_word_is_told(
    store: Settings, ask: Ask, tmp_path: Path
) -> None:
    path = aggregate(tmp_path / "list.csv", "Number of victims", odd=RARE)
    told = ask(["draft", str(path), "--kind", "invented"])[1]
    note = "Number of victims is dropped: its header says a count, and 1 of 30 rows hold"
    assert note in told
    assert note in (store.sources / "drafts" / "list.toml").read_text(encoding="utf-8")
    assert RARE not in told


def test_an_installed_package_is_not_written_into(
    store: Settings, sheet: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.declaration.reader.CHECKOUT", None)
    monkeypatch.setattr("etl.declaration.reader.DATA", store.sources.parent)
    installed = Settings(store.store, store.secrets, store.sources.parent / "sources")
    for words in (["draft", str(sheet)], ["kit", "agency-x", "--folder", str(sheet.parent)]):
        code, told = ask(words, installed)
        assert (code, "Set ATLAS_SOURCES" in told) == (1, True)


def test_the_day_of_a_decision_tells_its_month(store: Settings, ask: Ask, tmp_path: Path) -> None:
    rows = [
        f"C-{at},{at % 28 + 1}/03/2025,{at % 28 + 1}/04/2025,Female,Human trafficking,Recruitment"
        for at in range(30)
    ]
    header = "Case no,Date of incident,Date of decision,Sex,Type of case,Act"
    path = listed(tmp_path, header, *rows)
    assert ask(["draft", str(path), "--kind", "invented"])[0] == 0
    source = find_source(store, "list", drafted=True)
    target = source.column("Date of decision").target
    assert target is not None
    assert target.name == "classification.decided_month"


def test_a_place_that_is_nearly_known_is_asked_for(
    store: Settings, ask: Ask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    names = ["Teknaf", "Ukhia", "Ramu", "Techknaff", RARE]
    rows = [f"C-{at},{at % 28 + 1}/03/2025,Female,{names[at % 5]}" for at in range(40)]
    path = listed(tmp_path, "Case no,Date,Sex,Upazila of recruitment", *rows)
    monkeypatch.setattr("sys.stdin", Terminal("1\n"))
    assert ask(["draft", str(path), "--kind", "invented"])[0] == 0
    column = find_source(store, "list", drafted=True).column("Upazila of recruitment")
    assert column.values == {"techknaff": "BD20220090"}
    assert column.others == "missing"
    text = (store.sources / "drafts" / "list.toml").read_text(encoding="utf-8")
    assert RARE not in text


def test_at_most_six_questions_are_asked(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    columns = ("Sex", "Transport", "Stage", "Corridor", "Recruiter", "Promise", "Act", "Industry")
    rows = [
        ",".join([f"C-{at}", f"{at % 28 + 1}/03/2025", *(f"x{at % 3}" for _ in columns)])
        for at in range(40)
    ]
    path = listed(tmp_path, f"Case no,Date,{','.join(columns)}", *rows, name="coded.csv")
    monkeypatch.setattr("sys.stdin", Terminal("\n" * 40))
    told = ask(["draft", str(path), "--row", "person"])[1]
    assert told.count("One number for each value") == 6
    assert "Open: 2 more" in told


def test_check_without_a_source_says_what_would_be_drafted_and_writes_nothing(
    store: Settings, sheet: Path, ask: Ask
) -> None:
    code, told = ask(["check", str(sheet)])
    assert code == 1
    assert "No source is named" in told
    assert "District: place (recruitment)" in told
    assert RARE not in told
    assert list(store.sources.rglob("*.toml")) == []


def test_a_value_of_a_screen_drops_its_column(ask: Ask, tmp_path: Path) -> None:
    rows = [
        f"C-{at},{at % 28 + 1}/03/2025,Female,{PHONE if at == 3 else 'Police'}" for at in range(9)
    ]
    path = listed(tmp_path, "Case no,Date,Sex,Rescued by", *rows)
    code, told = ask(["draft", str(path), "--kind", "invented"])
    assert code == 0
    assert "Rescued by is dropped: 1 rows hold what may not be kept." in told
    assert PHONE not in told


def test_a_file_without_a_date_or_a_key_says_what_is_lacking(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Sex,Age\nFemale,20\nMale,30\nFemale,20\n", encoding="utf-8")
    code, told = ask(["draft", str(path), "--json"])
    lacking = json.loads(told)["lacking"]
    assert code == 1
    assert any("keys: must name exactly incident and person" in line for line in lacking)
    assert any("incident.incident_month is required" in line for line in lacking)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "has no rows"),
        (b"1,2\n3,4\n", "No header was found in rows 1 to 2:"),
        (b"A,B\n", "no row of data"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes, told: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(OperatorError, match=told):
        open_table(path)


NAME = "Amina Begum"


@pytest.mark.parametrize(
    ("rows", "held"),
    [
        ([f"SF-{{:03}},{NAME},Female,Rohingya,Ukhia,India,call {PHONE},12/09/2026"],
         "a number of a record"),
        ([f"{NAME},call {PHONE},free"], "what identifies a person"),
        ([f"{NAME},word,{{:02}} March 2026"], "a date"),
        ([f"{NAME},Female,word", f"{NAME},Male,word"], "a sex"),
        ([f"{NAME},word,FDMN", f"{NAME},word,Host community"], "a group of people"),
        ([f"{NAME},word,Ukhia", f"{NAME},word,Teknaf"], "a place"),
        ([f"{NAME}", "Karim Uddin"], None),
        ([f"{NAME},Rahima Khatun", "Karim Uddin,Salma Akter"], None),
    ],
)  # fmt: skip
def test_a_file_without_a_header_is_refused_and_its_first_person_told_nowhere(
    store: Settings, ask: Ask, tmp_path: Path, rows: list[str], held: str | None
) -> None:
    path = tmp_path / "list.csv"
    lines = [rows[at % len(rows)].format(at) for at in range(1, 13)]
    path.write_text("\n".join(lines), encoding="utf-8")
    for words in (["draft"], ["draft", "--json"], ["check"]):
        code, told = ask([*words, str(path)])
        assert code == 1
        assert "list.csv: No header was found: row 1, which stands where one should" in told
        what = (
            f"holds {held}, as rows of data do"
            if held
            else "says no word that columns are named by"
        )
        assert f", {what}. Put a row above it that names the columns." in told
        assert NAME not in told
    assert list(store.sources.rglob("*.toml")) == []


def test_a_column_called_to_over_codes_of_countries_is_a_header(ask: Ask, tmp_path: Path) -> None:
    rows = [f"C-{at},{at % 28 + 1}/03/2025,BGD,{('IND', 'TON')[at % 2]}" for at in range(20)]
    path = listed(tmp_path, "case,date,from,to", *rows, name="all flows.csv")
    told = ask(["draft", str(path), "--row", "person", "--kind", "invented"])[1]
    assert f"`check '{path}' --source all-flows`" in told
    assert "  case: key\n" in told
    assert "  to: to, leg 1\n" in told


def test_from_and_to_after_another_to_are_two_ends_of_a_leg(tmp_path: Path, ask: Ask) -> None:
    rows = [f"C-{at:02},2025-01-13,Ukhia,Teknaf" for at in range(20)]
    heads = ("Way to border from", "Way to border to")
    path = listed(tmp_path, ",".join(("case", "date", *heads)), *rows, name="legs.csv")
    _, told = ask(["draft", str(path), "--source", "n", "--kind", "invented"])
    assert f"  {heads[0]}: from, leg 1\n" in told
    assert f"  {heads[1]}: to, leg 1\n" in told


@pytest.mark.parametrize(
    ("name", "said"),
    [("Referred to", "dropped: Referred to"), ("Found through", "Found through: identified by")],
)
def test_agencies_that_people_are_referred_to_did_not_identify_them(
    ask: Ask, tmp_path: Path, name: str, said: str
) -> None:
    rows = [f"{at},{1 + at}/03/2025,{('Legal aid', 'Shelter')[at % 2]}" for at in range(20)]
    path = listed(tmp_path, f"Case ID,Date of report,{name}", *rows)
    assert said in ask(["draft", str(path), "--row", "person", "--kind", "invented"])[1]


def test_what_only_looks_like_a_place_a_count_or_the_day_of_the_event_is_dropped(
    ask: Ask, tmp_path: Path
) -> None:
    columns = {
        "Case no": "C-{at}",
        "Date of rescue": "{day}/03/2025",
        "Date of exit": "{later}",
        "Complaint lodged at the station": "{flag}",
        "Unaccompanied minor": "{flag}",
        "Victim traveller id": "{at}",
        "Birth country": "India",
        "Status": "{status}",
        "Case area": "{at}",
        "Address: district": "Bandarban",
        "Address": "Bandarban",
        "District": "Bandarban",
    }
    rows = [
        ",".join(columns.values()).format(
            at=at, day=at % 28 + 1, later=f"{at % 28 + 1}/05/2025" if at % 3 else "",
            flag=("Yes", "No")[at % 2], status=("Open", "Under investigation", "Lost")[at % 3],
        )
        for at in range(40)
    ]  # fmt: skip
    path = listed(tmp_path, ",".join(columns), *rows)
    told = ask(["draft", str(path), "--row", "person", "--kind", "invented"])[1]
    lines = [line for line in told.splitlines() if line.startswith("  ")]
    assert lines[:5] == [
        "  Case no: key",
        "  Date of rescue: month of incident",
        "  Birth country: citizenship",
        "  Address: district: place (recruitment)",
        "  District: place (interception)",
    ]
    assert lines[5].startswith("  dropped: Date of exit, Complaint lodged at the station, Unacc")


def test_where_the_day_of_the_event_is_not_told_that_of_the_report_counts(
    store: Settings, ask: Ask, tmp_path: Path
) -> None:
    rows = [f"C-{at},{f'{at % 28 + 1}/03/2025' if at % 4 else ''},30/04/2025" for at in range(40)]
    path = listed(tmp_path, "Case no,Date of incident,Date of report", *rows)
    told = ask(["draft", str(path), "--row", "incident", "--kind", "invented"])[1]
    assert "Where Date of incident tells no day, the month is that of Date of report." in told
    drafted = read_source(store.sources / "drafts" / "list.toml")
    (rule,) = (m for m in drafted.months if m.target.name == "incident.incident_month")
    assert rule.columns == ("Date of report",)


def test_sexes_and_groups_over_their_counts_are_headers(ask: Ask, tmp_path: Path) -> None:
    rows = [f"C-{at},{at % 28 + 1}/03/2025,{at % 3},{at % 4},Camp {at % 3 + 5}" for at in range(20)]
    path = listed(tmp_path, "Case no,Date,Male,Female,Camp", *rows)
    told = ask(["draft", str(path), "--row", "incident", "--kind", "invented"])[1]
    assert "Male: people in the incident" in told
    assert "Camp: place" in told


def test_a_repeated_group_of_a_kobo_export_is_read_with_the_form_that_it_is_part_of(
    store: Settings, ask: Ask, tmp_path: Path
) -> None:
    book = Workbook()
    form, people = book.active, book.create_sheet("victims")
    assert form is not None
    form.title = "Form"
    form.append(["case/case_ref", "case/date", "where/upazila", "way/destination", "_id", "_index"])
    for at in range(1, 9):
        row = [f"K-{at}", f"2026-03-{at:02}", "cox_s_bazar_sadar", "malaysia", 900 + at, at]
        form.append(row)
    asked = ["victims/v_no", "victims/sex", "victims/control", "victims/control/debt_bondage"]
    people.append([*asked, "_index", "_parent_table_name", "_parent_index", "_submission__id"])
    for at in range(12):
        own = [1 + at // 8, ("female", "male")[at % 2], "debt_bondage", 1]
        people.append([*own, at + 1, "Form", 1 + at % 8, 901 + at % 8])
    path = tmp_path / "export.xlsx"
    book.save(path)
    words = ["draft", str(path), "--source", "kobo", "--sheet", "victims", "--kind", "invented"]
    code, told = ask(words)
    assert code == 0, told
    source = find_source(store, "kobo", drafted=True)
    assert (source.file.sheet, source.file.parent) == ("victims", "Form")
    assert source.keys == {
        "incident": ("case/case_ref",), "person": ("case/case_ref", "victims/v_no"),
    }  # fmt: skip
    assert source.column("victims/control/debt_bondage").use == "drop"
    assert "where/upazila: place (recruitment)\n" in told
    assert "way/destination: place (intended destination)" in told
    assert ask(["draft", "--accept", "kobo"])[0] == 0
    code, told = ask(["load", str(path), "--source", "kobo", "--yes"])
    assert code == 0, told
    assert "  incident: 8\n" in told
    assert "  person: 12\n" in told


def test_a_number_of_people_counts_none_and_keys_in_no_known_language_are_found(
    store: Settings, ask: Ask, tmp_path: Path
) -> None:
    rows = [f"D-{at // 2},{at % 2 + 1},{at % 28 + 1}/03/2025,Female" for at in range(30)]
    for number, header in enumerate(
        ("কেস নং,ব্যক্তি নং,তারিখ,লিঙ্গ", "N° dossier,N° personne,Date,Sexe")
    ):
        path = listed(tmp_path, header, *rows)
        words = ["draft", str(path), "--source", f"s{number}", "--row", "person"]
        code, told = ask([*words, "--kind", "real"])
        assert code == 0, told
        case, person, *_ = header.split(",")
        keys = find_source(store, f"s{number}", drafted=True).keys
        assert keys == {"incident": (case,), "person": (case, person)}


def test_a_damaged_workbook_is_refused_in_one_sentence(
    sheet: Path, ask: Ask, tmp_path: Path
) -> None:
    damaged = tmp_path / "j.xlsx"
    damaged.write_bytes(b"PK\x03\x04" + bytes(range(256)))
    for words in (["draft", str(damaged)], ["check", str(damaged)],
                  ["draft", str(sheet), "--form", str(damaged)]):  # fmt: skip
        code, told = ask(words)
        assert code == 1
        assert told.strip().splitlines()[-1] == "j.xlsx: The workbook is damaged."
    words = ["draft", str(sheet), "--form", str(tmp_path / "none.xlsx")]
    assert ask(words) == (1, "There is no file none.xlsx.\n")


def test_a_form_alone_is_drafted_and_one_beside_its_export_tells_what_codes_mean(
    store: Settings, ask: Ask, tmp_path: Path
) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    survey = book.active
    assert survey is not None
    survey.title = "survey"
    for row in (
        ["type", "name", "label::English (en)", "label::Bangla (bn)"],
        ["text", "case_no", "Case number", "কেস নম্বর"],
        ["date", "incident_date", "Date of the incident", "ঘটনার তারিখ"],
        ["begin_group", "person", "", ""],
        ["select_one sx or_other", "sex", "Sex", "লিঙ্গ"],
        ["select_multiple pr", "promise", "Promise", "প্রতিশ্রুতি"],
        ["end_group", "", "", ""],
    ):
        survey.append(row)
    choices = book.create_sheet("choices")
    for row in (
        ["list_name", "name", "label::English (en)", "label::Bangla (bn)"],
        ["sx", "1", "Woman or girl", "নারী"],
        ["sx", "2", "Man or boy", "পুরুষ"],
        ["pr", "a", "Job", "চাকরি"],
        ["pr", "b", "Marriage", "বিয়ে"],
    ):
        choices.append(row)
    form = tmp_path / "form.xlsx"
    book.save(form)
    assert ask(["draft", str(form), "--row", "person"])[0] == 0
    drafted = read_source(store.sources / "drafts" / "form.toml")
    assert drafted.column("person/sex").values == {"1": "female", "2": "male"}
    promise = drafted.column("person/promise")
    assert (promise.split, promise.values) == (" ", {"a": "job", "b": "marriage"})
    export = tmp_path / "export.csv"
    rows = [
        f"k{at},2025-03-{at % 28 + 1:02},{at % 2 + 1},{'a b' if at % 3 else 'b'}"
        for at in range(40)
    ]
    export.write_text("\n".join(["case_no,incident_date,person/sex,person/promise", *rows]))
    words = ["draft", str(export), "--form", str(form), "--kind", "invented"]
    assert ask(words)[0] == 0
    assert read_source(store.sources / "drafts" / "export.toml").column("person/sex").values == {
        "1": "female", "2": "male"
    }  # fmt: skip


@example_settings(max_examples=5, deadline=None)
@given(st.randoms(use_true_random=False))
def test_columns_in_another_order_are_understood_alike(areas: Areas, order: random.Random) -> None:
    layout = next(layout for layout in SEEN if layout.name == "kobo-with-hxl")
    made = random.Random(1)  # noqa: S311
    columns = list(zip(*(map(str, layout.row(at, made)) for at in range(40)), strict=True))
    places = list(range(len(columns)))
    order.shuffle(places)
    headers = layout.headers[0]
    vocabulary = load_vocabulary(Settings(Path("none"), Path("none"), Path("none")))
    details = SourceDetails("x", "x", "x", "real")
    told = [
        drafted_uses(
            draft(_table([headers[at] for at in at_], [columns[at] for at in at_]), vocabulary,
                  areas.gazetteer, details, TODAY, {})
        )
        for at_ in (range(len(columns)), places)
    ]  # fmt: skip
    assert told[0] == told[1]
    assert told[0]["Sex of the person"] == {"person.sex"}


@pytest.mark.parametrize(
    ("text", "code"), [("They were forced to work", "forced_labour"), ("to a hot meal", None)]
)
def test_a_value_most_likely_means_what_shares_a_long_word(text: str, code: str | None) -> None:
    vocabulary = load_vocabulary(Settings(Path("none"), Path("none"), Path("none")))
    assert vocabulary.near(EXPLOITATION, text) == code


def _table(headers: list[str], columns: list[tuple[str, ...]]) -> Table:
    from etl.declaration.source import FileFormat
    from etl.findings import Place

    blank = ("",) * len(headers)
    return Table(Place("x"), FileFormat("csv"), tuple(headers), tuple(columns), {}, blank)


@pytest.mark.parametrize(
    ("texts", "formats", "unseen"),
    [
        (["03/04/2025", "05/06/2025"], ("%d/%m/%Y",), True),
        (["3/25/2025 10:00", "1/2/2025 08:30"], ("%m/%d/%Y %H:%M",), False),
        (["Tuesday, 25 March 2025", "Monday, 3 March 2025"], ("%A, %d %B %Y",), False),
        (["2025-03-25T10:00:00.000+06:00"], ("%Y-%m-%dT%H:%M:%S.%f%z",), False),
        (["25 মার্চ 2025", "3 মে 2025"], ("%d %b %Y", "%d %B %Y"), False),
        (["Jan-25", "Feb-25"], ("%b-%y",), False),
    ],
)
def test_formats_of_dates_with_their_order(
    texts: list[str], formats: tuple[str, ...], unseen: bool
) -> None:
    dates = dates_of(texts, TODAY)
    assert dates is not None
    assert set(dates.formats) <= set(formats)
    assert (dates.is_ambiguous, dates.share) == (unseen, 1.0)


def test_numbers_and_words_are_no_dates() -> None:
    assert dates_of(["17", "18", "43"], TODAY) is None
    assert dates_of(["Teknaf", "Ukhia"], TODAY) is None
    assert dates_of(["2031-01-01", "2032-01-01"], TODAY) is None


def test_words_hold_nothing_that_the_code_lists_say() -> None:
    lists = {field.codes.id: field.codes for field in FIELDS.values() if field.codes is not None}
    for name, values in WORDS.values.items():
        for text, code in values.items():
            entry = next(entry for entry in lists[name] if entry.code == code)
            labels = (entry.code, entry.code.replace("_", " "), entry.en, entry.local)
            assert normalise_name(text) not in map(normalise_name, labels), (name, text)


def test_headers_become_words() -> None:
    assert words_of("meansOfControlDebtBondage") == "means of control debt bondage"
    assert words_of("case/inc_month") == "case inc month"
