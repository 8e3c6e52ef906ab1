"""Headers that sort, and rows that stay last."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dashboard.components.forms import as_html
from dashboard.components.table_twin import FEW, table_twin
from dashboard.exhibits.exhibit import Cell, Column, Table
from dashboard.filters import Filters, Reading
from tests.support import fragments
from tests.unit.dashboard.components.test_exhibit_card import VALUE
from tests.unit.dashboard.components.test_forms import READING, figure, row


def twin(columns: tuple[str, ...], *rows: tuple[Cell, ...]) -> Any:
    table = Table(tuple(Column(code, code.title()) for code in columns), rows)
    return table_twin(replace(VALUE, table=table), Reading(Filters(), {}, ()))


def test_every_header_of_a_table_sorts_numbers_the_largest_first() -> None:
    found = twin(("code", "people"), ("a", 3), ("b", None), ("c", 12.5))
    assert fragments.values(found, "data-sort") == ["code", "people"]
    assert fragments.values(found, "data-first") == ["ascending", "descending"]
    assert fragments.values(found, "aria-sort") == ["none", "none"]
    assert fragments.values(found, "data-value") == ["3", "12.5"]


@pytest.mark.parametrize(
    ("columns", "rest", "own"),
    [(("code", "area"), ("", "Elsewhere in Bangladesh"), ("BD20", "Chattogram")),
     (("code", "label"), ("unknown", "Unknown"), ("other", "Other")),
     (("from_code", "from", "to_code"), ("BD20", "Chattogram", ""), ("BD20", "x", "IN")),
     (("agency", "health"), ("Unknown", 5), ("Police", 5))],
)  # fmt: skip
def test_what_is_unknown_or_elsewhere_stays_last(
    columns: tuple[str, ...], rest: tuple[Cell, ...], own: tuple[Cell, ...]
) -> None:
    assert fragments.values(twin(columns, rest, own), "data-last") == [""]
    assert fragments.values(twin(columns, own, own), "data-last") == []


def test_only_more_rows_than_are_seen_at_a_glance_can_be_looked_through() -> None:
    many = [(f"c{n}", n) for n in range(FEW + 1)]
    assert fragments.values(twin(("code", "people"), *many), "type").count("search") == 1
    assert fragments.values(twin(("code", "people"), *many[:-1]), "type").count("search") == 0


def test_a_ranked_list_sorts_by_name_number_and_how_far_from_usual() -> None:
    rows = [row(1, 80, None, "down"), row(2, 40, None, "none"), row(3, 9, None, None)]
    rows[0]["score"], rows[1]["score"], rows[2]["code"] = -3.1, 1.75, ""
    found = as_html(figure(*rows), READING)
    assert fragments.values(found, "data-sort") == ["name", "value", "change"]
    assert fragments.values(found, "data-value") == ["80", "-3.1", "40", "1.75", "9"]
    assert fragments.values(found, "data-last") == [""]
    assert "Find a row" not in fragments.said(found)
