"""Voyages: published figures of boats from file to release, and what may never fill them."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.__main__ import main
from etl.declaration import SourceError, find_source
from etl.events.build import build_events
from etl.rules.voyages import COLUMN_OF, VOYAGES
from etl.settings import Settings
from tests.support.sealing import seal_all
from tests.support.served import ROOT
from tests.unit.etl.events.register import in_memory

PUBLISHED = ROOT / "data" / "sample" / "published" / "boats-INVENTED.csv"
REPORTED = ROOT / "data" / "sample" / "partner-e-people-INVENTED.csv"
HEADER = (
    "Line,Month,From,Sea area,Bound for,Boats,Set out,Arrived,Intercepted or returned,"
    "Dead or missing,Status unknown"
)
WHOLE = "a,2025-01,Bangladesh,Bay of Bengal,Malaysia,2,100,60,20,15,5"


@pytest.fixture
def store(tmp_path: Path) -> Settings:
    made = Settings(store=tmp_path / "store", secrets=tmp_path / "secrets")
    assert main(["init"], made) == 0
    return made


def written(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "boats.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def load(
    store: Settings, file: Path, source: str, capsys: pytest.CaptureFixture[str]
) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = main(["load", str(file), "--source", source, "--json"], store)
    return code, json.loads(capsys.readouterr().out)


def rows_of(store: Settings, question: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(store.register), read_only=True) as register:
        return register.execute(question).fetchall()


def test_a_published_row_fills_a_voyage(
    store: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, report = load(store, written(tmp_path, WHOLE), "published-sea", capsys)
    assert (code, report["findings"]) == (0, [])
    assert rows_of(
        store,
        """SELECT month::VARCHAR, sea_area, departure, bound_for, boats, set_out, arrived,
        intercepted_or_returned, survived, dead_or_missing, status_unknown FROM voyage""",
    ) == [("2025-01-01", "SEA-BOB", "BD", "MY", 2, 100, 60, 20, None, 15, 5)]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("a,2025-01,Bangladesh,Bay of Bengal,Malaysia,2,100,60,20,15,4", "parts_of_voyage"),
        ("a,2025-01,Bangladesh,Bay of Bengal,Malaysia,2,100,,,,", "parts_of_voyage"),
        ("a,2025-01,Bangladesh,Bay of Bengal,Malaysia,,,,,,", "empty_voyage"),
        ("a,2025-01,Bangladesh,Ukhia,Malaysia,2,100,60,20,15,5", "unknown_place"),
        ("a,2025-01,Bangladesh,,Malaysia,2,100,60,20,15,5", "required_field"),
    ],
)
def test_a_row_that_does_not_add_up_refuses_the_file_by_name(
    store: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str], row: str, rule: str
) -> None:
    fine = "b" + WHOLE[1:]
    code, report = load(store, written(tmp_path, fine, row), "published-sea", capsys)
    assert code == 1
    found = [(f["file"], f["row"], f["rule"], f["severity"]) for f in report["findings"]]
    assert found == [("boats.csv", 3, rule, "error")]
    assert rows_of(store, "SELECT count(*) FROM voyage") == [(0,)]


def test_a_source_that_counts_no_whole_is_told_by_its_parts(
    store: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = "a,2025-01,Bangladesh,Bay of Bengal,Malaysia,,,60,,15,"
    code, _ = load(store, written(tmp_path, row), "published-sea", capsys)
    assert code == 0


def test_the_same_line_twice_is_refused_and_brought_again_is_a_correction(
    store: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, report = load(store, written(tmp_path, WHOLE, WHOLE), "published-sea", capsys)
    assert (code, [f["rule"] for f in report["findings"]]) == (1, ["duplicate_voyage"])
    load(store, written(tmp_path, WHOLE), "published-sea", capsys)
    corrected = WHOLE.replace("60,20,15,5", "61,20,14,5")
    code, report = load(store, written(tmp_path, corrected), "published-sea", capsys)
    assert (code, report["files"][0]["corrected"]) == (0, 1)
    assert rows_of(store, "SELECT dead_or_missing FROM voyage") == [(14,)]


def test_partners_cannot_declare_voyages(tmp_path: Path) -> None:
    text = (ROOT / "data" / "sources" / "published-sea.toml").read_text(encoding="utf-8")
    (tmp_path / "published-sea.toml").write_text(
        text.replace('kind = "published"', 'kind = "real"'), encoding="utf-8"
    )
    with pytest.raises(SourceError, match="too few to be counted by themselves"):
        find_source(Settings(tmp_path, tmp_path, tmp_path), "published-sea")


def test_a_declaration_of_incidents_cannot_fill_voyages(tmp_path: Path) -> None:
    text = (ROOT / "data" / "sources" / "missing-migrants.toml").read_text(encoding="utf-8")
    told = text.replace('"incident.dead_or_missing"', '"voyage.dead_or_missing"')
    (tmp_path / "missing-migrants.toml").write_text(told, encoding="utf-8")
    with pytest.raises(SourceError, match="a row that is a incident cannot fill voyage"):
        find_source(Settings(tmp_path, tmp_path, tmp_path), "missing-migrants")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((REPORTED, "sample-e-people"), (PUBLISHED, "sample-sea")),
        ((PUBLISHED, "sample-sea"), (REPORTED, "sample-e-people")),
    ],
)
def test_what_partners_report_and_voyages_share_no_store(
    store: Settings,
    capsys: pytest.CaptureFixture[str],
    first: tuple[Path, str],
    second: tuple[Path, str],
) -> None:
    assert load(store, *first, capsys)[0] == 0
    code, report = load(store, *second, capsys)
    assert code == 1
    assert "they need a store of their own" in report["error"]


def test_a_published_source_enters_no_store_of_the_members(
    store: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load(store, REPORTED, "sample-e-people", capsys)
    code, report = load(store, written(tmp_path, WHOLE), "published-sea", capsys)
    assert code == 1
    assert "published data needs a store of its own" in report["error"]


def test_voyages_come_out_as_they_are_and_never_protected(
    store: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    load(store, PUBLISHED, "sample-sea", capsys)
    words = ["publish", "--as-of", "2026-10-20", "--json"]
    assert main([*words, "--base", "5"], store) == 1
    assert "published already" in capsys.readouterr().out
    assert main(words, store) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["base"] == 1
    with duckdb.connect(data["path"], read_only=True) as release:
        people, boats = release.execute(
            "SELECT (SELECT sum(size) FROM voyages)::INT, (SELECT sum(size) FROM boats)::INT"
        ).fetchall()[0]
        sources = release.execute("SELECT DISTINCT source FROM voyages").fetchall()
    assert rows_of(store, "SELECT sum(set_out)::INT, sum(boats)::INT FROM voyage") == [
        (people, boats)
    ]
    assert sources == [("Boats at sea (invented)",)]


def test_a_row_can_be_withdrawn(
    store: Settings,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load(store, written(tmp_path, WHOLE, "b" + WHOLE[1:]), "published-sea", capsys)
    monkeypatch.setattr(sys, "stdin", io.StringIO("a\nyes\n"))
    assert main(["erase", "--source", "published-sea", "--record", "voyage"], store) == 0
    assert "rows of voyages: 1" in capsys.readouterr().err
    assert rows_of(store, "SELECT count(*) FROM voyage") == [(1,)]
    code, report = load(store, written(tmp_path, WHOLE), "published-sea", capsys)
    assert code == 0
    assert [f["rule"] for f in report["findings"]] == ["erased_record"]
    assert rows_of(store, "SELECT count(*) FROM voyage") == [(1,)]


def test_a_register_from_before_voyages_says_what_to_do(
    store: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    load(store, REPORTED, "sample-e-people", capsys)
    with duckdb.connect(str(store.register)) as register:
        register.execute("DROP TABLE voyage")
        register.execute("CHECKPOINT")
    seal_all(store)
    for words in (
        ["load", str(REPORTED), "--source", "sample-e-people"],
        ["publish", "--as-of", "2026-10-20"],
        ["status"],
    ):
        assert main(words, store) == 1
        assert "run `load --rebuild`" in capsys.readouterr().err
    assert main(["load", "--rebuild"], store) == 0
    assert main(["status"], store) == 0


COUNTS = st.none() | st.integers(0, 400)
ROWS = st.lists(
    st.fixed_dictionaries({column: COUNTS for column in (*COLUMN_OF.values(), "boats")}),
    max_size=6,
)


@given(rows=ROWS)
def test_events_sum_to_who_set_out_and_to_the_boats(rows: list[dict[str, int | None]]) -> None:
    of_all = {"month": "2025-01-01", "sea_area": "SEA-BOB"}
    voyages = [{"voyage_id": str(number), **of_all, **row} for number, row in enumerate(rows)]
    with in_memory(voyage=voyages) as connection:
        build_events(connection, [])
        people = dict(
            connection.execute(
                "SELECT sea_outcome, sum(n)::INT FROM events.voyages GROUP BY 1"
            ).fetchall()
        )
        (boats,) = connection.execute(
            "SELECT coalesce(sum(n), 0)::INT FROM events.boats"
        ).fetchall()[0]
        keys = connection.execute(
            "SELECT count(*) = count(DISTINCT record_key) FROM events.voyages"
        ).fetchall()
    for outcome, column in COLUMN_OF.items():
        assert people.get(outcome, 0) == sum(row[column] or 0 for row in rows)
    assert boats == sum(row["boats"] or 0 for row in rows)
    assert keys == [(True,)]


@given(
    parts=st.lists(st.none() | st.integers(0, 50), min_size=5, max_size=5), off=st.integers(-3, 3)
)
def test_the_rule_finds_every_row_whose_parts_are_not_the_whole(
    parts: list[int | None], off: int
) -> None:
    whole = max(0, sum(part or 0 for part in parts) + off)
    wrong = whole != sum(part or 0 for part in parts)
    with duckdb.connect(":memory:") as connection:
        connection.execute("CREATE SCHEMA staged")
        connection.execute(
            f"""CREATE TABLE staged.voyage AS SELECT 0 AS file_no, 2 AS row_no, ? AS set_out,
            1 AS boats, {", ".join(f"?::INT AS {name}" for name in COLUMN_OF.values())}""",  # noqa: S608
            [whole, *parts],
        )
        (rule,) = [entry for entry in VOYAGES if entry.id == "parts_of_voyage"]
        assert connection.execute(rule.sql).fetchall() == ([(0, 2)] if wrong else [])
