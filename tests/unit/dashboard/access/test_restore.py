"""Accounts are backed up and restored as docs/deploy.md says, and what was undone is done again."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dashboard.access import own_account, program_tokens, signing_in
from dashboard.access.accounts import Accounts, open_accounts
from dashboard.access.audit import FILE
from dashboard.access.keys import read_keys
from dashboard.access.store import open_store
from dashboard.release.withheld import FILE as HELD
from dashboard.release.withheld import SHOWN, Withheld
from dashboard.server import main
from tests.support.accounts import PASSWORD, known, secret_in

STAYS, LEFT, NEW = "stays@agency.example", "left@agency.example", "new@agency.example"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A server's state and its secret."""
    for name, value in {
        "ATLAS_STORE": str(tmp_path / "store"),
        "ATLAS_STATE": str(tmp_path / "state"),
        "ATLAS_SECRET_FILE": str(secret_in(tmp_path)),
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("ATLAS_PUBLIC_HOST", raising=False)
    return tmp_path


def accounts_of(place: Path) -> Accounts:
    return open_accounts(place / "state", read_keys(place / "secret"))


def join(place: Path, name: str, role: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Make an account by the command and set its password by the link."""
    assert main(["users", "add", name, "--role", role]) == 0
    link = re.search(r"/set-password/(\S+)", capsys.readouterr().out)
    assert link
    assert own_account.accept(accounts_of(place), link[1], PASSWORD) is None


def signs_in(place: Path, name: str, password: str = PASSWORD) -> bool:
    return not isinstance(signing_in.sign_in(accounts_of(place), name, password, "192.0.2.1"), str)


def back_up(place: Path) -> Path:
    """The copy of the document: the file by sqlite itself, then the record."""
    copy = place / "copy"
    copy.mkdir()
    with (
        closing(sqlite3.connect(place / "state" / "accounts.sqlite3")) as source,
        closing(sqlite3.connect(copy / "accounts.sqlite3")) as target,
    ):
        source.backup(target)
    for name in (FILE, HELD, SHOWN):
        shutil.copy2(place / "state" / name, copy / name)
    return copy


def put_back(place: Path, copy: Path, *, others: bool) -> None:
    """Step 1 of the document; the other files where they are not whole."""
    state = place / "state"
    for left in ("-wal", "-shm"):
        (state / f"accounts.sqlite3{left}").unlink(missing_ok=True)
    shutil.copy2(copy / "accounts.sqlite3", state / "accounts.sqlite3")
    for name in (FILE, HELD, SHOWN) if others else ():
        shutil.copy2(copy / name, state / name)


@pytest.mark.parametrize("machine", ["kept its record", "is new"])
def test_a_restored_server_lets_in_whom_it_should(
    place: Path, capsys: pytest.CaptureFixture[str], machine: str
) -> None:
    for name, role in ((STAYS, "member"), (LEFT, "analyst")):
        join(place, name, role, capsys)
    accounts = accounts_of(place)
    with accounts.store.writing() as connection:
        made = program_tokens.make(
            connection, known(accounts, LEFT).id, accounts.keys, accounts.now()
        )
    editions = Withheld(place / "state", editions_wait=True)
    for edition in ("2026-07-a", "2026-08-b"):
        editions.show(edition)
    editions.withhold("2026-08-b")
    copy = back_up(place)
    # Since the copy one has left, and one has come.
    assert main(["users", "disable", LEFT]) == 0
    join(place, NEW, "member", capsys)
    assert [signs_in(place, name) for name in (STAYS, LEFT, NEW)] == [True, False, True]
    if machine == "is new":
        shutil.rmtree(place / "state")
        open_store(place / "state")
    put_back(place, copy, others=machine == "is new")
    # What was done since is undone, as the document warns.
    assert [signs_in(place, name) for name in (STAYS, LEFT, NEW)] == [True, True, False]
    assert signing_in.owner_of(accounts_of(place), made.text) is not None
    again = Withheld(place / "state", editions_wait=True)
    assert [again.contains(f"2026-{each}") for each in ("07-a", "08-b", "09-c")] == [
        False, True, True,
    ]  # fmt: skip
    # Steps 2 and 4 to 6.
    assert main(["users", "disable", LEFT]) == 0
    join(place, NEW, "member", capsys)
    assert main(["users", "end-tokens"]) == 0
    assert main(["audit", "verify"]) == 0
    assert [signs_in(place, name) for name in (STAYS, LEFT, NEW)] == [True, False, True]
    assert signing_in.owner_of(accounts_of(place), made.text) is None


def test_with_another_secret_nobody_is_let_in_until_reset(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    join(place, STAYS, "member", capsys)
    secret = place / "secret"
    secret.write_bytes(bytes(reversed(secret.read_bytes())))
    assert not signs_in(place, STAYS)
    assert main(["users", "reset", STAYS]) == 0
    link = re.search(r"/set-password/(\S+)", capsys.readouterr().out)
    assert link
    assert own_account.accept(accounts_of(place), link[1], PASSWORD) is None
    assert signs_in(place, STAYS)


def test_the_record_tells_that_a_copy_was_put_back(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A head that the group kept is that of a line which a copy of the record no longer has."""
    join(place, STAYS, "member", capsys)
    Withheld(place / "state", editions_wait=True).show("2026-07-a")
    copy = back_up(place)
    join(place, NEW, "member", capsys)
    assert main(["audit", "verify"]) == 0
    kept = capsys.readouterr().out.split()[-1]
    put_back(place, copy, others=True)
    assert main(["audit", "verify"]) == 0
    assert main(["audit", "verify", "--head", kept]) != 0
