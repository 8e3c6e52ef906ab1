"""Ranked lists: what stands beside a change, and beside what did not clearly change."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import exhibits
from dashboard.exhibits.registry import render
from dashboard.filters import Filters
from dashboard.release.open_release import Release
from tests.support.examples import examples
from tests.support.readings import few_filters, reading

exhibits.load()
LISTS = ("hotspots.ranking", "routes.corridors")


@settings(max_examples=examples(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), exhibit_id=st.sampled_from(LISTS))
def test_what_did_not_clearly_change_tells_how_much_it_may_have_changed(
    protected: Release, data: st.DataObject, exhibit_id: str
) -> None:
    found = render(exhibit_id, reading(data.draw(few_filters(protected))), protected)
    if found.offer:
        return
    assert found.figure is not None
    kept = [column.code for column in found.table.columns]
    before = found.table.column("before") if "before" in kept else None
    for at, row in enumerate(found.figure["rows"]):
        if row["direction"] != "none":
            assert "fewer" not in row["change_range"]
            continue
        fewer, more = map(int, re.findall(r"\d+", row["change_range"].replace(",", "")))
        assert row["change_range"] == f"from {fewer} fewer to {more} more"
        assert before is None or fewer <= before[at]


def test_some_rows_did_not_clearly_change(protected: Release) -> None:
    found = render("hotspots.ranking", reading(Filters()), protected)
    assert found.figure is not None
    assert any(row["direction"] == "none" for row in found.figure["rows"])
