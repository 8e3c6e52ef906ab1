"""Referrals: where people wait."""

from __future__ import annotations

from pathlib import Path

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import exhibits
from dashboard.exhibits.counts.open_referrals import COHORTS
from dashboard.exhibits.registry import render
from dashboard.filters import Filters
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support.readings import few_filters, reading, spans
from tests.support.referrals import QUARTER, ending, release_of, request
from tests.support.releases import day

exhibits.load()

#: What is open at the end of a month, by the plainest statement.
OPEN = """
SELECT coalesce(service, 'other') AS code, greatest(sum(size), 0)::BIGINT AS waiting FROM (
    SELECT service, size FROM requests WHERE month <= ?
    UNION ALL SELECT service, -size FROM endings WHERE month <= ?
) GROUP BY 1"""


@given(data=st.data())
def test_what_is_open_is_requested_less_ended_by_plain_sql(
    protected: Release, data: st.DataObject
) -> None:
    period = data.draw(spans(protected)).clipped(protected.span)
    if period is None:
        return
    found = render("referrals.waiting", reading(Filters(period=period), kinds="service"), protected)
    expected = dict(protected.query(OPEN, [period.end.first_day] * 2))
    shown = dict(zip(found.table.column("code"), found.table.column("waiting"), strict=True))
    everyone = shown.pop("all")
    assert shown == {code: expected[str(code)] for code in shown}
    assert all(size == 0 for code, size in expected.items() if code not in shown)
    (both,) = protected.query(
        "SELECT greatest((SELECT sum(size) FROM requests WHERE month <= ?) - "
        "(SELECT sum(size) FROM endings WHERE month <= ?), 0)::BIGINT",
        [period.end.first_day] * 2,
    )
    assert everyone == both[0]


@given(data=st.data())
def test_parts_by_quarter_of_request_sum_to_what_is_open_and_none_is_below_zero(
    protected: Release, data: st.DataObject
) -> None:
    found = render("referrals.waiting", reading(data.draw(few_filters(protected))), protected)
    if found.offer is None:
        columns = [found.table.column(cohort) for cohort in COHORTS]
        for waiting, *parts in zip(found.table.column("waiting"), *columns, strict=True):
            assert waiting == sum(parts)
            assert min(parts) >= 0
        go.Figure(found.figure)


@pytest.mark.parametrize(
    ("requested", "ended", "lag", "parts"),
    [
        ("2026-05", None, "", (0, 0, 10)),
        ("2026-02", None, "", (0, 10, 0)),
        ("2025-12", None, "", (10, 0, 0)),
        ("2026-05", "2026-06", "0", (0, 0, 0)),
        ("2026-02", "2026-04", "1", (0, 0, 0)),
        ("2025-06", "2026-06", "2_plus", (0, 0, 0)),
        ("2026-05", "2026-07", "1", (0, 0, 10)),  # it ended after the period
        ("2026-07", None, "", None),  # it was requested after the period
    ],
)
def test_who_waits_stands_in_the_quarter_of_the_request(
    tmp_path: Path, requested: str, ended: str | None, lag: str, parts: tuple[int, ...] | None
) -> None:
    ends = [ending("done", month=day(ended), lag_quarters=lag)] if ended else []
    made = release_of(tmp_path, [request(month=day(requested)), request("food")], ends)
    found = render("referrals.waiting", reading(QUARTER, kinds="service"), made)
    rows = {
        code: tuple(found.table.column(cohort)[at] for cohort in COHORTS)
        for at, code in enumerate(found.table.column("code"))
    }
    assert rows.get("health") == parts


def test_the_longest_waits_come_first_then_what_grows(tmp_path: Path) -> None:
    made = release_of(
        tmp_path,
        [
            *[request("food")] * 2,
            *[request("cash")] * 6,
            *[request("legal_aid", month=day("2025-10"))] * 4,
        ],
        [ending("done", "cash")] * 5,
    )
    found = render("referrals.waiting", reading(QUARTER, kinds="service"), made)
    assert found.table.column("code") == ("legal_aid", "food", "cash", "all")
    assert found.title == "Legal aid: about 40 wait, about 40 of them since before Jan 2026"
    assert found.figure is not None
    assert found.figure["data"][-1]["text"][1].endswith(" (a month: 7 in, 0 out)")


def test_where_no_service_clearly_waits_longest_the_title_is_about_all(tmp_path: Path) -> None:
    old = {"month": day("2025-10")}
    made = release_of(
        tmp_path, [*[request("food", **old)] * 4, *[request("cash", **old)] * 4, request("cash")]
    )
    found = render("referrals.waiting", reading(QUARTER), made)
    assert found.title == "About 90 referrals wait, about 80 of them since before Jan 2026"


def test_services_too_few_to_tell_apart_wait_by_kind(tmp_path: Path) -> None:
    services = ("safe_shelter", "case_management", "family_tracing")
    made = release_of(tmp_path, [request(service) for service in services])
    found = render("referrals.waiting", reading(QUARTER), made)
    assert found.detail is not None
    assert found.detail.rung == "group"
    assert found.table.rows[0][:3] == ("protection", "Protection", 30)


def test_more_ended_than_requested_is_none_and_says_so(tmp_path: Path) -> None:
    made = release_of(tmp_path, [request()], [ending("done")] * 3)
    found = render("referrals.waiting", reading(QUARTER), made)
    assert found.title == "None or very few referrals wait"
    assert found.table.column("waiting") == (0, 0)


def test_a_period_without_data_offers_one_with_them(protected: Release) -> None:
    found = render(
        "referrals.waiting", reading(Filters(period=Span.parse("2001-01..2001-03"))), protected
    )
    assert found.offer is not None
