from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.intake import load
from etl.register.access import locked
from etl.register.replay import rebuild
from etl.settings import OperatorError
from tests.unit.etl.stores import HEADER, REFERRAL_HEADER, ROWS, Intake, listed, said, workbook

REFERRALS = (
    "1;1;1;2025-03-20;health;first;done;15;given",
    "1;1;2;2025-03-20;legal_aid;second;in_progress;;given",
    "1;2;1;2025-03-21;cash;first;done;3;unknown",
)


def referrals(intake: Intake, *rows: str) -> Path:
    return intake.write("referrals.csv", REFERRAL_HEADER, *(rows or REFERRALS))


def declaring(intake: Intake, folder: Path, name: str, old: str, new: str) -> Intake:
    """The store with one declaration, of which a text is another."""
    text = (intake.settings.sources / f"{name}.toml").read_text(encoding="utf-8")
    sources = folder / "sources"
    sources.mkdir()
    (sources / f"{name}.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    return replace(intake, settings=replace(intake.settings, sources=sources))


def decisions(intake: Intake, row: str) -> Path:
    return intake.write("decisions.csv", "Case no,Person no,Number,Class,Date", row)


def test_a_line_list_fills_the_register(intake: Intake) -> None:
    report = intake.load("line-list", intake.line_list())

    assert said(report.findings) == []
    assert report.tables == {
        "incident": 2,
        "incident_place": 2,
        "person": 3,
        "movement": 2,
        "referral": 0,
        "classification": 3,
        "voyage": 0,
    }
    assert intake.ask(
        "SELECT partner, report_month, incident_month, date_precision, ransom FROM incident "
        "ORDER BY ALL"
    ) == [
        ("partner-t", date(2025, 3, 1), date(2025, 3, 1), "month", False),
        ("partner-t", date(2025, 3, 1), date(2025, 3, 1), "month", None),
    ]
    assert intake.ask(
        "SELECT n, sex, age_band, is_child, class, exploitation, means_of_control FROM person "
        "ORDER BY sex"
    ) == [
        (1, "female", "15_18", "yes", "trafficking_confirmed", ["forced_labour"], None),
        (1, "male", "25_49", "no", "smuggling", None, None),
        (1, "unknown", "unknown", "unknown", "undetermined", None, None),
    ]
    assert (
        intake.ask("SELECT leg_no, from_place, to_place, mode, month, scope FROM movement")
        == [(1, "BD2022", "MY", "sea", date(2025, 3, 1), "cross_border")] * 2
    )
    assert intake.ask(
        "SELECT seq, class, act, decided_month FROM classification WHERE act IS NOT NULL"
    ) == [(1, "trafficking_confirmed", ["recruitment"], date(2025, 3, 1))]


def test_people_recruited_in_two_upazilas_share_the_district(intake: Intake) -> None:
    report = intake.load("line-list", intake.line_list())
    assert intake.ask(
        "SELECT place_role, place, location_precision FROM incident_place ORDER BY place"
    ) == [("recruitment", "BD2022", "district"), ("recruitment", "BD3026", "district")]
    assert listed(report.findings) == [("generalised_place", 2), ("generalised_place", 3)]


def test_arrivals_tell_load_and_row_of_every_record(loaded: Intake) -> None:
    loaded.load("referrals", referrals(loaded))
    assert loaded.ask(
        """SELECT table_name, load_no, row_no FROM arrival ORDER BY load_no, table_name, row_no"""
    ) == [
        ("classification", 1, 2),
        ("classification", 1, 3),
        ("classification", 1, 4),
        ("incident", 1, 2),
        ("incident", 1, 4),
        ("person", 1, 2),
        ("person", 1, 3),
        ("person", 1, 4),
        ("referral", 2, 2),
        ("referral", 2, 3),
    ]
    assert loaded.ask(
        "SELECT count(*) FROM person p JOIN arrival a ON table_name = 'person' AND key = person_id"
    ) == [(3,)]


def test_the_same_file_again_changes_nothing(intake: Intake) -> None:
    path = intake.line_list()
    intake.load("line-list", path)
    before = intake.digest()

    report = intake.load("line-list", path)

    assert report.accepted
    assert [entry.outcome for entry in report.files] == ["known"]
    assert intake.digest() == before


def test_the_same_content_under_another_name_and_order_changes_nothing(loaded: Intake) -> None:
    before = loaded.digest()
    other = loaded.line_list(*reversed(ROWS), name="again.csv")
    assert [entry.outcome for entry in loaded.load("line-list", other).files] == ["known"]
    assert loaded.digest() == before


def test_a_workbook_reads_as_the_csv_of_the_same_content(intake: Intake) -> None:
    rows: list[list[object]] = [list(row.split(",")) for row in ROWS]
    for row in rows:
        day, month, year = str(row[2]).split("/")
        row[2] = date(int(year), int(month), int(day))
        row[1] = float(str(row[1]))
    rows[0][5], rows[2][0] = 17.0, 2
    path = workbook(intake.folder / "list.xlsx", HEADER.split(","), rows)
    intake.load("workbook", path)
    assert [entry.outcome for entry in intake.load("line-list", intake.line_list()).files] == [
        "known"
    ]


def test_referrals_find_their_person_and_the_undecided_are_held(loaded: Intake) -> None:
    report = loaded.load("referrals", referrals(loaded))

    assert report.accepted
    assert [(entry.rows, entry.held) for entry in report.files] == [(2, 1)]
    assert listed(report.findings) == [("consent_unknown", 4)]
    assert loaded.ask(
        "SELECT service, requested_month, ended_month FROM referral SEMI JOIN person"
        " USING (person_id) ORDER BY service"
    ) == [("health", date(2025, 3, 1), date(2025, 4, 1)), ("legal_aid", date(2025, 3, 1), None)]


def test_a_referral_of_nobody_is_refused(loaded: Intake) -> None:
    report = loaded.load("referrals", referrals(loaded, REFERRALS[0].replace("1;1;1", "9;1;1")))
    assert said(report.findings) == [("unknown_person", 2, None)]


def test_a_later_decision_changes_the_class_of_a_person(loaded: Intake) -> None:
    assert loaded.load("decisions", decisions(loaded, "2,1,2,smuggling,2025-06-01")).accepted
    assert loaded.ask("SELECT count(*) FROM person WHERE class = 'smuggling'") == [(2,)]
    gap = decisions(loaded, "2,1,4,undetermined,2025-07-01")
    assert said(loaded.load("decisions", gap).findings) == [("gap_in_decisions", 2, "Number")]


@pytest.mark.parametrize(
    ("person", "rule"), [("1,1", "exploited_smuggling"), ("2,1", "internal_smuggling")]
)
def test_a_later_decision_obeys_the_rules_of_classes(
    intake: Intake, person: str, rule: str
) -> None:
    inside = ROWS[2].replace("BD3026,,,", "BD3026,,BD3026,BD2022")
    intake.load("line-list", intake.line_list(*ROWS[:2], inside))
    decision = decisions(intake, f"{person},2,smuggling,2025-06-01")
    assert [f[0] for f in said(intake.load("decisions", decision).findings)] == [rule]


def test_two_files_of_one_name_are_not_mistaken_for_each_other(intake: Intake) -> None:
    (intake.folder / "other").mkdir()
    paths = intake.line_list(), intake.line_list(name="other/list.csv")
    with pytest.raises(OperatorError, match="same name"):
        intake.check("line-list", *paths)


def test_a_constant_place_is_a_code_of_the_gazetteer(intake: Intake, tmp_path: Path) -> None:
    constant = '[constants]\n"referral.place" = "Nowhere"\n\n'
    other = declaring(intake, tmp_path, "referrals", "[columns", f"{constant}[columns")
    with pytest.raises(OperatorError, match=r"constants\.referral\.place"):
        other.check("referrals", referrals(intake))


def test_a_rebuilt_register_is_the_same_whatever_the_order_of_the_extracts(
    loaded: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded.load("referrals", referrals(loaded))
    loaded.load("decisions", decisions(loaded, "2,1,2,smuggling,2025-06-01"))
    before = loaded.rows()
    glob = Path.glob

    def shuffled(self: Path, pattern: str) -> list[Path]:
        found = list(glob(self, pattern))
        random.Random(7).shuffle(found)
        return found

    for _ in range(2):
        assert rebuild(loaded.settings) == 3
        assert loaded.rows() == before
        monkeypatch.setattr(Path, "glob", shuffled)


def test_a_register_that_lost_a_load_must_be_rebuilt_first(intake: Intake) -> None:
    before = intake.settings.register.read_bytes()
    intake.load("line-list", intake.line_list())
    intake.settings.register.write_bytes(before)
    with pytest.raises(OperatorError, match="--rebuild"):
        intake.load("referrals", referrals(intake))
    assert rebuild(intake.settings) == 1


def test_a_damaged_extract_is_named(intake: Intake) -> None:
    (intake.settings.extracts / "broken.parquet").write_bytes(b"PAR1 nothing PAR1")
    with pytest.raises(OperatorError, match=r"broken\.parquet"):
        rebuild(intake.settings)


def test_no_write_ahead_log_is_left(loaded: Intake) -> None:
    names = {path.name for path in loaded.settings.operator.iterdir()}
    files = {"register.duckdb", "register.lock", "store.json", "manifest.json"}
    assert names == {"extracts", "units", *files}


def test_kinds_never_mix(loaded: Intake) -> None:
    path = loaded.write("incidents.csv", "Id,Year,Month,Dead,Quality,Route,Point")
    with pytest.raises(OperatorError, match="invented data; published data needs a store"):
        loaded.load("incidents", path)


def test_a_dry_run_needs_no_store(intake: Intake, tmp_path: Path) -> None:
    alone = replace(intake, settings=replace(intake.settings, store=tmp_path / "nowhere"))
    report = alone.check("line-list", intake.line_list())
    assert report.tables["person"] == 3
    assert not (tmp_path / "nowhere").exists()


def test_one_command_at_a_time(intake: Intake) -> None:
    path = intake.line_list()
    with locked(intake.settings), pytest.raises(OperatorError, match="Another command"):
        intake.load("line-list", path)


def test_a_failed_write_takes_its_extracts_back(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("disk full")

    before = intake.rows()
    monkeypatch.setattr("etl.intake.load.insert", fails)
    with pytest.raises(RuntimeError, match="disk full"):
        intake.load("line-list", intake.line_list())
    assert list(intake.settings.extracts.iterdir()) == []
    assert intake.rows() == before


def test_incidents_load_with_points_two_part_months_and_constant_legs(intake: Intake) -> None:
    path = intake.write(
        "incidents.csv",
        "Id,Year,Month,Dead,Quality,Route,Point",
        "a,2025,March,5.0,3.0,Bay of Bengal,POINT (92.0 21.2)",
        "b,2024,,,,,",
    )
    report = intake.load("incidents", path)
    assert said(report.findings) == []
    assert intake.ask(
        "SELECT incident_month, date_precision, dead_or_missing, source_quality, route "
        "FROM incident"
    ) == [
        (date(2025, 3, 1), "month", 5, 3, "Bay of Bengal"),
        (date(2024, 1, 1), "year", None, None, None),
    ]
    assert intake.ask("SELECT leg_no, mode, person_id FROM movement") == [(1, "sea", None)] * 2
    assert intake.ask("SELECT place_role, count(*) FROM incident_place GROUP BY ALL") == [
        ("transit", 1)
    ]
    assert intake.ask("SELECT attribution, kind FROM load") == [("A publisher", "published")]


@pytest.mark.parametrize("way", ["check", "load"])
def test_others_may_use_the_store_while_a_file_is_read(
    intake: Intake, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    free: list[bool] = []
    reader = load.read_file

    def watched(*asked: Any) -> Any:
        with locked(intake.settings):
            free.append(True)
        return reader(*asked)

    monkeypatch.setattr(load, "read_file", watched)
    getattr(intake, way)("line-list", intake.line_list())
    assert free == [True]


def test_columns_of_one_count_are_added_up(intake: Intake, tmp_path: Path) -> None:
    counts = "".join(
        f'[columns."{header}"]\nuse = "take"\nhow = "sum"\nfield = "incident.persons_count"\n\n'
        for header in ("Women", "Men")
    )
    sex = '[columns."Sex"]'
    summing = declaring(intake, tmp_path, "line-list", sex, counts + sex)
    told = ["4,3", ",", ",2"]
    path = intake.write(
        "list.csv",
        f"{HEADER},Women,Men",
        *(f"{row.replace('1,2,', '3,1,')},{n}" for row, n in zip(ROWS, told, strict=True)),
    )
    assert said(summing.load("line-list", path).findings) == []
    assert intake.ask("SELECT persons_count FROM incident ORDER BY ALL") == [(2,), (7,), (None,)]


def test_a_source_of_other_events_is_kept_apart(intake: Intake, tmp_path: Path) -> None:
    row = 'row = "person"'
    fires = declaring(intake, tmp_path, "line-list", row, f'{row}\nevent = "other"')
    assert said(fires.load("line-list", intake.line_list()).findings) == []
    assert intake.ask("SELECT DISTINCT event FROM incident") == [("other",)]


def test_a_register_without_a_column_of_today_is_built_again(loaded: Intake) -> None:
    with duckdb.connect(str(loaded.settings.register)) as connection:
        connection.execute("ALTER TABLE incident DROP COLUMN event")
    with pytest.raises(OperatorError, match="load --rebuild"):
        loaded.load("line-list", loaded.line_list(ROWS[0], name="later.csv"))
    rebuild(loaded.settings)
    assert loaded.ask("SELECT count(event) FROM incident") == [(0,)]
