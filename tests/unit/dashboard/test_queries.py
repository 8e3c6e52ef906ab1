"""Queries: answers are sums of units, sets count once a code, and names come from the registry."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import queries
from dashboard.filters import Filters
from dashboard.model.counted_by import Gathered, Whole
from dashboard.model.facts import FACTS, INCIDENTS, LEGS, PEOPLE, REQUESTS, Fact
from dashboard.model.filters import CODED_FILTERS
from dashboard.model.periods import Month, Span
from dashboard.queries import Stretches
from dashboard.release.open_release import Release
from tests.support.counted import answered_statement, counted_rows
from tests.support.examples import examples
from tests.support.groups import GROUPED, columns_and_groups, groups_by_hand
from tests.support.readings import any_filters, few_filters, spans
from tests.support.releases import build_release, built, day

JANUARY, MARCH = Month(2026, 1), Month(2026, 3)
ALL = Span(JANUARY, MARCH)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """CTDC's five people, and their legs."""
    forms = [
        ["forced_labour"], ["sexual_exploitation"], ["other"], [],
        ["forced_labour", "sexual_exploitation"],
    ]  # fmt: skip
    months = ("2026-01", "2026-01", "2026-01", "2026-03", "2026-03")
    people = [
        {"month": day(month), "exploitation": form, "recruiter_relation": ["unknown"], "sex": sex,
         "promise": ["job", "job"]}
        for month, form, sex in zip(months, forms, ("female",) * 4 + ("unknown",), strict=True)
    ]  # fmt: skip
    legs = [{"quarter": day("2026-01"), "from_place": "BD2022", "to_place": "MY", "size": 3}]
    path = tmp_path_factory.mktemp("small") / "small.duckdb"
    units = {"people": people, "legs": legs}
    return Release(build_release(path, base=1, months=3, last_month=MARCH, units=units))


def test_a_place_that_a_release_lacks_is_no_site(small: Release) -> None:
    assert queries.unkept(small, REQUESTS, Filters(area=["CXB-201"])) == ("site",)
    assert queries.unkept(small, REQUESTS, Filters(area=["CXB-000"])) == ()


def test_who_asks_for_unknown_gets_what_is_not_recorded_too(tmp_path: Path) -> None:
    people = [
        {"month": day("2026-01"), "sex": "male", "corridor": corridor}
        for corridor in ("unknown", None, "bd_internal")
    ]
    release = built(tmp_path, base=1, months=3, last_month=MARCH, units={"people": people})
    for codes, number in ((["unknown"], 2), (["bd_internal"], 1), (["unknown", "bd_internal"], 3)):
        assert queries.total(release, PEOPLE, Filters(corridor=codes), ALL) == number


def test_a_set_counts_once_under_each_code_and_an_empty_one_under_none(small: Release) -> None:
    rows = queries.counts(small, PEOPLE, Filters(), ALL, ("exploitation",))
    assert rows == [("forced_labour", 2), ("sexual_exploitation", 2), ("other", 1)]


def test_shares_are_of_people_with_any_answer(small: Release) -> None:
    assert queries.answered(small, PEOPLE, Filters(), ALL, "exploitation") == 4


def test_a_code_twice_in_a_set_counts_once(small: Release) -> None:
    assert queries.counts(small, PEOPLE, Filters(), ALL, ("promise",)) == [("job", 5)]


def test_unknown_is_no_answer(small: Release) -> None:
    assert queries.answered(small, PEOPLE, Filters(), ALL, "recruiter_relation") == 0
    assert queries.answered(small, PEOPLE, Filters(), ALL, "sex") == 4
    fields = ("sex", "exploitation", "mode")
    assert queries.known_sizes(small, PEOPLE, Filters(), ALL, fields) == (4, 4, 0)


def test_two_sets_are_combined_and_not_paired(small: Release) -> None:
    rows = queries.counts(small, PEOPLE, Filters(), ALL, ("exploitation", "recruiter_relation"))
    assert sorted(rows) == [
        ("forced_labour", "unknown", 2), ("other", "unknown", 1),
        ("sexual_exploitation", "unknown", 2),
    ]  # fmt: skip


def test_months_without_units_are_zero(small: Release) -> None:
    assert queries.series(small, PEOPLE, Filters(), ALL) == [
        (day("2026-01"), 3), (day("2026-02"), 0), (day("2026-03"), 2),
    ]  # fmt: skip
    by_sex = queries.series(small, PEOPLE, Filters(), ALL, ("sex",))
    assert (day("2026-02"), "female", 0) in by_sex
    assert (day("2026-01"), "unknown", 0) in by_sex


def test_a_quarterly_fact_answers_by_quarter(small: Release) -> None:
    span = Span(Month(2026, 2), MARCH)
    assert queries.series(small, LEGS, Filters(), span) == [(day("2026-01"), 3)]
    assert queries.counts(small, LEGS, Filters(), span, ("from_district", "to_country")) == [
        ("BD2022", "MY", 3)
    ]


def test_a_span_outside_the_release_has_no_periods(small: Release) -> None:
    later = Span(Month(2027, 1), Month(2027, 2))
    assert queries.series(small, PEOPLE, Filters(), later) == []
    assert queries.total(small, PEOPLE, Filters(), later) == 0


@pytest.mark.parametrize("name", ["size", "name", "1; DROP TABLE people", "from_place", ""])
def test_only_columns_of_the_fact_may_be_asked_by(small: Release, name: str) -> None:
    for ask in (queries.counts, queries.series):
        with pytest.raises(KeyError):
            ask(small, PEOPLE, Filters(), ALL, (name,))
    with pytest.raises(KeyError):
        queries.answered(small, PEOPLE, Filters(), ALL, name)


@settings(max_examples=examples(120))
@given(data=st.data())
def test_columns_count_what_a_statement_counts(protected: Release, data: st.DataObject) -> None:
    fact = data.draw(st.sampled_from(FACTS))
    by = data.draw(columns_and_groups(protected, fact, whole=True))
    filters = data.draw(st.one_of(few_filters(protected), any_filters(protected, most=4)))
    period = data.draw(spans(protected))
    rows = queries.counts(protected, fact, filters, period, by)
    assert rows == counted_rows(protected, fact, filters, period, by)


@settings(max_examples=examples(60))
@given(data=st.data())
def test_columns_find_the_answers_that_a_statement_finds(
    protected: Release, data: st.DataObject
) -> None:
    fact = data.draw(st.sampled_from(FACTS))
    names = [name for name, type_ in fact.columns if type_ in ("VARCHAR", "VARCHAR[]")]
    columns = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=3))
    filters = data.draw(few_filters(protected))
    period = data.draw(spans(protected))
    found = queries.known_sizes(protected, fact, filters, period, columns)
    assert [found] == protected.query(*answered_statement(fact, filters, period, columns))


def test_a_whole_set_is_one_value_in_its_order_and_no_set_is_the_empty_one(small: Release) -> None:
    rows = queries.counts(small, PEOPLE, Filters(), ALL, (Whole("exploitation"),))
    assert rows == [
        ((), 1), (("forced_labour",), 1), (("forced_labour", "sexual_exploitation"), 1),
        (("other",), 1), (("sexual_exploitation",), 1),
    ]  # fmt: skip
    assert queries.counts(small, PEOPLE, Filters(), ALL, (Whole("promise"),)) == [
        (("job", "job"), 5)
    ]
    with pytest.raises(KeyError, match="has no sets"):
        queries.counts(small, PEOPLE, Filters(), ALL, (Whole("sex"),))


@settings(max_examples=examples(60))
@given(data=st.data())
def test_a_total_is_the_sum_of_its_parts(protected: Release, data: st.DataObject) -> None:
    fact = data.draw(st.sampled_from(FACTS))
    single = [name for name, type_ in fact.columns if type_ == "VARCHAR"]
    by = data.draw(st.lists(st.sampled_from(single), max_size=2, unique=True))
    filters = data.draw(few_filters(protected))
    period = data.draw(spans(protected))
    total = queries.total(protected, fact, filters, period)
    rows = queries.counts(protected, fact, filters, period, by) if by else []
    assert not by or sum(row[-1] for row in rows) == total
    clipped = period.clipped(protected.span)
    if clipped and fact.grain == "month":
        assert sum(row[-1] for row in queries.series(protected, fact, filters, clipped)) == total


@settings(max_examples=examples(150))
@given(data=st.data())
def test_an_answer_and_what_a_further_filter_takes_away_are_zero_or_at_least_the_base(
    protected: Release, data: st.DataObject
) -> None:
    fact = data.draw(st.sampled_from(FACTS))
    base = protected.base(fact.id)
    outer = data.draw(few_filters(protected))
    period = data.draw(spans(protected))
    name = data.draw(st.sampled_from(sorted(CODED_FILTERS)))
    if outer.codes_of(name):
        return
    inner = outer.with_codes(name, (data.draw(st.sampled_from(CODED_FILTERS[name])),))
    whole = queries.total(protected, fact, outer, period)
    part = queries.total(protected, fact, inner, period)
    for answer in (whole, part, whole - part):
        assert answer == 0 or answer >= base


#: Two forms of exploitation in one group, the others by themselves.
TWO_FORMS = Gathered(
    "exploitation", dict.fromkeys(("forced_labour", "sexual_exploitation"), "both")
)


def test_codes_are_counted_in_their_group_and_one_without_a_group_under_itself(
    small: Release,
) -> None:
    by = Gathered("sex", {"unknown": "not_female"})
    assert queries.counts(small, PEOPLE, Filters(), ALL, (by,)) == [
        ("female", 4),
        ("not_female", 1),
    ]


def test_codes_without_a_group_count_under_the_rest(small: Release) -> None:
    by = Gathered("sex", {"unknown": "unknown"}, rest="rest")
    assert queries.counts(small, PEOPLE, Filters(), ALL, (by,)) == [("rest", 4), ("unknown", 1)]


@pytest.mark.parametrize("missing", ["none", None])
def test_no_code_at_all_counts_as_missing_and_never_under_the_rest(
    small: Release, missing: str | None
) -> None:
    by = Gathered("mode", {"land": "dry"}, rest="rest", missing=missing)
    assert queries.counts(small, PEOPLE, Filters(), ALL, (by,)) == [(missing, 5)]


def test_a_set_counts_once_under_each_group_and_an_empty_one_under_none(small: Release) -> None:
    rows = queries.counts(small, PEOPLE, Filters(), ALL, (TWO_FORMS,))
    assert rows == [("both", 3), ("other", 1)]  # the fifth person has both forms and counts once
    rest = Gathered("exploitation", {"forced_labour": "labour"}, rest="rest", missing="none")
    assert queries.counts(small, PEOPLE, Filters(), ALL, (rest,)) == [("rest", 3), ("labour", 2)]


def test_groups_stand_beside_columns_and_other_groups(small: Release) -> None:
    sexes = Gathered("sex", {"female": "f"}, rest="rest")
    rows = queries.counts(small, PEOPLE, Filters(), ALL, (TWO_FORMS, sexes, "month"))
    assert sorted(rows) == [
        ("both", "f", day("2026-01"), 2), ("both", "rest", day("2026-03"), 1),
        ("other", "f", day("2026-01"), 1),
    ]  # fmt: skip
    monthly = queries.series(small, PEOPLE, Filters(), ALL, (sexes,))
    assert (day("2026-02"), "rest", 0) in monthly
    assert (day("2026-01"), "f", 3) in monthly


def test_groups_of_a_column_that_a_fact_lacks_are_refused(small: Release) -> None:
    for name in ("size", "from_place", "1; DROP TABLE people"):
        with pytest.raises(KeyError):
            queries.counts(small, PEOPLE, Filters(), ALL, (Gathered(name, {"a": "b"}),))


@pytest.mark.parametrize(("counted", "by"), GROUPED)
def test_groups_sum_to_what_is_summed_by_hand(
    protected: Release, counted: Fact, by: Gathered
) -> None:
    sizes: dict[str | None, int] = {}
    sql = f"SELECT {by.column}, size FROM {counted.id}"  # noqa: S608 -- names of the test
    for value, size in protected.query(sql, ()):
        for group in groups_by_hand(by, value):
            sizes[group] = sizes.get(group, 0) + size
    rows = queries.counts(protected, counted, Filters(), protected.span, (by,))
    assert dict(rows) == sizes
    assert len(rows) == len(sizes)


def test_stretches_are_whole() -> None:
    assert Stretches(ALL, 1).number == 3
    with pytest.raises(ValueError, match="of 2 months"):
        Stretches(ALL, 2)


def test_a_map_leaves_checkpoints_out_unless_they_are_asked_for(protected: Release) -> None:
    roles = {
        row[0]
        for row in queries.counts(
            protected, INCIDENTS, queries.shown_roles(Filters()), protected.span, ("place_role",)
        )
    }
    assert roles == {"recruitment", "exploitation", "transit"}
    filters = Filters(role=("interception",))
    assert queries.shown_roles(filters) is filters


def test_coverage_is_a_band_a_month(small: Release) -> None:
    assert queries.coverage(small, ALL) == [
        (day("2026-01"), "1_2"), (day("2026-02"), "3_5"), (day("2026-03"), "6_plus"),
    ]  # fmt: skip


def test_a_fresh_file_of_another_folder_is_another_release(tmp_path: Path) -> None:
    first, second = (built(tmp_path, seed=seed, months=2) for seed in (1, 2))
    assert queries.total(first, PEOPLE, Filters(), first.span) != queries.total(
        second, PEOPLE, Filters(), second.span
    )
    first.close()
    second.close()


def test_who_asks_for_a_region_of_camps_asks_for_its_camps_and_no_others(tmp_path: Path) -> None:
    places = {"CXB-KUTUPALONG": 5, "CXB-201": 10, "CXB-017": 20, "BD20220094": 40}
    people = [{"month": day("2026-09"), "place": p, "size": size} for p, size in places.items()]
    release, month = built(tmp_path, months=1, units={"people": people}), Span.parse("2026-09")
    for area, size in (("CXB-KUTUPALONG", 15), ("CXB-201", 10)):
        assert queries.total(release, PEOPLE, Filters(area=(area,)), month) == size
