"""Passkeys: a device adds one and signs in with it, and nothing else does."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import webauthn
from webauthn.helpers import base64url_to_bytes

from dashboard.access import attempts, own_account, passkeys, signing_in, single_use, users
from dashboard.access.account_table import Account, change
from dashboard.access.accounts import Accounts
from dashboard.access.audit import latest
from dashboard.access.passkeys import MOST, Place
from dashboard.access.sessions import FRESH, Origin, Session
from tests.support import accounts as people
from tests.support.accounts import ADDRESS, PASSWORD, Clock, begun, inside, joined, known, seated
from tests.support.device import PRESENT, Device

PLACE = Place("localhost", "http://localhost")
ORIGIN = Origin(ADDRESS, "Firefox, Linux", "passkey")
BROWSER = "a browser"


def newcomer(accounts: Accounts, name: str, role: str = "member") -> Session:
    """Somebody who signed in with a password alone."""
    joined(accounts, name, role)
    return inside(accounts, name)


def added(
    accounts: Accounts, session: Session, device: Device, name: str = "phone"
) -> tuple[Session, list[str]]:
    text = passkeys.to_add(accounts, session, PLACE)
    found = passkeys.add(accounts, session, PLACE, device.makes(text), name, PASSWORD, ADDRESS)
    assert isinstance(found, tuple), found
    return found


def signs_in(accounts: Accounts, device: Device, waiting: Session | None = None) -> object:
    holder = waiting.token if waiting else BROWSER
    text = passkeys.to_sign_in(accounts, holder, waiting, PLACE)
    return passkeys.sign_in(accounts, holder, waiting, PLACE, device.signs(text), ORIGIN)


def guesses(accounts: Accounts, sent: str, holder: str = BROWSER) -> object:
    """What comes of it when a browser of nobody sends something."""
    return passkeys.sign_in(accounts, holder, None, PLACE, sent, ORIGIN)


@pytest.fixture
def device(accounts: Accounts) -> Device:
    """The device of a member."""
    device = Device()
    added(accounts, newcomer(accounts, "member"), device)
    return device


def test_a_passkey_lets_in_without_password_and_code(accounts: Accounts, clock: Clock) -> None:
    device, session = Device(), newcomer(accounts, "member")
    beside = inside(accounts, "member")
    goes_on, codes = added(accounts, session, device)
    assert len(codes) == 10
    assert [signing_in.session_of(accounts, one.token) for one in (session, beside)] == [None, None]
    assert signing_in.session_of(accounts, goes_on.token) == goes_on
    clock.now += 60
    found = signs_in(accounts, device)
    assert isinstance(found, Session)
    assert (found.stage, found.account.name, found.origin) == ("whole", "member", ORIGIN)
    (one,) = passkeys.of(accounts, found.account)
    assert (one.name, one.made_at, one.used_at) == ("phone", clock.now - 60, clock.now)
    told = [(e.event, e.about.get("means")) for e in latest(accounts.folder, 3)]
    assert told[0] == ("signed in", "passkey")
    assert ("passkey added", None) in told


def test_a_device_knows_again_whose_it_is_and_reads_no_name_or_number(accounts: Accounts) -> None:
    one, other = newcomer(accounts, "member"), newcomer(accounts, "other")
    asked = [json.loads(passkeys.to_add(accounts, who, PLACE)) for who in (one, one, other)]
    handles = [request["user"]["id"] for request in asked]
    assert handles[0] == handles[1] != handles[2]
    assert len(base64url_to_bytes(handles[0])) == 32


def test_it_counts_as_the_second_factor(accounts: Accounts, device: Device) -> None:
    waiting = inside(accounts, "member")
    assert waiting.stage == "code"
    assert signing_in.give_code(accounts, waiting, "000000", ADDRESS) == "wrong"
    data = json.loads(passkeys.to_sign_in(accounts, waiting.token, waiting, PLACE))
    assert len(data["allowCredentials"]) == 1
    assert data["userVerification"] == "required"
    found = signs_in(accounts, device, waiting)
    assert isinstance(found, Session)
    assert found.stage == "whole"
    assert signing_in.session_of(accounts, waiting.token) is None


def test_somebody_elses_does_not_end_the_wait_for_it(accounts: Accounts, device: Device) -> None:
    other = Device()
    added(accounts, newcomer(accounts, "other"), other)
    waiting = inside(accounts, "member")
    assert signs_in(accounts, other, waiting) == "wrong"
    assert signing_in.session_of(accounts, waiting.token)


def test_a_recovery_code_lets_in_whoever_lost_it(accounts: Accounts) -> None:
    _, codes = added(accounts, newcomer(accounts, "member"), Device())
    waiting = inside(accounts, "member")
    assert begun(signing_in.give_code(accounts, waiting, codes[0], ADDRESS)).stage == "whole"


def test_who_has_to_enrol_may_do_so_with_one_and_types_the_password_once(
    accounts: Accounts,
) -> None:
    session = newcomer(accounts, "lead", "administrator")
    assert session.stage == "enrol"
    text = passkeys.to_add(accounts, session, PLACE)
    found = passkeys.add(accounts, session, PLACE, Device().makes(text), "key", "", ADDRESS)
    assert isinstance(found, tuple)
    assert found[0].stage == "whole"


def test_a_second_one_ends_nothing_and_makes_no_codes(accounts: Accounts, device: Device) -> None:
    session = signs_in(accounts, device)
    assert isinstance(session, Session)
    goes_on, codes = added(accounts, session, Device(), "laptop")
    assert (goes_on.token, codes) == (session.token, [])
    assert [one.name for one in passkeys.of(accounts, session.account)] == ["phone", "laptop"]


def test_an_old_session_adds_and_removes_none_without_the_password(accounts: Accounts) -> None:
    session = newcomer(accounts, "member")
    text = passkeys.to_add(accounts, session, PLACE)
    made = Device().makes(text)
    assert passkeys.add(accounts, session, PLACE, made, "x", "wrong", ADDRESS) == "wrong"
    goes_on, _ = added(accounts, session, Device())
    (one,) = passkeys.of(accounts, goes_on.account)
    assert passkeys.remove(accounts, goes_on, one.id, "wrong", ADDRESS) == "wrong"
    assert passkeys.remove(accounts, goes_on, one.id, PASSWORD, ADDRESS) is None
    assert passkeys.of(accounts, goes_on.account) == []
    assert latest(accounts.folder, 1)[0].event == "passkey removed"


def test_one_that_is_removed_or_whose_account_ended_lets_in_no_more(accounts: Accounts) -> None:
    ends: dict[str, Callable[[Account], object]] = {
        "disabled": lambda account: users.disable(accounts, account, "root"),
        "reset": lambda account: users.reset(accounts, account, "root"),
    }
    for name, end in ends.items():
        device = Device()
        goes_on, _ = added(accounts, newcomer(accounts, name), device)
        assert isinstance(signs_in(accounts, device), Session)
        end(goes_on.account)
        assert signs_in(accounts, device) == "wrong"
    assert passkeys.of(accounts, known(accounts, "reset")) == []


def test_another_account_names_and_removes_none_of_mine(accounts: Accounts, device: Device) -> None:
    other = newcomer(accounts, "other")
    (one,) = passkeys.of(accounts, known(accounts, "member"))
    assert passkeys.rename(accounts, other.account, one.id, "mine") is None
    assert passkeys.remove(accounts, other, one.id, PASSWORD, ADDRESS) is None
    assert [each.name for each in passkeys.of(accounts, known(accounts, "member"))] == ["phone"]
    assert passkeys.rename(accounts, known(accounts, "member"), one.id, "my\n phone") is None
    assert passkeys.of(accounts, known(accounts, "member"))[0].name == "my phone"
    assert passkeys.rename(accounts, known(accounts, "member"), one.id, "") == "no_name"


@pytest.mark.parametrize(
    "changed",
    [{"origin": "https://evil.example"}, {"origin": "http://localhost:8051"},
     {"type": "webauthn.get"}, {"challenge": "eA"},
     {"topOrigin": {"of": 1}, "tokenBinding": {"status": 7}}],
    ids=str,
)  # fmt: skip
def test_what_a_browser_made_elsewhere_is_not_added(
    accounts: Accounts, changed: dict[str, str]
) -> None:
    session = newcomer(accounts, "member")
    made = Device().makes(passkeys.to_add(accounts, session, PLACE), **changed)
    assert passkeys.add(accounts, session, PLACE, made, "x", PASSWORD, ADDRESS) == "unfit"
    assert not known(accounts, "member").passkeys


@pytest.mark.parametrize("device", [Device(flags=PRESENT), Device(place="evil.example")])
def test_a_device_that_asks_nobody_or_is_asked_elsewhere_adds_none(
    accounts: Accounts, device: Device
) -> None:
    session = newcomer(accounts, "member")
    made = device.makes(passkeys.to_add(accounts, session, PLACE))
    assert passkeys.add(accounts, session, PLACE, made, "x", PASSWORD, ADDRESS) == "unfit"


@pytest.mark.parametrize(
    "spoil",
    [lambda device, told: device.signs(told, origin="https://evil.example"),
     lambda device, told: device.signs(told, type="webauthn.create"),
     lambda device, told: device.signs(told, challenge="eA"),
     lambda device, told: Device(id=device.id, used=50).signs(told),
     lambda device, told: device.signs(told).replace("signature", "x"), lambda device, told: "{}",
     lambda device, told: "[" * 5_000, lambda device, told: "null",
     lambda device, told: '{"response": {"clientDataJSON": 7}}',
     lambda device, told: '{"response": {"clientDataJSON": "e30"}, "id": {}}'],
    ids=["origin", "kind", "challenge", "key", "unsigned", "empty", "deep", "null", "seven", "ids"],
)  # fmt: skip
def test_what_was_not_signed_for_us_lets_nobody_in(
    accounts: Accounts, device: Device, spoil: Callable[[Device, str], str]
) -> None:
    told = passkeys.to_sign_in(accounts, BROWSER, None, PLACE)
    sent = spoil(device, told)
    assert guesses(accounts, sent) == "wrong"


def test_a_device_that_does_not_make_sure_who_it_is_lets_nobody_in(
    accounts: Accounts, device: Device
) -> None:
    device.flags = PRESENT
    assert signs_in(accounts, device) == "wrong"
    (entry,) = latest(accounts.folder, 1)
    told = (entry.event, entry.who, entry.about["means"])
    assert told == ("sign-in failed", "member", "passkey")


def test_a_copy_of_a_device_is_noticed_by_its_count(accounts: Accounts, device: Device) -> None:
    assert isinstance(signs_in(accounts, device), Session)
    device.used -= 1
    assert signs_in(accounts, device) == "wrong"
    synced = Device(counts=False)
    added(accounts, newcomer(accounts, "other"), synced)
    assert all(isinstance(signs_in(accounts, synced), Session) for _ in range(2))


def test_what_was_sent_lets_in_once_in_its_browser_and_before_long(
    accounts: Accounts, device: Device, clock: Clock
) -> None:
    device.counts = False  # else a second time is found out by its count
    text = passkeys.to_sign_in(accounts, BROWSER, None, PLACE)
    sent = device.signs(text)
    assert guesses(accounts, sent, "another browser") == "wrong"
    assert guesses(accounts, sent, "") == "wrong"
    assert isinstance(guesses(accounts, sent), Session)
    assert guesses(accounts, sent) == "wrong"
    late = device.signs(passkeys.to_sign_in(accounts, BROWSER, None, PLACE))
    clock.now += single_use.LASTS
    assert guesses(accounts, late) == "wrong"


def test_a_challenge_to_add_one_does_not_sign_in(accounts: Accounts, device: Device) -> None:
    session = inside(accounts, joined(accounts, "other").name)
    sent = device.signs(passkeys.to_add(accounts, session, PLACE))
    assert guesses(accounts, sent, session.token) == "wrong"


def test_who_writes_the_file_of_accounts_puts_no_passkey_in(
    accounts: Accounts, device: Device
) -> None:
    joined(accounts, "lead", "administrator")
    with accounts.store.writing() as connection:
        connection.execute("UPDATE passkey SET account = ?", [known(accounts, "lead").id])
    assert signs_in(accounts, device) == "wrong"


def test_tries_from_one_address_are_counted_and_lock_out_nobody(
    accounts: Accounts, device: Device
) -> None:
    tries = [guesses(accounts, "{}") for _ in range(attempts.BY_ADDRESS + 1)]
    assert tries == ["wrong"] * attempts.BY_ADDRESS + ["locked"]
    elsewhere = Origin("198.51.100.9", "", "passkey")
    sent = device.signs(passkeys.to_sign_in(accounts, BROWSER, None, PLACE))
    assert isinstance(passkeys.sign_in(accounts, BROWSER, None, PLACE, sent, elsewhere), Session)


def test_an_account_has_ten_at_most_and_a_device_one(accounts: Accounts, device: Device) -> None:
    session = signs_in(accounts, device)
    assert isinstance(session, Session)
    text = passkeys.to_add(accounts, session, PLACE)
    assert len(json.loads(text)["excludeCredentials"]) == 1
    again = passkeys.add(accounts, session, PLACE, device.makes(text), "again", PASSWORD, ADDRESS)
    assert again == "unfit"
    for number in range(MOST - 1):
        added(accounts, session, Device(), f"number {number}")
    text = passkeys.to_add(accounts, session, PLACE)
    more = passkeys.add(accounts, session, PLACE, Device().makes(text), "more", PASSWORD, ADDRESS)
    assert more == "many"


def test_who_has_passkeys_alone_makes_a_token_and_codes_after_signing_in(
    accounts: Accounts, clock: Clock
) -> None:
    device = Device()
    session, _ = added(accounts, newcomer(accounts, "analyst", "analyst"), device)
    clock.now += FRESH
    for _ in range(attempts.BY_NAME + 1):  # nothing was guessed
        assert own_account.new_token(accounts, session, "", ADDRESS) == "stale"
    assert own_account.new_recovery_codes(accounts, session, "000000", ADDRESS) == "stale"
    fresh = signs_in(accounts, device)
    assert isinstance(fresh, Session)
    assert not isinstance(own_account.new_token(accounts, fresh, "", ADDRESS), str)
    assert isinstance(own_account.new_recovery_codes(accounts, fresh, "", ADDRESS), list)


def test_one_beside_an_authenticator_leaves_codes_and_recovery_codes(
    accounts: Accounts, clock: Clock
) -> None:
    totp, codes = people.enrolled(accounts, joined(accounts, "analyst", "analyst"))
    clock.now += people.STEP
    waiting = inside(accounts, "analyst")
    session = begun(signing_in.give_code(accounts, waiting, totp.at(clock.now), ADDRESS))
    _, more = added(accounts, session, Device())
    assert more == []
    waiting = inside(accounts, "analyst")
    assert begun(signing_in.give_code(accounts, waiting, codes[0], ADDRESS)).stage == "whole"


@pytest.mark.parametrize("how", ["disabled", "removed", "password changed"])
def test_what_ends_while_a_passkey_is_looked_at_lets_nobody_in(
    accounts: Accounts, device: Device, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    account = known(accounts, "member")
    waiting = None if how == "disabled" else inside(accounts, "member")
    verify = webauthn.verify_authentication_response

    def meanwhile(**told: Any) -> object:
        found = verify(**told)
        if how == "disabled":
            with accounts.store.writing() as connection:
                change(connection, account.id, disabled=1)
        elif how == "removed":
            with accounts.store.writing() as connection:
                connection.execute("DELETE FROM passkey")
        else:
            own, new = seated(accounts, account), "another quiet river of boats"
            assert own_account.change_password(accounts, own, PASSWORD, new, ADDRESS) is None
        return found

    monkeypatch.setattr(webauthn, "verify_authentication_response", meanwhile)
    assert signs_in(accounts, device, waiting) == "wrong"
    with accounts.store.reading() as connection:
        whole = connection.execute("SELECT count(*) FROM session WHERE stage = 'whole'")
        assert whole.fetchone()[0] <= 1, "that of the device being added"
