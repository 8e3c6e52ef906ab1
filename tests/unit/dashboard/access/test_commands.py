"""What an operator does at the machine, and what the web process refuses to start with."""

from __future__ import annotations

import base64
import json
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.access import own_account, store
from dashboard.access.accounts import open_accounts
from dashboard.access.audit import FILE
from dashboard.access.keys import read_keys
from dashboard.application import create_app
from dashboard.model.partner_state import FILE as STATES
from dashboard.model.partner_state import PartnerState, PartnerStates, write_states
from dashboard.model.periods import Month
from dashboard.model.record_head import FILE as RECORD
from dashboard.model.record_head import parse_record_head
from dashboard.model.signoff import read_answers
from dashboard.server import main
from dashboard.settings import Settings, SettingsError
from tests.support.accounts import PASSWORD
from tests.support.rounds import SIGN_KEY, put_key, put_round, round_of


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    secret = tmp_path / "secret"
    secret.write_bytes(base64.b64encode(bytes(range(100, 148))))
    secret.chmod(0o600)
    for name, value in {
        "ATLAS_STORE": str(tmp_path / "store"),
        "ATLAS_STATE": str(tmp_path / "state"),
        "ATLAS_SECRET_FILE": str(secret),
        "ATLAS_PORT": "8051",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("ATLAS_PUBLIC_HOST", raising=False)
    return tmp_path


def test_a_first_administrator_is_made_at_the_machine(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["users", "add", "Lead@agency.example", "--role", "administrator"]) == 0
    link = re.search(r"http://localhost:8051/set-password/(\S+)", capsys.readouterr().out)
    assert link
    accounts = open_accounts(place / "state", read_keys(place / "secret"))
    assert own_account.accept(accounts, link[1], PASSWORD) is None
    assert main(["users", "list"]) == 0
    assert "lead@agency.example  administrator  active  no second factor" in capsys.readouterr().out
    assert main(["users", "reset", "lead@agency.example"]) == 0
    assert main(["users", "end-tokens"]) == 0
    assert "Ended: 0 program tokens." in capsys.readouterr().out
    assert main(["users", "disable", "lead@agency.example"]) == 0
    assert main(["users", "list"]) == 0
    assert "disabled" in capsys.readouterr().out


def test_a_link_has_the_public_name_where_there_is_one(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ATLAS_PUBLIC_HOST", "atlas.example.org")
    assert main(["users", "add", "member"]) == 0
    assert "https://atlas.example.org/set-password/" in capsys.readouterr().out


def test_the_record_is_verified_and_its_head_printed(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["users", "add", "member"])
    main(["users", "disable", "member"])
    capsys.readouterr()
    assert main(["audit", "head"]) == 0
    said = re.fullmatch(r"2 entries, head ([0-9a-f]{64})\n", capsys.readouterr().out)
    assert said
    assert main(["audit", "verify", "--head", said[1]]) == 0
    assert main(["audit", "verify", "--head", "0" * 64]) == 1
    record = place / "state" / FILE
    record.write_bytes(record.read_bytes().replace(b"disabled", b"restored"))
    assert main(["audit", "verify"]) == 1
    assert "The record is broken at line 2." in capsys.readouterr().err


def test_a_record_without_the_entry_that_a_publication_took_along_is_told(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who puts accounts and record back from one copy is told by neither file."""
    main(["users", "add", "member"])
    shutil.copytree(place / "state", place / "copy")
    main(["users", "disable", "member"])
    capsys.readouterr()
    main(["audit", "head"])
    head = parse_record_head(capsys.readouterr().out)
    assert head is not None
    releases = place / "store" / "releases"
    releases.mkdir(parents=True)
    kept = {"format": 1, "number": head.number, "digest": head.digest}
    (releases / RECORD).write_text(json.dumps(kept))
    assert main(["audit", "verify"]) == 0
    shutil.rmtree(place / "state")
    shutil.copytree(place / "copy", place / "state")
    for _ in range(2):
        capsys.readouterr()
        assert main(["audit", "verify"]) == 1
        assert "does not hold the entry that the last publication took along" in (
            capsys.readouterr().err
        )
        assert main(["audit", "head"]) == 0
        told = parse_record_head(capsys.readouterr().out)
        assert told is not None
        assert not told.follows
        main(["users", "reset", "member"])  # an ordinary entry heals nothing
    for damaged in ("{}", "", "[]", "[" * 9000, '{"number": "x", "digest": ""}',
                    '{"number": Infinity, "digest": ""}'):  # fmt: skip
        (releases / RECORD).write_text(damaged)
        assert main(["audit", "verify"]) == 1
        assert "record.json beside the releases is damaged" in capsys.readouterr().err


def test_nothing_is_added_while_the_record_is_verified(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["users", "add", "member"])
    read = Path.read_bytes

    def read_while_others_wait(path: Path) -> bytes:
        if path.name == FILE:
            other = sqlite3.connect(path.with_name(store.FILE), timeout=0)
            with closing(other), pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", read_while_others_wait)
    assert main(["audit", "verify"]) == 0


@pytest.mark.parametrize(
    ("command", "said"),
    [(["users", "reset", "nobody"], "There is no account nobody."),
     (["users", "add", "a b"], "no spaces")],
)  # fmt: skip
def test_what_cannot_be_done_is_told_in_a_sentence(
    place: Path, capsys: pytest.CaptureFixture[str], command: list[str], said: str
) -> None:
    assert main(command) == 1
    assert said in capsys.readouterr().err


def test_without_a_secret_there_are_no_accounts(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("ATLAS_SECRET_FILE")
    assert main(["users", "list"]) == 1
    assert "Set ATLAS_SECRET_FILE" in capsys.readouterr().err
    assert not (place / "state").exists()


@pytest.mark.parametrize("state", ["secret", "secret/state", "no-file", "no-journal"])
def test_a_state_that_cannot_be_written_to_is_told_in_a_sentence(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], state: str
) -> None:
    (place / "no-file" / store.FILE).mkdir(parents=True)
    (place / "no-journal" / f"{store.FILE}-wal").mkdir(parents=True)
    monkeypatch.setenv("ATLAS_STATE", str(place / state))
    for command in ([], ["users", "list"]):
        assert main(command) == 1
        said = capsys.readouterr().err
        assert said.startswith(f"The folder {place / state} cannot be written to (")
        assert said.endswith("). Set ATLAS_STATE to one that belongs to the user who serves.\n")
        assert said.count("\n") == 1


def settings(place: Path) -> Settings:
    return Settings(place / "releases", place / "state", secret=place / "secret")


@pytest.mark.parametrize("name", ["FLASK_DEBUG", "DASH_DEBUG", "DASH_MCP_ENABLED"])
def test_the_web_process_does_not_start_with_its_insides_shown(
    place: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "1")
    for told in (settings(place), replace(settings(place), secret=None)):
        with pytest.raises(SettingsError, match=name):
            create_app(told)


def test_the_web_process_does_not_start_with_a_weak_secret(place: Path) -> None:
    (place / "secret").write_text("change-me")
    with pytest.raises(SettingsError, match="needs 32 or more"):
        create_app(settings(place))
    (place / "secret").unlink()
    with pytest.raises(SettingsError, match="cannot be read"):
        create_app(settings(place))


def test_that_nobody_can_sign_in_yet_is_told_in_the_log(
    place: Path, caplog: pytest.LogCaptureFixture
) -> None:
    create_app(settings(place))
    assert "There are no accounts yet" in caplog.text


def test_a_focal_point_is_made_for_a_partner(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["users", "add", "focal", "--role", "partner"]) == 1
    assert "give --partner CODE" in capsys.readouterr().err
    assert main(["users", "add", "member", "--partner", "partner-a"]) == 1
    assert "signs for no partner" in capsys.readouterr().err
    assert main(["users", "add", "focal", "--role", "partner", "--partner", "partner-a"]) == 0
    assert main(["users", "partner", "focal", "partner-b"]) == 0
    assert "focal signs for partner-b from now on." in capsys.readouterr().out
    assert main(["users", "list"]) == 0
    assert "focal  partner  invited  no second factor  for partner-b" in capsys.readouterr().out


def test_a_partner_that_no_edition_knows_is_refused_with_those_that_are(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = place / "store" / "releases"
    folder.mkdir(parents=True)
    known = tuple(PartnerState(code, "", frozenset()) for code in ("partner-a", "partner-b"))
    (folder / STATES).write_bytes(write_states(PartnerStates(Month(2026, 9), known)))
    add = ["users", "add", "focal", "--role", "partner", "--partner"]
    assert main([*add, "partner-x"]) == 1
    told = "No edition has a partner partner-x. There are partner-a, partner-b."
    assert told in capsys.readouterr().err
    assert main([*add, "partner-a"]) == 0
    assert main(["users", "partner", "focal", "partner-x"]) == 1
    assert told in capsys.readouterr().err
    assert main(["users", "partner", "focal", "partner-x", "--new-partner"]) == 0


def test_answers_are_printed_for_the_operator(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["signoff", "export"]) == 1
    assert "No round is open." in capsys.readouterr().err
    asked = round_of(datetime.now(UTC).date())
    put_round(place / "store" / "releases", asked)
    assert main(["signoff", "export"]) == 1
    assert "There is no key of sign-off." in capsys.readouterr().err
    put_key(place / "state")
    assert main(["signoff", "export"]) == 0
    found = read_answers(capsys.readouterr().out.encode(), SIGN_KEY.encode())
    assert (found.round, found.answers) == (asked.name, ())
    assert main(["signoff", "export", "--round", asked.name]) == 0
    assert asked.name in capsys.readouterr().out
    assert main(["signoff", "export", "--round", "f" * 64]) == 1
    assert "Nobody answered a round of that name." in capsys.readouterr().err
