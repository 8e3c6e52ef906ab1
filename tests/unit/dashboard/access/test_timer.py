"""The clock is set back: nothing lives longer for it, nobody stays out, and it is told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.access import attempts, invitations, own_account, sessions, signing_in, users
from dashboard.access.accounts import Accounts, look_at_clock
from dashboard.access.audit import latest
from dashboard.access.keys import Keys
from dashboard.access.program_tokens import LONGEST
from dashboard.access.store import MIGRATIONS, open_store
from dashboard.access.timer import TOLD, TOLERANCE, Timer
from tests.support import accounts as people
from tests.support.accounts import ADDRESS, STEP, Clock, begun, enrolled, inside, joined

HOUR, DAY = 3_600, 86_400


def restarted(accounts: Accounts, clock: Clock) -> Accounts:
    """The accounts after the machine was started again."""
    start = clock.now - 40
    timer = Timer(lambda: clock.now - start, f"boot at {start}")
    again = Accounts(open_store(accounts.folder), Keys(people.SECRET), timer, clock)
    look_at_clock(again)
    return again


def steps_noticed(accounts: Accounts) -> list[str]:
    entries = latest(accounts.folder, 1_000)
    return [e.about["seconds"] for e in entries if e.event == "clock set back"]


def test_a_name_does_not_stay_locked(accounts: Accounts, clock: Clock) -> None:
    joined(accounts, "member")
    for _ in range(attempts.BY_NAME):
        signing_in.sign_in(accounts, "member", "wrong", ADDRESS)
    clock.shift -= 30 * DAY
    look_at_clock(accounts)
    assert signing_in.sign_in(accounts, "member", people.PASSWORD, ADDRESS) == "locked"
    clock.now += attempts.COUNTS
    inside(accounts, "member")


@pytest.mark.parametrize("silent", [True, False])
def test_a_session_lives_no_longer(accounts: Accounts, clock: Clock, *, silent: bool) -> None:
    token = inside(accounts, joined(accounts, "member").name).token
    clock.shift -= DAY
    look_at_clock(accounts)
    pauses = [sessions.IDLE] if silent else [1_000] * (sessions.LONGEST // 1_000 + 1)
    for pause in pauses:
        assert signing_in.session_of(accounts, token)
        clock.now += pause
    assert signing_in.session_of(accounts, token) is None


def test_a_link_and_a_program_token_hold_no_longer(accounts: Accounts, clock: Clock) -> None:
    totp, _ = enrolled(accounts, joined(accounts, "analyst", "analyst"))
    clock.now += STEP
    own = people.seated(accounts, people.known(accounts, "analyst"))
    token = own_account.new_token(accounts, own, totp.at(accounts.clock()), ADDRESS)
    assert not isinstance(token, str)
    link = users.reset(accounts, joined(accounts, "member"), "root")
    clock.shift -= 300 * DAY
    look_at_clock(accounts)
    clock.now += invitations.LASTS
    assert own_account.account_of_link(accounts, link) is None
    assert signing_in.owner_of(accounts, token.text)
    clock.now += LONGEST
    assert signing_in.owner_of(accounts, token.text) is None


def test_a_used_code_neither_blocks_nor_lets_in_again(accounts: Accounts, clock: Clock) -> None:
    totp, _ = enrolled(accounts, joined(accounts, "analyst", "analyst"))
    clock.now += HOUR
    code, then = totp.at(accounts.clock()), accounts.clock()
    begun(signing_in.give_code(accounts, waiting(accounts), code, ADDRESS))
    clock.shift -= HOUR
    look_at_clock(accounts)
    clock.now += 2 * STEP
    begun(signing_in.give_code(accounts, waiting(accounts), totp.at(accounts.clock()), ADDRESS))
    clock.now += then - accounts.clock()
    assert totp.at(accounts.clock()) == code
    assert signing_in.give_code(accounts, waiting(accounts), code, ADDRESS) == "wrong"


def waiting(accounts: Accounts) -> sessions.Session:
    return inside(accounts, "analyst")


def test_one_process_notices_it_for_all_and_the_record_says_by_how_much(
    accounts: Accounts, clock: Clock
) -> None:
    beside = people.accounts_in(accounts.folder, clock)
    clock.now += 10
    clock.shift -= 400
    for each in (accounts, beside, accounts):
        look_at_clock(each)
    assert steps_noticed(accounts) == ["400"]
    assert accounts.now() == beside.now() == clock.now


def test_steps_that_are_too_small_one_by_one_are_noticed_together(
    accounts: Accounts, clock: Clock
) -> None:
    for _ in range(TOLERANCE):
        clock.now += 301
        clock.shift -= 1
        look_at_clock(accounts)
    assert steps_noticed(accounts) == [str(TOLERANCE)]


def test_a_step_forward_changes_nothing_and_the_way_back_is_told(
    accounts: Accounts, clock: Clock
) -> None:
    token = inside(accounts, joined(accounts, "member").name).token
    clock.shift += DAY
    look_at_clock(accounts)
    assert signing_in.session_of(accounts, token)
    assert steps_noticed(accounts) == []
    assert accounts.moment(accounts.now()) == accounts.clock()
    clock.shift -= DAY
    look_at_clock(accounts)
    assert steps_noticed(accounts) == [str(DAY)]


def test_after_a_restart_with_a_clock_behind_every_session_ends(
    accounts: Accounts, clock: Clock
) -> None:
    token = inside(accounts, joined(accounts, "member").name).token
    before = accounts.now()
    clock.shift -= 10 * DAY
    accounts = restarted(accounts, clock)
    assert accounts.now() >= before
    assert signing_in.session_of(accounts, token) is None
    assert steps_noticed(accounts) == [str(10 * DAY)]


def test_after_a_restart_the_time_that_the_machine_was_off_counts(
    accounts: Accounts, clock: Clock
) -> None:
    token = inside(accounts, joined(accounts, "member").name).token
    clock.now += 60
    accounts = restarted(accounts, clock)
    assert signing_in.session_of(accounts, token)
    clock.now += sessions.IDLE + 1
    accounts = restarted(accounts, clock)
    assert signing_in.session_of(accounts, token) is None
    assert steps_noticed(accounts) == []


def test_whoever_asks_whether_it_is_ready_is_told_for_a_day(tmp_path: Path) -> None:
    signed = people.signed_application(tmp_path, months=3, per_month=20)
    clock = Clock()
    people.goes_by(signed.accounts, clock)
    asks = signed.app.server.test_client()
    assert asks.get("/readyz").json["clock"] is None
    clock.shift -= 90
    told = asks.get("/readyz")
    assert (told.status_code, "set back by 90 seconds" in told.json["clock"]) == (200, True)
    clock.now += TOLD
    assert asks.get("/readyz").json["clock"] is None
    assert steps_noticed(signed.accounts) == ["90"]


def test_a_timer_that_was_never_settled_tells_no_time() -> None:
    with pytest.raises(RuntimeError):
        Timer().now()


MOVES = st.lists(
    st.tuples(
        st.integers(0, 2 * DAY), st.integers(-20 * DAY, 20 * DAY), st.booleans(), st.booleans()
    ),
    max_size=12,
)


@given(MOVES)
def test_whatever_the_clock_does_seconds_go_forward_as_they_pass(
    moves: list[tuple[int, int, bool, bool]],
) -> None:
    """Each move: seconds that pass, a step of the clock, whether it is looked at, a restart."""
    clock, starts = Clock(), 0
    timer = Timer(clock.running, "0")
    with closing(sqlite3.connect(":memory:")) as file:
        file.row_factory = sqlite3.Row
        file.executescript("".join(MIGRATIONS))
        timer.settle(file, clock())
        for passed, step, looks, restarts in moves:
            last = timer.now()
            file.execute("INSERT INTO attempt VALUES (x'00', ?)", [last])
            clock.now += passed
            clock.shift += step
            if restarts:
                start, starts = clock.now - 40, starts + 1
                timer = Timer(partial(lambda start: clock.now - start, start), str(starts))
                timer.settle(file, clock())
                assert timer.now() >= last
                file.execute("DELETE FROM attempt")
                continue
            assert timer.now() == last + passed
            if looks and not timer.is_settled(clock()):
                timer.settle(file, clock())
                assert timer.now() == last + passed
