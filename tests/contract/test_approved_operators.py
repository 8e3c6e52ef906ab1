"""Operators get what was approved: every line that a command prints or writes."""

from __future__ import annotations

from tests.contract.approved import differing, digests, operators

_HINT = "if they shall get something else here: make approve"


def test_operators_get_what_was_approved() -> None:
    assert not differing("operators", digests(operators.answers())), _HINT
