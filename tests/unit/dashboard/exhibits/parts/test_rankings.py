"""Ranked lists: the words of the judge beside rows, the same as in their tables."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import exhibits
from dashboard.exhibits.registry import render
from dashboard.filters import Filters
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support.examples import examples
from tests.support.readings import few_filters, reading

exhibits.load()
LISTS = ("hotspots.ranking", "routes.corridors")
POINTS = {
    "more than usual": "up", "new": "up", "fewer than usual": "down", "about as usual": "none",
    "no clear change": "none", "maybe more": "none", "cannot be said": "none", "": None,
}  # fmt: skip


@settings(max_examples=examples(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), exhibit_id=st.sampled_from(LISTS))
def test_a_row_points_where_its_word_does_and_its_table_says_the_same(
    protected: Release, data: st.DataObject, exhibit_id: str
) -> None:
    found = render(exhibit_id, reading(data.draw(few_filters(protected))), protected)
    if found.offer:
        return
    kept = {column.code for column in found.table.columns}
    rows = found.figure["rows"]
    is_judged = bool(found.figure["judged_label"])
    assert is_judged == any(row["direction"] is not None for row in rows)
    if not is_judged:
        return
    told = dict(zip(found.table.column("code"), found.table.column("verdict"), strict=True))
    for row in rows:
        assert POINTS[row["change"]] == row["direction"]
        if row["direction"] is None:
            continue
        assert told[row["code"]] == row["change"]
        # What is called is off usual that way.
        assert {"up": row["score"] > 0, "down": row["score"] < 0}.get(row["direction"], True)
        assert row["usual"].count("usual") == (row["usual"] != "")
        assert row["usual"] or row["change"] == "cannot be said"
    assert {"judged", "expected", "noticed_from", "noticed_to"} <= kept


def test_some_words_point_and_some_do_not(protected: Release) -> None:
    said = set()
    for end in range(24):
        last = protected.span.end.plus(-end)
        view = reading(Filters(period=Span.last(3, until=last)), level="district", top="all")
        found = render("hotspots.ranking", view, protected)
        said |= {row["direction"] for row in (found.figure or {})["rows"]}
    assert {"up", "none"} <= said
