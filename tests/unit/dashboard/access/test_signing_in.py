"""Signing in: who gets in, who does not, and what ends a session."""

from __future__ import annotations

import sqlite3
import stat
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from typing import Any

import pyotp
import pytest

from dashboard.access import attempts, codes, own_account, passwords, sessions, signing_in, users
from dashboard.access.account_table import Account, BadName
from dashboard.access.accounts import Accounts, deny
from dashboard.access.audit import latest
from dashboard.access.invitations import LASTS
from dashboard.access.keys import Keys
from dashboard.access.roles import BY_NAME
from tests.support import accounts as people
from tests.support.accounts import PASSWORD, Clock, begun, enrolled, inside, joined, known, seated

ADDRESS, OTHER = people.ADDRESS, "another quiet river of boats"


def changed(accounts: Accounts, account: Account, old: str = PASSWORD, new: str = OTHER) -> object:
    return own_account.change_password(accounts, seated(accounts, account), old, new, ADDRESS)


def proven(
    accounts: Accounts, session: sessions.Session, code: str, password: str = PASSWORD
) -> object:
    return own_account.prove_authenticator(accounts, session, code, password, ADDRESS)


def wrong(accounts: Accounts, name: str, address: str = ADDRESS) -> object:
    return signing_in.sign_in(accounts, name, "not the password at all", address)


def test_a_member_signs_in_with_name_and_password(accounts: Accounts) -> None:
    joined(accounts, "N.Akter@agency.example")
    session = inside(accounts, " n.akter@AGENCY.example")
    assert session.stage == "whole"
    held = signing_in.session_of(accounts, session.token)
    assert held is not None
    assert held.account.name == "n.akter@agency.example"


def test_nobody_gets_in_otherwise(accounts: Accounts) -> None:
    joined(accounts, "member")
    users.add(accounts, "invited", BY_NAME["member"], "root")
    users.disable(accounts, joined(accounts, "gone"), "root")
    for name in ("member", "invited", "gone", "nobody", ""):
        assert wrong(accounts, name) == "wrong"
    assert signing_in.sign_in(accounts, "gone", PASSWORD, ADDRESS) == "wrong"
    assert signing_in.session_of(accounts, "") is None


def test_as_much_work_is_done_for_a_name_without_an_account(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    joined(accounts, "member")
    users.add(accounts, "invited", BY_NAME["member"], "root")
    users.disable(accounts, joined(accounts, "gone"), "root")
    verify, done = type(passwords._HASHER).verify, list[str]()

    def counted(self: object, held: str, given: bytes) -> bool:
        done.append(held.rpartition("$")[0].rpartition("$")[0])  # its parameters
        return verify(self, held, given)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(type(passwords._HASHER), "verify", counted)
    for name in ("member", "invited", "gone", "nobody"):
        done_before = len(done)
        assert wrong(accounts, name) == "wrong"
        assert len(done) == done_before + 1
    assert len(set(done)) == 1


@pytest.mark.parametrize("name", ["member", "nobody"])
def test_a_thousand_guesses_are_listened_to_ten_times(
    accounts: Accounts, clock: Clock, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    joined(accounts, "member")
    asked = list[str]()
    is_right = passwords.is_right
    monkeypatch.setattr(passwords, "is_right", lambda *given: asked.append("") or is_right(*given))
    found = [wrong(accounts, name, f"198.51.100.{number % 250}") for number in range(1_000)]
    assert found == ["wrong"] * attempts.BY_NAME + ["locked"] * (1_000 - attempts.BY_NAME)
    assert len(asked) == attempts.BY_NAME
    assert signing_in.sign_in(accounts, "member", PASSWORD, ADDRESS) == "locked" or name == "nobody"
    assert [entry.event for entry in latest(accounts.folder, 1_000)].count("locked") == 1
    clock.now += attempts.COUNTS
    inside(accounts, "member")


def test_guesses_at_many_names_from_one_address_are_stopped(accounts: Accounts) -> None:
    found = [wrong(accounts, f"name{number}") for number in range(attempts.BY_ADDRESS + 3)]
    assert found[-4:] == ["wrong", *["locked"] * 3]
    assert wrong(accounts, "name1", "198.51.100.1") == "wrong"


def test_guesses_at_the_same_time_are_no_more(accounts: Accounts) -> None:
    joined(accounts, "member")
    with ThreadPoolExecutor(8) as several:
        found = list(several.map(lambda _: wrong(accounts, "member"), range(40)))
    # Who was told that others are being looked at had no try.
    found += [wrong(accounts, "member") for _ in range(attempts.BY_NAME + 1)]
    assert found.count("wrong") == attempts.BY_NAME


def test_others_who_guess_lock_out_no_known_browser_and_nobody_who_is_signed_in(
    accounts: Accounts,
) -> None:
    session = inside(accounts, joined(accounts, "member").name)
    for number in range(attempts.BY_NAME + 1):
        wrong(accounts, "member", f"198.51.100.{number}")
    assert signing_in.sign_in(accounts, "member", PASSWORD, ADDRESS) == "locked"
    begun(signing_in.sign_in(accounts, "member", PASSWORD, ADDRESS, "a browser"))
    assert own_account.change_password(accounts, session, PASSWORD, OTHER, ADDRESS) is None
    sign_in = partial(signing_in.sign_in, accounts, "member")
    tries = [sign_in("no", ADDRESS, "another one") for _ in range(11)]
    assert tries == ["wrong"] * attempts.BY_NAME + ["locked"]
    begun(signing_in.sign_in(accounts, "member", OTHER, ADDRESS, "a browser"))


def test_who_is_known_waits_where_others_are_told_that_it_is_busy(accounts: Accounts) -> None:
    joined(accounts, "member")
    with ThreadPoolExecutor(2) as two:
        passwords._AT_A_TIME.acquire()
        try:
            assert two.submit(wrong, accounts, "member").result(timeout=20) == "busy"
            sign_in = partial(signing_in.sign_in, accounts, "member", PASSWORD, ADDRESS)
            waiting = two.submit(sign_in, "a browser")
            time.sleep(0.2)
            assert not waiting.done()
            # One waits at most.
            assert two.submit(sign_in, "another one").result(timeout=20) == "busy"
        finally:
            passwords._AT_A_TIME.release()
        begun(waiting.result(timeout=20))


def test_a_reset_ends_a_lock(accounts: Accounts) -> None:
    account = joined(accounts, "member")
    for _ in range(attempts.BY_NAME):
        wrong(accounts, "member")
    token = users.reset(accounts, account, "root")
    assert own_account.accept(accounts, token, PASSWORD) is None
    inside(accounts, "member")


def test_an_analyst_can_do_nothing_but_set_up_an_authenticator_until_it_is(
    accounts: Accounts,
) -> None:
    account = joined(accounts, "analyst", "analyst", password="quiet-boats")  # noqa: S106
    assert begun(signing_in.sign_in(accounts, "analyst", "quiet-boats", ADDRESS)).stage == "enrol"
    enrolled(accounts, account, "quiet-boats")
    waiting = begun(signing_in.sign_in(accounts, "analyst", "quiet-boats", ADDRESS))
    assert waiting.stage == "code"
    assert own_account.new_authenticator(accounts, waiting) is None, "its key is told no more"


def test_a_code_lets_in_once_under_a_new_name(accounts: Accounts, clock: Clock) -> None:
    totp, _ = enrolled(accounts, joined(accounts, "analyst", "analyst"))
    waiting = inside(accounts, "analyst")
    used = totp.at(clock.now)
    assert signing_in.give_code(accounts, waiting, used, ADDRESS) == "wrong", (
        "it set the authenticator up"
    )
    clock.now += people.STEP
    code = totp.at(clock.now)
    whole = begun(signing_in.give_code(accounts, waiting, code, ADDRESS))
    assert whole.stage == "whole"
    assert whole.token != waiting.token
    assert signing_in.session_of(accounts, waiting.token) is None
    again = inside(accounts, "analyst")
    assert signing_in.give_code(accounts, again, code, ADDRESS) == "wrong"


def test_a_recovery_code_lets_in_once(accounts: Accounts) -> None:
    _, made = enrolled(accounts, joined(accounts, "analyst", "analyst"))
    for expected in (sessions.Session, str):
        waiting = inside(accounts, "analyst")
        assert isinstance(signing_in.give_code(accounts, waiting, made[0], ADDRESS), expected)


def test_who_knows_the_password_cannot_guess_codes_without_end(accounts: Accounts) -> None:
    enrolled(accounts, joined(accounts, "analyst", "analyst"))
    listened = 0
    for _ in range(20):
        waiting = signing_in.sign_in(accounts, "analyst", PASSWORD, ADDRESS)
        if waiting == "locked":
            break
        listened += signing_in.give_code(accounts, begun(waiting), "000000", ADDRESS) == "wrong"
    assert listened == attempts.BY_NAME // 2


def test_the_code_has_to_follow_within_five_minutes(accounts: Accounts, clock: Clock) -> None:
    totp, _ = enrolled(accounts, joined(accounts, "analyst", "analyst"))
    waiting = inside(accounts, "analyst")
    clock.now += sessions.FOR_CODE
    assert signing_in.session_of(accounts, waiting.token) is None
    assert signing_in.give_code(accounts, waiting, totp.at(clock.now), ADDRESS) == "wrong"


def test_a_session_ends_after_half_an_hour_of_silence(accounts: Accounts, clock: Clock) -> None:
    session = inside(accounts, joined(accounts, "member").name)
    for _ in range(3):
        clock.now += sessions.IDLE - 1
        assert signing_in.session_of(accounts, session.token)
    clock.now += sessions.IDLE
    assert signing_in.session_of(accounts, session.token) is None


def test_a_session_ends_after_twelve_hours_however_busy(accounts: Accounts, clock: Clock) -> None:
    session = inside(accounts, joined(accounts, "member").name)
    for _ in range(sessions.LONGEST // 1_000):
        clock.now += 1_000
        assert signing_in.session_of(accounts, session.token)
    clock.now += 1_000
    assert signing_in.session_of(accounts, session.token) is None


def test_sign_out_reset_disabling_and_a_new_password_end_sessions(accounts: Accounts) -> None:
    ends = {
        "out": lambda session: signing_in.sign_out(accounts, session),
        "everywhere": lambda session: own_account.end_sessions(
            accounts, session, "all", PASSWORD, ADDRESS
        ),
        "changed": lambda session: changed(accounts, session.account),
        "reset": lambda session: users.reset(accounts, session.account, "root"),
        "disabled": lambda session: users.disable(accounts, session.account, "root"),
    }
    for name, end in ends.items():
        joined(accounts, name)
        one, other = (inside(accounts, name) for _ in range(2))
        end(one)
        assert signing_in.session_of(accounts, one.token) is None, name
        assert (signing_in.session_of(accounts, other.token) is None) == (name != "out"), name
        assert len(own_account.own_sessions(accounts, one)) == (name == "out")


def code_for(accounts: Accounts, session: sessions.Session) -> str:
    """What an authenticator shows that was given the key of a session."""
    return pyotp.TOTP(own_account.new_authenticator(accounts, session) or "").at(accounts.clock())


def test_a_new_authenticator_ends_sessions_and_goes_on_under_a_new_name(accounts: Accounts) -> None:
    joined(accounts, "member")
    before, asking = (inside(accounts, "member") for _ in range(2))
    found = proven(accounts, asking, code_for(accounts, asking))
    assert isinstance(found, tuple)
    assert [signing_in.session_of(accounts, one.token) for one in (before, asking)] == [None, None]
    assert signing_in.session_of(accounts, found[0].token) == found[0]


def test_a_key_that_was_seen_is_worth_nothing_in_another_session(accounts: Accounts) -> None:
    account = joined(accounts, "member")
    seen = inside(accounts, "member")
    code = code_for(accounts, seen)
    assert changed(accounts, account) is None
    assert proven(accounts, seen, code, OTHER) == "wrong"
    later = begun(signing_in.sign_in(accounts, "member", OTHER, ADDRESS))
    assert code_for(accounts, later) != code
    assert proven(accounts, later, code, OTHER) == "wrong"
    assert known(accounts, "member").code_salt is None, "nothing is kept of what was not proven"


def test_an_old_session_sets_up_no_authenticator_without_the_password(accounts: Accounts) -> None:
    session = inside(accounts, joined(accounts, "member").name)
    code = code_for(accounts, session)
    tries = [proven(accounts, session, code, OTHER) for _ in range(11)]
    assert tries == ["wrong"] * attempts.BY_NAME + ["locked"]
    assert not known(accounts, "member").has_code


def test_a_salt_that_was_never_proven_makes_no_codes(accounts: Accounts) -> None:
    account = joined(accounts, "member")
    with accounts.store.writing() as connection:
        connection.execute("UPDATE account SET code_salt = 'seen'")
    code = pyotp.TOTP(codes.key_of(account.id, "seen", accounts.keys)).at(accounts.clock())
    assert (
        own_account.new_recovery_codes(accounts, seated(accounts, account), code, ADDRESS)
        == "wrong"
    )


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
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = joined(accounts, "member")
    meanwhile(monkeypatch, lambda: enrolled(accounts, account))
    assert inside(accounts, "member").stage == "code"


def test_a_password_that_was_reset_meanwhile_is_not_changed(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = joined(accounts, "member")
    links = list[str]()
    meanwhile(monkeypatch, lambda: links.append(users.reset(accounts, account, "root")))
    assert changed(accounts, account, PASSWORD, OTHER) == "wrong"
    assert known(accounts, "member").password is None
    assert own_account.account_of_link(accounts, links[0]) is not None


@pytest.mark.parametrize("end", [users.disable, users.reset])
def test_an_account_that_was_ended_meanwhile_gets_neither_in_nor_an_authenticator(
    accounts: Accounts,
    monkeypatch: pytest.MonkeyPatch,
    end: Callable[[Accounts, Account, str], object],
) -> None:
    ended = joined(accounts, "partner")
    meanwhile(monkeypatch, lambda: end(accounts, ended, "root"))
    assert signing_in.sign_in(accounts, "partner", PASSWORD, ADDRESS) == "wrong"
    account = joined(accounts, "member")
    session = inside(accounts, "member")
    code = code_for(accounts, session)
    meanwhile(monkeypatch, lambda: end(accounts, account, "root"))
    assert proven(accounts, session, code) == "wrong"
    assert not known(accounts, "member").has_code


def test_nobody_waits_while_a_password_is_made(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, made = passwords.hash_password, list[bool]()

    def watched(password: str, keys: Keys) -> str:
        with closing(sqlite3.connect(accounts.store.path, timeout=0)) as beside:
            beside.execute("BEGIN IMMEDIATE")  # refused where one is writing
        made.append(True)
        return kept(password, keys)

    monkeypatch.setattr(passwords, "hash_password", watched)
    account = joined(accounts, "member")
    assert changed(accounts, account) is None
    monkeypatch.setattr(passwords, "needs_renewal", lambda held: True)
    begun(signing_in.sign_in(accounts, "member", OTHER, ADDRESS))
    assert len(made) == 3


def test_a_group_behind_one_address_signs_in_with_codes_all_day(
    accounts: Accounts, clock: Clock
) -> None:
    totp, _ = enrolled(accounts, joined(accounts, "analyst", "analyst"))
    for _ in range(attempts.BY_ADDRESS + 5):
        clock.now += people.STEP // 2  # every second code is a new one
        inside(accounts, "analyst")
        clock.now += people.STEP // 2
        waiting = inside(accounts, "analyst")
        begun(signing_in.give_code(accounts, waiting, totp.at(clock.now), ADDRESS))


def test_a_password_is_changed_by_who_knows_it_and_to_a_good_one(accounts: Accounts) -> None:
    account = joined(accounts, "member")
    assert changed(accounts, account, OTHER, OTHER) == "wrong"
    assert changed(accounts, account, PASSWORD, "short") == "short"
    assert changed(accounts, account) is None
    assert signing_in.sign_in(accounts, "member", PASSWORD, ADDRESS) == "wrong"
    begun(signing_in.sign_in(accounts, "member", OTHER, ADDRESS))


def test_a_link_sets_a_password_once_and_within_two_days(accounts: Accounts, clock: Clock) -> None:
    token = users.add(accounts, "member", BY_NAME["member"], "root")
    assert own_account.account_of_link(accounts, "x" + token) is None
    assert own_account.accept(accounts, token, "short") == "short"
    assert own_account.accept(accounts, token, PASSWORD) is None
    assert own_account.accept(accounts, token, OTHER) == "void"
    late = users.reset(accounts, known(accounts, "member"), "root")
    clock.now += LASTS
    assert own_account.account_of_link(accounts, late) is None
    assert own_account.accept(accounts, late, OTHER) == "void"


def test_a_later_link_makes_one_before_void_and_so_does_disabling(accounts: Accounts) -> None:
    first = users.add(accounts, "member", BY_NAME["member"], "root")
    second = users.reset(accounts, known(accounts, "member"), "root")
    assert own_account.account_of_link(accounts, first) is None
    users.disable(accounts, known(accounts, "member"), "root")
    assert own_account.account_of_link(accounts, second) is None


def test_recovery_codes_are_made_anew_for_a_code_only(accounts: Accounts, clock: Clock) -> None:
    account = joined(accounts, "analyst", "analyst")
    totp, before = enrolled(accounts, account)
    clock.now += people.STEP
    own = seated(accounts, account)
    assert own_account.new_recovery_codes(accounts, own, "000000", ADDRESS) == "wrong"
    made = own_account.new_recovery_codes(accounts, own, totp.at(clock.now), ADDRESS)
    assert isinstance(made, list)
    assert not set(made) & set(before)


@pytest.mark.parametrize("name", ["", "ab", "a b c", "<script>", 'a"b"c', "x" * 121, "a\nbc"])
def test_a_name_that_is_none_is_refused(accounts: Accounts, name: str) -> None:
    with pytest.raises(BadName):
        users.add(accounts, name, BY_NAME["member"], "root")


def test_a_name_is_taken_in_any_case(accounts: Accounts) -> None:
    joined(accounts, "member")
    with pytest.raises(BadName, match="already"):
        users.add(accounts, "MEMBER", BY_NAME["analyst"], "root")


def test_nothing_that_lets_in_is_kept_as_it_is(accounts: Accounts, clock: Clock) -> None:
    token = users.add(accounts, "analyst", BY_NAME["analyst"], "root")
    assert own_account.accept(accounts, token, PASSWORD) is None
    invited = users.add(accounts, "invited", BY_NAME["member"], "root")
    totp, made = enrolled(accounts, known(accounts, "analyst"))
    waiting = inside(accounts, "analyst")
    wrong(accounts, "a password typed as a name")
    held = b"".join(path.read_bytes() for path in accounts.folder.iterdir())
    secrets = [PASSWORD, token, invited, waiting.token, totp.secret, *made, "typed as a name"]
    secrets.append(made[0].replace("-", ""))
    assert [secret for secret in secrets if secret.encode() in held] == []


def test_only_its_user_may_read_what_is_kept(accounts: Accounts) -> None:
    joined(accounts, "member")
    wrong(accounts, "member")
    with accounts.store.writing():
        modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in accounts.folder.iterdir()}
    assert {"accounts.sqlite3", "accounts.sqlite3-wal", "audit.jsonl"} <= set(modes)
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(accounts.folder.stat().st_mode) == 0o700


def test_what_an_hour_of_refusals_came_to_is_told_with_the_next(
    accounts: Accounts, clock: Clock
) -> None:
    for _ in range(23):
        deny(accounts, "member", path="/users")
    clock.now += 3600
    deny(accounts, "analyst", path="/record")
    told = [(e.who, e.about) for e in latest(accounts.folder, 9) if e.event == "denied"]
    assert told == [("analyst", {"path": "/record"}), ("member", {"in_an_hour": "23"}),
                    ("member", {"path": "/users", "times": "10"}),
                    ("member", {"path": "/users"})]  # fmt: skip
