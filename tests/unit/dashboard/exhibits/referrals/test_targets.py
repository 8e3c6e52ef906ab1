"""Referrals: results against targets, which are the numbers that stand elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import render
from dashboard.filters import Filters
from dashboard.model.periods import Span
from dashboard.model.target import Target
from dashboard.release.open_release import Release
from tests.support.readings import drawn, reading
from tests.support.referrals import QUARTER, ending, request
from tests.support.releases import built, day

SPAN = Span.parse("2026-04..2026-06")
UKHIA = "BD20220094"


def target(indicator: str, number: int, **more: Any) -> Target:
    own = {"area": "", "group": "all", "span": SPAN, "source": "Plan"} | more
    return Target(indicator, number=number, **own)


def shown(
    folder: Path, targets: Sequence[Target], units: Any, filters: Filters = QUARTER, **more: Any
) -> Exhibit:
    release = built(folder, targets=targets, units=units, **more)
    return render("referrals.targets", reading(filters), release)


def rows(found: Exhibit) -> list[tuple[Any, ...]]:
    names = ("what", "target", "result", "state")
    return list(zip(*(found.table.column(name) for name in names), strict=True))


def test_legal_aid_by_age_and_sex_is_counted_apart(tmp_path: Path) -> None:
    endings = [
        ending("done", "legal_aid", sex="female", is_child="yes"),
        *[ending("done", "legal_aid", sex="female", is_child="no")] * 6,
        ending("rejected", "legal_aid", sex="female", is_child="no"),
        *[ending("done", "health", sex="male", is_child="no")] * 9,
    ]
    groups = {"girls": 100, "women": 20, "men": 30, "all": 70}
    targets = [target("services.legal_aid", n, group=group) for group, n in groups.items()]
    found = shown(tmp_path, targets, {"endings": endings})
    assert rows(found) == [
        ("Services received, Legal aid", 70, 70, "Too close to tell"),
        ("Services received, Legal aid, Girls", 100, 10, "Not reached"),
        ("Services received, Legal aid, Men", 30, 0, "Not reached"),
        ("Services received, Legal aid, Women", 20, 60, "Reached"),
    ]
    assert found.title == "1 of 4 targets is met"


def test_each_result_is_the_number_of_its_exhibit(protected: Release, tmp_path: Path) -> None:
    indicators = ("incidents", "people", "first_referrals", "services", "open", "in_time")
    targets = [target(name, 40) for name in indicators]
    release = built(tmp_path, targets=targets)
    found = render("referrals.targets", reading(QUARTER), release)
    results = dict(zip(found.table.column("code"), found.table.column("result"), strict=True))
    tiles = {
        item["id"]: item["value"]
        for page in ("overview.indicators", "referrals.indicators")
        for item in drawn(render(page, reading(QUARTER), release))["items"]
    }
    assert results == {name: tiles[name] for name in indicators}


def test_what_a_reader_chose_beside_the_period_changes_nothing(tmp_path: Path) -> None:
    units = {"requests": [request("legal_aid", sex=sex) for sex in ("male", "female")] * 4}
    targets = [target("referrals.legal_aid", 50)]
    everyone = shown(tmp_path / "a", targets, units)
    women = Filters(period=SPAN, sex=("female",), class_=("smuggling",))
    assert rows(shown(tmp_path / "b", targets, units, women)) == rows(everyone)
    assert "female" not in everyone.subtitle.lower()
    later = Filters(period=Span.parse("2026-07..2026-09"))
    none = shown(tmp_path / "c", targets, units, later)
    assert none.offer is not None
    assert none.title == "No target is set for these months."


@pytest.mark.parametrize(
    ("number", "period", "state"),
    [
        (500, "2026-04..2026-12", "Not yet"),
        (500, "2026-04..2026-06", "Not reached"),
        (80, "2026-04..2026-06", "Too close to tell"),
        (20, "2026-04..2026-12", "Reached"),
    ],
)
def test_a_state_holds_with_the_error_and_only_at_the_end(
    tmp_path: Path, number: int, period: str, state: str
) -> None:
    targets = [target("referrals", number, span=Span.parse(period))]
    found = shown(tmp_path, targets, {"requests": [request()] * 8}, exact=False)
    assert rows(found) == [("Referrals requested", number, 80, state)]
    ((bullet,), high) = (drawn(found)["rows"], found.table.column("high")[0])
    assert bullet["low"] < bullet["value"] < bullet["high"]
    assert max(bullet["high"], bullet["target"]) == pytest.approx(0.95)
    assert bullet["range"].endswith(f" {high}")


def test_open_wants_at_most_and_a_service_of_nobody_is_none(tmp_path: Path) -> None:
    units = {"requests": [request()] * 8, "endings": [ending("done")] * 2}
    targets = [
        target("open", 500),
        target("open", 5, span=Span.parse("2026-05..2026-05")),
        target("referrals.cash", 5),
    ]
    found = shown(tmp_path, targets, units)
    assert [row[1:] for row in rows(found)] == [
        (500, 60, "Within it"),
        (5, 60, "Above it"),
        (5, 0, "Too close to tell"),
    ]


@pytest.mark.parametrize(
    ("number", "state"), [(500, "Not reached"), (80, "Too close to tell"), (20, "Reached")]
)
def test_women_of_an_upazila_who_were_referred_to_a_service_are_judged(
    tmp_path: Path, number: int, state: str
) -> None:
    requests = [request("cash", place=UKHIA, sex="female", is_child="no")] * 8
    others = [request("cash", place="BD2022", sex="female", is_child="no"), request("cash")]
    plan = target("referrals.cash", number, area=UKHIA, group="women")
    found = shown(tmp_path, [plan], {"requests": requests + others})
    assert [row[2:] for row in rows(found)] == [(80, state)]


def test_what_waits_and_what_is_in_time_in_an_upazila_are_judged(tmp_path: Path) -> None:
    units = {
        "requests": [request(place=UKHIA, priority="normal_2w")] * 30,
        "endings": [ending("done", place=UKHIA, priority="normal_2w", service_band="within_1")]
        * 30,
    }
    targets = [target(name, 90, area=UKHIA) for name in ("open", "in_time")]
    assert "Too few to tell" not in shown(tmp_path, targets, units).table.column("state")


@pytest.mark.parametrize(
    ("indicator", "number", "states"),
    [
        ("open", 500, ("Within it", "Within it so far")),
        ("open", 5, ("Above it", "Above it so far")),
        ("in_time", 1, ("Reached", "Reached so far")),
        ("referrals", 20, ("Reached", "Reached")),
    ],
)
def test_what_may_still_change_is_met_only_when_its_months_are_over(
    tmp_path: Path, indicator: str, number: int, states: tuple[str, str]
) -> None:
    units = {
        "requests": [request(priority="normal_2w")] * 40,
        "endings": [ending("done", priority="normal_2w", service_band="within_1")] * 34,
    }
    for end, state in zip(("2026-09", "2026-12"), states, strict=True):
        plan = target(indicator, number, span=Span.parse(f"2026-04..{end}"))
        found = shown(tmp_path / end, [plan], units)
        assert found.table.column("state") == (state,)
        is_met = state in ("Within it", "Reached")
        assert found.title == ("1 of 1 targets is met" if is_met else "No target is met so far")


def test_a_target_whose_months_have_not_begun_is_not_yet(tmp_path: Path) -> None:
    later, months = Filters(period=Span.parse("2026-07..2026-12")), Span.parse("2026-10..2026-12")
    targets = [target(name, 5, span=months) for name in ("referrals", "open")]
    found = shown(tmp_path, targets, {"requests": [request()]}, later)
    assert [row[2:] for row in rows(found)] == [(None, "Not yet")] * 2
    assert "too few to tell" not in found.description
    assert "its months have not begun" in found.description


def test_an_area_is_named_and_counted_alone(tmp_path: Path) -> None:
    month = {"month": day("2026-05")}
    units = {
        "people": [month | {"place": place, "size": 5} for place in ("BD2022", "BD2022", "BD2015")]
    }
    (row,) = rows(shown(tmp_path, [target("people", 3, area="BD2022")], units))
    assert row[:3] == ("People identified, Cox's Bazar", 3, 10)


def test_what_began_before_the_data_is_not_called_missed(tmp_path: Path) -> None:
    units = {"endings": [ending("done", "legal_aid")]}
    states = [
        rows(shown(tmp_path, [target("services.legal_aid", 90)], units, months=months))[0][-1]
        for months in (5, 24)
    ]
    assert states == ["Data begin later", "Not reached"]
