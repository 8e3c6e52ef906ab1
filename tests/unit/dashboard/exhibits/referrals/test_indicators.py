"""Referrals: the five numbers at a glance, which are those of the exhibits below them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from dashboard.exhibits.parts.empty_state import is_without_data
from dashboard.exhibits.registry import question_of, render
from dashboard.filters import Filters
from dashboard.model.codes import MAY_NEED_PROTECTION
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support.readings import drawn, few_filters, reading
from tests.support.referrals import request
from tests.support.releases import built, day
from tests.support.steady import steady

WHO = "Those who may need it."


def tiles(release: Release, filters: Filters) -> Mapping[str, Mapping[str, Any]]:
    found = render("referrals.indicators", reading(filters), release)
    return {item["id"]: item for item in drawn(found)["items"]}


@given(data=st.data())
def test_each_number_is_that_of_the_exhibit_it_is_taken_from(
    protected: Release, data: st.DataObject
) -> None:
    filters = data.draw(few_filters(protected))
    assume(not is_without_data(question_of(filters, protected)))
    own = tiles(protected, filters)
    times = render("referrals.bottlenecks", reading(filters), protected)
    if times.offer is None:
        assert own["in_time"]["value"] == times.table.column("in_time")[0]
    overview = render("overview.indicators", reading(filters), protected)
    people = next(item for item in drawn(overview)["items"] if item["id"] == "people")
    assert own["people"]["value"] == people["value"]
    assert own["people"]["direction"] == people["direction"]


def test_a_number_that_is_not_kept_by_a_filter_says_so(protected: Release) -> None:
    own = tiles(protected, Filters(age=("15_18",), period=protected.span))
    assert own["people"]["value"] is not None
    for name in ("in_time", "open", "declined"):
        assert own[name]["value"] is None
        assert own[name]["text"].endswith("not kept by age")


def test_numbers_that_are_judged_say_what_is_usual_and_the_others_nothing(
    protected: Release,
) -> None:
    quarter = Filters(period=Span.parse("2026-04..2026-06"), compare="previous")
    own = tiles(protected, quarter)
    for name, item in own.items():
        assert item["before_text"] in item["change"], name
        assert (item["word"] != "") == (name in ("people", "declined", "protection")), name
        assert (item["arrow"] in ("up", "down")) == (item["direction"] in ("rose", "fell"))
    alone = tiles(protected, replace(quarter, compare="none"))
    assert all(item["arrow"] is None and not item["word"] for item in alone.values())


def test_who_declined_is_held_against_what_is_usual(tmp_path: Path) -> None:
    declined = {"status": "rejected", "no_service_reason": "declined_by_person"}
    endings = [*steady(3, 12, **declined), *steady(5, 5, status="done")]
    release = built(tmp_path, months=36, units={"endings": endings})
    own = tiles(release, Filters(period=Span.parse("2026-07..2026-09")))["declined"]
    assert (own["value"], own["word"], own["arrow"]) == (180, "more", "up")


@given(data=st.data())
def test_who_may_need_protection_is_the_number_of_people_under_that_filter(
    protected: Release, data: st.DataObject
) -> None:
    filters = data.draw(few_filters(protected))
    assume(not is_without_data(question_of(filters, protected)))
    own = tiles(protected, filters)["protection"]
    chosen = filters.codes_of("status")
    codes = [code for code in MAY_NEED_PROTECTION if not chosen or code in chosen]
    if not codes:
        assert own["value"] is None
        return
    assert own["value"] == tiles(protected, filters.with_codes("status", codes))["people"]["value"]


def test_referrals_for_protection_are_said_beside_and_counted_apart(tmp_path: Path) -> None:
    statuses = (["refugee", "stateless"], ["asylum_seeker"], ["national"], None)
    needs = [{"month": day("2026-05"), "legal_status": codes, "size": 5} for codes in statuses]
    requests = [request(service) for service in ("international_protection", "health")] * 3
    release = built(tmp_path, units={"people": needs, "requests": requests})
    quarter = Filters(period=Span.parse("2026-04..2026-06"))
    own = tiles(release, quarter)["protection"]
    assert own["value"] == 10
    match = re.fullmatch(rf"{WHO} (.+)\. Referrals for it: about 30\.", own["change"])
    assert match
    assert match[1][0].isupper()
    other = tiles(release, quarter.with_codes("status", ["national"]))["protection"]
    assert (other["value"], other["change"]) == (None, "")
    notes = render("referrals.indicators", reading(quarter), release).notes
    assert any("not the same people" in note for note in notes)


def test_a_change_is_said_before_numbers_of_something_else(tmp_path: Path) -> None:
    """After them it would be read as theirs."""
    units = {"people": steady(3, 12), "requests": [request("health")] * 3}
    release = built(tmp_path, months=36, units=units)
    change = tiles(release, Filters(period=Span.parse("2026-07..2026-09")))["people"]["change"]
    assert re.fullmatch(
        r"Usual \d+ to \d+ · more than usual\. First referrals: none or very few\.", change
    )


@given(data=st.data())
def test_a_line_is_of_the_numbers_of_its_tile(protected: Release, data: st.DataObject) -> None:
    own = tiles(protected, data.draw(few_filters(protected)))
    year = tiles(protected, Filters(period=Span.last(12, until=protected.span.end)))
    for name in ("people", "protection"):
        assert len(year[name]["series"]) == 12
        assert sum(year[name]["series"]) == year[name]["value"]
    assert year["in_time"]["series"] == year["declined"]["series"] == []
    now = own["open"]["value"]
    if now is not None and own["open"]["series"]:
        assert own["open"]["series"][-1] == now
