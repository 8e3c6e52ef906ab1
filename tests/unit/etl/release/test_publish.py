"""An operator publishes, publishes again, and is refused where it would be wrong."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard.model.periods import Month
from etl.__main__ import main
from etl.protect.ledger import FILE_NAME
from etl.register.store import read_store
from etl.release import assembly
from etl.release.closing import months
from etl.release.closing.months import closes_on, last_closed_month
from etl.release.files import release_ids
from etl.secret_files import secret_paths
from etl.settings import OperatorError, Settings
from tests.unit.etl.protect import invented
from tests.unit.etl.release import registers

MARCH = Month(2023, 3)


@pytest.fixture
def store(tmp_path: Path) -> Settings:
    settings = registers.make(tmp_path)
    registers.fill(settings, registers.register_rows(invented.people(30, 3, seed=1)))
    return settings


def stored(settings: Settings, question: str) -> list[tuple]:
    return registers.ask(settings.units / FILE_NAME, question)


def current(settings: Settings) -> str:
    return (settings.releases / "current").read_text().strip()


def names(settings: Settings) -> list[str]:
    return sorted(path.name for path in settings.releases.iterdir())


@pytest.mark.parametrize(
    ("as_of", "month"),
    [
        (date(2026, 12, 14), Month(2026, 10)),
        (date(2026, 12, 15), Month(2026, 11)),
        (date(2026, 3, 14), Month(2026, 1)),
        (date(2026, 3, 15), Month(2026, 2)),
        (date(2027, 1, 15), Month(2026, 12)),
    ],
)
def test_a_month_closes_fifteen_days_after_its_end(as_of: date, month: Month) -> None:
    assert last_closed_month(as_of) == month
    assert closes_on(month) <= as_of < closes_on(month.plus(1))


def test_the_first_release_holds_every_closed_month_and_is_current(store: Settings) -> None:
    release = registers.publish_to(store, Month(2023, 2), title="First")
    assert (release.first_month, release.last_month) == ("2023-01", "2023-02")
    assert current(store) == release.release_id
    assert release.path == store.releases / f"{release.release_id}.duckdb"
    assert release.release_id.startswith("2023-02-")
    whole = [release.path.name, f"{release.path.name}.sha256"]
    assert names(store) == [*whole, "current", "generation", "partners.json"]
    assert registers.read(release, "SELECT title, kind, audience FROM edition") == [
        ("First", "invented", "member")
    ]
    assert registers.read(release, "SELECT max(month) FROM people") == [(date(2023, 2, 1),)]


def test_the_area_that_the_operator_chose_for_maps_stands_in_the_release(store: Settings) -> None:
    published = registers.publish_to(replace(store, home="BD9"), Month(2023, 2))
    assert registers.read(published, "SELECT code FROM home") == [("BD9",)]
    again = registers.publish_to(store, MARCH)
    assert registers.read(again, "SELECT code FROM home") == []


@pytest.mark.parametrize(
    "code", [invented.UPAZILAS[0], invented.CAMPS[0], invented.ABROAD[0], "nowhere"]
)
def test_maps_open_on_no_area_that_has_none_inside(store: Settings, code: str) -> None:
    with pytest.raises(OperatorError, match=f"ATLAS_HOME_AREA is '{code}'"):
        registers.publish_to(replace(store, home=code), MARCH)
    assert not release_ids(store.releases)


def test_the_report_is_plain_json(store: Settings) -> None:
    report = json.loads(json.dumps(registers.publish_to(store, MARCH).as_json))
    assert report["facts"][0]["fact"] == "people"
    assert report["facts"][0]["closed"] == ["2023-01", "2023-02", "2023-03"]


def test_publishing_twice_adds_nothing(store: Settings) -> None:
    first = registers.publish_to(store, MARCH)
    before = stored(store, "SELECT * FROM people ORDER BY ALL")
    with pytest.raises(OperatorError, match="No month is due"):
        registers.publish_to(store, MARCH)
    assert stored(store, "SELECT * FROM people ORDER BY ALL") == before
    assert current(store) == first.release_id


def test_later_months_are_appended_and_earlier_units_stay(store: Settings) -> None:
    registers.publish_to(store, Month(2023, 1))
    january = stored(store, "SELECT * FROM people ORDER BY ALL")
    second = registers.publish_to(store, MARCH)
    assert [r.closed for r in second.facts if r.fact == "people"] == [("2023-02", "2023-03")]
    after = stored(store, "SELECT * FROM people WHERE month = DATE '2023-01-01' ORDER BY ALL")
    assert after == january


def test_units_do_not_depend_on_the_order_of_loading(tmp_path: Path) -> None:
    rows = registers.register_rows(invented.people(30, 2, seed=1))
    answers = []
    for name, given in (
        ("first", rows),
        ("second", {table: entries[::-1] for table, entries in rows.items()}),
    ):
        settings = registers.make(tmp_path / name, secret=b"s" * 32)
        registers.fill(settings, given)
        release = registers.publish_to(settings, Month(2023, 2))
        answers.append([registers.read(release, f"FROM {table}") for table in ("people", "legs")])
    assert answers[0] == answers[1]


def test_a_month_that_has_not_ended_cannot_be_closed(
    store: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["publish", "--as-of", "2999-01-20"], store) == 1
    assert "lies in the future" in capsys.readouterr().err
    assert not release_ids(store.releases)


def test_an_empty_register_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="empty"):
        registers.publish_to(registers.make(tmp_path), MARCH)


def test_a_changed_secret_is_refused(store: Settings) -> None:
    secret_paths(store)[1].write_text("ab" * 32)
    with pytest.raises(OperatorError, match=r"protection\.key is not the one"):
        registers.publish_to(store, MARCH)


def test_a_missing_secret_is_refused(store: Settings) -> None:
    secret_paths(store)[1].unlink()
    with pytest.raises(OperatorError, match="missing"):
        registers.publish_to(store, MARCH)


def test_another_base_than_before_is_refused(store: Settings) -> None:
    registers.publish_to(store, Month(2023, 1))
    with pytest.raises(OperatorError, match="base 5"):
        registers.publish_to(store, MARCH, base=1)


def test_a_base_that_is_too_weak_is_not_offered(store: Settings) -> None:
    with pytest.raises(OperatorError, match="not offered"):
        registers.publish_to(store, MARCH, base=3)


def fails(*_: object) -> list:
    raise RuntimeError("out of paper")


def test_a_build_that_fails_changes_nothing_and_can_be_repeated(
    store: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    registers.publish_to(store, Month(2023, 1))
    before = registers.content(store)
    with monkeypatch.context() as patched:
        patched.setattr(assembly, "run_checks", fails)
        with pytest.raises(RuntimeError, match="out of paper"):
            registers.publish_to(store, MARCH)
    assert registers.content(store) == before
    second = registers.publish_to(store, MARCH)
    assert second.last_month == "2023-03"


def test_a_first_publication_that_fails_leaves_the_base_open(
    store: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(assembly, "run_checks", fails)
        with pytest.raises(RuntimeError, match="out of paper"):
            registers.publish_to(store, MARCH, base=1)
    assert read_store(store).base is None
    assert registers.publish_to(store, MARCH, base=5).base == 5


def test_too_few_events_leave_the_base_open(tmp_path: Path) -> None:
    settings = registers.make(tmp_path)
    few = invented.people(30, 1, seed=1)[:3]
    registers.fill(settings, registers.register_rows(few, referrals=0))
    with pytest.raises(OperatorError, match="too few events"):
        registers.publish_to(settings, Month(2023, 1))
    assert read_store(settings).base is None
    assert not (settings.units / FILE_NAME).exists()


def test_no_write_ahead_log_is_left_and_a_release_cannot_be_written(store: Settings) -> None:
    release = registers.publish_to(store, MARCH)
    assert not list(store.store.rglob("*.wal"))
    assert release.path.stat().st_mode & 0o222 == 0


def test_coverage_is_a_band_of_partners_in_every_month(store: Settings) -> None:
    release = registers.publish_to(store, MARCH)
    assert (
        registers.read(release, "SELECT reporting_band FROM coverage ORDER BY month")
        == [("3_5",)] * 3
    )


def test_coverage_tells_nothing_of_incidents_that_wait(tmp_path: Path) -> None:
    settings = registers.make(tmp_path)
    events = invented.people(30, 3, seed=1)
    few = [event for event in events if event["month"] == date(2023, 2, 1)][:4]
    rest = [event for event in events if event["month"] != date(2023, 2, 1)]
    registers.fill(settings, registers.register_rows([*rest, *few], referrals=0))
    release = registers.publish_to(settings, MARCH)
    bands = registers.read(release, "SELECT reporting_band FROM coverage ORDER BY month")
    assert bands == [("3_5",), ("none",), ("3_5",)]


def test_the_command_answers_in_json_or_in_words(
    store: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(months, "read_geography", lambda _: registers.geography())
    assert main(["publish", "--as-of", "2023-02-20", "--json"], store) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["release_id"] == current(store)
    late = invented.people(30, 1, seed=9)[:4]
    registers.fill(store, registers.register_rows(late, name="late", referrals=0))
    assert main(["publish", "--as-of", "2023-04-20"], store) == 0
    assert "4 later arrivals wait" in capsys.readouterr().out
    assert main(["publish", "--as-of", "2023-04-20"], store) == 1
    assert "No month is due" in capsys.readouterr().err


def test_nothing_of_the_truth_is_told_or_logged(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    settings = registers.make(tmp_path)
    people = invented.people(30, 3, seed=1)
    marked = [{**one, "mode": "sea", "corridor": "hill_tracts_myanmar"} for one in people[:3]]
    registers.fill(settings, registers.register_rows([*marked, *people[3:]], referrals=0))
    caplog.set_level("DEBUG")
    seen: list[str] = []
    registers.preview_to(settings, MARCH)
    release = registers.publish_to(settings, MARCH, on_step=seen.append)
    told = capfd.readouterr()
    assert told.out == told.err == ""
    assert caplog.text == ""
    codes = {"hill_tracts_myanmar", "sea", *(str(one["place"]) for one in people)}
    words = set(" ".join([*seen, json.dumps(release.as_json)]).replace('"', " ").split())
    assert not words & codes
    assert not any(character.isdigit() for character in "".join(seen))
