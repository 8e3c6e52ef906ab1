"""Referrals: who was given another class, from what to what, and how long after."""

from __future__ import annotations

from pathlib import Path

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import queries
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import render
from dashboard.filters import Filters
from dashboard.model.facts import RECLASSIFICATIONS
from dashboard.release.open_release import Release
from tests.support.readings import drawn, few_filters, reading
from tests.support.referrals import QUARTER
from tests.support.releases import built, day

_ID = "referrals.reclassified"


def changes(before: str, after: str, units: int, band: str = "2_3") -> list[dict[str, object]]:
    """Units of five people of whom the second quarter of 2026 changed the class."""
    one = {"quarter": day("2026-04"), "from_class": before, "to_class": after, "size": 5}
    return [one | {"decision_band": band}] * units


def release_of(folder: Path, *groups: list[dict[str, object]]) -> Release:
    units = {"reclassifications": [unit for group in groups for unit in group]}
    return built(folder, units=units)


def rows(found: Exhibit) -> dict[tuple[str, str, str], int]:
    return {tuple(map(str, row[:3])): int(row[3] or 0) for row in found.table.rows}  # pyright: ignore


@pytest.fixture
def release(tmp_path: Path) -> Release:
    return release_of(
        tmp_path,
        changes("trafficking_suspected", "trafficking_confirmed", 12),
        changes("smuggling", "smuggling_then_trafficking", 8, "over_6"),
        changes("undetermined", "smuggling", 3, "within_1"),
        changes("undetermined", "missing_or_abduction", 2),
    )


def test_each_change_has_its_number_and_all_are_told_by_months(release: Release) -> None:
    found = render(_ID, reading(QUARTER, changes="classes"), release)
    every = "All"
    assert rows(found) == {
        ("Trafficking, suspected", "Trafficking, confirmed", every): 60,
        ("Smuggling of migrants", "Smuggling that became trafficking", every): 40,
        ("Under review", "Smuggling of migrants", every): 15,
        ("Under review", "Missing or abduction", every): 10,
        (every, every, "Within 1 month"): 15,
        (every, every, "2–3 months"): 70,
        (every, every, "Over 6 months"): 40,
    }
    assert found.title == "125 people were classed anew, most often as trafficking"
    assert "From identification it took: Within 1 month (about 15)" in found.description


@pytest.mark.parametrize(
    ("rung", "after", "changed"),
    [
        (
            "crimes",
            ["Smuggling of migrants", "Trafficking", "Other or under review"],
            {
                ("Trafficking", "Trafficking"): 60,
                ("Smuggling of migrants", "Trafficking"): 40,
                ("Other or under review", "Smuggling of migrants"): 15,
                ("Other or under review", "Other or under review"): 10,
            },
        ),
        (
            "crime",
            ["Smuggling of migrants", "Trafficking", "Other or under review"],
            {
                ("All", "Trafficking"): 100,
                ("All", "Smuggling of migrants"): 15,
                ("All", "Other or under review"): 10,
            },
        ),
    ],
)
def test_the_two_crimes_stand_apart_on_every_rung(
    release: Release, rung: str, after: list[str], changed: dict[tuple[str, str], int]
) -> None:
    found = render(_ID, reading(QUARTER, changes=rung), release)
    own = {key[:2]: size for key, size in rows(found).items() if key[2] == "All"}
    assert own == changed
    (heatmap,) = (trace for trace in drawn(found)["data"] if trace["type"] == "heatmap")
    assert [str(name).replace("<br>", " ") for name in heatmap["x"]] == after


def test_few_changes_are_told_by_the_crime_after(tmp_path: Path) -> None:
    few = release_of(
        tmp_path, *(changes(c, "smuggling", 1) for c in ("undetermined", "kidnap_for_ransom"))
    )
    found = render(_ID, reading(QUARTER), few)
    assert found.detail.rung == "crime"


def test_no_changes_are_said_in_words_with_a_wider_view(release: Release) -> None:
    last = release.span.last(1, until=release.span.end)
    found = render(_ID, reading(Filters(period=last)), release)
    assert found.figure is None
    assert "none or very few" in found.offer.reason.lower()
    assert "125" in found.offer.action


@given(data=st.data())
def test_every_change_stands_once_and_in_one_band(protected: Release, data: st.DataObject) -> None:
    filters = data.draw(few_filters(protected))
    found = render(_ID, reading(filters), protected)
    if found.offer is None:
        period = filters.period or protected.default_period
        total = queries.total(protected, RECLASSIFICATIONS, filters, period)
        sizes = rows(found)
        assert sum(size for key, size in sizes.items() if key[2] == "All") == total
        assert sum(size for key, size in sizes.items() if key[2] != "All") == total
        go.Figure(found.figure)
