"""Signing in: who gets in, who does not, and what ends a session."""

from __future__ import annotations

import sqlite3
import stat
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pyotp
import pytest

from dashboard.access import (
    attempts,
    codes,
    invitations,
    own_account,
    passwords,
    sessions,
    signing_in,
    users,
)
from dashboard.access.accounts import Account, BadName
from dashboard.access.audit import latest
from dashboard.access.desk import Desk, deny
from dashboard.access.keys import Keys
from dashboard.access.roles import BY_NAME
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

OTHER = "another quiet river of boats"


def wrong(desk: Desk, name: str, address: str = ADDRESS) -> object:
    return signing_in.sign_in(desk, name, "not the password at all", address)


def test_a_member_signs_in_with_name_and_password(desk: Desk) -> None:
    joined(desk, "N.Akter@agency.example")
    session = inside(desk, " n.akter@AGENCY.example")
    assert session.stage == "whole"
    held = signing_in.session_of(desk, session.token)
    assert held is not None
    assert held.account.name == "n.akter@agency.example"


def test_nobody_gets_in_otherwise(desk: Desk) -> None:
    joined(desk, "member")
    users.add(desk, "invited", BY_NAME["member"], "root")
    users.disable(desk, joined(desk, "gone"), "root")
    for name in ("member", "invited", "gone", "nobody", ""):
        assert wrong(desk, name) == "wrong"
    assert signing_in.sign_in(desk, "gone", PASSWORD, ADDRESS) == "wrong"
    assert signing_in.session_of(desk, "") is None


def test_as_much_work_is_done_for_a_name_without_an_account(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    joined(desk, "member")
    users.add(desk, "invited", BY_NAME["member"], "root")
    users.disable(desk, joined(desk, "gone"), "root")
    verify, done = type(passwords._HASHER).verify, list[str]()

    def counted(self: object, held: str, given: bytes) -> bool:
        done.append(held.rpartition("$")[0].rpartition("$")[0])  # its parameters
        return verify(self, held, given)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(type(passwords._HASHER), "verify", counted)
    for name in ("member", "invited", "gone", "nobody"):
        done_before = len(done)
        assert wrong(desk, name) == "wrong"
        assert len(done) == done_before + 1
    assert len(set(done)) == 1


@pytest.mark.parametrize("name", ["member", "nobody"])
def test_a_thousand_guesses_are_listened_to_ten_times(
    desk: Desk, clock: Clock, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    joined(desk, "member")
    asked = list[str]()
    is_right = passwords.is_right
    monkeypatch.setattr(passwords, "is_right", lambda *given: asked.append("") or is_right(*given))
    found = [wrong(desk, name, f"198.51.100.{number % 250}") for number in range(1_000)]
    assert found == ["wrong"] * attempts.BY_NAME + ["locked"] * (1_000 - attempts.BY_NAME)
    assert len(asked) == attempts.BY_NAME
    assert signing_in.sign_in(desk, "member", PASSWORD, ADDRESS) == "locked" or name == "nobody"
    assert [entry.event for entry in latest(desk.folder, 1_000)].count("locked") == 1
    clock.now += attempts.COUNTS
    inside(desk, "member")


def test_guesses_at_many_names_from_one_address_are_stopped(desk: Desk) -> None:
    found = [wrong(desk, f"name{number}") for number in range(attempts.BY_ADDRESS + 3)]
    assert found[-4:] == ["wrong", *["locked"] * 3]
    assert wrong(desk, "name1", "198.51.100.1") == "wrong"


def test_guesses_at_the_same_time_are_no_more(desk: Desk) -> None:
    joined(desk, "member")
    with ThreadPoolExecutor(8) as several:
        found = list(several.map(lambda _: wrong(desk, "member"), range(40)))
    # Who was told that others are being looked at had no try.
    found += [wrong(desk, "member") for _ in range(attempts.BY_NAME + 1)]
    assert found.count("wrong") == attempts.BY_NAME


def test_others_who_guess_lock_out_no_known_browser_and_nobody_who_is_signed_in(
    desk: Desk,
) -> None:
    session = inside(desk, joined(desk, "member").name)
    for number in range(attempts.BY_NAME + 1):
        wrong(desk, "member", f"198.51.100.{number}")
    assert signing_in.sign_in(desk, "member", PASSWORD, ADDRESS) == "locked"
    begun(signing_in.sign_in(desk, "member", PASSWORD, ADDRESS, "a browser"))
    assert own_account.change_password(desk, session, PASSWORD, OTHER, ADDRESS) is None
    tries = [signing_in.sign_in(desk, "member", "no", ADDRESS, "another one") for _ in range(11)]
    assert tries == ["wrong"] * attempts.BY_NAME + ["locked"]
    begun(signing_in.sign_in(desk, "member", OTHER, ADDRESS, "a browser"))


def test_who_is_known_waits_where_others_are_told_that_it_is_busy(desk: Desk) -> None:
    joined(desk, "member")
    with ThreadPoolExecutor(2) as two:
        passwords._AT_A_TIME.acquire()
        try:
            assert two.submit(wrong, desk, "member").result(timeout=20) == "busy"
            waiting = two.submit(signing_in.sign_in, desk, "member", PASSWORD, ADDRESS, "a browser")
            time.sleep(0.2)
            assert not waiting.done()
            again = two.submit(signing_in.sign_in, desk, "member", PASSWORD, ADDRESS, "another one")
            assert again.result(timeout=20) == "busy"  # one waits at most
        finally:
            passwords._AT_A_TIME.release()
        begun(waiting.result(timeout=20))


def test_a_reset_ends_a_lock(desk: Desk) -> None:
    account = joined(desk, "member")
    for _ in range(attempts.BY_NAME):
        wrong(desk, "member")
    token = users.reset(desk, account, "root")
    assert own_account.accept(desk, token, PASSWORD) is None
    inside(desk, "member")


def test_an_analyst_can_do_nothing_but_set_up_an_authenticator_until_it_is(desk: Desk) -> None:
    account = joined(desk, "analyst", "analyst", password="quiet-boats")  # noqa: S106
    assert begun(signing_in.sign_in(desk, "analyst", "quiet-boats", ADDRESS)).stage == "enrol"
    enrolled(desk, account, "quiet-boats")
    waiting = begun(signing_in.sign_in(desk, "analyst", "quiet-boats", ADDRESS))
    assert waiting.stage == "code"
    assert own_account.new_authenticator(desk, waiting) is None, "its key is told no more"


def test_a_code_lets_in_once_under_a_new_name(desk: Desk, clock: Clock) -> None:
    totp, _ = enrolled(desk, joined(desk, "analyst", "analyst"))
    waiting = inside(desk, "analyst")
    used = totp.at(clock.now)
    assert signing_in.give_code(desk, waiting, used, ADDRESS) == "wrong", (
        "it set the authenticator up"
    )
    clock.now += STEP
    code = totp.at(clock.now)
    whole = begun(signing_in.give_code(desk, waiting, code, ADDRESS))
    assert whole.stage == "whole"
    assert whole.token != waiting.token
    assert signing_in.session_of(desk, waiting.token) is None
    again = inside(desk, "analyst")
    assert signing_in.give_code(desk, again, code, ADDRESS) == "wrong"


def test_a_recovery_code_lets_in_once(desk: Desk) -> None:
    _, made = enrolled(desk, joined(desk, "analyst", "analyst"))
    for expected in (sessions.Session, str):
        waiting = inside(desk, "analyst")
        assert isinstance(signing_in.give_code(desk, waiting, made[0], ADDRESS), expected)


def test_who_knows_the_password_cannot_guess_codes_without_end(desk: Desk) -> None:
    enrolled(desk, joined(desk, "analyst", "analyst"))
    listened = 0
    for _ in range(20):
        waiting = signing_in.sign_in(desk, "analyst", PASSWORD, ADDRESS)
        if waiting == "locked":
            break
        listened += signing_in.give_code(desk, begun(waiting), "000000", ADDRESS) == "wrong"
    assert listened == attempts.BY_NAME // 2


def test_the_code_has_to_follow_within_five_minutes(desk: Desk, clock: Clock) -> None:
    totp, _ = enrolled(desk, joined(desk, "analyst", "analyst"))
    waiting = inside(desk, "analyst")
    clock.now += sessions.FOR_CODE
    assert signing_in.session_of(desk, waiting.token) is None
    assert signing_in.give_code(desk, waiting, totp.at(clock.now), ADDRESS) == "wrong"


def test_a_session_ends_after_half_an_hour_of_silence(desk: Desk, clock: Clock) -> None:
    joined(desk, "member")
    session = inside(desk, "member")
    for _ in range(3):
        clock.now += sessions.IDLE - 1
        assert signing_in.session_of(desk, session.token)
    clock.now += sessions.IDLE
    assert signing_in.session_of(desk, session.token) is None


def test_a_session_ends_after_twelve_hours_however_busy(desk: Desk, clock: Clock) -> None:
    joined(desk, "member")
    session = inside(desk, "member")
    for _ in range(sessions.LONGEST // 1_000):
        clock.now += 1_000
        assert signing_in.session_of(desk, session.token)
    clock.now += 1_000
    assert signing_in.session_of(desk, session.token) is None


def test_sign_out_reset_disabling_and_a_new_password_end_sessions(desk: Desk) -> None:
    def changed(session: sessions.Session) -> None:
        assert own_account.change_password(desk, session, PASSWORD, OTHER, ADDRESS) is None

    ends = {
        "out": lambda session: signing_in.sign_out(desk, session),
        "everywhere": lambda session: own_account.end_sessions(
            desk, session, "all", PASSWORD, ADDRESS
        ),
        "changed": changed,
        "reset": lambda session: users.reset(desk, session.account, "root"),
        "disabled": lambda session: users.disable(desk, session.account, "root"),
    }
    for name, end in ends.items():
        joined(desk, name)
        one, other = (inside(desk, name) for _ in range(2))
        end(one)
        assert signing_in.session_of(desk, one.token) is None, name
        assert (signing_in.session_of(desk, other.token) is None) == (name != "out"), name


def code_for(desk: Desk, session: sessions.Session) -> str:
    """What an authenticator shows that was given the key of a session."""
    return pyotp.TOTP(own_account.new_authenticator(desk, session) or "").at(desk.clock())


def test_a_new_authenticator_ends_sessions_and_goes_on_under_a_new_name(desk: Desk) -> None:
    joined(desk, "member")
    before, asking = (inside(desk, "member") for _ in range(2))
    found = own_account.prove_authenticator(desk, asking, code_for(desk, asking), PASSWORD, ADDRESS)
    assert isinstance(found, tuple)
    assert [signing_in.session_of(desk, one.token) for one in (before, asking)] == [None, None]
    assert signing_in.session_of(desk, found[0].token) == found[0]


def test_a_key_that_was_seen_is_worth_nothing_in_another_session(desk: Desk) -> None:
    account = joined(desk, "member")
    seen = inside(desk, "member")
    code = code_for(desk, seen)
    assert (
        own_account.change_password(desk, seated(desk, account), PASSWORD, OTHER, ADDRESS) is None
    )
    assert own_account.prove_authenticator(desk, seen, code, OTHER, ADDRESS) == "wrong"
    later = begun(signing_in.sign_in(desk, "member", OTHER, ADDRESS))
    assert code_for(desk, later) != code
    assert own_account.prove_authenticator(desk, later, code, OTHER, ADDRESS) == "wrong"
    assert known(desk, "member").code_salt is None, "nothing is kept of what was not proven"


def test_an_old_session_sets_up_no_authenticator_without_the_password(desk: Desk) -> None:
    joined(desk, "member")
    session = inside(desk, "member")
    code = code_for(desk, session)
    tries = [
        own_account.prove_authenticator(desk, session, code, OTHER, ADDRESS) for _ in range(11)
    ]
    assert tries == ["wrong"] * attempts.BY_NAME + ["locked"]
    assert not known(desk, "member").has_code


def test_a_salt_that_was_never_proven_makes_no_codes(desk: Desk) -> None:
    account = joined(desk, "member")
    with desk.store.writing() as connection:
        connection.execute("UPDATE account SET code_salt = 'seen'")
    code = pyotp.TOTP(codes.key_of(account.id, "seen", desk.keys)).at(desk.clock())
    assert own_account.new_recovery_codes(desk, seated(desk, account), code, ADDRESS) == "wrong"


def meanwhile(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Have something happen after the next password was found right, and before that counts."""
    is_right = passwords.is_right

    def first(*given: Any) -> bool:
        monkeypatch.setattr(passwords, "is_right", is_right)
        found = is_right(*given)
        happens()
        return found

    monkeypatch.setattr(passwords, "is_right", first)


def test_who_got_an_authenticator_meanwhile_is_asked_for_its_code(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = joined(desk, "member")
    meanwhile(monkeypatch, lambda: enrolled(desk, account))
    assert inside(desk, "member").stage == "code"


def test_a_password_that_was_reset_meanwhile_is_not_changed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = joined(desk, "member")
    links = list[str]()
    meanwhile(monkeypatch, lambda: links.append(users.reset(desk, account, "root")))
    assert (
        own_account.change_password(desk, seated(desk, account), PASSWORD, OTHER, ADDRESS)
        == "wrong"
    )
    assert known(desk, "member").password is None
    assert own_account.invited(desk, links[0]) is not None


@pytest.mark.parametrize("end", [users.disable, users.reset])
def test_an_account_that_was_ended_meanwhile_gets_no_authenticator(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, end: Callable[[Desk, Account, str], object]
) -> None:
    account = joined(desk, "member")
    session = inside(desk, "member")
    code = code_for(desk, session)
    meanwhile(monkeypatch, lambda: end(desk, account, "root"))
    assert own_account.prove_authenticator(desk, session, code, PASSWORD, ADDRESS) == "wrong"
    assert not known(desk, "member").has_code


def test_nobody_waits_while_a_password_is_made(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, made = passwords.kept, list[bool]()

    def watched(password: str, keys: Keys) -> str:
        with closing(sqlite3.connect(desk.store.path, timeout=0)) as beside:
            beside.execute("BEGIN IMMEDIATE")  # refused where the desk is writing
        made.append(True)
        return kept(password, keys)

    monkeypatch.setattr(passwords, "kept", watched)
    account = joined(desk, "member")
    assert (
        own_account.change_password(desk, seated(desk, account), PASSWORD, OTHER, ADDRESS) is None
    )
    monkeypatch.setattr(passwords, "needs_renewal", lambda held: True)
    begun(signing_in.sign_in(desk, "member", OTHER, ADDRESS))
    assert len(made) == 3


def test_a_group_behind_one_address_signs_in_with_codes_all_day(desk: Desk, clock: Clock) -> None:
    totp, _ = enrolled(desk, joined(desk, "analyst", "analyst"))
    for _ in range(attempts.BY_ADDRESS + 5):
        clock.now += STEP // 2  # every second code is a new one
        inside(desk, "analyst")
        clock.now += STEP // 2
        waiting = inside(desk, "analyst")
        begun(signing_in.give_code(desk, waiting, totp.at(clock.now), ADDRESS))


def test_a_password_is_changed_by_who_knows_it_and_to_a_good_one(desk: Desk) -> None:
    account = joined(desk, "member")
    assert (
        own_account.change_password(desk, seated(desk, account), OTHER, OTHER, ADDRESS) == "wrong"
    )
    assert (
        own_account.change_password(desk, seated(desk, account), PASSWORD, "short", ADDRESS)
        == "short"
    )
    assert (
        own_account.change_password(desk, seated(desk, account), PASSWORD, OTHER, ADDRESS) is None
    )
    assert signing_in.sign_in(desk, "member", PASSWORD, ADDRESS) == "wrong"
    begun(signing_in.sign_in(desk, "member", OTHER, ADDRESS))


def test_a_link_sets_a_password_once_and_within_two_days(desk: Desk, clock: Clock) -> None:
    token = users.add(desk, "member", BY_NAME["member"], "root")
    assert own_account.invited(desk, "x" + token) is None
    assert own_account.accept(desk, token, "short") == "short"
    assert own_account.accept(desk, token, PASSWORD) is None
    assert own_account.accept(desk, token, OTHER) == "void"
    late = users.reset(desk, known(desk, "member"), "root")
    clock.now += invitations.LASTS
    assert own_account.invited(desk, late) is None
    assert own_account.accept(desk, late, OTHER) == "void"


def test_a_later_link_makes_one_before_void_and_so_does_disabling(desk: Desk) -> None:
    first = users.add(desk, "member", BY_NAME["member"], "root")
    second = users.reset(desk, known(desk, "member"), "root")
    assert own_account.invited(desk, first) is None
    users.disable(desk, known(desk, "member"), "root")
    assert own_account.invited(desk, second) is None


def test_recovery_codes_are_made_anew_for_a_code_only(desk: Desk, clock: Clock) -> None:
    account = joined(desk, "analyst", "analyst")
    totp, before = enrolled(desk, account)
    clock.now += STEP
    assert own_account.new_recovery_codes(desk, seated(desk, account), "000000", ADDRESS) == "wrong"
    made = own_account.new_recovery_codes(desk, seated(desk, account), totp.at(clock.now), ADDRESS)
    assert isinstance(made, list)
    assert not set(made) & set(before)


@pytest.mark.parametrize("name", ["", "ab", "a b c", "<script>", 'a"b"c', "x" * 121, "a\nbc"])
def test_a_name_that_is_none_is_refused(desk: Desk, name: str) -> None:
    with pytest.raises(BadName):
        users.add(desk, name, BY_NAME["member"], "root")


def test_a_name_is_taken_in_any_case(desk: Desk) -> None:
    joined(desk, "member")
    with pytest.raises(BadName, match="already"):
        users.add(desk, "MEMBER", BY_NAME["analyst"], "root")


def test_nothing_that_lets_in_is_kept_as_it_is(desk: Desk, clock: Clock) -> None:
    token = users.add(desk, "analyst", BY_NAME["analyst"], "root")
    assert own_account.accept(desk, token, PASSWORD) is None
    invited = users.add(desk, "invited", BY_NAME["member"], "root")
    totp, made = enrolled(desk, known(desk, "analyst"))
    waiting = inside(desk, "analyst")
    wrong(desk, "a password typed as a name")
    held = b"".join(path.read_bytes() for path in desk.folder.iterdir())
    secrets = [
        PASSWORD,
        token,
        invited,
        waiting.token,
        totp.secret,
        *made,
        made[0].replace("-", ""),
    ]
    assert [secret for secret in [*secrets, "typed as a name"] if secret.encode() in held] == []


def test_only_its_user_may_read_what_is_kept(desk: Desk) -> None:
    joined(desk, "member")
    wrong(desk, "member")
    with desk.store.writing():
        modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in desk.folder.iterdir()}
    assert {"accounts.sqlite3", "accounts.sqlite3-wal", "audit.jsonl"} <= set(modes)
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(desk.folder.stat().st_mode) == 0o700


def test_what_an_hour_of_refusals_came_to_is_told_with_the_next(desk: Desk, clock: Clock) -> None:
    for _ in range(23):
        deny(desk, "member", path="/users")
    clock.now += 3600
    deny(desk, "analyst", path="/record")
    told = [(e.who, e.about) for e in latest(desk.folder, 9) if e.event == "denied"]
    assert told == [
        ("analyst", {"path": "/record"}),
        ("member", {"in_an_hour": "23"}),
        ("member", {"path": "/users", "times": "10"}),
        ("member", {"path": "/users"}),
    ]
