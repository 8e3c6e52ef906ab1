"""Referrals: steps from identification to a first service."""

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
from dashboard.model.facts import PEOPLE
from dashboard.release.open_release import Release
from tests.support.readings import few_filters, reading
from tests.support.referrals import QUARTER, ending, release_of, request
from tests.support.releases import built, day


def sizes(found: Exhibit) -> dict[str, int]:
    """Numbers by the first column."""
    return {str(row[0]): int(row[2] or 0) for row in found.table.rows}


def test_steps_are_events_of_the_period_and_open_is_a_part_of_its_own(
    tmp_path: Path,
) -> None:
    person = {"month": day("2026-05"), "size": 5}
    units = {
        "people": [
            *[{**person, "identification_step": "screened"}] * 3,
            *[{**person, "identification_step": "interviewed"}] * 5,
            person,
        ],
        "requests": [*[request()] * 6, request(step="second")],
        "endings": [
            *[ending("done")] * 2,
            ending("rejected"),
            ending("done", step="second"),
            ending("done", lag_quarters="1"),  # it was requested in the quarter before
        ],
    }
    release = built(tmp_path, units=units)
    found = render("referrals.steps", reading(QUARTER), release)
    assert sizes(found) == {
        "people": 45, "screened": 15, "interviewed": 25, "unknown": 5,
        "first": 60, "served": 30, "ended": 10, "open": 30,
    }  # fmt: skip
    assert found.title == "45 people identified, about 60 first referrals"
    assert "not the same people" in found.note


def test_referrals_of_a_release_without_people_stand_alone(tmp_path: Path) -> None:
    release = release_of(tmp_path, [request()] * 4)
    found = render("referrals.steps", reading(QUARTER), release)
    assert found.title == "About 40 first referrals"
    assert "people" not in found.table.column("code")
    assert "People identified: not reported in this release" in found.notes


@pytest.mark.parametrize(
    ("month", "lag", "expected"),
    [
        ("2026-05", "0", ("2026-Q2", 10, 0, 30)),
        ("2026-08", "1", ("2026-Q2", 10, 0, 30)),
        ("2026-08", "0", ("2026-Q2", 0, 0, 40)),
    ],
)
def test_a_cohort_is_what_one_quarter_requested(
    tmp_path: Path, month: str, lag: str, expected: tuple[str, int, int, int]
) -> None:
    release = release_of(
        tmp_path, [request()] * 4, [ending("done", month=day(month), lag_quarters=lag)]
    )
    found = render("referrals.steps", reading(QUARTER, by="cohort"), release)
    (row, total) = found.table.on_page.rows
    assert row == expected
    assert total == ("All", *expected[1:])
    assert not any("not the same people" in note for note in (found.note, *found.notes))


def test_under_a_filter_that_referrals_are_not_kept_by_people_stand_alone(
    protected: Release,
) -> None:
    for by in ("event", "cohort"):
        filters = Filters(age=("15_18",), period=protected.span)
        found = render("referrals.steps", reading(filters, by=by), protected)
        assert found.offer is None
        assert not {"first", "served", "open"} & set(sizes(found))
        assert "Referrals requested: not kept by age" in found.notes
        assert found.options == {"by": "event"}


@given(data=st.data())
def test_people_are_those_of_whole_quarters(protected: Release, data: st.DataObject) -> None:
    filters = data.draw(few_filters(protected))
    period = (filters.period or protected.default_period).snapped("quarter")
    found = render("referrals.steps", reading(filters), protected)
    if found.offer is None:
        steps = sizes(found)
        assert steps["people"] == queries.total(protected, PEOPLE, filters, period)
        parts = ("screened", "interviewed", "identified", "unknown")
        assert steps["people"] == sum(steps.get(code, 0) for code in parts)
        go.Figure(found.figure)
    cohort = render("referrals.steps", reading(filters, by="cohort"), protected)
    if cohort.figure and cohort.options["by"] == "cohort" and found.offer is None:
        assert cohort.table.on_page.rows[-1][-1] == steps["open"]
