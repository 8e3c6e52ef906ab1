"""The file of partner states holds months and agreed names, and one that is not whole is told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dashboard.model.partner_state import (
    PartnerState,
    PartnerStates,
    UnreadableStates,
    read_states,
    write_states,
)
from dashboard.model.periods import Month

UNTIL = Month(2026, 9)
STATES = PartnerStates(
    UNTIL,
    (
        PartnerState("partner-a", "Agency “A”", frozenset({UNTIL, UNTIL.plus(-11)})),
        PartnerState("partner-b", "", frozenset()),
    ),
)


def changed(**changes: Any) -> bytes:
    return json.dumps({**json.loads(write_states(STATES)), **changes}).encode()


def test_what_is_written_is_read_again_and_no_month_of_before() -> None:
    assert read_states(write_states(STATES)) == STATES
    old = PartnerState("partner-a", "", frozenset({UNTIL.plus(-12), UNTIL.plus(1)}))
    (state,) = read_states(write_states(PartnerStates(UNTIL, (old,)))).partners
    assert state.reported == frozenset()


def test_it_holds_months_and_nothing_that_counts() -> None:
    data = json.loads(write_states(STATES))
    assert data.keys() == {"format", "until", "partners"}
    assert all(each.keys() == {"partner", "name", "reported"} for each in data["partners"])
    assert data["partners"][0]["reported"] == ["2025-10", "2026-09"]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"\xff\xfe", b"[]", b"null", b"[" * 100_000, changed(until="September"),
        changed(until=9), changed(partners=None), changed(partners=[1]), changed(partners=[{}]),
        changed(partners=[{"partner": "a", "name": None, "reported": []}]),
        changed(partners=[{"partner": "a", "name": "", "reported": 3}]),
        changed(partners=[{"partner": "a", "name": "", "reported": ["2026-13"]}]),
        changed(format=2), changed(format=None),
    ],
)  # fmt: skip
def test_what_is_damaged_or_of_another_version_is_told(content: bytes) -> None:
    with pytest.raises(UnreadableStates):
        read_states(content)
