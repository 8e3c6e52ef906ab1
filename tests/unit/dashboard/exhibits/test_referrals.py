"""Referrals: the pathway and the matrix."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import exhibits, queries
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import render
from dashboard.filters import Filters
from dashboard.model.facts import REQUESTS
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support.readings import few_filters, reading
from tests.support.releases import build_release, day

exhibits.load()
QUARTER = Filters(period=Span.parse("2026-04..2026-06"))


def request(service: str = "health", agency: str = "police", **more: object) -> dict[str, object]:
    own = {"month": day("2026-05"), "step": "first", "size": 10}
    return {**own, "service": service, "from_agency_type": agency} | more


def ending(
    status: str, service: str = "health", reason: str | None = None, **more: object
) -> dict[str, object]:
    own = {"month": day("2026-05"), "step": "first", "size": 10, "lag_quarters": "0"}
    return {**own, "service": service, "status": status, "no_service_reason": reason} | more


def release_of(
    folder: Path,
    requests: Sequence[Mapping[str, object]],
    endings: Sequence[Mapping[str, object]] = (),
) -> Release:
    units = {"requests": requests, "endings": endings}
    return Release(build_release(folder / "made.duckdb", units=units))


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


@pytest.mark.parametrize("exhibit_id", ["referrals.pathway", "referrals.matrix"])
def test_referrals_that_are_not_kept_by_a_filter_say_so(
    protected: Release, exhibit_id: str
) -> None:
    found = render(exhibit_id, reading(Filters(age=("15_18",), sex=("female",))), protected)
    assert found.offer is not None
    assert found.title == "Referrals requested: not kept by age"
    assert found.offer.query.startswith("sex=female")


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


def test_columns_hold_at_most_nine_and_other(protected: Release) -> None:
    found = render("referrals.pathway", reading(Filters(period=protected.span)), protected)
    assert found.figure is not None
    assert len(found.figure["data"][0]["node"]["label"]) <= 10 + 10 + 5
    assert any("“Other”" in note for note in found.notes)


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


def test_services_too_few_to_tell_apart_are_put_together_by_kind(tmp_path: Path) -> None:
    services = ("safe_shelter", "case_management", "family_tracing")
    agencies = ("police", "un", "court")
    made = release_of(tmp_path, [request(s, a) for s, a in zip(services, agencies, strict=True)])
    pathway = render("referrals.pathway", reading(QUARTER), made)
    matrix = render("referrals.matrix", reading(QUARTER), made)
    for found in (pathway, matrix):
        assert found.detail is not None
        assert found.detail.rung == "group"
    assert pathway.table.rows[0][:4] == ("Requested", "All", "Protection", 30)
    assert matrix.table.on_page.rows == (("All", 30),)
    assert matrix.title == "The service most asked for is protection"
    assert matrix.subtitle.endswith(" · by kind of service: too few referrals for single agencies")


def test_a_service_has_its_own_name_and_a_kind_of_services_that_of_the_kind(
    protected: Release,
) -> None:
    year = Filters(period=protected.default_period)
    single = render("referrals.matrix", reading(year, cells="agency_service"), protected)
    columns = {column.code: column.label for column in single.table.on_page.columns[1:]}
    assert len(columns) > 1
    assert columns == {code: protected.label("service", code, "en") for code in columns}
    kinds = render("referrals.matrix", reading(year, cells="group"), protected)
    assert {column.label for column in kinds.table.on_page.columns[1:]} <= {
        "Protection", "Health", "Legal help and papers", "Livelihood, cash and relief", "Other",
    }  # fmt: skip


def test_services_without_a_kind_are_other_kinds(tmp_path: Path) -> None:
    made = release_of(tmp_path, [request("legal_aid"), request("documentation"), request("other")])
    found = render("referrals.matrix", reading(QUARTER, cells="group"), made)
    columns = {column.code: column.label for column in found.table.on_page.columns[1:]}
    assert columns == {"legal": "Legal help and papers", "other": "Other"}
    assert found.table.on_page.rows == (("All", 20, 10),)


@pytest.mark.parametrize("exhibit_id", ["referrals.pathway", "referrals.matrix"])
@given(data=st.data())
def test_every_view_is_a_figure_or_says_why_not(
    protected: Release, exhibit_id: str, data: st.DataObject
) -> None:
    found = render(exhibit_id, reading(data.draw(few_filters(protected))), protected)
    assert (found.figure is None) == (found.offer is not None)
    if found.figure:
        go.Figure(found.figure)


@given(data=st.data())
def test_requests_of_table_and_matrix_sum_to_the_total(
    protected: Release, data: st.DataObject
) -> None:
    filters = data.draw(few_filters(protected))
    matrix = render("referrals.matrix", reading(filters), protected)
    if matrix.figure:
        period = filters.period or protected.default_period
        total = queries.total(protected, REQUESTS, filters, period)
        assert sum(int(n or 0) for row in matrix.table.on_page.rows for n in row[1:]) == total
    pathway = render("referrals.pathway", reading(filters), protected)
    if pathway.figure:
        period = (filters.period or protected.default_period).snapped("quarter")
        total = queries.total(protected, REQUESTS, filters, period)
        asked = [size for part, _, _, size, *_ in pathway.table.rows if part == "Requested"]
        assert sum(asked) == total


@pytest.mark.parametrize("exhibit_id", ["referrals.pathway", "referrals.matrix"])
@given(data=st.data())
def test_every_number_of_the_description_stands_in_the_table(
    unprotected: Release, exhibit_id: str, data: st.DataObject
) -> None:
    found = render(exhibit_id, reading(data.draw(few_filters(unprotected))), unprotected)
    _, named, said = re.sub(r"\.$", "", found.description).partition(": ")
    if named and found.figure:
        cells = {cell for row in found.table.rows for cell in row}
        assert {int(part.rsplit(" ", 1)[1]) for part in said.split(", ")} <= cells


def test_the_matrix_names_its_largest_known_cell(tmp_path: Path) -> None:
    made = release_of(tmp_path, [*[request("other", "other")] * 5, *[request()] * 4])
    found = render("referrals.matrix", reading(QUARTER), made)
    assert found.title == "Most frequent referral: by police for health care, about 40"


def test_a_title_names_agencies_and_services_as_a_sentence_does(tmp_path: Path) -> None:
    made = release_of(tmp_path, [*[request()] * 4, *[request("legal_aid")] * 4])
    matrix = render("referrals.matrix", reading(QUARTER), made)
    assert matrix.title == "Most frequent referrals: by police for health care and legal aid"
    pathway = render("referrals.pathway", reading(QUARTER), made)
    assert pathway.title == "Health care and legal aid are asked for most"


@pytest.mark.parametrize(
    ("other", "title"),
    [
        (
            ("health", "shelter"),
            "Most frequent referrals: by police and shelter for health care",
        ),
        (("legal_aid", "shelter"), "The two most common referrals are about equal"),
    ],
)
def test_two_referrals_too_close_to_rank_are_named_by_what_they_share(
    tmp_path: Path, other: tuple[str, str], title: str
) -> None:
    made = release_of(tmp_path, [*[request()] * 4, *[request(*other)] * 4])
    assert render("referrals.matrix", reading(QUARTER), made).title == title


def test_the_description_says_a_few_where_words_may_not_be_exact(tmp_path: Path) -> None:
    made = release_of(tmp_path, [request()] * 4, [*[ending("done")] * 3, ending("rejected")])
    found = render("referrals.pathway", reading(QUARTER), made)
    assert found.description.endswith("Outcomes: Service received about 30, Rejected a few.")
