from __future__ import annotations

import json
from collections.abc import Callable
from itertools import chain, repeat
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import duckdb
import pytest

from etl.erasure import proof, work
from etl.harmonise.areas import Areas
from etl.harmonise.keys import record_key
from etl.register import decisions, seal
from etl.register.replay import rebuild
from etl.secrets import open_secrets
from etl.settings import OperatorError, Settings
from tests.support.sealing import seal_all
from tests.unit.etl.stores import REFERRAL_HEADER, ROWS, TODAY, Ask, Intake, copied, new_store

#: Two people of one incident, of whom only the first tells the day and the district, and a third.
SPARSE = (
    "7,1,25/03/2025,no,Female,17,undetermined,,,,Cox's Bazar,Ukhia,Cox's Bazar,Malaysia,sea,Rina",
    "7,2,25/03/2025,,Male,30,undetermined,,,,,,,,,Rina",
)
REFERRALS = (
    "1;1;1;2025-03-20;health;first;done;15;given",
    "1;2;1;2025-03-21;cash;first;done;3;given",
)


def key(settings: Settings, kind: str, *parts: str) -> str:
    return record_key(open_secrets(settings).identifiers, "partner-t", kind, parts)


def erase(settings: Settings, table: Any, id_: str) -> work.Outcome:
    """Erase without the command around it."""
    return work.erase(settings, work.Record(table, id_), TODAY, lambda _: None)


@pytest.fixture(scope="module")
def filled_once(areas: Areas, tmp_path_factory: pytest.TempPathFactory) -> Intake:
    """A store with two files and a ledger in which everything is published."""
    made = new_store(tmp_path_factory.mktemp("filled"), areas)
    made.load("line-list", made.line_list())
    made.load("referrals", made.write("referrals.csv", REFERRAL_HEADER, *REFERRALS))
    publish_all(made.settings)
    return made


@pytest.fixture
def filled(filled_once: Intake, tmp_path: Path) -> Intake:
    """A copy of it, for a test to change."""
    return copied(filled_once, tmp_path)


def publish_all(settings: Settings) -> None:
    """A ledger with every record of the register, texts as they are so that bytes show them."""
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET force_compression = 'uncompressed'")
        connection.execute(f"ATTACH '{settings.units / 'units.duckdb'}' AS units")
        connection.execute(f"ATTACH '{settings.register}' AS register (READ_ONLY)")
        connection.execute(
            """CREATE TABLE units.ledger (fact VARCHAR, record_key VARCHAR, period DATE,
            PRIMARY KEY (fact, record_key))"""
        )
        connection.execute("CREATE TABLE units.people (month DATE, sex VARCHAR, size INTEGER)")
        connection.execute("INSERT INTO units.people VALUES ('2025-03-01', 'female', 5)")
        for fact, keys in (
            ("people", "SELECT person_id FROM register.person"),
            ("journeys", "SELECT person_id FROM register.movement"),
            ("incidents", "SELECT incident_id FROM register.incident"),
            ("legs", "SELECT person_id || '|' || leg_no FROM register.movement"),
            ("requests", "SELECT referral_id FROM register.referral"),
            ("reclassifications", "SELECT person_id || '|' || seq FROM register.classification"),
        ):
            connection.execute(
                f"INSERT INTO units.ledger SELECT ?, k, '2025-03-01' FROM ({keys}) t(k)",  # noqa: S608
                [fact],
            )
        connection.execute("CHECKPOINT units")
    seal_all(settings)


def ledger(settings: Settings) -> list[tuple[str, str]]:
    with duckdb.connect(str(settings.units / "units.duckdb"), read_only=True) as connection:
        return connection.execute("SELECT fact, record_key FROM ledger ORDER BY ALL").fetchall()


def holding(settings: Settings, id_: str) -> list[str]:
    """Files of the operator's half in which the bytes or the tables hold an id."""
    return list(proof.search(settings, [id_]).found_in)


def test_a_person_is_erased_everywhere_and_a_later_load_does_not_bring_them_back(
    filled: Intake, ask: Ask
) -> None:
    settings = filled.settings
    person = key(settings, "person", "1", "1")
    raw = (settings.units / "units.duckdb").read_bytes()
    assert person.encode() in raw
    assert set(holding(settings, person)) >= {"register.duckdb", "units/units.duckdb"}
    before = ledger(settings)

    code, told = ask("erase --source line-list --record person", typed=["1", " 1 ", "yes"])

    assert code == 0
    assert told["proof"]["found_in"] == []
    assert told["removed"]["extract_rows"] == 2
    assert told["removed"]["register"] == {
        "incident": 0,
        "incident_place": 0,
        "person": 1,
        "movement": 1,
        "referral": 1,
        "classification": 1,
        "voyage": 0,
    }
    gone = set(before) - set(ledger(settings))
    assert {fact for fact, _ in gone} == {
        "people",
        "journeys",
        "legs",
        "requests",
        "reclassifications",
    }
    assert told["removed"]["ledger"] == len(gone)
    for path in settings.operator.rglob("*"):
        if path.is_file() and path.name != "decisions.json":
            assert person.encode() not in path.read_bytes(), path
    assert person[:8] in told["proof"]["looked_for"]
    assert person not in json.dumps(told)

    rows = filled.rows()
    rebuild(settings)
    assert filled.rows() == rows
    filled.load(
        "line-list",
        filled.line_list(
            *ROWS, "3,1,25/03/2025,no,Male,40,undetermined,,,,BD2022,,,,,", name="again.csv"
        ),
    )
    people = {id_ for (id_,) in filled.ask("SELECT person_id FROM person")}
    assert person not in people
    assert key(settings, "person", "3", "1") in people


def test_units_and_the_rest_of_the_ledger_stay(filled: Intake) -> None:
    settings = filled.settings
    erase(settings, "person", key(settings, "person", "1", "1"))
    with duckdb.connect(str(settings.units / "units.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT sum(size) FROM people").fetchone() == (5,)
        assert connection.execute(
            "SELECT constraint_type FROM duckdb_constraints() WHERE table_name = 'ledger' "
            "AND constraint_type = 'PRIMARY KEY'"
        ).fetchall()
    other = key(settings, "person", "1", "2")
    assert ("people", other) in ledger(settings)


def test_an_incident_goes_with_its_people_their_referrals_and_their_ledger(filled: Intake) -> None:
    settings = filled.settings
    outcome = erase(settings, "incident", key(settings, "incident", "1"))
    assert outcome.is_clean
    assert filled.ask("SELECT count(*) FROM incident") == [(1,)]
    assert filled.ask("SELECT count(*) FROM referral") == [(0,)]
    left = {
        key(settings, "person", "2", "1"),
        key(settings, "incident", "2"),
    }
    assert {name.split("|")[0] for _, name in ledger(settings)} == left
    listed = decisions.read(settings).erased_ids
    assert listed == {
        key(settings, "incident", "1"),
        key(settings, "person", "1", "1"),
        key(settings, "person", "1", "2"),
    }


def test_a_referral_goes_alone(filled: Intake) -> None:
    settings = filled.settings
    erase(settings, "referral", key(settings, "referral", "1", "1", "1"))
    assert filled.ask("SELECT count(*) FROM referral") == [(1,)]
    assert filled.ask("SELECT count(*) FROM person") == [(3,)]
    assert decisions.read(settings).erased_ids == {key(settings, "referral", "1", "1", "1")}


def test_an_incident_of_one_person_goes_with_them_but_may_be_loaded_again(filled: Intake) -> None:
    settings = filled.settings
    incident = key(settings, "incident", "2")
    erase(settings, "person", key(settings, "person", "2", "1"))
    assert filled.ask("SELECT count(*) FROM incident") == [(1,)]
    assert holding(settings, incident) == []
    assert incident not in decisions.read(settings).erased_ids


def test_an_incident_keeps_what_the_row_of_the_erased_person_told_of_it(intake: Intake) -> None:
    intake.load("line-list", intake.line_list(*SPARSE))
    before = intake.ask("SELECT * FROM incident"), intake.ask("SELECT * FROM incident_place")
    erase(intake.settings, "person", key(intake.settings, "person", "7", "1"))
    assert (intake.ask("SELECT * FROM incident"), intake.ask("SELECT * FROM incident_place")) == (
        before
    )
    assert intake.ask("SELECT sex FROM person") == [("male",)]


def test_a_corrected_record_goes_from_every_file_that_told_of_it(filled: Intake) -> None:
    settings = filled.settings
    person = key(settings, "person", "1", "1")
    corrected = ROWS[0].replace("Female,17", "Female,12")
    filled.load("line-list", filled.line_list(corrected, ROWS[1], name="corrected.csv"))
    extracts = {name for name in holding(settings, person) if name.startswith("extracts/")}
    assert len(extracts) == 3
    assert erase(settings, "person", person).removed.extract_rows == 3
    assert holding(settings, person) == []
    assert filled.ask("SELECT count(*) FROM person") == [(2,)]


def test_an_extract_of_an_older_backup_brings_nobody_back(filled: Intake) -> None:
    settings = filled.settings
    person = key(settings, "person", "1", "1")
    held = {path: path.read_bytes() for path in settings.extracts.glob("*.parquet")}
    erase(settings, "person", person)
    now = {path.name for path in settings.extracts.glob("*.parquet")}
    for path, content in held.items():
        path.write_bytes(content)
    with pytest.raises(OperatorError, match="no command wrote it there"):
        rebuild(settings)
    seal_all(settings)
    rebuild(settings)
    assert (person,) not in filled.ask("SELECT person_id FROM person")
    assert holding(settings, person) != []
    assert erase(settings, "person", person).is_clean
    assert {path.name for path in settings.extracts.glob("*.parquet")} == now
    assert filled.ask("SELECT load_no FROM load ORDER BY ALL") == [(1,), (2,)]


def test_extracts_of_which_the_same_is_left_keep_files_of_their_own(intake: Intake) -> None:
    first = ROWS[2]
    for number in (1, 2):
        row = f"{number + 8},1,25/03/2025,no,Female,17,undetermined,,,,BD2022,,,,,Rina"
        intake.load("line-list", intake.line_list(row, name=f"{number}.csv"))
    intake.load("line-list", intake.line_list(first, name="3.csv"))
    for number in (1, 2):
        erase(intake.settings, "incident", key(intake.settings, "incident", str(number + 8)))
    assert intake.ask("SELECT load_no, rows FROM load ORDER BY ALL") == [(1, 0), (2, 0), (3, 1)]
    assert len(list(intake.settings.extracts.glob("*.parquet"))) == 3
    assert intake.ask("SELECT count(*) FROM incident") == [(1,)]


def test_a_key_that_is_not_held_changes_nothing(filled: Intake, ask: Ask) -> None:
    before = filled.digest()
    code, told = ask("erase --source line-list --record incident", typed=["99"])
    assert code == 1
    assert "no record of this key" in told["error"]
    assert filled.digest() == before


def test_without_a_yes_nothing_is_erased(filled: Intake, ask: Ask) -> None:
    before = filled.digest()
    words = "erase --source line-list --record incident"
    code, told = ask(words, typed=["1", "no"])
    assert (code, told) == (1, {"error": "Nothing was erased."})
    assert filled.digest() == before


@pytest.mark.parametrize(
    ("words", "typed", "sentence"),
    [
        ("erase", (), "`erase` needs --source NAME and --record KIND, or --finish."),
        ("erase --finish --record person", (), "takes no source"),
        ("erase --finish --load 0", (), "takes no source, no kind of record, no load and no row"),
        ("erase --source line-list --record referral", (), "has keys for incident or person"),
        ("erase --source line-list --record person", ("1", ""), "Person no is part of the key"),
    ],
)
def test_mistakes_are_one_sentence(
    filled: Intake, ask: Ask, words: str, typed: tuple[str, ...], sentence: str
) -> None:
    code, told = ask(words, typed=typed)
    assert code == 1
    assert sentence in told["error"]


#: Changes of files in an erasure: the decisions twice, units, register, and two extracts that are
#: written anew and removed; the note of a load; and what is kept of a search for duplicates, which
#: is not there.
CHANGES = 10


def at_each_change(monkeypatch: pytest.MonkeyPatch, come: Callable[[], None]) -> None:
    """Call before every durable change of a file.

    What the seal changes around one leaves the file from before or after, as its own tests show.
    """

    def wrap(change: Callable[..., None]) -> Callable[..., None]:
        def wrapped(*paths: Path) -> None:
            if paths[-1].name not in (seal.MANIFEST, seal.GENERATION):
                come()
            change(*paths)

        return wrapped

    for name in ("replace_file", "remove_file"):
        monkeypatch.setattr(seal, name, wrap(getattr(seal, name)))


def stopped_stores(
    made: Intake, folder: Callable[[str], Path], work_on: Callable[[Settings], object]
) -> list[Intake]:
    """What lies on the disk before each change of a file in some work, and after the last.

    A process that is killed leaves just that.
    """
    working = copied(made, folder("working"))
    stopped: list[Intake] = []

    def keep() -> None:
        stopped.append(copied(working, folder("stopped")))

    with pytest.MonkeyPatch.context() as patch:
        at_each_change(patch, keep)
        work_on(working.settings)
    keep()
    return stopped


@pytest.fixture(scope="module")
def stopped(filled_once: Intake, tmp_path_factory: pytest.TempPathFactory) -> list[Intake]:
    """The store before each change of an erasure, and after the last."""
    person = key(filled_once.settings, "person", "1", "1")
    return stopped_stores(
        filled_once, tmp_path_factory.mktemp, lambda settings: erase(settings, "person", person)
    )


@pytest.mark.parametrize("at", range(CHANGES + 1))
def test_a_kill_at_any_change_of_a_file_is_mended_by_the_next_erase(
    stopped: list[Intake], at: int
) -> None:
    filled = stopped[at]
    settings = filled.settings
    person = key(settings, "person", "1", "1")
    begun = decisions.unfinished(settings)
    if begun:
        assert "erase --finish" in begun
        with pytest.raises(OperatorError, match="begun and not finished"):
            filled.load("line-list", filled.line_list(ROWS[0], name="other.csv"))
        outcome = work.finish(settings, lambda _: None)
        assert outcome is not None
        assert outcome.is_clean
    else:
        assert erase(settings, "person", person).is_clean
    assert holding(settings, person) == []
    assert decisions.unfinished(settings) is None
    rows = filled.rows()
    rebuild(settings)
    assert filled.rows() == rows
    assert filled.ask("SELECT count(*) FROM person") == [(2,)]
    assert filled.ask("SELECT load_no FROM load ORDER BY 1") == [(1,), (2,)]


def test_the_steps_above_are_all_changes_of_files(stopped: list[Intake]) -> None:
    assert len(stopped) == CHANGES + 1


def test_the_next_erasure_finishes_one_that_was_stopped_and_proves_both(
    filled: Intake, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = filled.settings
    second = chain([None], [KeyboardInterrupt], repeat(None))
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        at_each_change(patch, Mock(side_effect=second))
        erase(settings, "person", key(settings, "person", "1", "1"))
    words = "erase --source line-list --record person"
    code, told = ask(words, typed=["1", "2", "yes"])
    assert (code, told["finished_before"], told["removed"]["register"]["person"]) == (0, True, 1)
    assert {key(settings, "person", "1", number)[:8] for number in "12"} <= set(
        told["proof"]["looked_for"]
    )
    assert filled.ask("SELECT count(*) FROM person") == [(1,)]
    assert ask("erase --finish") == (0, {"finished": False})


def test_the_proof_finds_an_id_in_a_database_an_extract_and_a_plain_file(filled: Intake) -> None:
    settings = filled.settings
    person = key(settings, "person", "1", "1")
    (settings.operator / "note.txt").write_text(f"about {person}")
    found = proof.search(settings, [person])
    assert "note.txt" in found.found_in
    assert "register.duckdb" in found.found_in
    assert sum(name.startswith("extracts/") for name in found.found_in) == 2


def test_the_proof_asks_values_for_what_compression_hides(
    filled: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = filled.settings
    person = key(settings, "person", "1", "1")
    monkeypatch.setattr(proof, "_in_bytes", lambda *_: False)
    found = proof.search(settings, [person]).found_in
    assert "register.duckdb" in found
    assert sum(name.startswith("extracts/") for name in found) == 2


def test_a_search_that_finds_something_leaves_with_1(filled: Intake, ask: Ask) -> None:
    settings = filled.settings
    (settings.operator / "old.txt").write_text(key(settings, "incident", "1"))
    seal_all(settings)
    words = "erase --source line-list --record incident"
    code, told = ask(words, typed=["1", "yes"])
    assert code == 1
    assert told["proof"]["found_in"] == ["old.txt"]
