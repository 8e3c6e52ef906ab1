"""Goals: the line of a target in a chart over time, of the very people whom a reader sees."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from dashboard import exhibits
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import render
from dashboard.filters import Filters
from dashboard.model.periods import Span
from dashboard.model.target import Target
from dashboard.release.open_release import Release
from tests.support.readings import reading
from tests.support.releases import build_release, day

exhibits.load()

YEAR = Span.parse("2026-01..2026-12")
MONTHS = tuple(str(month) for month in Span.parse("2025-10..2026-09"))


def shown(folder: Path, *targets: Target, exhibit: str = "sheet.months", **chosen: Any) -> Exhibit:
    women = {"sex": "female", "is_child": "no", "place": "BD2022"}
    units = {
        "incidents": [
            {"month": day(month), "size": 20, "class_group": "smuggling"} for month in MONTHS
        ],
        "people": [{"month": day(month), "size": 30, **women} for month in MONTHS],
    }
    path = build_release(folder / "made.duckdb", units=units, targets=targets)
    with closing(Release(path)) as release:
        filters = Filters(period=Span.parse("2026-09"), **chosen)
        return render(exhibit, reading(filters, steps="month"), release)


def line(found: Exhibit) -> dict[str, Any] | None:
    traces = (found.figure or {})["data"]
    return next((trace for trace in traces if trace["name"] == "Target"), None)


def test_a_target_is_shared_out_over_its_months_and_says_whose_it_is(tmp_path: Path) -> None:
    target = Target("incidents", "", "all", YEAR, 240, "Plan of the members")
    found = shown(tmp_path, target)
    drawn = line(found)
    assert drawn["y"] == [None] * 3 + [20] * 9
    assert "error_y" not in drawn
    assert drawn["line"]["dash"] == "dash"
    assert found.table.column("target") == (None, None, None, *[20] * 9)
    assert any(note.endswith("shared out over its months: Plan of the members.")
               for note in found.notes)  # fmt: skip


@pytest.mark.parametrize(
    ("area", "group", "chosen", "drawn"),
    [
        ("", "all", {"class_": ("smuggling",)}, False),
        ("", "women", {"sex": ("female",), "child": ("no",)}, True),
        ("", "women", {"sex": ("female",)}, False),
        ("BD2022", "women", {"area": ("BD2022",), "sex": ("female",), "child": ("no",)}, True),
        ("BD2015", "women", {"area": ("BD2022",), "sex": ("female",), "child": ("no",)}, False),
    ],
)
def test_only_a_target_of_those_who_are_shown_is_drawn(
    tmp_path: Path, area: str, group: str, chosen: dict[str, Any], drawn: bool
) -> None:
    found = shown(tmp_path, Target("people", area, group, YEAR, 240, "Plan"), **chosen)
    assert (line(found) is not None) == drawn


def test_a_target_of_all_classes_stands_beside_no_line_of_one(tmp_path: Path) -> None:
    target = Target("incidents", "", "all", YEAR, 240, "Plan")
    assert line(shown(tmp_path, target, exhibit="overview.trend")) is None
