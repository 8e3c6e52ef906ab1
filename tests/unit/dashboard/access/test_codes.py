"""A code is right for a short time and once; the file of accounts makes none."""

from __future__ import annotations

import pyotp
import pytest

from dashboard.access import codes
from dashboard.access.accounts import Accounts
from dashboard.access.keys import Keys
from tests.support.accounts import STEP, enrolled, joined, known

NOW = 1_790_000_010


def test_a_code_is_known_a_step_early_and_late_and_no_further() -> None:
    key = codes.key_of(1, "salt", Keys(bytes(range(40))))
    made = pyotp.TOTP(key)
    known = {shift: codes.step_of(made.at(NOW + shift * STEP), key, NOW) for shift in range(-3, 4)}
    here = NOW // STEP
    assert {shift: step for shift, step in known.items() if step is not None} == {
        -1: here - 1, 0: here, 1: here + 1,
    }  # fmt: skip


@pytest.mark.parametrize("typed", ["", "abcdef", "12345", "১২৩৪৫৬", "1234567", "-12345", "1e5000"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert codes.step_of(typed, codes.key_of(1, "salt", Keys(bytes(40))), NOW) is None


def test_a_code_may_be_typed_with_a_space() -> None:
    key = codes.key_of(1, "salt", Keys(bytes(40)))
    code = pyotp.TOTP(key).at(NOW)
    assert codes.step_of(f" {code[:3]} {code[3:]}", key, NOW) == NOW // STEP


def test_the_key_is_nowhere_in_the_file_of_accounts(accounts: Accounts) -> None:
    account = joined(accounts, "analyst", "analyst")
    enrolled(accounts, account)
    salt = known(accounts, "analyst").code_salt or ""
    key = codes.key_of(account.id, salt, accounts.keys)
    assert key != codes.key_of(account.id, salt, Keys(bytes(40)))
    assert key != codes.key_of(account.id + 1, salt, accounts.keys)
    held = b"".join(path.read_bytes() for path in accounts.folder.iterdir())
    assert salt.encode() in held
    assert key.encode() not in held


def test_a_step_is_used_once_in_whatever_order_the_clock_has_them(accounts: Accounts) -> None:
    account = joined(accounts, "analyst", "analyst")
    with accounts.store.writing() as connection:
        used = [codes.use_code(connection, account.id, step) for step in (7, 7, 6, 8, 6, 7)]
    assert used == [True, False, True, True, False, False]


def test_the_codes_used_last_are_remembered_and_no_others(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codes, "_REMEMBERED", 3)
    one, other = joined(accounts, "one"), joined(accounts, "other")
    with accounts.store.writing() as connection:
        assert codes.use_code(connection, other.id, 9)
        for step in (9, 1, 2, 3):
            assert codes.use_code(connection, one.id, step)
        assert [codes.use_code(connection, one.id, step) for step in (1, 2, 3)] == [False] * 3
        assert codes.use_code(connection, one.id, 9)
        assert not codes.use_code(connection, other.id, 9)


def test_a_recovery_code_is_used_once_and_by_its_account_only(accounts: Accounts) -> None:
    one, other = joined(accounts, "one"), joined(accounts, "other")
    with accounts.store.writing() as connection:
        first, *rest = codes.new_recovery_codes(connection, one.id, accounts.keys)
        assert len({first, *rest}) == codes.RECOVERY_CODES
        assert not codes.use_recovery_code(connection, other.id, first, accounts.keys)
        assert codes.use_recovery_code(connection, one.id, first.upper(), accounts.keys)
        assert not codes.use_recovery_code(connection, one.id, first, accounts.keys)
        assert codes.recovery_codes_left(connection, one.id) == len(rest)
        codes.new_recovery_codes(connection, one.id, accounts.keys)
        assert not codes.use_recovery_code(connection, one.id, rest[0], accounts.keys)
