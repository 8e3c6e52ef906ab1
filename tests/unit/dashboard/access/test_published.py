"""Editions that operators publish and take back stand in the record, once for a server."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from dashboard.access import published
from dashboard.access.accounts import OPERATOR, Accounts
from dashboard.access.audit import latest, verify
from dashboard.access.published import Watch, note_editions
from dashboard.model.release import TAKEN_BACK_SUFFIX
from dashboard.release.folder import Releases
from tests.support.accounts import signed_application
from tests.support.application import RELEASE
from tests.support.releases import copy_of_release, point_to

NEWER = "2026-10-20261116t094000-1b2c3d4e"
FEW = {"months": 3, "per_month": 20}


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    folder = tmp_path / "releases"
    copy_of_release(folder / f"{RELEASE}.duckdb", seed=1, **FEW)
    point_to(folder, RELEASE)
    return Releases(folder)


def told(accounts: Accounts) -> list[tuple[str, str, str]]:
    """What the record says of editions, the oldest first."""
    found = [e for e in latest(accounts.folder, 20) if e.event.startswith("edition ")]
    return [(e.event, e.who, e.about["release"]) for e in reversed(found)]


def test_an_edition_is_entered_when_it_is_first_seen_and_when_it_is_taken_back(
    accounts: Accounts, releases: Releases
) -> None:
    note_editions(accounts, releases)
    assert told(accounts) == [("edition published", OPERATOR, RELEASE)]
    copy_of_release(releases.folder / f"{NEWER}.duckdb", seed=2, **FEW)
    digest = hashlib.sha256((releases.folder / f"{NEWER}.duckdb").read_bytes()).hexdigest()
    (releases.folder / f"{NEWER}.duckdb.sha256").write_text(f"{digest}  {NEWER}.duckdb\n")
    for _ in range(2):
        note_editions(accounts, Releases(releases.folder))
    assert told(accounts)[1:] == [("edition published", OPERATOR, NEWER)]
    (entry,) = latest(accounts.folder, 1)
    assert entry.about["sha256"] == digest
    mark = releases.folder / f"{NEWER}.duckdb{TAKEN_BACK_SUFFIX}"
    mark.touch()
    for _ in range(2):
        note_editions(accounts, Releases(releases.folder))
    assert told(accounts)[2:] == [("edition taken back", OPERATOR, NEWER)]
    mark.unlink()
    note_editions(accounts, Releases(releases.folder))
    assert told(accounts)[3:] == [("edition published", OPERATOR, NEWER)]
    with accounts.store.reading() as connection:
        assert verify(connection, accounts.folder, accounts.keys).number == 4


def test_what_a_server_holds_back_is_not_what_the_operator_took_back(
    accounts: Accounts, releases: Releases
) -> None:
    note_editions(accounts, releases)
    note_editions(accounts, Releases(releases.folder, holds=lambda each: each == RELEASE))
    note_editions(accounts, releases)
    assert len(told(accounts)) == 1


def test_a_process_looks_now_and_then(
    accounts: Accounts, releases: Releases, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(published.time, "monotonic", lambda: now[0])
    watch = Watch(accounts, releases)
    watch.look()
    assert len(told(accounts)) == 1
    copy_of_release(releases.folder / f"{NEWER}.duckdb", seed=2, **FEW)
    now[0] += published.PAUSE / 2
    watch.look()
    assert len(told(accounts)) == 1
    now[0] += published.PAUSE
    watch.look()
    assert len(told(accounts)) == 2


def test_the_first_who_signs_in_brings_it_about_and_nobody_else_does(tmp_path: Path) -> None:
    made = signed_application(tmp_path, **FEW)
    made.client("nobody").get("/healthz")
    assert told(made.accounts) == []
    made.client("member").get("/")
    assert told(made.accounts) == [("edition published", OPERATOR, RELEASE)]
    page = made.client("administrator").get("/record").text
    assert "Edition published" in page
