"""A person is planted, worked with, and erased: no byte of the operator's half tells of them."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest

from etl.__main__ import main
from etl.duplicates import last_search
from etl.erasure import proof, work
from etl.harmonise.keys import day_key, record_key, spelling_key
from etl.register import decisions
from etl.register.decisions import Duplicate
from etl.register.replay import rebuild
from etl.secrets import open_secrets
from etl.settings import Settings
from tests.unit.etl.stores import TODAY, Intake

PLANTED = ("KTP-007", "1")
DAY = date(2025, 3, 7)


def row(case: str, person: str, day: str) -> str:
    return f"{case},{person},{day},no,Female,20,undetermined,,,,Cox's Bazar,Ukhia,,,,Rina"


def hashes(settings: Settings) -> dict[str, str]:
    """Everything that is made of the planted person's keys and of the day of the event."""
    secret = open_secrets(settings).identifiers
    made: dict[str, str] = {}
    for kind, parts in (("incident", PLANTED[:1]), ("person", PLANTED)):
        made[kind] = record_key(secret, "partner-t", kind, parts)
        made[f"{kind} spelled"] = spelling_key(secret, "partner-t", kind, parts)
    return made | {f"day {later}": day_key(secret, DAY, later) for later in (-1, 0, 1)}


@pytest.fixture
def store(intake: Intake) -> Intake:
    others = [row(f"{n}", "1", f"{n}/03/2025") for n in range(15, 29)]
    intake.load("line-list", intake.line_list(*others, name="others.csv"))
    planted = intake.line_list(row(*PLANTED, "07/03/2025"), row("NYP-9", "1", "20/03/2025"))
    intake.load("line-list", planted)
    return intake


def test_nothing_of_an_erased_person_stays_in_any_byte(
    store: Intake, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = store.settings
    planted = hashes(settings)
    held = {what for what, hash_ in planted.items() if proof.search(settings, [hash_]).found_in}
    assert held == set(planted), "each is there before"
    files = {p for p in settings.operator.rglob("*") if p.is_file()}

    # All that asks a partner is written outside the store.
    outside = tmp_path / "outside"
    outside.mkdir()
    faulty = store.line_list(row(*PLANTED, "07/03/2025").replace("Female", "?"), name="bad.csv")
    for words in (
        ["check", str(faulty), "--source", "line-list", "--workbook", str(outside / "f.xlsx"),
         "--html", str(outside / "f.html")],
        ["duplicates", "--sheet", str(outside / "q.xlsx"), "--partner", "partner-t",
         "--limit", "500"],
    ):  # fmt: skip
        main(words, settings)
    assert {p for p in settings.operator.rglob("*") if p.is_file()} == files
    other = next(
        str(id_)
        for (id_,) in store.ask("SELECT incident_id FROM incident")
        if id_ != planted["incident"]
    )
    first, second = sorted((planted["incident"], other))
    duplicate = Duplicate((first, second), "apart", None, "Rina", TODAY)
    decisions.write(settings, decisions.Decisions(duplicates=(duplicate,)))
    main(["duplicates"], settings)
    assert (settings.operator / last_search.FILE).exists()

    outcome = work.erase(
        settings, work.Record("incident", planted["incident"]), TODAY, lambda _: None
    )

    assert not (settings.operator / last_search.FILE).exists()
    assert outcome.is_clean
    assert outcome.proof is not None
    assert planted["incident spelled"][: proof.SHORT] in outcome.proof.looked_for
    assert proof.search(settings, planted.values()).found_in == ()
    kept = {what for what, hash_ in planted.items()
            if hash_ in decisions.decisions_file(settings).read_text(encoding="utf-8")}  # fmt: skip
    assert kept == {"incident", "person"}, "the list that keeps them from coming back"
    rebuild(settings)
    assert proof.search(settings, planted.values()).found_in == ()
    for path in settings.operator.rglob("*"):
        if path.is_file() and path != decisions.decisions_file(settings):
            content = path.read_bytes()
            assert not [what for what, hash_ in planted.items() if hash_.encode() in content], path
    capsys.readouterr()


def test_what_is_unloaded_takes_its_hashes_along(
    store: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = store.settings
    path = str(store.folder / "list.csv")
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))
    assert main(["unload", path, "--source", "line-list"], settings) == 0
    assert proof.search(settings, hashes(settings).values()).found_in == ()


def test_a_spelling_that_others_share_is_no_trace_of_the_erased(store: Intake) -> None:
    settings = store.settings
    store.load("line-list", store.line_list(row("NYP-007", "1", "27/03/2025"), name="more.csv"))
    id_ = hashes(settings)["incident"]
    outcome = work.erase(settings, work.Record("incident", id_), TODAY, lambda _: None)
    assert outcome.is_clean


def test_who_is_no_longer_listed_is_erased_by_load_and_row(
    store: Intake, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = store.settings
    words = ["erase", "--source", "line-list", "--record", "person", "--load", "2", "--row"]
    assert main([*words, "4"], settings) == 1
    assert "Row 4 of load 2 of line-list holds no person" in capsys.readouterr().err
    assert main(words[:-1], settings) == 1
    assert "--load N and --row N go together" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))
    assert main([*words, "2"], settings) == 0
    assert proof.search(settings, [hashes(settings)["person"]]).found_in == ()
    assert store.ask("SELECT count(*) FROM person") == [(15,)]
