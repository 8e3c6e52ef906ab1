"""Referrals: the pathway."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import render
from dashboard.filters import Filters
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support.readings import drawn, reading
from tests.support.referrals import QUARTER, ending, release_of, request
from tests.support.releases import day


def outcomes(found: Exhibit) -> dict[str, int]:
    """Totals by outcome as the table says them."""
    return {
        str(end): int(size or 0)
        for part, start, end, size, *_ in found.table.rows
        if part == "All" == start
    }  # fmt: skip


def test_what_is_open_is_requested_less_ended(tmp_path: Path) -> None:
    release = release_of(
        tmp_path,
        [request()] * 6,
        [*[ending("done")] * 3, ending("rejected"), ending("revoked", reason="declined_by_person")],
    )
    found = render("referrals.pathway", reading(QUARTER), release)
    assert outcomes(found) == {
        "Led to a service so far": 30, "Open": 10, "Rejected or revoked": 10, "Person declined": 10,
    }  # fmt: skip
    assert found.title == "About 30 of 60 requests have led to a service"
    ends = {row[2]: row[3:6] for row in found.table.rows if row[0] == "Outcome"}
    assert (ends["Led to a service so far"], ends["Open"]) == ((30, 10, 50), (10, None, None))


def test_open_is_never_below_zero(tmp_path: Path) -> None:
    release = release_of(tmp_path, [request()] * 6, [ending("done")] * 8)
    found = render("referrals.pathway", reading(QUARTER), release)
    assert outcomes(found) == {"Led to a service so far": 80}
    assert found.title.startswith("About 60 of 60 ")


def test_what_is_open_of_one_service_stays_though_more_ended_of_another(tmp_path: Path) -> None:
    release = release_of(tmp_path, [request()] * 6, [ending("done", "cash")] * 8)
    found = render("referrals.pathway", reading(QUARTER), release)
    assert outcomes(found) == {"Led to a service so far": 80, "Open": 60}
    trace = drawn(found)["data"][0]
    # Of cash nothing is shown to be requested: no node of nothing, and no band from one.
    assert trace["node"]["label"] == ["Health care 60", "Open 60"]
    assert trace["link"]["value"] == [60]


def test_where_the_requests_of_every_service_are_a_few_the_card_offers_a_wider_view(
    tmp_path: Path,
) -> None:
    few = [request(service) for service in ("health", "cash", "food")]
    release = release_of(tmp_path, [*few, *[request(month=day("2026-01"))] * 6], [ending("done")])
    found = render("referrals.pathway", reading(QUARTER), release)
    assert found.title == "Too little is known of referrals in Apr – Jun 2026 to draw this."
    assert found.offer.action.endswith("about 90")


@pytest.mark.parametrize(
    ("month", "lag", "is_counted"),
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
    tmp_path: Path, month: str, lag: str, is_counted: bool
) -> None:
    release = release_of(
        tmp_path, [request()] * 4, [ending("done", month=day(month), lag_quarters=lag)]
    )
    found = render("referrals.pathway", reading(QUARTER), release)
    assert ("Led to a service so far" in outcomes(found)) == is_counted


def test_outcomes_too_thin_for_each_service_are_drawn_all_the_same(tmp_path: Path) -> None:
    services = ("health", "psychosocial", "legal_aid")
    release = release_of(
        tmp_path,
        [request(service) for service in services] * 6,
        [ending(status, service) for service in services for status in ("done", "rejected")],
    )
    found = render("referrals.pathway", reading(QUARTER), release)
    assert found.offer is None
    assert outcomes(found) == {
        "Led to a service so far": 30, "Open": 120, "Rejected or revoked": 30,
    }  # fmt: skip


def test_months_are_widened_to_whole_quarters_and_that_is_said(tmp_path: Path) -> None:
    release = release_of(tmp_path, [request()] * 4)
    found = render("referrals.pathway", reading(Filters(period=Span.parse("2026-06"))), release)
    assert "Apr – Jun 2026" in found.subtitle
    assert any(note.startswith("Counted by whole quarters") for note in found.notes)


def test_a_person_who_declines_is_drawn_neutral_and_never_as_a_failure(tmp_path: Path) -> None:
    release = release_of(
        tmp_path, [request()] * 4, [ending("rejected", reason="declined_by_person"),
                                    ending("rejected")]
    )  # fmt: skip
    found = render("referrals.pathway", reading(QUARTER), release)
    node = drawn(found)["data"][0]["node"]
    colours = dict(zip(node["label"], node["color"], strict=True))
    assert colours["Person<br>declined a few"] == "#7C8A98"
    assert colours["Rejected or<br>revoked a few"] != "#7C8A98"
    assert any("valid outcome" in note for note in found.notes)


SERVICES = ("legal_aid", "health", "psychosocial", "safe_shelter", "cash", "food", "education")


@pytest.mark.parametrize("years", [1, 3])
def test_at_most_four_by_four_nodes_are_drawn(protected: Release, years: int) -> None:
    period = Span.last(12 * years, until=protected.span.end)
    found = render("referrals.pathway", reading(Filters(period=period)), protected)
    trace = drawn(found)["data"][0]
    assert len(trace["node"]["label"]) <= 4 + 4
    assert trace["node"]["label"][3].startswith("All others")


def test_smaller_services_stand_together_with_all_that_became_of_them(tmp_path: Path) -> None:
    release = release_of(
        tmp_path,
        [request(service) for at, service in enumerate(SERVICES) for _ in range(9 - at)],
        [ending(status, service) for service in SERVICES for status in ("done", "rejected")],
    )
    found = render("referrals.pathway", reading(QUARTER), release)
    rows = {row[1:3]: row[3] for row in found.table.rows if row[0] == "Outcome"}
    assert (
        rows["All others", "Led to a service so far"]
        == rows["All others", "Rejected or revoked"]
        == 40
    )
    assert rows["All others", "Open"] == (6 + 5 + 4 + 3) * 10 - 80
    assert ("Safe shelter", "Open") not in rows


def test_the_description_says_a_few_where_words_may_not_be_exact(tmp_path: Path) -> None:
    release = release_of(tmp_path, [request()] * 4, [*[ending("done")] * 3, ending("rejected")])
    found = render("referrals.pathway", reading(QUARTER), release)
    sentence = "Became: Led to a service so far (about 30), Rejected or revoked (a few)."
    assert found.description.endswith(sentence)
