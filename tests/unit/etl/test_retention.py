from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dashboard.model.periods import Month
from etl.__main__ import main
from etl.erasure import work
from etl.harmonise.areas import Areas
from etl.register import decisions
from etl.register.decisions import Duplicate
from etl.register.replay import rebuild
from etl.settings import Settings
from tests.unit.etl.stores import REFERRAL_HEADER, ROWS, Ask, Intake, copied, new_store
from tests.unit.etl.test_erasure import key, ledger, publish_all, stopped_stores

#: A case of March 2019 that ended then, one of March 2019 with a referral of 2021, one of 2025.
OLD = "41,1,05/03/2019,no,Female,17,undetermined,,,,BD2022,,,,,Rina"
LONG = "42,1,05/03/2019,no,Male,30,undetermined,,,,BD2022,,,,,Rina"
LATE = "42;1;1;2021-02-20;health;first;done;15;given"
SHORT = "41;1;1;2019-04-20;health;first;done;15;given"

#: Durable changes of files when cases past keeping go.
CHANGES = 10


@pytest.fixture(scope="module")
def aged_once(areas: Areas, tmp_path_factory: pytest.TempPathFactory) -> Intake:
    made = new_store(tmp_path_factory.mktemp("aged"), areas)
    made.load("line-list", made.line_list(OLD, LONG, *ROWS))
    made.load("referrals", made.write("referrals.csv", REFERRAL_HEADER, LATE, SHORT))
    publish_all(made.settings)
    return made


@pytest.fixture
def aged(aged_once: Intake, tmp_path: Path) -> Intake:
    return copied(aged_once, tmp_path)


def test_cases_that_ended_by_the_horizon_go_whole_and_others_stay_whole(
    aged: Intake, ask: Ask
) -> None:
    settings = aged.settings
    old = key(settings, "person", "41", "1")
    words = "retain --years 5 --apply --as-of 2025-11-24"
    code, told = ask(words)
    assert code == 0
    assert (told["horizon"], told["left"], told["years"]) == ("2019-12", 0, 5)
    assert told["removed"]["extract_rows"] == 2
    assert told["removed"]["register"] == {
        "incident": 1,
        "incident_place": 1,
        "person": 1,
        "movement": 0,
        "referral": 1,
        "classification": 1,
        "voyage": 0,
    }
    assert told["removed"]["ledger"] == 4
    assert not [name for _, name in ledger(settings) if name.startswith(old)]
    assert decisions.read(settings).horizon == Month(2019, 12)
    assert aged.ask("SELECT count(*) FROM incident WHERE incident_month = DATE '2019-03-01'") == [
        (1,)
    ]
    assert aged.ask("SELECT count(*) FROM referral") == [(1,)]
    assert decisions.read(settings).erased_ids == frozenset()
    rows = aged.rows()
    rebuild(settings)
    assert aged.rows() == rows


def test_the_case_goes_when_its_last_month_is_past_keeping(aged: Intake) -> None:
    settings = aged.settings
    with_years(settings, 3)
    until, outcome = work.retain(settings, date(2025, 11, 24), lambda _: None)
    assert (until, outcome.rows_left) == (Month(2021, 12), 0)
    assert aged.ask("SELECT count(*) FROM referral") == [(0,)]
    assert aged.ask("SELECT min(incident_month) FROM incident") == [(date(2025, 3, 1),)]


def with_years(settings: Settings, years: int) -> None:
    assert main(["retain", "--years", str(years)], settings) == 0


def test_a_dry_run_counts_the_same_and_changes_nothing(
    aged: Intake, ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    with_years(aged.settings, 5)
    capsys.readouterr()
    before = aged.digest()
    _, counted = ask("retain --dry-run --as-of 2025-11-24")
    assert aged.digest() == before
    _, removed = ask("retain --apply --as-of 2025-11-24")
    assert counted["removed"] == removed["removed"]
    assert counted["horizon"] == removed["horizon"]


def test_the_horizon_never_goes_back(aged: Intake) -> None:
    settings = aged.settings
    with_years(settings, 3)
    work.retain(settings, date(2025, 11, 24), lambda _: None)
    with_years(settings, 20)
    until, _ = work.retain(settings, date(2025, 11, 24), lambda _: None)
    assert until == decisions.read(settings).horizon == Month(2021, 12)


def test_a_decision_about_an_incident_past_keeping_goes_with_it(aged: Intake) -> None:
    settings = aged.settings
    pair = sorted((key(settings, "incident", "41"), key(settings, "incident", "1")))
    other = sorted((key(settings, "incident", "42"), key(settings, "incident", "1")))
    made = [Duplicate((a, b), "apart", None, "Rina", date(2025, 1, 1)) for a, b in (pair, other)]
    decisions.write(settings, decisions.Decisions(duplicates=tuple(made)))
    with_years(settings, 5)
    work.retain(settings, date(2025, 11, 24), lambda _: None)
    assert decisions.read(settings).duplicates == (made[1],)


@pytest.fixture(scope="module")
def stopped(aged_once: Intake, tmp_path_factory: pytest.TempPathFactory) -> list[Intake]:
    """The store before each change when cases past keeping go, and after the last."""
    ready = copied(aged_once, tmp_path_factory.mktemp("ready"))
    with_years(ready.settings, 5)
    return stopped_stores(
        ready,
        tmp_path_factory.mktemp,
        lambda settings: work.retain(settings, date(2025, 11, 24), lambda _: None),
    )


def test_the_changes_below_are_all(stopped: list[Intake]) -> None:
    assert len(stopped) == CHANGES + 1


@pytest.mark.parametrize("at", range(CHANGES + 1))
def test_a_kill_at_any_change_of_a_file_is_mended(stopped: list[Intake], at: int) -> None:
    aged = stopped[at]
    settings = aged.settings
    work.retain(settings, date(2025, 11, 24), lambda _: None)
    assert decisions.unfinished(settings) is None
    assert aged.ask("SELECT count(*) FROM incident") == [(3,)]
    old = key(settings, "person", "41", "1")
    assert not [name for _, name in ledger(settings) if name.startswith(old)]
    rows = aged.rows()
    rebuild(settings)
    assert aged.rows() == rows


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("retain", "needs --years N, or --apply or --dry-run with --as-of DATE"),
        ("retain --apply", "needs --as-of DATE"),
        ("retain --apply --as-of 2999-01-01", "lies in the future"),
        ("retain --apply --as-of 2025-01-01", "No retention period is set"),
        ("retain --years 0", "0 is no period"),
        ("retain --years 9 --as-of 2025-01-01", "give --apply or --dry-run too"),
    ],
)
def test_mistakes_are_one_sentence(aged: Intake, ask: Ask, words: str, sentence: str) -> None:
    before = aged.digest()
    code, told = ask(words)
    assert code == 1
    assert sentence in told["error"]
    assert aged.digest() == before
