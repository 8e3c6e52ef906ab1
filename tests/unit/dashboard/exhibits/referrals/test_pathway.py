"""Referrals: the pathway."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard import exhibits
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import render
from dashboard.filters import Filters
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support.readings import reading
from tests.support.referrals import QUARTER, ending, release_of, request
from tests.support.releases import day

exhibits.load()


def outcomes(found: Exhibit) -> dict[str, int]:
    """Totals by outcome as the table says them."""
    return {
        str(end): int(size or 0)
        for part, start, end, size, *_ in found.table.rows
        if part == "All" == start
    }  # fmt: skip


def test_what_is_waiting_is_requested_less_ended(tmp_path: Path) -> None:
    made = release_of(
        tmp_path,
        [request()] * 6,
        [*[ending("done")] * 3, ending("rejected"), ending("revoked", reason="declined_by_person")],
    )
    found = render("referrals.pathway", reading(QUARTER), made)
    assert outcomes(found) == {
        "Service received": 30, "Waiting": 10, "Person declined": 10, "Rejected": 10,
    }  # fmt: skip
    assert found.title == "50 % of referrals led to a service; most asked for: health care"


def test_waiting_is_never_below_zero(tmp_path: Path) -> None:
    made = release_of(tmp_path, [request()] * 2, [ending("done")] * 4)
    found = render("referrals.pathway", reading(QUARTER), made)
    assert outcomes(found) == {"Service received": 40}
    assert found.title.startswith("100 %")


@pytest.mark.parametrize(
    ("month", "lag", "counted"),
    [
        ("2026-04", "0", True),
        ("2026-04", "1", False),  # requested in the first quarter
        ("2026-08", "1", True),
        ("2026-08", "0", False),
        ("2026-08", "2_plus", False),
        ("2026-03", "0", False),
    ],
)
def test_an_ending_belongs_to_the_quarter_of_its_request(
    tmp_path: Path, month: str, lag: str, counted: bool
) -> None:
    made = release_of(
        tmp_path, [request()] * 4, [ending("done", month=day(month), lag_quarters=lag)]
    )
    found = render("referrals.pathway", reading(QUARTER), made)
    assert ("Service received" in outcomes(found)) == counted


def test_outcomes_too_thin_for_each_service_are_drawn_all_the_same(tmp_path: Path) -> None:
    services = ("health", "psychosocial", "legal_aid")
    made = release_of(
        tmp_path,
        [request(service) for service in services] * 6,
        [ending(status, service) for service in services for status in ("done", "rejected")],
    )
    found = render("referrals.pathway", reading(QUARTER), made)
    assert found.offer is None
    assert outcomes(found) == {"Service received": 30, "Waiting": 120, "Rejected": 30}


def test_months_are_widened_to_whole_quarters_and_that_is_said(tmp_path: Path) -> None:
    made = release_of(tmp_path, [request()] * 4)
    found = render("referrals.pathway", reading(Filters(period=Span.parse("2026-06"))), made)
    assert "Apr – Jun 2026" in found.subtitle
    assert any(note.startswith("Counted by whole quarters") for note in found.notes)


def test_a_person_who_declines_is_drawn_neutral_and_never_as_a_failure(tmp_path: Path) -> None:
    made = release_of(
        tmp_path, [request()] * 4, [ending("rejected", reason="declined_by_person"),
                                    ending("rejected")]
    )  # fmt: skip
    found = render("referrals.pathway", reading(QUARTER), made)
    assert found.figure is not None
    node = found.figure["data"][0]["node"]
    colours = dict(zip(node["label"], node["color"], strict=True))
    assert colours["Person declined a few"] == "#7C8A98"
    assert colours["Rejected a few"] != "#7C8A98"
    assert any("valid outcome" in note for note in found.notes)


def test_columns_hold_at_most_six_nodes(protected: Release) -> None:
    found = render("referrals.pathway", reading(Filters(period=protected.span)), protected)
    assert found.figure is not None
    assert len(found.figure["data"][0]["node"]["label"]) <= 6 + 6 + 5
    assert any("“All others”" in note for note in found.notes)


RUNGS = ("auto", "agency_service", "service", "group")
AGENCIES = ("police", "un", "court", "shelter", "health", "national_ngo")
SERVICES = ("legal_aid", "health", "psychosocial", "safe_shelter", "cash", "food", "education")


@pytest.mark.parametrize("rung", RUNGS)
@pytest.mark.parametrize("years", [1, 3])
def test_at_most_twenty_bands_are_drawn(protected: Release, rung: str, years: int) -> None:
    period = Span.last(12 * years, until=protected.span.end)
    asked = reading(Filters(period=period), services=rung)
    trace = (render("referrals.pathway", asked, protected).figure or {})["data"][0]
    assert trace["type"] == "bar" or 0 < len(trace["link"]["value"]) <= 20


def many(tmp_path: Path) -> Release:
    pairs = [(service, agency) for service in SERVICES for agency in AGENCIES]
    return release_of(
        tmp_path,
        [request(*pair) for pair in pairs for _ in range(4)],
        [ending(status, service) for service in SERVICES for status in ("done", "rejected")],
    )


def test_agencies_whose_bands_would_cross_are_bars_where_they_are_asked_for(tmp_path: Path) -> None:
    made = many(tmp_path)
    usual = render("referrals.pathway", reading(QUARTER), made)
    assert usual.subtitle.endswith("by service: with agencies the bands would be too many")
    assert (usual.figure or {})["data"][0]["type"] == "sankey"
    forced = render("referrals.pathway", reading(QUARTER, services="agency_service"), made)
    assert (forced.figure or {})["data"][0]["type"] == "bar"
    assert usual.plot is None and forced.plot is not None and forced.plot.form == "bars"
    asked = [row for row in forced.table.rows if row[0] == "Requested"]
    assert len(asked) == len(SERVICES) * len(AGENCIES)
    assert outcomes(forced) == outcomes(usual)


@pytest.mark.parametrize(
    ("through", "services", "kept", "title"),
    [
        ("health", "auto", {"Health care": 240}, "Health care: 4 % of referrals led to a service"),
        ("health", "group", {"Health care": 240}, "Health care: 4 % of referrals led to a service"),
        ("health_and_mind", "group", {"Health": 480}, "Health: 4 % of referrals led to a service"),
        (
            "health_and_mind",
            "service",
            {"Health care": 240, "Psychosocial support": 240},
            "Health: 4 % of referrals led to a service",
        ),
        ("documentation", "service", {}, "Documentation: none or very few referrals."),
    ],
)
def test_one_service_or_kind_is_followed_alone(
    tmp_path: Path, through: str, services: str, kept: dict[str, int], title: str
) -> None:
    asked = reading(QUARTER, through=through, services=services)
    found = render("referrals.pathway", asked, many(tmp_path))
    sums: dict[str, int] = {}
    for part, _, service, size, *_ in found.table.rows:
        if part == "Requested":
            sums[str(service)] = sums.get(str(service), 0) + int(size or 0)
    assert sums == kept
    assert (found.offer is None) == bool(kept)
    if found.offer:
        assert "through=all" in found.offer.query
    assert found.title == title


def test_a_rare_service_is_drawn_rough_and_never_as_its_kind(tmp_path: Path) -> None:
    requests = [request("health"), *[request("psychosocial")] * 60]
    made = release_of(tmp_path, requests, [ending("done", "psychosocial")] * 30)
    found = render("referrals.pathway", reading(QUARTER, through="health"), made)
    assert found.title == "Health care: a few referrals"
    assert found.detail is not None
    assert (found.detail.rung, found.detail.is_rough) == ("service", True)
    assert found.detail.rungs == ("agency_service", "service")


def test_a_click_chooses_a_service_and_a_second_one_all(tmp_path: Path) -> None:
    made = many(tmp_path)
    found = render("referrals.pathway", reading(QUARTER, services="service"), made)
    meta = (found.figure or {})["layout"]["meta"]
    assert (meta["click"], "other" in meta["choices"]) == ("through", False)
    assert len(meta["choices"]) > 2
    one = render("referrals.pathway", reading(QUARTER, through="health"), made)
    trace = (one.figure or {})["data"][0]
    assert {code for code, _ in trace["link"]["customdata"]} == {"health"}
    assert all(
        text.endswith("Click to show all services") for _, text in trace["link"]["customdata"]
    )
    assert "Referrals requested: Health care" in one.subtitle


def test_agencies_too_few_to_tell_apart_are_left_out_and_that_is_said(tmp_path: Path) -> None:
    agencies = ("police", "un", "court")
    made = release_of(tmp_path, [request("legal_aid", agency) for agency in agencies])
    found = render("referrals.pathway", reading(QUARTER), made)
    assert found.figure is not None
    assert found.figure["data"][0]["node"]["label"][0] == "Legal aid 30"
    assert found.detail is not None
    assert (found.detail.rung, found.detail.is_rough) == ("service", False)
    assert found.subtitle.endswith(" · by service: too few referrals for single agencies")
    assert "UN agency" not in str(found.table.rows)
    forced = render("referrals.pathway", reading(QUARTER, services="agency_service"), made)
    assert "UN agency" in str(forced.table.rows)
    assert forced.detail is not None
    assert forced.detail.is_rough


def test_the_description_says_a_few_where_words_may_not_be_exact(tmp_path: Path) -> None:
    made = release_of(tmp_path, [request()] * 4, [*[ending("done")] * 3, ending("rejected")])
    found = render("referrals.pathway", reading(QUARTER), made)
    assert found.description.endswith("Outcomes: Service received (about 30), Rejected (a few).")
