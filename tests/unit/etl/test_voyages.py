"""Voyages: published figures of boats from file to release, and what may never fill them."""

from __future__ import annotations

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
from tests.unit.etl.stores import Ask

PUBLISHED = ROOT / "data" / "sample" / "published" / "boats-INVENTED.csv"
REPORTED = ROOT / "data" / "sample" / "partner-e-people-INVENTED.csv"
HEADER = (
    "Line,Month,From,Sea area,Bound for,Boats,Set out,Arrived,Intercepted or returned,"
    "Dead or missing,Status unknown"
)
Loaded = tuple[int, dict[str, Any]]
OF_PARTNER: dict[str, Any] = {"file": REPORTED, "source": "sample-e-people"}
OF_PUBLISHER: dict[str, Any] = {"file": PUBLISHED, "source": "sample-sea"}
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


@pytest.fixture
def load(store: Settings, ask: Ask, tmp_path: Path) -> Ask:
    """Load a file of a source, or rows of the published one; the code and the report."""

    def loads(*rows: str, file: Path | None = None, source: str = "published-sea") -> Loaded:
        return ask("load", str(file or written(tmp_path, *rows)), "--source", source, of=store)

    return loads


def rows_of(store: Settings, question: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(store.register), read_only=True) as register:
        return register.execute(question).fetchall()


def test_a_published_row_fills_a_voyage(store: Settings, load: Ask) -> None:
    code, report = load(WHOLE)
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
    store: Settings, load: Ask, row: str, rule: str
) -> None:
    code, report = load("b" + WHOLE[1:], row)
    assert code == 1
    found = [(f["file"], f["row"], f["rule"], f["severity"]) for f in report["findings"]]
    assert found == [("boats.csv", 3, rule, "error")]
    assert rows_of(store, "SELECT count(*) FROM voyage") == [(0,)]


def test_a_source_that_counts_no_whole_is_told_by_its_parts(load: Ask) -> None:
    assert load("a,2025-01,Bangladesh,Bay of Bengal,Malaysia,,,60,,15,")[0] == 0


def test_the_same_line_twice_is_refused_and_brought_again_is_a_correction(
    store: Settings, load: Ask
) -> None:
    code, report = load(WHOLE, WHOLE)
    assert (code, [f["rule"] for f in report["findings"]]) == (1, ["duplicate_voyage"])
    load(WHOLE)
    code, report = load(WHOLE.replace("60,20,15,5", "61,20,14,5"))
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
    ("first", "second", "said"),
    [
        (OF_PARTNER, OF_PUBLISHER, "they need a store of their own"),
        (OF_PUBLISHER, OF_PARTNER, "they need a store of their own"),
        (OF_PARTNER, {"source": "published-sea"}, "published data needs a store of its own"),
    ],
)
def test_what_partners_report_and_voyages_share_no_store(
    load: Ask, first: dict[str, Any], second: dict[str, Any], said: str
) -> None:
    assert load(**first)[0] == 0
    code, report = load(WHOLE, **second)
    assert code == 1
    assert said in report["error"]


def test_voyages_come_out_as_they_are_and_never_protected(
    store: Settings, load: Ask, ask: Ask
) -> None:
    load(**OF_PUBLISHER)
    code, data = ask("publish --as-of 2026-10-20 --base 5", of=store)
    assert (code, "published already" in data["error"]) == (1, True)
    code, data = ask("publish --as-of 2026-10-20", of=store)
    assert (code, data["base"]) == (0, 1)
    with duckdb.connect(data["path"], read_only=True) as release:
        people, boats = release.execute(
            "SELECT (SELECT sum(size) FROM voyages)::INT, (SELECT sum(size) FROM boats)::INT"
        ).fetchall()[0]
        sources = release.execute("SELECT DISTINCT source FROM voyages").fetchall()
    assert rows_of(store, "SELECT sum(set_out)::INT, sum(boats)::INT FROM voyage") == [
        (people, boats)
    ]
    assert sources == [("Boats at sea (invented)",)]


def test_a_row_can_be_withdrawn(store: Settings, load: Ask, ask: Ask) -> None:
    load(WHOLE, "b" + WHOLE[1:])
    words = "erase --source published-sea --record voyage"
    code, told = ask(words, of=store, typed=["a", "yes"])
    assert (code, told["removed"]["register"]["voyage"]) == (0, 1)
    assert rows_of(store, "SELECT count(*) FROM voyage") == [(1,)]
    code, report = load(WHOLE)
    assert (code, [f["rule"] for f in report["findings"]]) == (0, ["erased_record"])
    assert rows_of(store, "SELECT count(*) FROM voyage") == [(1,)]


def test_a_register_from_before_voyages_says_what_to_do(
    store: Settings, load: Ask, ask: Ask
) -> None:
    load(**OF_PARTNER)
    with duckdb.connect(str(store.register)) as register:
        register.execute("DROP TABLE voyage")
        register.execute("CHECKPOINT")
    seal_all(store)
    others = (ask(words, of=store) for words in ("publish --as-of 2026-10-20", "status"))
    for code, told in (load(**OF_PARTNER), *others):
        assert (code, "run `load --rebuild`" in told["error"]) == (1, True)
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
