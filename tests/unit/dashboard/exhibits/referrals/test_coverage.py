"""Referrals: gaps by group and district."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import exhibits, queries
from dashboard.exhibits.registry import render
from dashboard.model.codes import SERVICE
from dashboard.model.facts import PEOPLE, REQUESTS
from dashboard.release.open_release import Release
from tests.support.readings import few_filters, reading
from tests.support.referrals import QUARTER, request
from tests.support.releases import build_release, day

exhibits.load()

GROUPS = {
    "girls": {"sex": "female", "is_child": "yes"},
    "boys": {"sex": "male", "is_child": "yes"},
    "women": {"sex": "female", "is_child": "no"},
    "men": {"sex": "male", "is_child": "no"},
}


def release_of(folder: Path, identified: Sequence[str], referred: Mapping[str, str]) -> Release:
    """Twenty people of some groups, and forty referrals of groups to a service each."""
    people = [{"month": day("2026-05"), "size": 20, **GROUPS[group]} for group in identified]
    requests = [
        request(service, **GROUPS[group]) for group, service in referred.items() for _ in range(4)
    ]
    units = {"people": people, "requests": requests}
    return Release(build_release(folder / "made.duckdb", units=units))


@pytest.mark.parametrize(
    ("referred", "title"),
    [
        (
            {"girls": "safe_shelter", "women": "safe_shelter", "men": "health"},
            "Safe shelter: none or very few boys or men referred",
        ),
        (
            dict.fromkeys(GROUPS, "safe_shelter"),
            "Safe shelter: some girls, boys, women and men were referred",
        ),
        (dict.fromkeys(GROUPS, "health"), "Safe shelter: none or very few referred in 4 groups"),
    ],
)
def test_a_title_says_who_is_not_referred_to_safe_shelter(
    tmp_path: Path, referred: Mapping[str, str], title: str
) -> None:
    made = release_of(tmp_path, list(GROUPS), referred)
    assert render("referrals.coverage", reading(QUARTER), made).title == title


def test_a_group_of_whom_nobody_was_identified_is_no_gap(tmp_path: Path) -> None:
    made = release_of(tmp_path, ["women"], {"women": "safe_shelter"})
    title = render("referrals.coverage", reading(QUARTER), made).title
    assert title == "Safe shelter: some girls, boys, women and men were referred"


def test_none_or_very_few_is_marked_in_its_cell_and_each_need_has_a_row(tmp_path: Path) -> None:
    made = release_of(tmp_path, list(GROUPS), {"women": "safe_shelter"})
    found = render("referrals.coverage", reading(QUARTER), made)
    assert found.table.column("code") == (*SERVICE.values, "people")
    assert found.figure is not None
    marks = [a["text"] for a in found.figure["layout"]["annotations"]]
    assert marks.count("none or very<br>few") == 4 * len(SERVICE.values) - 1
    assert found.table.column("women")[-1] == 20


@pytest.mark.parametrize("by", ["group", "district"])
@given(data=st.data())
def test_every_referral_and_person_stands_in_one_column(
    protected: Release, by: str, data: st.DataObject
) -> None:
    filters = data.draw(few_filters(protected))
    found = render("referrals.coverage", reading(filters, by=by), protected)
    if found.offer is None:
        period = filters.period or protected.default_period
        numbers = [column.code for column in found.table.on_page.columns[2:]]
        sums = [
            sum(int(row or 0) for row in own)
            for own in zip(*(found.table.column(code) for code in numbers), strict=True)
        ]
        assert sum(sums[:-1]) == queries.total(protected, REQUESTS, filters, period)
        assert sums[-1] == queries.total(protected, PEOPLE, filters, period)
        go.Figure(found.figure)
