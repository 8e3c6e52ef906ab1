"""What a release says about itself is written and read as one row of the contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from dashboard.model.edition import COLUMNS, Edition
from dashboard.model.periods import Month, Span
from dashboard.model.release import CONTRACT_VERSION, TABLES

MADE = Edition(
    release_id="2026-09-20261016T080000-0badcafe",
    contract_version=CONTRACT_VERSION,
    kind="invented",
    audience="member",
    title="An edition",
    source_note="Invented data.",
    first_month=Month(2024, 1),
    last_month=Month(2026, 9),
    as_of=date(2026, 10, 16),
    built_at=datetime(2026, 10, 16, 8),
    approved_by="A. Coordinator",
    registry_digest="0" * 64,
)


def test_its_columns_are_those_of_the_contract() -> None:
    assert tuple(name for name, _ in TABLES["edition"]) == COLUMNS
    assert len(MADE.row) == len(TABLES["edition"])


@pytest.mark.parametrize("approved_by", ["A. Coordinator", ""])
def test_what_is_written_is_read_again(approved_by: str) -> None:
    edition = replace(MADE, approved_by=approved_by)
    assert Edition.of_row(edition.row) == edition
    assert dict(zip(COLUMNS, edition.row, strict=True))["approved_by"] == (approved_by or None)


def test_months_are_written_as_their_first_days() -> None:
    row = dict(zip(COLUMNS, MADE.row, strict=True))
    assert (row["first_month"], row["last_month"]) == (date(2024, 1, 1), date(2026, 9, 1))
    assert MADE.span == Span(Month(2024, 1), Month(2026, 9))
