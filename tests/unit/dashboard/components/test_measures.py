"""Figures of referrals as HTML: what a mark shows is said to who does not see it."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard import exhibits
from dashboard.components.exhibit_card import card_parts
from dashboard.components.writer import parts
from dashboard.exhibits.registry import available_options, definition, render
from dashboard.filters import Filters
from dashboard.release.open_release import Release
from tests.support import fragments
from tests.support.readings import reading

exhibits.load()


@pytest.mark.parametrize(
    "exhibit_id", ["referrals.waiting", "referrals.bottlenecks", "referrals.coverage"]
)
def test_each_row_and_cell_says_what_its_mark_shows(exhibit_id: str, protected: Release) -> None:
    view = reading(Filters(period=protected.span))
    found = render(exhibit_id, view, protected)
    options = available_options(definition(exhibit_id), protected)
    made = card_parts(found, view, options, None, "file", table=False)["body"]
    rows: list[dict[str, Any]] = (found.figure or {})["rows"]
    cells = [cell for row in rows for cell in row.get("cells", [row])]
    assert cells
    for cell in cells:
        assert f'<span class="sr-only">{cell["said"]}</span>' in made


def test_a_scale_keeps_what_is_drawn_where_it_lies() -> None:
    dots = {"quarter": None, "half": 0.4}
    made = parts("parts", "en").scale(0.25, 0.5, dots, due=0.9, ticks=(0.0,), is_open=True)
    assert fragments.styles(made) == [
        {"inset-inline-start": "0.0%"}, {"inset-inline-start": "25.0%", "width": "25.0%"},
        {"inset-inline-start": "90.0%"}, {"inset-inline-start": "40.0%"},
    ]  # fmt: skip
    assert "scale-range is-open" in fragments.values(made, "class")
