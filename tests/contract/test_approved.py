"""Readers of the sample get what was approved, word by word and number by number."""

from __future__ import annotations

import json

from tests.contract.approved import APPROVED, answers


def test_readers_get_what_was_approved() -> None:
    approved, now = json.loads(APPROVED.read_text(encoding="ascii")), answers()
    differ = sorted(name for name in {*approved, *now} if approved.get(name) != now.get(name))
    assert not differ, "if readers shall get something else here: make approve"
