"""Filters: a link is a saved view, and nothing in a link can break or leak."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import filters as limits
from dashboard.filters import Filters, Unknown, conditions, inapplicable, read_query
from dashboard.model.facts import INCIDENTS, PEOPLE
from dashboard.queries import total
from dashboard.release.open_release import Release
from tests.support.examples import examples
from tests.support.readings import any_filters


def read(query: str, **rest: object) -> object:
    return read_query(query, is_place=lambda code: code.startswith("BD"), **rest)  # type: ignore[arg-type]


@settings(max_examples=examples(300))
@given(data=st.data())
def test_a_link_gives_back_the_view_it_was_made_of(protected: Release, data: st.DataObject) -> None:
    filters = data.draw(any_filters(protected, most=4))
    reading = read_query(filters.to_query(), is_place=protected.is_place)
    assert reading.filters == filters
    assert reading.ignored == ()


@given(data=st.data())
def test_equal_views_have_one_link_whatever_the_order_in_it(
    protected: Release, data: st.DataObject
) -> None:
    query = data.draw(any_filters(protected)).to_query()
    shuffled = "&".join(data.draw(st.permutations(query.split("&"))))
    assert read_query(shuffled, is_place=protected.is_place).filters.to_query() == query


@given(st.text(max_size=300))
@settings(max_examples=examples(300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    read(text)
    read(f"period={text}&area={text}&class={text}&edition={text}")


def test_unknown_codes_are_ignored_and_listed_while_known_ones_are_kept() -> None:
    reading = read("?area=BD2022,XX1&sex=female,robot&colour=red&period=2026-13&lang=fr")
    assert reading.filters == Filters(area=("BD2022",), sex=("female",))
    assert reading.ignored == (
        Unknown("area", "XX1"), Unknown("sex", "robot"), Unknown("colour", "red"),
        Unknown("period", "2026-13"), Unknown("lang", "fr"),
    )  # fmt: skip


@pytest.mark.parametrize("query", ["a=1&" * limits.MAX_PARTS, "area=" + "B" * limits.MAX_QUERY])
def test_an_oversized_link_is_refused_as_a_whole(query: str) -> None:
    reading = read(query + "sex=female")
    assert reading.filters == Filters()
    assert reading.ignored == (Unknown("query", "too long"),)


@pytest.mark.parametrize(
    "period", ["1999-12..2026-01", "2026-01..2050-01", "2026-02..2026-01", "2026-1", "٢٠٢٦-٠١"]
)
def test_a_period_that_no_release_can_have_is_ignored(period: str) -> None:
    reading = read(f"period={period}")
    assert reading.filters.period is None
    assert reading.ignored == (Unknown("period", period),)


def test_every_readable_period_has_one_before_it() -> None:
    period = read("period=2000-01..2049-12").filters.period
    assert period.previous().months == period.last_year().months == period.months


def test_options_of_exhibits_pass_through_untouched() -> None:
    reading = read("top=15&measure=people&sex=male", options=("top", "measure"))
    assert reading.options == {"top": "15", "measure": "people"}
    assert reading.filters == Filters(sex=("male",))


def test_an_edition_is_read_only_when_it_can_be_opened() -> None:
    known = read("edition=2026-09-a", is_edition=lambda code: code == "2026-09-a")
    assert known.filters.edition == "2026-09-a"
    assert read("edition=../secret").ignored == (Unknown("edition", "../secret"),)


def test_a_camp_region_asks_for_its_camps_too() -> None:
    asked = conditions(PEOPLE, Filters(area=("CXB-TEKNAF-SOUTH",)))[0].codes
    assert asked[0] == "CXB-TEKNAF-SOUTH"
    assert {"CXB-017", "CXB-025", "CXB-037", "CXB-089", "CXB-233"} == set(asked[1:])
    assert conditions(PEOPLE, Filters(area=("CXB-017",)))[0].codes == ("CXB-017",)


@pytest.mark.parametrize("level", ["upazila", "district", "division", "country"])
def test_an_area_asks_for_what_lies_in_it(protected: Release, level: str) -> None:
    sql = f"SELECT {level}, sum(size) FROM incidents GROUP BY 1 ORDER BY ALL DESC"  # noqa: S608
    inside = [(code, size) for code, size in protected.query(sql) if code]
    assert inside
    for code, size in inside:
        assert total(protected, INCIDENTS, Filters(area=(code,)), protected.span) == size


def test_filters_that_a_fact_cannot_serve_are_named() -> None:
    filters = Filters(sex=("female",), child=("yes",), mode=("sea",))
    assert inapplicable(INCIDENTS, filters) == ("sex", "child")
    assert inapplicable(PEOPLE, filters) == ()


def test_all_trafficking_is_its_three_purposes_and_never_smuggling(protected: Release) -> None:
    def count(*classes: str) -> int:
        return total(protected, PEOPLE, Filters(class_=classes), protected.span)

    purposes = ("trafficking_sexual", "trafficking_labour", "trafficking_other")
    assert count("trafficking") == count(*purposes) > 0
    smuggled = protected.query("SELECT sum(size) FROM people WHERE class_group = 'smuggling'")
    assert count("trafficking", "smuggling") >= count("trafficking") + smuggled[0][0] > 0
