"""The usual value of a month: the mean of the twelve months before it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from dashboard import exhibits
from dashboard.exhibits.parts import usual
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import render
from dashboard.filters import Filters
from dashboard.model.counted_by import Gathered
from dashboard.model.facts import PEOPLE
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support.readings import reading
from tests.support.releases import built, day

exhibits.load()


def view(release: Release, period: str, **codes: tuple[str, ...]) -> Question:
    span = Span.parse(period)
    return Question(release, Filters(period=span, **codes), span, {})


def some(month: str, number: int, **values: object) -> list[Mapping[str, object]]:
    return [{"month": day(month), "size": 5, **values}] * number


@pytest.fixture
def year(tmp_path: Path) -> Release:
    """September 2026 after twelve months: 12 units of women, 6 of men and 3 without a sex."""
    people = [
        *some("2025-08", 99, sex="female"),  # before the twelve months
        *some("2025-09", 7, sex="female", promise=["job", "loan"]),
        *some("2026-08", 5, sex="female"),
        *some("2026-01", 6, sex="male", promise=["job"]), *some("2026-02", 2, sex=None),
        *some("2026-03", 1, sex="unknown"), *some("2026-09", 8, sex="female", promise=["job"]),
    ]  # fmt: skip
    return built(tmp_path, months=14, units={"people": people})


@pytest.mark.parametrize(
    ("period", "months"),
    [
        ("2026-09", "2025-09..2026-08"),
        ("2024-10", "2023-10..2024-09"),
        ("2024-09", "None"),  # its first months have no data
        ("2026-08..2026-09", "None"),
        ("2026-10", "2025-10..2026-09"),
    ],
)
def test_only_a_single_month_with_a_year_before_it_has_something_usual(
    protected: Release, period: str, months: str
) -> None:
    assert str(usual.span(view(protected, period))) == months


def test_usual_is_the_mean_of_the_twelve_months_before(year: Release) -> None:
    # 60 women, 30 men, and 15 of whom it is not known
    assert usual.sizes(view(year, "2026-09"), PEOPLE, "sex") == {
        "female": 5, "male": 2, "unknown": 1,
    }  # fmt: skip
    assert usual.sizes(view(year, "2026-08..2026-09"), PEOPLE, "sex") is None


def test_usual_obeys_the_filters_and_counts_a_set_once_under_each_group(year: Release) -> None:
    women = view(year, "2026-09", sex=("female",))
    assert usual.sizes(women, PEOPLE, "sex") == {"female": 5}
    by = Gathered("promise", {"job": "work", "loan": "work"})
    # Of 105 people 65 were promised work, and of the others no promise is known.
    found = {"work": round(65 / 12), "unknown": round(40 / 12)}
    assert usual.sizes(view(year, "2026-09"), PEOPLE, by) == found


def test_the_subtitle_says_the_usual_number_of_a_month(year: Release) -> None:
    asked = view(year, "2026-09")
    assert usual.what(asked, PEOPLE) == "People identified (mean of twelve months: a few)"
    assert usual.what(view(year, "2026-08..2026-09"), PEOPLE) == ""
    found = render("sheet.people", reading(Filters(period=Span.parse("2026-09"))), year)
    assert found.subtitle.startswith("People identified (mean of twelve months: a few), Sep 2026")


def test_the_unknown_of_a_set_has_its_usual_number_too(tmp_path: Path) -> None:
    months = Span.parse("2025-09..2026-09")
    people = [
        unit
        for month in months
        for unit in (*some(str(month), 6, promise=[]), *some(str(month), 4, promise=["job"]))
    ]
    release = built(tmp_path, months=13, units={"people": people})
    found = render("sheet.promises", reading(), release)
    rows = {row[0]: row for row in found.table.rows}
    at = [column.code for column in found.table.columns].index("usual")
    assert (rows["job"][2], rows["job"][at]) == (20, 20)
    assert (rows["unknown"][2], rows["unknown"][at]) == (30, 30)
