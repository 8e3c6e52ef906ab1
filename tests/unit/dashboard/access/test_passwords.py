"""Long passwords of any kind are taken, those that are tried first are not."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from dashboard.access import passwords
from dashboard.access.keys import Keys
from tests.support.accounts import PASSWORD, SECRET

NAME = "n.akter@agency.example"


@pytest.mark.parametrize(
    ("password", "alone", "with_code"),
    [(PASSWORD, None, None), ("নদীর ধারে সাতটি শান্ত নৌকা", None, None),
     ("quiet-boats", "short", None), ("boats7!", "short", "short"),
     ("password1", "short", "common"), ("qwerty123456789", "common", "common"),
     ("QWERTY123456789", "common", "common"), ("passwordpassword", "repeated", "repeated"),
     ("abcabcabcabcabcabc", "repeated", "repeated"), ("zzzzzzzzzzzzzzzz", "repeated", "repeated"),
     ("n.akter is at sea today", "named", "named"),
     ("my situation atlas at work", "named", "named"), ("xy " * 90, "long", "long"),
     (" ".join(map(str, range(100)))[:256], None, None)],
)  # fmt: skip
def test_what_speaks_against_a_password(
    password: str, alone: str | None, with_code: str | None
) -> None:
    assert passwords.fault_of(password, NAME, with_code=False) == alone
    assert passwords.fault_of(password, NAME, with_code=True) == with_code


def test_a_password_is_kept_by_argon2_and_cannot_be_tried_without_the_secret() -> None:
    keys, others = Keys(SECRET), Keys(SECRET[::-1])
    held = passwords.hash_password(PASSWORD, keys)
    assert held.startswith("$argon2id$")
    assert passwords.is_right(PASSWORD, held, keys)
    assert not passwords.is_right(PASSWORD + " ", held, keys)
    assert not passwords.is_right(PASSWORD, held, others)
    assert not passwords.needs_renewal(held)


def test_a_password_costs_whoever_tries_it_what_the_standard_asks_for(dear: PasswordHasher) -> None:
    """RFC 9106, second choice, in one lane; test runs use less."""
    assert (dear.time_cost, dear.memory_cost, dear.parallelism) == (3, 65_536, 1)


def test_a_password_is_the_same_however_a_keyboard_writes_it() -> None:
    keys = Keys(SECRET)
    held = passwords.hash_password("caf\u00e9 by the quiet river", keys)
    assert passwords.is_right("cafe\u0301 by the quiet river", held, keys)


def test_nobody_has_a_password() -> None:
    assert not passwords.is_right(PASSWORD, None, Keys(SECRET))


def test_the_list_holds_enough_and_only_what_could_be_a_password() -> None:
    listed = passwords._common()
    assert len(listed) > 10_000
    assert {len(entry) for entry in listed if entry} >= {8, 15}
    assert min(len(entry) for entry in listed if entry) == passwords.SHORTEST_WITH_CODE
