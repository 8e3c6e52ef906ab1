"""A second factor for four roles, and a way for a group that had none to come to one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyotp.totp import TOTP

from dashboard.access import own_account, passkeys, signing_in, users
from dashboard.access.accounts import Accounts, look_at_clock, open_accounts
from dashboard.access.audit import latest
from dashboard.access.keys import Keys
from dashboard.access.passkeys import Place
from dashboard.access.roles import BY_NAME, ROLES
from dashboard.access.store import MIGRATIONS, open_store
from dashboard.server import main
from tests.support import accounts as people
from tests.support.accounts import ADDRESS, PASSWORD, Signed, begun, inside, joined, known, seated
from tests.support.device import Device

DAY = 86_400
SHORT = "quiet-boats"
PLACE = Place("localhost", "http://localhost")
#: Migrations up to the one that asks a second factor of more roles.
BEFORE = 9


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_every_role_but_a_member_sets_one_up_before_anything_else(
    accounts: Accounts, role: object
) -> None:
    name = getattr(role, "name", "")
    joined(accounts, "somebody", name, password=PASSWORD)
    stage = inside(accounts, "somebody").stage
    assert stage == ("whole" if name == "member" else "enrol")


def test_a_group_from_before_goes_on_for_thirty_days_and_no_longer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr("dashboard.access.store.MIGRATIONS", MIGRATIONS[:BEFORE])
        store = open_store(tmp_path)
    with store.writing() as connection:
        rows = [("coordinator", "coordinator", 0, "x"), ("partner", "partner", 0, "x"),
                ("with code", "partner", 1, "x"), ("invited", "coordinator", 0, None),
                ("member", "member", 0, "x"), ("analyst", "analyst", 0, "x")]  # fmt: skip
        for number, (name, role, code, password) in enumerate(rows):
            connection.execute(
                "INSERT INTO account (id, name, role, made_at, code_salt, code_proven, code_step, "
                "password) VALUES (?, ?, ?, 1, 's', ?, 7, ?)",
                [number, name, role, code, password],
            )
    accounts = open_accounts(tmp_path, Keys(people.SECRET))
    waits = {one.name: one.grace_until - accounts.now() for one in users.everybody(accounts)}
    assert all(29 * DAY < waits[name] <= 30 * DAY for name in ("coordinator", "partner"))
    assert all(waits[name] < 0 for name in ("with code", "invited", "member", "analyst"))
    may_wait = [
        one.name for one in users.everybody(accounts) if not one.needs_second_factor(accounts.now())
    ]
    assert may_wait == ["coordinator", "member", "partner"]


def test_it_is_asked_for_when_the_time_is_over(accounts: Accounts, clock: people.Clock) -> None:
    account = joined(accounts, "coordinator", "coordinator")
    users.give_grace(accounts, account, 2, "root")
    assert inside(accounts, "coordinator").stage == "whole"
    clock.shift -= 40 * DAY  # nobody waits longer by setting the clock back
    look_at_clock(accounts)
    clock.now += 2 * DAY
    assert inside(accounts, "coordinator").stage == "enrol"


def test_a_password_that_stands_alone_for_a_while_is_long(accounts: Accounts) -> None:
    account = joined(accounts, "coordinator", "coordinator")
    users.give_grace(accounts, account, 30, "root")
    own = seated(accounts, known(accounts, "coordinator"))
    assert own_account.change_password(accounts, own, PASSWORD, SHORT, ADDRESS) == "short"
    people.enrolled(accounts, account)
    own = seated(accounts, known(accounts, "coordinator"))
    assert own_account.change_password(accounts, own, PASSWORD, SHORT, ADDRESS) is None


def test_a_short_password_never_stands_alone(accounts: Accounts, clock: people.Clock) -> None:
    """It was set beside a second factor that is gone, or that never came."""
    late = joined(accounts, "coordinator", "coordinator", password=SHORT)
    users.give_grace(accounts, late, 30, "root")
    assert begun(signing_in.sign_in(accounts, "coordinator", SHORT, ADDRESS)).stage == "enrol"
    joined(accounts, "member")
    device, session = Device(), inside(accounts, "member")
    made = device.makes(passkeys.to_add(accounts, session, PLACE))
    found = passkeys.add(accounts, session, PLACE, made, "phone", PASSWORD, ADDRESS)
    assert isinstance(found, tuple)
    own = seated(accounts, known(accounts, "member"))
    assert own_account.change_password(accounts, own, PASSWORD, SHORT, ADDRESS) is None
    own = seated(accounts, known(accounts, "member"))
    (one,) = passkeys.of(accounts, own.account)
    assert passkeys.remove(accounts, own, one.id, SHORT, ADDRESS) is None
    assert begun(signing_in.sign_in(accounts, "member", SHORT, ADDRESS)).stage == "enrol"


def test_a_reset_ends_the_wait(accounts: Accounts) -> None:
    account = joined(accounts, "coordinator", "coordinator")
    users.give_grace(accounts, account, 30, "root")
    assert own_account.accept(accounts, users.reset(accounts, account, "root"), PASSWORD) is None
    assert inside(accounts, "coordinator").stage == "enrol"


# --- the pages and the command -------------------------------------------------------------------


def test_who_may_wait_is_asked_each_time_and_goes_on(signed: Signed) -> None:
    account = joined(signed.accounts, "coordinator", "coordinator")
    users.give_grace(signed.accounts, account, 3, "root")
    client = signed.client("nobody")
    right = {"name": "coordinator", "password": PASSWORD, "next": "/routes?mode=land"}
    there = signed.send(client, "/sign-in", **right)
    assert there.location == "/account/authenticator?next=/routes?mode%3Dland"
    page = client.get(there.location).text
    assert 'href="/routes?mode=land">Not now' in page
    assert "Your role needs this from" in page
    assert client.get("/routes?mode=land").status_code == 200
    assert "Your role needs one of the two from" in client.get("/account").text
    listed = signed.client("administrator").get("/users").text
    assert "None; needed from" in listed
    key = re.search(r'class="access-key">([A-Z2-7 ]+)<', page)
    assert key
    code = TOTP(key[1].replace(" ", "")).at(signed.accounts.clock())
    told = signed.send(client, "/account/authenticator", code=code, password=PASSWORD)
    assert "recovery codes" in told.text
    assert "needs one of the two" not in client.get("/account").text


def test_who_may_wait_no_longer_reads_nothing_without_one(signed: Signed) -> None:
    joined(signed.accounts, "partner", "partner")
    client = signed.client("nobody")
    there = signed.send(client, "/sign-in", name="partner", password=PASSWORD)
    assert there.location == "/account/authenticator"
    assert "Not now" not in client.get(there.location).text
    html = {"Accept": "text/html"}
    assert client.get("/routes", headers=html).location == "/account/authenticator"
    assert client.get("/account/passkey").status_code == 200


def test_the_operator_gives_time_and_sees_who_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ATLAS_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("ATLAS_SECRET_FILE", str(people.secret_in(tmp_path)))
    accounts = open_accounts(tmp_path / "state", Keys(people.SECRET))
    for role in ("coordinator", "member"):
        users.add(accounts, role, BY_NAME[role], "root")
    assert main(["users", "grace", "coordinator", "--days", "7"]) == 0
    assert "coordinator may do without a second factor until 2" in capsys.readouterr().out
    assert main(["users", "list"]) == 0
    out = capsys.readouterr().out
    assert "coordinator  coordinator  invited  no second factor, may wait until 2" in out
    assert "member  member  invited  no second factor\n" in out
    entry = latest(accounts.folder, 1)[0]
    assert (entry.event, entry.who, entry.about["days"]) == ("grace given", "command line", "7")
    for days in ("0", "91", "-1"):
        assert main(["users", "grace", "coordinator", "--days", days]) == 1
        assert "1 to 90 days" in capsys.readouterr().err
    assert main(["users", "grace", "member"]) == 1
    assert "needs no second factor" in capsys.readouterr().err
