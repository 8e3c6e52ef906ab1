"""Passkeys: a device adds one and signs in with it, and nothing else does."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import webauthn

from dashboard.access import (
    accounts,
    attempts,
    own_account,
    passkeys,
    sessions,
    signing_in,
    single_use,
    users,
)
from dashboard.access.accounts import Account
from dashboard.access.audit import latest
from dashboard.access.desk import Desk
from dashboard.access.passkeys import MOST, Place
from dashboard.access.sessions import Origin, Session
from tests.support.accounts import (
    ADDRESS,
    PASSWORD,
    STEP,
    Clock,
    begun,
    enrolled,
    inside,
    joined,
    known,
    seated,
)
from tests.support.device import PRESENT, Device

PLACE = Place("localhost", "http://localhost")
ORIGIN = Origin(ADDRESS, "Firefox, Linux", "passkey")
BROWSER = "a browser"


def newcomer(desk: Desk, name: str, role: str = "member") -> Session:
    """Somebody who signed in with a password alone."""
    joined(desk, name, role)
    return inside(desk, name)


def added(
    desk: Desk, session: Session, device: Device, name: str = "phone"
) -> tuple[Session, list[str]]:
    told = passkeys.to_add(desk, session, PLACE)
    found = passkeys.add(desk, session, PLACE, device.makes(told), name, PASSWORD, ADDRESS)
    assert isinstance(found, tuple), found
    return found


def signs_in(desk: Desk, device: Device, waiting: Session | None = None) -> object:
    holder = waiting.token if waiting else BROWSER
    told = passkeys.to_sign_in(desk, holder, waiting, PLACE)
    return passkeys.sign_in(desk, holder, waiting, PLACE, device.signs(told), ORIGIN)


@pytest.fixture
def device(desk: Desk) -> Device:
    """The device of a member."""
    device = Device()
    added(desk, newcomer(desk, "member"), device)
    return device


def test_a_passkey_lets_in_without_password_and_code(desk: Desk, clock: Clock) -> None:
    device, session = Device(), newcomer(desk, "member")
    beside = inside(desk, "member")
    goes_on, codes = added(desk, session, device)
    assert len(codes) == 10
    assert [signing_in.session_of(desk, one.token) for one in (session, beside)] == [None, None]
    assert signing_in.session_of(desk, goes_on.token) == goes_on
    clock.now += 60
    found = signs_in(desk, device)
    assert isinstance(found, Session)
    assert (found.stage, found.account.name, found.origin) == ("whole", "member", ORIGIN)
    (one,) = passkeys.of(desk, found.account)
    assert (one.name, one.made_at, one.used_at) == ("phone", clock.now - 60, clock.now)
    told = [(e.event, e.about.get("means")) for e in latest(desk.folder, 3)]
    assert told[0] == ("signed in", "passkey")
    assert ("passkey added", None) in told


def test_it_counts_as_the_second_factor(desk: Desk, device: Device) -> None:
    waiting = inside(desk, "member")
    assert waiting.stage == "code"
    assert signing_in.give_code(desk, waiting, "000000", ADDRESS) == "wrong"
    told = json.loads(passkeys.to_sign_in(desk, waiting.token, waiting, PLACE))
    assert len(told["allowCredentials"]) == 1
    assert told["userVerification"] == "required"
    found = signs_in(desk, device, waiting)
    assert isinstance(found, Session)
    assert found.stage == "whole"
    assert signing_in.session_of(desk, waiting.token) is None


def test_somebody_elses_does_not_end_the_wait_for_it(desk: Desk, device: Device) -> None:
    other = Device()
    added(desk, newcomer(desk, "other"), other)
    waiting = inside(desk, "member")
    assert signs_in(desk, other, waiting) == "wrong"
    assert signing_in.session_of(desk, waiting.token)


def test_a_recovery_code_lets_in_whoever_lost_it(desk: Desk) -> None:
    _, codes = added(desk, newcomer(desk, "member"), Device())
    waiting = inside(desk, "member")
    assert begun(signing_in.give_code(desk, waiting, codes[0], ADDRESS)).stage == "whole"


def test_who_has_to_enrol_may_do_so_with_one_and_types_the_password_once(desk: Desk) -> None:
    session = newcomer(desk, "lead", "administrator")
    assert session.stage == "enrol"
    told = passkeys.to_add(desk, session, PLACE)
    found = passkeys.add(desk, session, PLACE, Device().makes(told), "key", "", ADDRESS)
    assert isinstance(found, tuple)
    assert found[0].stage == "whole"


def test_a_second_one_ends_nothing_and_makes_no_codes(desk: Desk, device: Device) -> None:
    session = signs_in(desk, device)
    assert isinstance(session, Session)
    goes_on, codes = added(desk, session, Device(), "laptop")
    assert (goes_on.token, codes) == (session.token, [])
    assert [one.name for one in passkeys.of(desk, session.account)] == ["phone", "laptop"]


def test_an_old_session_adds_and_removes_none_without_the_password(desk: Desk) -> None:
    session = newcomer(desk, "member")
    told = passkeys.to_add(desk, session, PLACE)
    made = Device().makes(told)
    assert passkeys.add(desk, session, PLACE, made, "x", "wrong", ADDRESS) == "wrong"
    goes_on, _ = added(desk, session, Device())
    (one,) = passkeys.of(desk, goes_on.account)
    assert passkeys.remove(desk, goes_on, one.id, "wrong", ADDRESS) == "wrong"
    assert passkeys.remove(desk, goes_on, one.id, PASSWORD, ADDRESS) is None
    assert passkeys.of(desk, goes_on.account) == []
    assert latest(desk.folder, 1)[0].event == "passkey removed"


def test_one_that_is_removed_or_whose_account_ended_lets_in_no_more(desk: Desk) -> None:
    ends: dict[str, Callable[[Account], object]] = {
        "disabled": lambda account: users.disable(desk, account, "root"),
        "reset": lambda account: users.reset(desk, account, "root"),
    }
    for name, end in ends.items():
        device = Device()
        goes_on, _ = added(desk, newcomer(desk, name), device)
        assert isinstance(signs_in(desk, device), Session)
        end(goes_on.account)
        assert signs_in(desk, device) == "wrong"
    assert passkeys.of(desk, known(desk, "reset")) == []


def test_another_account_names_and_removes_none_of_mine(desk: Desk, device: Device) -> None:
    other = newcomer(desk, "other")
    (one,) = passkeys.of(desk, known(desk, "member"))
    assert passkeys.rename(desk, other.account, one.id, "mine") is None
    assert passkeys.remove(desk, other, one.id, PASSWORD, ADDRESS) is None
    assert [each.name for each in passkeys.of(desk, known(desk, "member"))] == ["phone"]
    assert passkeys.rename(desk, known(desk, "member"), one.id, "my\n phone") is None
    assert passkeys.of(desk, known(desk, "member"))[0].name == "my phone"
    assert passkeys.rename(desk, known(desk, "member"), one.id, "") == "no_name"


@pytest.mark.parametrize(
    "changed",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://localhost:8051"},
        {"type": "webauthn.get"},
        {"challenge": "eA"},
        {"topOrigin": {"of": 1}, "tokenBinding": {"status": 7}},
    ],
    ids=str,
)
def test_what_a_browser_made_elsewhere_is_not_added(desk: Desk, changed: dict[str, str]) -> None:
    session = newcomer(desk, "member")
    made = Device().makes(passkeys.to_add(desk, session, PLACE), **changed)
    assert passkeys.add(desk, session, PLACE, made, "x", PASSWORD, ADDRESS) == "unfit"
    assert not known(desk, "member").passkeys


@pytest.mark.parametrize("device", [Device(flags=PRESENT), Device(place="evil.example")])
def test_a_device_that_asks_nobody_or_is_asked_elsewhere_adds_none(
    desk: Desk, device: Device
) -> None:
    session = newcomer(desk, "member")
    made = device.makes(passkeys.to_add(desk, session, PLACE))
    assert passkeys.add(desk, session, PLACE, made, "x", PASSWORD, ADDRESS) == "unfit"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda device, told: device.signs(told, origin="https://evil.example"),
        lambda device, told: device.signs(told, type="webauthn.create"),
        lambda device, told: device.signs(told, challenge="eA"),
        lambda device, told: Device(id=device.id, used=50).signs(told),
        lambda device, told: device.signs(told).replace("signature", "x"),
        lambda device, told: "{}",
        lambda device, told: "[" * 5_000,
        lambda device, told: "null",
        lambda device, told: '{"response": {"clientDataJSON": 7}}',
        lambda device, told: '{"response": {"clientDataJSON": "e30"}, "id": {}}',
    ],
    ids=["origin", "kind", "challenge", "key", "unsigned", "empty", "deep", "null", "seven", "ids"],
)
def test_what_was_not_signed_for_us_lets_nobody_in(
    desk: Desk, device: Device, spoil: Callable[[Device, str], str]
) -> None:
    told = passkeys.to_sign_in(desk, BROWSER, None, PLACE)
    sent = spoil(device, told)
    assert passkeys.sign_in(desk, BROWSER, None, PLACE, sent, ORIGIN) == "wrong"


def test_a_device_that_does_not_make_sure_who_it_is_lets_nobody_in(
    desk: Desk, device: Device
) -> None:
    device.flags = PRESENT
    assert signs_in(desk, device) == "wrong"
    failed = latest(desk.folder, 1)[0]
    assert (failed.event, failed.who, failed.about["means"]) == (
        "sign-in failed", "member", "passkey",
    )  # fmt: skip


def test_a_copy_of_a_device_is_noticed_by_its_count(desk: Desk, device: Device) -> None:
    assert isinstance(signs_in(desk, device), Session)
    device.used -= 1
    assert signs_in(desk, device) == "wrong"
    synced = Device(counts=False)
    added(desk, newcomer(desk, "other"), synced)
    assert all(isinstance(signs_in(desk, synced), Session) for _ in range(2))


def test_what_was_sent_lets_in_once_in_its_browser_and_before_long(
    desk: Desk, device: Device, clock: Clock
) -> None:
    device.counts = False  # else a second time is found out by its count
    told = passkeys.to_sign_in(desk, BROWSER, None, PLACE)
    sent = device.signs(told)
    assert passkeys.sign_in(desk, "another browser", None, PLACE, sent, ORIGIN) == "wrong"
    assert passkeys.sign_in(desk, "", None, PLACE, sent, ORIGIN) == "wrong"
    assert isinstance(passkeys.sign_in(desk, BROWSER, None, PLACE, sent, ORIGIN), Session)
    assert passkeys.sign_in(desk, BROWSER, None, PLACE, sent, ORIGIN) == "wrong"
    late = device.signs(passkeys.to_sign_in(desk, BROWSER, None, PLACE))
    clock.now += single_use.LASTS
    assert passkeys.sign_in(desk, BROWSER, None, PLACE, late, ORIGIN) == "wrong"


def test_a_challenge_to_add_one_does_not_sign_in(desk: Desk, device: Device) -> None:
    session = inside(desk, joined(desk, "other").name)
    sent = device.signs(passkeys.to_add(desk, session, PLACE))
    assert passkeys.sign_in(desk, session.token, None, PLACE, sent, ORIGIN) == "wrong"


def test_who_writes_the_file_of_accounts_puts_no_passkey_in(desk: Desk, device: Device) -> None:
    joined(desk, "lead", "administrator")
    with desk.store.writing() as connection:
        connection.execute("UPDATE passkey SET account = ?", [known(desk, "lead").id])
    assert signs_in(desk, device) == "wrong"


def test_tries_from_one_address_are_counted_and_lock_out_nobody(desk: Desk, device: Device) -> None:
    tries = [
        passkeys.sign_in(desk, BROWSER, None, PLACE, "{}", ORIGIN)
        for _ in range(attempts.BY_ADDRESS + 1)
    ]
    assert tries == ["wrong"] * attempts.BY_ADDRESS + ["locked"]
    elsewhere = Origin("198.51.100.9", "", "passkey")
    sent = device.signs(passkeys.to_sign_in(desk, BROWSER, None, PLACE))
    assert isinstance(passkeys.sign_in(desk, BROWSER, None, PLACE, sent, elsewhere), Session)


def test_an_account_has_ten_at_most_and_a_device_one(desk: Desk, device: Device) -> None:
    session = signs_in(desk, device)
    assert isinstance(session, Session)
    told = passkeys.to_add(desk, session, PLACE)
    assert len(json.loads(told)["excludeCredentials"]) == 1
    again = passkeys.add(desk, session, PLACE, device.makes(told), "again", PASSWORD, ADDRESS)
    assert again == "unfit"
    for number in range(MOST - 1):
        added(desk, session, Device(), f"number {number}")
    told = passkeys.to_add(desk, session, PLACE)
    more = passkeys.add(desk, session, PLACE, Device().makes(told), "more", PASSWORD, ADDRESS)
    assert more == "many"


def test_who_has_passkeys_alone_makes_a_token_and_codes_after_signing_in(
    desk: Desk, clock: Clock
) -> None:
    device = Device()
    session, _ = added(desk, newcomer(desk, "analyst", "analyst"), device)
    clock.now += sessions.FRESH
    asked = [own_account.new_token(desk, session, "", ADDRESS) for _ in range(attempts.BY_NAME + 1)]
    assert set(asked) == {"stale"}, "nothing was guessed"
    assert own_account.new_recovery_codes(desk, session, "000000", ADDRESS) == "stale"
    fresh = signs_in(desk, device)
    assert isinstance(fresh, Session)
    assert not isinstance(own_account.new_token(desk, fresh, "", ADDRESS), str)
    assert isinstance(own_account.new_recovery_codes(desk, fresh, "", ADDRESS), list)


def test_one_beside_an_authenticator_leaves_codes_and_recovery_codes(
    desk: Desk, clock: Clock
) -> None:
    totp, codes = enrolled(desk, joined(desk, "analyst", "analyst"))
    clock.now += STEP
    waiting = inside(desk, "analyst")
    session = begun(signing_in.give_code(desk, waiting, totp.at(clock.now), ADDRESS))
    _, more = added(desk, session, Device())
    assert more == []
    waiting = inside(desk, "analyst")
    assert begun(signing_in.give_code(desk, waiting, codes[0], ADDRESS)).stage == "whole"


@pytest.mark.parametrize("how", ["disabled", "removed", "password changed"])
def test_what_ends_while_a_passkey_is_looked_at_lets_nobody_in(
    desk: Desk, device: Device, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    account = known(desk, "member")
    waiting = None if how == "disabled" else inside(desk, "member")
    verify = webauthn.verify_authentication_response

    def meanwhile(**told: Any) -> object:
        found = verify(**told)
        if how == "disabled":
            with desk.store.writing() as connection:
                accounts.disable(connection, account.id)
        elif how == "removed":
            with desk.store.writing() as connection:
                connection.execute("DELETE FROM passkey")
        else:
            own, new = seated(desk, account), "another quiet river of boats"
            assert own_account.change_password(desk, own, PASSWORD, new, ADDRESS) is None
        return found

    monkeypatch.setattr(webauthn, "verify_authentication_response", meanwhile)
    assert signs_in(desk, device, waiting) == "wrong"
    with desk.store.reading() as connection:
        whole = connection.execute("SELECT count(*) FROM session WHERE stage = 'whole'")
        assert whole.fetchone()[0] <= 1, "that of the device being added"
