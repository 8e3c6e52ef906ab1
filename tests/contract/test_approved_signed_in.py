"""People who are signed in get what was approved, each role its own."""

from __future__ import annotations

from tests.contract.approved import differing, digests, signed_in

_HINT = "if they shall get something else here: make approve"


def test_people_who_are_signed_in_get_what_was_approved() -> None:
    assert not differing("signed in", digests(signed_in.answers())), _HINT
