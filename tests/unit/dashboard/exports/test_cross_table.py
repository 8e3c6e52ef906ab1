"""Cross-tables: sums of units as SQL has them, what explore tells, their ranges, and refusals."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from typing import Any, cast
from urllib.parse import urlencode

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dashboard.exhibits.counts.expected_error import error_of
from dashboard.exhibits.explore import forms
from dashboard.exhibits.explore.crosstab import crosstab_of
from dashboard.exhibits.explore.reader_question import (
    NONE,
    OPTIONS,
    dimensions_of,
    go_together,
    is_too_fine,
)
from dashboard.exhibits.parameters import Refusal, Refused
from dashboard.exhibits.question import Question
from dashboard.exports import cross_table as cross_tables
from dashboard.exports.cross_table import cross_table
from dashboard.exports.typed import Resource
from dashboard.filters import Filters
from dashboard.model.counted_by import STEPS, dimensions
from dashboard.model.facts import JOURNEYS, MEMBER_FACTS, PEOPLE, Fact, fact
from dashboard.model.periods import Span
from dashboard.release.open_release import Release

YEAR = Span.parse("2025-10..2026-09")
#: Columns of units that hold one code each, so that plain SQL groups by them.
PLAIN = {
    of.id: [name for name in dimensions(of) if name != "camp_region" and not of.is_set(name)]
    for of in MEMBER_FACTS
}
NUMBERS = ("value", "at_least", "at_most")


def told(release: Release, of: str, *by: str, steps: str = "", **filters: str) -> Resource:
    parameters = {"of": of, "by": ",".join(by), "steps": steps, **filters}
    query = urlencode({name: value for name, value in parameters.items() if value}, safe=",.")
    return cross_table(query, release, [release.id])


def rows(table: Resource) -> list[dict[str, Any]]:
    header, *cells = table["data"]
    return [dict(zip(header, row, strict=True)) for row in cells]


def refused(release: Release, *asked: Any, **rest: str) -> tuple[Refusal, ...]:
    with pytest.raises(Refused) as refusal:
        told(release, *asked, **rest)
    return refusal.value.refused


@given(data=st.data(), of=st.sampled_from(sorted(PLAIN)))
def test_numbers_are_sums_of_units(protected: Release, data: st.DataObject, of: str) -> None:
    by = data.draw(st.lists(st.sampled_from(PLAIN[of]), min_size=1, max_size=2, unique=True))
    assume(not is_too_fine(fact(of), *by))
    table = told(protected, of, *by, period=str(YEAR))
    codes = ", ".join(f"coalesce({name}::VARCHAR, 'unknown')" for name in by)
    units = protected.query(
        f"SELECT {codes}, sum(size) FROM {of} WHERE {fact(of).time.name} BETWEEN ? AND ? "  # noqa: S608
        "GROUP BY ALL HAVING sum(size) > 0",
        [YEAR.start.first_day, YEAR.end.first_day],
    )
    sums = {tuple(row[:-1]): int(row[-1]) for row in units}
    row_of = {tuple(row[name] for name in by): row for row in rows(table)}
    assert row_of.keys() == sums.keys()
    if table["about"]["direction_only"]:
        assert all(row[name] is None for row in row_of.values() for name in NUMBERS)
        return
    assert {key: row["value"] for key, row in row_of.items()} == sums
    values = [row["value"] for row in row_of.values()]
    assert values == sorted(values, reverse=True)
    assert all(row["at_least"] <= row["value"] <= row["at_most"] for row in row_of.values())


@given(data=st.data(), of=st.sampled_from(MEMBER_FACTS))
def test_explore_tells_the_same(protected: Release, data: st.DataObject, of: Fact) -> None:
    offered = dimensions_of(protected, of)
    row = data.draw(st.sampled_from(offered))
    fitting = [
        name
        for name in (*offered, "quarter", "year")
        if go_together(of, row, name) and not is_too_fine(of, row, name)
    ]
    column = data.draw(st.sampled_from(fitting))
    period = Span.parse("2024-01..2025-12")
    usual = {option.name: option.values[0] for option in OPTIONS}
    options = {**usual, "count": of.id, "rows": row, "columns": column or NONE}
    crosstab = crosstab_of(Question(protected, Filters(period=period), period, options))
    assert (crosstab.reader_question.rows, crosstab.reader_question.columns) == (row, column)
    step = column if column in STEPS else ""
    table = told(protected, of.id, row, *([] if step else [column]), steps=step, period=str(period))
    assert table["about"]["direction_only"] == crosstab.is_direction
    across = "period" if step else column
    row_of = {(each[row], each[across]): each for each in rows(table)}
    assert {key for key, each in row_of.items() if each["value"] != 0} == {*crosstab.cells}
    for key, each in row_of.items():
        if crosstab.is_direction:
            assert each["words"] == forms.sign_of(crosstab, *key)[1]
        else:
            low, high = crosstab.breakdown.error.interval(crosstab.size(*key))
            assert [each[name] for name in NUMBERS] == [crosstab.size(*key), low, high]


@pytest.mark.parametrize("of", [PEOPLE, JOURNEYS])
@pytest.mark.parametrize("step", ["quarter", "year"])
def test_steps_add_up_to_the_period_and_have_ranges_of_their_own(
    protected: Release, of: Fact, step: str
) -> None:
    period = Span.parse("2024-01..2025-12")
    steps_of = rows(told(protected, of.id, "corridor", steps=step, period=str(period)))
    whole = rows(told(protected, of.id, "corridor", period=str(period)))
    sums, times = Counter[str](), Counter[str]()
    for row in steps_of:
        sums[row["corridor"]] += row["value"]
        times[row["corridor"]] += 1
    assert sums == {row["corridor"]: row["value"] for row in whole}
    months = STEPS[step]
    assert {*times.values()} == {24 // months}
    one = error_of(protected, of, Filters(), Span.last(months, until=period.end), ("corridor",))
    for row in steps_of:
        assert (row["at_least"], row["at_most"]) == one.interval(cast("int", row["value"]))


def test_a_pair_over_time_is_the_one_that_was_promised(protected: Release) -> None:
    table = told(protected, "people", "recruiter_relation", "corridor", steps="quarter")
    assert table["data"][0] == [
        "recruiter_relation", "recruiter_relation_label", "corridor", "corridor_label", "period",
        *NUMBERS, "words",
    ]  # fmt: skip
    assert {row["period"] for row in rows(table)} == {"2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"}
    assert table["about"]["each_counts"] == ["recruiter_relation"]
    assert any("several" in note for note in table["about"]["notes"])
    assert table["about"]["handling"] == "INVENTED DATA"


def test_all_events_of_a_period_are_as_they_were_reported(protected: Release) -> None:
    (row,) = rows(told(protected, "people"))
    assert [row["value"]] * 2 == [row["at_least"], row["at_most"]]
    assert row["words"].replace(",", "") == str(row["value"])


def test_labels_are_in_the_language_that_was_asked(protected: Release) -> None:
    (female,) = [row for row in rows(told(protected, "people", "sex", lang="bn"))
                 if row["sex"] == "female"]  # fmt: skip
    assert female["sex_label"] == "নারী"


@pytest.mark.parametrize(
    ("asked", "parameter", "reason", "allowed"),
    [
        (("peeple",), "of", "unknown value", "people"),
        (("people", "age"), "by", "unknown value", "age_band"),
        (("people", "sex", "sex"), "by", "given twice", "age_band"),
        (("people", "exploitation", "means_of_control"), "by", "not in this view", "sex"),
        (("people", "rescuing_authority", "upazila"), "by", "not in this view", "district"),
        (("people", "upazila", "rescuing_authority"), "by", "not in this view", "sex"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_what_can(
    protected: Release, asked: tuple[str, ...], parameter: str, reason: str, allowed: str
) -> None:
    (refusal,) = refused(protected, *asked)
    assert (refusal.parameter, refusal.reason) == (parameter, reason)
    assert allowed in refusal.allowed


@pytest.mark.parametrize(
    ("of", "by", "rest", "allowed"),
    [
        ("legs", "mode", {"steps": "month"}, ("quarter", "year")),
        ("people", "rescuing_authority", {"steps": "month"}, ("quarter", "year")),
        ("people", "", {"steps": "year"}, ("2025-01..2025-12",)),
        ("legs", "", {"period": "2026-08..2026-09"}, ("2026-07..2026-09",)),
        ("incidents", "", {"period": "2019-01..2019-12"}, ("2023-10..2026-09",)),
    ],
)
def test_time_is_whole_and_there_or_the_nearest_is_named(
    protected: Release, of: str, by: str, rest: dict[str, str], allowed: tuple[str, ...]
) -> None:
    (refusal,) = refused(protected, of, *filter(None, [by]), **rest)
    assert refusal.parameter in {*rest, "period"}
    assert refusal.allowed == allowed


@pytest.mark.parametrize(
    ("filters", "reason"),
    [
        ({"sex": "female"}, "not in this view"),
        ({"sexx": "female"}, "unknown parameter"),
        ({"compare": "none"}, "unknown parameter"),
        ({"area": "BD2222"}, "unknown value"),
        ({"edition": "another"}, "unknown value"),
    ],
)
def test_filters_that_cannot_be_followed_are_refused(
    protected: Release, filters: dict[str, str], reason: str
) -> None:
    (refusal,) = refused(protected, "incidents", "mode", **filters)
    assert refusal.parameter in filters
    assert refusal.reason == reason


@pytest.mark.parametrize(("by", "filters"), [("mode", {"sex": "female"}), ("sex", {})])
def test_of_what_a_filter_or_a_dimension_is_kept_is_said(
    protected: Release, by: str, filters: dict[str, str]
) -> None:
    (refusal,) = refused(protected, "incidents", by, **filters)
    assert refusal.hint.startswith("sex is kept of people, legs, journeys")
    for of in refusal.hint.removeprefix("sex is kept of ").rstrip(".").split(", "):
        assert told(protected, of, "sex" if by == "sex" else "", **filters)["data"]
    (other,) = refused(protected, "incidents", "colour")
    assert other.hint == ""


def test_of_a_direction_no_number_is_told_and_nothing_finer(
    protected: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.analysis.expected_error.DIRECTION", -1.0)
    # Errors are kept with their open release, so one that other tests read would know another.
    with closing(Release(protected.path)) as own:
        table = told(own, "people", "promise", "scope")
        assert table["about"]["direction_only"]
        assert all(row[name] is None for row in rows(table) for name in NUMBERS)
        assert {row["words"] for row in rows(table)} <= {"▲ more", "▼ less", "cannot be told"}
        (steps,) = refused(own, "people", "promise", "scope", steps="quarter")
        assert (steps.parameter, steps.allowed) == ("steps", ())
        (second,) = refused(own, "people", "sex", "promise", "scope")
        assert (second.parameter, second.value, second.allowed) == ("by", "scope", ())


@pytest.mark.parametrize(
    "view", [{"area": "BD20220090"}, {"period": "2026-02..2026-02"}, {"area": "BD20,CXB-203"}]
)
def test_what_is_kept_coarse_is_told_of_no_smaller_view(
    protected: Release, view: dict[str, str]
) -> None:
    (refusal,) = refused(protected, "people", "sex", "rescuing_authority", **view)
    assert (refusal.parameter, refusal.value) == ("by", "rescuing_authority")
    assert "district and quarter" in refusal.hint
    assert "rescuing_authority" not in refusal.allowed
    assert told(protected, "people", "sex", "rescuing_authority", area="BD2022")["data"]


def test_more_cells_than_anybody_reads_are_refused(
    protected: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cross_tables, "_CELLS", 10)
    (refusal,) = refused(protected, "people", "corridor", steps="month")
    assert (refusal.reason, refusal.allowed) == ("too long", ("quarter", "year"))
