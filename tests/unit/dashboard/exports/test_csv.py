"""CSV files: nothing in them runs, numbers stay numbers."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.exhibits.exhibit import Column
from dashboard.exports.csv import as_csv, harmless
from tests.unit.dashboard.exports.planted import (
    ABOUT,
    BEFORE,
    FULL_WIDTH,
    PLANTED,
    STARTERS,
    exhibit,
)


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("starter", STARTERS + FULL_WIDTH)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(before: str, starter: str) -> None:
    text = f"{before}{starter}1+1"
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Cox's Bazar", "কক্সবাজার", "Camp 4 Ext.", "", "19–24", "≈ 5"])
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


@given(st.text())
def test_no_cell_begins_with_a_sign_after_what_cannot_be_seen(text: str) -> None:
    visible = harmless(text).lstrip().lstrip("\u200b\u200c\u200d\u2060\ufeff").lstrip()
    assert not visible or visible[0] not in STARTERS


@pytest.mark.parametrize("text", PLANTED)
def test_what_would_run_gets_an_apostrophe_wherever_it_stands(text: str) -> None:
    rows = rows_of(as_csv(exhibit((text, 5)), f"/?area={text}", "en"))
    assert rows[-1] == [f"'{text}", "5"]


def test_numbers_stay_numbers_and_gaps_stay_empty() -> None:
    file = rows_of(as_csv(exhibit(("-A", -5), ("B", None), ("C", 2.5)), "", "en"))
    assert file[-3:] == [["'-A", "-5"], ["B", ""], ["C", "2.5"]]


def test_no_unit_stands_above_rows_that_have_their_own() -> None:
    found = exhibit(("A", 5))
    mixed = replace(found, table=found.table.beside((Column("unit", "Unit"), ["people"])))
    assert "# Unit" in as_csv(found, "", "en")
    assert "# Unit" not in as_csv(mixed, "", "en")


def test_the_file_begins_with_what_it_is_and_a_byte_order_mark() -> None:
    text = as_csv(exhibit(("A", 5)), "/?area=BD20#test.one", "en")
    assert text.startswith("\ufeff# Title,'=Title\r\n")
    about = [(row[0], row[1]) for row in rows_of(text) if row and row[0].startswith("#")]
    assert about[1:] == [(f"# {name}", said) for name, said in ABOUT]
    assert rows_of(text)[-2] == ["Label", "People"]


def test_a_file_of_a_map_carries_the_boundary_notice() -> None:
    mapped = replace(exhibit(("A", 5)), figure={"form": "map"})
    comments = dict(row for row in rows_of(as_csv(mapped, "", "en")) if len(row) == 2)
    assert "do not imply official endorsement" in comments["# Boundaries"]


def test_a_reader_of_data_can_skip_what_surrounds_the_table() -> None:
    lines = as_csv(exhibit(("A", 5)), "", "en").removeprefix("\ufeff").split("\r\n")
    data = [line for line in lines if line and not line.startswith("#")]
    assert data == ["Label,People", "A,5"]
