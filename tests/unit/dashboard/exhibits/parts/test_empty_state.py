"""Offers: an empty card says so and leads to the next wider view that holds something."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dashboard import exhibits, queries
from dashboard.exhibits.headlines import PAGES, headline
from dashboard.exhibits.parts.empty_state import (
    empty_exhibit,
    leading,
    not_recorded,
    nothing,
    query_of,
    unkept,
)
from dashboard.exhibits.parts.frame import frame
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import definition, definitions, question_of, render
from dashboard.filters import Filters, read_query
from dashboard.model.facts import ENDINGS, FACTS, INCIDENTS, LEGS, PEOPLE, REQUESTS, Fact, fact
from dashboard.model.periods import Month, Span
from dashboard.release.open_release import Release
from dashboard.words.catalogue import translate
from tests.support.examples import examples
from tests.support.readings import any_filters, few_filters, reading
from tests.support.releases import built, day

exhibits.load()
#: Flags are no count: there may be none of them, whatever was counted.
COUNTING = tuple(
    entry.id
    for entry in definitions()
    if entry.facts and entry.id not in ("hotspots.signals", "referrals.targets")
)
SEPTEMBER = Span(Month(2026, 9), Month(2026, 9))


def view(release: Release, filters: Filters = Filters(), **options: str) -> Question:  # noqa: B008
    return Question(release, filters, filters.period or release.default_period, options)


def some(month: str, number: int = 4, **values: object) -> list[Mapping[str, object]]:
    return [{"month": day(month), "size": 5, "place_role": "recruitment", **values}] * number


def released(folder: Path, **units: list[Mapping[str, object]]) -> Release:
    return built(folder, months=24, units=units)


def test_nothing_is_said_as_none_or_very_few_and_never_as_no_people(tmp_path: Path) -> None:
    release = released(tmp_path, people=some("2026-01"))
    empty_state = nothing(view(release, Filters(period=SEPTEMBER)), PEOPLE)
    assert empty_state.reason == "None or very few people match these filters in Sep 2026."


@pytest.mark.parametrize(
    ("month", "action", "period"),
    [
        ("2026-08", "In Jul – Sep 2026: about 20", "2026-07..2026-09"),
        ("2026-01", "In Oct 2025 – Sep 2026: about 20", "2025-10..2026-09"),
        ("2024-11", "In Oct 2024 – Sep 2026: about 20", "2024-10..2026-09"),
    ],
)
def test_the_next_longer_period_that_holds_something_is_offered_with_its_number(
    tmp_path: Path, month: str, action: str, period: str
) -> None:
    release = released(tmp_path, people=some(month))
    empty_state = nothing(view(release, Filters(period=SEPTEMBER), top="15"), PEOPLE)
    assert empty_state.action == action
    read = read_query(empty_state.query, is_place=release.is_place, options=("top",))
    assert read.ignored == ()
    assert (str(read.filters.period), read.options) == (period, {"top": "15"})


@pytest.mark.parametrize("period", ["2020-01..2020-06", "2027-01..2027-03"])
def test_of_months_without_data_nothing_is_said_to_be_none(protected: Release, period: str) -> None:
    outside = Filters(period=Span.parse(period))
    for name in COUNTING:
        found = render(name, reading(outside), protected)
        texts = (found.title, found.description, *((found.offer.reason,) if found.offer else ()))
        assert "one or very few" not in " ".join(texts), name
    for name in ("overview.indicators", "referrals.indicators"):
        found = render(name, reading(outside), protected)
        assert found.title.startswith("There are no data for ")
        assert found.table.rows == ()
        assert found.offer
        assert read_query(found.offer.query, is_place=protected.is_place).filters.period
    for page in PAGES:
        title = headline(page, question_of(outside, protected)).title
        assert title.startswith("There are no data for "), page


def test_then_the_area_around_and_then_the_view_without_a_filter_are_offered(
    tmp_path: Path,
) -> None:
    people = [*some("2026-01", place="BD2022", sex="male"), *some("2026-01", place="BD3026")]
    release = released(tmp_path, people=people)

    def wider(**codes: tuple[str, ...]) -> tuple[str, Filters]:
        filters = Filters(period=release.span, **codes)
        empty_state = nothing(view(release, filters), PEOPLE)
        return empty_state.action, read_query(empty_state.query, is_place=release.is_place).filters

    action, filters = wider(area=("BD20220094",))
    assert action == "In Cox's Bazar, all months: about 20"
    assert filters == Filters(period=release.span, area=("BD2022",))
    action, filters = wider(area=("BD3026",), sex=("male",))
    assert action == "All months, without the filter area: about 20"
    assert filters == Filters(period=release.span, sex=("male",))
    action, filters = wider(sex=("female",))
    assert action == "All months, without the filter sex: about 40"
    assert filters == Filters(period=release.span)


def test_where_no_wider_view_holds_anything_all_is_reset(tmp_path: Path) -> None:
    release = released(tmp_path, requests=[{"month": day("2026-05"), "size": 10}])
    offer = nothing(view(release, Filters(period=SEPTEMBER, sex=("male",), lang="bn")), ENDINGS)
    assert offer.action == translate("shared.offer.empty_action", "bn")
    assert offer.query == "lang=bn"


def test_quarterly_facts_say_the_quarters_that_were_counted(tmp_path: Path) -> None:
    release = released(tmp_path, legs=[{"quarter": day("2025-01"), "size": 5}])
    filters = Filters(period=SEPTEMBER)
    assert "in Jul – Sep 2026." in nothing(view(release, filters), LEGS).reason


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.filter_too_much])
@given(data=st.data())
def test_what_is_offered_holds_the_number_that_is_said(
    protected: Release, data: st.DataObject
) -> None:
    counted = data.draw(st.sampled_from((PEOPLE, INCIDENTS, LEGS, REQUESTS, ENDINGS)))
    filters = data.draw(any_filters(protected))
    asked = view(protected, filters)
    assume(not unkept(asked, counted))
    assume(queries.total(protected, counted, filters, asked.period) == 0)
    empty_state = nothing(asked, counted)
    read = read_query(empty_state.query, is_place=protected.is_place)
    assert read.ignored == ()
    period = read.filters.period or protected.default_period
    total = queries.total(protected, counted, read.filters, period)
    if empty_state.action != translate("shared.offer.empty_action", filters.lang):
        assert total > 0
        assert empty_state.action.endswith(asked.about(total, counted))


def test_a_fact_that_is_not_kept_by_a_choice_says_so_and_leads_to_the_view_without(
    protected: Release,
) -> None:
    filters = Filters(sex=("female",), age=("15_18",), area=("BD2022",))
    empty_state = not_recorded(view(protected, filters, level="district"), INCIDENTS)
    assert empty_state.reason == "Incidents reported: not kept by sex and age"
    assert empty_state.action == "Show without sex and age"
    assert empty_state.query == "area=BD2022&level=district"


def test_referrals_of_a_camp_are_not_kept_and_those_of_the_area_around_are_offered(
    protected: Release,
) -> None:
    # Events of referrals stand at third areas at the finest (etl.events.referrals).
    found = render("referrals.waiting", reading(Filters(area=["CXB-201"])), protected)
    assert found.title == "Referrals requested: not kept by camp"
    assert (found.offer.action, found.offer.query) == ("Show Ukhia", "area=BD20220094")
    question = view(protected, Filters(area=["CXB-201"], status=["refugee"]))
    assert unkept(question, PEOPLE) == ()
    assert unkept(question, REQUESTS) == ("status", "site")
    both = not_recorded(question, REQUESTS)
    assert (both.action, both.query) == ("Show without legal status and camp", "")


@pytest.mark.parametrize(
    ("filters", "facts", "first"),
    [
        (Filters(), (INCIDENTS, PEOPLE), INCIDENTS),
        (Filters(sex=("female",)), (INCIDENTS, PEOPLE), PEOPLE),
        (Filters(identified_by=("police",)), (LEGS, INCIDENTS), None),
        (Filters(area=("BD2022",), mode=("sea",)), (LEGS, PEOPLE), LEGS),
        (Filters(role=("transit",)), (LEGS, PEOPLE), PEOPLE),
    ],
)
def test_the_first_fact_that_all_choices_apply_to_leads(
    protected: Release, filters: Filters, facts: tuple[Fact, ...], first: Fact | None
) -> None:
    assert leading(view(protected, filters), *facts) is first


def test_a_fact_that_holds_nothing_gives_way_to_one_that_does(tmp_path: Path) -> None:
    release = released(tmp_path, people=some("2026-09"), requests=some("2026-09"))
    asked = view(release)
    assert leading(asked, INCIDENTS, PEOPLE) is PEOPLE
    assert leading(asked, INCIDENTS, LEGS, REQUESTS) is REQUESTS
    assert leading(asked, PEOPLE, REQUESTS) is PEOPLE
    assert leading(asked, INCIDENTS, LEGS) is INCIDENTS
    women = view(release, Filters(sex=("female",)))
    assert leading(women, INCIDENTS, PEOPLE) is PEOPLE  # which holds nothing either


@given(data=st.data())
def test_a_fact_is_kept_by_what_its_sum_obeys(protected: Release, data: st.DataObject) -> None:
    counted = data.draw(st.sampled_from(FACTS))
    asked = view(protected, data.draw(any_filters(protected)))
    names = unkept(asked, counted)
    assert set(names) <= set(asked.filters.active)
    kept = asked.filters
    for name in names:
        kept = kept.with_codes(name, ())
    assert unkept(view(protected, kept), counted) == ()
    assert queries.total(protected, counted, kept, asked.period) == queries.total(
        protected, counted, asked.filters, asked.period
    )


def test_an_empty_card_has_its_reason_as_title_and_no_rows(protected: Release) -> None:
    asked = view(protected, Filters(sex=("female",)))
    empty_state = not_recorded(asked, INCIDENTS)
    found = empty_exhibit(frame(asked, INCIDENTS), empty_state)
    assert (found.title, found.figure, found.offer) == (empty_state.reason, None, empty_state)
    assert found.table.rows == ()
    assert found.description == f"{empty_state.reason} {empty_state.action}"


def test_a_query_holds_the_options_of_the_view(protected: Release) -> None:
    asked = view(protected, top="50", level="district")
    assert query_of(asked, Filters()) == "level=district&top=50"
    assert query_of(asked, Filters(sex=("male",))) == "sex=male&level=district&top=50"
    assert query_of(view(protected), Filters()) == ""


def test_a_map_offers_the_number_that_the_wider_map_shows(tmp_path: Path) -> None:
    """Places where people were stopped are no hotspots, on the wider map neither."""
    incidents = [
        *some("2026-08", 3, place="BD2022", place_role="interception"),
        *some("2026-02", 4, place="BD2022"),
    ]
    release = released(tmp_path, incidents=incidents)
    for exhibit_id in ("hotspots.map", "hotspots.ranking", "overview.map"):
        found = render(exhibit_id, reading(Filters(period=SEPTEMBER)), release)
        read = read_query(found.offer.query, is_place=release.is_place, options=("measure",))
        wider = render(exhibit_id, reading(read.filters), release)
        assert wider.offer is None, found.offer.action
        assert found.offer.action.endswith("about 20")


#: Facts that an exhibit counts: the first that is kept by all that was chosen.
LED_BY = {
    "referrals.pathway": ("requests",),
    "referrals.matrix": ("requests",),
    "referrals.outcomes": ("endings",),
    "routes.map": ("legs",),
    "hotspots.area": ("incidents", "people"),
    "explore.answer": ("people",),
}


#: Exhibits that say in place of a number that it is not kept by the filters.
SAID_IN_PLACE = ("overview.changes", "overview.indicators")
#: Options that choose a part of what is counted, of which there may be none.
NARROWING = (
    ("referrals.pathway", "through"), ("referrals.steps", "by"), ("explore.answer", "count"),
)  # fmt: skip
#: Months before the last one of a period that trends show beside it.
BEFORE = {"overview.trend": 23, "sheet.months": 11}
#: Months until the last of the release that others show, whatever period is chosen.
LAST = {"hotspots.quarters": 24, "hotspots.area-line": 36, "hotspots.time": 36}


def shown_months(exhibit_id: str, release: Release, filters: Filters) -> Span:
    """The months that an exhibit shows, which may be more than those that are chosen."""
    period = definition(exhibit_id).period(filters, release)
    span = period.clipped(release.span)
    if exhibit_id in BEFORE and span:
        return Span(min(span.start, span.end.plus(-BEFORE[exhibit_id])), span.end)
    if exhibit_id in LAST:
        return Span.last(LAST[exhibit_id], until=release.span.end)
    return period.snapped("quarter") if exhibit_id == "referrals.pathway" else period


def counted_total(exhibit_id: str, release: Release, filters: Filters) -> int | None:
    """How many events an exhibit counts; None where no fact of it is kept by the filters."""
    period = shown_months(exhibit_id, release, filters)
    if exhibit_id.startswith("hotspots.") or exhibit_id == "overview.map":
        filters = queries.shown_roles(filters)
    facts = LED_BY.get(exhibit_id, definition(exhibit_id).facts)
    led = leading(Question(release, filters, period, {}), *map(fact, facts))
    if led is None:
        return None
    if exhibit_id == "referrals.steps" and "step" in led:  # of first referrals alone
        counted = queries.counts(release, led, filters, period, ("step",))
        return sum(size for step, size in counted if step == "first")
    return queries.total(release, led, filters, period)


@pytest.mark.parametrize("step", ["first", "second"])
def test_only_first_referrals_are_steps(tmp_path: Path, step: str) -> None:
    """Found by the property below: what came of a second referral alone is no step."""
    before = {"month": day("2025-01"), "size": 10, "step": step}
    ended = {"month": day("2026-07"), "status": "done", "lag_quarters": 0, "size": 10}
    release = released(tmp_path, requests=[before], endings=[{**ended, "step": step}])
    found = render("referrals.steps", reading(Filters()), release)
    is_drawn = step == "first"
    assert (found.offer is None) == is_drawn
    assert bool(counted_total("referrals.steps", release, Filters())) == is_drawn


@pytest.mark.parametrize("exhibit_id", [*BEFORE, *LAST])
def test_what_holds_something_in_the_months_that_are_shown_is_drawn(
    tmp_path: Path, exhibit_id: str
) -> None:
    """Found by the property below: neither fact held anything in the months that were chosen."""
    others = some("2026-09", **{"class": "smuggling", "class_group": "smuggling"})
    own = some("2026-02", **{"class": "trafficking_confirmed", "class_group": "trafficking_other"})
    held, asked = "incidents", {"measure": "people"}
    if exhibit_id == "sheet.months":  # which asks for incidents first, whatever is chosen
        held, asked = "people", {}
    empty = "people" if held == "incidents" else "incidents"
    release = released(tmp_path, **{held: own, empty: others})
    filters = Filters(period=SEPTEMBER).with_codes("class", ["trafficking_confirmed"])
    found = render(exhibit_id, reading(filters, **asked), release)
    assert found.offer is None
    assert found.unit == held


#: Cards that say nothing of a few: each of their numbers would be none or very few.
OF_MANY = ("referrals.bottlenecks", "referrals.coverage", "referrals.pathway")


@pytest.mark.parametrize("exhibit_id", COUNTING)
@settings(max_examples=examples(30), suppress_health_check=[HealthCheck.filter_too_much])
@given(data=st.data())
def test_what_holds_anything_is_drawn(
    protected: Release, exhibit_id: str, data: st.DataObject
) -> None:
    filters = data.draw(few_filters(protected) | any_filters(protected, most=1))
    options = {
        option.name: data.draw(st.sampled_from(option.values))
        for option in definition(exhibit_id).options
        if (exhibit_id, option.name) not in NARROWING
    }
    found = render(exhibit_id, reading(filters, **options), protected)
    total = counted_total(exhibit_id, protected, filters)
    assert total is not None or found.offer is not None or exhibit_id in SAID_IN_PLACE
    if total and exhibit_id in OF_MANY and found.offer:
        assert found.title.startswith("Too little is known of referrals in ")
    elif total:
        assert found.offer is None
        assert found.table.rows or exhibit_id == "overview.changes"
