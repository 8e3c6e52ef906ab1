"""Counts of a choice of one's own: sums of units as SQL has them, their ranges, and refusals."""

from __future__ import annotations

from typing import Any, cast

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analyst import OpenedRelease
from dashboard.analyst.counting import Step, dimensions
from dashboard.exhibits.counts.expected_error import error_of
from dashboard.filters import Filters
from dashboard.model.facts import FACTS, JOURNEYS, PEOPLE, Fact, fact
from dashboard.model.periods import Span
from dashboard.release.open_release import Release

YEAR = Span.parse("2025-10..2026-09")
#: Columns of units that hold one code each, so that plain SQL groups by them.
PLAIN = {
    of.id: [name for name in dimensions(of) if name != "camp_region" and not of.is_set(name)]
    for of in FACTS
    if not of.published
}


def told(frame: pd.DataFrame, *by: str) -> dict[tuple[object, ...], int]:
    """Numbers by their codes."""
    columns = [frame[name] for name in by]
    return dict(zip(zip(*columns, strict=True), map(int, frame["value"]), strict=True))


@given(data=st.data(), of=st.sampled_from(sorted(PLAIN)))
def test_numbers_are_sums_of_units(
    protected: Release, opened: OpenedRelease, data: st.DataObject, of: str
) -> None:
    by = data.draw(st.lists(st.sampled_from(PLAIN[of]), min_size=1, max_size=2, unique=True))
    found = opened.count(of, by, period=str(YEAR))
    listed = ", ".join(by)
    rows = protected.query(
        f"SELECT {listed}, sum(size) FROM {of} WHERE {fact(of).time.name} BETWEEN ? AND ? "  # noqa: S608
        f"GROUP BY {listed} HAVING sum(size) > 0",
        [YEAR.start.first_day, YEAR.end.first_day],
    )
    sums = {tuple(code or "not_recorded" for code in row[:-1]): int(row[-1]) for row in rows}
    assert told(found, *by) == sums
    assert found["value"].is_monotonic_decreasing
    assert (found["at_least"] <= found["value"]).all()
    assert (found["value"] <= found["at_most"]).all()


@pytest.mark.parametrize("of", [PEOPLE, JOURNEYS])
@pytest.mark.parametrize("step", ["quarter", "year"])
def test_steps_add_up_to_the_period_and_have_ranges_of_their_own(
    protected: Release, opened: OpenedRelease, of: Fact, step: Step
) -> None:
    period = Span.parse("2024-01..2025-12")
    found = opened.count(of.id, ["corridor"], step, period=str(period))
    whole = opened.count(of.id, ["corridor"], period=str(period))
    sums = found.groupby("corridor", observed=True)["value"].sum()
    assert sums.to_dict() == whole.set_index("corridor")["value"].to_dict()
    months = {"month": 1, "quarter": 3, "year": 12}[step]
    assert str(found["period"].dtype).startswith(f"period[{step[0].upper()}")
    assert found.groupby("corridor", observed=True).size().eq(24 // months).all()
    one = error_of(protected, of, Filters(), Span.last(months, until=period.end), ("corridor",))
    for row in found.to_dict("records"):
        assert (row["at_least"], row["at_most"]) == one.interval(cast("int", row["value"]))


def test_a_set_counts_under_each_of_its_codes_and_says_so(opened: OpenedRelease) -> None:
    found = opened.count("people", ["means_of_control"])
    assert found.attrs["each_counts"] == ["means_of_control"]
    assert opened.count("people", ["sex"]).attrs["each_counts"] == []


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (("peeple",), r"no 'peeple' to count\. Allowed: people, incidents"),
        (("people", ["age"]), r"by='age': unknown value\. Allowed: place, .*age_band"),
        (("people", ["sex", "sex"]), "by='sex': given twice"),
        (("legs", ["mode"], "month"), r"steps='month': unknown value\. Allowed: quarter, year"),
        (("people", [], "year"), r"period='2025-10\.\.2026-09'.*Allowed: 2025-01\.\.2025-12"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_what_can(
    opened: OpenedRelease, asked: tuple[Any, ...], why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        opened.count(*asked)


@pytest.mark.parametrize(
    ("filters", "why"),
    [
        ({"sex": "female"}, r"sex='female': not in this view\. Allowed: period, area"),
        ({"sexx": "female"}, "sexx='female': unknown parameter"),
        ({"period": "2019-01..2019-12"}, r"period=.*Allowed: 2023-10\.\.2026-09"),
        ({"area": []}, "area='': empty"),
    ],
)
def test_filters_that_cannot_be_followed_are_refused(
    opened: OpenedRelease, filters: dict[str, object], why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        opened.count("incidents", ["mode"], **filters)
