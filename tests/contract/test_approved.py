"""Readers of the sample get what was approved, word by word and number by number."""

from __future__ import annotations

from tests.contract.approved import differing, digests, readers

_HINT = "if readers shall get something else here: make approve"


def test_readers_get_what_was_approved() -> None:
    assert not differing("readers", digests(readers.answers())), _HINT
