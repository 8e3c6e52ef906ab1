"""Referrals: what is open, by age of request."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.exhibits.counts.open_referrals import AGES
from dashboard.exhibits.headlines import headline
from dashboard.exhibits.registry import question_of, render
from dashboard.filters import Filters
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support.readings import drawn, few_filters, reading, spans
from tests.support.referrals import QUARTER, ending, release_of, request
from tests.support.releases import day

OLD = {"month": day("2025-03")}
#: What is open at the end of a month, by the plainest statement.
OPEN = """
SELECT coalesce(service, 'other') AS code, greatest(sum(size), 0)::BIGINT AS open FROM (
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
    found = render("referrals.waiting", reading(Filters(period=period)), protected)
    expected = dict(protected.query(OPEN, [period.end.first_day] * 2))
    shown = dict(zip(found.table.column("code"), found.table.column("open"), strict=True))
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
def test_parts_by_age_sum_to_what_is_open_and_none_is_below_zero(
    protected: Release, data: st.DataObject
) -> None:
    found = render("referrals.waiting", reading(data.draw(few_filters(protected))), protected)
    if found.offer is not None:
        return
    columns = [found.table.column(age) for age in AGES]
    for total, *parts in zip(found.table.column("open"), *columns, strict=True):
        assert total == sum(int(part or 0) for part in parts)
        assert min(int(part or 0) for part in parts) >= 0
    assert len(drawn(found)["rows"]) <= 10
    labels = [row["label"] for row in drawn(found)["rows"]]
    assert all(
        str(name) in labels or str(name).lower() in drawn(found)["rest"].lower()
        for name in found.table.column("service")[:-1]
    )


@pytest.mark.parametrize(
    ("requested", "ended", "lag", "parts"),
    [
        ("2026-05", None, "", (10, 0, 0)),
        ("2026-01", None, "", (10, 0, 0)),
        ("2025-12", None, "", (0, 10, 0)),
        ("2025-07", None, "", (0, 10, 0)),
        ("2025-06", None, "", (0, 0, 10)),
        ("2026-05", "2026-06", "0", (0, 0, 0)),
        ("2026-02", "2026-04", "1", (0, 0, 0)),
        ("2025-12", "2026-06", "2_plus", (0, 0, 0)),
        ("2026-05", "2026-07", "1", (10, 0, 0)),  # it ended after the period
        ("2026-07", None, "", None),  # it was requested after the period
    ],
)
def test_what_is_open_stands_in_the_age_of_its_request(
    tmp_path: Path, requested: str, ended: str | None, lag: str, parts: tuple[int, ...] | None
) -> None:
    ends = [ending("done", month=day(ended), lag_quarters=lag)] if ended else []
    release = release_of(tmp_path, [request(month=day(requested)), request("food")], ends)
    found = render("referrals.waiting", reading(QUARTER), release)
    rows = {
        code: tuple(found.table.column(age)[at] for age in AGES)
        for at, code in enumerate(found.table.column("code"))
    }
    assert rows.get("health") == parts


def test_what_was_asked_for_within_a_year_comes_first_and_old_ones_ask_to_be_closed(
    tmp_path: Path,
) -> None:
    release = release_of(
        tmp_path,
        [
            *[request("food")] * 3,
            *[request("cash")] * 9,
            *[request("legal_aid", **OLD)] * 20,
            request("safe_shelter"),
        ],
        [ending("done", "cash")] * 3,
    )
    found = render("referrals.waiting", reading(QUARTER), release)
    assert found.table.column("code") == ("cash", "food", "safe_shelter", "legal_aid", "all")
    assert found.title == "Close or confirm about 200 old referrals; about 100 are recent"
    (*_, oldest) = drawn(found)["rows"]
    assert (oldest["parts"], oldest["text"]) == ([0, 0, 200], "200")
    assert drawn(found)["rest"] == "safe shelter"  # too few for a row, and named all the same


@pytest.mark.parametrize(
    ("requests", "title", "head"),
    [
        ([request()] * 40, "About 400 referrals are open, hardly any asked for over a year",
         "About 400 referrals are open, hardly any asked for over a year ago"),
        # Up to a third of so few may be old.
        ([request()] * 6, "About 60 referrals are open", "About 60 referrals are open"),
        ([request(**OLD)] * 6, "Close or confirm about 60 old referrals; none or very few are ",
         "About 60 referrals are open, about 60 asked for over a year ago"),
    ],
)  # fmt: skip
def test_the_title_says_how_old_and_the_headline_the_same(
    tmp_path: Path, requests: Sequence[dict[str, object]], title: str, head: str
) -> None:
    release = release_of(tmp_path, requests)
    assert render("referrals.waiting", reading(QUARTER), release).title.startswith(title)
    finding = headline("referrals", question_of(QUARTER, release)).title
    assert finding == head


def test_where_the_last_quarter_is_not_over_ages_are_months(tmp_path: Path) -> None:
    release = release_of(tmp_path, [*[request()] * 4, *[request(**OLD)] * 6])
    within = Filters(period=Span.parse("2026-05"))
    found = render("referrals.waiting", reading(within), release)
    title = headline("referrals", question_of(within, release)).title
    assert title == "About 100 referrals are open, about 60 asked for before Jul 2025"
    assert drawn(found)["head"][1] == "Since Jul 2025"
    assert "Most asked for since Jul 2025:" in found.description
    (waiting,) = (
        tile
        for tile in drawn(render("referrals.indicators", reading(within), release))["items"]
        if tile["id"] == "open"
    )
    assert waiting["change"].endswith("About 60 asked for before Jul 2025.")
    text = " ".join((title, found.title, found.description, str(found.figure), waiting["change"]))
    assert "a year" not in text  # ten months ago is not over a year ago
    assert [age["label"] for age in drawn(found)["ages"]] == [
        "Jan – May 2026",
        "Jul – Dec 2025",
        "before Jul 2025: close or confirm",
    ]


def test_more_ended_than_requested_is_none_and_says_so(tmp_path: Path) -> None:
    release = release_of(tmp_path, [request()], [ending("done")] * 3)
    found = render("referrals.waiting", reading(QUARTER), release)
    assert found.title == "None or very few referrals are open"
    assert found.table.column("open") == (0, 0)
    # No "up to so many open each" under a title that says none are.
    assert (drawn(found)["rest_lead"], drawn(found)["rest"]) == (
        "One service with referrals:", "health care",
    )  # fmt: skip
