"""Referrals: the matrix."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.exhibits.registry import render
from dashboard.filters import Filters
from dashboard.model.codes import SERVICE
from dashboard.release.open_release import Release
from tests.support.readings import few_filters, reading
from tests.support.referrals import QUARTER, release_of, request


def test_a_service_has_its_own_name_and_a_kind_of_services_that_of_the_kind(
    protected: Release,
) -> None:
    year = Filters(period=protected.default_period)
    single = render("referrals.matrix", reading(year, cells="agency_service"), protected)
    columns = {column.code: column.label for column in single.table.on_page.columns[1:]}
    assert len(columns) > 1
    labels = {code: protected.label("service", code, "en") for code in columns}
    assert columns == {**labels, "other": "All others"}  # smaller ones stand there with "Other"
    kinds = render("referrals.matrix", reading(year, cells="group"), protected)
    assert {column.label for column in kinds.table.on_page.columns[1:]} <= {
        "Protection", "Health", "Legal help and papers", "Livelihood, cash and relief", "Other",
    }  # fmt: skip


def test_services_without_a_kind_are_other_kinds(tmp_path: Path) -> None:
    release = release_of(tmp_path, [*map(request, ("legal_aid", "documentation", "other"))])
    found = render("referrals.matrix", reading(QUARTER, cells="group"), release)
    columns = {column.code: column.label for column in found.table.on_page.columns[1:]}
    assert columns == {"legal": "Legal help and papers", "other": "Other"}
    assert found.table.on_page.rows == (("All", 20, 10),)


def test_other_is_all_others_only_where_smaller_services_stand_with_it(tmp_path: Path) -> None:
    few, many = ("legal_aid", "health"), SERVICE.values
    for services, name in ((few, "Other"), (many, "All others")):
        folder = tmp_path / name
        requests = [request(service) for service in services if service != "other"] * 9
        release = release_of(folder, [*requests, request("other")])
        for page, options in (
            ("matrix", {"cells": "agency_service"}),
            ("pathway", {"services": "service"}),
        ):
            found = render(f"referrals.{page}", reading(QUARTER, **options), release)
            table = str(found.table)
            assert (f"'{name}'" in table, "'Other'" in table) == (True, name == "Other")


def test_the_matrix_names_its_largest_known_cell(tmp_path: Path) -> None:
    release = release_of(tmp_path, [*[request("other", "other")] * 5, *[request()] * 4])
    found = render("referrals.matrix", reading(QUARTER), release)
    assert found.title == "Most frequent referral: by police for health care, about 40"


def test_agencies_of_no_recorded_type_stand_apart_or_are_named_with_the_others(
    tmp_path: Path,
) -> None:
    units = [*[request(agency=None)] * 6, *[request("legal_aid", "other")] * 5, *[request()] * 4]
    release = release_of(tmp_path, units)
    matrix = render("referrals.matrix", reading(QUARTER), release)
    assert matrix.title == "Most frequent referral: by police for health care, about 40"
    assert set(matrix.table.column("agency")) == {"Police", "Other", "Not recorded"}


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
    release = release_of(tmp_path, [*[request()] * 4, *[request(*other)] * 4])
    assert render("referrals.matrix", reading(QUARTER), release).title == title


def test_services_too_few_to_tell_apart_are_put_together_by_kind(tmp_path: Path) -> None:
    services = ("safe_shelter", "case_management", "family_tracing")
    agencies = ("police", "un", "court")
    release = release_of(tmp_path, [request(s, a) for s, a in zip(services, agencies, strict=True)])
    matrix = render("referrals.matrix", reading(QUARTER), release)
    assert matrix.detail.rung == "group"
    assert matrix.table.on_page.rows == (("All", 30),)
    assert matrix.title == "The service most asked for is protection"
    assert matrix.subtitle.endswith(" · by kind of service: too few referrals for single agencies")


@given(data=st.data())
def test_every_number_of_the_description_stands_in_the_table(
    unprotected: Release, data: st.DataObject
) -> None:
    found = render("referrals.matrix", reading(data.draw(few_filters(unprotected))), unprotected)
    _, sentence, pairs = re.sub(r"\.$", "", found.description).partition(": ")
    if sentence and found.figure:
        cells = {cell for row in found.table.rows for cell in row}
        assert {int(part.rsplit(" ", 1)[1].strip("()")) for part in pairs.split(", ")} <= cells


def test_a_title_names_agencies_and_services_as_a_sentence_does(tmp_path: Path) -> None:
    release = release_of(tmp_path, [*[request()] * 4, *[request("legal_aid")] * 4])
    matrix = render("referrals.matrix", reading(QUARTER), release)
    assert matrix.title == "Most frequent referrals: by police for health care and legal aid"
